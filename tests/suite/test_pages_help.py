"""Whom to ask for help: the documented address, or another one that the site names in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.help import Help
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("shown", "elsewhere"),
    [
        ("<footer>Need help? <a href='mailto:support@diaflow.com'>Write to us</a></footer>", ["support@diaflow.com"]),
        ("<p>Questions? support@diaflow.app</p>", ["support@diaflow.app"]),
        ("<p>support@diaflow.io</p><footer>support@diaflow.com</footer>", []),
        ("<p>Signed in as ada@example.com</p>", []),
    ],
)
def test_a_namesake_at_another_host_is_another_address(page: Page, shown: str, elsewhere: list[str]) -> None:
    page.set_content(f"<h1>Billing</h1>{shown}")
    assert Help(page, Profile(base_url="http://site.example")).other_addresses("support@diaflow.io") == elsewhere
