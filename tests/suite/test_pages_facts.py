"""What page objects make of lists of invoices, plans and users, and of a form, however a site writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.pages.billing_information import InformationForm
from steps.pages.invoices import Invoice, Invoices, day_in
from steps.pages.money import money_in
from steps.pages.plans import PlanChoice
from steps.pages.users import UsersPage
from steps.pages.workflows import WorkflowResult
from steps.readers.fact import Fact
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))


@pytest.mark.parametrize(
    "text",
    [
        "22 November 2026",
        "November 22, 2026",
        "Nov 22, 2026",
        "22 Nov 2026",
        "2026-11-22",
        "11/22/2026",
        "A1-7 on 22 November 2026, paid",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_in(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "soon", "99 Brumaire 2026", "2026-13-40"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize(
    ("text", "number", "credits_", "price"),
    [
        ("7507B3C1-0001 22 November 2026 6,000 credits $57.00 Paid", "7507B3C1-0001", "6,000", "57.00 USD"),
        ("22 Nov 2026 INV/2026/17 1,200,000 Credits €7,799.00", "INV/2026/17", "1,200,000", "7799.00 EUR"),
        ("#17 2026-11-22 Pro plan 79.00 USD Download", "#17", None, "79.00 USD"),
        ("2026-11-22 22,000 credits 189.00 USD", "", "22,000", "189.00 USD"),
        ("22 November 2026 Credit pack (6,000 credits) $54 PDF", "", "6,000", "54 USD"),
    ],
)
def test_an_invoice_is_taken_apart(text: str, number: str, credits_: str | None, price: str) -> None:
    invoice = Invoice(text)
    assert (invoice.number, invoice.credits) == (number, credits_)
    assert [str(one) for one in invoice.prices] == [price]
    assert invoice.day == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "completed", "lacks"),
    [
        ("Run completed: 1 credit used, 0 credits left.", True, False),
        ("Run not completed: 0 credit left.", False, True),
        ("This run could not be completed. Not enough credits.", False, True),
        ("Run failed: the model did not answer.", False, False),
        ("Finished", True, False),
    ],
)
def test_a_run_that_is_said_to_have_stopped_is_no_completed_one(text: str, completed: bool, lacks: bool) -> None:  # noqa: FBT001 - table
    assert (WorkflowResult(text).completed, WorkflowResult(text).out_of_credits) == (completed, lacks)


TABLE = """<table><tr><th>Date</th><th>What</th><th>Amount</th></tr>{}</table>
<button id="next" {}>Next</button>"""
ROW = "<tr><td>{} November 2026</td><td style='display: inline'>{},000 credits</td><td>$9.00</td></tr>"


def rows(*numbers: int) -> str:
    return "".join(ROW.format(number, number) for number in numbers)


@pytest.mark.parametrize("grows", [False, True])
def test_invoices_are_read_page_after_page(page: Page, grows: bool) -> None:  # noqa: FBT001 - a way of paging
    pages = [rows(9, 8), rows(7, 6), rows(5)]
    shown = [("".join(pages[: at + 1]) if grows else one) for at, one in enumerate(pages)]
    page.set_content(TABLE.format(shown[0], ""))
    page.evaluate(
        """(pages) => { let at = 0; const next = document.getElementById('next');
        next.onclick = () => setTimeout(() => {
          const body = document.querySelector('tbody');
          body.innerHTML = body.rows[0].outerHTML + pages[++at]; next.disabled = at === pages.length - 1;
        }, 50); }""",
        shown,
    )
    assert [invoice.credits for invoice in Invoices(page, PROFILE).all()] == [f"{n},000" for n in (9, 8, 7, 6, 5)]


def test_rows_without_a_day_or_an_amount_are_no_invoices(page: Page) -> None:
    page.set_content(
        "<ul><li>Renews on 22 December 2026</li><li>Basic: $29.00</li></ul>" + TABLE.format(rows(3), "hidden")
    )
    assert len(Invoices(page, PROFILE).all()) == 1


PLANS = "<h3>Basic</h3><p>$29 <a href='#'>Choose</a></p><h3>Pro Internal</h3><p>Yours</p><h3>Business</h3>"


RENEWAL = "<h2>Current Plan</h2><p>15,000 credits each month for $99.00. Renews on 22 December 2026.</p>"
PAYMENT = "<{0}>22 November 2026 INV-0007 6,000 credits $24.00</{0}>"


@pytest.mark.parametrize("row", ["div", "li", "article"])
@pytest.mark.parametrize("plan", [RENEWAL, RENEWAL.replace("<p>", "<li>").replace("</p>", "</li>")])
@pytest.mark.parametrize(
    "title", ["<h2>Invoices</h2>", "<h3>Invoices (1)</h3>", "<a href='#'>Invoices</a><b>Invoices</b>"]
)
def test_the_plan_is_no_invoice(page: Page, plan: str, title: str, row: str) -> None:
    invoices = Invoices(page, PROFILE)
    page.set_content(plan + title)
    assert invoices.on_this_page() == []
    page.set_content(plan + title + PAYMENT.format(row))
    assert [(one.number, one.credits) for one in invoices.on_this_page()] == [("INV-0007", "6,000")]


def test_invoices_may_come_later_than_the_rest(page: Page) -> None:
    page.set_content(f"{RENEWAL}<h2>Invoices</h2><div id=late></div>")
    comes = "row => setTimeout(() => { document.getElementById('late').innerHTML = row }, 200)"
    page.evaluate(comes, PAYMENT.format("li"))
    assert [one.number for one in Invoices(page, PROFILE).on_this_page()] == ["INV-0007"]


def test_boxes_are_no_invoices_before_their_title_is_there(page: Page) -> None:
    page.set_content(RENEWAL)
    assert Invoices(page, PROFILE).on_this_page() == []


@pytest.mark.parametrize("around", ["<dialog open>{}</dialog>", "<aside>{}</aside>", "<div role='dialog'>{}</div>"])
def test_plans_are_what_was_not_there_before(page: Page, around: str) -> None:
    page.set_content("<div role='dialog'><h2>Current Plan</h2><p>Pro Internal</p><p>Team</p><p id='here'></p></div>")
    choice = PlanChoice(page, PROFILE)
    assert not choice.is_open()
    page.locator("#here").evaluate("(here, plans) => here.innerHTML = plans", around.format(PLANS))
    assert choice.is_open()
    assert sorted(choice.plans()) == ["Basic", "Business", "Pro Internal"]


@pytest.mark.parametrize(
    "layout", ["<li>{} <b>$9 a month</b> <button>Take it</button></li>", "<h3>{}</h3><p>€9.00</p>"]
)
def test_plans_of_names_that_nobody_knows_are_told_by_their_prices(page: Page, layout: str) -> None:
    page.set_content("<h2>Current Plan</h2><p>Heron</p><table><tr><td>Heron plan $9.00</td></tr></table><ul></ul>")
    choice = PlanChoice(page, PROFILE)
    assert not choice.is_open()
    plans = "".join(layout.format(name) for name in ("Wren", "Heron", "Sea Eagle")) + "<li>2,000 credits $18</li>"
    page.locator("ul").evaluate("(list, plans) => list.innerHTML = plans", plans)
    assert sorted(choice.plans()) == ["Heron", "Sea Eagle", "Wren"]


@pytest.mark.parametrize(
    ("section", "plan"),
    [
        ("<nav>Team</nav><h2>Current Plan</h2><p>Pro Internal</p>", "Pro Internal"),
        ("<h2>Current Plan &amp; Credits</h2><p>Your plan: Basic, until May</p>", "Basic"),
        ("<nav>Team</nav><h2>Current Plan &amp; Credits</h2><p>Heron plan, billed yearly</p>", "Heron"),
        ("<h2>Current Plan: Heron</h2>", "Heron"),
        ("<p>Business</p><h2>Current Plan</h2>", "Business"),
        ("<h2>Current Plan</h2>", ""),
    ],
)
def test_the_current_plan_is_named_in_its_section(page: Page, section: str, plan: str) -> None:
    numbers = "<p>Monthly credits 10 / 20</p><p>Add-on credits 5</p><button>Upgrade plan</button>"
    page.set_content(f"{section}{numbers}<h2>Invoices</h2><p>None yet</p>")
    seen = BillingPage(page, PROFILE).credits().plan
    assert (seen.value if isinstance(seen, Fact) else "") == plan


def test_the_credit_bar_is_the_one_where_the_credits_are(page: Page) -> None:
    credits_ = "<h2>Current Plan</h2><p>Basic</p><p>Monthly credits 10</p><progress value='10' max='2000'>10</progress>"
    offer = "<div role='dialog'><progress value='1' max='900'>1</progress><p>2,000 credits</p></div>"
    for settings in ("<main>{}</main>", "<div role='dialog'>{}</div>"):
        page.set_content(settings.format(credits_) + offer)
        assert [bar.whole for bar in BillingPage(page, PROFILE).credits().bars] == [2000]


def test_a_plan_is_no_part_of_another_ones_name(page: Page) -> None:
    page.set_content("")
    choice = PlanChoice(page, PROFILE)
    page.set_content(
        "<ul><li>Pro Internal <button onclick='document.title=`internal`'>Switch to Pro Internal</button></li>"
        "<li>Pro <button onclick='document.title=`pro`; this.closest(`ul`).remove()'>Switch to Pro</button></li></ul>"
    )
    choice.take("Pro")
    assert page.title() == "pro"


USERS = """<table role="table"><thead><tr><th>Name</th><th>Last login</th><th>Role</th><th>Access</th></tr></thead>
<tbody><tr><th scope="row">Ada<br>ada@example.com</th><td>Never</td><td>Owner</td><td>Full</td></tr>
<tr><th scope="row">Bea<br>bea@example.com</th><td></td><td>Member</td><td>Flows</td></tr></tbody></table>"""


def test_users_are_read_by_their_headings(page: Page) -> None:
    page.set_content("<table><tr><th>Credits</th></tr><tr><td>9</td></tr></table>" + USERS)
    ada, bea = UsersPage(page, PROFILE).members()
    assert (ada.role, ada.access, ada.last_login) == ("Owner", "Full", "Never")
    assert ada.is_of("ada@example.com")
    assert not ada.is_of("bea@example.com", "")
    assert bea.missing == ["last login"]


def test_a_list_without_a_documented_heading_lacks_what_it_tells(page: Page) -> None:
    page.set_content(USERS.replace("<th>Access</th>", "<th>Rights</th>"))
    assert UsersPage(page, PROFILE).members()[0].missing == ["access"]


def test_users_without_headings_cannot_be_judged(page: Page) -> None:
    row = "<tr><td>Ada</td><td>Owner</td><td>All</td><td>Today</td></tr>"
    page.set_content(f"<nav><a href='#'>Users</a></nav><h1>Users</h1><table>{row}</table>")
    assert UsersPage(page, PROFILE).shows()
    with pytest.raises(NotVerifiedError, match="no headings"):
        UsersPage(page, PROFILE).members()


FORM = """<form>
<label>Company Name <input value="Engines"></label><label for="t">Tax ID (optional)</label><input id="t">
<input placeholder="PO Number"><label for="e">Email for receipts *</label>
<input id="e" type="email" aria-invalid="true" aria-describedby="why"><p id="why">No address.</p></form>"""


def test_a_form_is_read_by_label_or_placeholder(page: Page) -> None:
    page.set_content(FORM)
    form = InformationForm(page, PROFILE)
    assert form.fields() == ["company_name", "tax_id", "po_number", "receipts_email"]
    form.enter({"tax_id": "17"})
    assert form.values() == {"company_name": "Engines", "tax_id": "17", "po_number": "", "receipts_email": ""}
    assert (form.invalid_fields(), form.error_message("receipts_email")) == (["receipts_email"], "No address.")


def test_a_field_that_is_not_asked_for_is_not_there(page: Page) -> None:
    page.set_content(FORM.replace("Tax ID", "Colour"))
    assert "tax_id" not in InformationForm(page, PROFILE).fields()


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("$18", "18 USD"),
        ("$8,290.00", "8290.00 USD"),
        ("7.800,00 €", "7800.00 EUR"),
        ("CHF 11’250.00", "11250.00 CHF"),
        ("CHF 11'250", "11250 CHF"),
        ("1\u202f350,00 €", "1350.00 EUR"),
    ],
)
def test_money_is_read_as_it_is_written_anywhere(written: str, amount: str) -> None:
    assert [str(one) for one in money_in(f"It’s 5 packages: {written} a month’s worth")] == [amount]
