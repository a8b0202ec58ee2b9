"""Encodings that change every character of a secret. A new one is a line in the list, and tests try it by its name."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Encoding:
    """One encoding: what a text always holds that uses it, and how a secret is written in it."""

    name: str
    mark: str
    encode: Callable[[str], tuple[str, ...]]
    around: str = ""
    """Characters beside a secret that may hold a part of it, as a class of a regular expression."""

    def without(self, form: str, text: str, instead: str) -> str:
        """Return a text without one form of a secret, and without what beside it may hold a part of it."""
        if not self.around:
            return text.replace(form, instead)
        return re.sub(f"{self.around}*{re.escape(form)}{self.around}*=*", lambda _: instead, text)

    def forms_of(self, secret: str) -> tuple[str, ...]:
        """Return the ways in which a secret is written, longest first, without doubles."""
        return tuple(sorted(dict.fromkeys(self.encode(secret)), key=len, reverse=True))


def _base64(secret: str) -> tuple[str, ...]:
    """Return what base64 makes of a secret alone, and of one in a longer text ("user:secret"), at any place in it."""
    found = []
    for before in range(3):
        content = b"\0" * before + secret.encode()
        cut = -(-before * 4 // 3)
        whole = base64.b64encode(content).decode()
        if before == 0:
            found.append(whole)
        inner = base64.b64encode(content[: len(content) // 3 * 3]).decode()[cut:]
        found.append(inner)  # what a longer text leaves as it is
    plain = [one for one in found if len(one) >= 6]
    return (*plain, *(one.translate(str.maketrans("+/", "-_")) for one in plain))


def _cases(text: str) -> tuple[str, ...]:
    return text.lower(), text.upper()


def _bytes_each(before: str) -> Callable[[str], tuple[str, ...]]:
    def encode(secret: str) -> tuple[str, ...]:
        pairs = [f"{byte:02x}" for byte in secret.encode()]
        return tuple("".join(before + pair for pair in way) for way in (pairs, [pair.upper() for pair in pairs]))

    return encode


def _units_each(before: str) -> Callable[[str], tuple[str, ...]]:
    def encode(secret: str) -> tuple[str, ...]:
        units = secret.encode("utf-16-be").hex()
        parts = [units[at : at + 4] for at in range(0, len(units), 4)]
        return tuple("".join(before + part for part in way) for way in (parts, [part.upper() for part in parts]))

    return encode


def _html_numbers(secret: str) -> tuple[str, ...]:
    return (
        "".join(f"&#{ord(char)};" for char in secret),
        "".join(f"&#x{ord(char):x};" for char in secret),
        "".join(f"&#x{ord(char):X};" for char in secret),
        "".join(f"&#{ord(char):03};" for char in secret),
    )


def _utf16(secret: str) -> tuple[str, ...]:
    """Return UTF-16 of both orders as a text shows it that is read as UTF-8."""
    return tuple(secret.encode(name).decode("utf-8", "surrogateescape") for name in ("utf-16-le", "utf-16-be"))


ENCODINGS = (
    Encoding("base64", "", _base64, "[A-Za-z0-9+/_-]"),
    Encoding("hex", "", lambda secret: _cases(secret.encode().hex())),
    Encoding("hex with spaces", " ", lambda secret: _cases(secret.encode().hex(" "))),
    Encoding("HTML in numbers alone", "&#", _html_numbers),
    Encoding("URL, every byte", "%", _bytes_each("%")),
    Encoding("JSON, every character", "\\u", _units_each("\\u")),
    Encoding("JSON in JSON, every character", "\\\\u", _units_each("\\\\u")),
    Encoding("bytes of Python", "\\x", _bytes_each("\\x")),
    Encoding("UTF-16", "\0", _utf16),
)


def written_in(text: str) -> tuple[int, ...]:
    """Return the places in the list of the encodings that a text may use."""
    return tuple(at for at, one in enumerate(ENCODINGS) if one.mark in text)
