"""Prices of packages that fit one another, or that cannot all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.money.prices import reading_of
from steps.readers.packages.packages import read_packages
from steps.readers.packages.price_sense import misfits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")


def told(page: Page, *packages: str, may_be_taxed: bool = False) -> list[str]:
    rows = "".join(f"<label><input type=radio name=p> {one}</label><br>" for one in packages)
    page.set_content(f"<div role=dialog aria-modal=true><h2>Add credits</h2>{rows}</div>")
    read = read_packages(snapshot := capture(page), PROFILE)
    assert isinstance(read, Fact)
    reading = reading_of(PROFILE, snapshot.language, packages)
    return list(misfits(read.value, reading, PROFILE.thousands, may_be_taxed=may_be_taxed))


@pytest.mark.parametrize(
    "part",
    [
        "$9.05 per 1,000 credits", "$0.01 per credit", "$0.009 / credit", "$9.05 / 1k", "($0.0090/credit)",
        "$9 per thousand credits", "$199.00 per credit pack",
        "$9.05 per 1,000", "from $0.005 per credit", "instead of $10.00 per 1,000 credits", "$5 per workflow",
    ],
)  # fmt: skip
def test_the_price_of_a_part_is_as_close_as_it_is_written(page: Page, part: str) -> None:
    assert told(page, "2,000 credits $20.00 $10.00 per 1,000 credits", f"22,000 credits $199.00 {part}") == []


@pytest.mark.parametrize(
    "part",
    [
        "$0.50 per credit",
        "$90.50 per 1,000 credits",
        "$9.95 / 1k",
        "$0.09/credit",
        "$10 per thousand credits",
        "$8.95 per 1,000",
    ],
)
def test_the_price_of_a_part_that_is_none_is_told(page: Page, part: str) -> None:
    wrong = told(page, "2,000 credits $20.00 $10.00 per 1,000 credits", f"22,000 credits $190.00 {part}")
    assert wrong == [f"22,000 credits for 190.00 USD: “{part}”"]


@pytest.mark.parametrize(("may_be_taxed", "times"), [(True, 0), (False, 1)])
def test_a_part_may_be_told_without_the_tax(page: Page, times: int, *, may_be_taxed: bool) -> None:
    assert len(told(page, "2,000 credits $24.00 $10.00 per 1,000 credits", may_be_taxed=may_be_taxed)) == times


def test_a_smaller_package_that_is_dearer_is_told(page: Page) -> None:
    wrong = told(
        page, "3,000 credits $20.00", "5,000 credits $40.00", "20,000 credits $1,800.00", "40,000 credits $340"
    )
    assert wrong == ["20,000 credits cost 1800.00 USD, 40,000 credits 340 USD"]
    assert told(page, "40,000 credits $340", "3,000 credits $20", "5,000 credits $20") == []


@pytest.mark.parametrize(
    ("last", "wrong"),
    [("9,000 credits", ["9,000 credits without a price"]), ("9,000 credits, price on request", [])],
)
def test_a_package_without_a_price_among_those_that_have_one_is_told(page: Page, last: str, wrong: list[str]) -> None:
    priced = [f"{n},000 credits ${n}0.00" for n in (2, 4, 6)]
    assert told(page, *priced, last) == wrong
    assert told(page, "2,000 credits", "4,000 credits", "6,000 credits", "9,000 credits") == []
