"""What page objects make of runs, the current plan, forms and money, however a site writes them."""

from __future__ import annotations

from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.billing import the_section_offers
from steps.pages.billing import BillingPage
from steps.pages.information_form import InformationForm
from steps.readers.money.money import amounts_in
from steps.readers.page.fact import Fact
from steps.readers.workspace.workflow_results import WorkflowResult
from steps.targets.profile import Limits, Profile
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))


@pytest.mark.parametrize(
    ("text", "completed", "lacks"),
    [
        ("Run completed: 1 credit used, 0 credits left.", True, False),
        ("Run not completed: 0 credit left.", False, True),
        ("This run could not be completed. Not enough credits.", False, True),
        ("Run failed. Your balance is too low for this run.", False, True),
        ("Insufficient balance", False, True),
        ("This workflow needs 12 more credits.", False, True),
        ("Run failed: the model did not answer.", False, False),
        ("Finished", True, False),
    ],
)
def test_a_run_that_is_said_to_have_stopped_is_no_completed_one(text: str, completed: bool, lacks: bool) -> None:  # noqa: FBT001 - table
    assert (WorkflowResult(text).completed, WorkflowResult(text).out_of_credits) == (completed, lacks)


@pytest.mark.parametrize(
    ("section", "plan"),
    [
        ("<nav>Team</nav><h2>Current Plan</h2><p>Pro Internal</p>", "Pro Internal"),
        ("<h2>Current Plan &amp; Credits</h2><p>Your plan: Basic, until May</p>", "Basic"),
        ("<nav>Team</nav><h2>Current Plan &amp; Credits</h2><p>Heron plan, billed yearly</p>", "Heron"),
        ("<h2>Current Plan: Heron</h2>", "Heron"),
        ("<h2>Current Plan</h2>", ""),
    ],
)
def test_the_current_plan_is_named_in_its_section(page: Page, section: str, plan: str) -> None:
    numbers = "<p>Monthly credits 10 / 20</p><p>Add-on credits 5</p><button>Upgrade plan</button>"
    page.set_content(f"{section}{numbers}<h2>Invoices</h2><p>None yet</p>")
    seen = BillingPage(page, PROFILE).credits().plan
    assert (seen.value if isinstance(seen, Fact) else "") == plan


def test_messages_about_current_plan_quote_it_alone(page: Page) -> None:
    nav, other = "<nav><a href='#'>Home</a></nav>", "<h2>Invoices</h2><p>None yet</p>"
    page.set_content(
        f"{nav}<h2>Current Plan</h2><p>Pro</p><p>11,260 credits left</p><button>Add credits</button>{other}"
    )
    told = BillingPage(page, PROFILE).describe_current_plan().splitlines()[1:]
    assert [one.strip() for one in told] == [
        'heading "Current Plan" [level=2]', "text: Pro", "text: 11,260 credits left", 'button "Add credits"',
    ]  # fmt: skip
    page.set_content(f"{nav}{other}")
    assert 'link "Home"' in BillingPage(page, PROFILE).describe_current_plan()


def test_the_credit_bar_is_the_one_where_the_credits_are(page: Page) -> None:
    credits_ = "<h2>Current Plan</h2><p>Basic</p><p>Monthly credits 10</p><progress value='10' max='2000'>10</progress>"
    offer = "<div role='dialog'><progress value='1' max='900'>1</progress><p>2,000 credits</p></div>"
    for settings in ("<main>{}</main>", "<div role='dialog'>{}</div>"):
        page.set_content(settings.format(credits_) + offer)
        assert [bar.whole for bar in BillingPage(page, PROFILE).credits().bars] == [2000]


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
    assert [str(one) for one in amounts_in(f"It’s 5 packages: {written} a month’s worth")] == [amount]


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ("<button>Add credits</button>", ""),
        ("<button disabled>Add credits</button>", "it is disabled"),
        ("<button>Add credits</button><i style='position:fixed;inset:0'>Chat with us</i>", "it is covered by “Chat"),
        ("<button>Add credits</button><i style='position:fixed;inset:0'>News <button>Got it</button></i>", ""),
    ],
)
def test_what_the_section_offers_could_be_pressed_by_a_person(page: Page, button: str, why: str) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{button}<h2>Invoices</h2>")
    page.evaluate(
        "document.querySelector('i button')?.addEventListener('click', (on) => on.target.parentElement.remove())"
    )
    with pytest.raises(AssertionError, match=why) if why else nullcontext():
        the_section_offers(BillingPage(page, PROFILE), "Add credits")


def test_what_a_form_has_brought_is_loaded_anew_without_sending_the_form_twice(page: Page) -> None:
    class Site(Quiet, BaseHTTPRequestHandler):
        sent = 0

        def do_GET(self) -> None:
            body = f"<h2>Current Plan</h2><p>Sent {Site.sent}</p><form method=post><button>Billing</button></form>"
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def do_POST(self) -> None:
            Site.sent += 1
            self.do_GET()

    with serving(Site) as address:
        page.goto(f"{address}/billing?tab=1")
        with page.expect_navigation():
            page.click("button")
        billing = BillingPage(page, PROFILE)
        for _ in range(2):
            page.evaluate("document.body.append('still here')")
            billing.reload()
            assert "Sent 1" in page.inner_text("body")
            assert "still here" not in page.inner_text("body")
