"""Signing in: by the sign-in page, or by a saved session that the site still accepts."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.browser.discovery import context_options
from steps.browser.session_storage import TABS, open_context, with_session_storage
from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing import BillingPage
from steps.pages.navigation import AppNavigation
from steps.pages.polling import until
from steps.pages.profile_menu import ProfileMenu
from steps.pages.sign_in import SignInPage
from steps.pages.sign_in_required import requires_sign_in
from steps.targets.hosts import is_allowed
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, StorageState

    from steps.actors.member import Member
    from steps.targets.profile import Profile

_SETTLED = 3.0
"""Time allowed for a new browser to show that it is signed in, in seconds; sites may write storage late."""


_BETWEEN_LOOKS = 0.5
"""Interval, in seconds, at which a person's progress is checked."""


class SignInAbortedError(Exception):
    """Nobody was seen to sign in; `state` is the storage state of the last attempt, if there was one."""

    def __init__(self, words: str, state: StorageState | None = None) -> None:
        super().__init__(words)
        self.state = state


def signed_in_state(visitor: Member) -> StorageState:
    """Return the storage state of the visitor's browser after signing in.

    Raises TargetUnavailableError if that fails.
    """
    if visitor.account.storage_state is not None:
        visitor.navigation.start()
        if requires_sign_in(visitor.page, visitor.target.profile):
            raise TargetUnavailableError(visitor.target.session_ended(visitor.account))
    else:
        try:
            visitor.sign_in()
        except ElementNotFoundError as error:
            raise TargetUnavailableError(f"{visitor.account.name} could not be signed in. {error}") from None
        if not until(visitor.navigation.is_signed_in, _SETTLED) and requires_sign_in(
            visitor.page, visitor.target.profile
        ):
            words = (
                f"{visitor.account.name} could not be signed in. Signing in did not work: check e-mail and password."
            )
            raise TargetUnavailableError(words)
    return _complete_state(visitor.page, visitor.target.profile, visitor.account.storage_state)


def log_out(member: Member) -> None:
    """Log out by the profile menu. Sites may end all sessions of a member at once: nobody goes on with this one.

    Where Billing is, is noted before that.
    """
    with suppress(ElementNotFoundError, NotVerifiedError):
        member.navigation.go_to_billing()
        member.billing_at = member.billing_at or member.page.url
    member.navigation.start()
    member.target.session_ended(member.account)
    ProfileMenu(member.page, member.target.profile).log_out()


def hold_signed_out(member: Member, after: str = "Log out", promise: str = "doc:sign-in.2") -> None:
    """Raise BrokenPromiseError where the site is open to who has logged out, or has not come in by something else."""
    routes = member.target.profile.routes
    member.navigation.visit(routes.billing or routes.start)
    sign_in_page = SignInPage(member.page, member.target.profile)
    check(
        bool(until(sign_in_page.is_shown, member.immediate_timeout_s)),
        expected=f"the sign-in page, after {after}",
        actual=sign_in_page.describe_page,
        promise=promise,
    )
    if member.billing_at:
        _hold_billing_closed(member, sign_in_page, promise)


def _hold_billing_closed(member: Member, sign_in_page: SignInPage, promise: str) -> None:
    """Raise BrokenPromiseError where the address that Billing had still shows it."""
    with suppress(TargetUnavailableError):  # an address that answers with an error shows nothing
        member.navigation.visit(member.billing_at)
        billing = BillingPage(member.page, member.target.profile)
        is_closed = until(sign_in_page.is_shown, member.immediate_timeout_s)  # what surrounds Billing may show before
        check(
            bool(is_closed) or not billing.shows(),
            expected="Billing shows nothing to who has logged out",
            actual=lambda: f"{urlsplit(member.page.url).path} shows it. {billing.describe_current_plan()}",
            promise=promise,
        )


def sign_in_manually(browser: Browser, profile: Profile, seconds: float) -> StorageState:
    """Open the site in a browser window, and return its storage state after a person has signed in.

    Raises SignInAbortedError if the window is closed or the time is over before that, and TargetUnavailableError if
    the site does not answer. A state is returned only if a new browser with it reaches Workspace Settings.
    """
    options = context_options(profile) | {"no_viewport": True}
    del options["viewport"]
    context = browser.new_context(**options)
    AppNavigation(context.new_page(), profile).start()
    tried: list[StorageState] = []

    def state_once_in() -> StorageState | None:
        try:
            page = next((one for one in _open(context) if _looks_signed_in(one, profile)), None)
            if page is None:
                return None
            state = context.storage_state(indexed_db=True)
        except PlaywrightError:  # the with_tab browser was closed
            raise SignInAbortedError(_why_not(tried, "The window was closed"), next(iter(tried[-1:]), None)) from None
        if state in tried:
            return None
        tried.append(state)
        if _is_accepted(browser, profile, state):
            return state
        with_tab = with_session_storage(state, page)
        return with_tab if with_tab and _is_accepted(browser, profile, with_tab) else None

    state = until(state_once_in, seconds, every=_BETWEEN_LOOKS)
    if state is None:
        raise SignInAbortedError(_why_not(tried, f"{seconds / 60:g} minutes were over"), next(iter(tried[-1:]), None))
    return state


def _complete_state(page: Page, profile: Profile, before: StorageState | None) -> StorageState:
    """Return the storage state of a page's browser, with the storage of its tab where the site needs that."""
    state, browser = page.context.storage_state(indexed_db=True), page.context.browser
    with_tab = with_session_storage(state, page)
    if with_tab is None or browser is None:
        return state
    # Needed if the state had it before, or if cookies alone do not sign in.
    return with_tab if TABS in (before or {}) or not _is_accepted(browser, profile, state) else state


def _open(context: BrowserContext) -> list[Page]:
    """Return the open tabs. Raises PlaywrightError if there are none left."""
    if not context.pages:
        raise PlaywrightError("All tabs were closed.")
    return context.pages


def _why_not(tried: list[StorageState], ending: str) -> str:
    if not tried:
        return f"{ending} before anybody had signed in."
    return (
        f"{ending}. The site looked signed in, but a new browser with the same cookies and storage did not find "
        '"Workspace Settings" there: the session cannot be saved, or the site says it otherwise (see '
        "labels.workspace_settings in targets.toml)."
    )


def _looks_signed_in(page: Page, profile: Profile) -> bool:
    """Whether a page of the site shows no sign-in field, and something like a profile icon."""
    try:
        return (
            is_allowed(page.url, profile.own_hosts)
            and not SignInPage(page, profile).is_shown()
            and AppNavigation(page, profile).is_signed_in()
        )
    except PlaywrightError:  # on its way somewhere, or closed at this moment
        return False


def _is_accepted(browser: Browser, profile: Profile, state: StorageState) -> bool:
    """Whether the state is sufficient: a new browser with it reaches Workspace Settings."""
    context = open_context(partial(browser.new_context, **context_options(profile)), state)
    try:
        navigation = AppNavigation(context.new_page(), profile)
        navigation.start()
        if requires_sign_in(navigation.page, profile):
            return False
        navigation.open_profile_menu()
    except (ElementNotFoundError, TargetUnavailableError, PlaywrightError):
        return False
    else:
        return True
    finally:
        context.close()
