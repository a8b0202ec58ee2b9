"""Ways to run a workflow: a form with its button, or a list whose entries open a page with such a form."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.readers.packages.package_presses import begins, name_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import PRESSES, Layout, layout_of
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Element, Snapshot
    from steps.targets.profile import Profile

OPENS = 'labels.workflow = "…"'
"""The profile line that names what opens a workflow."""
RUNS = 'labels.run = "…"'
"""The profile line that names what runs a workflow."""
_AROUND_PAGES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "columnheader"})
_ASIDE = "complementary"
_BARS = frozenset({"menu", "menubar"})
"""What commands may stand in, such as the one that runs the workflow that was opened."""
_ROW = 3
"""Height of an item of navigation at most, in those of what is pressed in it."""
_ITEMS = frozenset({"listitem", "row", "article", "option"})
_FIELDS = frozenset({"textbox", "combobox", "listbox", "spinbutton", "checkbox", "radio"})
_WITH_TEXT = ("Start", "Generate", "Submit", "Execute", "Send")
"""What runs a workflow where a text stands before it."""
_NOT_A_RUN = re.compile(
    r"history|logs?\b|\ball\b|schedul|later|settings|trial|tour|over\b|new\b|free\b|again|background|feedback",
    re.IGNORECASE,
)
_NOT_THE_TEXT = re.compile(r"search|filter|find|e-?mail|password|^(?:your |give |send )?feedback", re.IGNORECASE)
_CHANGES_SOMETHING = re.compile(
    r"\W*(?:delete|remove|archive|trash|discard|clear|reset|new|create|add|import|upload|export|download|duplicate|copy|"
    r"clone|share|invite|rename|move|transfer|disable|enable|deactivate|activate|publish|unpublish|stop|cancel|pause|"
    r"resume|schedule|upgrade|downgrade|buy|pay|billing|(?:log|sign) ?(?:out|off)|use template)\b",
    re.IGNORECASE,
)
"""What is not pressed, by the first word of its name: a workflow may be called so, and no name tells it apart."""
_LEADS_ELSEWHERE = re.compile(
    r"\W*(?:home|settings?|configure|edit|plans?|pricing|help|docs|documentation|support|history|logs?|runs|"
    r"templates?|(?:learn|read|see|show|view|load)(?: more| all)|watch|more|menu|(?:more )?(?:actions|options)|"
    r"back(?: to .*)?|(?:next|prev|previous|first|last)(?: page)?|page|all|sort(?: by.*)?|filters?|search|"
    r"select(?: all)?|dismiss|close|(?:un)?(?:star|pin|favou?rite)|browse.*|explore.*)\W*",
    re.IGNORECASE,
)
"""What is no workflow, by the whole of its name."""


@dataclass(frozen=True)
class RunForm:
    """What runs a workflow: its button, the field for the text (-1 where there is none), and the other fields."""

    button: int
    text: int = -1
    others: tuple[int, ...] = ()
    part: int = -1
    """The smallest part of the page that holds both button and text."""


@dataclass(frozen=True)
class Entry:
    """What opens a workflow: the element to press, and its name."""

    element: int
    name: str


def read_form(snapshot: Snapshot, profile: Profile, *, opened: bool = False) -> RunForm | None:
    """Return what runs a workflow, the first on the page; None where nothing does.

    On the page of a workflow that was `opened`, what is called "Start" or the like runs it too, where a text stands
    before it. Elsewhere a link such as "Run a flow" leads on, and runs nothing itself.
    """
    layout = layout_of(snapshot)
    controls = [at for at, _ in _controls(layout, _AROUND_PAGES - _BARS if opened else _AROUND_PAGES)]
    names = profile.labels.of("run").names
    selected = [at for at, one in enumerate(snapshot.elements) if "label:run" in one.states and layout.is_front(at)]
    called = [at for at in controls if _is_called(name_of(layout, at), names)]
    exact = [at for at in called if re.sub(r"\W+$", "", name_of(layout, at)).casefold().endswith(_folded(names))]
    forms = [_form(layout, at) for at in dict.fromkeys([*selected, *exact, *called])]
    with_text = [one for one in forms if one.text >= 0]
    usable = [
        one
        for one in forms
        if "disabled" not in snapshot.elements[one.button].states
        and (opened or one.button in {*selected, *exact} or snapshot.elements[one.button].role != "link")
    ]
    if with_text:  # a text belongs to the button that is nearest to it
        nearest = max(one.part for one in with_text if one.text == with_text[0].text)
        return next(one for one in with_text if one.part == nearest)
    if usable:
        return usable[0]
    likely = (*Labels().of("run").names, *_WITH_TEXT)
    pressed = [at for at in controls if snapshot.elements[at].role in {"button", "link"}]
    buttons = [at for at in pressed if _is_called(name_of(layout, at), likely)]
    with_text = [one for one in (_form(layout, at) for at in buttons) if 0 <= one.text < one.button]
    return with_text[0] if opened and with_text else None


def read_entries(
    snapshot: Snapshot, profile: Profile, before: Snapshot | None = None
) -> Fact[tuple[Entry, ...]] | Unclear | Absent:
    """Return what opens the workflows of a list, in reading order.

    What looked the same, at the same place, on the page `before` belongs to no list. A label of the profile's own
    (`labels.workflow`) decides alone.
    """
    layout = layout_of(snapshot)
    label = profile.labels.of("workflow")
    offered = [at for at in _new(layout, before) if _may_open(layout, at)]
    told = [at for at, one in enumerate(snapshot.elements) if "label:workflow" in one.states]
    if label != Labels().of("workflow"):
        if not label.selector:
            told = [at for at in _new(layout, None) if begins(name_of(layout, at), _folded(label.names))]
            titles = [one for one in layout.lines if begins(one.text, _folded(label.names))]
            told = told or [_way_beside(layout, offered, one) for one in titles]
        return _told(layout, told) or Absent("the workflow that the profile names")
    offered = _besides(layout, offered, _folded(profile.labels.of("flows").names))
    elements = snapshot.elements  # what stands aside, such as folders, leads to other lists
    offered = [at for at in offered if all(elements[up].role != _ASIDE for up in layout.around(at))] or offered
    return _listed(layout, offered, _folded(label.names))


def _listed(layout: Layout, offered: list[int], words: tuple[str, ...]) -> Fact[tuple[Entry, ...]] | Unclear | Absent:
    """Return what opens the items of a list, or else what is alone."""
    items = {item: _way_in(layout, item, pressed, words) for item, pressed in _items(layout, offered)}
    ways = {item: at for item, at in items.items() if at is not None}
    elements = layout.snapshot.elements
    listed = [at for item, at in ways.items() if item != at or elements[at].role != "button"]
    buttons = list(ways.values())  # those in a row may as well be those of a filter
    opening = [at for at in buttons if begins(name_of(layout, at), words)]
    links = [at for at in offered if at not in buttons and elements[at].role != "button"]
    if buttons and links and not (listed or opening):
        return _alone(layout, links)
    return _told(layout, listed or opening or buttons) or _alone(layout, offered)


def _besides(layout: Layout, offered: list[int], names: tuple[str, ...]) -> list[int]:
    """Return what stands in no row with the way to this list itself: such a row is navigation."""
    elements = layout.snapshot.elements
    boxes = {at: _box(layout, at, offered) for at in offered if name_of(layout, at).casefold() in names}
    rows = {
        _kind(elements[box])
        for at, box in boxes.items()
        if box >= 0 and elements[box].box.height <= _ROW * elements[at].box.height
    }
    left = [at for at in offered if at not in boxes]
    return [at for at in left if not any(_kind(elements[up]) in rows for up in layout.around(at))]


def _told(layout: Layout, elements: Iterable[int]) -> Fact[tuple[Entry, ...]] | None:
    found = tuple(Entry(at, name_of(layout, at)) for at in elements if layout.is_front(at))
    return Fact(found) if found else None


def _alone(layout: Layout, offered: list[int]) -> Fact[tuple[Entry, ...]] | Unclear | Absent:
    """Return what opens workflows where nothing groups them: one thing to press, or several that look alike."""
    entries = tuple(Entry(at, name_of(layout, at)) for at in offered)
    alike = {(one.tag, one.role, one.parent) for one in (layout.snapshot.elements[at] for at in offered)}
    if not entries:
        return Absent("a workflow")
    if len(entries) == 1 or len(alike) == 1:
        return Fact(entries)
    return Unclear("What opens a workflow", tuple(one.name for one in entries), OPENS)


def _items(layout: Layout, offered: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield the items of a list, each with what can be pressed in it: rows, entries, or boxes that look alike."""
    elements = layout.snapshot.elements
    held: dict[int, list[int]] = {}
    for at in offered:
        item = next((one for one in layout.around(at) if elements[one].role in _ITEMS), -1)
        held.setdefault(item if item >= 0 else _box(layout, at, offered), []).append(at)
    around = {up for item in held if item >= 0 for up in layout.around(item) if up != item}
    for item in sorted(one for one in held if one >= 0 and one not in around):  # a row may hold the whole page
        yield item, held[item]


