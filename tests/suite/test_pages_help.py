"""Whom to ask for help: the documented address, or another one that the site names in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.help import Help
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

POPUP = """<div style="position:fixed;inset:0;background:#0008"></div><div style="position:fixed;inset:60px;z-index:9;
  background:#fff"><h3>Add credits</h3><p>To Ada, ada@example.com</p><a href="mailto:sales@diaflow.io">Mail us</a></div>
"""
"""A pop-up that no role says to be one."""


@pytest.mark.parametrize(
    ("shown", "elsewhere"),
    [
        ("<footer>Need help? <a href='mailto:support@diaflow.com'>Write to us</a></footer>", ["support@diaflow.com"]),
        ("<p>Questions? support@diaflow.app</p>", ["support@diaflow.app"]),
        ("<p>support@diaflow.io</p><footer>support@diaflow.com</footer>", []),
        ("<p>Signed in as ada@example.com</p>", []),
        ("<p>Having trouble? Contact <a href='mailto:sales@diaflow.io'>us</a>.</p>", ["sales@diaflow.io"]),
        ("<p>Need help with billing? <b>Write to accounts@other.example</b></p>", ["accounts@other.example"]),
        ("<p>Buying for many? <a href='mailto:sales@diaflow.io'>sales@diaflow.io</a></p>", []),
        ("<p>Contact <a href='mailto:support@diaflow.io'>help@diaflow.io</a></p>", ["help@diaflow.io"]),
        ("<p>Contact <a href='mailto:support@diaflow.io'>support@diaflow.io</a></p>", []),
        (f"<p>Need help?</p>{POPUP}", ["sales@diaflow.io"]),
        (f"<p>Need help? support@diaflow.io</p>{POPUP}", []),
        (
            f"<p>Need help? support@diaflow.io</p>{POPUP.replace('Mail us', 'Need help? Mail us')}",
            ["sales@diaflow.io"],
        ),
        (f"<p>Need help? <a href='mailto:it@x.example'>support@diaflow.io</a></p>{POPUP}", ["it@x.example"]),
    ],
)
def test_a_namesake_at_another_host_is_another_address(page: Page, shown: str, elsewhere: list[str]) -> None:
    page.set_content(f"<h1>Billing</h1>{shown}")
    assert Help(page, Profile(base_url="http://site.example")).other_addresses("support@diaflow.io") == elsewhere


def test_help_that_is_folded_is_opened(page: Page) -> None:
    page.set_content("<h1>Add credits</h1><details><summary>Need help?</summary>Write to support@diaflow.io</details>")
    help_ = Help(page, Profile(base_url="http://site.example"))
    assert help_.until(lambda: help_.names("support@diaflow.io"), 2)
    assert not help_.other_addresses("support@diaflow.io")


@pytest.mark.parametrize(
    ("words", "is_unread"),
    [
        ("support@diaflow.io is no longer monitored, please do not write there.", True),
        ("support@diaflow.io is unmonitored", True),
        ("Contact support@diaflow.io", False),
        ("noreply@diaflow.io is not monitored.</p><p>Contact support@diaflow.io", False),
    ],
)
def test_an_address_may_be_said_to_be_out_of_use(page: Page, words: str, *, is_unread: bool) -> None:
    page.set_content(f"<p>{words}</p>")
    assert bool(Help(page, Profile(base_url="http://site.example")).out_of_use("support@diaflow.io")) is is_unread
