"""The packages of a pop-up, with what has to be pressed or scrolled to until all of them have shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK
from steps.pages.input_device import MOUSE, UnpressableError
from steps.pages.package_view import DRAWN, PackageView
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.packages.package_controls import drawn_lists, unknown_controls, ways_on
from steps.readers.packages.package_presses import name_of
from steps.readers.page.capture import element_at
from steps.readers.page.fact import Unclear
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ElementHandle, Page

    from steps.pages.input_device import InputDevice
    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_MOST_STEPS = 12
"""Number of presses of "Show more" or "Next" after which no more packages are expected."""
_MOST_TURNS = 60
"""Number of turns of a wheel after which a list is taken to have no end."""
_FAR = 1_000_000


class PackageList(PackageView):
    """The packages that show, and those behind tabs, "Show more", folded lists and below the end of a scrolled one."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        super().__init__(page, profile, device)
        self._stuck: list[str] = []
        """What was pressed to bring more packages, and changed nothing."""

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
        now, layout = look.snapshot, layout_of(look.snapshot)
        left = self._new(unknown_controls(now, self.profile, self._offers_in(look)), now)
        left = [at for at in left if now.elements[at].role != "tab"]  # each of them has been looked at
        names = tuple(dict.fromkeys([*self._stuck, *(name_of(layout, at) for at in left)]))
        return Unclear("whether there are more packages", names, "labels.more_packages") if names else None

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
        tabs = (at for at, one in enumerate(now.elements) if one.role == "tab" and layout_of(now).is_front(at))
        return self._new(tabs, now)

    def _all_the_way_on(self) -> Iterator[None]:
        """Scroll to all of a list, and press what brings more as long as it does."""
        yield from self._scrolled()
        spent: set[str] = set()
        for _ in range(_MOST_STEPS):
            now = self._look().snapshot
            ways = {at: name_of(layout_of(now), at) for at in self._ways_on(now)}
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
            self._stuck.append(name_of(layout_of(looked), at))
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
        return bool(until(lambda: _texts(self.offers()) != _texts(before), DRAWN))


def _texts(offers: list[Offer]) -> list[tuple[int, str]]:
    return [(one.amount, one.text) for one in offers]
