"""The Billing tab: the Current Plan section with its credits, and the ways to get more."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.billing_tabs import SECTIONS, BillingTabs
from steps.pages.input_device import UnpressableError
from steps.pages.packages import PackageChoice
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.credits.credits import read_credits
from steps.readers.credits.loading import contradicts_titles, is_empty, is_loading
from steps.readers.packages.package_controls import ways_out
from steps.readers.page.capture import capture, element_at, index_of, rest_of_numbers, selectors_of
from steps.readers.page.fact import Absent
from steps.readers.page.outline import outline_of_current_plan
from steps.readers.page.snapshot import behind
from steps.readers.page.titles import bare_head, folded, place_of, shows_title
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from steps.pages.input_device import ElementLike
    from steps.readers.credits.credits import CreditsReading
    from steps.targets.labels import Label

_RUNS = 0.15
"""Seconds within which an animated number is seen to change."""
_LATE = 3.0
"""Seconds after which a page is taken as it is whose numbers move, or that shows no monthly credits by name."""
_STILL = 0.3
"""Seconds for which numbers that have moved stay as they are once they have arrived."""
_BUSY = 1.0
"""Seconds that a page may say that it is busy before it is read all the same."""
_FRAMES = 0.01
"""Seconds in which a number that runs up changes."""

_FROM_ITSELF = "() => !location.hash && document.referrer === location.href"
"""Whether a page was led to by itself, as one is that a form of its own has been sent for."""

_BUSY_ANYWAY: set[str] = set()
"""The sites that have said so for longer, of which something may stay busy until it is scrolled to."""
_FOLDING: set[str] = set()
"""The sites on which a section of Billing was folded."""


class BillingPage(BillingTabs):
    """The Billing tab of Workspace Settings."""

    def shows(self, limit: float = 0) -> bool:
        """Whether the tab shows within `limit` seconds, judging by the documented sections."""
        return self._shows(*SECTIONS, limit=limit)

    def shows_section(self, key: str) -> bool:
        """Whether the title of a section shows now, whatever stands around its words."""
        return self._shows(key)

    def has_current_plan(self) -> bool:
        """Whether the Current Plan section shows after the time to load."""
        self.turn_back()
        return self._shows("current_plan", limit=self.limits.page)

    def section_of(self, label: Label) -> str | None:
        """Return the section of an element to press: "current_plan" if one is there, else another, or None."""

        def seen() -> list[str]:
            found = list(self.matching_elements(label))
            snapshot = capture(self.page, selectors_of(self.profile))
            return [place_of(snapshot, self._index(one), self.labels, tuple(SECTIONS)) for one in found]

        self.bring_out(label)
        places = self.until(seen, self.limits.page) or []
        if places and not any(places):  # the page was re-rendering
            places = self.until(lambda: [place for place in seen() if place], LOST_CLICK) or places
        return "current_plan" if "current_plan" in places else next(iter(places), None)

    def describe_section_of(self, place: str | None, name: str) -> str:
        """Describe where an element to press is, if not in Current Plan."""
        if place is None:
            return f'there is no "{name}". {self.describe_page()}'
        return f'"{name}" is in {place.replace("_", " ") or "no section"}'

    def describe_current_plan(self) -> str:
        """Return a list of what Current Plan holds, for messages; of what is in front where it is not found."""
        lines: list[str] = []
        with suppress(PlaywrightError):
            lines = outline_of_current_plan(capture(self.page, selectors_of(self.profile)), self.labels)
        return self._told("Current Plan", lines) if lines else self.describe_page()

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name."""
        found = {
            name: self.first(self.labels.of(name)) for name in ("monthly_credits", "add_on_credits", "add_credits")
        }
        return {name.replace("_", " "): one for name, one in found.items() if one is not None}

    def add_credits(self) -> PackageChoice:
        """Open the pop-up with the packages. Raises NotVerifiedError where that is a window of the browser's own."""
        known = set(self.page.context.pages)
        choice = PackageChoice(self.page, self.profile, self.input)
        opened = False
        self.bring_out(self.labels.of("add_credits"))
        with blame_promise("doc:buy-credits.2"):
            try:
                opened = self.click_until(self.labels.of("add_credits"), choice.is_open, force_first=True)
            except UnpressableError:
                if not choice.lies_over_the_page:  # then it has done what it should
                    raise
        if not opened and (windows := [one for one in self.page.context.pages if one not in known]):
            raise NotVerifiedError(f"“Add credits” opens a window of its own, which is not read: {windows[0].url}")
        with blame_promise("doc:buy-credits.3"):
            if not opened:
                raise ElementNotFoundError(f'"Add credits" opens no pop-up with packages. {self.describe_page()}')
        return choice

    def credits(self) -> CreditsReading:
        """Return what Current Plan shows of plan and credits, once it has loaded and its numbers stand still.

        Raises ElementNotFoundError where it never shows a number of credits.
        """
        return self.at_rest(self._loaded_credits(), self._look)

    def _loaded_credits(self) -> CreditsReading:
        loaded: list[CreditsReading] = []
        waiting = list(reversed(SECTIONS))
        started = time.monotonic()

        def read() -> CreditsReading | None:
            if self._unfold(waiting) or self.turn_back():
                return None
            reading = self._look()
            if reading is None or is_empty(reading):
                if time.monotonic() - started > LOST_CLICK:
                    self.close_news()
                return None
            loaded.append(reading)
            # A page without the documented word is given the time in which a late section shows.
            told = not isinstance(reading.monthly, Absent)
            return reading if told or time.monotonic() - started > _LATE else None

        reading = self.until(read, self.limits.page) or next(iter(loaded[-1:]), None)
        if reading is None:
            label = self.labels.of("monthly_credits")
            with blame_promise("doc:billing.3" if self._shows("current_plan") else "doc:buy-credits.2"):
                raise ElementNotFoundError(
                    f'Billing shows no number for "{" or ".join(label.names)}". {self.describe_current_plan()}'
                )
        return reading

    def _unfold(self, waiting: list[str], *, needed: bool = False) -> bool:
        """Unfold the first of the sections that is folded, and take it and those before it off the list.

        The last of them stays open where one folds another. Where one is `needed`, so is pressed what only seems to
        be folded. Returns whether there was one.
        """
        snapshot = capture(self.page, selectors_of(self.profile))
        for number, name in enumerate(waiting):
            names = (*self.labels.of(name).names, SECTIONS[name])
            at = folded(snapshot, names)
            at = bare_head(snapshot, names) if needed and at < 0 else at
            if at >= 0 and (way := element_at(self.page, snapshot.stamp, at)) is not None:
                del waiting[: number + 1]
                _FOLDING.add(self.profile.base)
                with ignore_navigation_errors():
                    self.input.press(way)
                return True
        return needed and self.turn_to(waiting)

    def bring_out(self, label: Label) -> None:
        """Unfold Current Plan where what is to be pressed there is folded away with it."""
        self.until(
            lambda: self.first(label) or self._unfold(["current_plan"]) or self.turn_back(), self.limits.page / 3
        )

    def unfold(self, *sections: str) -> None:
        """Unfold what is folded of these sections."""
        waiting = [*sections]
        while self._unfold(waiting, needed=True):
            pass

    def unfold_again(self, *sections: str) -> None:
        """Unfold sections on a site that has been seen to fold some: it does so with each page that it loads."""
        if self.profile.base in _FOLDING:
            self.unfold(*sections)

    def at_rest(self, reading: CreditsReading, look: Callable[[], CreditsReading | None]) -> CreditsReading:
        """Return a reading once no number moves, or none of its own has for a while: some sites run numbers up."""
        moved, since = False, (began := time.monotonic())

        def is_still() -> bool:
            nonlocal reading, moved, since
            # In this order, so that what moves between the looks is told by the last.
            snapshot = capture(self.page, selectors_of(self.profile))
            is_parsed = snapshot.ready != "loading"
            is_busy = self.profile.base not in _BUSY_ANYWAY and is_loading(snapshot)
            if is_busy and is_parsed and time.monotonic() - began > _BUSY:
                _BUSY_ANYWAY.add(self.profile.base)
            is_belied = contradicts_titles(snapshot) or is_busy or not is_parsed
            now = look() if moved else reading
            rest = rest_of_numbers(self.page)
            if now != reading:
                reading, since = now or reading, time.monotonic()
            moved = moved or is_belied or rest > 0
            return not is_belied and (not rest or time.monotonic() - since > _STILL)

        until(is_still, _LATE, every=_FRAMES)
        return reading

    def bar_parts(self) -> list[list[float]]:
        """Return the parts of which each bar is drawn, as shares of its width."""
        snapshot = capture(self.page, selectors_of(self.profile))
        return [list(one.parts) for one in snapshot.elements if one.parts is not None]

    def close_pop_up(self) -> None:
        """Close what lies on top of the page, by its own control, if anything does."""

        def is_gone() -> bool:
            now = capture(self.page, selectors_of(self.profile))
            if not now.layers:
                return True
            ways = [element_at(self.page, now.stamp, at) for at in ways_out(now, self.profile)]
            for way in ways[-1:]:
                if way is not None:
                    with ignore_navigation_errors():
                        self.input.press(way)
            return not ways

        until(is_gone, LOST_CLICK, every=_RUNS)

    def credits_behind(self) -> CreditsReading | None:
        """Return the credits that show behind a pop-up, or None where none do."""
        snapshot = behind(capture(self.page, selectors_of(self.profile)))
        reading = read_credits(snapshot, self.profile)
        return None if is_empty(reading) else reading

    def settled_credits(self) -> CreditsReading:
        """Return the credits once they stop changing: some sites animate numbers, or correct them by a poll."""
        seen = [self.credits()]

        def are_still() -> bool:
            seen.append(self.credits())
            return len(seen) > 2 and seen[-1] == seen[-2]

        until(are_still, self.limits.page / 3, every=_RUNS)
        return seen[-1]

    def _look(self) -> CreditsReading | None:
        """Return what shows of the credits, or None while the page says that it is busy."""
        snapshot = capture(self.page, selectors_of(self.profile))
        reading = read_credits(snapshot, self.profile)
        if not is_empty(reading):
            self.note_tabs(snapshot)
        return None if is_loading(snapshot) and isinstance(reading.monthly, Absent) else reading

    def missing_sections(self) -> list[str]:
        """Return the documented sections that do not show after the time to load."""
        self.turn_back()
        until(lambda: not self._missing_sections(), self.limits.page / 3)
        return self._missing_sections()

    def _missing_sections(self) -> list[str]:
        return [name.replace("_", " ") for name in SECTIONS if not self._shows(name)]

    def reload(self) -> None:
        """Load the page anew; what may have come by a form is asked for by its address: no form is sent twice."""
        limit, is_by_form = self.limits.payment * 1000, False
        with ignore_navigation_errors():
            is_by_form = self.page.evaluate(_FROM_ITSELF)
        if is_by_form:
            self.page.goto(self.page.url, wait_until="commit", timeout=limit)
        else:
            self.page.reload(wait_until="commit", timeout=limit)
        self.wait_until_parsed()

    def _shows(self, *sections: str, limit: float = 0) -> bool:
        """Whether the title of any of the sections shows."""

        def seen() -> bool:
            return shows_title(capture(self.page, selectors_of(self.profile)), self.labels, sections)

        return bool(self.until(seen, limit))

    def _index(self, found: Locator) -> int:
        handles = found.element_handles()  # none where it is being drawn anew
        return index_of(self.page, handles[0]) if handles else -1
