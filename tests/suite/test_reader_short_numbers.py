"""A headline that writes its number short, such as "15.8K credits available", is held as far as it is written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.agreement import contradictions
from steps.readers.credits.changes import changes_after_purchase
from tests.suite.support.balances import read

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.credits.credits import CreditsReading


def seen(page: Page, headline: str, add_on: int) -> CreditsReading:
    kinds = f"<p>Monthly credits 11,842 of 12,500 left</p><p>Add-on credits {add_on:,} of {add_on:,} left</p>"
    return read(page, f"<h3>{headline} credits available</h3>{kinds}")


@pytest.mark.parametrize(
    ("headline", "amount", "verdict"),
    [
        ("17.8K", 2_000, "sound"),
        ("81.8K", 66_000, "sound"),
        ("1.2M", 1_200_000, "sound"),
        ("15.8K", 2_000, "broken"),
        ("15.8K", 1_200_000, "broken"),
        ("85.8K", 66_000, "broken"),
        ("1.4M", 1_200_000, "broken"),
    ],
)
def test_a_short_total_grows_by_what_was_bought(page: Page, headline: str, amount: int, verdict: str) -> None:
    before, after = seen(page, "15.8K", 4_000), seen(page, headline, 4_000 + amount)
    assert changes_after_purchase(before, after, amount).verdict == verdict
    assert bool(contradictions(after)) == (verdict == "broken")


def test_a_total_that_is_too_short_to_show_a_purchase_is_no_doubt(page: Page) -> None:
    before, after = (seen(page, "1.4M", add_on) for add_on in (1_400_000, 1_402_000))
    assert changes_after_purchase(before, after, 2_000).verdict == "sound"


def test_a_short_number_that_one_kind_has_too_may_be_of_that(page: Page) -> None:
    before, after = (seen(page, "11.8K", add_on).shown for add_on in (40, 2_040))
    assert before[0].text == after[0].text
    changes = changes_after_purchase(seen(page, "11.8K", 40), seen(page, "11.8K", 2_040), 2_000)
    assert changes.verdict == "unclear"


@pytest.mark.parametrize("written", ["<b>{0:,}</b> <small>{1}</small>", "<small>{1}</small> <b>{0:,}</b>"])
def test_a_short_number_beside_the_whole_one_that_it_rounds_says_nothing_of_its_own(page: Page, written: str) -> None:
    def shown(add_on: str) -> CreditsReading:
        monthly = written.format(1_870, "1.87K")
        return read(page, f"<p>Monthly credits {monthly} of 3,000</p><p>Add-on credits {add_on}</p>")

    before, stays = shown(written.format(14_000, "14K")), shown(written.format(14_000, "14K"))
    assert changes_after_purchase(before, shown(written.format(20_000, "20K")), 6_000).verdict == "sound"
    assert changes_after_purchase(before, stays, 6_000).verdict == "broken"
