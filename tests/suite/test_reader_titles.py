"""In which of Billing's sections something stands, and which of their titles show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.lines import Layout
from steps.readers.page.section import current_plan
from steps.readers.page.titles import place_of, shows_title
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("current_plan", "billing_information", "invoices")
PLAN, INVOICES = "<h2>Current Plan</h2>", "<h2>Invoices (3)</h2>"
HERE = "<button id=here>Add credits</button>"
HEAD = "<div><div role=button tabindex=0 aria-expanded=true style='display:flex'><b>{}</b> <i>Pro</i></div>"


@pytest.mark.parametrize(
    ("html", "place"),
    [
        (f"{PLAN}<p>Pro</p>{HERE}{INVOICES}<p>None</p>", "current_plan"),
        (f"<section>{PLAN}<p>Pro</p></section>{HERE}<section>{INVOICES}</section>", "current_plan"),
        (f"<section>{HERE}{PLAN}</section><section>{INVOICES}</section>", "current_plan"),
        (f"<section>{PLAN}</section><section>{INVOICES}{HERE}</section>", "invoices"),
        (f"<div>{PLAN}<p>Pro</p></div><div><h2>Usage</h2>{HERE}</div>", "Usage"),
        (f"{PLAN}<h3>Usage</h3>{HERE}", "current_plan"),
        (f"{PLAN}<div><h2>Basic</h2></div>{HERE}", "current_plan"),
        (f"<nav><a href=#>Invoices</a></nav><div>{HERE}</div>{PLAN}", "current_plan"),
        (f"<div>{HERE}</div><div>{PLAN}</div><div>{INVOICES}</div>", ""),
        (f"<div><b>Current</b> <b>Plan</b></div><div>{HERE}</div><p>Invoices</p>", "current_plan"),
        (f"<p>What Current Plan means</p>{HERE}", ""),
        (f"{HEAD.format('Current Plan')}{HERE}</div>{HEAD.format('Invoices')}</div>", "current_plan"),
        (f"{HEAD.format('Current Plan')}</div>{HEAD.format('Invoices')}{HERE}</div>", "invoices"),
        (f"<aside>{HEAD.format('Invoices')}</div></aside>{PLAN}{HERE}", "current_plan"),
        (f"<nav>{HEAD.format('Invoices')}</div></nav><div>{HERE}</div>", ""),
    ],
)
def test_something_stands_in_the_section_whose_title_it_belongs_to(page: Page, html: str, place: str) -> None:
    page.set_content(html)
    snapshot = capture(page)
    here = next(at for at, one in enumerate(snapshot.elements) if one.id == "here")
    assert place_of(snapshot, here, Labels(), NAMES) == place


def test_a_section_is_headed_by_what_unfolds_it(page: Page) -> None:
    body = "<p>Plan: Pro</p><p>Monthly credits 7,500</p></div>"
    page.set_content(f"<p>9 users</p>{HEAD.format('Current Plan')}{body}{HEAD.format('Invoices')}<p>$20.00</p></div>")
    section = current_plan(Layout(capture(page)), Labels())
    assert section.titled
    assert [line.text for line in section.lines] == ["Pro", "Plan: Pro", "Monthly credits 7,500"]


def test_a_section_that_a_selector_names_is_found_by_that_alone(page: Page) -> None:
    profile = Profile(labels=Labels(current_plan=Label(selector="#plan")))
    page.set_content(f"<div>{PLAN}</div><div><h2 id=plan>Ihr Tarif</h2>{HERE}</div>")
    snapshot = capture(page, selectors_of(profile))
    here = next(at for at, one in enumerate(snapshot.elements) if one.id == "here")
    assert place_of(snapshot, here, profile.labels, NAMES) == "current_plan"
    page.set_content(PLAN)
    assert not shows_title(capture(page, selectors_of(profile)), profile.labels, NAMES)


@pytest.mark.parametrize(
    ("html", "shows"),
    [
        ("<table><tr><td>Basic<td><a href=#>Downgrade</a><tr><td>Pro<td>Current plan</table>", False),
        ("<div><h3>Pro</h3><button disabled>Current plan</button></div>", False),
        ("<table><tr><td colspan=2>Current Plan<tr><th>Plan<td>Pro</table>", True),
        ("<table><tr><th>Current plan<td>Pro</table>", True),
        ("<table><tr><td>Menu<td><h2>Current Plan</h2><p>Pro</p></table>", True),
    ],
)
def test_what_marks_one_of_several_plans_is_no_title(page: Page, html: str, *, shows: bool) -> None:
    page.set_content(html)
    assert shows_title(capture(page), Labels(), NAMES) == shows


def test_a_few_words_in_a_pill_behind_a_title_are_no_part_of_it(page: Page) -> None:
    pill = "<span style='border:1px solid;border-radius:9px;padding:2px 6px'>Growth</span>"
    page.set_content(f"<div>Current Plan {pill}</div><p>Monthly credits 5,000</p><div>Invoices</div>")
    snapshot = capture(page)
    assert shows_title(snapshot, Labels(), ["current_plan"])
    section = current_plan(Layout(snapshot), Labels())
    assert [line.text for line in section.lines] == ["Growth", "Monthly credits 5,000"]
