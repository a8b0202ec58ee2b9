"""The invoices of a purchase are looked for, counted, and named as before; what was not paid for has none."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.actors.purchase_invoices import (
    hold_charged_once,
    hold_invoiced,
    hold_not_invoiced,
    hold_still_invoiced,
    repeated,
)
from steps.pages.payment_outcome import Outcome
from steps.readers.invoices.invoices import Invoice
from steps.readers.money.money import Money
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

SITE = "http://site.example"
PROFILE = Profile(base_url=SITE, limits=Limits(page=2))
CURRENT_PLAN = "<h2>Current Plan</h2><p>Pro</p><p>Monthly credits 900</p>"
ROW = "<tr><td>INV-{0}</td><td>Nov 2, 2026</td><td>{1}</td><td>$9.00</td></tr>"


@pytest.mark.parametrize(
    ("status", "outcome", "is_red"),
    [("Open", None, True), ("Failed", None, False), ("Open", "refused", False), ("Paid", "refused", True)],
)
def test_what_was_left_is_not_listed_as_due(
    monkeypatch: pytest.MonkeyPatch, status: str, outcome: str | None, *, is_red: bool
) -> None:
    price = Money(Decimal(36), "USD")
    new = Invoice("4,000 credits", "INV-7", date(2026, 11, 29), price, 4_000, "Credits", status, 0, 0)
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: [new])
    monkeypatch.setattr("steps.actors.purchase_invoices.loaded_invoices_on", lambda *_: [new])
    member: Any = SimpleNamespace(page=None, target=SimpleNamespace(profile=PROFILE, is_exclusive=True))
    purchase: Any = SimpleNamespace(
        amount=4_000, paid_for=None, invoices_before=(), outcome=outcome and SimpleNamespace(kind=outcome)
    )
    with pytest.raises(BrokenPromiseError, match="not paid") if is_red else nullcontext():
        hold_not_invoiced(member, purchase)


@pytest.mark.parametrize(("credits_", "is_red"), [(4_000, True), (6_000, False), (None, False)])
def test_packages_are_not_charged_for_again(
    monkeypatch: pytest.MonkeyPatch, credits_: int | None, *, is_red: bool
) -> None:
    price = Money(Decimal(36), "USD")
    new = Invoice("Payment", "INV-7", date(2026, 11, 29), price, credits_, "", "Paid", 0, 0)
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: [new])
    monkeypatch.setattr("steps.actors.purchase_invoices.loaded_invoices_on", lambda *_: [new])
    bought: Any = SimpleNamespace(amount=4_000)
    member: Any = SimpleNamespace(page=None, target=SimpleNamespace(profile=PROFILE), purchases=[bought])
    with pytest.raises(BrokenPromiseError, match="Payment") if is_red else nullcontext():
        hold_charged_once(member, cast("Any", SimpleNamespace(invoices_before=())))


@pytest.mark.parametrize(("day", "is_red"), [(29, True), (30, False)])
def test_a_month_of_the_plan_is_charged_once(monkeypatch: pytest.MonkeyPatch, day: int, *, is_red: bool) -> None:
    price = Money(Decimal(49), "USD")
    months = [
        Invoice("Pro plan", f"INV-{one}", date(2026, 11, one), price, None, "", "Paid", 0, 0, day=str(one))
        for one in (29, day)
    ]
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: months)
    monkeypatch.setattr("steps.actors.purchase_invoices.loaded_invoices_on", lambda *_: months)
    member: Any = SimpleNamespace(page=None, target=SimpleNamespace(profile=PROFILE), purchases=[])
    with pytest.raises(BrokenPromiseError, match="charged once") if is_red else nullcontext():
        hold_charged_once(member, cast("Any", SimpleNamespace(invoices_before=())))


LAZY = """<h2>Current Plan</h2><p>Pro</p><p>Monthly credits 900</p><div style="height:1500px">Usage</div>
<h2>Invoices</h2><p id=rows>Loading\u2026</p><script>new IntersectionObserver(([one]) => { if (one.isIntersecting)
rows.outerHTML = "<table>[ROW]</table>"; }).observe(rows);</script>"""


def member_on(page: Page, body: str) -> Member:
    page.context.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=body))
    today = datetime(2026, 11, 2, 12, tzinfo=UTC)
    target = SimpleNamespace(profile=PROFILE, is_exclusive=True, sets_up=True, now=lambda _: today)
    member = Member(cast("Any", target), Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.page.goto(f"{SITE}/billing")
    return member


def test_an_invoice_is_looked_for_in_a_list_that_loads_once_it_is_in_view(page: Page) -> None:
    member = member_on(page, LAZY.replace("[ROW]", ROW.format(1, "6,000 credits")))
    purchase = Purchase(before=member.billing().credits(), amount=6_000)
    hold_invoiced(member, purchase, 6_000, "6,000 credits")
    assert purchase.is_invoiced


@pytest.mark.parametrize(
    ("day", "is_red"), [("Nov 2, 2026", False), ("Nov 3, 2026", True), ("11/02/2026", False), ("02/11/2026", False)]
)
def test_the_invoice_of_each_purchase_is_of_today(page: Page, day: str, *, is_red: bool) -> None:
    row = ROW.format(1, "6,000 credits").replace("Nov 2, 2026", day)
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{row}</table>")
    purchase = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="an invoice of today, 2026-11-02") if is_red else nullcontext():
        hold_invoiced(member, purchase, 6_000, "6,000 credits")


@pytest.mark.parametrize(("type_", "is_red"), [("Credits", False), ("Plan", True), ("Add-on for your plan", False)])
def test_the_invoice_of_each_purchase_is_one_for_credits(page: Page, type_: str, *, is_red: bool) -> None:
    head = "<tr><th>Invoice<th>Date<th>Item<th>Amount<th>Type</tr>"
    row = ROW.format(1, "6,000 credits").replace("</tr>", f"<td>{type_}</td></tr>")
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{head}{row}</table>")
    purchase = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="whose type is “Plan”") if is_red else nullcontext():
        hold_invoiced(member, purchase, 6_000, "6,000 credits")


@pytest.mark.parametrize(
    ("words", "is_red"),
    [
        (" (monthly)", True),
        (", renews every month", True),
        (" (one-time)", False),
        (" for May", False),
    ],
)
def test_the_invoice_of_a_package_is_of_no_subscription(page: Page, words: str, *, is_red: bool) -> None:
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{ROW.format(1, f'6,000 credits{words}')}</table>")
    paid = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="for 6,000 credits, once") if is_red else nullcontext():
        hold_invoiced(member, paid, 6_000, "6,000 credits")


@pytest.mark.parametrize(("item", "is_red"), [("6,000 credits &times; 2", True), ("6,000 credits &times; 1", False)])
def test_the_invoice_of_a_package_is_for_it_one_time(page: Page, item: str, *, is_red: bool) -> None:
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{ROW.format(1, item)}</table>")
    paid = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="one time") if is_red else nullcontext():
        hold_invoiced(member, paid, 6_000, "6,000 credits")


@pytest.mark.parametrize(("words", "is_red"), [("for undefined", True), ("null", True), ("for Ada", False)])
def test_an_invoice_is_in_words(page: Page, words: str, *, is_red: bool) -> None:
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{ROW.format(1, f'6,000 credits {words}')}</table>")
    paid = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="an invoice in words") if is_red else nullcontext():
        hold_invoiced(member, paid, 6_000, "6,000 credits")


@pytest.mark.parametrize(("beside", "is_red"), [("4,000", True), ("2,000", False)])
def test_what_was_left_is_not_on_the_invoice_of_another_package(page: Page, beside: str, *, is_red: bool) -> None:
    row = ROW.format(1, f"6,000 add-on credits, {beside} add-on credits")
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{row}</table>")
    before = member.billing().credits()
    left, paid = Purchase(before, 4_000), Purchase(before, 6_000, outcome=Outcome("left", ""), invoices_before=())
    member.purchases += [left, paid]
    with pytest.raises(BrokenPromiseError, match="and for nothing else") if is_red else nullcontext():
        hold_invoiced(member, paid, 6_000, "6,000 credits")


@pytest.mark.parametrize(("item", "is_red"), [("6,000 credits", True), ("Payment", False)])
def test_a_payment_has_one_invoice_as_far_as_they_tell_whose_they_are(page: Page, item: str, *, is_red: bool) -> None:
    rows = "".join(ROW.format(number, item) for number in (2, 1))
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{rows}</table>")
    purchase = Purchase(member.billing().credits(), 6_000, outcome=Outcome("left", ""), invoices_before=())
    member.purchases.append(purchase)
    with (
        pytest.raises(BrokenPromiseError, match="for each payment, of which there were 1") if is_red else nullcontext()
    ):
        hold_invoiced(member, purchase, 6_000, "6,000 credits")


def plan(number: str, amount: int = 149, day: date = date(2026, 11, 29)) -> Invoice:
    return Invoice(
        f"{number} Business plan ${amount}", number, day, Money(Decimal(amount), "USD"), None, "", "Paid", 0, 0
    )


@pytest.mark.parametrize(
    ("second", "is_red"),
    [(plan("INV-8"), True), (plan("INV-8", 12), False), (plan("INV-8", day=date(2026, 10, 29)), False)],
    ids=["again", "a part of it", "of the month before"],
)
def test_a_plan_is_invoiced_once(monkeypatch: pytest.MonkeyPatch, second: Invoice, *, is_red: bool) -> None:
    listed = [plan("INV-9"), second]
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: listed)
    now = SimpleNamespace(now=lambda _: datetime(2026, 11, 29, 12, tzinfo=UTC), is_exclusive=False, profile=PROFILE)
    member: Any = SimpleNamespace(page=None, account=None, target=now)
    with pytest.raises(BrokenPromiseError, match="no further invoice") if is_red else nullcontext():
        hold_still_invoiced(member, frozenset(), listed[:1])
    assert bool(repeated(listed)) is is_red


@pytest.mark.parametrize(
    ("unpaid", "status", "is_red"), [(6_000, "Paid", True), (6_000, "Failed", False), (4_000, "Paid", False)]
)
def test_what_was_left_is_not_invoiced_late(
    monkeypatch: pytest.MonkeyPatch, unpaid: int, status: str, *, is_red: bool
) -> None:
    late = replace(plan("INV-8"), credits=6_000, status=status)
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: [late, plan("INV-7")])
    now = SimpleNamespace(now=lambda _: datetime(2026, 11, 29, 12, tzinfo=UTC), is_exclusive=True, profile=PROFILE)
    member: Any = SimpleNamespace(page=None, account=None, target=now)
    with pytest.raises(BrokenPromiseError, match="no further invoice") if is_red else nullcontext():
        hold_still_invoiced(member, frozenset(), [plan("INV-7")], frozenset({unpaid}))


def test_an_upgrade_with_two_invoices_breaks_the_promise(page: Page) -> None:
    rows = "".join(ROW.format(number, "Business plan") for number in (2, 1))
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{rows}</table>")
    purchase = Purchase(member.billing().credits(), outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="one invoice for the plan"):
        hold_invoiced(member, purchase, None, "the plan")


def test_an_upgrade_whose_invoice_has_the_number_of_another_one_breaks_the_promise(page: Page) -> None:
    older = "".join(ROW.format(at, "4,000 credits") for at in (2, 1)).replace("Nov 2", "Oct 2")
    rows = ROW.format(2, "Business plan") + older
    member = member_on(page, f"{CURRENT_PLAN}<h2>Invoices</h2><table>{rows}</table>")
    purchase = Purchase(member.billing().credits(), outcome=Outcome("left", ""), invoices_before=())
    with pytest.raises(BrokenPromiseError, match="a number of its own"):
        hold_invoiced(member, purchase, None, "the plan")


@pytest.mark.parametrize(("stays", "is_red"), [(True, False), (False, True)])
def test_an_older_invoice_for_as_many_credits_is_not_that_of_a_purchase(
    monkeypatch: pytest.MonkeyPatch, *, stays: bool, is_red: bool
) -> None:
    own = replace(plan("INV-9"), credits=6_000)
    older = replace(plan("INV-2", day=date(2026, 3, 1)), credits=6_000)
    monkeypatch.setattr("steps.actors.purchase_invoices.invoices_on", lambda *_: [own, older] if stays else [older])
    monkeypatch.setattr("steps.actors.purchase_invoices.until", lambda holds, *_, **__: holds())
    now = SimpleNamespace(now=lambda _: datetime(2026, 11, 29, 12, tzinfo=UTC), is_exclusive=True, profile=PROFILE)
    member: Any = SimpleNamespace(page=None, account=None, target=now)
    with pytest.raises(BrokenPromiseError, match="still listed") if is_red else nullcontext():
        hold_still_invoiced(member, frozenset({6_000}), [own, older])
