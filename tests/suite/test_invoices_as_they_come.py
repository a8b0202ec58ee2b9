"""Invoices whose section comes after the rest of Billing, and whose days say of themselves neither day nor month."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors.invoices import beyond
from steps.actors.purchase import Purchase
from steps.invoices import Added, it_is_dated_today
from steps.pages.invoices import Invoices
from steps.readers.figures.dates import calendar_of
from steps.readers.invoices.invoices import Invoice
from steps.readers.workspace.user_rows import UserRow
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=20))
LATE = """<h2>Current Plan</h2><p>Pro</p><p>Renews on 12/29/2026</p><p>Monthly credits 900</p>
<h2>Billing Information</h2><p>No billing information yet.</p><div id=late></div><script>setTimeout(() => {
  late.innerHTML = `<h2>Invoices</h2><table>${["09/06/2026", "08/06/2026"].map((day, at) => `<tr><td>INV-${9 - at}
    <td>${day}<td>4,000 credits<td>$40.00`).join("")}</table>`; }, 700);</script>"""


def test_a_section_that_has_not_come_yet_is_no_empty_list(page: Page) -> None:
    page.set_content(LATE)
    purchase = Purchase(before=None)  # type: ignore[arg-type] # of no matter here
    purchase.note_contents(page, PROFILE)
    assert [one.number for one in purchase.invoices_before or ()] == ["INV-9", "INV-8"]
    page.set_content(LATE)
    assert [one.number for one in Invoices(page, PROFILE).on_this_page()] == ["INV-9", "INV-8"]


def test_a_payment_is_the_same_whatever_others_show_of_the_order_of_days(page: Page) -> None:
    late = LATE.replace("Renews on 12/29/2026", "")
    page.set_content(late)
    before = Invoices(page, PROFILE).on_this_page()
    page.set_content(late.replace('"08/06/2026"]', '"08/06/2026", "29/05/2026"]'))
    after = Invoices(page, PROFILE).on_this_page()
    assert [one.date for one in before] == [date(2026, 9, 6), date(2026, 8, 6)]
    assert [one.date for one in after] == [date(2026, 6, 9), date(2026, 6, 8), date(2026, 5, 29)]
    assert [one.day for one in beyond(after, before)] == ["29/05/2026"]


def test_the_page_around_a_list_tells_the_order_of_days(page: Page) -> None:
    page.set_content(LATE.replace("12/29/2026", "29/12/2026"))
    assert Invoices(page, PROFILE).on_this_page()[0].date == date(2026, 6, 9)


@pytest.mark.parametrize(("day", "is_red"), [("09/06/2026", False), ("08/06/2026", True)])
def test_a_day_that_is_today_in_another_order_is_in_doubt(day: str, *, is_red: bool) -> None:
    now = datetime(2026, 6, 9, 12, tzinfo=UTC)
    read = calendar_of(PROFILE).days_in(day)[0].date
    invoice = Invoice(f"INV-7 {day} $9.00", "INV-7", read, None, None, "", "", 0, -1, day=day)
    target = SimpleNamespace(now=lambda _: now, is_exclusive=False, sets_up=False, profile=PROFILE)
    member: Any = SimpleNamespace(target=target, account=None, doubts=[])
    with pytest.raises(BrokenPromiseError) if is_red else nullcontext():
        it_is_dated_today(member, Added(invoice, [invoice]))
    assert ['locale = "en-GB"' in one for one in member.doubts] == [True] * (not is_red)


@pytest.mark.parametrize(("told", "is_wrong"), [("12/06/2026", False), ("12/11/2026", True), ("29/12/2026", True)])
def test_a_last_login_is_to_come_only_if_it_is_in_whatever_order(told: str, *, is_wrong: bool) -> None:
    row = UserRow("Ada", "ada@example.com", "Owner", "Full", told, 0)
    assert row.wrong_login(date(2026, 6, 12), calendar_of(PROFILE, "", [told])) is is_wrong
