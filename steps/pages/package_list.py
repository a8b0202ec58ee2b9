"""The packages that a pop-up offers, with what has to be pressed or scrolled to until all of them have shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, BasePage
from steps.pages.input_device import MOUSE, UnpressableError
from steps.pages.package_slider import Place, place_of, places_of
from steps.pages.payment_outcome import shown_frames
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.packages.package_controls import drawn_lists, unknown_controls, ways_on
from steps.readers.packages.package_options import read_options
from steps.readers.packages.package_presses import name_of
from steps.readers.packages.packages import Offer, is_behind, read_packages
from steps.readers.page.capture import capture, changed_since, element_at, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import ElementHandle, Frame, Page

    from steps.pages.input_device import InputDevice
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_MOST_STEPS = 12
"""Number of presses of "Show more" or "Next" after which no more packages are expected."""
_MOST_TURNS = 60
"""Number of turns of a wheel after which a list is taken to have no end."""
_MOST_DRAWN = 3
"""How often a package is looked for again that a list has drawn anew meanwhile."""
_FAR = 1_000_000
_DRAWN = 0.25
"""Seconds within which a list draws what it has been scrolled to."""
_OPTIONS = """(list) => [...(list.options ?? [])].map((one) => [one.label || one.textContent,
  [one.disabled && "disabled", one.selected && one.value && "selected"].filter(Boolean)])"""
"""Returns what a list offers; nothing where it was replaced by something else meanwhile, and is read again."""
PRESSED = "(el) => el.matches('input') && [...el.labels].find((one) => one.checkVisibility()) || el"
"""What a person presses for an element: a box or button of a form by its label."""


@dataclass(frozen=True)
class Look:
    """What the pop-up, or the frame within it, showed at one moment."""

    snapshot: Snapshot
    reading: Fact[tuple[Offer, ...]] | Unclear | Absent


class PackageList(BasePage):
    """What "Add credits" opens. Amounts that were on the page before (in invoices, for example) are not on sale."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        super().__init__(page, profile, device)
        self._selectors = selectors_of(profile)
        self._before = capture(page, self._selectors)
        self._frame: Frame | None = None
        """The frame that the packages are in, where the page has them in one."""
        self._looked: Look | None = None
        self._stuck: list[str] = []
        """What was pressed to bring more packages, and changed nothing."""
        self._places: tuple[Place, ...] = ()
        """What a slider leads through."""
        self._tries = 3
        """How often one may still be led: it may show before its packages do."""

    def is_open(self) -> bool:
        """Whether packages show; a folded list of them is opened for that."""
        look = self._look()  # one for all: the packages may come between two
        if self._offers_in(look) or isinstance(look.reading, Unclear):
            return True
        if self._is_in_frame():
            return True
        now = look.snapshot
        folded = [at for at in self._ways_on(now) if now.elements[at].role in {"combobox", "textbox"}]
        is_open = bool(folded) and self._brings_more(folded[0], now)
        if not is_open:  # the pop-up may have come over a list of the page just then; one of its own is tried again
            self._stuck.clear()
        return is_open

    @property
    def lies_over_the_page(self) -> bool:
        """Whether something has come to lie over the page since, be it with packages or without."""
        return is_behind(self._before, capture(self.page, self._selectors))

    def offers(self) -> list[Offer]:
        """Return the packages that show, in reading order; a single amount is a summary of the choice, not an offer."""
        return self._offers_in(self._look())

    @property
    def doubt(self) -> Unclear | None:
        """What cannot be told of the packages that show, where no list that the browser draws has them."""
        look = self._look()
        return look.reading if isinstance(look.reading, Unclear) and not self._offers_in(look) else None

    def find(self, amount: int) -> Offer | None:
        """Return the package of an amount, if it shows."""
        return next((one for one in self.offers() if one.amount == amount), None)

    def brought_to_show(self, amount: int) -> Offer | None:
        """Return the package of an amount among those that show, or else those behind further controls."""
        if found := self.until(lambda: self.find(amount), LOST_CLICK):
            return found
        for _ in self._further():
            if found := self.find(amount):
                return found
        return self.until(lambda: self.find(amount), self.limits.page - LOST_CLICK)

    def settled_offers(self, expected: list[int]) -> list[Offer]:
        """Return the packages once they are the expected ones, or else once all that can be brought to show has."""
        last: list[Offer] = []

        def settled() -> bool:
            nonlocal last
            last = self.offers()
            return [offer.amount for offer in last] == expected and all(offer.is_free for offer in last)

        if until(settled, 2.0, every=0.1):
            return last
        found: list[Offer] = []
        for view in (self.offers() for _ in self._further()):
            known = Counter((offer.label, offer.text) for offer in found)
            for offer in view:  # what a view shows twice is on sale twice
                known[offer.label, offer.text] -= 1
                found += [offer] if known[offer.label, offer.text] < 0 else []
        return found

    def unexplored(self) -> Unclear | None:
        """Return what might bring more packages, and could not be made to; None where nothing is left to try."""
        look = self._look()
        now, layout = look.snapshot, Layout(look.snapshot)
        left = self._new(unknown_controls(now, self.profile, self._offers_in(look)), now)
        left = [at for at in left if now.elements[at].role != "tab"]  # each of them has been looked at
        names = tuple(dict.fromkeys([*self._stuck, *(name_of(layout, at) for at in left)]))
        return Unclear("whether there are more packages", names, "labels.more_packages") if names else None

    def element_of(self, offer: Offer) -> ElementHandle | None:
        """Return what to press for an offer; None where the page has been seen to change since it was read."""
        found = element_at(self._place, offer.stamp, offer.element)
        return found.evaluate_handle(PRESSED).as_element() if found and offer.option < 0 else found

    def covered(self, amounts: Iterable[int]) -> str:
        """Return which of the packages that show lies under something that stays, and what that is; "" for none."""
        return next(filter(None, map(self._obstacle, amounts)), "")

    def _obstacle(self, amount: int) -> str:
        """Return what a package lies under; it is looked for again where the list draws it anew once it is scrolled."""
        for _ in range(_MOST_DRAWN):
            offer = self.find(amount)
            if offer is None or offer.option >= 0 or not self._is_covered(offer):
                break
            element = self.element_of(offer)
            if element is not None and not (why := self.obstacle_of(element)):
                break
            if element is not None and element.evaluate("(el) => el.isConnected"):
                return f"{offer.label} {why}"
        return ""

    def _is_covered(self, offer: Offer) -> bool:
        return "covered" in self._look().snapshot.elements[offer.element].states

    def _offers_in(self, look: Look) -> list[Offer]:
        found = list(look.reading.value) if isinstance(look.reading, Fact) else []
        return found if len(found) > 1 else self._options(look.snapshot)

    @property
    def _place(self) -> Page | Frame:
        """Where the packages are: the page, or a frame of it for as long as that is there."""
        if self._frame is not None and self._frame.is_detached():
            self._read_in(None)
        return self._frame or self.page

    def _read_in(self, frame: Frame | None) -> None:
        """Read the packages in a frame from now on, or else on the page itself."""
        self._frame, self._looked = frame, None

    def _is_in_frame(self) -> bool:
        """Whether packages show in a frame of the page; they are read there from then on."""
        for frame in shown_frames(self.page):
            if frame.parent_frame is not None:
                self._read_in(frame)
                if self._offers_in(self._look()):
                    return True
        self._read_in(None)
        return False

    def _look(self) -> Look:
        """Return the page as it shows now. What looks as it did is not read again."""
        place = self._place
        known = self._looked
        stamp = known.snapshot.stamp if known else ""
        now = changed_since(place, stamp, self._selectors)
        if now is not None:
            self._looked = known = Look(now, read_packages(now, self.profile, self._before))
        assert known is not None
        return known

    def _options(self, now: Snapshot) -> list[Offer]:
        """Return the packages among the options of a list that the browser itself draws, or the places of a slider."""
        lists = [at for at, one in enumerate(now.elements) if one.tag == "select" or one.role == "slider"]
        for at in self._new(filter(Layout(now).is_front, lists), now):
            element = element_at(self._place, now.stamp, at)
            if element is None:
                continue
            if now.elements[at].role == "slider":
                options = self._slid(element)
            else:
                options = [(str(text), tuple(states)) for text, states in element.evaluate(_OPTIONS)]
            found = read_options(options, now, at, self.profile)
            if isinstance(found, Fact) and len(found.value) > 1:
                return list(found.value)
        return []

    def _slid(self, slider: ElementHandle) -> list[tuple[str, tuple[str, ...]]]:
        """Return what a slider leads through, as options; it is led through all of it once."""
        if not self._places and self._tries:
            self._tries -= 1  # what is looked at meanwhile is not led through
            tries, self._tries = self._tries, 0
            self._places, self._tries = tuple(places_of(slider, self._lines)), tries
        now = place_of(slider)
        return [(one.text, ("selected",) if one.value == now else ()) for one in self._places]

    def _lines(self) -> list[str]:
        """Return the lines in front, once what was done shows."""
        stamp = self._looked.snapshot.stamp if self._looked else ""
        until(lambda: self._look().snapshot.stamp != stamp, _DRAWN)
        return [line.text for line in Layout(self._look().snapshot).lines]

    def _new(self, found: Iterable[int], now: Snapshot) -> list[int]:
        """Return those of some elements of a snapshot that were not on the page before the pop-up was asked for.

        Of several that look the same, as many as there were before are the old ones, the first in reading order.
        """
        if self._frame is not None or is_behind(self._before, now):
            return list(found)
        old = Counter(self._looks_before)
        new = set()
        for at, look in _looks(now).items():
            old[look] -= 1
            if old[look] < 0:
                new.add(at)
        return [at for at in found if at in new]

    @cached_property
    def _looks_before(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(_looks(self._before).values())

    def _further(self) -> Iterator[None]:
        """Bring to show what shows only after a press or by scrolling, and yield after each step."""
        count = len(self._tabs(self._look().snapshot))
        if not count:
            yield from self._all_the_way_on()
        for place in range(count):
            now = self._look().snapshot
            tabs = self._tabs(now)[place:]
            if tabs and "selected" not in now.elements[tabs[0]].states:
                self._brings_more(tabs[0], now)
            yield from self._all_the_way_on()

    def _tabs(self, now: Snapshot) -> list[int]:
        tabs = (at for at, one in enumerate(now.elements) if one.role == "tab" and Layout(now).is_front(at))
        return self._new(tabs, now)

    def _all_the_way_on(self) -> Iterator[None]:
        """Scroll to all of a list, and press what brings more as long as it does."""
        yield from self._scrolled()
        spent: set[str] = set()
        for _ in range(_MOST_STEPS):
            now = self._look().snapshot
            ways = {at: name_of(Layout(now), at) for at in self._ways_on(now)}
            left = [at for at, name in ways.items() if name not in spent and now.elements[at].role != "tab"]
            if not left:
                return
            if not self._brings_more(left[0], now):
                spent.add(ways[left[0]])
                continue
            yield
            yield from self._scrolled()

    def _ways_on(self, now: Snapshot) -> list[int]:
        """Return what may bring more packages to show; a field that nothing can be typed into, where none show."""
        lists = () if self.offers() else drawn_lists(now)
        return self._new([*ways_on(now, self.profile), *lists], now)

    def _brings_more(self, at: int, looked: Snapshot) -> bool:
        """Press something of a snapshot, and return whether that changed what is on sale."""
        element = element_at(self._place, looked.stamp, at)
        if element is None:
            return False
        before = self.offers()
        try:
            with ignore_navigation_errors():
                self.input.press(element)
        except UnpressableError as error:
            self._stuck.append(str(error))
            return False
        if self.until(lambda: self.offers() and _texts(self.offers()) != _texts(before), LOST_CLICK / 2):
            return True
        now = self._look().snapshot
        if now.stamp == looked.stamp:
            self._stuck.append(name_of(Layout(looked), at))
        elif "expanded" in now.elements[at if at < len(now.elements) else 0].states:
            self._fold(element)
        return False

    def _fold(self, element: ElementHandle) -> None:
        """Close a list of something else, by what has opened it or, where the list lies over that, by the keyboard."""
        with ignore_navigation_errors():
            try:
                self.input.press(element)
            except UnpressableError:
                self.page.keyboard.press("Escape")

    def _scrolled(self) -> Iterator[None]:
        """Scroll through a list that draws only what is in view, from its top to its end."""
        self._wheel(-_FAR)
        yield
        for _ in range(_MOST_TURNS):
            if not self._wheel():
                return
            yield

    def _wheel(self, by: float = 0) -> bool:
        """Turn the wheel over the packages, by half of them; return whether that changed what shows."""
        before = self.offers()
        middle = before[len(before) // 2] if before else None
        drawn = element_at(self._place, middle.stamp, middle.element) if middle else None
        place = drawn.bounding_box() if drawn else None
        if place is None or before[0].option >= 0 or self._looked is None:
            return False
        boxes = [self._looked.snapshot.elements[one.element].box for one in before]
        self.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        self.page.mouse.wheel(0, by or max(30, (boxes[-1].bottom - boxes[0].y) / 2))
        return bool(until(lambda: _texts(self.offers()) != _texts(before), _DRAWN))


def _texts(offers: list[Offer]) -> list[tuple[int, str]]:
    return [(one.amount, one.text) for one in offers]


def _looks(snapshot: Snapshot) -> dict[int, tuple[str, str, str]]:
    """Return what the elements that are or may be controls look like, in reading order."""
    layout = Layout(snapshot)
    controls = {at for at, one in enumerate(snapshot.elements) if one.role or "pressable" in one.states}
    lists = {at for at, one in enumerate(snapshot.elements) if one.tag in ("select", "summary")}
    lines = {line.elements[0] for line in layout.lines}
    found = ((at, snapshot.elements[at]) for at in sorted(controls | lists | lines))
    return {at: (one.tag, one.role, name_of(layout, at)) for at, one in found}
