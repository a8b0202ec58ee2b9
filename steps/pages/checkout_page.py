"""What a hosted payment page asks a buyer, found by its published ids first, and then by the names of its fields.

Several layouts are in use at the same time (fields at once, behind a "Card" choice, in a nested frame, in a frame for
each field, with a ticked box for saving the card), and this object handles all of them.
"""

from __future__ import annotations

import contextlib
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.checkout_finder import FormFinder
from steps.pages.checkout_form import CheckoutForm
from steps.pages.paid_frame import put_away
from steps.pages.payment_outcome import shown_frames
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.checkout.checkout import FRAMES, CheckoutSummary, read_summary
from steps.readers.checkout.folded_summary import folded_summary
from steps.readers.checkout.payment_messages import is_over, read_messages
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.safety.payment_session import kind_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator

    from steps.pages.input_device import ElementLike
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.test_cards import Card

_WAY_BACK = re.compile(r"^\s*[\u2190\u2039\u00ab<]|^\W*(?:go )?(?:back|cancel|return)\b", re.IGNORECASE)
"""How the payment page's own link back to the merchant begins: an arrow, or a word."""
_UNSURE = 2.0
"""Seconds after which a summary that can be read in two ways is taken as it is."""
_BACK = 3.0
"""Seconds in which going back shows an effect."""
_LEAST = 200
"""Pixels that a payment page in a frame has in width and height."""
_ANOTHER_CARD = re.compile(r"^\W*(?:\w+ ){0,2}(?:new|another|different|other) (?:\w+ )?card\b", re.IGNORECASE)
"""What is pressed beside cards that a page has kept, for another one: "Use a new card"."""
_SESSION = re.compile(r"\bcs_(test|live)_\w+")


