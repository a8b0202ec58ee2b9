"""What stands in a pop-up beside the packages: pages of them, terms to accept, the price on what confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.package_pop_up import AMOUNTS, ROWS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = """<span>Rows per page</span> <div id=box role=combobox tabindex=0 aria-expanded=false>6</div>
<span>1 \u2013 6 of 6</span> <span>Page 1 of 1</span><script>box.onclick = () => { box.ariaExpanded = "true";
  document.body.insertAdjacentHTML("beforeend", `<div id=sheet style="position:fixed;inset:0"></div>
    <ul id=sizes role=listbox style="position:fixed;left:9px"><li role=option>6</li><li role=option>12</li></ul>`) };
onkeydown = (event) => { if (event.key === "Escape") { sheet.remove(); sizes.remove(); box.ariaExpanded = "false" } }
</script>"""


def test_how_many_rows_a_page_has_is_no_package_and_its_list_is_closed_again(page: Page) -> None:
    choice = opened(page, f"<table>{ROWS}</table>{PAGES}")
    assert [one.amount for one in choice.settled_offers([2_000])] == AMOUNTS
    assert page.locator("#sheet").count() == 0
    choice.choose("3,000")
    assert "3,000" in page.url


TICK = (
    "<label><input type=checkbox {} onchange='go.disabled = !this.checked'> {}</label>"
    "<label><input type=checkbox onchange='document.title = `wrong`'> Send me news</label>"
)
CHOICE = "".join(f"<label><input type=radio name=p value={one}>{one:,} credits</label>" for one in AMOUNTS)


@pytest.mark.parametrize(
    "box",
    [
        TICK.format("", "I accept the Terms of Sale"),
        TICK.format("required", "Je suis d'accord"),
        TICK.format("", "Ich stimme den AGB zu").partition("<label><input type=checkbox onchange='document")[0],
        TICK.format("style='opacity:0;position:absolute'", "I agree to the terms"),
    ],
)
def test_terms_are_accepted_before_the_choice_is_confirmed(page: Page, box: str) -> None:
    pay = "location.href = `http://site.example/pay?` + document.querySelector(`[type=radio]:checked`).value"
    button = f"<button id=go disabled onclick='{pay}'>Continue to payment</button>"
    summary = "<footer><p>Your choice: <b>1,000 credits</b>, $10.00 excl. tax</p>"
    opened(page, f"{CHOICE}{summary}{box}{button}</footer>").choose("3,000")
    assert page.url.endswith("?3000")


@pytest.mark.parametrize(("button", "price"), [("Continue \u00b7 55.00 EUR", ["55.00 EUR"]), ("Continue", [])])
def test_the_price_may_stand_on_what_confirms_the_choice(page: Page, button: str, price: list[str]) -> None:
    pay = "location.href = `http://site.example/pay?` + document.querySelector(`[type=radio]:checked`).value"
    choice = opened(page, f"{CHOICE}<button onclick='{pay}'>{button}</button>")
    choice.choose("3,000")
    assert choice.chosen is not None
    assert [str(one) for one in choice.chosen.prices] == price


SUMMARY = """<p id=sum>Choose how many credits you need.</p><script>onchange = (event) => {
  sum.innerHTML = (TEXT).replace("N", (+event.target.value).toLocaleString("en-US")); }</script>"""


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("<b>N credits</b> <span>Added at once</span><p>55.00 EUR", ["55.00 EUR"]),
        ("Subtotal 50.00 EUR<p>VAT 5.00 EUR<p>Total due today: 55.00 EUR", ["50.00 EUR", "5.00 EUR", "55.00 EUR"]),
        ("<b>N credits</b><p>You save 5.00 EUR<p>55.00 EUR<p>0.01 EUR per credit", ["55.00 EUR"]),
        ("Every order over 55.00 EUR brings a gift", []),
    ],
)
def test_the_price_may_show_once_a_package_is_chosen(page: Page, text: str, price: list[str]) -> None:
    pay = "location.href = `http://site.example/pay?` + document.querySelector(`[type=radio]:checked`).value"
    summary = SUMMARY.replace("TEXT", f"`{text}`")
    choice = opened(page, f"{CHOICE}{summary}<p>From 9.00 EUR<p><button onclick='{pay}'>Continue</button>")
    choice.choose("3,000")
    assert choice.chosen is not None
    assert [str(one) for one in choice.chosen.prices] == price


def test_a_package_that_is_listed_twice_is_on_sale_twice(page: Page) -> None:
    choice = opened(page, CHOICE + CHOICE[: CHOICE.index("</label>") + 8])
    assert sorted(one.amount for one in choice.settled_offers(AMOUNTS)) == sorted([*AMOUNTS, AMOUNTS[0]])


@pytest.mark.parametrize("words", ["Buy again every month", "Automatic top-up"])
def test_a_box_is_left_alone_once_the_choice_is_confirmed(page: Page, words: str) -> None:
    box = f"<label><input type=checkbox onchange='document.title = `wrong`'> {words}</label>"
    works = "this.disabled = true; setTimeout(() => location.href = `http://site.example/pay?` + document.title, 2500)"
    opened(page, f"{CHOICE}{box}<button onclick='{works}'>Continue to payment</button>").choose("3,000")
    assert page.url.endswith("?")


def test_terms_of_a_later_step_are_accepted_there(page: Page) -> None:
    pay = "location.href = `http://site.example/pay?` + document.querySelector(`[type=radio]:checked`).value"
    step = "document.querySelector(`#next`).hidden = false; this.remove()"
    terms = (
        "<label><input type=checkbox onchange='go.disabled = !this.checked'> I agree to the terms of purchase</label>"
    )
    later = (
        f"<div id=next hidden><h3>Review order</h3>{terms}<button id=go disabled onclick='{pay}'>Continue to payment"
    )
    opened(page, f"{CHOICE}<button onclick='{step}'>Continue</button>{later}</button></div>").choose("3,000")
    assert page.url.endswith("?3000")


def test_terms_that_are_accepted_before_a_package_can_be_chosen(page: Page) -> None:
    free = "for (const one of document.querySelectorAll(`.buy`)) one.disabled = !this.checked"
    rows = ROWS.replace("<button ", "<button class=buy disabled ")
    terms = f"<label><input type=checkbox onchange='{free}'> I accept the terms of sale</label>"
    choice = opened(page, f"<table>{rows}</table>{terms}")
    choice.choose("3,000")
    assert "/pay?3,000" in page.url
