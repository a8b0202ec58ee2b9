"""What stands on Billing beside plan and credits, and whether it is still there."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors import billing_contents
from steps.actors.billing_contents import BillingContents, contents_of, hold_shown
from steps.pages.billing_information import information_on
from steps.pages.input_device import MouseInput
from steps.pages.invoice_walk import InvoiceWalk
from steps.readers.invoices.invoices import Invoice
from steps.readers.money.money import Money
from steps.readers.workspace.information import gone_from
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=0.1))
ENTERED = ("Company Name", "Engines Ltd", "PO Number", "PO-7", "Email for receipts", "a@b.example")


def invoice(number: int) -> Invoice:
    price = Money(Decimal(9), "USD")
    return Invoice(f"INV-{number}", f"INV-{number}", date(2026, 1, number), price, None, "", "Paid", number, number)


FIRST, SECOND, THIRD = map(invoice, (1, 2, 3))
SOUND = BillingContents((SECOND, FIRST), ENTERED)


@pytest.mark.parametrize(
    ("now", "gone"),
    [
        (ENTERED, []),
        ((*ENTERED, "Tax ID", "not given"), []),
        (("No billing information yet.",), list(ENTERED)),
        ((*ENTERED[:3], "not given", *ENTERED[4:]), ["PO-7"]),
    ],
)
def test_what_was_entered_and_does_not_show_is_gone(now: tuple[str, ...], gone: list[str]) -> None:
    assert gone_from(ENTERED, now) == gone


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("No billing information yet.",), ENTERED),
        ((*ENTERED, "Updated 2 minutes ago"), ENTERED),
        ((*ENTERED, "No card on file"), (*ENTERED, "Visa ending in 4242")),
        ((*ENTERED, "Default: none"), (*ENTERED, "Default: Visa 4242")),
        ((*ENTERED, "Since 2 November 2026"), ENTERED),
        ((*ENTERED, "used 12 credits"), (*ENTERED, "used 20 credits")),
    ],
)
def test_what_changes_by_itself_is_not_gone(before: tuple[str, ...], now: tuple[str, ...]) -> None:
    assert gone_from(before, now) == []


def test_the_section_is_read_without_what_is_pressed(page: Page) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><h2>Billing Information</h2><dl><dt>Company Name</dt><dd>Engines Ltd</dd></dl>"
        "<button>Manage</button><h2>Invoices</h2><p>INV-1</p>"
    )
    assert information_on(page, PROFILE) == ("Company Name", "Engines Ltd")
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    assert information_on(page, PROFILE) == ()


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        ("<div>Payment received: 2,000 credits</div>", ""),
        ("<div role=status>Order 7: thank you!</div>", ""),
        ("<p style='position: fixed; bottom: 0; width: 200px'>Order 7: thank you!</p>", ""),
        ("", "<div>Order 7: thank you!</div>"),
    ],
    ids=["of a payment", "announced", "fixed", "at the end of the page"],
)
def test_a_message_that_passes_by_is_no_billing_information(page: Page, inside: str, behind: str) -> None:
    page.set_content(
        "<div><section><h2>Current Plan</h2><p>Pro</p></section><section><h2>Invoices</h2><p>INV-1</p></section>"
        f"<section><h2>Billing Information</h2><p>Engines Ltd</p>{inside}</section></div>{behind}"
    )
    assert gone_from(information_on(page, PROFILE), ("Engines Ltd",)) == []


@pytest.mark.parametrize(
    ("now", "is_paged", "is_ours", "broken"),
    [
        (SOUND, False, True, ""),
        (BillingContents((THIRD, SECOND, FIRST), ENTERED), False, True, ""),
        (BillingContents((THIRD, SECOND), ENTERED), False, True, "doc:billing.6"),
        (BillingContents((THIRD, SECOND), ENTERED), True, True, ""),
        (BillingContents((SECOND,), ENTERED), True, True, "doc:billing.6"),
        (BillingContents((SECOND, FIRST), ()), False, True, "doc:billing.5"),
        (BillingContents((SECOND, replace(FIRST, status="Refunded")), ENTERED), False, True, "doc:billing.6"),
        (BillingContents((), ()), False, False, "unknown"),
        (BillingContents((), ()), False, True, "doc:billing.6"),
    ],
)
def test_what_billing_showed_is_still_there(
    monkeypatch: pytest.MonkeyPatch, now: BillingContents, broken: str, *, is_paged: bool, is_ours: bool
) -> None:
    target = SimpleNamespace(profile=PROFILE, sets_up=is_ours)
    member = cast("Any", SimpleNamespace(target=target, page=None, doubts=[], input=None, billing_anew=lambda: None))
    monkeypatch.setattr(billing_contents, "contents_of", lambda _: now)
    monkeypatch.setattr(billing_contents, "is_on_another_page", lambda *_: is_paged)
    monkeypatch.setattr(InvoiceWalk, "all", lambda _: list(now.invoices))
    is_red = broken.startswith("doc")
    with pytest.raises(BrokenPromiseError) if is_red else nullcontext() as raised:
        hold_shown(member, SOUND, "as before")
    assert not is_red or cast("Any", raised).value.promise == broken
    assert bool(member.doubts) == (broken == "unknown")


GROWS = """<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2><div id=box style="height:60px;overflow:auto"></div>
<script>const ROW = (n) => `<div style="height:30px">INV-${n} Nov ${n}, 2026 ${n},000 credits $${n}.00</div>`;
let all = [5, 4, 3, 2, 1], shown = 3, busy = false;
const draw = (rest) => { box.innerHTML = all.slice(0, shown).map(ROW).join("") + rest; };
const buy = () => { all = [6, ...all.filter((n) => n !== LOST)]; shown = 3; draw(""); };
box.onscroll = () => { if (busy || shown >= all.length) return; busy = true; draw("<p>Loading…</p>");
  setTimeout(() => { busy = false; shown += 2; draw(""); }, 800); };