class CheckoutPage(FormFinder):
    """The page on which a buyer finishes checkout, until it is paid."""

    def is_shown(self) -> bool:
        """Whether this is the payment page, by the session in its URL, by its host, or by its card field.

        Where the profile names no hosts, a page elsewhere that says what is due, and asks who buys or how, is one too.
        """
        if _SESSION.search(urlsplit(self.page.url).path):
            return True
        is_likely = self._is_elsewhere() and (self.profile.is_payment_address(self.page.url) or self._is_likely())
        return is_likely or bool(self._own_frames())

    def read_summary(
        self, form: CheckoutForm | None = None, is_expected: Callable[[CheckoutSummary], bool] = lambda _: True
    ) -> CheckoutSummary:
        """Return what is to be paid for, by the form or by the page as it shows, after that has loaded.

        What is not as expected is given a moment: the part that explains it may come later.
        """
        began = time.monotonic()
        unfolded: set[int] = set()

        def settled() -> CheckoutSummary | None:
            if self._unfold_summary(form, unfolded):
                return None
            summary = self.summary_now(form)
            if isinstance(summary.amount_due, Absent):
                return None
            if isinstance(summary.amount_due, Unclear) or not is_expected(summary):
                return summary if time.monotonic() - began > _UNSURE else None
            return summary

        return until(settled, self.limits.payment / 3) or self.summary_now(form)

    def summary_as_before(self, form: CheckoutForm, before: CheckoutSummary | None) -> CheckoutSummary:
        """Return what is to be paid for now; another amount than before is given a moment to become that one."""
        now, due = self.summary_now(form), before.amount_due if before is not None else None
        if not isinstance(now.amount_due, Fact) or not isinstance(due, Fact) or now.amount_due.value == due.value:
            return now
        return self.read_summary(
            form, lambda one: isinstance(one.amount_due, Fact) and one.amount_due.value == due.value
        )

    def _unfold_summary(self, form: CheckoutForm | None, unfolded: set[int]) -> bool:
        """Unfold what the page asks for; whether it was folded, and by what none has tried before (`unfolded`)."""
        for frame in dict.fromkeys((self._frame_of(form), self.page.main_frame)):
            now = capture(frame, selectors_of(self.profile))
            at = folded_summary(now, self.profile)
            if at >= 0 and at not in unfolded and (way := element_at(frame, now.stamp, at)) is not None:
                unfolded.add(at)
                with ignore_navigation_errors():
                    self.input.press(way)
                return True
        return False

    def _frame_of(self, form: CheckoutForm | None) -> Frame:
        return form.frame if form else next(iter(self._own_frames()), self.page.main_frame)

    def _own_frames(self) -> list[Frame]:
        """Return the frames that ask for a card, or else those of a payment page over the site's own."""
        return self._fields() or [
            frame for frame in shown_frames(self.page)
            if frame.parent_frame is not None and self._is_of_payment(frame.url) and _is_large(frame)
        ]  # fmt: skip

    def _is_of_payment(self, address: str) -> bool:
        if not self._is_elsewhere(address):
            return False
        return bool(_SESSION.search(urlsplit(address).path)) or self.profile.is_payment_address(address)

    def summary_now(self, form: CheckoutForm | None = None) -> CheckoutSummary:
        """Return what is to be paid for as it shows at this moment.

        The frame with the form is read together with the nearest one around it that shows an amount.
        """
        selectors = selectors_of(self.profile)
        frame = self._frame_of(form)
        summary = read_summary(inner := capture(frame, selectors), self.profile)
        while (around := frame.parent_frame) is not None:
            outer = capture(around, selectors)
            summary = read_summary(inner, self.profile, outer, _element_of(frame, outer))
            if not isinstance(read_summary(outer, self.profile).amount_due, Absent):
                break
            frame = around
        return summary

    def asks_for_card(self) -> bool:
        """Whether a card can be entered."""
        return bool(self._fields())

    def thanks(self) -> bool:
        """Whether the page says that all is paid, or that there is nothing to pay any more."""
        said = read_messages(seen := capture(self.page, selectors_of(self.profile)), None, self.labels)
        return is_over(seen) or (isinstance(said, Fact) and said.value.kind == "paid")

    def leave(self) -> None:
        """Go back to the merchant without paying: by the page's own link, or else as the browser offers it.

        Raises NotVerifiedError where no way leads back.
        """
        address = self.page.url
        frames = [frame for frame in self._own_frames() if frame.parent_frame is not None]
        has_link = (link := until(self._link_back, _BACK)) is not None
        if link is not None:
            with contextlib.suppress(PlaywrightError):  # whether it led away is seen below
                link.click(no_wait_after=True, timeout=_BACK * 1000)
        elif self._is_put_away(frames):
            return
        elif self.page.evaluate("history.length") > 1:
            with contextlib.suppress(PlaywrightError):
                self.page.go_back(wait_until="commit", timeout=self.limits.page * 1000)
        limit = (self.limits.page if has_link else _BACK) * 1000
        with contextlib.suppress(PlaywrightError):
            self.page.wait_for_url(
                lambda url: _without_fragment(url) != _without_fragment(address), timeout=limit, wait_until="commit"
            )
        if self.page.is_closed() or _without_fragment(self.page.url) != _without_fragment(address):
            return
        if has_link or len(self.page.context.pages) < 2:
            how = "The way back from the payment page leads nowhere" if has_link else "The payment page has no way back"
            raise NotVerifiedError(f"{how}, so leaving it without paying could not be tried. {self.describe_page()}")
        self.page.close()  # a tab of its own, as a person would

    def _is_put_away(self, frames: list[Frame]) -> bool:
        """Close a form in a frame by what closes it, and return whether nothing of it shows any more."""
        put_away(frames, self.profile, self.input, is_over=False)
        return bool(frames) and not self.is_shown()

    def _link_back(self) -> Locator | None:
        """Return the page's own link back, where nothing lies over it."""
        back = self.page.locator("a[data-testid='business-link']").or_(self.page.get_by_role("link", name=_WAY_BACK))
        return next((one for one in back.filter(visible=True).all() if not self.obstacle_of(one)), None)

    def fill_contact_details(self, form: CheckoutForm, email: str, buyer: Card) -> None:
        """Fill in the buyer's name and address."""
        form.fill_contact_details(email, buyer, self.profile.payments.fields)

    def essential_elements(self, form: CheckoutForm) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name."""
        frames = enumerate(form.frame_elements())
        found: dict[str, ElementLike] = {
            f"frame {at + 1} of the form" if at else "the frame with the card": one for at, one in frames
        }
        return found | form.handles() | {"the way to pay": self._submit(form.frame)}

    def enter(self, form: CheckoutForm, card: Card, place: tuple[str, ...] = ()) -> None:
        """Type the card and what else is wanted into the form, while it is in the place that the guard has judged."""
        form.enter(card, place)

    @property
    def session(self) -> str | None:
        """The kind of the payment session, "test" or "live", where the URL of the page or of its frames says it."""
        return kind_of([self.page.url, *self.frames()])

    def ask_for_another_card(self) -> None:
        """Press what asks for another card than a kept one, on a page of the site's own that shows no form for it."""
        if self._is_elsewhere() or self._own_frames():
            return
        for role in ("radio", "tab", "button", "link"):
            found = self.page.get_by_role(role, name=_ANOTHER_CARD).filter(visible=True)
            if found.count():
                self.input.press(found.first)
                until(self._own_frames, self.limits.payment / 3)
                return

    def frames(self) -> tuple[str, ...]:
        """Return the URLs of the frames that ask for the card, or will, and of those around, but for the page's own."""
        return CheckoutForm(found[0], self.input, found[1:]).addresses() if (found := self._own_frames()) else ()

    def _is_elsewhere(self, address: str | None = None) -> bool:
        return urlsplit(address or self.page.url).netloc != urlsplit(self.profile.base).netloc

    def _is_likely(self) -> bool:
        if self.profile.payments.names_hosts or not self.asks_who_or_how():
            return False
        return not isinstance(self.summary_now().amount_due, Absent)


def _element_of(frame: Frame, around: Snapshot) -> int:
    """Return which element of a snapshot of the page around a frame is that frame, or -1."""
    page = frame.parent_frame
    assert page is not None
    for at, one in enumerate(around.elements):
        if one.tag in FRAMES and (found := element_at(page, around.stamp, at)) and found.content_frame() == frame:
            return at
    return -1


def _is_large(frame: Frame) -> bool:
    """Whether a frame has room for a form."""
    try:
        box = frame.frame_element().bounding_box()
    except PlaywrightError:  # it has gone meanwhile
        return False
    return box is not None and min(box["width"], box["height"]) >= _LEAST


def _without_fragment(address: str) -> str:
    """Return an address without the empty fragment that a link to nowhere adds."""
    return address.removesuffix("#")
