"""The site's pages in a real browser: the journey in its variants, and all that stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.fake.support.visiting import PAYMENT_PAGE, Visit, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fake.conftest import Control


@pytest.fixture
def visit(control: Control, page: Page) -> Iterator[Callable[..., Visit]]:
    yield from visits(control, page)


def test_the_way_from_anywhere_to_billing(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.to("/users")
    here.page.get_by_role("button", name="User profile").click()
    here.page.get_by_role("menuitem", name="Workspace Settings").click()
    here.page.get_by_role("tab", name="Billing").click()
    expect(here.page.get_by_role("heading", name="Current Plan", exact=True)).to_be_visible()
    section = here.page.get_by_role("region", name="Current Plan")
    expect(section.get_by_role("button")).to_have_text(["Upgrade plan", "Add credits"])
    bar = section.get_by_role("progressbar", name="Credits")
    expect(bar).to_have_attribute("aria-valuenow", "14800")
    expect(bar).to_have_attribute("aria-valuemax", "15500")
    here.page.go_back()
    expect(here.page.get_by_role("tab", name="General")).to_have_attribute("aria-selected", "true")
    expect(section).to_be_hidden()


@pytest.mark.parametrize("choice", ["buttons", "cards", "radios"])
@pytest.mark.parametrize("prices", ["shown", "hidden"])
def test_each_way_of_choosing_leads_to_the_payment(visit: Callable[..., Visit], choice: str, prices: str) -> None:
    here = visit(variant={"package_choice": choice, "prices": prices, "popup_motion": "animated"})
    here.open_packages()
    dialog = here.page.get_by_role("dialog")
    expect(dialog.get_by_text("$20.00")).to_have_count(1 if prices == "shown" else 0)
    confirm = dialog.get_by_role("button", name="Continue to payment")
    expect(confirm).to_have_count(0 if choice == "buttons" else 1)
    if choice != "buttons":
        expect(confirm).to_be_disabled()
    here.package("22,000", "radio" if choice == "radios" else "button").click()
    if choice != "buttons":
        confirm.click()
    here.pay()
    here.shows(22_500)


@pytest.mark.parametrize("landing", ["billing", "success"])
@pytest.mark.parametrize("balance", ["fresh", "delayed", "after-reload"])
def test_each_landing_shows_what_was_bought_sooner_or_later(
    visit: Callable[..., Visit], landing: str, balance: str
) -> None:
    here = visit(variant={"landing": landing, "balance": balance})
    here.open_packages()
    here.package("2,000").click()
    here.pay()
    if landing == "success":
        expect(here.page.get_by_role("heading", name="Payment successful")).to_be_visible()
        here.page.get_by_role("link", name="Back to Billing").click()
    expect(here.page.get_by_role("status")).to_have_text(re.compile("2,000 credits were added"))
    if balance != "fresh":
        here.shows(500)
    if balance == "after-reload":
        here.page.reload()
    here.shows(2_500)
    here.page.reload()
    here.shows(2_500)


@pytest.mark.parametrize("choice", ["buttons", "radios"])
def test_paying_in_a_new_tab_is_seen_in_the_old_one(visit: Callable[..., Visit], choice: str) -> None:
    here = visit(variant={"payment_tab": "new", "package_choice": choice})
    here.open_packages()
    with here.page.expect_popup() as popup:
        if choice == "radios":
            here.package("4,000", "radio").click()
            here.button("Continue to payment").click()
        else:
            here.package("4,000").click()
    expect(here.page.get_by_role("dialog")).to_have_count(0)
    expect(here.page.get_by_role("status")).to_have_text(re.compile("Finish your payment in the other tab"))
    here.pay(popup.value)
    here.shows(4_500, popup.value)
    here.shows(4_500)


def test_a_choice_that_fails_says_so_and_can_be_tried_again(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["choosing-fails"], variant={"payment_tab": "new"})
    here.open_packages()
    here.package("2,000").click()
    expect(here.page.get_by_role("alert")).to_have_text(re.compile("Please try again later"))
    here.control.ask("PUT", f"/workspaces/{here.seeded['id']}/faults", {"faults": []})
    with here.page.expect_popup() as popup:
        here.package("2,000").click()
    popup.value.wait_for_url(PAYMENT_PAGE)


def test_pressing_twice_buys_once(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.open_packages()
    here.package("2,000").dblclick()
    here.page.wait_for_url(PAYMENT_PAGE)
    assert len(here.state()["purchases"]) == 1


def test_coming_back_by_the_browser_another_package_can_be_chosen(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.open_packages()
    here.package("2,000").click()
    here.page.wait_for_url(PAYMENT_PAGE)
    here.page.go_back()
    here.page.keyboard.press("Escape")
    here.open_packages()
    here.package("6,000").click()
    here.pay()
    here.shows(6_500)


def test_coming_back_by_the_payment_pages_link_says_that_nothing_was_charged(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.open_packages()
    here.package("2,000").click()
    here.page.wait_for_url(PAYMENT_PAGE)
    here.page.get_by_test_id("business-link").click()
    expect(here.page.get_by_role("status")).to_have_text(re.compile("Nothing was charged"))
    here.shows(500)


def test_leaving_the_popup_gives_the_focus_back(visit: Callable[..., Visit]) -> None:
    here = visit()
    for leave in (
        lambda: here.page.keyboard.press("Escape"),
        lambda: here.button("Close").click(),
        lambda: here.page.mouse.click(5, 5),
    ):
        here.open_packages()
        leave()
        expect(here.page.get_by_role("dialog")).to_have_count(0)
        expect(here.button("Add credits")).to_be_focused()
    here.shows(500)


def test_the_help_in_the_popup_leads_to_the_plans_and_to_support(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.open_packages()
    dialog = here.page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="support@diaflow.io")).to_have_attribute("href", "mailto:support@diaflow.io")
    dialog.get_by_role("link", name="Upgrade/Downgrade a subscription").click()
    expect(here.page.get_by_role("dialog", name="Choose a plan")).to_be_visible()


def test_an_upgrade_is_paid_and_shown(visit: Callable[..., Visit]) -> None:
    here = visit(plan="Pro")
    here.button("Upgrade plan").click()
    here.button("Upgrade to Business").click()
    here.pay()
    expect(here.page.get_by_role("status")).to_have_text("Payment successful. Your plan is now Business.")
    expect(here.page.get_by_role("definition").first).to_have_text("Business")


def test_a_downgrade_is_announced_and_taken_back(visit: Callable[..., Visit]) -> None:
    here = visit(plan="Pro")
    here.button("Upgrade plan").click()
    here.button("Downgrade to Basic").click()
    expect(here.page.get_by_text(re.compile(r"Changes to Basic on \d"))).to_be_visible()
    here.button("Upgrade plan").click()
    here.button("Keep Pro").click()
    expect(here.page.get_by_text(re.compile("Changes to Basic"))).to_have_count(0)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.button("Enter billing information").click()
    here.page.get_by_label("Tax ID").fill("§ 1")
    here.page.get_by_label("PO Number").fill("PO-9")
    here.button("Save").click()
    company = here.page.get_by_label("Company Name")
    expect(company).to_have_accessible_description("Enter the company name.")
    expect(company).to_be_focused()
    expect(here.page.get_by_label("Tax ID")).to_have_accessible_description(re.compile("^Use letters"))
    expect(here.page.get_by_label("Tax ID")).to_have_value("§ 1")
    expect(here.page.get_by_label("PO Number")).to_have_value("PO-9")
    here.page.get_by_label("Tax ID").fill("GB 1")
    company.fill("<b>Engines</b>")
    here.page.get_by_label("Email for receipts").fill("a@b.example")
    here.button("Save").click()
    expect(here.page.get_by_text("<b>Engines</b>")).to_be_visible()
    expect(here.button("Manage")).to_be_focused()


def test_without_invoices_the_section_says_what_comes_there(visit: Callable[..., Visit]) -> None:
    here = visit()
    invoices = here.page.get_by_role("region", name="Invoices")
    expect(invoices.get_by_text("No invoices yet. Your payments will be listed here.")).to_be_visible()
    expect(invoices.get_by_role("table")).to_have_count(0)


def test_invoices_are_filtered_paged_and_downloaded(visit: Callable[..., Visit]) -> None:
    here = visit(invoices=23)
    table = here.page.get_by_role("table", name="Invoices")
    expect(table.get_by_role("row")).to_have_count(11)
    here.button("Next").click()
    expect(here.page.get_by_text("Page 2 of 3")).to_be_visible()
    here.page.get_by_label("Type").select_option("Plan")
    expect(table.get_by_role("row")).to_have_count(6)
    here.page.get_by_label("From").fill("2100-01-01")
    expect(here.page.get_by_text("No invoices match these filters.")).to_be_visible()
    here.page.get_by_label("From").fill("")
    with here.page.expect_download() as download:
        here.page.get_by_role("link", name="Download receipt").first.click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_run_at_zero_completes_after_buying(visit: Callable[..., Visit]) -> None:
    here = visit(used_credits=15_000, add_on_credits=0)
    here.to("/flows")
    here.button("Run").click()
    expect(here.page.get_by_role("status")).to_contain_text("0 credit")
    here.page.get_by_role("link", name="Go to Billing").click()
    here.open_packages()
    here.package("2,000").click()
    here.pay()
    here.page.get_by_role("link", name="Flows").click()
    here.button("Run").click()
    expect(here.page.get_by_role("status")).to_have_text("Run completed: 1 credit used, 1,999 left.")


def test_a_site_that_does_not_answer_is_said_to_be_so(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.shows(500)
    here.page.context.set_offline(True)
    here.button("Add credits").click()
    expect(here.page.get_by_role("status")).to_have_text(re.compile("cannot be reached"))
    here.page.context.set_offline(False)
    here.open_packages()


def test_one_who_was_signed_out_meanwhile_comes_back_to_billing(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.shows(500)
    here.page.context.clear_cookies()
    here.button("Add credits").click()
    here.page.get_by_label("E-mail address").fill(here.seeded["members"][0]["email"])
    here.page.get_by_label("Password").fill(here.seeded["members"][0]["password"])
    here.button("Sign in").click()
    here.shows(500)


def test_logging_out_ends_at_the_sign_in_page(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.page.get_by_role("button", name="User profile").click()
    here.page.get_by_role("menuitem", name="Log out").click()
    expect(here.page.get_by_role("heading", name="Sign in")).to_be_visible()
    here.to("/settings/billing")
    expect(here.page.get_by_role("heading", name="Sign in")).to_be_visible()
