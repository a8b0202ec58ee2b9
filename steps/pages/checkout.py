"""Paying on the hosted payment page, and what comes of it.

This object never decides whether to pay: the spend guard does.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.challenged_page import ChallengedPage
from steps.pages.checkout_form import CheckoutForm
from steps.pages.input_device import MOUSE, ImpatientMouse, UnpressableError
from steps.pages.paid_frame import put_away
from steps.pages.payment_offers import Offers
from steps.pages.payment_outcome import MessageWatch, Outcome, outcome_of, shown_frames
from steps.pages.polling import until
from steps.readers.checkout.payment_messages import leads_on
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.safety.payment_session import place_of
from steps.targets.hosts import is_allowed
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import Frame, Locator, Page, Route

    from steps.pages.input_device import InputDevice
    from steps.targets.profile import Profile

_MOMENT = 150
"""Time allowed for the redirect back, in milliseconds, before the page is read again."""
_STATUS = "() => performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0"
_ERRORS = frozenset({400, 404, 405, 410})
"""The HTTP statuses of a page that nobody was to be led to."""
_BACK = 3.0
"""Seconds in which a page that says that all is paid sends the buyer back."""


def other_tabs(page: Page) -> dict[Page, str]:
    """Return the open tabs besides a page, with their addresses: payment pages that were left may be among them."""
    return {tab: tab.url for tab in page.context.pages if tab is not page and not tab.is_closed()}


def payment_page_of(
    page: Page, profile: Profile, device: InputDevice = MOUSE, known: Mapping[Page, str] | None = None
) -> PaymentPage | None:
    """Find the payment page among the open tabs: this one, or one that was opened for the payment.

    A tab that was open before, and shows the same address as it did then (`known`), is that of another payment.
    """
    for tab in reversed(page.context.pages):
        if known and known.get(tab) == tab.url:
            continue
        found = PaymentPage(tab, profile, device)
        try:
            if not tab.is_closed() and found.is_shown():
                return found
        except PlaywrightError:
            if tab is page or not tab.is_closed():
                raise
    return None


class PaymentPage(ChallengedPage):
    """The page on which a buyer finishes checkout."""

    _watch: MessageWatch
    _form_frame: Frame
    _frames: Sequence[Frame] = ()
    """The frames that the form was in when Pay was pressed."""
    _paid_since = 0.0
    _abroad_since = 0.0
    _offers: Offers | None = None

    def pay(self, form: CheckoutForm, confirm: Callable[[CheckoutForm], object] = bool) -> Outcome:
        """Press Pay once, and wait for the outcome; `confirm` is called last of all before that.

        Where the card's step leads on to a last look, that is confirmed in the same way before it is paid.
        Raises UnpressableError where a person could not press it, and NotVerifiedError where that may be for a field
        that the suite has left empty.
        """
        leads_on = not self._ways_to_pay()
        self._press_once(form, confirm)
        if not leads_on:
            return self.outcome()
        found = until(lambda: self._last_look() or self._outcome(), self.limits.payment, every=0)
        if not isinstance(found, CheckoutForm):
            return found or self._undecided()
        found.complete()
        self._press_once(found, confirm)
        return self.outcome()

    def _press_once(self, form: CheckoutForm, confirm: Callable[[CheckoutForm], object]) -> None:
        button = self._submit(form.frame)
        self._check_pressable(button, form)
        self._pays = str(button.evaluate("el => (el.innerText || el.value || '').trim()"))
        self._watch = MessageWatch(self.page, self.profile)
        self._form_frame, self._frames = form.frame, tuple(dict.fromkeys(form.around()))
        self._paid_since = 0.0
        self._offers = Offers(self.page, self.profile)
        confirm(form)
        self.input.click_once(button, expect_navigation=True)

    def _ways_to_pay(self) -> list[Frame]:
        return [frame for frame in shown_frames(self.page) if self._submit_in(frame) is not None]

    def _last_look(self) -> CheckoutForm | None:
        """Return the step behind the card's, if it shows: one that asks for no card, and has a way to pay."""
        if self.page.is_closed() or not (self._is_on_payment_host() or self.is_shown()) or self._fields():
            return None
        return next((CheckoutForm(frame, self.input) for frame in self._ways_to_pay()), None)

    def _check_pressable(self, button: Locator, form: CheckoutForm) -> None:
        if why := self.obstacle_of(button):
            words = f"The payment page's way to pay cannot be pressed: it {why}"
            if "disabled" in why and (left := form.left_empty()):  # one of them may be why
                raise NotVerifiedError(f"{words}, and left empty is “{'”, “'.join(left)}”.")
            raise UnpressableError(f"{words}.")

    def outcome(self) -> Outcome:
        """Wait until the buyer has left, a challenge or a new message shows, or the time is over."""
        self._paid_since = self._abroad_since = 0.0
        found = until(self._outcome, self.limits.payment, every=0) or self._undecided()
        left = self._left_empty() if found.is_incomplete else []
        if not left:
            return found
        told = f"{found.message} Left empty is “{'”, “'.join(left)}”. The profile line that settles it: "
        meant = next((one for one in left if one.split()[0].casefold() in found.message.casefold()), left[0])
        return replace(found, message=f'{told}payments.fields = {{ "{meant}" = "…" }}')

    def _left_empty(self) -> list[str]:
        """Return what the form that was sent has left empty, if it is still there."""
        if self.page.is_closed() or self._form_frame.is_detached():
            return []
        return CheckoutForm(self._form_frame, self.input).left_empty()

    def _undecided(self) -> Outcome:
        """Return what shows once the time is over."""
        said = None if self.page.is_closed() else self._watch.look()
        if isinstance(said, Absent):
            said = self._watch.unread() or said
        if isinstance(said, Fact) and said.value.kind == "paid":
            return self._watch.left(said.value.text)
        if status := self._dead_end():
            return Outcome(
                "unclear", f"the payment is answered with an error of status {status}. {self.describe_page()}"
            )
        if isinstance(said, Unclear):
            return Outcome("unclear", str(said), is_doubtful=True)
        if not self.page.is_closed() and self._is_another_page():
            words = "What is asked for on the way from the payment page cannot be told."
            return Outcome("unclear", f"{words} {self.describe_page()}", is_doubtful=True)
        return Outcome("unclear", f"nothing came of it within {self.limits.payment:g} s")

    def _dead_end(self) -> int:
        """Return the HTTP status of an error page that asks for nothing more; 0 where the page is none."""
        if self.page.is_closed() or self.page.locator("input, iframe").filter(visible=True).count():
            return 0
        status = int(self.page.evaluate(_STATUS))
        return status if status in _ERRORS else 0

    def challenge(self, *, complete: bool) -> Outcome:
        """Answer a bank's challenge, and return what came of it. Raises NotVerifiedError as `answer_challenge` does."""
        self.answer_challenge(complete=complete)
        return self.outcome()

    def keep_from_leading_back(self) -> None:
        """Hold up what leads the buyer back to the site, as if the page was closed before.

        Of a payment page on the site's own host that is other pages alone: the payment itself may be sent there.
        """
        site = urlsplit(self.profile.base).netloc
        is_on_site = urlsplit(self.page.url).netloc == site

        def hold_up(route: Route) -> None:
            request = route.request
            is_to_site, is_page = urlsplit(request.url).netloc == site, request.is_navigation_request()
            if is_to_site and (not is_on_site or (is_page and request.method == "GET")):
                return route.abort()
            if not is_page or request.method == "GET":
                return route.fallback()
            answer = route.fetch(max_redirects=0)  # the form itself is sent, and where that leads to is not
            leads = answer.headers.get("location", "")
            is_back = bool(leads) and urlsplit(urljoin(request.url, leads)).netloc == site
            return route.abort() if is_back else route.fulfill(response=answer)

        self.page.route("**/*", hold_up)

    def is_at_an_end(self) -> bool:
        """Whether a page elsewhere leads nowhere any more: "Payment successful. You can close this window"."""
        if not self._is_elsewhere() or self._link_back() is not None:
            return False
        return self.first(self.labels.of("back_to_billing")) is None

    def put_away(self) -> None:
        """Close what stays in a frame over the site's own page once it was paid or refused, as its buyer would."""
        if not self._frames or self.page.is_closed() or self._is_elsewhere():
            return
        if self.page.url == self._watch.address:
            put_away(self._frames, self.profile, self.input)

    def _outcome(self) -> Outcome | None:
        """Return what has come of it, None for nothing yet; a window of its own may close itself at any time."""
        try:
            return self._outcome_shown()
        except PlaywrightError:
            if not self.page.is_closed():
                raise
            return self._left()

    def _outcome_shown(self) -> Outcome | None:
        self._await_departure()
        if self.page.is_closed() or self._has_left(self._watch.address):
            return self._left_for_somewhere()
        self.stop_at_human_check()
        if self.is_challenged():
            has_led_on = self.page.is_closed() or self._has_left(self._watch.address)  # while it was looked at
            return None if has_led_on else Outcome("challenged", "")
        if self._is_another_page() and (refusal := self._watch.refusal()):
            return Outcome("refused", refusal)
        if self._offers is not None:
            self._offers.turn_down()
        said = self._watch.look()
        if isinstance(said, Fact) and said.value.kind == "paid":
            self._paid_since = self._paid_since or time.monotonic()
            if isinstance(self.input, ImpatientMouse):
                self._hurry_back()
            stays = time.monotonic() - self._paid_since > _BACK and not leads_on(said.value.text)
            return self._watch.left(said.value.text) if stays else None
        found = outcome_of(said)
        return self._settled(found) if found is not None else None

    def _settled(self, found: Outcome) -> Outcome:
        """Return what a message means, or else what beats it: being sent back, and a challenge that has come."""
        self._await_departure(2 * _MOMENT)
        if self.page.is_closed() or self._has_left(self._watch.address):
            return self._left()
        return Outcome("challenged", "") if found.kind == "unclear" and self.is_challenged() else found

    def _left_for_somewhere(self) -> Outcome | None:
        """Return what it means that the buyer has left the payment page: paid, or asked by a bank elsewhere.

        None where it is not the site that the buyer has come to, and may ask yet, or lead on.
        """
        if self.page.is_closed():
            return self._left()
        is_abroad = self._is_elsewhere() and not is_allowed(self.page.url, self.profile.own_hosts)
        if (is_abroad or not self._is_elsewhere(self._watch.address)) and self.is_challenged():
            return Outcome("challenged", "")
        self._abroad_since = (self._abroad_since or time.monotonic()) if is_abroad else 0.0
        return None if is_abroad and time.monotonic() - self._abroad_since < _BACK else self._left()

    def _hurry_back(self) -> None:
        """Press the way back of a page that thanks, and asks for no card any more, before it leads back by itself."""
        if not self.asks_for_card() and (link := self._link_back()) is not None:
            with contextlib.suppress(PlaywrightError):  # it has led back meanwhile
                link.click(no_wait_after=True, timeout=_BACK * 1000)

    def _left(self) -> Outcome:
        """Return that the buyer was sent back, unless the page that they came to says nothing but a refusal."""
        if not self.page.is_closed() and (refusal := self._watch.refusal()):
            return Outcome("refused", refusal)
        return self._watch.left("")

    def _has_left(self, address: str) -> bool:
        if self.page.url == address:  # a form in a frame of the merchant's page is taken away once it is paid
            return self._form_frame.is_detached() and not self.is_shown()
        back = not self._is_elsewhere() and self._is_elsewhere(address)
        return back or not (self.is_shown() or self._is_another_page())

    def _await_departure(self, limit: float = _MOMENT) -> None:
        """Wait a moment, in milliseconds, for the redirect with which most payments end."""
        here = self.page.url
        with contextlib.suppress(PlaywrightError):  # it stays, or its tab was closed
            self.page.wait_for_url(lambda url: url != here, wait_until="commit", timeout=limit)

    def _is_another_page(self) -> bool:
        """Whether the payment page has led to another one of its host, which is not the merchant's."""
        return self._is_on_payment_host() and place_of(self.page.url) != place_of(self._watch.address)

    def _is_on_payment_host(self) -> bool:
        """Whether the page is on the host that it was on before it was pressed, which is not the merchant's."""
        return urlsplit(self.page.url).netloc == urlsplit(self._watch.address).netloc and self._is_elsewhere()
