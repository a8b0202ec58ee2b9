"""What the pop-up says beside its packages, and that it shows the same ones whenever it is opened."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.package_selection import exactly_these_packages, the_member_leaves_the_pop_up, the_pop_up_stays
from steps.verdicts.expectations import BrokenPromiseError
from tests.suite.support.package_pop_up import AMOUNTS, PROFILE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUTTONS = "".join(f"<button>{amount:,} credits</button>" for amount in AMOUNTS)
TABLE = [["package"], *([f"{amount:,}"] for amount in AMOUNTS)]


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("Credits are added within 2 business days after payment.", "added at once"),
        ("Bought credits can be used 24 hours after payment.", "added at once"),
        ("billing.addCredits.note", "words that somebody wrote"),
        ("Hello {{name}}", "words that somebody wrote"),
        ("Your plan allows no further credits.", "packages that can be bought"),
        ("Purchases are paused for maintenance until Dec 3, 2026.", "packages that can be bought"),
        ("If you cannot buy credits, write to us.", ""),
        ("The package is billed every month until you cancel.", "bought once, at any time"),
        ("You can buy extra credits once a month.", "bought once, at any time"),
        ("Buy once, use them whenever you like.", ""),
        ("Your plan is billed every month. Packages are bought once.", ""),
        ("Monthly credits renew each month; add-on credits stay.", ""),
        ("Viewers cannot buy credits.", ""),
        ("Write to support@diaflow.example, or see docs.diaflow.example.", ""),
        ("Credits are added to your account immediately. Monthly credits are added each month.", ""),
    ],
)
def test_what_stands_beside_the_packages_is_no_contradiction_and_was_written(page: Page, note: str, wrong: str) -> None:
    choice = opened(page, f"{BUTTONS}<p>{note}</p>")
    with pytest.raises(BrokenPromiseError, match=wrong) if wrong else nullcontext():
        exactly_these_packages(choice, TABLE)


@pytest.mark.parametrize(("second", "wrong"), [([], ""), ([4_000], "not there before: 4,000")])
def test_the_packages_are_the_same_whenever_the_pop_up_is_opened(page: Page, second: list[int], wrong: str) -> None:
    """Fewer ones may not have been brought to show."""
    looks = iter([[2_000, 4_000], [2_000, 4_000, *second]])

    def opened_now() -> Any:
        offers = [SimpleNamespace(amount=amount) for amount in next(looks)]
        return SimpleNamespace(settled_offers=lambda _: offers, leave=lambda: "")

    billing = SimpleNamespace(settled_credits=lambda: None, add_credits=opened_now)
    member = SimpleNamespace(billing=lambda: billing, page=page, target=SimpleNamespace(profile=PROFILE))
    with pytest.raises(BrokenPromiseError, match=wrong) if wrong else nullcontext():
        the_member_leaves_the_pop_up(cast("Any", member))


@pytest.mark.parametrize(
    ("word", "is_red"), [("Sold out", True), ("Currently unavailable", True), ("Best value", False)]
)
def test_a_package_that_is_not_on_sale_is_told(page: Page, word: str, *, is_red: bool) -> None:
    choice = opened(page, BUTTONS.replace("27,000 credits", f"27,000 credits <small>{word}</small>"))
    with pytest.raises(BrokenPromiseError, match="27,000 credits: not on sale") if is_red else nullcontext():
        exactly_these_packages(choice, TABLE)


@pytest.mark.parametrize(
    ("after", "is_red"),
    [("", False), ("document.querySelector('[role=dialog]').remove()", True), ("document.title = 'Billing'", False)],
)
def test_a_pop_up_stays_until_it_is_left(page: Page, after: str, *, is_red: bool) -> None:
    choice = opened(page, BUTTONS)
    page.evaluate(f"() => {{ setTimeout(() => {{ {after} }}, 600) }}")
    with pytest.raises(BrokenPromiseError, match="as long as the pop-up is open") if is_red else nullcontext():
        the_pop_up_stays(choice, "2")