def _box(layout: Layout, at: int, offered: list[int]) -> int:
    """Return the smallest box around something to press that stands beside another of its kind, or -1."""
    elements = layout.snapshot.elements
    kinds = Counter(_kind(elements[one]) for one in {up for other in offered for up in layout.around(other)})
    return next((one for one in layout.around(at) if kinds[_kind(elements[one])] > 1), -1)


def _kind(one: Element) -> tuple[str, str, int]:
    return one.tag, one.role, one.parent


def _way_in(layout: Layout, item: int, pressed: list[int], words: tuple[str, ...]) -> int | None:
    """Return what opens an item: its title, what is called "Open", or the whole of it."""
    elements = layout.snapshot.elements
    named = {at: name_of(layout, at) for at in pressed}
    titles = [at for at, name in named.items() if at != item and not begins(name, words)]
    opens = [at for at, name in named.items() if begins(name, words)]
    links = [at for at in titles if elements[at].role != "button"]
    if links or opens:
        return (links or opens)[0]
    lines = [line.text for line in layout.within(item)]
    return next((at for at in titles if lines and named[at] == lines[0]), item if item in pressed else None)


def _way_beside(layout: Layout, offered: list[int], title: Line) -> int:
    """Return what opens the item that a title names: what is pressed in it, or the title itself."""
    around, words = set(layout.around(title.elements[0])), _folded(Labels().of("workflow").names)
    ways = (_way_in(layout, item, pressed, words) for item, pressed in _items(layout, offered) if item in around)
    way = None if layout.is_pressed(title) else next(ways, None)
    return title.elements[0] if way is None else way


