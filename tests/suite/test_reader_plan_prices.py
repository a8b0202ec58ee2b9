"""The order of the plans by their prices, read from lists as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.readers.plans.plan_credits import read_plan_credits
from steps.readers.plans.plan_prices import OwnPlan, read_plan_order, read_plan_prices
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", locale="en-GB")
NAMES = ("Basic", "Pro", "Business")
PRICES = ("£19.00", "£49.00", "£149.00")
PRO = OwnPlan("Pro")
BILLING = "<h2>Current plan</h2><h3>Pro</h3><p>£49.00 a month</p><p>Monthly credits 10</p>"
UNCLEAR = 'plans = ["…", "…"]  # from the cheapest to the dearest'


def order(page: Page, listed: str, own: OwnPlan = PRO, profile: Profile = PROFILE, at: str = "/plans") -> object:
    """Return the order in a list that Billing led to, or what would settle it."""
    page.set_content(BILLING)
    before = replace(capture(page), url="/billing")
    page.set_content(listed)
    found = read_plan_order(replace(capture(page), url=at), profile, NAMES, own, before)
    return found.value if isinstance(found, Fact) else found.settle


def plans(form: str, prices: tuple[str, ...] = PRICES) -> str:
    return "".join(form.format(name, price) for name, price in zip(NAMES, prices, strict=True))


CARD = "<div><h2>{0}</h2><p>3,000 credits a month · {1} a month</p><button>Take it</button></div>"
FLEX = "<style>.r{display:flex}.r>*{flex:1}</style>"
LISTS = {
    "cards": plans(CARD),
    "own card without a way": plans(CARD).replace("<button>Take it</button>", "<p>Your plan</p>", 1),
    "badges": plans("<div><b>{}</b><i>Current plan</i><p>{}</p></div>"),
    "price above the name": plans("<div><p>{1}</p><h2>{0}</h2></div>"),
    "rows": f"<table>{plans('<tr><td>{}<td>{}<td><button>Choose</button></tr>')}</table>",
    "columns": f"<table><tr>{plans('<th>{0}</th>')}</tr><tr>{plans('<td>{1}</td>')}</tr></table>",
    "boxes": f"{FLEX}<div class=r>{plans('<b>{0}</b>')}</div><div class=r>{plans('<p>{1}</p>')}</div>",
    "text": plans("<h3>{}</h3><p>{} a month</p>"),
    "by the year too": plans("<div><h2>{}</h2><p>{} a month</p><p>or £1,000.00 a year</p></div>"),
    "several that agree": plans(
        "<div><h2>{0}</h2><p>{1}</p><p>on account {1}9</p></div>", ("£19.00", "£49.00", "£99.00")
    ),
    "a sign of two currencies": plans("<div><h2>{}</h2><p>{} a month</p></div>", ("¥1,900", "¥4,900", "¥9,900")),
    "free": plans("<div><h2>{}</h2><p>{}</p></div>", ("Free", "£49.00", "£149.00")),
    "crossed out": plans("<div><h2>{}</h2><p><s>£500.00</s> {}</p></div>"),
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_plans_are_ordered_by_their_prices_however_they_are_laid_out(page: Page, listed: str) -> None:
    assert order(page, listed) == NAMES


def test_a_plan_that_the_list_leaves_out_costs_what_billing_says(page: Page) -> None:
    listed = plans(CARD).replace("£49.00 a month", "")
    own = OwnPlan("Pro", ("Pro", "Renews on 1 Dec 2026, £49.00 a month.", "Monthly credits 10"))
    assert order(page, listed, own) == NAMES
    assert order(page, listed) == UNCLEAR
    assert order(page, listed, OwnPlan("Pro", ("£49.00 a month", "then £59.00 a month"))) == UNCLEAR
    assert order(page, listed.replace("a month<", "a year<"), own) == UNCLEAR


@pytest.mark.parametrize("kind", ["a month", "a year"])
def test_a_free_plan_that_the_list_leaves_out_is_the_cheapest(page: Page, kind: str) -> None:
    listed = plans(f"<div><h2>{{}}</h2><p>{{}} {kind}</p></div>")
    assert order(page, listed, OwnPlan("Free")) == ("Free", *NAMES)


def test_a_list_that_opens_on_billing_itself_is_told_from_what_stood_there(page: Page) -> None:
    own = OwnPlan("Pro", ("£49.00 a month",))
    assert order(page, BILLING + plans(CARD), own, at="/billing") == NAMES
    invoices = "<p>Pro plan £9.00</p><p>Pro plan £99.00</p>"
    assert (
        order(page, f"{BILLING}<div role=dialog aria-modal=true>{plans(CARD)}</div>{invoices}", at="/billing") == NAMES
    )


@pytest.mark.parametrize(
    "listed",
    [
        plans(CARD, ("£19.00", "€49.00", "£149.00")),
        plans(CARD, ("£19.00", "£19.00", "£149.00")),
        plans("<p>{1}</p><h3>{0}</h3>"),
        plans("<div><h2>{}</h2><p>{}</p><p>or £80.00</p></div>").replace("£80.00", "£900.00", 1),
        "<h3>Basic</h3><h3>Pro</h3><h3>Business</h3>",
    ],
    ids=["currencies", "the same price", "prices above", "two prices", "no prices"],
)
def test_prices_that_do_not_tell_are_settled_by_the_profile(page: Page, listed: str) -> None:
    assert order(page, listed) == UNCLEAR
    assert order(page, listed, profile=Profile(base_url="http://site.example", plans=list(NAMES))) == NAMES


def test_a_profile_that_leaves_out_the_own_plan_settles_nothing(page: Page) -> None:
    profile = Profile(base_url="http://site.example", plans=["Basic", "Business"])
    assert order(page, plans(CARD), profile=profile) == UNCLEAR


ALLOWANCES = {
    "cards": "<div><h2>{0}</h2><p>{1} a month</p><p>{2} credits each month</p><button>Take it</button></div>",
    "rows": "<table><tr><td>{0}<td>{1}<td>{2} credits<td><button>Choose</button></tr></table>",
    "text": "<h3>{0}</h3><p>{1} a month</p><p>with {2} credits</p>",
    "monthly": "<h3>{0}</h3><p>{1} a month, with {2} monthly credits.</p>",
}


@pytest.mark.parametrize("form", ALLOWANCES.values(), ids=ALLOWANCES)
def test_the_credits_of_each_plan_are_those_that_its_place_in_the_list_names(page: Page, form: str) -> None:
    assert allowances(page, form) == {"Basic": 3000, "Pro": 12500, "Business": 50000}


def test_credits_of_a_plan_are_not_told_where_its_place_names_none_or_several(page: Page) -> None:
    assert allowances(page, ALLOWANCES["text"].replace("with {2} credits", "up to {2} runs")) == {}
    assert allowances(page, ALLOWANCES["text"].replace("credits", "credits, or {2}9 credits")) == {}


def allowances(page: Page, form: str) -> dict[str, int]:
    page.set_content(BILLING)
    before = replace(capture(page), url="/billing")
    each = zip(NAMES, PRICES, ("3,000", "12,500", "50,000"), strict=True)
    page.set_content("".join(form.format(*one) for one in each))
    return read_plan_credits(replace(capture(page), url="/plans"), PROFILE, NAMES, before)


@pytest.mark.parametrize(
    ("form", "price"),
    [
        ("cards", 149),
        ("rows", 149),
        ("by the year too", None),
        ("crossed out", 149),
        ("a sign of two currencies", None),
    ],
)
def test_what_a_plan_costs_is_told_by_the_list(page: Page, form: str, price: int | None) -> None:
    page.set_content(BILLING)
    before = replace(capture(page), url="/billing")
    page.set_content(LISTS[form])
    found = read_plan_prices(replace(capture(page), url="/plans"), PROFILE, NAMES, before).get("Business")
    assert (found and int(found.amount)) == price


@pytest.mark.parametrize("told", ["{}/user/mo", "{}</p><p>per seat / month", "from {}", "Starting at {}"])
def test_a_price_for_each_user_or_the_least_of_several_is_no_price_of_a_plan(page: Page, told: str) -> None:
    page.set_content(BILLING)
    before = replace(capture(page), url="/billing")
    page.set_content(plans("<div><h2>{}</h2><p>TOLD</p></div>".replace("TOLD", told)))
    assert not read_plan_prices(replace(capture(page), url="/plans"), PROFILE, NAMES, before)
