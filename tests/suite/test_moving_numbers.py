"""Numbers that run up are read when they have arrived, and numbers that stand still at once."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.readers.credits.loading import contradicts_titles
from steps.readers.page.capture import capture, rest_of_numbers, watch_numbers
from steps.readers.page.fact import Fact
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=3))
BILLING = """<h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 8,437 of 10,000 left</p><div id=here></div><script>
const now = (share) => Math.round(132407 * (1 - (1 - Math.min(1, share)) ** 3));
const told = (share) => %s;
setTimeout(() => {
  here.innerHTML = `<p>Add-on credits: <b title="132,407">${told(0)}</b> left</p>`;
  const start = performance.now(), box = here.querySelector("b");
  const step = () => { const share = (performance.now() - start) / 700; %s; if (share < 1) %s; };
  requestAnimationFrame(step);
}, 100);
</script>"""
FRAMES, TIMER = "requestAnimationFrame(step)", "setTimeout(step, 50)"
EXACT, SHORT = "now(share).toLocaleString('en')", "(now(share) / 1000).toFixed(1) + 'k'"
WAYS = {
    "a text that changes": (EXACT, "box.firstChild.data = told(share)", FRAMES),
    "a text that is drawn anew": (EXACT, "box.textContent = told(share)", TIMER),
    "a line that is drawn anew": (EXACT, "here.innerHTML = `<p>Add-on credits: <b>${told(share)}</b></p>`", FRAMES),
    "a short number with its title": (SHORT, "box.firstChild.data = told(share)", FRAMES),
    "a short number that pauses": (SHORT, "box.firstChild.data = told(share < .9 ? Math.min(.2, share) : 1)", FRAMES),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_number_that_runs_up_is_read_where_it_ends(page: Page, way: tuple[str, str, str]) -> None:
    watch_numbers(page.context)
    page.goto("about:blank")
    page.set_content(BILLING % way)
    page.wait_for_selector("b")
    add_on = BillingPage(page, PROFILE).credits().add_on
    assert isinstance(add_on, Fact)
    assert add_on.value.amount == 132_407


def test_only_numbers_that_change_or_begin_at_nought_must_stay_as_they_are(page: Page) -> None:
    page.clock.install()
    watch_numbers(page.context)
    page.goto("about:blank")
    page.clock.pause_at(time() + 60)
    page.set_content("<p>2,000 credits <b>of 4,000</b></p><p id=here>Soon</p>")
    for text, moves in {"Later": False, "107": False, "108": True, "New": False, "0 left": True}.items():
        page.evaluate("text => here.textContent = text", text)
        assert (rest_of_numbers(page) > 0) == moves, text
        page.clock.run_for(500)
        assert not rest_of_numbers(page)


@pytest.mark.parametrize(
    ("text", "title", "is_moving"),
    [("113.7k", "132,407", True), ("132.4k", "132,407", False), ("132.4k", "", False), ("1.4k", "3 of 5", False)],
)
def test_a_short_number_that_its_title_contradicts_is_moving(
    page: Page, text: str, title: str, *, is_moving: bool
) -> None:
    page.set_content(f"<p><b title='{title}'>{text}</b> credits left</p>")
    assert contradicts_titles(capture(page)) == is_moving
