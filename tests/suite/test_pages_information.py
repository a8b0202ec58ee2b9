"""The form with the billing information: what the page finds wrong with an entry, wherever it says so."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.billing_information import what_was_entered_is_there
from steps.pages.billing_information import BillingInformation, InformationForm
from steps.targets.labels import Labels
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=1))
FORM = """<label>Company name <input></label><label>Email for receipts <input></label>
<p>Use a valid tax ID.</p><p id=said></p><button onclick="said.textContent = '{0}'">Save</button>"""


@pytest.mark.parametrize(
    "said",
    [
        "Enter a valid email address",
        "Invalid e-mail",
        "Nothing was saved. Please correct the e-mail address.",
        "",
        "Saved",
        "Please wait",
    ],
)
def test_a_complaint_counts_beside_no_field_too(page: Page, said: str) -> None:
    page.set_content(FORM.format(said))
    form = InformationForm(page, PROFILE)
    form.enter({"receipts_email": "accounts at example"})
    form.save()
    assert form.complaint() == (said if "mail" in said else "")


def test_fields_are_found_by_the_words_that_stand_before_them(page: Page) -> None:
    cells = "".join(
        f"<tr><td align=right>{name}:</td><td><input value='{at}'></td></tr>"
        for at, name in enumerate(("Company Name", "Tax ID", "PO Number", "Email for receipts"))
    )
    page.set_content(f"<h2>Billing Information</h2><form><table>{cells}</table><input type=submit value=Save></form>")
    assert InformationForm(page, PROFILE).values() == {
        "company_name": "0", "tax_id": "1", "po_number": "2", "receipts_email": "3"
    }  # fmt: skip


def test_what_news_lie_over_is_not_missing(page: Page) -> None:
    news = "<dialog id=over><h2>What is new</h2><button onclick=over.close()>Maybe later</button></dialog>"
    page.set_content(f"<h2>Billing Information</h2><p>Engines Ltd</p>{news}<script>over.showModal()</script>")
    assert BillingInformation(page, PROFILE).missing_values({"company_name": "Engines Ltd"}) == []


def test_what_billing_shows_in_shadow_trees_is_not_missing(page: Page) -> None:
    page.set_content(
        "<div><template shadowrootmode=open><p>Acme <b>Robotics</b></p><slot></slot></template><p>DE1</p></div>"
    )
    shown = BillingInformation(page, PROFILE)
    assert shown.missing_values({"company_name": "Acme Robotics", "tax_id": "DE1", "po_number": "PO-7"}) == ["PO-7"]


@pytest.mark.parametrize("is_marked", [True, False])
def test_an_objection_in_another_language_counts_where_the_field_is_marked(page: Page, *, is_marked: bool) -> None:
    said = "Bitte eine gültige E-Mail-Adresse angeben."
    page.set_content(FORM.format(said))
    if is_marked:
        page.evaluate("document.querySelector('button').addEventListener('click', () => "
                      "document.querySelectorAll('input')[1].setAttribute('aria-invalid', 'true'))")  # fmt: skip
    form = InformationForm(page, PROFILE)
    form.enter({"receipts_email": "accounts at example"})
    form.save()
    assert form.objection() == (said if is_marked else "")


@pytest.mark.parametrize(("po_number", "told"), [("001871", ""), ("", "PO Number is “”, not “001871”")])
def test_what_a_form_has_lost_is_told_by_its_label(po_number: str, told: str) -> None:
    held = {"company_name": "Smith Ltd", "po_number": po_number, "receipts_email": "accounts at example"}
    form = cast("Any", SimpleNamespace(labels=Labels(), values=lambda: held))
    with pytest.raises(BrokenPromiseError) if told else nullcontext() as raised:
        what_was_entered_is_there(form, {"company_name": "Smith Ltd"})
    assert getattr(getattr(raised, "value", None), "seen", "") == told
