"""A table of invoices whose first and last column stay in view: each is drawn a second time, over the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
HEADS = ["Invoice", "Date", "Description", "Amount", "Receipt"]
ROWS = [
    ["INV-21", "Nov 2, 2026", "4,000 credits", "$40.00", "Receipt"],
    ["INV-20", "Nov 2, 2026", "4,000 credits", "$40.00", "Receipt"],
    ["INV-19", "Oct 1, 2026", "Pro plan", "$49.00", "Receipt"],
]
STYLE = """<style>.all{position:relative;width:700px} table{table-layout:fixed;width:700px;border-spacing:0}
td,th{height:40px;padding:0 8px;text-align:left;background:#fff;white-space:nowrap}
.left,.right{position:absolute;top:0;bottom:0;left:0;overflow:hidden;z-index:3;width:140px;background:#fff}
.right{left:auto;right:0} .right table{position:absolute;right:0;top:0} .out > *{visibility:hidden}</style>"""


def _table(out: set[int]) -> str:
    def cell(at: int, text: str, row: int) -> str:
        told = f"<a href='data:text/plain,{ROWS[row][0]}' download>{text}</a>" if row >= 0 and at == 4 else text
        tag = "td" if row >= 0 else "th"
        return f"<{tag}{' class=out' if at in out else ''}><div>{told}</div></{tag}>"

    lines = [
        "".join(cell(at, text, row) for at, text in enumerate(HEADS if row < 0 else ROWS[row])) for row in range(-1, 3)
    ]
    rows = "".join(f"<tr>{one}</tr>" for one in lines[1:])
    return f"<table><thead><tr>{lines[0]}</tr></thead><tbody>{rows}</tbody></table>"


@pytest.mark.parametrize("hidden", [{0}, {0, 4}, {0, 1, 4}])
def test_a_column_that_is_drawn_over_the_table_is_of_its_rows(page: Page, hidden: set[int]) -> None:
    left = {0, 1, 2, 3, 4} - ({0, 1} if 1 in hidden else {0})
    wide = "280px" if 1 in hidden else "140px"
    page.set_content(
        f"{STYLE}<h1 style='height:900px'>Billing</h1><h2>Invoices</h2>"
        f"<div class=all>{_table(hidden)}<div class=left style='width:{wide}'>{_table(left)}"
        f"</div><div class=right aria-hidden=true>{_table({0, 1, 2, 3})}</div></div>"
    )
    invoices = Invoices(page, PROFILE)
    listed = invoices.on_this_page()
    assert [(one.number, one.credits, str(one.amount)) for one in listed] == [
        ("INV-21", 4_000, "40.00 USD"), ("INV-20", 4_000, "40.00 USD"), ("INV-19", None, "49.00 USD"),
    ]  # fmt: skip
    assert [one.unclear for one in listed] == [(), (), ()]
    assert [invoices.receipt(one) for one in listed] == [b"INV-21", b"INV-20", b"INV-19"]
