"""What comes over a payment page once it is sent and before it answers: an offer to keep the card, say."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import pattern_of
from steps.pages.payment_outcome import shown_frames
from steps.targets.labels import Label, Labels

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from steps.targets.profile import Profile

_TURNS_DOWN = re.compile(r"\bwithout\b|\bno\b|\bnot now\b|\bskip\b|\blater\b|\bdismiss\b", re.IGNORECASE)
_MOST_MS = 3_000


class Offers:
    """The offers of one payment page from now on; each payment has one at most, which is turned down once."""

    def __init__(self, page: Page, profile: Profile) -> None:
        usual = {*Labels().of("dismiss").names}
        names = [one for one in profile.labels.of("dismiss").names if one not in usual or _TURNS_DOWN.search(one)]
        self._page = page
        self._called = re.compile(rf"^\W*(?:{pattern_of(Label(tuple(names)))})\W*$", re.IGNORECASE)
        self._is_over = bool(self._ways())  # what stood there before is none

    def turn_down(self) -> None:
        """Press what turns an offer down, by the labels of what closes what comes by itself."""
        for way in [] if self._is_over else self._ways():
            self._is_over = True
            with contextlib.suppress(PlaywrightError):  # it has gone by itself
                way.click(no_wait_after=True, timeout=_MOST_MS)

    def _ways(self) -> list[Locator]:
        every = (one.get_by_role("button", name=self._called).filter(visible=True) for one in shown_frames(self._page))
        return [one.first for one in every if one.count()][:1]
