"""A payment page between which and the way back a bank may ask its own question."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.challenge import (
    answer_in,
    approval_in,
    asks_beside_form,
    code_in,
    code_of,
    has_answer,
    is_published_challenge,
)
from steps.pages.checkout_page import CheckoutPage
from steps.pages.payment_outcome import shown_frames
from steps.pages.polling import until
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Request

    from steps.pages.challenge import CodeAsked


_LOST = 0.3
"""Seconds after which a press is repeated that had no effect."""
_ON_ITS_WAY = 2.0
"""Seconds after which one is repeated that the page has asked a server for, twice as long each time."""


class ChallengedPage(CheckoutPage):
    """The page on which a buyer finishes checkout, or the bank's that stands in its place."""

    _is_code_typed = _is_pressed = False
    _rest = _LOST
    _pressed = -math.inf
    _pays = ""
    """The name of the button by which it was paid last."""

    def answer_challenge(self, *, complete: bool) -> None:
        """Answer a 3-D Secure challenge, and repeat until it is gone, because clicks during animations are lost.

        An answer that is on its way to the bank is given time: another press would begin it anew.

        Raises NotVerifiedError where what answers it cannot be told, or is not known.
        """
        self._is_code_typed = self._is_pressed = False
        self._rest, self._pressed = _LOST, -math.inf

        def give_time(_: Request) -> None:
            self._rest = max(self._rest, _ON_ITS_WAY if self._is_pressed else 0)

        def is_answered() -> bool:
            try:
                return self._is_answered(complete=complete)
            except PlaywrightError:
                if not self.page.is_closed():  # as a window of its own may do
                    raise
                return True

        self.page.on("request", give_time)
        try:
            is_over = until(is_answered, self.limits.payment, every=_LOST)
        finally:
            self.page.remove_listener("request", give_time)
        if self._is_code_typed and not is_over:
            raise NotVerifiedError(f"The bank still asks for a code after it was answered. {self.describe_page()}")
        if not (is_over or self._is_pressed):
            told = f"What {'completes' if complete else 'fails'} the bank's challenge cannot be told."
            key = "complete_challenge" if complete else "fail_challenge"
            raise NotVerifiedError(f"{told} {self.describe_page()}", line=f'labels.{key} = "…"')

    def _is_answered(self, *, complete: bool) -> bool:
        """Press or type what answers a challenge, if it still shows; whether none does any more."""
        for frame in [frame for frame in self.page.frames if not frame.is_detached()]:
            asked, found = code_in(frame), None
            if asked is not None and not self._is_code_typed and asked.field.input_value():
                asked = None  # the bank has filled it in
            if asked is None or not complete:
                found = answer_in(frame, self.labels, complete=complete)
            if found is None and asked is None and self._is_bank_s(frame):
                found = approval_in(frame, self.labels, complete=complete)
            if found is None and asked is not None:
                if self._is_code_typed:  # once: a bank may count them
                    return False
                found, self._is_code_typed = self._answer_by_code(asked, complete=complete), True
                self._rest = 0
            if found is not None:
                self._press_answer(found)
                return False
        return not self.is_challenged()

    def _press_answer(self, answer: Locator) -> None:
        """Press what answers a challenge, unless it has just been pressed."""
        if time.monotonic() - self._pressed < self._rest:
            return
        self._rest = _LOST if self._rest < _ON_ITS_WAY else 2 * self._rest
        self._pressed, self._is_pressed = time.monotonic(), True
        answer.click(timeout=2000, no_wait_after=True)

    def _answer_by_code(self, asked: CodeAsked, *, complete: bool) -> Locator:
        """Type the code that the profile gives, and return what is pressed then. Raises NotVerifiedError for none."""
        code = code_of(asked.name, self.profile.payments.fields)
        if complete and not code:
            raise NotVerifiedError(
                f"The bank asks for “{asked.name}”. The profile line that settles it: "
                f'payments.fields = {{ "{asked.name}" = "…" }}'
            )
        if complete:
            asked.field.fill(code)
            return asked.send
        if not asked.cancel.count():
            raise NotVerifiedError(f"The bank asks for “{asked.name}”, and there is nothing that cancels that.")
        return asked.cancel

    def is_challenged(self) -> bool:
        """Whether a challenge shows: in a frame, beside the form, or as a page that asks for no card any more."""
        if any(map(is_published_challenge, self.page.frames)):
            return True
        shown = list(shown_frames(self.page))
        answered = [one for one in shown if has_answer(one, self.labels)]
        if any(one.parent_frame is not None for one in answered):
            return True
        asking = answered or [one for one in shown if approval_in(one, self.labels, complete=True) is not None]
        return bool(asking) and any(map(self._is_bank_s, asking))

    def _is_bank_s(self, frame: Frame) -> bool:
        """Whether what approves a payment in a frame is no part of the form that asks for the card."""
        fields = self._fields()
        is_apart = frame.parent_frame is not None and frame not in fields
        return not fields or is_apart or asks_beside_form(frame, self.labels, self._pays)
