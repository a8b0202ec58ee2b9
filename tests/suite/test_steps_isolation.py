"""Two workspaces do not know of each other: what one of them is called does not stand on the other's Billing."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps import workspace_isolation as steps
from steps.readers.invoices.invoices import Invoice
from steps.readers.money.money import Money
from steps.targets.profile import Profile
from steps.targets.target import WorkspaceSetup
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
BILLING = """<nav><b>{}</b></nav><main><h2>Current Plan</h2><p>Pro</p><h2>Billing Information</h2>
<dl><dt>Company Name<dd>{}</dl><h2>Invoices</h2></main>{}"""


@pytest.mark.parametrize(
    ("beside", "company", "further", "is_red"),
    [
        ("Contoso Ltd", "Northwind", "", True),
        ("Northwind", "Northwind", "", False),
        ("Northwind", "Northwind", "<p>Receipts go to CONTOSO, Ltd.</p>", True),
        ("Northwind", "Northwind", "<button>Contoso Ltd</button>", False),  # a way to another workspace of the member
        ("Contoso Ltd", "Contoso Ltd", "", False),  # both belong to one company
        ("Contoso Ltd & Sons", "Contoso Ltd & Sons", "", False),
        ("Northwind", "Northwind", "<title>Billing - Contoso Ltd</title><p>\u00a9 Contoso Ltd</p>", False),
    ],
)
def test_billing_does_not_name_the_other_company(
    page: Page, monkeypatch: pytest.MonkeyPatch, beside: str, company: str, further: str, *, is_red: bool
) -> None:
    other = page.context.new_page()
    page.set_content(BILLING.format(beside, company, further))
    other.set_content(BILLING.format("Contoso Ltd", "Contoso Ltd", ""))
    target = SimpleNamespace(sets_up=False, profile=PROFILE)
    member, neighbour = (cast("Any", SimpleNamespace(page=one, target=target)) for one in (page, other))
    monkeypatch.setattr(steps, "invoices_of", lambda _: SimpleNamespace(all=list[Any]))
    with pytest.raises(BrokenPromiseError, match=r"(?i)contoso") if is_red else nullcontext():
        steps.no_other_payments([], WorkspaceSetup((), "Pro"), member, neighbour)


@pytest.mark.parametrize(
    ("status", "body", "is_given"),
    [
        (200, b"%PDF-1.7 ...", True),
        (403, b"%PDF-1.7 ...", False),
        (403, b"No access: receipt INV-7, Pro plan, $49.00, belongs to another workspace.", True),
        (403, b"No access to INV-7.", False),
        (404, b"Not found", False),
    ],
)
def test_a_receipt_is_withheld_with_all_that_it_says(
    monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, *, is_given: bool
) -> None:
    theirs = Invoice("INV-7", "INV-7", None, Money(Decimal(49), "USD"), None, "", "", 0, 0)
    address = "http://site.example/receipts/INV-7.pdf"
    invoices = SimpleNamespace(on_this_page=lambda: [theirs], receipt_addresses=lambda _: ("", address))
    monkeypatch.setattr(steps, "invoices_of", lambda _: invoices)
    answer = SimpleNamespace(ok=status == 200, status=status, body=lambda: body, text=body.decode)
    request = SimpleNamespace(get=lambda _: answer)
    member = cast("Any", SimpleNamespace(context=SimpleNamespace(request=request)))
    assert bool(steps.the_member_opens_their_receipt(member, cast("Any", None))) is is_given
