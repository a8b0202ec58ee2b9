"""A package that is chosen and then confirmed: on second thoughts, and with the total that the pop-up tells."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.package_pop_up import PAY, TEXTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

RADIO = "<label style=display:block><input type=radio name=p onclick='{take}'> {text}</label>"
FOOT = f'<p>Total <b id=total>$90.00</b></p><p>{{note}}</p><button onclick="{PAY}">Continue to payment</button>'
TAKE = "document.title = this.parentElement.innerText;"
TOLD = TAKE + "total.innerText = document.title.split(`, `)[1];"


def pop_up(take: str, note: str = "") -> str:
    return "".join(RADIO.format(take=take, text=text) for text in TEXTS) + FOOT.format(note=note)


@pytest.mark.parametrize(
    ("take", "note", "total"),
    [
        (TOLD, "", "30.00 USD"),
        (TAKE + "setTimeout(() => { total.innerText = `$30.00` }, 400)", "", "30.00 USD"),
        (TAKE, "", "90.00 USD"),
        (TAKE, "VAT (20 %) $15.00", "None"),
    ],
)
def test_the_total_that_is_told_with_the_choice_is_noted(page: Page, take: str, note: str, total: str) -> None:
    choice = opened(page, pop_up(take, note))
    choice.choose("3,000")
    assert str(choice.total) == total


IN_LINES = re.compile(r"(?<=credits), (?=\\$)")
"""What stands between a package and its price, which are lines of their own in many pop-ups."""
SUMS_UP = TAKE + "sum.innerHTML = {}; total.parentElement.hidden = true;"


@pytest.mark.parametrize(
    ("says", "total"),
    [
        ("`<b>3,000 credits</b><p>$30.00</p>`", "30.00 USD"),
        ("`<p>Your selection: 3,000 credits</p><p>$42.00</p>`", "42.00 USD"),
        ("`<b>3,000 credits for $42.00</b>`", "42.00 USD"),
        ("`<p>You are about to buy <b>3,000 credits</b> for <b>$42.00</b>.</p>`", "42.00 USD"),
        ("`<p>3,000 credits</p><p>$42.00</p><p>VAT is added</p>`", "None"),
        ("`<p>You add</p><p>3,000 credits</p><p>You pay once</p><p>$42.00 incl. GST</p>`", "42.00 USD"),
        ("`<p>You will have 19,000 credits</p><p>$42.00</p>`", "None"),
        ("`<p>2,000 credits</p>`; setTimeout(() => { sum.innerText = `3,000 credits` }, 600)", "None"),
    ],
)
def test_a_summary_of_the_choice_tells_its_price(page: Page, says: str, total: str) -> None:
    choice = opened(page, IN_LINES.sub("<br>", pop_up(SUMS_UP.format(says), "<span id=sum></span>")))
    choice.choose("3,000")
    assert str(choice.total) == total


def test_a_summary_that_stays_one_of_another_package_breaks_the_promise(page: Page) -> None:
    stale = TAKE + "sum.innerText = window.last ?? ``; window.last = document.title.split(`\\n`)[0];"
    choice = opened(page, IN_LINES.sub("<br>", pop_up(stale, "<b id=sum></b>")))
    with pytest.raises(ElementNotFoundError, match=r"3,000 credits are chosen, the pop-up says “.*1,000 credits"):
        choice.choose("3,000", after_another=True)


KEEPS = "document.title = document.title || this.parentElement.innerText;"


@pytest.mark.parametrize(("take", "chosen"), [(TAKE, "3,000 credits"), (KEEPS, "1,000 credits")])
def test_another_package_is_chosen_first_where_the_choice_is_confirmed(page: Page, take: str, chosen: str) -> None:
    choice = opened(page, pop_up(take))
    choice.choose("3,000", after_another=True)
    assert chosen in page.url.replace("%20", " ")


GO = f'<button id=go disabled onclick="{PAY}">Continue to payment</button>'
REVIEW = "<h2>Review your order</h2><p>3,000 credits</p><input type=submit value='Confirm and pay' onclick='{}'>"


@pytest.mark.nightly
def test_a_page_that_reviews_the_order_is_confirmed_too(page: Page) -> None:
    buttons = [f"<button onclick='document.title = this.innerText'>{text}</button>" for text in TEXTS]
    go = "onclick='location.href = `http://site.example/order`'"
    choice = opened(page, f"{''.join(buttons)}<button {go}>Proceed to order</button>")
    page.route("**/order", lambda asked: asked.fulfill(body=REVIEW.format(PAY), content_type="text/html"))
    assert choice.choose("3,000").is_shown()


def test_a_second_step_in_the_pop_up_is_confirmed_after_the_site_has_answered(page: Page) -> None:
    """Choosing has sent a request, and nothing leads on by itself."""
    page.route("**/chosen", lambda asked: asked.fulfill(body=""))
    page.route("**/start", lambda asked: asked.fulfill(body="", content_type="text/html"))
    page.goto("http://site.example/start")
    asks = "fetch(`/chosen`, {method: `POST`}); go.disabled = false"
    choice = opened(page, "".join(f"<button onclick='{asks}'>{text}</button>" for text in TEXTS) + GO)
    assert choice.choose("3,000").is_shown()


ANY = "<button {} {}>{}</button>"
PAYS, FREES = f'onclick="{PAY}"', "onclick='document.title = this.innerText; further.disabled = false'"


@pytest.mark.parametrize(
    ("more", "arrives"),
    [
        (ANY.format("id=further disabled", PAYS, "Looks good"), True),
        pytest.param(
            ANY.format("id=further", "", "Compare") + ANY.format("", PAYS, "Looks good"),
            False,
            marks=pytest.mark.nightly,
        ),
        (ANY.format("", "", "Compare") + ANY.format("id=further disabled", PAYS, "Looks good"), True),
        (ANY.format("", "aria-haspopup=menu", "Sort") + ANY.format("id=further", PAYS, "Looks good"), True),
    ],
    ids=["one", "two", "freed", "menu"],
)
def test_a_choice_is_confirmed_by_the_only_button_that_may(page: Page, more: str, *, arrives: bool) -> None:
    choice = opened(page, "".join(f"<button {FREES}>{text}</button>" for text in TEXTS) + more)
    with nullcontext() if arrives else pytest.raises(NotVerifiedError, match=r"labels\.confirm"):
        assert choice.choose("3,000").is_shown()


@pytest.mark.parametrize("way_on", ["OK", "Looks good"])
def test_a_second_dialog_that_asks_once_more_is_answered(page: Page, way_on: str) -> None:
    """What answers it is all that it has beside a way out; "OK" closes news elsewhere."""
    again = (
        "<div id=sure hidden><div role=dialog aria-label=Confirm style='position:fixed;inset:90px;background:#fff;"
        f"z-index:9'><p id=what></p><button>Cancel</button><button {PAYS}>{way_on}</button></div></div>"
    )
    asks = "document.title = `{0}`; what.innerText = `Buy {0}?`; sure.hidden = false"
    rows = "".join(
        f"<tr><td>{text}</td><td><button onclick='{asks.format(text)}'>Buy</button></td></tr>" for text in TEXTS
    )
    assert opened(page, f"<table>{rows}</table></div>{again}<div>").choose("3,000").is_shown()


@pytest.mark.parametrize(
    ("link", "is_open"),
    [
        ("<p>Buying often? It may be better to <a href=#plans>change your plan</a>.</p>", False),
        ("<p>Buying often? It may be better to <a href=#>see what else there is</a>.</p>", True),
        ("<a href=#plans>what else there is</a>", True),
    ],
)
def test_a_link_among_other_words_leads_to_no_packages(page: Page, link: str, *, is_open: bool) -> None:
    buttons = "".join(f"<button>{text}</button>" for text in TEXTS)
    assert bool(opened(page, buttons + link).unexplored()) is is_open


@pytest.mark.parametrize(
    "asks",
    [
        "`Are you sure? <button onclick='{pay}'>Yes</button> <button>No</button>`",
        "`<button onclick='{pay}'>Confirm</button>`",
        "`<small>$30.00 will be charged.</small><button>Cancel</button><a href=# onclick='{pay}'>Yes, go on</a>`",
    ],
)
def test_a_choice_is_confirmed_in_its_own_row(page: Page, asks: str) -> None:
    within = asks.format(pay=PAY.replace("`", "\\`"))
    rows = "".join(
        f'<li><b>{text.replace(", ", "</b> ")} <span><button onclick="document.title = `{text}`;'
        f'this.parentElement.innerHTML = {within}">Choose</button></span></li>'
        for text in TEXTS
    )
    opened(page, f"<ul>{rows}</ul>").choose("3,000")
    assert page.url.endswith("3,000%20credits,%20$30.00")


LATE = f"document.title += `{{0}}`; this.append(` chosen`); setTimeout(() => {{{{ {PAY} }}}}, 2500)"


@pytest.mark.parametrize(
    "package",
    [
        "<div tabindex=0 style='cursor:pointer' onclick='{take}'>{text} <p>Buy</p></div>",
        "<p><button onclick='{take}'>Buy {text}</button></p>",
        "<p>{text} <button onclick='{take}'>Buy</button></p>",
    ],
    ids=["a card with the word", "a button that says so later", "a button in a row"],
)
def test_what_stands_with_packages_confirms_no_choice_while_the_site_works(page: Page, package: str) -> None:
    opened(page, "".join(package.format(take=LATE.format(text), text=text) for text in TEXTS)).choose("3,000")
    assert page.url.endswith("?3,000%20credits,%20$30.00")


@pytest.mark.parametrize(
    ("beside", "prices"),
    [
        ("<p id=price>$10.00</p>", ["10.00 USD"]),  # which stays, whatever is chosen
        ("<p id=price>$10.00</p><p>or $27.00 for three</p>", []),
        ("<p>$10.00 per 1,000 credits</p>", []),
    ],
)
def test_the_only_price_beside_a_native_list_is_that_of_the_choice(page: Page, beside: str, prices: list[str]) -> None:
    options = "".join(f"<option>{text.partition(',')[0]},000 credits</option>" for text in TEXTS)
    choice = opened(page, f'<select>{options}</select>{beside}<button onclick="{PAY}">Continue to payment</button>')
    choice.choose("3,000")
    assert choice.chosen is not None
    assert [str(one) for one in choice.chosen.prices] == prices


@pytest.mark.parametrize(("late", "total"), [("0", "30.00 USD"), ("400", "30.00 USD"), ("99999", "10.00 USD")])
def test_the_total_beside_a_native_list_is_reckoned_before_it_is_noted(page: Page, late: str, total: str) -> None:
    options = "".join(f"<option>{text.partition(',')[0]},000 credits</option>" for text in TEXTS)
    reckons = f"setTimeout(() => {{ sum.innerText = `$${{this.value[0]}}0.00` }}, {late})"
    told = "<p>Total: <b id=sum>$10.00</b> USD, tax exempt</p>"
    go = f'<button onclick="{PAY}">Continue to payment</button>'
    choice = opened(page, f'<select onchange="{reckons}">{options}</select>{told}{go}')
    choice.choose("3,000")
    assert str(choice.total) == total


DRAWN = """<button role=combobox aria-haspopup=listbox aria-expanded=false id=box onclick="list.hidden = !list.hidden">
1,000 credits</button><ul role=listbox id=list hidden>{0}</ul><p id=price data-form="{1}">{1}</p>"""
TAKEN = (
    "box.textContent = this.textContent; list.hidden = true;"
    "price.textContent = price.dataset.form.replace('10', `${this.textContent[0]}0`)"
)


@pytest.mark.parametrize(
    ("beside", "price"),
    [("Price: $10.00 incl. VAT", "30.00 USD"), ("Preis: 10,00 \u20ac inkl. MwSt.", "30.00 EUR"), ("", "")],
)
def test_the_only_price_beside_a_drawn_list_is_that_of_the_choice(page: Page, beside: str, price: str) -> None:
    options = "".join(f'<li role=option onclick="{TAKEN}">{text.partition(",")[0]},000 credits</li>' for text in TEXTS)
    drawn = DRAWN.format(options, beside)
    choice = opened(page, f'{drawn}<button onclick="{PAY}">Continue to payment</button>')
    choice.choose("3,000")
    assert choice.chosen is not None
    assert "".join(map(str, choice.chosen.prices)) == price
