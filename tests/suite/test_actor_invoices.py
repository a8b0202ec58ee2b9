"""Which part of the time is chosen, which receipts are downloaded, and filters that count days otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps.actors import invoices as listing
from steps.actors.purchase_invoices import lacking_of_this_run
from steps.readers.invoices.invoices import CREDITS, Invoice
from steps.readers.money.money import Money
from steps.readers.page.fact import Unclear
from steps.targets.target import Paid
from steps.verdicts.verdict import NotVerifiedError

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)


def invoice(
    number: int, day: int = 0, amount: int | None = 4_000, status: str = "Paid", price: int | None = None
) -> Invoice:
    text, paid = f"INV-{number} {amount or 'Pro plan'}", None if price is None else Money(Decimal(price), "USD")
    return Invoice(text, f"INV-{number}", FIRST + day * DAY, paid, amount, "", status, number, number)


@pytest.mark.parametrize(
    ("days", "part"),
    [
        ([1, 40], (1, 1)),
        ([1, 20, 40], (20, 20)),
        ([1, 20, 40, 60], (20, 40)),
        ([1, 20, 21, 40, 60, 61, 80], (21, 60)),
        ([1, 2, 3, 4, 5, 6], (3, 4)),
        ([1, 2, 30, 60, 90, 120], (2, 60)),
        ([1, 30, 60, 90, 120, 121, 150], (121, 121)),
    ],
)
def test_the_edges_are_days_of_payments_and_others_lie_next_to_them(days: list[int], part: tuple[int, int]) -> None:
    first, last = listing.part_of([FIRST + day * DAY for day in days])
    assert ((first - FIRST).days, (last - FIRST).days) == part


@pytest.mark.parametrize(
    ("listed", "chosen"),
    [
        ([invoice(1)], [1]),
        ([invoice(n, n) for n in range(1, 10)], [9, 8, 7, 1]),
        ([invoice(n, n, None if n == 4 else 4_000) for n in range(1, 10)], [9, 8, 7, 1, 4]),
        ([invoice(n, n, None if n > 1 else 4_000) for n in range(1, 10)], [9, 8, 7, 1]),
        ([invoice(n, n, 2_000 if n in {4, 5} else 4_000) for n in range(1, 10)], [9, 8, 7, 1, 4]),
        ([invoice(n, n, price=18 if n in {4, 5} else 20) for n in range(1, 10)], [9, 8, 7, 1, 4]),
        ([invoice(n, n, status="Failed" if n == 9 else "Paid") for n in range(1, 10)], [8, 7, 6, 1]),
    ],
)
def test_receipts_are_of_new_and_old_payments_and_of_each_kind(listed: list[Invoice], chosen: list[int]) -> None:
    assert [one.element for one in listing.samples(listed)] == chosen


def test_one_more_receipt_is_of_a_kind_that_was_lacking() -> None:
    further = [invoice(3), invoice(2, amount=None), invoice(1)]
    assert [one.element for one in listing.one_more(further, [invoice(9)])] == [2]
    assert [one.element for one in listing.one_more(further, [invoice(9), invoice(8, amount=None)])] == [3]
    assert listing.one_more([], [invoice(9)]) == []


@dataclass
class Site:
    """A list that counts days by a clock that is `ahead` of the one that it shows days by."""

    listed: list[Invoice]
    ahead: int = 0
    end_is_left_out: bool = False
    day_before_is_listed: bool = False
    found: list[Invoice] = field(default_factory=list)

    def of_time(self, begin: date, end: date) -> None:
        begin, end = begin - DAY * self.day_before_is_listed, end - DAY * self.end_is_left_out
        self.found = [one for one in self.listed if one.date and begin <= one.date + self.ahead * DAY <= end]

    def all(self) -> list[Invoice]:
        return self.found


@pytest.mark.parametrize(
    ("site", "zone", "otherwise"),
    [
        (Site([], ahead=1), "", True),
        (Site([], ahead=-1), "", True),
        (Site([], ahead=1), "Europe/Berlin", False),
        (Site([], ahead=2), "", False),
        (Site([], end_is_left_out=True), "", False),
        (Site([], day_before_is_listed=True), "", False),
    ],
)
def test_another_time_zone_is_told_from_an_edge_that_is_left_out(
    monkeypatch: pytest.MonkeyPatch, site: Site, zone: str, *, otherwise: bool
) -> None:
    """That is asked only where the profile does not say in which zone the site tells days."""
    monkeypatch.setattr(listing, "invoices_of", lambda *_, **__: site)
    site.listed = [invoice(n, n) for n in range(9)]
    part = FIRST + 3 * DAY, FIRST + 5 * DAY
    site.of_time(*part)
    wanted = site.listed[3:6]
    amiss = listing.beyond(wanted, site.found), listing.beyond(site.found, wanted)
    member = cast("Any", SimpleNamespace(target=SimpleNamespace(sets_up=False, profile=SimpleNamespace(timezone=zone))))
    assert listing.counts_otherwise(member, part, *amiss) == otherwise


def buyer(*amounts: int, since: datetime | None = None) -> Any:
    """Return a member whose run has paid for packages since a moment."""
    paid = {"ada": Paid(Counter(amounts), since)}
    return SimpleNamespace(target=SimpleNamespace(paid=paid), account=SimpleNamespace(key="ada"))


def test_payments_of_days_before_the_run_stand_for_none_of_its_own() -> None:
    today, earlier = date(2026, 11, 27), date(2026, 9, 30)
    member = buyer(4_000, 4_000, since=datetime(2026, 11, 27, 12, tzinfo=UTC))
    both = [replace(invoice(at), date=day) for at, day in enumerate((today, earlier))]
    assert lacking_of_this_run(member, both) == ["2 paid for 4,000 credits"]
    assert lacking_of_this_run(member, [*both, replace(invoice(3), date=today)]) == []
    assert lacking_of_this_run(member, [*both, replace(invoice(3), date=None)]) == []


def test_payments_of_this_run_are_those_that_may_be_for_what_was_bought() -> None:
    member = buyer(4_000, 4_000, 6_000)
    vague = replace(invoice(3, amount=None), named=frozenset({6_000}))
    assert lacking_of_this_run(member, [invoice(1), invoice(2), vague]) == []
    assert lacking_of_this_run(member, [invoice(1), invoice(2)]) == ["1 paid for 6,000 credits"]
    assert lacking_of_this_run(member, [invoice(1), vague]) == ["2 paid for 4,000 credits"]


def test_what_is_known_of_an_invoice_need_not_be_certain() -> None:
    vague = replace(invoice(3, amount=None), unclear=(Unclear(CREDITS, ("6,000",), ""),))
    listing.certain(vague, CREDITS)
    with pytest.raises(NotVerifiedError):
        listing.certain(vague)


@pytest.mark.parametrize(("hour", "days"), [(5, [26, 27]), (10, [26, 27, 28]), (13, [27, 28])])
def test_a_payment_is_of_a_day_that_it_is_somewhere(hour: int, days: list[int]) -> None:
    found = listing.days_of(datetime(2026, 11, 27, hour, 30, tzinfo=UTC))
    assert sorted(day.day for day in found) == days


@pytest.mark.parametrize(
    ("listed", "days", "known", "new"),
    [
        ([9, 8, 7, 6, 5, 4], [5] * 6, [7, 6], [9, 8]),  # 5 and 4 stood on a later page
        ([9, 8, 7, 6, 5], [5] * 5, [], [9, 8, 7, 6, 5]),
        ([4, 5, 6, 7, 8], [1, 2, 3, 4, 5], [4, 5], [6, 7, 8]),
    ],
)
def test_what_stands_below_the_first_page_of_before_is_no_new_invoice(
    listed: list[int], days: list[int], known: list[int], new: list[int]
) -> None:
    whole = [invoice(number, day) for number, day in zip(listed, days, strict=True)]
    first = [one for one in whole if int(one.number[4:]) in known]
    found = listing.beyond(listing.newer(whole, first), first)
    assert [int(one.number[4:]) for one in found] == new