def _may_open(layout: Layout, at: int) -> bool:
    """Whether a person would press it to open a workflow: it changes nothing, and leads nowhere else."""
    one, name = layout.snapshot.elements[at], name_of(layout, at)
    if one.role in {"radio", "checkbox", "switch", "combobox", "listbox", "tab"} or "popup" in one.states:
        return False
    host = urlsplit(one.href)
    elsewhere = bool(one.href) and (
        host.scheme not in {"http", "https"} or host.netloc != urlsplit(layout.snapshot.url).netloc
    )
    is_home = bool(one.href) and not (host.path.strip("/") or host.query or host.fragment)  # such as the logo
    usable = not {"disabled", "inert"} & set(one.states) and bool(re.search(r"[^\W\d]", name))
    return (
        usable
        and not elsewhere
        and not is_home
        and not _CHANGES_SOMETHING.match(name)
        and not _LEADS_ELSEWHERE.fullmatch(name)
    )


def _new(layout: Layout, before: Snapshot | None) -> list[int]:
    """Return what can be pressed and did not stand there on the page before."""
    then = layout_of(before) if before is not None else None
    old = Counter(_look(then, at) for at, _ in _controls(then)) if then is not None else Counter()
    return [at for at, _ in _controls(layout) if not old[_look(layout, at)]]


def _look(layout: Layout, at: int) -> tuple[str, str, str, int, int]:
    one = layout.snapshot.elements[at]
    return one.tag, one.role, name_of(layout, at), round(one.box.x / 4), round(one.box.y / 4)


def _controls(layout: Layout, frame: frozenset[str] = _AROUND_PAGES) -> Iterator[tuple[int, Element]]:
    """Yield what can be pressed in the content of the page: not in its frame of navigation, head and foot.

    A list of links may be called navigation, too: those that lead to parts of the page belong to it.
    """
    elements = layout.snapshot.elements
    for at, one in enumerate(elements):
        pressed = one.role in PRESSES or one.role == "menuitem" or "pressable" in one.states
        around = {elements[up].role for up in layout.around(at)} & frame
        is_listed = around == {"navigation"} and _leads_below(one.href, layout.snapshot.url)
        if pressed and layout.is_front(at) and (is_listed or not around):
            yield at, one


def _leads_below(href: str, url: str) -> bool:
    """Whether a link leads to a part of the page that it stands on: "/flows/1" from "/flows"."""
    path = url.partition("?")[0].rstrip("/")
    return href.startswith(f"{path}/") and len(urlsplit(path).path + urlsplit(path).fragment) > 1


def _is_called(name: str, names: Iterable[str]) -> bool:
    return begins(name, _folded(names)) and not _NOT_A_RUN.search(name)


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.casefold() for one in names)


def _form(layout: Layout, button: int) -> RunForm:
    """Return a button with the fields that belong to it: those of the smallest part of the page that holds a text."""
    elements = layout.snapshot.elements
    fields = [at for at, one in enumerate(elements) if _is_field(layout, at, one)]
    texts = [at for at in fields if elements[at].role == "textbox" and not _NOT_THE_TEXT.search(elements[at].name)]
    around = {at: set(layout.around(at)) for at in fields}
    for part in layout.around(button):
        inside = [at for at in texts if part in around[at]]
        form = next((one for one in layout.around(part) if elements[one].tag == "form"), part)
        if inside:
            inside = [at for at in texts if form in around[at]]
            text = next((at for at in inside if elements[at].tag != "input"), inside[0])
            return RunForm(button, text, tuple(at for at in fields if at != text and form in around[at]), part)
    return RunForm(button)


def _is_field(layout: Layout, at: int, one: Element) -> bool:
    usable = one.role in _FIELDS and not {"disabled", "readonly", "inert"} & set(one.states)
    return (
        usable
        and layout.is_front(at)
        and not any(layout.snapshot.elements[up].role in _AROUND_PAGES for up in layout.around(at))
    )
