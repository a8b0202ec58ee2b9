"""What the available plans are called, on lists whose plans are known or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.pages.plans import PlanChoice
from steps.targets.labels import Labels, words
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
PLANS = "<h3>Basic</h3><p>$29 <a href='#'>Choose</a></p><h3>Pro Internal</h3><p>Yours</p><h3>Business</h3>"


def test_invoices_that_load_late_are_no_list_of_plans(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p><p id=more></p><h2>Invoices</h2><ul id=here></ul>")
    choice = PlanChoice(page, PROFILE)
    row = "<li><p>{} plan, monthly</p><p>Nov {}, 2026</p><span>Paid</span><p>$49.00</p></li>"
    listed = "".join(row.format(name, day) for day, name in enumerate(("Pro", "Pro", "Basic"), start=11))
    page.locator("#here").evaluate("(here, rows) => here.innerHTML = rows", listed)
    assert not choice.is_open()
    page.locator("#more").evaluate("(here, plans) => here.innerHTML = plans", PLANS)
    assert sorted(choice.plans()) == ["Basic", "Business", "Pro Internal"]


def test_payments_that_come_late_are_no_plans(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    rows = "".join(f"<p>Pro plan</p><p>Paid ${one}.00</p>" for one in (49, 20, 49))
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2>{rows}")
    assert not choice.is_open()


@pytest.mark.parametrize(
    "layout",
    [
        "<li>{} <b>$9 a month</b> <button>Take it</button></li>",
        "<h3>{}</h3><p>€9.00</p>",
        "<label style='display:flex'><input type=radio><p><b>{}</b><br>3,000 credits</p>¥2,900 / month</label>",
        "<div role=radio><div><b>{}</b><p>8,000 credits a month</p></div>A$9.00 / month</div>",
    ],
)
def test_plans_of_names_that_nobody_knows_are_told_by_their_prices(page: Page, layout: str) -> None:
    page.set_content("<h2>Current Plan</h2><p>Heron</p><table><tr><td>Heron plan $9.00</td></tr></table><ul></ul>")
    choice = PlanChoice(page, PROFILE)
    assert not choice.is_open()
    plans = "".join(layout.format(name) for name in ("Wren", "Heron", "Sea Eagle")) + "<li>2,000 credits $18</li>"
    page.locator("ul").evaluate("(list, plans) => list.innerHTML = plans", plans)
    assert sorted(choice.plans()) == ["Heron", "Sea Eagle", "Wren"]


def test_whom_a_plan_is_for_is_no_other_plan(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    page.set_content(
        "<h1>Plans</h1><h2>Pro Internal</h2><p>For small teams</p><p>$49.00 per month</p><button>Current</button>"
    )
    assert choice.plans() == ["Pro Internal"]


CARDS = {
    "cards with remarks": "<div><small>{2}</small><h3>{0}</h3><p>{1}</p><b>${3}</b> per month<button>Go</button></div>",
    "rows": "<div style='display:flex'><b>{0}</b><i>{1}</i><i>{2}</i><p>${3}/mo <a href='#'>Go</a></p></div>",
    "price above": "<div><p>${3} a month</p><h3>{0}</h3><p>{1}</p><button>Switch to {0}</button></div>",
    "price below": "<div><p>{0}</p><p>{1}</p><p>${3}</p><p>{2}</p></div>",
}


OFFERS = (("Wren", "For one", "Popular", 9), ("Heron", "For teams", "Your plan", 49), ("Sea Eagle", "For all", "", 99))


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("around", ["<div role=dialog aria-modal=true>{}</div>", "<main><h1>Plans</h1>{}</main>"])
def test_unknown_plans_are_told_by_what_begins_each_of_their_cards(page: Page, card: str, around: str) -> None:
    page.set_content("<h2>Current Plan</h2><p>Heron</p><p>$49 a month</p>")
    choice = PlanChoice(page, PROFILE)
    cards = "".join(card.format(*one) for one in OFFERS)
    page.set_content(around.format(f"<div>{cards}</div><p>Seats are $5</p>"))
    assert {"Wren", "Sea Eagle"} <= set(choice.plans()) <= {"Wren", "Heron", "Sea Eagle"}


def test_a_plan_whose_name_begins_another_ones_is_not_that(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Free</p>")
    choice = PlanChoice(page, msgspec.structs.replace(PROFILE, labels=Labels(plan_name=words("Studio", "Studio Plus"))))
    page.set_content("<h1>Plans</h1><p>Studio</p><p>2,000 credits</p><p>Studio Plus</p><p>9,000 credits</p>")
    assert [choice.plans(), choice.credits_of("Studio Plus")] == [["Studio", "Studio Plus"], 9_000]


def test_a_row_that_compares_plans_is_none(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Heron</p>")
    choice = PlanChoice(page, PROFILE)
    heads, prices = "<th>Wren<th>Heron<th>Free", "<td>$9<td>$49<td>$0"
    page.set_content(f"<table><tr><th>{heads}<tr><th>Price{prices}<tr><th>Each seat{prices}</table>")
    assert not {"Price", "Each seat"} & set(choice.plans())
