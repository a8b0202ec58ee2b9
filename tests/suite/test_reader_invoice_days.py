"""The days of listed payments, and what a list may be filtered by date with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.actors.invoices import beyond
from steps.readers.invoices.invoice_controls import Controls
from steps.readers.invoices.invoice_windows import facts
from steps.readers.invoices.invoices import InvoiceList
from steps.readers.page.capture import capture
from tests.suite.support.invoice_tables import PROFILE, TWO, invoices, table

if TYPE_CHECKING:
    from playwright.sync_api import Page

GROUPED = """<section><h4>{0}</h4><article><h5>6,000 credits</h5><p>{1} · Paid · DF-2611-8</p><p>€52.00</p>
<a href=#r>Receipt</a></article></section>"""


@pytest.mark.parametrize(
    ("heading", "day", "told"),
    [
        ("November 2026", "26 November", "2026-11-26"),
        ("2026", "Nov 26", "2026-11-26"),
        ("Nov 2026", "November 26th", "2026-11-26"),
        ("This month", "<time datetime=2026-11-26>26 November</time>", "2026-11-26"),
        ("October 2026", "26 November", None),
        ("This month", "26 November", None),
        ("This month", "<time datetime=2026-12-25>26 November</time>", None),
    ],
)
def test_a_day_without_a_year_is_completed(page: Page, heading: str, day: str, told: str | None) -> None:
    (found,) = invoices(page, GROUPED.format(heading, day))
    assert (str(found.date) if found.date else None) == told
    assert told or any("Nov" in seen for seen in found.unclear[0].candidates)


def test_a_day_from_now_on_is_the_one_that_its_markup_says(page: Page) -> None:
    (found,) = invoices(page, GROUPED.format("Recent", "<span title='November 20, 2026 at 9:14 AM'>6 days ago</span>"))
    assert found.date == date(2026, 11, 20)
    (found,) = invoices(page, GROUPED.format("Recent", "<time datetime=2026-11-26T10:00:00Z>2 hours ago</time>"))
    assert str(found.date) == "2026-11-26"


@pytest.mark.parametrize("number", ["INV-2", ""])
@pytest.mark.parametrize("later", ["1 minute ago", "a few seconds ago", "less than a minute ago", "2m ago"])
def test_a_payment_is_the_same_while_time_passes(page: Page, number: str, later: str) -> None:
    day = "<span title='November 20, 2026 at 9:14 AM'>{}</span>"
    before, after = (
        invoices(page, table(((number, day.format(told), "4,000 credits", "$40.00"), TWO[1])))
        for told in ("Just now", later)
    )
    assert [one.date for one in after] == [date(2026, 11, 20), date(2026, 11, 1)]
    assert not beyond(after, before)
    assert facts(before) == facts(after)


@pytest.mark.parametrize("day", ["Today", "Today, 12:40", "just now", "2 hours ago"])
def test_a_day_that_is_told_from_now_on_makes_a_row_whose_day_is_unclear(page: Page, day: str) -> None:
    (first, second) = invoices(page, table((("INV-2", day, "4,000 credits", "$40.00"), TWO[1])))
    assert (first.number, first.credits, first.date) == ("INV-2", 4_000, None)
    assert first.unclear[0].candidates == (day,)
    assert second.date == date(2026, 11, 1)


@pytest.mark.parametrize(
    "month",
    [
        "Month <select>{}</select>",
        "<label>Month <select>{}</select></label>",
        "Type <select><option>(all)</select> Month <select>{}</select>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<table><tr><td>Menu<td>{}</table>"])
def test_a_list_of_months_may_filter_by_date(page: Page, month: str, around: str) -> None:
    box = month.format("<option>(all)<option>November 2026<option>October 2026")
    html = f"<h2>Invoices</h2><form>{box}<input type=submit value=Show></form>{table()}"
    page.set_content(around.format(html))
    found = Controls(InvoiceList(capture(page), PROFILE)).dated()
    assert any("Month" in one for one in found)


@pytest.mark.parametrize(("names", "left"), [(("From: any date", "To"), 0), (("From: any date", "Go"), 1)])
def test_what_names_a_first_or_last_day_applies_no_other_filter(page: Page, names: tuple[str, str], left: int) -> None:
    chips = "<button aria-pressed=true>All</button><button aria-pressed=false>Credits</button>"
    days = "".join(f"<button>{name}</button>" for name in names)
    page.set_content(f"<h2>Invoices</h2>{chips}{days}{table()}")
    assert len(Controls(InvoiceList(capture(page), PROFILE)).unknown()) == left
