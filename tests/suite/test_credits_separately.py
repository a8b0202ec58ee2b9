"""Whether Billing shows monthly and add-on credits separately, and where that cannot be told."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from steps.actors.balance_check import hold_usable
from steps.credits import one_credit_bar, shown_separately
from steps.pages.billing import BillingPage
from steps.readers.credits.balance import Balance
from steps.readers.page.fact import Fact
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=0.5))
PAGE = "<h2>Current Plan</h2><p>Pro</p>{}<p>Add-on credits: 4,000</p><h2>Invoices</h2>"


@pytest.mark.parametrize(
    ("monthly", "ends"),
    [
        ("<p>Monthly credits: 7,500</p>", None),
        ("", BrokenPromiseError),
        ("<p>Monthly credits are used first.</p>", BrokenPromiseError),
        ("<p>25% of monthly credits used (2,500 / 10,000)</p>", NotVerifiedError),
    ],
)
def test_monthly_credits_are_missing_only_where_no_number_of_them_shows(
    page: Page, monthly: str, ends: type[Exception] | None
) -> None:
    page.set_content(PAGE.format(monthly))
    billing = BillingPage(page, PROFILE)
    if ends is None:
        shown_separately(billing)
        return
    with pytest.raises(ends):
        shown_separately(billing)


@pytest.mark.parametrize(
    ("names", "ends"), [(("Credits", "Credits"), BrokenPromiseError), (("Basis", "Bonus"), NotVerifiedError)]
)
def test_credits_in_other_words_are_in_doubt_and_in_the_same_words_are_not_told_apart(
    page: Page, names: tuple[str, str], ends: type[Exception]
) -> None:
    rows = "".join(f"<dt>{name}<dd>{number} left" for name, number in zip(names, ("7,500", "4,000"), strict=True))
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>11,500 credits left</p><dl>{rows}</dl><h2>Invoices</h2>")
    with pytest.raises(ends):
        shown_separately(BillingPage(page, PROFILE))


@pytest.mark.parametrize(
    ("beside", "ends"),
    [
        ("", BrokenPromiseError),
        ("<div role=progressbar aria-label=Storage aria-valuenow=20>20%</div>", BrokenPromiseError),
        ("<div role=progressbar aria-label='Add-on credits' aria-valuenow=20>20%</div>", NotVerifiedError),
    ],
)
def test_a_bar_of_credits_beside_current_plan_is_in_doubt(page: Page, beside: str, ends: type[Exception]) -> None:
    page.set_content(f"{PAGE.format('<p>Monthly credits: 7,500</p>')}<h2>Credit usage</h2>{beside}")
    with pytest.raises(ends):
        one_credit_bar(BillingPage(page, PROFILE))


@pytest.mark.parametrize(
    ("balance", "amount", "is_shown"),
    [
        (Balance(left=7_500), 7_500, True),
        (Balance(used=2_500, whole=10_000), 7_500, True),
        (Balance(used=2_500, whole=10_000), None, True),
        (Balance(used=2_500, whole=10_000), 2_500, False),
        (Balance(used=2_500), None, False),
    ],
)
def test_what_is_used_of_how_many_tells_what_is_usable(balance: Balance, amount: int | None, *, is_shown: bool) -> None:
    with nullcontext() if is_shown else pytest.raises(BrokenPromiseError):
        hold_usable(amount, "monthly", Fact(balance, ("",)))
