"""What the address of a payment page says of its session: "test" or "live" only where the session's own id says it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"cs_(test|live)_[A-Za-z0-9]\w*")
_LIVE = re.compile(r"cs_live", re.IGNORECASE)
_ALIKE = re.compile(r"cs_", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_LEAST = 8
"""Characters of an id at least; shorter parts of an address may stand elsewhere by chance."""
_DEEPEST = 5
"""Number of times that an address is decoded at most; one that still changes then is no plain address."""


def kind_of(addresses: Iterable[str]) -> str | None:
    """Return the kind of the session that the addresses of a page and its frames name, or None where it is not sure.

    An id counts as that of a test session only if it is a whole part of the path, written plainly, and the only one.
    Anything that may be a live session is one, wherever it stands and however it is encoded.
    """
    addresses = list(addresses)
    if any(names_live(address) for address in addresses):
        return "live"
    written = {part for address in addresses for part in parts_alike(address)}
    meant = {part for address in addresses for part in _decoded(_path(address)).split("/") if _ALIKE.match(part)}
    return "test" if written == meant and len(written) == 1 and _ID.fullmatch("".join(written)) else None


def parts_alike(address: str) -> set[str]:
    """Return the parts of an address's path that may be ids of sessions, as they are written."""
    return {part for part in _path(address).split("/") if _ALIKE.match(part)}


def names_live(address: str) -> bool:
    """Whether an address holds anything that may be the id of a live session."""
    return bool(_LIVE.search(_decoded(address)))


def digest_of(addresses: Iterable[str]) -> str:
    """Return a digest that tells sessions apart, or "" where no address holds an id."""
    found = id_in(addresses)
    return hashlib.sha256(found.encode()).hexdigest()[:16] if found else ""


def id_in(addresses: Iterable[str]) -> str:
    """Return the first id of a session that addresses hold, or ""."""
    return next((found[0] for address in addresses if (found := _ID.search(_decoded(address)))), "")


def differing(one: str, other: str) -> list[tuple[str, str]]:
    """Return the pairs of ids by which two addresses of payment pages differ; none where they differ otherwise.

    Their fragments do not count.
    """
    one, other = (_decoded(address.partition("#")[0]) for address in (one, other))
    if _WORD.split(one) != _WORD.split(other):
        return []
    pairs = zip(_WORD.findall(one), _WORD.findall(other), strict=True)
    return [(mine, its) for mine, its in pairs if mine != its and min(len(mine), len(its)) >= _LEAST]


def place_of(address: str) -> str:
    """Return scheme, host and path of an address: a page may change its query or fragment while it is filled in."""
    return address.partition("#")[0].partition("?")[0]


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _decoded(text: str) -> str:
    for _ in range(_DEEPEST):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    return text
