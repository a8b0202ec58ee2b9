"""Days as pages write them, and what is no day."""

from __future__ import annotations

from datetime import date

import pytest

from steps.readers.figures.dates import calendar_of
from steps.targets.profile import Profile

DAY = date(2026, 11, 22)


def days(text: str, locale: str = "en-US", language: str = "", *texts: str) -> list[date | None]:
    return [one.date for one in calendar_of(Profile(locale=locale), language, texts).days_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T10:00:00Z",
        "2026/11/22",
        "22.11.2026",
        "22/11/2026",
        "11/22/2026",
        "22-11-2026",
        "22/11/26",
        "22 November 2026",
        "22 Nov 2026",
        "22nd of November 2026",
        "22. November 2026",
        "November 22, 2026",
        "Nov 22, 2026",
        "Nov. 22, 2026",
        "Sunday, November 22, 2026 at 3:05 PM",
        "22-Nov-26",
        "22/Nov/2026",
        "22.Nov.2026",
        "22. 11. 2026",
        "2026. 11. 22.",
        "Novem. 22, 2026",
        "22 de noviembre del 2026",
        "22 novembre 2026",
        "22 de noviembre de 2026",
        "22 tháng 11, 2026",
        "2026年11月22日",
        "Paid 22 Nov 2026 with Visa 4242",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert days(text) == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "4,000 credits",
        "1.200.000",
        "$12.50",
        "INV-2026-11-22",
        "12-pack-24",
        "10-Day-30",
        "2026-0017",
        "7507B3C1-0017",
        "12 credits 2026",
        "5 packages in 2026",
        "Nov 22",
        "May 2026",
        "12/26",
        "31/02/2026",
        "2 hours ago",
        "Order 4711 2026",
        "",
    ],
)
def test_amounts_and_numbers_of_invoices_are_no_days(text: str) -> None:
    assert days(text) == []


def test_the_order_of_day_and_month_is_that_of_the_locale() -> None:
    assert days("11/12/2026") == [date(2026, 11, 12)]
    assert days("11/12/2026", "en-GB") == [date(2026, 12, 11)]
    assert days("11.12.2026") == [date(2026, 12, 11)]
    assert days("11/11/2026", "zz") == [date(2026, 11, 11)]


@pytest.mark.parametrize(("language", "texts"), [("de", ()), ("en-GB", ()), ("en-US", ("Paid on 22/11/2026",))])
def test_a_page_that_writes_in_another_order_than_the_locale_is_unclear(language: str, texts: tuple[str, ...]) -> None:
    (found,) = calendar_of(Profile(), language, texts).days_in("11/12/2026")
    assert found.date is None
    assert found.settle == 'locale = "en-GB"'
    assert days("22/11/2026", "en-US", language, *texts) == [DAY]


@pytest.mark.parametrize("language", ["", "en", "en-AU", "de"])
def test_days_that_can_be_of_one_order_alone_tell_that_of_all(language: str) -> None:
    assert days("11/12/2026", "en-US", language, "22/11/2026") == [date(2026, 12, 11)]
    (found,) = calendar_of(Profile(locale="en-CA"), language, ["22/11/2026"]).days_in("11/12/2026")
    assert found.date is None


def test_several_days_are_read_in_their_order() -> None:
    assert days("Nov 22, 2026 to Dec 22, 2026, due 2026-12-24") == [DAY, date(2026, 12, 22), date(2026, 12, 24)]
