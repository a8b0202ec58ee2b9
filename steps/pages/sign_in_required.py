"""Whether a page requires signing in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.navigation import AppNavigation
from steps.pages.polling import until
from steps.readers.page.capture import capture, selectors_of
from steps.readers.workspace.session import read_session

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.workspace.session import Session
    from steps.targets.profile import Profile


_QUIET = 2_000
"""Time allowed for a redirect to sign-in, in milliseconds."""


def requires_sign_in(tab: Page, profile: Profile) -> bool:
    """Whether the loaded page requires signing in."""
    navigation, selectors = AppNavigation(tab, profile), selectors_of(profile)

    def session() -> Session:
        return read_session(capture(tab, selectors), profile)

    until(lambda: session() != "neither" or navigation.is_signed_in(), profile.limits.page)
    with contextlib.suppress(PlaywrightError):  # pages that show a frame first, and then send one to the sign-in
        tab.wait_for_load_state("networkidle", timeout=_QUIET)
    return until(session, profile.limits.page / 3) == "asks to sign in"