draw("");</script>"""


@pytest.mark.parametrize("lost", [0, 3])
def test_a_list_that_goes_on_below_is_scrolled_before_an_invoice_is_missed(page: Page, lost: int) -> None:
    page.set_content(GROWS.replace("LOST", str(lost)))
    target = SimpleNamespace(profile=Profile(base_url="http://site.example", limits=Limits(page=6)), sets_up=True)
    member = cast(
        "Any",
        SimpleNamespace(target=target, page=page, doubts=[], input=MouseInput(), billing_anew=lambda: None),
    )
    before = contents_of(member)
    page.evaluate("buy()")
    with pytest.raises(BrokenPromiseError, match="INV-3") if lost else nullcontext():
        hold_shown(member, before, "as before")
    assert not member.doubts


@pytest.mark.parametrize("is_kept", [True, False])
def test_who_was_left_on_another_page_of_the_list_looks_at_the_first_one(page: Page, *, is_kept: bool) -> None:
    pages = [
        "<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2>"
        + "".join(f"<p>INV-{n} Nov {n}, 2026 {n},000 credits ${n}.00</p>" for n in numbers)
        for numbers in ([4, 3], [2, 1], [4])
    ]
    page.set_content(pages[0])
    profile = Profile(base_url="http://site.example", limits=Limits(page=3))
    member = cast(
        "Any",
        SimpleNamespace(
            target=SimpleNamespace(profile=profile, sets_up=True),
            page=page, doubts=[], input=MouseInput(),
            billing_anew=lambda: page.set_content(pages[0 if is_kept else 2]),
        ),
    )  # fmt: skip
    before = contents_of(member)
    page.set_content(pages[1])
    with nullcontext() if is_kept else pytest.raises(BrokenPromiseError, match="INV-3"):
        hold_shown(member, before, "as before")


@pytest.mark.parametrize(
    ("now", "is_ours", "is_red"),
    [
        (BillingContents((), ENTERED), False, False),
        (BillingContents((SECOND, FIRST), ()), False, False),
        (BillingContents((SECOND,), ENTERED), False, True),
        (BillingContents((), ENTERED), True, True),
    ],
)
def test_another_member_of_a_site_may_be_shown_no_invoices_at_all(
    monkeypatch: pytest.MonkeyPatch, now: BillingContents, *, is_ours: bool, is_red: bool
) -> None:
    target = SimpleNamespace(profile=PROFILE, sets_up=is_ours)
    colleague = cast("Any", SimpleNamespace(target=target, page=None, doubts=[], billing_anew=lambda: None))
    monkeypatch.setattr(billing_contents, "contents_of", lambda _: now)
    monkeypatch.setattr(billing_contents, "is_on_another_page", lambda *_: False)
    with pytest.raises(BrokenPromiseError) if is_red else nullcontext():
        hold_shown(colleague, SOUND, "to another member", by_another=True)
    assert bool(colleague.doubts) == (not is_red)
