"""What is pressed to choose a plan: found beside its name, in whatever markup, and never another plan's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture, element_at
from steps.readers.plans.plan_ways import way_to_plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLANS = ("Pro", "Business")
CARD = "<div><span><b>{0}</b><br>$49.00 per month</span><form>{1}</form></div>"
BUTTONS = {
    "a button": "<button data-way={0}>Choose</button>",
    "a link that names it": "<a href='#' data-way={0}>Change to {0}</a>",
    "a custom element": "<dk-button data-way={0}>Choose</dk-button>",
    "a box to press": "<div data-way={0} style='cursor:pointer' tabindex=0>Choose</div>",
}
CUSTOM = """customElements.define("dk-button", class extends HTMLElement {
  connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<button><slot></slot></button>"; } })"""


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS.keys())
def test_a_plan_is_chosen_by_what_stands_beside_its_name(page: Page, button: str) -> None:
    page.set_content("".join(CARD.format(plan, button.format(plan)) for plan in PLANS))
    page.evaluate(CUSTOM)
    for plan in PLANS:
        now = capture(page)
        way = element_at(page, now.stamp, way_to_plan(now, plan, PLANS))
        assert way is not None
        held = "el => (el.getRootNode().host ?? el).closest('[data-way]').dataset.way"
        assert way.evaluate(held) == plan


def test_a_plan_is_chosen_by_the_choice_that_begins_with_it(page: Page) -> None:
    choice = "<div role=radio tabindex=0 data-way={0}>\u25cb {0} \u00b7 12,000 credits/month <b>$80.00/month</b></div>"
    choices = "".join(map(choice.format, PLANS))
    page.set_content(f"<div role=radiogroup>{choices}</div><p>Summary</p><p>Unused Pro time</p>")
    now = capture(page)
    way = element_at(page, now.stamp, way_to_plan(now, "Pro", PLANS))
    assert way is not None
    assert way.get_attribute("data-way") == "Pro"


COLUMNS = """<table style="width:700px"><tr><th><th>Basic<th>Pro<th>Business<tr><th>Price<td>$9.00<td>$49.00<td>$99.00
<tr><th><td>{}<td>Current plan<td>{}{}</table>"""


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS.keys())
def test_a_plan_is_chosen_by_what_stands_in_its_column(page: Page, button: str) -> None:
    page.set_content(COLUMNS.format(button.format("Basic"), button.format("Business"), ""))
    page.evaluate(CUSTOM)
    now = capture(page)
    ways = [element_at(page, now.stamp, way_to_plan(now, plan, ("Basic", *PLANS))) for plan in ("Basic", "Business")]
    held = "el => (el.getRootNode().host ?? el).closest('[data-way]').dataset.way"
    assert [way and way.evaluate(held) for way in ways] == ["Basic", "Business"]
    assert way_to_plan(now, "Pro", ("Basic", *PLANS)) == -1


def test_of_two_in_a_column_neither_is_chosen(page: Page) -> None:
    page.set_content(COLUMNS.format("", "<button>Compare</button>", "<button>Choose</button>"))
    assert way_to_plan(capture(page), "Business", ("Basic", *PLANS)) == -1


def test_what_stands_with_two_plans_chooses_neither(page: Page) -> None:
    page.set_content("<div><p>Pro</p><p>Business</p><button>Choose</button></div>")
    assert way_to_plan(capture(page), "Business", PLANS) == -1
