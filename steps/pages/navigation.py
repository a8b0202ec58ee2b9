"""The site's navigation: the way from any page to Workspace Settings and its Billing tab."""

from __future__ import annotations

import contextlib
import math
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.billing import BillingPage
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.pages.polling import ignore_navigation_errors
from steps.pages.profile_icons import NOT_THE_PROFILE, ProfileIcons
from steps.pages.unreachable import reason_of
from steps.readers.workspace.profile_icon import WIDE
from steps.targets.labels import Label, Labels
from steps.verdicts.verdict import HttpServerError, TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Response


_CAN_BE_PRESSED = """el => getComputedStyle(el).cursor === 'pointer' || !!el.closest(
  'a, button, summary, label, [onclick], [tabindex="0"], '
  + ['button', 'link', 'tab', 'menuitem', 'option', 'treeitem', 'radio'].map((one) => `[role=${one}]`).join())"""
_LED_ON = ("ERR_ABORTED", "interrupted by another navigation")
"""What Playwright says where a page went elsewhere while an address was opened in it."""


class AppNavigation(ProfileIcons):
    """The sidebar, its profile icon at the bottom left, and the menu behind it."""

    _narrow_since = 0.0
    """When tabs first showed with more behind them, and without Billing."""

    def start(self) -> None:
        """Open the page where a member starts."""
        self.visit(self.profile.routes.start)

    def visit(self, route: str) -> None:
        """Open a route within the site. Raises TargetUnavailableError if the target itself does not answer."""
        address, patience = self.profile.address(route), self.limits.payment * 1000
        try:
            answer = self._open(address, patience)
            if answer is None:  # the address differs after "#" alone, or not at all: that loads nothing
                answer = self.page.reload(wait_until="commit", timeout=patience)
            self.wait_until_parsed()
        except PlaywrightError as error:
            raise TargetUnavailableError(f"{address} cannot be reached: {reason_of(error)}") from None
        if answer is not None and (answer.status >= 500 or answer.status == 429):
            raise HttpServerError(address, answer.status, answer.status_text)

    def _open(self, address: str, patience: float) -> Response | None:
        """Open an address, once more where the page that was left led on by itself just then."""
        try:
            return self.page.goto(address, wait_until="commit", timeout=patience)
        except PlaywrightError as error:
            if not any(told in str(error) for told in _LED_ON):
                raise
        return self.page.goto(address, wait_until="commit", timeout=patience)

    def other_parts(self) -> list[Label]:
        """Return what leads to other parts of the product: Users and Flows, or else the sidebar's first link."""
        known = [self.labels.of(key) for key in ("users", "flows")]
        self.until(lambda: any(self.first(one) for one in known), self.limits.page / 3)
        return [one for one in known if self.first(one) is not None] or self._linked_parts()[:1]

    def _linked_parts(self) -> list[Label]:
        links = self.page.locator("nav a[href], aside a[href], [role=navigation] a[href]").filter(visible=True)
        told = links.evaluate_all("all => all.map(one => [one.href === location.href, one.innerText.trim()])")
        return [Label((name,)) for is_here, name in told if name and not is_here and not NOT_THE_PROFILE.search(name)]

    def look_at(self, part: Label) -> bool:
        """Open a part of the product, and return whether that led to another address, once what stood here is gone."""
        here, link = self.page.url, self.until(lambda: self.first(part), self.limits.page / 3)
        if link is None or link.evaluate("(el) => el.closest('a')?.href === location.href"):
            return False
        before = self._shown()
        self.input.press(link)
        is_elsewhere = bool(self.until(lambda: self.page.evaluate("location.href") != here, LOST_CLICK))
        if is_elsewhere:  # the address may be another one before the page is
            self.until(lambda: before - self._shown(), LOST_CLICK)
        return is_elsewhere

    @blame_promise("doc:buy-credits.1")
    def open_billing(self) -> BillingPage:
        """Open Billing through the profile icon and Workspace Settings, as documented."""
        billing = BillingPage(self.page, self.profile, self.input)
        if not self._settings_offered():
            self.open_profile_menu()
        address = self.page.url

        def reopen() -> bool:  # where a press has led elsewhere, the menu has not been closed by something else
            return self.page.url == address and self._press_profile_icon()

        self.click_until(self.labels.of("workspace_settings"), self._billing_offered, reopen=reopen)
        with self._lost_pages() as lost:

            def has_led_somewhere() -> bool:
                return bool(lost) or billing.shows()

            def begin_again() -> bool:  # Billing was offered by a page that was about to be replaced
                if not self._press_profile_icon():
                    return False
                return self.click_until(self.labels.of("workspace_settings"), self._billing_offered)

            opened = self.click_until(self.labels.of("billing"), has_led_somewhere, reopen=begin_again)
        if lost and not billing.shows(LOST_CLICK):
            raise ElementNotFoundError(f'"Billing" leads to {lost[0]}. {self.describe_page()}')
        if not opened:
            raise ElementNotFoundError(f'"Billing" does not open the Billing tab. {self.describe_page()}')
        return billing

    @contextlib.contextmanager
    def _lost_pages(self) -> Iterator[list[str]]:
        """Note the pages that are led to meanwhile and that the site says it does not have."""
        found: list[str] = []

        def note(answer: Response) -> None:
            if answer.status in {404, 410} and answer.request.is_navigation_request():
                found.append(f"{urlsplit(answer.url).path}, which the site answers with {answer.status}")

        self.page.on("response", note)
        try:
            yield found
        finally:
            self.page.remove_listener("response", note)

    @blame_promise("doc:buy-credits.1")
    def go_to_billing(self) -> BillingPage:
        """Open Billing by its address if the profile has it, or else by the documented way."""
        billing = BillingPage(self.page, self.profile, self.input)
        if self.profile.routes.billing is None:
            self.start()
            return self.open_billing()
        self.visit(self.profile.routes.billing)
        if not billing.shows(self.limits.page):
            raise ElementNotFoundError(
                f"Billing does not show at {self.profile.routes.billing}. {self.describe_page()}"
            )
        return billing

    def is_signed_in(self) -> bool:
        """Whether this is a member's page: no password field, and something like a profile icon.

        On a site that is known to fold its sidebar away, what opens that is as good.
        """
        if self.page.locator("input[type=password]").is_visible():
            return False
        return self.is_folded_away() or next(self.profile_icons(), None) is not None

    def _billing_offered(self) -> bool:
        """Whether the Billing tab shows, or is brought to show where it is late among tabs with more behind them."""
        found = self.first(self.labels.of("billing"))
        if found is not None and found.evaluate(_CAN_BE_PRESSED):  # a word in a list of users is no tab
            return True
        if (more := self._more_tabs() or self._folded_menu()) is None:
            return False
        self._narrow_since = self._narrow_since or time.monotonic()
        if time.monotonic() - self._narrow_since < LOST_CLICK / 2:
            return False
        self._narrow_since = math.inf  # it is pressed once
        before = self._shown()
        with contextlib.suppress(UnpressableError, OutOfReachError), ignore_navigation_errors():
            self.input.press(more)
            if self.until(lambda: self.first(self.labels.of("billing")), LOST_CLICK / 3):
                return True
            self.page.keyboard.press("Escape")
            if not self.until(lambda: self._shown() <= before, LOST_CLICK / 3) and self._is_free(more):
                self.input.press(more)  # what it has opened lies over the page, and nothing else closes it
        return False

    def _more_tabs(self) -> Locator | None:
        """Return what opens further tabs, where it is folded."""
        named = self.page.get_by_role(
            "button", name=re.compile(rf"^\W*(?:{pattern_of(self.labels.of('more_tabs'))})\W*$", re.IGNORECASE)
        )
        is_own = self.labels.of("more_tabs") != Labels().of("more_tabs")
        is_sure = is_own or self.page.evaluate("innerWidth") < WIDE  # it need not tell that it opens something
        folds = ":not([aria-expanded=true])" if is_sure else "[aria-haspopup]:not([aria-expanded=true])"
        folded = named.and_(self.page.locator(folds)).filter(visible=True)
        return folded.first if folded.count() else None

    def _folded_menu(self) -> Locator | None:
        """Return what opens the sidebar of a narrow page: the settings' own tabs may stand there."""
        is_narrow = self.page.evaluate("innerWidth") < WIDE
        menu = self.first(self.labels.of("menu")) if is_narrow else None
        return menu if menu is not None and self._is_free(menu) else None
