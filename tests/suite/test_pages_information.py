"""The form with the billing information: what the page finds wrong with an entry, wherever it says so."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.billing_information import the_member_is_told, these_are_asked_for, what_was_entered_is_there
from steps.pages.billing_information import BillingInformation
from steps.pages.information_form import InformationForm
from steps.targets.labels import Labels, words
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

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
        "That doesn’t look like an email address.",
        "Your e-mail needs an @.",
        "Please enter an email address like name@example.com",
        "Enter an email address in the correct format",
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


@pytest.mark.parametrize(
    ("said", "is_red"),
    [
        ("Enter a valid email address", False),
        ("Please check: this is not valid.", False),
        ("Company name and e-mail are not valid.", False),
        ("Enter a valid Tax ID.", True),
    ],
)
def test_what_is_said_to_be_wrong_is_the_address(page: Page, said: str, *, is_red: bool) -> None:
    page.set_content(FORM.format(said))
    form = InformationForm(page, PROFILE)
    form.enter({"receipts_email": "accounts at example"})
    form.save()
    with pytest.raises(BrokenPromiseError, match="that the e-mail address is wrong") if is_red else nullcontext():
        the_member_is_told(form)


@pytest.mark.parametrize(("said", "told"), [("That looks odd to us.", "That looks odd to us."), ("Details saved.", "")])
def test_what_an_alert_says_is_a_complaint_unless_it_says_that_all_is_saved(page: Page, said: str, told: str) -> None:
    page.set_content(FORM.format(said).replace("<p id=said>", "<p id=said role=alert>"))
    form = InformationForm(page, PROFILE)
    form.enter({"receipts_email": "accounts at example"})
    form.save()
    assert form.complaint() == told


@pytest.mark.parametrize(("said", "is_told"), [("Something is missing after the @.", True), ("Saved", False)])
def test_what_comes_right_below_a_field_is_a_complaint_in_any_words(page: Page, said: str, *, is_told: bool) -> None:
    field = "<label for=it>Email for receipts</label><br><input id=it><div id=said></div><p>Kept for seven years.</p>"
    page.set_content(f"{field}<button onclick='said.textContent = `{said}`'>Save</button>")
    form = InformationForm(page, PROFILE)
    form.enter({"receipts_email": "accounts at example"})
    form.save()
    assert form.complaint() == (said if is_told else "")


def test_a_form_far_down_the_page_is_described_and_not_what_stands_above(page: Page) -> None:
    above = "".join(f"<button>Button {at}</button>" for at in range(90))
    page.set_content(f"{above}<label>Email for receipts <input></label><p>That is wrong.</p>")
    told = InformationForm(page, PROFILE).describe_page()
    assert "That is wrong." in told
    assert 'Button 3"' not in told


def test_what_is_offered_may_say_more_to_who_hears_it(page: Page) -> None:
    unseen = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    page.set_content(
        f"<h2>Billing Information</h2><a href=#>Manage<span style='{unseen}'> billing information</span></a>"
    )
    assert BillingInformation(page, PROFILE).offers("Manage")
    assert not BillingInformation(page, PROFILE).offers("Edit")


@pytest.mark.parametrize(
    ("names", "shown", "is_offered"),
    [
        (("Daten eingeben", "Verwalten"), "Verwalten", True),
        (("Daten eingeben", "Verwalten"), "Daten eingeben", False),
        (("Angaben",), "Angaben", True),
        (("Daten eingeben", "Verwalten"), "Manage", True),
    ],
)
def test_what_is_offered_goes_by_the_names_of_the_profile(
    page: Page, names: tuple[str, ...], shown: str, *, is_offered: bool
) -> None:
    labels = Labels(manage_information=words(*names))
    page.set_content(f"<h2>Billing Information</h2><button>{shown}</button>")
    profile = Profile(base_url="http://site.example", limits=Limits(page=1), labels=labels)
    assert BillingInformation(page, profile).offers("Manage") is is_offered


def test_fields_are_found_by_the_words_that_stand_before_them(page: Page) -> None:
    cells = "".join(
        f"<tr><td align=right>{name}:</td><td><input value='{at}'></td></tr>"
        for at, name in enumerate(("Company Name", "Tax ID", "PO Number", "Email for receipts"))
    )
    page.set_content(f"<h2>Billing Information</h2><form><table>{cells}</table><input type=submit value=Save></form>")
    assert InformationForm(page, PROFILE).values() == {
        "company_name": "0", "tax_id": "1", "po_number": "2", "receipts_email": "3"
    }  # fmt: skip


def test_an_example_in_a_field_does_not_hide_the_words_before_it(page: Page) -> None:
    form = "<div>Company Name</div><input placeholder='Acme Inc.'><div>Tax ID</div><input placeholder='FR12345678901'>"
    page.set_content(f"<h2>Billing Information</h2>{form}<button>Save</button>")
    InformationForm(page, PROFILE).enter({"tax_id": "DE1"})
    assert page.locator("input").last.input_value() == "DE1"


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


IN_STEPS = """<h2>Billing Information</h2><button onclick="show(0)">Manage</button><form onsubmit="return false"></form>
<script>const steps = [["Company Name", "Country"], ["Tax ID", "PO Number", "Email for receipts"], []];
const held = {{"Company Name": "Smith Ltd"}}; const form = document.forms[0]; window.saved = null;
const show = (at, said = "") => {{
  const field = one => `<label>${{one}} <input value="${{held[one] ?? ""}}" name="${{one}}"></label>`;
  form.innerHTML = steps[at].map(field).join("")
    + (at < 2 ? "<button>{on}</button>" : `<p>${{JSON.stringify(held)}}</p><button>Save</button>`) + `<p>${{said}}</p>`;
  form.onsubmit = () => {{
    for (const one of form.querySelectorAll("input")) held[one.name] = one.value;
    if (at === 0 && {insists} && !held.Country) show(0, "Enter a valid country");
    else if (at === 1 && /^[^@]+$/.test(held["Email for receipts"])) show(1, "Enter a valid e-mail address");
    else if (at < 2) show(at + 1); else {{ window.saved = {{...held}}; form.innerHTML = "" }}
    return false; }} }};</script>"""
"""Billing information that is asked for in three steps, the last of which shows what was entered."""


def _in_steps(page: Page, on: str = "Continue", *, insists: bool = False) -> InformationForm:
    page.set_content(IN_STEPS.format(on=on, insists=str(insists).lower()))
    section = BillingInformation(page, PROFILE)
    form = section.manage()
    assert form.look_through()
    page.evaluate("form.innerHTML = ''")
    section.open(form)
    return form


@pytest.mark.parametrize("on", ["Continue", "Next: tax", "Save and continue"])
def test_a_form_in_steps_is_gone_through(page: Page, on: str) -> None:
    form = _in_steps(page, on)
    assert form.fields() == ["company_name", "tax_id", "po_number", "receipts_email"]
    assert form.values()["company_name"] == "Smith Ltd"
    form.enter({"company_name": "Müller Ltd", "po_number": "PO-7"})
    form.save()
    assert not form.is_open()
    saved = page.evaluate("window.saved")
    assert (saved["Company Name"], saved["PO Number"], saved["Tax ID"]) == ("Müller Ltd", "PO-7", "")


def test_a_step_that_refuses_an_entry_says_so_and_keeps_the_others(page: Page) -> None:
    form = _in_steps(page)
    form.enter({"po_number": "PO-7", "receipts_email": "accounts at example"})
    form.save()
    assert form.complaint() == "Enter a valid e-mail address"
    assert form.values() == {
        "company_name": "Smith Ltd", "tax_id": "", "po_number": "PO-7", "receipts_email": "accounts at example"
    }  # fmt: skip
    assert page.evaluate("window.saved") is None


def test_a_step_that_is_not_reached_leaves_open_what_is_asked_for(page: Page) -> None:
    form = _in_steps(page, insists=True)
    assert (form.fields(), form.leads_nowhere) == (["company_name"], True)
    with pytest.raises(NotVerifiedError, match="A further step of the form does not show"):
        these_are_asked_for(form)


@pytest.mark.parametrize(("po_number", "told"), [("001871", ""), ("", "PO Number is “”, not “001871”")])
def test_what_a_form_has_lost_is_told_by_its_label(po_number: str, told: str) -> None:
    held = {"company_name": "Smith Ltd", "po_number": po_number, "receipts_email": "accounts at example"}
    form = cast("Any", SimpleNamespace(labels=Labels(), values=lambda: held))
    with pytest.raises(BrokenPromiseError) if told else nullcontext() as raised:
        what_was_entered_is_there(form, {"company_name": "Smith Ltd"})
    assert getattr(getattr(raised, "value", None), "seen", "") == told


LEFT = """<div role=dialog aria-modal=true>{0}<label>Company name <input></label><button>Save</button>{1}</div>
<p id=said></p>"""
CANCEL = "<br><button onclick=\"said.textContent = 'left'; this.parentElement.remove()\">Cancel</button>"
CORNER = "<button onclick=\"said.textContent = 'closed'\">Close</button><br>"


def test_a_form_is_left_by_what_stands_beside_saving_not_by_the_corner(page: Page) -> None:
    page.set_content(LEFT.format(CORNER, CANCEL))
    InformationForm(page, PROFILE).leave()
    assert page.locator("#said").text_content() == "left"


def test_a_form_that_has_no_way_out_is_left_with_its_page(page: Page) -> None:
    page.set_content(LEFT.format("", ""))
    InformationForm(page, PROFILE).leave()
    assert page.locator("input").count() == 0


def test_a_field_is_found_by_words_in_another_order_and_one_that_may_be_meant_is_asked_about(page: Page) -> None:
    other = "<label>Cost centre <input></label><label>City <input></label>"
    page.set_content(
        "<label>Company name <input></label><label>Tax ID <input></label>"
        f"<label>Receipts e-mail <input name=email type=email></label>{other}"
    )
    form = InformationForm(page, PROFILE)
    assert form.fields() == ["company_name", "tax_id", "receipts_email"]
    with pytest.raises(NotVerifiedError, match=r"Cost centre.*labels\.po_number"):
        these_are_asked_for(form)
    with pytest.raises(NotVerifiedError, match=r"labels\.po_number"):
        form.enter({"po_number": "1"})
    page.locator("label", has_text="Cost").evaluate("one => one.remove()")
    with pytest.raises(BrokenPromiseError, match="PO Number"):
        these_are_asked_for(form)
