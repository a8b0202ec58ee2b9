"""The site's navigation: the way from any page to Workspace Settings and its Billing tab."""

from __future__ import annotations

import contextlib
import math
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, BasePage, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.billing import BillingPage
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors
from steps.pages.unreachable import reason_of
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.lines import layout_of
from steps.readers.page.snapshot import Box
from steps.readers.workspace.profile_icon import DRAWN_AS_ONE, WIDE, other_menus, profile_icons
from steps.readers.workspace.session import read_session
from steps.targets.labels import Label, Labels
from steps.verdicts.verdict import HttpServerError, TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import ElementHandle, Locator, Response

    from steps.readers.page.snapshot import Snapshot

_CAN_BE_PRESSED = """el => getComputedStyle(el).cursor === 'pointer' || !!el.closest(
  'a, button, summary, label, [onclick], [tabindex="0"], '
  + ['button', 'link', 'tab', 'menuitem', 'option', 'treeitem', 'radio'].map((one) => `[role=${one}]`).join())"""
_NOT_THE_PROFILE = re.compile(
    r"(?:log|sign) ?(?:out|off)|help|support|delete|upgrade|add credits|new|create|run\b", re.IGNORECASE
)
_LED_ON = ("ERR_ABORTED", "interrupted by another navigation")
"""What Playwright says where a page went elsewhere while an address was opened in it."""

_BESIDE_ICONS: set[str] = set()
"""The sites that have Workspace Settings behind another menu than that of a profile icon."""
_IN_A_DRAWER: set[str] = set()
"""The sites that have it in a sidebar that is folded away, and perhaps the profile icon too."""


class AppNavigation(BasePage):
    """The sidebar, its profile icon at the bottom left, and the menu behind it."""

    icon_box: Box | None = None
    """Where the profile icon stood that opened the menu, in the window."""
    is_beside_icons = False
    """Whether the menu was found behind something else than a profile icon."""
    _tries_all = False
    """Whether menus are tried that no profile icon opens: none that does had come for long."""
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
        return [Label((name,)) for is_here, name in told if name and not is_here and not _NOT_THE_PROFILE.search(name)]

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

    def _shown(self) -> set[str]:
        return {line.text for line in layout_of(capture(self.page)).lines}

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
        has_drawer = self.profile.base in _IN_A_DRAWER and self.first(self.labels.of("menu")) is not None
        return has_drawer or next(self.profile_icons(), None) is not None

    def _settings_offered(self) -> bool:
        return self.first(self.labels.of("workspace_settings")) is not None

    def _is_menu_open(self) -> bool:
        """Whether the menu shows that is looked for behind the profile icon."""
        return self._settings_offered()

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

    @staticmethod
    def _is_free(found: Locator) -> bool:
        """Whether nothing lies over an element, such as the sidebar that it has opened."""
        return str(found.evaluate(script("pressable"))["state"]) == "free"

    @blame_promise("doc:buy-credits.1")
    def open_profile_menu(self) -> None:
        """Open the menu that offers Workspace Settings. Raises ElementNotFoundError if no profile icon does."""
        out_of_reach: list[UnpressableError] = []
        late = time.monotonic() + self.limits.page / 3

        def pressed() -> bool:
            self._tries_all = self._tries_all or time.monotonic() > late or self.profile.base in _BESIDE_ICONS
            try:
                return self._press_profile_icon()
            except UnpressableError as error:  # a menu may lie over what has opened it
                out_of_reach.append(error)
                return False

        if self.until(pressed, self.limits.page):
            return
        if out_of_reach:
            raise out_of_reach[-1]
        if read_session(capture(self.page), self.profile) == "asks to sign in":
            raise ElementNotFoundError(
                f"{urlsplit(self.page.url).path} asks to sign in: the session has ended. {self.describe_page()}"
            )
        raise ElementNotFoundError(
            f'The way to "Workspace Settings" is not behind any profile icon. {self.describe_page()}'
        )

    def _press_profile_icon(self) -> bool:
        if self._is_menu_open():
            return True
        for icon in list(self.profile_icons()):
            if not icon.is_visible():
                continue
            if self._opens(icon, self._is_menu_open):
                return True
        menu = self.first(self.labels.of("menu"))
        if menu is not None and self._is_free(menu):
            self.input.press(menu)
            if self.until(self._is_menu_open, 0.3):
                _IN_A_DRAWER.add(self.profile.base)
                return True
            return False
        menus = list(self._found_by(other_menus)) if self._tries_all else []
        self.is_beside_icons = any(self._opens(one, self._is_menu_open) for one in menus)
        if self.is_beside_icons:
            _BESIDE_ICONS.add(self.profile.base)
        return self.is_beside_icons

    def _opens(self, icon: Locator | ElementHandle, is_open: Callable[[], bool]) -> bool:
        """Press what may be the profile icon, and return whether that opens its menu."""
        drawn, here = icon.bounding_box(), self.page.url
        leads_to = icon.evaluate("el => el.closest('a')?.href ?? ''")
        with contextlib.suppress(OutOfReachError):  # the next may be the one
            self.input.press(icon)
        if self.until(is_open, LOST_CLICK / 2):
            self.icon_box = Box(**drawn) if drawn else None
            return True
        if leads_to and self.page.url == leads_to != here:  # "My profile", in a menu without Workspace Settings
            with ignore_navigation_errors():
                self.page.go_back(wait_until="commit")
            return False
        self.page.keyboard.press("Escape")
        return False

    def profile_icons(self) -> Iterator[Locator | ElementHandle]:
        """Yield possible profile icons: by name, then by position at the bottom left."""
        yield from self.matching_elements(self.labels.of("profile_icon"))
        yield from self.corner_icons()

    def corner_icons(self) -> Iterator[ElementHandle]:
        """Yield what may be the profile icon at the bottom left."""
        yield from self._found_by(profile_icons)

    def _found_by(self, reader: Callable[[Snapshot], list[int]]) -> Iterator[ElementHandle]:
        snapshot = capture(self.page, selectors_of(self.profile) | DRAWN_AS_ONE)
        for at in reader(snapshot)[:8]:
            element = element_at(self.page, snapshot.stamp, at)
            if element is not None and not _NOT_THE_PROFILE.search(
                (element.text_content() or "") if element.is_visible() else "log out"
            ):
                yield element
