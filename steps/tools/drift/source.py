"""Getting a documentation page: from an address or a file, as Markdown or HTML, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

LARGEST = {"markdown": 128 * 1024, "html": 4 * 1024 * 1024}
"""Bytes that a page may have; what is larger is no documentation page and is not parsed."""
_TIMEOUT = urllib3.Timeout(connect=10, read=20)
_HTML = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|main|article)\b", re.IGNORECASE | re.DOTALL)


class UnusablePageError(Exception):
    """The page cannot be compared; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Source:
    """The text of a page."""

    name: str
    """The address, without a user's name or password, or the file."""
    text: str
    html: bool


def get_source(page: str) -> Source:
    """Read a page from an http(s) address or a file. Raises UnusablePageError."""
    if re.match(r"https?:", page, re.IGNORECASE):
        name, content = _without_user(page), _fetched(page)
    else:
        name, content = page, _read(Path(page))
    return as_source(name, content)


def as_source(name: str, content: bytes) -> Source:
    """Tell HTML from Markdown, and refuse what is neither. Raises UnusablePageError."""
    if len(content) > LARGEST["html"]:
        raise UnusablePageError(_too_large(name, LARGEST["html"]))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusablePageError(f"{name} is not text in UTF-8; give the page's Markdown or HTML.") from None
    if "\x00" in text:
        raise UnusablePageError(f"{name} is a binary file; give the page's Markdown or HTML.")
    if not text.strip():
        raise UnusablePageError(f"{name} is empty; give the page's Markdown or HTML.")
    html = bool(_HTML.match(text))
    limit = LARGEST["html" if html else "markdown"]
    if len(content) > limit:
        raise UnusablePageError(_too_large(name, limit))
    if html and "</html>" not in text[-4096:].lower() and "<html" in text[:4096].lower():
        raise UnusablePageError(f"{name} is cut short: its HTML does not end; get it again.")
    return Source(name, text, html)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST["html"] + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not a file's name"
        raise UnusablePageError(f"{file} cannot be read ({why}); give an address or a file.") from None
    return content


def _fetched(address: str) -> bytes:
    name = _without_user(address)
    headers = {"Accept": "text/markdown, text/html;q=0.9, text/plain;q=0.8", "User-Agent": "diaflow-acceptance"}
    pool = urllib3.PoolManager(retries=urllib3.Retry(connect=1, read=0, redirect=5), timeout=_TIMEOUT)
    try:
        with pool.request("GET", address, headers=headers, preload_content=False) as answer:
            if answer.status != 200:
                raise UnusablePageError(f"{name} answers with {answer.status} instead of the page; check the address.")
            content = answer.read(LARGEST["html"] + 1, decode_content=True)
    except (urllib3.exceptions.HTTPError, UnicodeError) as error:
        raise UnusablePageError(
            f"{name} cannot be fetched ({type(error).__name__}); check address and network."
        ) from None
    return content


def _too_large(name: str, limit: int) -> str:
    return f"{name} is larger than {limit // 1024:,} KiB, which no documentation page is; give the page alone."


def _without_user(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise UnusablePageError("PAGE is not a valid address; give one like https://docs.example/page.") from None
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
