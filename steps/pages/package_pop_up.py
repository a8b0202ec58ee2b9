"""The pop-up as a whole: what it requests, what it leads to, and how it is left without choosing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.pages.base_page import LOST_CLICK
from steps.pages.checkout import PaymentPage, other_tabs, payment_page_of
from steps.pages.input_device import MOUSE
from steps.pages.package_list import PackageList
from steps.pages.polling import ignore_navigation_errors
from steps.readers.credits.credits import read_credits
from steps.readers.packages.package_controls import ways_out
from steps.readers.packages.package_presses import name_of
from steps.readers.page.capture import capture, element_at
from steps.readers.page.fact import Unclear
from steps.readers.page.lines import layout_of
from steps.readers.page.snapshot import is_behind
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Request

    from steps.pages.input_device import InputDevice
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_MOST_WAYS_OUT = 2
"""Number of controls that are tried where a pop-up stays."""

_ORDER_SENT = 0.3
"""Seconds that a pop-up may take to send an order after it has gone."""

_BESIDE = """() => [[innerWidth / 2, 4], [innerWidth / 2, innerHeight - 4], [4, innerHeight / 2]].filter(([x, y]) => {
  const hit = document.elementFromPoint(x, y);
  const lies = (one) => one && (getComputedStyle(one).position === "fixed" || lies(one.parentElement));
  return hit && !hit.closest("button, a, input") && lies(hit); })"""
"""Returns the places at the edges of the window where a layer lies, and nothing to press in it."""


class PackagePopUp(PackageList):
    """The packages, and leaving them."""

    _left_by_key = False
    """Whether Escape alone has closed the pop-up, after its own controls had not."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        super().__init__(page, profile, device)
        self._other_tabs = other_tabs(page)

    def place_instead(self) -> str:
        """Return the path of the page that came instead of a pop-up over Billing; "" where Billing is still there."""
        now = capture(self.page, self._selectors)
        path, before = urlsplit(now.url).path, urlsplit(self._before.url).path
        stays = path == before or is_behind(self._before, now) or read_credits(now, self.profile).titled
        return "" if stays else path

    def leave(self) -> str:
        """Leave without choosing: by the pop-up's own controls, or else by Escape; "" once it is gone.

        Returns what is wrong where it stays on top of the page, or leads to a payment page. Raises NotVerifiedError
        where it stays and nothing in it is called by a label that closes it, or where nothing lies over the page, and
        what shows may be no packages.
        """
        frame = self._frame
        self._read_in(None)  # a frame has its ways out around it, or else in it
        if frame is not None and not ways_out(self._look().snapshot, self.profile):
            self._read_in(frame)
        self.until(lambda: is_behind(self._before, self._look().snapshot), LOST_CLICK / 3)  # it may still slide in
        now = self._look().snapshot
        if (doubt := self.doubt) and not is_behind(self._before, now):
            raise NotVerifiedError(str(doubt))
        shown = self._front(now)
        with self._requests() as requests:
            pressed = self._press_ways_out(_MOST_WAYS_OUT if is_behind(self._before, now) else 1)
            ordered = self.until(lambda: any(may_order(request) for request in requests), _ORDER_SENT)
            if ordered and self.until(lambda: bool(self._paying()), 2 * LOST_CLICK):
                return "it leads to a payment page"
        now = self._look().snapshot
        left = self._front(now)
        stays = f"it stays after pressing {' and '.join(f'“{name}”' for name in dict.fromkeys(pressed))}"
        if not is_behind(self._before, now) or len(left & shown) < len(left) / 2:  # gone, or something else has come
            return f"{stays}, and is closed by Escape alone" if self._left_by_key else ""
        if not pressed:
            raise NotVerifiedError(str(Unclear("how the pop-up is left", (), 'labels.close = "…"')))
        return stays

    def _press_ways_out(self, most: int) -> list[str]:
        """Press what closes the pop-up, one way after the other until it is gone, and return what was pressed.

        Escape closes a list that lies over the pop-up; it is pressed once the ways alone have not helped, and what it
        closes then does not count as left by them.
        """
        pressed: list[str] = []
        for turn in range(most):
            name = self._press_way_out(self._look().snapshot, turn)
            if not name:
                break
            pressed.append(name)
            if self.until(self._is_left, LOST_CLICK / 2):
                return pressed
        for turn in range(most):
            self.page.keyboard.press("Escape")
            if self.until(self._is_left, LOST_CLICK / 2):
                self._left_by_key = len(pressed) > 1
                return pressed
            if name := self._press_way_out(self._look().snapshot, turn):
                pressed.append(name)
                if self.until(self._is_left, LOST_CLICK / 2):
                    return pressed
        if not pressed:
            pressed += self._press_beside()
        self.until(self._is_left, LOST_CLICK)
        return pressed

    def _press_beside(self) -> list[str]:
        """Press what lies behind the pop-up and over the page, above, below or beside it.

        That may close a list over the pop-up alone; returns which ways out of the pop-up were pressed then.
        """
        pressed: list[str] = []
        for place in self.page.evaluate(_BESIDE):
            self.page.mouse.click(*place)
            if self.until(self._is_left, LOST_CLICK / 2):
                break
            if name := self._press_way_out(self._look().snapshot, 0):
                pressed.append(name)
                if self.until(self._is_left, LOST_CLICK / 2):
                    break
        return pressed

    @contextlib.contextmanager
    def _requests(self) -> Iterator[list[Request]]:
        """Note what the page requests meanwhile."""
        requests: list[Request] = []

        def note(request: Request) -> None:
            requests.append(request)

        self.page.on("request", note)
        try:
            yield requests
        finally:
            self.page.remove_listener("request", note)

    def _is_left(self) -> bool:
        return not self.offers() and not is_behind(self._before, self._look().snapshot)

    def _front(self, now: Snapshot) -> set[str]:
        """Return the lines of what is in front."""
        return {line.text for line in layout_of(now).lines}

    def _press_way_out(self, now: Snapshot, turn: int) -> str:
        """Press one of what closes the pop-up, where a person could reach it, and return its name; "" without one."""
        found = [at for at in ways_out(now, self.profile) if "covered" not in now.elements[at].states]
        at = found[-1 - turn % len(found)] if found else -1
        way_out = element_at(self._place, now.stamp, at) if found else None
        if way_out is None:
            return ""
        with ignore_navigation_errors():
            self.input.press(way_out)
        return name_of(layout_of(now), at)

    def _paying(self) -> PaymentPage | None:
        return payment_page_of(self.page, self.profile, self.input, self._other_tabs)


def may_order(request: Request) -> bool:
    """Whether a request may be the one that begins an order: it changes something, or leads to another page."""
    return request.method != "GET" or request.is_navigation_request()
