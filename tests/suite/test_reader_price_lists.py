"""Prices of packages in a table beside what is pressed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.packages.packages import read_packages
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
PACKAGES = ("2,000", "4,000", "22,000")
RADIOS = "".join(f"<label><input type=radio name=p> {amount}</label>" for amount in PACKAGES)
HEADED = "<tr><th>Package<th>Price<th>Per 1,000 credits<th></th></tr>"
ROWS = [
    f"<tr><td>{amount} credits<td>${price}.00<td>$9.04<td>Save 10 %</tr>"
    for amount, price in zip(PACKAGES, (20, 40, 199), strict=True)
]


def prices(page: Page, table: str) -> list[list[str]]:
    page.set_content(f"<div role=dialog aria-modal=true><h2>Add credits</h2>{RADIOS}<table>{table}</table></div>")
    found = read_packages(capture(page), PROFILE)
    assert isinstance(found, Fact)
    return [[str(one) for one in offer.prices] for offer in found.value]


def test_a_table_tells_what_each_package_costs(page: Page) -> None:
    assert prices(page, HEADED + "".join(ROWS)) == [["20.00 USD"], ["40.00 USD"], ["199.00 USD"]]


@pytest.mark.parametrize(
    "table",
    [
        ROWS[0],
        "".join(row.replace(" credits", " invoices") for row in ROWS).replace("22,000", "22"),
        HEADED + "".join(ROWS + ROWS),
    ],
    ids=["one row", "of other things", "each of them twice"],
)
def test_what_is_no_list_of_prices_tells_none(page: Page, table: str) -> None:
    assert prices(page, table)[2] == []
