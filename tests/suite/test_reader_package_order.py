"""The order in which packages are seen, whatever order they are written in."""

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
CARD = "<button style='order:{};{}'>{},000 credits<br>${}.00</button>"
AMOUNTS = (2, 4, 6, 11, 22)
WAYS = {
    "a grid": "display:grid;grid-template-columns:1fr 1fr 1fr",
    "a row that wraps": "display:flex;flex-wrap:wrap;width:300px",
    "a column": "display:flex;flex-direction:column",
    "columns": "columns:2",
    "a grid by columns": "display:grid;grid-template-rows:repeat(3, 60px);grid-auto-flow:column",
}


def seen(page: Page, layout: str, orders: tuple[int, ...] = (0,) * 5, own: str = "") -> list[int]:
    cards = "".join(CARD.format(order, own, n, 10 * n) for order, n in zip(orders, AMOUNTS, strict=True))
    page.set_content(f"<div role=dialog aria-modal=true><h2>Add credits</h2><div style='{layout}'>{cards}</div></div>")
    found = read_packages(capture(page), PROFILE)
    assert isinstance(found, Fact)
    return [one.amount // 1_000 for one in found.value]


@pytest.mark.parametrize("layout", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("own", ["", "align-self:end;margin:3px"])
def test_packages_in_order_are_read_in_order_however_they_are_laid_out(page: Page, layout: str, own: str) -> None:
    assert seen(page, layout, own=own) == list(AMOUNTS)


@pytest.mark.parametrize("layout", [WAYS["a grid"], WAYS["a row that wraps"], WAYS["a column"]])
def test_packages_that_a_style_sheet_moves_are_read_where_they_stand(page: Page, layout: str) -> None:
    assert seen(page, layout, (0, -1, 0, 0, 0)) == [4, 2, 6, 11, 22]
    assert seen(page, layout, (1, 0, 0, 0, 0)) == [4, 6, 11, 22, 2]
