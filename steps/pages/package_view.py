"""The packages that a pop-up shows: read from the page, from a frame of it, or from a list that the browser draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from steps.pages.base_page import BasePage
from steps.pages.input_device import MOUSE
from steps.pages.package_slider import Place, place_of, places_of
from steps.pages.payment_outcome import shown_frames
from steps.pages.polling import until
from steps.readers.packages.package_options import read_options
from steps.readers.packages.package_presses import name_of
from steps.readers.packages.packages import read_packages
from steps.readers.page.capture import capture, changed_since, element_at, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.page.snapshot import is_behind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import ElementHandle, Frame, Page

    from steps.pages.input_device import InputDevice
    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_FEW = 2
"""As many lines with amounts may be the choice that a list shows, and a balance that has moved meanwhile."""
_MOST_DRAWN = 3
"""How often a package is looked for again that a list has drawn anew meanwhile."""
_OPTIONS = """(list) => [...(list.options ?? [])].map((one) => [one.label || one.textContent,
  [one.disabled && "disabled", one.selected && one.value && "selected"].filter(Boolean)])"""
"""Returns what a list offers; nothing where it was replaced by something else meanwhile, and is read again."""
PRESSED = "(el) => el.matches('input') && [...el.labels].find((one) => one.checkVisibility()) || el"
"""What a person presses for an element: a box or button of a form by its label."""
DRAWN = 0.25
"""Seconds within which a list draws what it has been scrolled to."""


@dataclass(frozen=True)
class Look:
    """What the pop-up, or the frame within it, showed at one moment."""

    snapshot: Snapshot
    reading: Fact[tuple[Offer, ...]] | Unclear | Absent


class PackageView(BasePage):
    """What "Add credits" opens. Amounts that were on the page before (in invoices, for example) are not on sale."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        super().__init__(page, profile, device)
        self._selectors = selectors_of(profile)
        self._before = capture(page, self._selectors)
        self._frame: Frame | None = None
        """The frame that the packages are in, where the page has them in one."""
        self._looked: Look | None = None
        self._places: tuple[Place, ...] = ()
        """What a slider leads through."""
        self._tries = 3
        """How often one may still be led: it may show before its packages do."""

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
        """Return the packages on a page; a few lines with amounts count for less than a list with more of them."""
        found = list(look.reading.value) if isinstance(look.reading, Fact) else []
        if len(found) > _FEW:
            return found
        return max(found if len(found) > 1 else [], self._options(look.snapshot), key=len)

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
        for at in self._new(filter(layout_of(now).is_front, lists), now):
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
        until(lambda: self._look().snapshot.stamp != stamp, DRAWN)
        return [line.text for line in layout_of(self._look().snapshot).lines]

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


def _looks(snapshot: Snapshot) -> dict[int, tuple[str, str, str]]:
    """Return what the elements that are or may be controls look like, in reading order."""
    layout = layout_of(snapshot)
    controls = {at for at, one in enumerate(snapshot.elements) if one.role or "pressable" in one.states}
    lists = {at for at, one in enumerate(snapshot.elements) if one.tag in ("select", "summary")}
    lines = {line.elements[0] for line in layout.lines}
    found = ((at, snapshot.elements[at]) for at in sorted(controls | lists | lines))
    return {at: (one.tag, one.role, name_of(layout, at)) for at, one in found}
