"""Faults that only a browser shows: what is dead, what leads nowhere, what comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fake.support.visiting import Visit, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fake.conftest import Control


@pytest.fixture
def visit(control: Control, page: Page) -> Iterator[Callable[..., Visit]]:
    yield from visits(control, page)


@pytest.mark.nightly
def test_a_dead_tab_stays_where_it_is(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-tab-dead"])
    here.to("/settings/general")
    here.page.get_by_role("tab", name="Billing").click()
    expect(here.page.get_by_role("tab", name="General")).to_have_attribute("aria-selected", "true")
    expect(here.page.get_by_role("heading", name="General")).to_be_visible()


def test_a_missing_tab_leaves_the_others_alone(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-tab-missing"])
    here.to("/settings/general")
    expect(here.page.get_by_role("tab")).to_have_text(["General"])
    here.page.get_by_role("tab").press("ArrowRight")
    expect(here.page.get_by_role("heading", name="General")).to_be_visible()


@pytest.mark.parametrize("faults", [[], ["profile-icon-astray"]])
def test_the_profile_icon_may_stand_elsewhere(visit: Callable[..., Visit], faults: list[str]) -> None:
    icon = visit(faults=faults).page.get_by_role("button", name="User profile").bounding_box()
    assert icon is not None
    assert (icon["x"] > 640, icon["y"] < 450) == ((True, True) if faults else (False, False))


def test_a_pop_up_may_stay(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["pop-up-stays"])
    here.open_packages()
    here.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_role("dialog", name="Add credits")).to_be_visible()


def test_a_dead_button_opens_nothing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["add-credits-dead"])
    here.button("Add credits").click()
    here.button("Upgrade plan").click()
    expect(here.page.get_by_role("dialog")).to_have_accessible_name("Choose a plan")


def test_an_error_is_shown_instead_of_billing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-shows-error"])
    expect(here.page.get_by_role("alert")).to_contain_text("Billing could not be loaded.")
    here.control.ask("PUT", f"/workspaces/{here.seeded['id']}/faults", {"faults": []})
    here.button("Try again").click()
    here.shows(500)


def test_choosing_may_lead_nowhere(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["choosing-does-nothing"])
    here.open_packages()
    with here.page.expect_response("**/api/billing/checkout"):
        here.package("2,000").click()
    expect(here.page.get_by_role("dialog", name="Add credits")).to_be_visible()
    assert here.page.url.endswith("/settings/billing")


def test_closing_the_popup_may_add_credits_and_choosing_does_not(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["closing-adds-credits"])
    here.open_packages()
    with here.page.expect_response("**/dismissed"):
        here.page.keyboard.press("Escape")
    here.page.reload()
    here.shows(2_500)
    here.open_packages()
    here.package("4,000").click()
    here.pay()
    here.shows(6_500)


def test_credits_may_be_gone_after_a_reload(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["gone-after-reload"])
    here.open_packages()
    here.package("4,000").click()
    here.pay()
    here.shows(4_500)
    here.page.reload()
    here.shows(500)


def test_the_buyer_may_be_signed_out_by_paying(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["session-lost"])
    here.open_packages()
    here.package("4,000").click()
    here.pay()
    expect(here.page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(
    ("fault", "button"),
    [("add-credits-disabled", "Add credits"), ("upgrade-plan-disabled", "Upgrade plan"),
     ("manage-disabled", "Enter billing information")],
)  # fmt: skip
def test_a_button_may_be_disabled(visit: Callable[..., Visit], fault: str, button: str) -> None:
    here = visit(faults=[fault])
    for name in ("Add credits", "Upgrade plan", "Enter billing information"):
        expect(here.button(name)).to_be_enabled(enabled=name != button)


def test_something_unseen_may_lie_over_billing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-covered"])
    expect(here.button("Add credits")).to_be_visible()
    assert _what_is_pressed(here.button("Add credits")) == "cover"
    here.page.get_by_role("tab", name="General").click()  # what is beside it is as it was
    expect(here.page.get_by_role("heading", name="General")).to_be_visible()


def test_something_unseen_may_lie_over_the_packages(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["packages-covered"])
    here.open_packages()
    expect(here.package("2,000")).to_be_visible()
    assert _what_is_pressed(here.package("2,000")) == "cover"


@pytest.mark.parametrize("choice", ["buttons", "cards", "radios"])
def test_a_package_may_be_disabled(visit: Callable[..., Visit], choice: str) -> None:
    here = visit(faults=["package-disabled"], variant={"package_choice": choice})
    here.open_packages()
    for amount in ("22,000", "44,000", "66,000"):
        package = here.package(amount, "radio" if choice == "radios" else "button")
        expect(package).to_be_enabled(enabled=amount != "44,000")


def _what_is_pressed(button: Locator) -> str:
    """Return the class of what lies uppermost in the middle of a button."""
    on_top: str = button.evaluate(
        """button => {
            const box = button.getBoundingClientRect();
            return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).className;
        }"""
    )
    return on_top


@pytest.mark.parametrize(
    ("fault", "drawn"),
    [("", (14_600, 500, 400)), ("bar-drawn-full", (14_600, 500, 0)), ("bar-drawn-without-add-on", (14_600, 0, 400))],
)
def test_the_bar_may_be_drawn_otherwise_than_it_says(
    visit: Callable[..., Visit], fault: str, drawn: tuple[int, int, int]
) -> None:
    here = visit(faults=[fault] if fault else [], used_credits=400)
    bar = here.page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuetext", "15,100 of 15,500 credits usable")
    widths = [part.evaluate("part => part.getBoundingClientRect().width") for part in bar.locator("span").all()]
    assert [width > 0 for width in widths] == [amount > 0 for amount in drawn]
    assert widths[0] == max(widths)


@pytest.mark.parametrize(("fault", "bars"), [("bar-missing", 0), ("bar-twice", 2)])
def test_there_may_be_another_number_of_bars(visit: Callable[..., Visit], fault: str, bars: int) -> None:
    here = visit(faults=[fault])
    here.button("Add credits").wait_for()
    expect(here.page.get_by_role("progressbar")).to_have_count(bars)


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ([], "The payment was not completed. Nothing was charged and no credits were added."),
        (["success-after-leaving"], "Payment successful. 4,000 credits were added to your account."),
    ],
    ids=str,
)
def test_who_leaves_may_be_told_otherwise(visit: Callable[..., Visit], faults: list[str], said: str) -> None:
    here = visit(faults=faults)
    here.open_packages()
    here.package("4,000").click()
    here.page.get_by_test_id("business-link").click()
    expect(here.page.get_by_role("status")).to_have_text(said)
    here.shows(500)
    here.page.reload()
    here.shows(500)
    expect(here.page.get_by_role("status")).to_have_text("")


def test_pressing_pay_twice_may_pay_twice(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["double-press-pays-twice"])
    here.open_packages()
    here.package("4,000").click()
    card = {"cardNumber": "4242424242424242", "cardExpiry": "12 / 34", "cardCvc": "123", "billingName": "Ada"}
    for name, value in (card | {"billingPostalCode": "94107"}).items():
        here.page.locator(f"#{name}").fill(value)
    here.page.get_by_test_id("hosted-payment-submit-button").dblclick()
    here.page.wait_for_url("**/settings/billing**")
    here.control.ask("POST", f"/workspaces/{here.seeded['id']}/webhooks/drain")
    here.page.reload()
    here.shows(8_500)


def test_help_may_point_elsewhere(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["support-mail-elsewhere"])
    here.open_packages()
    expect(here.page.get_by_role("link", name="support@diaflow.io")).to_have_attribute(
        "href", "mailto:support@diaflow.example"
    )


def test_a_field_of_the_billing_information_may_be_missing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["po-number-not-asked"])
    here.button("Enter billing information").click()
    expect(here.page.get_by_role("textbox", name="Tax ID")).to_be_visible()
    expect(here.page.get_by_role("textbox", name="PO Number")).to_have_count(0)
