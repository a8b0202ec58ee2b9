"""The pop-up with the packages: brought to show whatever hides them, chosen as a person chooses, or told why not."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.package_selection import exactly_these_packages
from steps.pages.billing import BillingPage
from steps.pages.input_device import UnpressableError
from steps.pages.not_found import ElementNotFoundError
from steps.pages.packages import PackageChoice
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.package_pop_up import AMOUNTS, DIALOG, PAY, PROFILE, ROWS, TEXTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

GO = f'<button id=go disabled onclick="{PAY}">Continue to payment</button>'
OPTIONS = "".join(f"<option>{text}" for text in TEXTS)
TAKE = "document.title = this.innerText; go.disabled = false;"

UNFOLDS = """<div id=box role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false>Credit package</div>
<style>ul.out { opacity: 0; transition: opacity .22s }</style><script>box.onclick = () => {
  const list = box.parentElement.appendChild(document.createElement("ul")); list.role = "listbox";
  box.ariaExpanded = "true";
  for (const text of TEXTS) {
    const one = list.appendChild(document.createElement("li")); one.role = "option"; one.textContent = text;
    one.onclick = () => { box.textContent = document.title = text; go.disabled = false; list.className = "out";
      box.ariaExpanded = "false"; setTimeout(() => list.remove(), 220); };
  }
}</script>""".replace("TEXTS", repr(TEXTS))
FIELD = """<style>.box input, .box i, li { cursor: pointer } ul { position: absolute; background: #fff }</style>
<div class=box><input readonly placeholder="Choose a package"><i>\u2304</i></div><script>
const field = document.querySelector(".box input"); document.querySelector(".box").onclick = () => {
  const old = document.querySelector("ul"); if (old) return old.remove();
  const list = document.body.appendChild(document.createElement("ul"));
  for (const text of TEXTS) { const one = list.appendChild(document.createElement("li")); one.textContent = text;
    one.onclick = () => { field.value = document.title = text; go.disabled = false; list.remove(); }; }
}</script>""".replace("TEXTS", repr(TEXTS))
DRAWS = """<div id=list style="height: 90px; overflow: auto; position: relative"><div style="height: 240px"></div></div>
<script>const texts = TEXTS; const draw = () => { for (const old of list.querySelectorAll("button")) old.remove();
  texts.forEach((text, at) => { if (at * 40 < list.scrollTop - 40 || at * 40 > list.scrollTop + 90) return;
    const one = list.appendChild(document.createElement("button")); one.textContent = text;
    one.style = `position: absolute; left: 0; height: 38px; top: ${at * 40}px`;
    one.onclick = () => { document.title = text; go.disabled = false; }; }); };
list.onscroll = draw; START draw();</script>""".replace("TEXTS", repr(TEXTS))
RADIO = (
    "<label style='display:block'><input type=radio name=p style='{}' onclick='document.title = "
    "this.parentElement.innerText; go.disabled = false'><i></i> {}</label>"
)
_UNSEEN = "position:absolute;width:1px;height:1px;clip-path:inset(50%)"
BUTTONS = [f"<button onclick='{TAKE}'>{text}</button>" for text in TEXTS]
SHOWN = {
    "a list of the browser's own": f"<select onchange='document.title = this.value; go.disabled = false'>"
    f"<option value=''>Choose{OPTIONS}</select>{GO}",
    "a list that fades": GO + UNFOLDS,
    "a list below a field of no role": GO + FIELD,
    "a list that draws what is in view": GO + DRAWS.replace("START", ""),
    "such a list, scrolled": GO + DRAWS.replace("START", "list.scrollTop = 80;"),
    "a list of choices whose rows have no role": "<div role=listbox>"
    + "".join(f"<div tabindex=-2 style='cursor: pointer' onclick='{TAKE}'><div>{text}</div></div>" for text in TEXTS)
    + f"</div>{GO}",
    "show more, of any kind": "".join(BUTTONS[:3]) + f"<p id=rest hidden>{''.join(BUTTONS[3:])}</p>"
    f"<div><span id=more>Show 3 more packages</span></div>{GO}"
    "<script>more.addEventListener('click', () => { rest.hidden = false; more.remove(); })</script>",
    "details": "".join(BUTTONS[:3]) + f"<details><summary>More packages</summary>{''.join(BUTTONS[3:])}</details>{GO}",
    "tabs, the second one open": "<button role=tab aria-selected=false onclick='one.hidden = false; two.hidden = true; "
    "this.ariaSelected = true; this.nextSibling.ariaSelected = false'>Small</button>"
    "<button role=tab aria-selected=true onclick='one.hidden = true; two.hidden = false; this.ariaSelected = true; "
    "this.previousSibling.ariaSelected = false'>Large</button>"
    f"<p id=one hidden>{''.join(BUTTONS[:3])}</p><p id=two>{''.join(BUTTONS[3:])}</p>{GO}",
    "a Buy in each row": f"<table>{ROWS}</table>",
    "cards marked by a class": "".join(
        f"<div tabindex=0 style='cursor:pointer' onclick='this.className = `on`; {TAKE}'>{text}</div>" for text in TEXTS
    )
    + GO,
    "radio buttons behind a drawing": "".join(RADIO.format(_UNSEEN, text) for text in TEXTS) + GO,
    "radio buttons that are not drawn": "".join(RADIO.format("display:none", text) for text in TEXTS) + GO,
}


@pytest.mark.parametrize("how", SHOWN)
def test_all_packages_are_brought_to_show_in_order(page: Page, how: str) -> None:
    choice = opened(page, SHOWN[how])
    assert [one.amount for one in choice.settled_offers(AMOUNTS)] == AMOUNTS
    assert choice.unexplored() is None


@pytest.mark.parametrize(
    ("offers", "wrong"),
    [
        (["1,000", "3,000"], ""),
        (["1,000 credits", "3,000 credits"], ""),
        (["1,000 credits", "3,000"], "called credits"),
        (["1,000 coins", "3,000 coins"], "called credits"),
    ],
)
def test_packages_are_called_credits_all_of_them_or_by_the_title(page: Page, offers: list[str], wrong: str) -> None:
    choice = opened(page, "".join(f"<button>{one}<p>$9.00</p></button>" for one in offers))
    with pytest.raises(AssertionError, match=wrong) if wrong else nullcontext():
        exactly_these_packages(choice, [["package"], ["1,000"], ["3,000"]])


def test_packages_under_another_word_are_told_without_their_prices_too(page: Page) -> None:
    amounts = ["1,000", "3,000", "5,000"]
    choice = opened(page, "".join(f"<button>{one} tokens</button>" for one in amounts))
    with pytest.raises(AssertionError, match=r"called credits(?s:.*)1,000 tokens"):
        exactly_these_packages(choice, [["package"], *([one] for one in amounts)])
    rows = "".join(f"<button>{one} rows</button>" for one in ("10", "25", "50"))
    assert opened(page, rows + "".join(f"<button>{one} credits</button>" for one in amounts)).find(25) is None


def test_packages_that_nothing_calls_credits_are_none(page: Page) -> None:
    page.set_content("<p>7,500 credits</p>")
    choice = PackageChoice(page, PROFILE)
    packages = "<div role=group aria-label='Credit packages'><button>1,000</button><button>3,000</button></div>"
    page.set_content("<p>7,500 credits</p>" + DIALOG.format(packages).replace("Add credits", "Choose"))
    assert not choice.is_open()


_SHEET = "<p style='position:sticky;bottom:0;height:60px;margin:0;background:#fff'>Total</p>"
_AROUND = {
    "in view": ("{}", ""),
    "behind a card": (
        "<p style='background:#eee'><b style='position:relative;z-index:-1'>{}</b></p>",
        "1,000 credits lies behind the ground",
    ),
    "on a card": (
        "<p style='background:#eee;isolation:isolate'><b style='position:relative;z-index:-1'>{}</b></p>",
        "",
    ),
    "under a sheet": ("{}<i style='position:absolute;inset:0'></i>", "1,000 credits is covered by <i>"),
    "under a foot": ("<div style='height:100px;overflow:auto'>{}" + _SHEET + "</div>", ""),
}


@pytest.mark.parametrize("how", _AROUND)
def test_packages_on_sale_can_be_pressed(page: Page, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.pages.base_page._IN_THE_WAY", 0.1)
    around, wrong = _AROUND[how]
    buttons = "".join(f"<button style='display:block'>{one:,} credits</button>" for one in AMOUNTS)
    choice = opened(page, around.format(buttons))
    table = [["package"], *([f"{one:,}"] for one in AMOUNTS)]
    with pytest.raises(AssertionError, match=wrong) if wrong else nullcontext():
        exactly_these_packages(choice, table)


def test_a_package_that_a_list_draws_anew_as_it_is_scrolled_is_found_again(page: Page) -> None:
    foot = "<p style='position:absolute;left:0;right:0;top:60px;height:90px;margin:0;background:#fff'>Total</p>"
    choice = opened(page, f"<div style='position:relative'>{DRAWS.replace('START', '')}{foot}</div>")
    assert 5_000 in {one.amount for one in choice.offers()}
    assert choice.covered([5_000]) == ""


@pytest.mark.parametrize("how", SHOWN)
@pytest.mark.parametrize("at", [0, 5])
def test_a_package_is_chosen_however_it_is_shown(page: Page, how: str, at: int) -> None:
    choice = opened(page, SHOWN[how])
    assert choice.choose(f"{AMOUNTS[at]:,}").is_shown()
    assert choice.chosen is not None
    assert (choice.chosen.amount, [str(price) for price in choice.chosen.prices]) == (
        AMOUNTS[at],
        [f"{AMOUNTS[at] // 100}.00 USD"],
    )
    assert f"/pay?{AMOUNTS[at]:,}%20credits" in page.url


COMMANDS = """<input role=combobox aria-expanded=true aria-controls=list aria-activedescendant=p1>
<div id=list role=listbox></div><script>const all = TEXTS.map((text, at) => {
  const one = list.appendChild(document.createElement("div"));
  one.role = "option"; one.id = `p${at + 1}`; one.textContent = text; one.ariaSelected = !at;
  one.onpointermove = () => { for (const other of all) other.ariaSelected = other === one; };
  one.onclick = () => { if (deaf) { deaf = false; return; }
    document.title = text; one.dataset.checked = true; go.disabled = false; };
  return one; });</script>""".replace("TEXTS", repr(TEXTS))


@pytest.mark.parametrize(
    ("go", "deaf", "at"), [(GO, "false", 0), (GO.replace("disabled ", ""), "false", 0), (GO, "true", 2)]
)
def test_an_option_that_is_merely_highlighted_is_not_taken_for_chosen(page: Page, go: str, deaf: str, at: int) -> None:
    """A way on that is free may go on with another one; that the mouse highlights it is no sign of a choice either."""
    opened(page, f"<script>let deaf = {deaf}</script>{go}{COMMANDS}").choose(f"{AMOUNTS[at]:,}")
    assert f"/pay?{AMOUNTS[at]:,}%20credits" in page.url


def test_a_choice_that_shows_by_a_class_alone_is_pressed_once(page: Page) -> None:
    card = "<div tabindex=0 style='cursor:pointer' onclick='this.className = `on`; document.title += `!`'>{}</div>"
    go = GO.replace("disabled ", "")
    assert opened(page, "".join(map(card.format, TEXTS)) + go).choose("3,000").is_shown()
    assert page.url.endswith("/pay?!")


def test_a_radio_that_is_not_drawn_is_pressed_once(page: Page) -> None:
    radio = RADIO.replace("onclick='", "onclick='document.presses = (document.presses || 0) + 1; ")
    go = GO.replace("disabled ", "").replace("document.title", "document.presses")
    assert opened(page, "".join(radio.format("display:none", text) for text in TEXTS) + go).choose("3,000").is_shown()
    assert page.url.endswith("/pay?1")


def test_a_list_counts_for_more_than_its_choice_and_the_balance_above_it(page: Page) -> None:
    page.set_content("<h2>Billing</h2>")
    choice = PackageChoice(page, PROFILE)
    options = "".join(f"<option>{amount} credits for ${at}.00</option>" for at, amount in enumerate(AMOUNTS, 19))
    plan = "<section><h2>Current Plan</h2><ul><li><b>7500</b> add-on credits left</ul></section>"
    form = f"<div><label>Package <select>{options}</select></label><button>Continue</button></div>"
    page.set_content(f"<h2>Billing</h2><div>{plan}<div><h2>Buy credits</h2><div>{form}</div></div></div><div></div>")
    assert len(choice.offers()) == len(AMOUNTS)


def test_a_package_that_is_missing_is_not_on_sale(page: Page) -> None:
    choice = opened(
        page,
        "".join(BUTTONS[:3])
        + GO
        + "<button>Close</button><a href='/plans'>Other plans</a><a href='#'>Upgrade your subscription</a>",
    )
    with pytest.raises(ElementNotFoundError, match="81,000 credits are not on sale; on sale: 1,000, 3,000, 5,000"):
        choice.choose("81,000")
    assert choice.unexplored() is None


@pytest.mark.parametrize(
    "more",
    [
        "<button>Weitere Pakete</button>",
        "<button aria-label=Forward>&gt;</button>",
        "<button>Show more</button>",
        "<details><summary>Weitere Pakete</summary>...</details>",
    ],
)
def test_what_cannot_be_brought_to_show_is_unclear(page: Page, more: str) -> None:
    choice = opened(page, "".join(BUTTONS[:3]) + more)
    with pytest.raises(NotVerifiedError, match=r"labels\.more_packages"):
        choice.choose("81,000")


def test_packages_that_load_disabled_are_waited_for(page: Page) -> None:
    free = "for (const one of document.querySelectorAll('button')) one.disabled = false;"
    late = f"<script>setTimeout(() => {{ {free} }}, 900)"
    choice = opened(page, "".join(BUTTONS).replace("<button", "<button disabled") + late + "</script>")
    assert all(one.is_free for one in choice.settled_offers(AMOUNTS))


def test_amounts_are_compared_as_numbers(page: Page) -> None:
    profile = msgspec.structs.replace(PROFILE, thousands=".")
    texts = [text.replace(".00", "").replace(",000", ".000") for text in BUTTONS]
    assert opened(page, "".join(texts) + GO, profile).choose("3,000").is_shown()


def test_numbers_against_the_profile_are_unclear(page: Page) -> None:
    choice = opened(
        page, "".join(text.replace(",000", ".000") for text in BUTTONS) + "<button>1.200.000 credits</button>"
    )
    with pytest.raises(NotVerifiedError, match=r'thousands = "\."'):
        choice.choose("3,000")


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ("<button disabled>3,000 credits</button>", "“3,000 credits” is disabled"),
        (
            "<p style='position:relative'><button>3,000 credits</button><i style='position:absolute;inset:0'></i></p>",
            "“3,000 credits” is covered by <i>",
        ),
    ],
)
def test_a_package_that_a_person_could_not_press_is_not_chosen(page: Page, button: str, why: str) -> None:
    choice = opened(page, f"{BUTTONS[0]}{button}{GO}")
    with pytest.raises(UnpressableError, match=why):
        choice.choose("3,000")


def test_a_folded_list_of_the_pop_up_is_unfolded_and_no_other(page: Page) -> None:
    page.set_content(
        "<div role=dialog aria-modal=true><h2>Current Plan</h2><p>Total available <b>7,500 credits</b></p>"
        "<button onclick='over.hidden = false'>Add credits</button>"
        "<div role=combobox aria-expanded=false tabindex=0 onclick='document.title = `wrong`'>Type</div></div>"
        "<div id=over hidden role=dialog aria-modal=true style='position:fixed;left:300px;top:60px;background:#fff'>"
        f"<h2>Add credits</h2>{GO}{UNFOLDS}</div>"
    )
    choice = BillingPage(page, PROFILE).add_credits()
    assert [one.amount for one in choice.offers()] == AMOUNTS
    assert page.title() == ""


@pytest.mark.parametrize("how", ["a list that fades", "a Buy in each row", "a list of the browser's own"])
def test_the_pop_up_is_left_without_choosing(page: Page, how: str) -> None:
    close = "<button onclick='this.parentElement.remove(); document.title = `left`'>Cancel</button>"
    opened(page, SHOWN[how] + close).leave()
    assert page.title() == "left"


def test_a_package_of_an_earlier_look_is_not_pressed_at_the_place_of_another(page: Page) -> None:
    choice = PackageChoice(page, PROFILE)
    page.set_content(DIALOG.format("".join(BUTTONS)))
    offer = choice.find(3_000)
    assert offer is not None
    page.evaluate("document.querySelector('[role=dialog] button').before(document.createElement('button'))")
    assert choice.find(5_000) is not None
    assert choice.element_of(offer) is None
