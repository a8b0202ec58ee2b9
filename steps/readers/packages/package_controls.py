"""What a pop-up with packages can be pressed by besides the packages: ways to more of them, and to confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.documentation.buy_credits import BUY_CREDITS
from steps.readers.packages.package_presses import CHOICES, begins, name_of
from steps.readers.page.lines import PRESSES, Layout, layout_of
from steps.readers.page.terms import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Element, Snapshot
    from steps.targets.profile import Profile

_KNOWN = (
    "close", "confirm", "dismiss", "upgrade_plan", "add_credits", "receipt", "more_packages", "back_to_billing",
)  # fmt: skip
"""Labels of what a pop-up with packages may hold besides them."""
_HINTS = tuple(text.casefold() for promise in BUY_CREDITS.promises for text, _ in promise.links)
"""The documented links beside the packages: to another subscription, and to help."""

_ELSEWHERE = re.compile(
    r"\b(?:(?:up|down)grade|subscriptions?|plans|pricing|help|support|contact|faqs?|terms|privacy|policy)\b",
    re.IGNORECASE,
)
"""What leads to something else than packages is called: another plan, help, terms."""
_FOLDS = re.compile(r"^(?:show|hide|open|close|toggle|expand|collapse)\b(?!.*\b(?:more|all)\b)|^$", re.IGNORECASE)
"""What the button in a combobox is called that folds its list."""
_NEAR = 5
"""How many boxes around a combobox its own button may stand in."""
_FEW_WORDS = 3
"""Words beside a link that make no sentence yet."""


def ways_on(snapshot: Snapshot, profile: Profile) -> tuple[int, ...]:
    """Return what may bring more packages into sight: folded lists, tabs, and what is called "Show more"."""
    layout = layout_of(snapshot)
    more = _more(profile)
    found = {
        at
        for at, one in _controls(layout)
        if "disabled" not in one.states
        and (
            (one.role == "combobox" and one.tag != "select" and "expanded" not in one.states)
            or (one.role == "tab" and "selected" not in one.states)
            or more.match(name_of(layout, at))
        )
    }
    for line in layout.lines:  # whatever it is made of
        if more.fullmatch(line.text) and not layout.is_pressed(line) and not layout.level(line):
            found.add(line.elements[0])
    return tuple(sorted(found))


def drawn_lists(snapshot: Snapshot) -> tuple[int, ...]:
    """Return the fields that nothing can be typed into: a press may unfold a list that a page has made of one."""
    layout = layout_of(snapshot)
    return tuple(at for at, one in enumerate(snapshot.elements) if _is_drawn_list(one) and layout.is_front(at))


def _is_drawn_list(one: Element) -> bool:
    return one.role == "textbox" and "readonly" in one.states and "disabled" not in one.states


def confirmations(
    snapshot: Snapshot, profile: Profile, offers: Iterable[Offer], brought: Collection[int] = ()
) -> list[int]:
    """Return what may confirm the choice of a package, the likeliest first: the last on the page.

    What stands with a package chooses it, but for what the choice has `brought` there.
    """
    layout = layout_of(snapshot)
    names = _names(profile, "confirm")
    held = _held(layout, offers).difference(brought)
    found = [at for at, one in _controls(layout) if at not in held and _confirms(one, name_of(layout, at), names)]
    drawn = [line.elements[0] for line in layout.lines if line.text.casefold() in names and not layout.level(line)]
    return found[::-1] + [at for at in reversed(drawn) if at not in held and not set(layout.around(at)) & set(found)]


def names_with(snapshot: Snapshot, offer: Offer) -> frozenset[str]:
    """Return what all that stands with a package is called."""
    layout = layout_of(snapshot)
    return frozenset(name_of(layout, at) for at in _held(layout, [offer]))


def brought_by_choice(snapshot: Snapshot, offer: Offer, before: Collection[str]) -> frozenset[int]:
    """Return what stands with a package and was not there `before`, by its name.

    What names the package is no news, and neither is what goes on otherwise than before: "Buy", and then "Buy: done".
    """
    layout, known = layout_of(snapshot), tuple(filter(None, before))
    names = {at: name_of(layout, at) for at in _held(layout, [offer])}
    return frozenset(at for at, name in names.items() if not name.startswith(known) and offer.written not in name)


def ways_out(snapshot: Snapshot, profile: Profile) -> list[int]:
    """Return what closes the pop-up, by its name."""
    return controls_named(snapshot, profile, "close")


def controls_named(snapshot: Snapshot, profile: Profile, key: str) -> list[int]:
    """Return what can be pressed in front and is called by a label of the profile, an arrow behind it aside."""
    layout = layout_of(snapshot)
    names = _names(profile, key)
    return [
        at
        for at, one in _controls(layout)
        if "disabled" not in one.states and _without_arrow(name_of(layout, at)) in names
    ]


def _confirms(one: Element, name: str, names: tuple[str, ...]) -> bool:
    """Whether something confirms by its name; a box to tick, "Buy again every month", does by a whole label alone."""
    return name.casefold() in names if one.role in ("checkbox", "switch") else begins(name, names)


def buttons_in_front(snapshot: Snapshot) -> list[int]:
    """Return the buttons of what is in front."""
    return [at for at, one in _controls(layout_of(snapshot)) if one.is_button]


def only_way_on(snapshot: Snapshot, profile: Profile) -> list[int]:
    """Return the only button of a dialog beside those that close it, which confirms whatever it is called."""
    out = ways_out(snapshot, profile)
    others = [at for at in buttons_in_front(snapshot) if at not in out]
    return others if snapshot.layers and out and len(others) == 1 else []


def ways_forward(snapshot: Snapshot, profile: Profile, offers: Iterable[Offer]) -> list[int]:
    """Return the buttons in front that no label knows and that open nothing: one may confirm, whatever it is called."""
    elements = snapshot.elements
    opens = {"popup", "collapsed", "expanded", "pressed", "unpressed"}
    found = unknown_controls(snapshot, profile, offers) if snapshot.layers else []
    return [at for at in found if elements[at].is_button and not opens & set(elements[at].states)]


def terms_to_accept(snapshot: Snapshot, waiting: Collection[int]) -> list[int]:
    """Return the boxes in front that have to be ticked: required ones, and those whose words accept terms.

    The only box is one too where all of `waiting`, which go on, are disabled.
    """
    layout, elements = layout_of(snapshot), snapshot.elements
    free = [
        at
        for at, one in enumerate(elements)
        if one.role == "checkbox" and {"unchecked"} == {"unchecked", "disabled"} & {*one.states} and layout.is_front(at)
    ]
    agreed = re.compile(ACCEPTED, re.IGNORECASE)
    found = [at for at in free if "required" in elements[at].states or agreed.search(name_of(layout, at))]
    is_stopped = bool(waiting) and all("disabled" in elements[at].states for at in waiting)
    return found or (free if is_stopped and len(free) == 1 else [])


def unknown_controls(snapshot: Snapshot, profile: Profile, offers: Iterable[Offer]) -> list[int]:
    """Return what can be pressed and might bring more packages, for all that the labels tell."""
    layout = layout_of(snapshot)
    names = (*_names(profile, *_KNOWN), *_HINTS)
    offers = list(offers)
    held = _held(layout, offers) | _opened(layout, offers)
    found = [
        at
        for at, one in _controls(layout)
        if at not in held and one.role not in CHOICES and "disabled" not in one.states and not _leads_away(one.href)
        and not _is_in_a_sentence(layout, at)
    ]  # fmt: skip
    told = {at: name_of(layout, at).casefold() for at in found}
    return [
        at for at in found
        if told[at] and not begins(told[at], names) and told[at] not in names and not _ELSEWHERE.search(told[at])
    ]  # fmt: skip


def _is_in_a_sentence(layout: Layout, at: int) -> bool:
    """Whether a link to a part of a page stands among other words: it leads there, and shows nothing here."""
    one = layout.snapshot.elements[at]
    if one.role != "link" or not one.href or one.href.endswith("#"):
        return False
    said = name_of(layout, at)
    around = (line.text for line in layout.lines if at in line.elements or at in layout.around(line.elements[0]))
    return any(len(text.replace(said, "", 1).split()) > _FEW_WORDS for text in around)


def _names(profile: Profile, *keys: str) -> tuple[str, ...]:
    return tuple(name.casefold() for key in keys for name in profile.labels.of(key).names)


def _without_arrow(name: str) -> str:
    return name.strip(" .!>\u203a\u00bb\u2192[]").casefold()


def _controls(layout: Layout) -> Iterator[tuple[int, Element]]:
    for at, one in enumerate(layout.snapshot.elements):
        can_be = one.role in PRESSES or "pressable" in one.states or one.tag == "summary"
        if can_be and layout.is_front(at):
            yield at, one


def _held(layout: Layout, offers: Iterable[Offer]) -> set[int]:
    """Return the elements of offers: what is pressed, all in it, and all in its row."""
    rows = {at for one in offers for at in (one.element, one.row)}
    return {at for at in range(len(layout.snapshot.elements)) if rows & set(layout.around(at))}


def _opened(layout: Layout, offers: list[Offer]) -> set[int]:
    """Return the list that holds the offers, what has opened it, and what folds it: none brings more of them."""
    elements = layout.snapshot.elements
    boxes = {*drawn_lists(layout.snapshot)} if any(one.kind != "radio" for one in offers) else set()
    lists = {at for one in offers for at in layout.around(one.element) if elements[at].role == "listbox"}
    if any(one.kind == "option" for one in offers):
        boxes |= {at for at, one in enumerate(elements) if one.role == "combobox" and "expanded" in one.states}
    around = {up for at in boxes for up in list(layout.around(at))[1:_NEAR]}
    folds = {
        at
        for at, one in enumerate(elements)
        if ((one.role == "button" and _FOLDS.search(one.name)) or _is_bare(layout, at))
        and around & {*list(layout.around(at))[1:_NEAR]}
    }
    return lists | boxes | folds


def _is_bare(layout: Layout, at: int) -> bool:
    """Whether something to press has no more than a sign for a name, such as an arrow."""
    return "pressable" in layout.snapshot.elements[at].states and not re.search(r"\w", name_of(layout, at))


def _leads_away(href: str) -> bool:
    return bool(href) and not re.search(r"#[^/]*$", href)


def _more(profile: Profile) -> re.Pattern[str]:
    """Return the pattern of "Show more", "Show 2 more packages", "Next >"."""
    names = [r"\W+(?:\d+\W+)?".join(map(re.escape, name.split())) for name in profile.labels.of("more_packages").names]
    behind = r"(?:\W+(?:\d+|more|credits?|packages?|packs?|options?|amounts?))*\W*"
    return re.compile(rf"\W*(?:{'|'.join(names)})(?!\w){behind}" if names else r"(?!)", re.IGNORECASE)
