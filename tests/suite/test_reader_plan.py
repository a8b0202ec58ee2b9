"""The name of the current plan, in every form in which pages tell it, and what must not be taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Unclear
from tests.suite.support.balances import PAGE, PROFILE, ROW, each, value

if TYPE_CHECKING:
    from playwright.sync_api import Page


COMING = "<tr><td>{}<td>Pro<td>from 01.12.2026</table>"


@pytest.mark.parametrize(
    ("section", "plan"),
    [
        ("<p>Business <span>$49</span> per month</p>", "Business"),
        ("<p>You are on the Pro Internal plan.</p>", "Pro Internal"),
        ("<p>You are on <strong>Pro</strong>, at €49.00 a month. It renews on 13 December 2026.</p>", "Pro"),
        ("<p>Your workspace is currently subscribed to Pro.</p>", "Pro"),
        ("<p>When you are on Business, you get more. Your plan: Pro</p>", "Pro"),
        ("<dl><dt>Plan<dd><b>Business</b> <i>changes to Pro on 14 Dec 2026</i></dl>", "Business"),
        ("<dl><dt>Plan<dd><b>Heron</b> <i>becomes Wren on 14 Dec 2026</i></dl>", Unclear),
        (f"<table><tr><td>Plan<td><b>Business</b><td>99 € / month{COMING.format('Change')}", "Business"),
        (f"<table><tr><td>Plan<td>Business{COMING.format('Next plan:')}", "Business"),
        (f"<table><tr><td>Plan<td>Business{COMING.format('Also')}", Unclear),
        ("<p>Heron plan, billed yearly</p>", "Heron"),
        ("<h3>Pro<small>Active</small></h3>", "Pro"),
        ("<div><span>Heron</span><span>Current</span></div>", "Heron"),
        ("<p>Heron<b>+</b></p>", "Heron+"),
        ("<p><b>Équipe</b> ($79.00 per month). Next invoice: 14 Dec 2026.</p>", "Équipe"),
        ("<p>Pro+</p>", "Pro+"),
        ("<p>Pro+ <span>$49</span> per month</p>", "Pro+"),
        ("<h3>Basic</h3><button>Upgrade to Business</button>", "Basic"),
        ("<p>Basic</p><p>Business</p>", Unclear),
        ("<p><b>Your plan</b> <span>Renews on Dec 3, 2026</span></p>", Absent),
    ],
)
def test_the_plan_is_named_or_unclear(page: Page, section: str, plan: object) -> None:
    page.set_content(PAGE.replace("<p>Pro</p>", section).format(each(ROW)))
    assert value(read_credits(capture(page), PROFILE).plan) == plan


@pytest.mark.parametrize(
    "first",
    [
        "<table><tr><th scope=row>Rate<td>$49 per month<tr><th scope=row>Status<td>Active</table>",
        "<dl><dt>Term<dd>12 weeks</dl>",
        "<table><tr><td>Price<td>$49 per month</table>",
        "<p>Next payment</p><p>$49.00</p>",
    ],
)
def test_what_stands_first_and_names_something_else_is_no_plan(page: Page, first: str) -> None:
    page.set_content(f"<h2>Current Plan</h2>{first}{each(ROW)}<h2>Invoices</h2>")
    assert isinstance(read_credits(capture(page), PROFILE).plan, Absent)


@pytest.mark.parametrize(
    "form",
    [
        "<dl><dt>Plan<dd>Galaxy Max<dt>Status<dd>Active</dl>", "<table><tr><th>Plan<td>Galaxy Max</table>",
        "<table><tr><td><b>Plan</b><td>Galaxy Max (CHF 79.00 per month)</table>",
        "<table><tr><td>Plan<td>Galaxy Max · $79.00</table>",
    ],
)  # fmt: skip
def test_a_name_that_is_not_known_is_read_behind_its_label(page: Page, form: str) -> None:
    page.set_content(f"<h2>Current Plan</h2>{form}{each(ROW)}<h2>Invoices</h2>")
    assert value(read_credits(capture(page), PROFILE).plan) == "Galaxy Max"
