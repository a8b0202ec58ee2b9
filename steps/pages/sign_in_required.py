"""Whether a page requires signing in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.navigation import AppNavigation
from steps.pages.polling import until
from steps.pages.sign_in import PasswordPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.targets.profile import Profile


_QUIET = 2_000
"""Time allowed for a redirect to sign-in, in milliseconds."""


def requires_sign_in(tab: Page, profile: Profile) -> bool:
    """Whether the loaded page requires signing in."""
    page, navigation = PasswordPage(tab, profile), AppNavigation(tab, profile)
    until(lambda: navigation.is_signed_in() or page.is_shown(), profile.limits.page)
    with contextlib.suppress(PlaywrightError):  # pages that show a frame first, and then send one to the sign-in
        tab.wait_for_load_state("networkidle", timeout=_QUIET)
    if not page.is_shown():
        return False
    if page.asks_for_password():
        return True
    # A field for an e-mail address alone may also be that of a form on a member's page.
    labels = profile.labels
    inside = page.first(labels.of("workspace_settings")) or page.first(labels.of("billing"))
    return inside is None and page.first(labels.of("sign_in")) is not None
