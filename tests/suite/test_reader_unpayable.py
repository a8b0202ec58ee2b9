"""What a payment page says by which it cannot be paid, costs more than it asks for, or seems to cost something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.checkout.checkout import read_summary
from steps.readers.page.capture import capture
from steps.readers.page.terms import is_unwritten
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")


def amiss(page: Page, html: str) -> str:
    page.set_content(html)
    return read_summary(capture(page), PROFILE).amiss


@pytest.mark.parametrize(
    ("line", "is_amiss"),
    [
        ("This checkout session has expired. Please start again.", True),
        ("This session expires in 30 minutes.", False),
        ("plus 19% VAT, charged separately", True),
        ("Service fees are billed later", True),
        ("VAT is included; nothing is billed later", False),
        ("Your card is charged once", False),
        ("billing.packages.p6000.title", True),
        ("checkout.example.com", False),
        ("Promo: $null off", True),
    ],
)
def test_a_page_that_can_be_paid_says_nothing_else(page: Page, line: str, *, is_amiss: bool) -> None:
    html = f"<h1>Pay Diaflow</h1><p>6,000 credits $54.00</p><p>{line}</p><p>Total $54.00</p><button>Pay $54.00</button>"
    assert amiss(page, html) == (line if is_amiss else "")


@pytest.mark.parametrize(
    ("headline", "rest", "is_amiss"),
    [
        ("$38.00", "<p>Total $54.00</p>", True),
        ("$54.00", "<p>Total $54.00</p>", False),
        ("$50.00", "<p>VAT $4.00</p><p>Total $54.00</p>", False),
        ("$60.00", "<p>Subtotal $60.00</p><p>Discount -$6.00</p><p>Total $54.00</p>", False),
        ("\u20ac50.00", "<p>Total $54.00</p>", False),  # in another currency
        ("\u20ac54.00", "<p>Total $54.00</p>", True),
        ("Save $38.00", "<p>Total $54.00</p>", False),
        ("$149.00", "<p>Total $54.00</p>" + "".join(f"<p>Other: ${one}.00</p>" for one in range(10, 16)), False),
        ("6,000 credits", "<p>6,000 credits $54.00</p><p>Total $54.00</p>", False),
    ],
)
def test_the_largest_amount_is_what_is_asked_for(page: Page, headline: str, rest: str, *, is_amiss: bool) -> None:
    html = f"<h1 style='font-size:40px'>{headline}</h1>{rest}<button>Pay $54.00</button>"
    assert amiss(page, html) == (headline if is_amiss else "")


@pytest.mark.parametrize(
    ("item", "beside", "is_amiss"),
    [
        ("6,000 credits", "", True),
        ("6,000 Diaflow credits", "", True),
        ("6,000 credits", "<div><span>Tax</span><span>$16.00</span></div>", False),
        ("Installment 1 of 2", "", False),
    ],
)
def test_the_price_of_the_credits_is_what_is_asked_for(page: Page, item: str, beside: str, *, is_amiss: bool) -> None:
    row = "<div style='display: flex; justify-content: space-between'><span>{}</span><span>{}</span></div>"
    html = row.format(item, "$38.00") + beside + row.format("Total", "$54.00") + "<button>Pay</button>"
    assert bool(amiss(page, html)) is is_amiss
    assert not amiss(page, html.replace("$38.00", "$60.00"))  # a price before a discount


@pytest.mark.parametrize(
    ("part", "times"),
    [("Qty 2, $27.00 each", (2,)), ("Qty 1, $54.00 each", ()), ("Qty 2, $9.00 each", ()), ("Qty 2, $54.00 each", (2,))],
)
def test_a_quantity_counts_with_the_price_of_each(page: Page, part: str, times: tuple[int, ...]) -> None:
    page.set_content(
        f"<div><span>6,000 credits</span> <small>{part}</small></div><p>Total $54.00</p><button>Pay</button>"
    )
    assert read_summary(capture(page), PROFILE).times == times


@pytest.mark.parametrize(
    ("text", "is_key"),
    [
        ("billing.addCredits.title", True),
        ("billing.packages.title", True),
        ("$null", True),
        ("www.example.com", False),
        ("page.title", False),
        ("Diaflow Inc. title", False),
    ],
)
def test_the_name_of_a_text_is_no_text(text: str, *, is_key: bool) -> None:
    assert is_unwritten(text) is is_key
