"""What a list says of how many it has is held against how many it shows."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors import whole_list
from steps.actors.invoices import of_one_number
from steps.actors.whole_list import hold_whole
from steps.invoices import all_payments_are_listed
from steps.pages.invoices import Invoices
from steps.pages.users import UsersPage
from steps.readers.invoices.invoices import Invoice
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=1))
USERS = """<h2>{}</h2><table><tr><th>User<th>Role<th>Access<th>Last login
<tr><td>{} ada@example.com<td>Owner<td>All<td>Today<tr><td>Ben ben@example.com<td>Editor<td>All<td>Today</table>{}"""
INVOICES = """<h2>Invoices</h2><table><tr><th>Number<th>Date<th>Description<th>Amount
<tr><td>INV-2<td>Nov 2, 2026<td>6,000 credits<td>$57.00<tr><td>INV-1<td>Nov 1, 2026<td>2,000 credits<td>$20.00</table>
<p>{}</p>"""


@pytest.mark.parametrize(
    ("title", "below", "is_open"),
    [
        ("Users (7)", "", True),
        ("Users (2)", "", False),
        ("Users", "<p>3 members in total</p>", True),
        ("Users (3)", "<p>1 invitation pending</p>", False),  # whoever is invited may be counted
        ("Users (3)", "<p>2 members</p>", False),  # one of them is of something else
        ("Users", "<p>5 seats</p>", False),
    ],
)
def test_members_are_as_many_as_the_page_says(page: Page, title: str, below: str, *, is_open: bool) -> None:
    page.set_content(USERS.format(title, "Ada", below))
    with pytest.raises(NotVerifiedError, match="and 2 are listed: Ada") if is_open else nullcontext():
        assert len(UsersPage(page, PROFILE).everybody()) == 2


@pytest.mark.parametrize(("name", "told"), [("null null", "null null"), ("undefined", "undefined"), ("Nullah", "")])
def test_members_have_names(page: Page, name: str, told: str) -> None:
    page.set_content(USERS.format("Users", name, ""))
    assert UsersPage(page, PROFILE).everybody()[0].unwritten == told


def test_a_role_is_no_number(page: Page) -> None:
    page.set_content(USERS.format("Users", "Ada", "").replace("<td>Owner", "<td>1"))
    assert [one.missing for one in UsersPage(page, PROFILE).everybody()] == [("role",), ()]


@pytest.mark.parametrize(
    ("below", "is_exclusive", "verdict"),
    [
        ("1 invoice in all", True, "broken"),
        ("Total 1", True, "broken"),
        ("1 invoice in all", False, "open"),  # others may have paid since
        ("5 invoices in total", True, "open"),  # a row may be read as none of payments
        ("2 invoices in all", True, ""),
        ("1 invoice", True, ""),  # of this year, of this page
        ("Total: $77.00", True, ""),
    ],
)
def test_payments_are_as_many_as_the_list_says(page: Page, below: str, verdict: str, *, is_exclusive: bool) -> None:
    page.set_content(INVOICES.format(below))
    listed, doubts = Invoices(page, PROFILE).all(), list[str]()
    target = SimpleNamespace(profile=PROFILE, is_exclusive=is_exclusive, sets_up=True)
    member = SimpleNamespace(
        page=page, target=target, billing=lambda: None, billing_anew=lambda: None, billing_at="", doubts=doubts
    )
    with pytest.raises(BrokenPromiseError, match=below) if verdict == "broken" else nullcontext():
        all_payments_are_listed(cast("Any", member), listed, cast("Any", SimpleNamespace(payments=2)))
    assert bool(doubts) is (verdict == "open")


@pytest.mark.parametrize(
    ("above", "row", "told"),
    [
        ("", "", ""),
        ("<p role=alert>Some invoices could not be loaded.</p>", "", "Some invoices could not be loaded."),
        ("<p>You have no invoices yet.</p>", "", "You have no invoices yet."),
        ("<p>No taxes are included.</p>", "", ""),
        ("", "<tr><td>INV-0<td>Invalid Date<td>3,000 credits<td>$29.00", "Invalid Date"),
        ("", "<tr><td>INV-0<td>Oct 1, 2026<td>null<td>$29.00", "INV-0 Oct 1, 2026 null"),
    ],
)
def test_a_list_of_payments_contradicts_nothing(page: Page, above: str, row: str, told: str) -> None:
    page.set_content(INVOICES.format("").replace("<table>", f"{above}<table>").replace("</table>", f"{row}</table>"))
    listed, doubts = Invoices(page, PROFILE).all(), list[str]()
    target = SimpleNamespace(profile=PROFILE, is_exclusive=True, sets_up=False)
    member = SimpleNamespace(
        page=page, target=target, billing=lambda: None, billing_anew=lambda: None, billing_at="", doubts=doubts
    )
    with pytest.raises(BrokenPromiseError, match=told) if told else nullcontext():
        hold_whole(cast("Any", member), listed)


@pytest.mark.parametrize(
    ("numbers", "count"),
    [("AABCD", 2), ("AAABCDE", 3), ("AAAA", 0), ("AABB", 0), ("AAB", 2), ("ABC", 0)],
    ids=["two", "three", "of something else", "pairs", "two of three", "none"],
)
def test_numbers_that_some_payments_share(numbers: str, count: int) -> None:
    listed = [
        Invoice(number, number, date(2026, 11, at + 1), None, None, "", "", 0, 0) for at, number in enumerate(numbers)
    ]
    assert len(of_one_number(listed)) == count


@pytest.mark.parametrize(
    ("text", "is_red"), [("Receipt INV-1", False), ("Receipt INV-2", True), ("Receipt", False), ("", False)]
)
def test_a_filtered_list_gives_each_row_its_own_receipt(
    monkeypatch: pytest.MonkeyPatch, text: str, *, is_red: bool
) -> None:
    two = [Invoice(number, number, None, None, 6_000, "", "", 0, 0) for number in ("INV-2", "INV-1")]
    invoices = SimpleNamespace(on_this_page=lambda: two, receipt=lambda _: text)
    monkeypatch.setattr(whole_list, "invoices_of", lambda _: invoices)
    monkeypatch.setattr(whole_list, "words_of", str)
    with pytest.raises(BrokenPromiseError, match="that of INV-2") if is_red else nullcontext():
        whole_list.hold_receipts_filtered(cast("Any", None), two)
