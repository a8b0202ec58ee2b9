"""What a pop-up says that the choice costs: a total, or else the one price that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.packages.chosen_prices import told_total
from steps.readers.page.capture import capture
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (("Price $109.00",), "109.00 USD"),
        (("Price", "$109.00"), "109.00 USD"),
        (("Price $109.00", "Total $119.00"), "119.00 USD"),
        (("Price $20.00", "Price $38.00"), None),
        (("Price $20.00", "Plus VAT $4.00"), None),
        (("$20.00",), None),
    ],
)
def test_a_price_counts_where_no_total_is_told(page: Page, lines: tuple[str, ...], total: str | None) -> None:
    page.set_content("<div role=dialog><h2>Add credits</h2>" + "".join(f"<p>{one}</p>" for one in lines) + "</div>")
    found = told_total(capture(page), Profile(base_url="http://site.example"))
    assert (str(found) if found else None) == total
