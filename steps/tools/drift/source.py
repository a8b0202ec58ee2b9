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
_WHYS = {
    urllib3.exceptions.NameResolutionError: "there is no host of that name",
    urllib3.exceptions.NewConnectionError: "nothing answers there",
    urllib3.exceptions.ConnectTimeoutError: "nothing answers there",
    urllib3.exceptions.ReadTimeoutError: "the answer takes too long",
    urllib3.exceptions.SSLError: "its certificate is not accepted, or it speaks no https",
    urllib3.exceptions.ResponseError: "it leads on and on",
}
_HTML = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|main|article)\b", re.IGNORECASE | re.DOTALL)


class UnusableInputError(Exception):
    """The page cannot be compared; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Source:
    """The text of a page."""

    name: str
    """The address, without a user's name or password, or the file."""
    text: str
    html: bool


def get_source(page: str) -> Source:
    """Read a page from an http(s) address or a file. Raises UnusableInputError."""
    if re.match(r"https?:", page, re.IGNORECASE):
        name = _without_user(page)
        return as_source(name, _fetched(page, name))
    try:
        with Path(page).open("rb") as stream:
            return as_source(page, stream.read(LARGEST["html"] + 1))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not a file's name"
        address = " An address begins with https://." if re.match(r"[\w.-]+\.\w+/|ftp:", page) else ""
        raise UnusableInputError(f"{page} cannot be read ({why}); give an address or a file.{address}") from None


def as_source(name: str, content: bytes) -> Source:
    """Decode a page, as HTML or as Markdown. Raises UnusableInputError for what is neither."""
    text = content.decode("utf-8-sig", errors="replace")
    html = bool(_HTML.match(text))
    limit = LARGEST["html" if html else "markdown"]
    trouble = ""
    if len(content) > limit:
        trouble = f"is larger than {limit // 1024:,} KiB, which no documentation page is; give the page alone."
    elif "\ufffd" in text or "\x00" in text:
        trouble = "is not text in UTF-8; give the page's Markdown or HTML."
    elif not text.strip():
        trouble = "is empty; give the page's Markdown or HTML."
    elif html and "</html>" not in text[-4096:].lower() and "<html" in text[:4096].lower():
        trouble = "is cut short: its HTML does not end; get it again."
    if trouble:
        raise UnusableInputError(f"{name} {trouble}")
    return Source(name, text, html)


def _fetched(address: str, name: str) -> bytes:
    headers = {"Accept": "text/markdown, text/html;q=0.9, text/plain;q=0.8", "User-Agent": "diaflow-acceptance"}
    pool = urllib3.PoolManager(retries=urllib3.Retry(connect=1, read=0, redirect=5), timeout=_TIMEOUT)
    try:
        with pool.request("GET", address, headers=headers, preload_content=False) as answer:
            if answer.status != 200:
                raise UnusableInputError(f"{name} answers with {answer.status} instead of the page; check the address.")
            return bytes(answer.read(LARGEST["html"] + 1, decode_content=True))
    except (urllib3.exceptions.HTTPError, UnicodeError) as error:
        why = _WHYS.get(type(getattr(error, "reason", error)), type(error).__name__)
        raise UnusableInputError(f"{name} cannot be fetched ({why}); check address and network.") from None


def _without_user(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise UnusableInputError("PAGE is not a valid address; give one like https://docs.example/page.") from None
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
