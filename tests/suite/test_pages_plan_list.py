"""The list of plans: what counts as one, and what says that it is of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.not_found import ElementNotFoundError
from steps.pages.plans import PlanChoice, Subscription
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
PLANS = "<h3>Basic</h3><p>$29 <a href='#'>Choose</a></p><h3>Pro Internal</h3><p>Yours</p><h3>Business</h3>"


@pytest.mark.parametrize("around", ["<dialog open>{}</dialog>", "<aside>{}</aside>", "<div role='dialog'>{}</div>"])
def test_plans_are_what_was_not_there_before(page: Page, around: str) -> None:
    page.set_content("<div role='dialog'><h2>Current Plan</h2><p>Pro Internal</p><p>Team</p><p id='here'></p></div>")
    choice = PlanChoice(page, PROFILE)
    assert not choice.is_open()
    page.locator("#here").evaluate("(here, plans) => here.innerHTML = plans", around.format(PLANS))
    assert choice.is_open()
    assert sorted(choice.plans()) == ["Basic", "Business", "Pro Internal"]


CHOOSE = "<li><h3>{}</h3><p>{}</p><button {}>Switch to {}</button></li>"


@pytest.mark.parametrize(
    ("price", "state", "beside", "told"),
    [
        ("$29.00", "", "", []),
        ("$NaN", "", "", ["$NaN", "$NaN"]),
        ("$29.00", "disabled", "", ["Switch to Basic is disabled", "Switch to Business is disabled"]),
        (
            "$29.00",
            "",
            "<p role=alert>We could not load your subscription.</p>",
            ["We could not load your subscription."],
        ),
    ],
)
def test_a_list_of_plans_may_be_of_no_use(page: Page, price: str, state: str, beside: str, told: list[str]) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    page.set_content(beside + "".join(CHOOSE.format(one, price, state, one) for one in ("Basic", "Business")))
    assert sorted(choice.amiss()) == told


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        (("Upgrade", "Downgrade"), ["Downgrade to Business for 149.00 USD beside Upgrade to Basic for 19.00 USD"]),
        (("Downgrade", "Upgrade"), []),
        (("Upgrade", "Upgrade"), []),
        (("Switch", "Switch"), []),
    ],
)
def test_an_upgrade_is_no_cheaper_than_a_downgrade(page: Page, ways: tuple[str, str], told: list[str]) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    plan = "<section><h3>{0}</h3><p>{2} per month</p><button>{1} to {0}</button></section>"
    plans = plan.format("Basic", ways[0], "$19.00") + plan.format("Business", ways[1], "$149.00")
    page.set_content(plans)
    assert choice.amiss() == told


CARD = "<section><h3>{0}</h3>{2}<p>{1} per month</p><button>{3} {0}</button></section>"


@pytest.mark.parametrize(
    ("basic", "business", "told"),
    [
        ("<p>Current plan</p>", "", ["Basic"]),
        ("", "<span>Your current plan</span>", ["Business"]),
        ("<b>Active</b>", "<b>Current</b>", ["Basic", "Business"]),
        ("<p>What you get today</p>", "<p>Popular</p>", []),
    ],
)
def test_the_plan_that_a_list_marks_as_the_current_one(page: Page, basic: str, business: str, told: list[str]) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    page.set_content(
        CARD.format("Basic", "$19.00", basic, "Take") + CARD.format("Business", "$149.00", business, "Take")
    )
    assert sorted(choice.marked()) == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("<th>Basic <small>Current plan</small><th>Business", ["Basic"]),
        ("<th>Basic<th>Business<tr><td>$19.00<td>$149.00<tr><td><td>Current plan", []),
        ("<th>Basic · Current plan<th>Business", ["Basic"]),
    ],
)
def test_a_mark_belongs_to_the_one_plan_that_is_named_beside_it(page: Page, cells: str, told: list[str]) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    page.set_content(f"<table><tr>{cells}<tr><td>$19.00<td>$149.00</table>")
    assert choice.marked() == told


def test_plans_that_nobody_sees_yet_are_not_available(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro Internal</p><div id=here style='opacity:0'></div>")
    choice = PlanChoice(page, PROFILE)
    page.locator("#here").evaluate("(here, plans) => here.innerHTML = plans", PLANS)
    assert not choice.is_open()
    page.locator("#here").evaluate("here => here.style.opacity = 1")
    assert choice.is_open()


def test_a_plan_is_no_part_of_another_ones_name(page: Page) -> None:
    page.set_content("")
    choice = PlanChoice(page, PROFILE)
    page.set_content(
        "<ul><li>Pro Internal <button onclick='document.title=`internal`'>Switch to Pro Internal</button></li>"
        "<li>Pro <button onclick='document.title=`pro`; this.closest(`ul`).remove()'>Switch to Pro</button></li></ul>"
    )
    choice.take("Pro")
    assert page.title() == "pro"


def test_a_list_that_is_drawn_twice_has_its_plans(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Business</p><div id=list></div>")
    choice = PlanChoice(page, PROFILE)
    page.evaluate(
        "setTimeout(() => { list.innerHTML = '<p>Basic $5</p><p>Pro $9</p>' }, 300)",
    )
    assert choice.settled_plans() == ["Basic", "Pro"]


def test_a_drawer_without_plans_is_told_as_what_was_opened(page: Page) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><button onclick='over.hidden = false'>Upgrade plan</button><div id=over hidden "
        "style='position:fixed;inset:0;background:#0008;z-index:9'><div style='background:#fff'>No plans</div></div>"
    )
    with pytest.raises(ElementNotFoundError, match=r"opens no list of several plans(?s:.*)No plans"):
        Subscription(page, Profile(base_url=PROFILE.base, limits=Limits(page=9))).upgrade_plan()
