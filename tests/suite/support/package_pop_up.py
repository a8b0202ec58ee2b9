"""A pop-up with packages on a small page, over Billing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.packages import PackageChoice
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=3, payment=6))
AMOUNTS = [1_000, 3_000, 5_000, 9_000, 27_000, 81_000]
BEHIND = "<h2>Current Plan</h2><p>7,500 credits</p><button>Show more</button><div role=combobox tabindex=0>Type</div>"
DIALOG = (
    "<div role=dialog aria-modal=true style='position:fixed;inset:20px;background:#fff'><h2>Add credits</h2>{}</div>"
)
PAY = "location.href = `http://site.example/pay?` + document.title"
TEXTS = [f"{amount:,} credits, ${amount // 100}.00" for amount in AMOUNTS]
ROWS = "".join(
    f"<tr><td>{text}</td><td>$10.00 / 1,000 credits</td>"
    f"<td><button onclick='document.title = `{text}`; {PAY}'>Buy</button></td></tr>"
    for text in TEXTS
)


def opened(page: Page, html: str, profile: Profile = PROFILE) -> PackageChoice:
    page.route(
        "**/pay?*",
        lambda asked: asked.fulfill(body="<title>paying</title><input id=cardNumber>", content_type="text/html"),
    )
    page.set_content(BEHIND)
    choice = PackageChoice(page, profile)
    page.set_content(BEHIND + DIALOG.format(html))
    assert choice.is_open()
    return choice
