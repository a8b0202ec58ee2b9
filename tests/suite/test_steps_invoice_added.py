"""The one invoice that a purchase adds: its number, its day, and what it is for."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps.invoices import (
    it_is_dated_today,
    one_invoice_is_added,
)
from steps.readers.invoices.invoices import CREDITS, Invoice
from steps.readers.money.money import Money
from steps.readers.page.fact import Fact, Unclear
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("named", "type_", "is_told"), [({6_000}, "", True), ({4_000}, "Plan", False), (set[int](), "Plan", False)]
)
def test_the_invoice_of_what_was_bought_may_say_that_it_is_for_something_else(
    monkeypatch: pytest.MonkeyPatch, *, named: set[int], type_: str, is_told: bool
) -> None:
    price = Money(Decimal(57), "USD")
    doubt = Unclear(CREDITS, ("6,000",), "")
    new = Invoice("6,000 credits", "", None, price, None, type_, "", 0, 0, (doubt,), named=frozenset(named))
    monkeypatch.setattr("steps.invoices.listed_after", lambda _, known: [*known, new])
    target = SimpleNamespace(is_exclusive=True, sets_up=True)
    monkeypatch.setattr("steps.invoices.wait_for_credits", lambda *_: None)
    member: Any = SimpleNamespace(target=target, purchases=[])
    paid_for = SimpleNamespace(amount_due=Fact(price))
    purchase: Any = SimpleNamespace(amount=6_000, paid_for=paid_for)
    with nullcontext() if is_told else pytest.raises(NotVerifiedError):
        assert one_invoice_is_added(member, purchase, [], "6,000").invoice == new


@pytest.mark.parametrize(
    ("told", "is_red"), [("03:08", True), ("11:50 pm", False), ("", False), ("03:08 to 04:00", False)]
)
def test_a_time_of_day_that_is_now_in_no_zone_is_of_another_day(told: str, *, is_red: bool) -> None:
    now = datetime(2026, 11, 28, 3, 8, tzinfo=UTC)
    invoice = Invoice(f"27 Nov 2026 {told} $9.00", "INV-7", date(2026, 11, 27), None, None, "", "", 0, -1)
    target = SimpleNamespace(now=lambda _: now, is_exclusive=False, sets_up=False, profile=PROFILE)
    member = cast("Any", SimpleNamespace(target=target, account=None, doubts=[]))
    with pytest.raises(BrokenPromiseError) if is_red else nullcontext():
        it_is_dated_today(member, cast("Any", SimpleNamespace(invoice=invoice, listed=[])))
    assert bool(member.doubts) is not is_red


@pytest.mark.parametrize(
    ("told", "is_red"), [("Today at 12:04", False), ("Yesterday at 23:40", True), ("2 days ago", True)]
)
def test_a_payment_of_now_is_not_told_to_be_older(told: str, *, is_red: bool) -> None:
    now = datetime(2026, 11, 27, 12, 5, tzinfo=UTC)
    invoice = Invoice(f"INV-7 {told} $9.00", "INV-7", now.date(), None, None, "", "", 0, -1)
    target = SimpleNamespace(now=lambda _: now, is_exclusive=True, sets_up=True, profile=PROFILE)
    member = cast("Any", SimpleNamespace(target=target, account=None, doubts=[]))
    with pytest.raises(BrokenPromiseError) if is_red else nullcontext():
        it_is_dated_today(member, cast("Any", SimpleNamespace(invoice=invoice, listed=[])))


@pytest.mark.parametrize(("number", "is_red"), [("INV-1", True), ("INV-3", False)])
def test_a_new_invoice_has_a_number_of_its_own(monkeypatch: pytest.MonkeyPatch, number: str, *, is_red: bool) -> None:
    price = Money(Decimal(57), "USD")
    known = [Invoice(f"INV-{at} Pro", f"INV-{at}", date(2026, at, 1), price, None, "Plan", "", 0, 0) for at in (1, 2)]
    new = Invoice("6,000 credits", number, date(2026, 11, 29), price, 6_000, "Credits", "", 0, 0)
    monkeypatch.setattr("steps.invoices.listed_after", lambda _, known: [new, *known])
    monkeypatch.setattr("steps.invoices.wait_for_credits", lambda *_: None)
    member: Any = SimpleNamespace(target=SimpleNamespace(is_exclusive=True, sets_up=True), purchases=[])
    purchase: Any = SimpleNamespace(amount=6_000, paid_for=SimpleNamespace(amount_due=Fact(price)))
    with pytest.raises(BrokenPromiseError, match="number of its own") if is_red else nullcontext():
        one_invoice_is_added(member, purchase, known, "6,000")


@pytest.mark.parametrize(
    ("days", "seen"),
    [([29], "INV-9"), ([29, 1], "INV-9"), ([29, 28], ""), ([1], ""), ([], "")],
    ids=["the new one", "an old one that had not loaded", "one of yesterday", "an old one alone", "none"],
)
def test_an_invoice_of_long_ago_is_no_new_one_where_the_list_had_not_loaded_to_its_end(
    monkeypatch: pytest.MonkeyPatch, days: list[int], seen: str
) -> None:
    price = Money(Decimal(57), "USD")
    listed = [
        Invoice(f"INV-{9 - at}", f"INV-{9 - at}", date(2026, 11, day), price, 6_000, "Credits", "", 0, 0)
        for at, day in enumerate(days)
    ]
    monkeypatch.setattr("steps.invoices.listed_after", lambda *_: listed)
    monkeypatch.setattr("steps.invoices.wait_for_credits", lambda *_: None)
    now = datetime(2026, 11, 29, 12, 5, tzinfo=UTC)
    target = SimpleNamespace(is_exclusive=False, sets_up=False, now=lambda _: now)
    member: Any = SimpleNamespace(target=target, account=None, purchases=[])
    purchase: Any = SimpleNamespace(amount=6_000, paid_for=SimpleNamespace(amount_due=Fact(price)))
    is_one = bool(seen) or len(listed) == 1  # an old one alone is for the step about its day
    with nullcontext() if is_one else pytest.raises(BrokenPromiseError, match="one invoice more"):
        assert one_invoice_is_added(member, purchase, [], "6,000").invoice.number == (seen or "INV-9")
