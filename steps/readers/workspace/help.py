"""Whom a page names for help: the e-mail addresses in front, and those that stand in for the documented one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.readers.page.lines import Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.page.snapshot import Snapshot

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OUT_OF_USE = re.compile(
    r"\bno longer (?:monitored|read|used|in use|available|answered)\b|\bnot (?:monitored|in use|answered)\b"
    r"|\b(?:do not|don['\u2019]t|never) (?:write|e-?mail)\b|\bunmonitored\b",
    re.IGNORECASE,
)
_HINTS = re.compile(
    r"\b(?:subscription|upgrade|downgrade|help|support|learn more|documentation|docs|guide|faq|terms)\b", re.IGNORECASE
)
"""What the links are called that help before buying; packages may be links, too, and are not followed."""
_ABOUT_HELP = re.compile(r"\b(?:help|support|trouble|problems?|questions?|assistance)\b", re.IGNORECASE)


def hints(snapshot: Snapshot) -> list[str]:
    """Return the addresses within the site to which hints in front lead."""
    layout, own = layout_of(snapshot), urlsplit(snapshot.url).netloc
    links = [one for at, one in enumerate(snapshot.elements) if one.role == "link" and layout.is_front(at)]
    named = [one for one in links if _HINTS.search(one.name) and not re.search(r"\d", one.name)]
    return list(dict.fromkeys(one.href for one in named if urlsplit(one.href).netloc == own))


def names_address(snapshot: Snapshot, address: str) -> bool:
    """Whether the page names this address, in front or behind."""
    return any(_is_in(line.text, address) for line in layout_of(snapshot).all_lines)


def out_of_use(snapshot: Snapshot, address: str) -> str:
    """Return the line that says of this address that nobody reads what is sent there; "" for none."""
    lines = (line.text for line in layout_of(snapshot).lines if _is_in(line.text, address))
    return next(filter(_OUT_OF_USE.search, lines), "")


def other_addresses(snapshot: Snapshot, address: str) -> list[str]:
    """Return the addresses that are given for help in place of this one; none where this one is given.

    Those are: where a link that names this one leads, in front or behind, what one that leads there says, and any in a
    sentence about help in front. Where this one is named nowhere, also any that a pop-up's links write to, and those of
    the same name at another host, wherever they stand.
    """
    layout = layout_of(snapshot)
    links = [to for at, to in _mailed(snapshot) if layout.is_front(at)]
    wanted = address.casefold()
    mailed = ((_text(layout, at), to) for at, to in _mailed(snapshot))
    misleading = [to for text, to in mailed if _is_in(text, address) and to.casefold() != wanted]
    misleading += [
        said for at, to in _mailed(snapshot) if to.casefold() == wanted and layout.is_front(at)
        for said in _EMAIL.findall(_text(layout, at)) if said.casefold() != wanted
    ]  # fmt: skip
    if misleading or any(to.casefold() == wanted for to in links):
        return misleading
    if any(_is_in(line.text, address) for line in layout.lines):
        return []
    is_behind = names_address(snapshot, address)
    told = [to for to in links if snapshot.layers and not is_behind]
    for line in layout.lines:
        sentence = _EMAIL.sub("", line.text)
        if _ABOUT_HELP.search(sentence):
            told += _EMAIL.findall(line.text)
            told += [to for at, to in _mailed(snapshot) if line.block in layout.around(at)]
    return list(dict.fromkeys(told)) or list(dict.fromkeys(() if is_behind else _namesakes(layout, address)))


def _namesakes(layout: Layout, address: str) -> Iterator[str]:
    """Yield the addresses of that name at other hosts that the page names or writes to."""
    said = [found for line in layout.all_lines for found in _EMAIL.findall(line.text)]
    for one in [*said, *(to for _, to in _mailed(layout.snapshot))]:
        if one.casefold() != address.casefold() and one.partition("@")[0].casefold() == address.partition("@")[0]:
            yield one


def _mailed(snapshot: Snapshot) -> list[tuple[int, str]]:
    """Return the links that write an e-mail, and to which address."""
    links = ((at, one.href) for at, one in enumerate(snapshot.elements) if one.href.casefold().startswith("mailto:"))
    return [(at, href[len("mailto:") :].partition("?")[0]) for at, href in links]


def _text(layout: Layout, at: int) -> str:
    return " ".join(line.text for line in layout.lines_of((at,)))


def _is_in(text: str, address: str) -> bool:
    """Whether a text names an address as a whole, not as a part of a longer one."""
    return bool(re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", text, re.IGNORECASE))
