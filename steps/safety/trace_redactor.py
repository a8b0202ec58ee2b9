"""Removes secrets from traces: Playwright records all requests with their headers, so traces are rewritten."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

from steps.safety.redactor import HIDDEN, Redactor

if TYPE_CHECKING:
    from pathlib import Path

_MARK = b"without secrets"
"""The zip comment that marks a rewritten trace."""
_HEADERS = re.compile(
    r"(?:set-)?cookie2?|.*authori[sz]ation|.*(?:token|secret|api-?key|session|csrf|xsrf).*", re.IGNORECASE
)
"""Names of headers that carry credentials or session identifiers."""
_ATTRIBUTE = re.compile(r"path|domain|expires|max-age|samesite|priority", re.IGNORECASE)
"""Attributes of a cookie. Source: RFC 6265, section 4.1."""
_NOT_TEXT = re.compile(r"\.(?:jpe?g|png|webp|gif|ico|woff2?|ttf|otf|webm|mp4|pdf)$", re.IGNORECASE)
_TOKEN = 8


def scrub_trace(trace: Path, secrets: Redactor) -> None:
    """Rewrite a trace without the secrets, and without headers and cookies that authenticate a session.

    The site may have renewed the session, so the values of such headers are redacted wherever they occur. A trace that
    is not a zip file is deleted, since it cannot be checked.
    """
    part = trace.with_name(trace.name + ".part")
    try:
        with zipfile.ZipFile(trace) as old:
            if old.comment == _MARK:
                return
            seen = _Seen(secrets)
            lines = {
                name: seen.read(old.read(name)) for name in old.namelist() if name.endswith((".trace", ".network"))
            }
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
                for name in old.namelist():
                    new.writestr(name, seen.redact(name, lines[name] if name in lines else old.read(name)))
                new.comment = _MARK
        part.replace(trace)
    except (zipfile.BadZipFile, EOFError):
        trace.unlink()
    finally:
        part.unlink(missing_ok=True)


class _Seen:
    """The known secrets, and those found in the trace itself."""

    def __init__(self, secrets: Redactor) -> None:
        self._secrets = secrets
        self._found = Redactor()

    def read(self, content: bytes) -> bytes:
        """Redact the headers and cookies in a file of JSON lines."""
        return b"\n".join(self._line(line) for line in content.split(b"\n"))

    def redact(self, name: str, content: bytes) -> bytes:
        """Redact all secrets in a file of the trace."""
        if _NOT_TEXT.search(name):
            return content
        return self._found.redact_bytes(self._secrets.redact_bytes(content))

    def _line(self, line: bytes) -> bytes:
        try:
            value = json.loads(line)
        except ValueError:
            return line
        return json.dumps(self._without(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    def _without(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._without(part) for part in value]
        if not isinstance(value, dict):
            return value
        name = value.get("name")
        if isinstance(name, str) and isinstance(value.get("value"), str) and _HEADERS.fullmatch(name):
            self._learn(value["value"])
            return value | {"value": HIDDEN}
        return {key: self._cookies(part) if key == "cookies" else self._without(part) for key, part in value.items()}

    def _cookies(self, cookies: Any) -> Any:
        if not isinstance(cookies, list):
            return self._without(cookies)
        for cookie in cookies:
            if isinstance(cookie, dict) and isinstance(cookie.get("value"), str):
                self._learn(cookie["value"])
        return [cookie | {"value": HIDDEN} if isinstance(cookie, dict) else cookie for cookie in cookies]

    def _learn(self, header: str) -> None:
        """Add the values in a header: "a=1; b=2", "Bearer x", or a single value."""
        for part in re.split(r"[;,\s]\s*", header):
            name, _, value = part.partition("=")
            if _ATTRIBUTE.fullmatch(name):
                continue
            if len(value) >= _TOKEN or len(part) >= 2 * _TOKEN:
                self._found.add(value or part)
