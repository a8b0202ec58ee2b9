"""Packages that a slider leads through, as pages of prices have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.package_pop_up import AMOUNTS, PAY, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOW = f"""<script>const amounts = {AMOUNTS}; let at = 1;
const said = () => amounts[at].toLocaleString("en-US") + " credits";
const show = () => {{ shown.textContent = SHOWN ? said() : ""; price.textContent = `$${{amounts[at] / 100}}.00`;
  dot.setAttribute("aria-valuenow", at); dot.setAttribute("aria-valuetext", said()); document.title = said(); }};
const to = (place) => {{ at = Math.max(0, Math.min(5, place)); show(); }};
WORKS; show();</script>"""
NATIVE = "<input type=range id=dot min=0 max=5 value=1 aria-label='Credits'>"
DRAWN = "<div id=dot role=slider tabindex=0 aria-label='Credits' style='width:200px;height:9px;background:teal'></div>"
BY_INPUT = "dot.oninput = () => to(Number(dot.value))"
BY_KEYS = "dot.onkeydown = (press) => to({ Home: 0, ArrowRight: at + 1, ArrowLeft: at - 1 }[press.key] ?? at)"
MARKS = "<ul>" + "".join(f"<li>{amount:,} credits</li>" for amount in AMOUNTS) + "</ul>"
SLIDERS = {
    "its value beside it": (NATIVE, BY_INPUT, "true"),
    "its value spoken alone": (NATIVE, BY_INPUT, "false"),
    "drawn by the page": (DRAWN, BY_KEYS, "true"),
    "with a mark for each": (MARKS + NATIVE, BY_INPUT, "true"),
}


@pytest.mark.parametrize("name", SLIDERS)
def test_what_a_slider_leads_through_is_on_sale(page: Page, name: str) -> None:
    slider, works, shown = SLIDERS[name]
    script = SHOW.replace("WORKS", works).replace("SHOWN", shown)
    foot = f'<p id=shown></p><p id=price></p><button onclick="{PAY}">Continue to payment</button>'
    choice = opened(page, slider + foot + script)
    offers = choice.settled_offers(AMOUNTS)
    assert [one.amount for one in offers] == AMOUNTS
    assert [str(one.prices[0]) for one in offers[:2]] == ["10.00 USD", "30.00 USD"]
    assert page.evaluate("at") == 1
    choice.choose("9,000")
    assert "9,000 credits" in page.url.replace("%20", " ")
