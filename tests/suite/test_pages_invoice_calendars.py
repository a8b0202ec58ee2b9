"""Filtering the list of invoices by days that are pressed in calendars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.pages.invoices import Invoices
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.filtered_list import DRAW, PROFILE, TABLE, numbers

if TYPE_CHECKING:
    from playwright.sync_api import Page

CALENDAR = """<script>
const NAMES = ["March", "April", "May", "June", "July", "August", "September"];
let month = 5, chosen = [];
const month_of = () => {
  const days = [...Array(28).keys()].map((at) =>
    `<button aria-label="${NAMES[month]} ${at + 1}, 2026">${at + 1}</button>`);
  over.innerHTML = `<button aria-label="Previous month">&lt;</button><button aria-label="Next month">&gt;</button>
    ${days.join("")}<button>Apply</button>`;
  for (const one of over.children) one.onclick = () => {
    if (one.ariaLabel === "Previous month") month -= 1;
    else if (one.ariaLabel === "Next month") month += 1;
    else if (one.ariaLabel) chosen.push(one.ariaLabel);
    else { document.title = chosen.join(" to "); draw("Plans"); over.close(); }
    if (over.open) month_of();
  };
};
document.querySelector("#any").onclick = () => { over.showModal(); month_of(); };
</script>"""


def test_days_are_pressed_in_a_calendar_where_none_can_be_typed(page: Page) -> None:
    button = "<button id=any aria-haspopup=dialog>Any date</button><dialog id=over aria-label='Choose days'></dialog>"
    page.set_content(f"<h2>Invoices</h2>{button}{TABLE}{DRAW}{CALENDAR}")
    Invoices(page, PROFILE).of_time(date(2026, 5, 1), date(2026, 7, 28))
    assert page.title() == "May 1, 2026 to July 28, 2026"


@pytest.mark.nightly
def test_days_of_other_months_beside_those_of_one_are_not_those_months(page: Page) -> None:
    button = "<button id=any aria-haspopup=dialog>Any date</button><dialog id=over aria-label='Choose days'></dialog>"
    outside = """const days = [...Array(4).keys()].map((at) => 25 + at).map((day) =>
      `<button aria-label="${NAMES[month - 1]} ${day}, 2026">${day}</button>`).concat("""
    calendar = CALENDAR.replace("const days = ", outside).replace("</button>`);\n", "</button>`));\n", 1)
    page.set_content(f"<h2>Invoices</h2>{button}{TABLE}{DRAW}{calendar}")
    Invoices(page, PROFILE).of_time(date(2026, 5, 1), date(2026, 7, 28))
    assert page.title() == "May 1, 2026 to July 28, 2026"


@pytest.mark.nightly
def test_a_calendar_that_stays_over_the_list_is_closed_before_that_is_read(page: Page) -> None:
    button = "<button id=any aria-haspopup=dialog>Any date</button><dialog id=over aria-label='Choose days'></dialog>"
    at_once = "{ chosen.push(one.ariaLabel); if (chosen.length > 1) draw('Credits'); }"
    calendar = CALENDAR.replace("<button>Apply</button>", "").replace("chosen.push(one.ariaLabel);", at_once)
    page.set_content(f"<h2>Invoices</h2>{button}{TABLE}{DRAW}{calendar}")
    invoices = Invoices(page, PROFILE)
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 28))
    assert numbers(invoices) == ["INV-3", "INV-2"]


TWO_CALENDARS = """<style>div[role=dialog]{position:absolute;background:white;z-index:1}</style>
<span>From</span> <button id=from>Any date</button> <span>To</span> <button id=to>Any date</button>
<div role=dialog id=over hidden></div><script>
const chosen = {}; let month = 5;
const two = (number) => String(number).padStart(2, "0");
const fill = (which) => {
  over.ariaLabel = which;
  over.innerHTML = "<button aria-label='Previous month'>&lt;</button><button aria-label='Next month'>&gt;</button>"
    + [...Array(28).keys()].map((at) => two(at + 1))
      .map((day) => `<button aria-label="2026/${two(month + 1)}/${day}">${day}</button>`).join("");
  for (const one of over.children) one.onclick = () => {
    if (/month/.test(one.ariaLabel)) { month += one.ariaLabel.startsWith("Next") ? 1 : -1; fill(which); return; }
    chosen[which] = one.ariaLabel; over.hidden = true; name(which);
    document.title = `${chosen.From} to ${chosen.To}`; draw("Plans");
  };
};
const name = (which) => { const button = document.getElementById(which.toLowerCase());
  button.ariaLabel = `${which}: ${chosen[which] ?? "any date"}`; STATE
  button.onclick = () => { month = 5; fill(which); over.hidden = false; } };
name("From"); name("To");
</script>"""


@pytest.mark.parametrize("state", ["", "button.ariaHasPopup = 'dialog'; button.ariaExpanded = 'false';"])
def test_first_and_last_day_are_pressed_in_calendars_of_their_own(page: Page, state: str) -> None:
    page.set_content(f"<h2>Invoices</h2>{TWO_CALENDARS.replace('STATE', state)}{TABLE}{DRAW}")
    Invoices(page, PROFILE).of_time(date(2026, 5, 1), date(2026, 7, 28))
    assert page.title() == "2026/05/01 to 2026/07/28"


def test_fields_that_nothing_can_be_typed_into_open_a_calendar_each(page: Page) -> None:
    fields = "".join(f"<label>{name} <input readonly id={name.lower()}></label>" for name in ("From", "To"))
    two = TWO_CALENDARS.replace(
        TWO_CALENDARS[TWO_CALENDARS.index("<span>From") : TWO_CALENDARS.index("<div role")], fields
    )
    page.set_content(f"<h2>Invoices</h2>{two.replace('STATE', '')}{TABLE}{DRAW}")
    Invoices(page, PROFILE).of_time(date(2026, 5, 1), date(2026, 7, 28))
    assert page.title() == "2026/05/01 to 2026/07/28"


def test_a_day_that_a_calendar_keeps_out_of_reach_is_not_verified(page: Page) -> None:
    button = "<button id=any aria-haspopup=dialog>Any date</button><dialog id=over aria-label='Choose days'></dialog>"
    disabled = CALENDAR.replace(
        "${at + 1}</button>`", '${at + 1}</button>`.replace("on a", at == 6 ? "on disabled a" : "on a")'
    )
    page.set_content(f"<h2>Invoices</h2>{button}{TABLE}{DRAW}{disabled}")
    with pytest.raises(NotVerifiedError, match="7 May 2026 cannot be pressed in the calendar"):
        Invoices(page, PROFILE).of_time(date(2026, 5, 7), date(2026, 7, 28))
