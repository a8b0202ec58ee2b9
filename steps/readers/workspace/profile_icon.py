"""What may be the profile icon: things to press at the bottom left of the window, on a narrow one anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Box, Element, Snapshot

DRAWN_AS_ONE = {
    "is-avatar": "[class*=avatar i]",
    "is-called-so": "[class*=avatar i], [class*=profile i], [class*=account i], [class*=user i]",
}
"""Selectors, for `capture` to mark what a class alone says of an icon."""
_PRESSED = frozenset({"button", "link"})
_PICTURES = frozenset({"img", "svg"})
_ACROSS, _DOWN = 0.35, 0.55
"""How far to the right and from where down the middle of an icon may be, as shares of the window."""
WIDE = 1000
"""The width of a window, in pixels, from which on a sidebar stands beside the page."""
_TALL = 0.8
"""How high a sidebar that lies over a narrow page is, as a share of the window."""
_WORDS = re.compile(r"\b(?:profile|account|user|avatar|me\b)", re.IGNORECASE)
_NOWHERE = re.compile(r"#$|^javascript:", re.IGNORECASE)
"""The address of a link that is there for its script."""
_INITIALS = re.compile(r"[^\W\d_]{1,2}")


def profile_icons(snapshot: Snapshot) -> list[int]:
    """Return the elements at the bottom left that may be the icon, the likelier first, then the lower.

    A narrow page may have it anywhere: there what opens a menu that is called after the account may be it too.

    What something else lies over comes last: a press closes that first, where it is news or a question about cookies.
    """
    layout, drawer = layout_of(snapshot), _drawer(snapshot)
    called = {up for text in snapshot.texts if _WORDS.search(text.text) for up in layout.around(text.element)}
    called |= {at for at, one in enumerate(snapshot.elements) if _WORDS.search(one.name)}
    anywhere = called if snapshot.width < WIDE else set()
    found = [
        at for at, one in enumerate(snapshot.elements)
        if _is_kind(one) and layout.is_front(at)
        and (_may_be(snapshot, one, drawer) or (at in anywhere and _opens(one)))
    ]  # fmt: skip
    texts: dict[int, list[str]] = {at: [] for at in found}
    for text in snapshot.texts:
        for at in layout.around(text.element):
            if at in texts:
                texts[at].append(text.text)
    pictured = {up for one in snapshot.elements if _is_picture(one) for up in layout.around(one.parent)}

    def likely(at: int) -> tuple[bool, int, float]:
        one = snapshot.elements[at]
        opens, shown = _opens(one), " ".join(texts[at])
        said = f"{one.name if one.name != shown else ''} {one.id} {shown if opens else ''}"
        named = _WORDS.search(said) is not None or "label:is-called-so" in one.states
        score = 4 * opens + 4 * named + 2 * bool(_INITIALS.fullmatch(shown)) + 2 * (at in pictured)
        return "covered" not in one.states, score, one.box.bottom

    return sorted(found, key=likely, reverse=True)


def other_menus(snapshot: Snapshot) -> list[int]:
    """Return what opens menus besides, in front: a site may have its settings behind the name of the workspace.

    A link that leads nowhere opens something, too; what says that it does comes first.
    """
    layout, icons = layout_of(snapshot), set(profile_icons(snapshot))
    others = {at: one for at, one in enumerate(snapshot.elements) if layout.is_front(at) and at not in icons}
    told = [at for at, one in others.items() if one.role == "button" and "popup" in one.states]
    return told + [at for at, one in others.items() if one.role == "link" and _NOWHERE.search(one.href)]


def _opens(one: Element) -> bool:
    """Whether a press opens something."""
    return one.tag == "summary" or not {"popup", "expanded", "collapsed"}.isdisjoint(one.states)


def _drawer(snapshot: Snapshot) -> Box | None:
    """Return the sidebar that lies over a narrow page, which may fill most of it."""
    if snapshot.width >= WIDE:
        return None
    over = (one.box for one in snapshot.elements if one.role == "dialog" or "top" in one.states)
    return next((box for box in reversed(list(over)) if box.height >= _TALL * snapshot.height), None)


def _is_kind(one: Element) -> bool:
    """Whether something is made to be pressed, or a picture."""
    is_made = one.role in _PRESSED or one.tag == "summary" or _is_picture(one)
    return is_made or not {"popup", "pressable"}.isdisjoint(one.states)


def _may_be(snapshot: Snapshot, one: Element, drawer: Box | None) -> bool:
    if drawer is not None:
        is_within = drawer.x <= one.box.x and one.box.right <= drawer.right + 1
        return is_within and drawer.y + drawer.height * _DOWN <= one.box.y + one.box.height / 2 <= drawer.bottom
    x = one.box.x + one.box.width / 2 - snapshot.left
    y = one.box.y + one.box.height / 2 - snapshot.top
    is_there = 0 <= x <= snapshot.width * _ACROSS and snapshot.height * _DOWN <= y <= snapshot.height
    return is_there and 0 < one.box.width <= snapshot.width / 2 and one.box.height > 0


def _is_picture(one: Element) -> bool:
    return one.tag in _PICTURES or "label:is-avatar" in one.states
