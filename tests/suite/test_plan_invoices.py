"""The invoices of plans name the plan that was paid for, and charge a month of it at its price."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps.actors.plan_invoices import hold_named_as_before, hold_renewed_at
from steps.readers.invoices.invoices import Invoice
from steps.readers.money.money import Money
from steps.readers.page.fact import Fact
from steps.targets.profile import Limits, Profile
from steps.targets.target import Paid
from steps.verdicts.expectations import BrokenPromiseError

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=1))


@pytest.mark.parametrize(("now", "is_red"), [("Pro plan $79.00", False), ("Business plan $79.00", True)])
def test_an_upgrade_leaves_earlier_invoices_their_plan(
    monkeypatch: pytest.MonkeyPatch, now: str, *, is_red: bool
) -> None:
    def invoice(text: str, number: str) -> Invoice:
        return Invoice(text, number, date(2026, 10, 1), None, None, "Plan", "Paid", 0, 0)

    listed = [invoice("Business plan $249.00", "INV-3"), invoice(now, "INV-1")]
    monkeypatch.setattr("steps.actors.plan_invoices.invoices_on", lambda *_: listed)
    target = SimpleNamespace(paid={"ada": Paid(plan="Business")}, profile=PROFILE)
    member: Any = SimpleNamespace(page=None, target=target, account=SimpleNamespace(key="ada"))
    purchase: Any = SimpleNamespace(invoices_before=(invoice("Pro plan $79.00", "INV-1"),))
    with pytest.raises(BrokenPromiseError, match="as they were") if is_red else nullcontext():
        hold_named_as_before(member, purchase)


def month(amount: int = 149, status: str = "Paid") -> Invoice:
    price = Money(Decimal(amount), "USD")
    return Invoice(f"INV-9 Business ${amount}", "INV-9", date(2026, 11, 29), price, None, "", status, 0, 0)


def hold_month(
    monkeypatch: pytest.MonkeyPatch, invoice: Invoice, paid: int = 149, *, is_exclusive: bool = True
) -> None:
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: [invoice])
    monkeypatch.setattr("steps.actors.purchase_invoices.loaded_invoices_on", lambda *_: [])
    member: Any = SimpleNamespace(page=None, target=SimpleNamespace(profile=PROFILE, is_exclusive=is_exclusive))
    due = Fact(Money(Decimal(paid), "USD"), ())
    change = SimpleNamespace(
        plan_prices=(Money(Decimal(79), "USD"), Money(Decimal(149), "USD")), paid_for=SimpleNamespace(amount_due=due)
    )
    hold_renewed_at(member, cast("Any", SimpleNamespace(invoices_before=())), cast("Any", change))


@pytest.mark.parametrize(("status", "is_red"), [("Paid", False), ("Open", False), ("Past due", True), ("Failed", True)])
def test_a_month_of_the_plan_is_not_overdue_when_it_begins(
    monkeypatch: pytest.MonkeyPatch, status: str, *, is_red: bool
) -> None:
    with pytest.raises(BrokenPromiseError, match="that is paid for") if is_red else nullcontext():
        hold_month(monkeypatch, month(status=status))


@pytest.mark.parametrize(
    ("amount", "paid", "is_red"),
    [(149, 149, False), (154, 149, True), (79, 149, True), (154, 154, False), (149, 82, False), (177, 177, False)],
    ids=["its price", "dearer", "that of before", "with a tax", "a part was paid", "with a tax on both"],
)
def test_a_month_of_the_plan_costs_what_the_plan_costs(
    monkeypatch: pytest.MonkeyPatch, amount: int, paid: int, *, is_red: bool
) -> None:
    with pytest.raises(BrokenPromiseError, match="at its price, 149 USD") if is_red else nullcontext():
        hold_month(monkeypatch, month(amount), paid)


@pytest.mark.parametrize("is_exclusive", [True, False])
def test_a_month_brings_no_package_that_nobody_bought(monkeypatch: pytest.MonkeyPatch, *, is_exclusive: bool) -> None:
    package = replace(month(20), credits=2_000)
    with pytest.raises(BrokenPromiseError, match="no further invoice for credits") if is_exclusive else nullcontext():
        hold_month(monkeypatch, package, is_exclusive=is_exclusive)
