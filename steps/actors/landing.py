"""The page that the payment page sends the buyer to, and the way from there to Billing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.billing import BillingPage
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.pages.navigation import AppNavigation
from steps.pages.polling import ignore_navigation_errors, until
from steps.pages.sign_in import SignInPage
from steps.pages.sign_in_required import requires_sign_in
from steps.readers.checkout.landing import dead_end
from steps.readers.checkout.payment_messages import leads_on
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.lines import layout_of
from steps.safety.payment_session import id_in
from steps.verdicts.expectations import SignedOutError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page, Request

    from steps.actors.purchase import Purchase
    from steps.pages.input_device import InputDevice
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

SETTLED = 1.5
"""Seconds after which a page that does not show Billing is taken for another page, and navigation starts again."""
_ASKED = 4_000
"""Milliseconds in which a page that comes back from a payment has asked its site about it."""
USUAL = 0.3
"""Seconds within which most sites show Billing after a payment; nothing else is looked for before that."""


class Landing:
    """What the buyer sees on coming back."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice) -> None:
        self.page = page
        self.profile = profile
        self.input = device

    def settle(self) -> None:
        """Wait until it has asked its site for all that it wants to know, a moment at most: some ask what was paid."""
        with suppress(PlaywrightError):  # a page that never stops asking
            self.page.wait_for_load_state("networkidle", timeout=_ASKED)

    def look(self, watch: Callable[[Snapshot], None] | None = None) -> tuple[Snapshot, bool]:
        """Return the page once it has loaded, and whether it is Billing; `watch` sees what comes before that."""

        def kind() -> str:
            found = self.kind()
            if watch and not found:
                watch(capture(self.page, selectors_of(self.profile)))
            return found

        where = AppNavigation(self.page, self.profile, self.input).until(kind, SETTLED)
        return capture(self.page, selectors_of(self.profile)), where == "Billing"

    def kind(self) -> str:
        """Return "Billing", "a way back", or "" while it is still loading."""
        billing = BillingPage(self.page, self.profile)
        if billing.shows():
            return "Billing"
        return "a way back" if billing.first(self.profile.labels.of("back_to_billing")) is not None else ""

    def asks_to_sign_in(self) -> bool:
        """Whether it requires signing in."""
        return SignInPage(self.page, self.profile).is_shown() and requires_sign_in(self.page, self.profile)

    def to_billing(self) -> BillingPage:
        """Go on to Billing, through the page's own link if it has one.

        Raises SignedOutError if the page requires signing in.
        """
        billing = BillingPage(self.page, self.profile)
        if billing.shows(USUAL):
            return billing
        kind = billing.until(self.kind, SETTLED)
        if kind == "Billing":
            return billing
        if not kind and self.asks_to_sign_in():
            raise SignedOutError(f"{urlsplit(self.page.url).path} asks to sign in")
        if not kind:
            self.hold_no_dead_end()
        if kind and not billing.shows() and self._press_way_back(billing):
            billing.shows(SETTLED)  # or it leads elsewhere: then the usual way is as good
        return billing if billing.shows() else AppNavigation(self.page, self.profile, self.input).go_to_billing()

    def hold_no_dead_end(self, who: str = "the buyer is sent back") -> None:
        """Raise BrokenPromiseError where the site's page is blank or says that there is none, also when loaded anew."""
        is_reached = not self.page.url.startswith("chrome-error:")
        check(is_reached, expected=f"{who} to a page of the site", actual="the browser cannot reach where that leads")
        if urlsplit(self.page.url).netloc != urlsplit(self.profile.base).netloc:
            return

        def is_written() -> bool:
            seen = capture(self.page)
            return bool(layout_of(seen).lines) and not dead_end(seen)

        if until(is_written, SETTLED, page=self.page):
            return
        self.page.reload(wait_until="commit")
        check(
            bool(until(is_written, self.profile.limits.page, page=self.page)),
            expected=f"{who} to a page of the site",
            actual=lambda: f"{urlsplit(self.page.url).path}: {dead_end(capture(self.page)) or 'a blank page'}",
        )

    def _press_way_back(self, billing: BillingPage) -> bool:
        """Press the likeliest way back that a person could press, if there is any: one may lie behind a message."""
        for way_back in billing.matching_elements(self.profile.labels.of("back_to_billing")):
            try:
                with ignore_navigation_errors():
                    self.input.press(way_back)
            except (UnpressableError, OutOfReachError):
                continue
            return True
        return False


def landing_noted(purchase: Purchase, base: str) -> tuple[Callable[[Request], None], Callable[[Frame], None]]:
    """Return what notes the site's addresses that a payment leads to: by each request, and by where a frame came."""
    site = urlsplit(base).netloc
    own = urlsplit(purchase.payment.page.url if purchase.payment else "")

    def note(request: Request) -> None:
        asked = urlsplit(request.url)
        is_led = urlsplit(request.headers.get("referer", "")).netloc not in ("", site) or not purchase.paid_at
        is_paying = own.netloc == site and (request.method != "GET" or asked.path == own.path)
        if request.is_navigation_request() and asked.netloc == site and is_led and not is_paying:
            purchase.landings.append(request.url)

    def whole_address(frame: Frame) -> None:
        is_page = frame.parent_frame is None and urlsplit(frame.url).netloc == own.netloc == site
        in_frames = id_in(purchase.addresses[1:]) if is_page else ""  # such a page leads on without asking for another
        if in_frames and in_frames in frame.url and frame.url not in (*purchase.addresses, *purchase.landings):
            purchase.landings.append(frame.url)
        elif purchase.landings and urldefrag(frame.url).url == purchase.landings[-1]:
            purchase.landings[-1] = frame.url  # requests do not contain the fragment

    return note, whole_address


def stayed(purchase: Purchase, profile: Profile) -> list[str]:
    """Return what is doubtful of a payment page that said that it leads back, and did not; nothing for another."""
    words = purchase.outcome.message if purchase.outcome else ""
    ends = {one.casefold() for one in profile.labels.of("payment_success").names}
    if purchase.landings or not leads_on(words) or words.casefold() in ends:
        return []
    told = (
        f"The payment page said “{words}” and stayed: the buyer was not sent back within {profile.limits.payment:g} s."
    )
    return [str(NotVerifiedError(told, line=f'labels.payment_success = "{words}"'))]
