"""A bar that holds its own words is filled as they say, and per cents follow from the numbers beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.readers.credits.agreement import contradictions
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
INSIDE = """<h2>Current Plan</h2><p>Pro</p><div role=progressbar aria-label=Credits aria-valuenow=8800 aria-valuemin=0
  aria-valuemax=11300 style="height:24px;width:600px;background:#eee"><div style="width:{drawn}%;height:24px;
  background:#27c">8,800 of 11,300 credits remaining{share}</div></div><dl><dt>Monthly credits
  <dd>7,500 of 10,000 remaining<dt>Add-on credits<dd>1,300<dt>Used this month<dd>2,500</dl><h2>Invoices</h2>"""


@pytest.mark.parametrize(
    ("drawn", "share", "told"),
    [
        (78, " (78%)", ""),
        (78, " (77.9 %)", ""),
        (22, " · 22 % used", ""),
        (78, " (74%)", "says 74 % of what is 77.9 % or 22.1 %"),
        (78, " · 105% left", "says 105 % of what"),
        (78, ", save 20% on a plan", ""),
        (74, "", ""),
        (40, "", "which says 77.9% of itself, is drawn 40.0% filled"),
    ],
)
def test_a_bar_is_filled_and_says_per_cent_as_it_counts(page: Page, drawn: int, share: str, told: str) -> None:
    page.set_content(INSIDE.format(drawn=drawn, share=share))
    found = contradictions(read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(("drawn", "is_wrong"), [(5, False), (15, False), (40, True)])
def test_a_small_part_of_a_bar_may_be_drawn_wider_for_its_words(page: Page, drawn: int, *, is_wrong: bool) -> None:
    few = INSIDE.replace("8800", "500").replace("11300", "10300").replace("8,800 of 11,300", "500 of 10,300")
    few = few.replace("7,500 of", "200 of").replace("1,300", "300").replace("2,500", "9,800")
    page.set_content(few.format(drawn=drawn, share=""))
    assert bool(contradictions(read_credits(capture(page), PROFILE))) is is_wrong
