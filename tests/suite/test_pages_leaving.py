"""Leaving the pop-up without choosing: by any of its ways out, or told why it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.packages import PackageChoice
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=3))
PACKAGES = "<h2>Add credits</h2><button>1,000 credits $10.00</button><button>3,000 credits $30.00</button>"
DIALOG = f"<div role=dialog aria-modal=true style='position:fixed;inset:20px;background:#fff'>{PACKAGES}{{}}</div>"
STAYS = "<button aria-label=Close>x</button><button>Cancel</button>"


def opened(page: Page, html: str) -> PackageChoice:
    page.set_content("<h2>Current Plan</h2><button>Add credits</button><div id=here></div>")
    choice = PackageChoice(page, PROFILE)
    page.locator("#here").evaluate("(here, html) => here.innerHTML = html", html)
    assert choice.is_open()
    return choice


def test_a_pop_up_that_stays_is_told_with_what_was_pressed(page: Page) -> None:
    assert opened(page, DIALOG.format(STAYS)).leave() == "it stays after pressing “Cancel” and “Close”"


@pytest.mark.nightly
def test_a_pop_up_that_still_slides_in_is_waited_for(page: Page) -> None:
    late = DIALOG.replace("role=dialog aria-modal=true", "id=late")
    choice = opened(page, late.format(STAYS).replace("position:fixed;inset:20px", ""))
    page.evaluate("""setTimeout(() => { late.role = "dialog"; late.ariaModal = "true";
      late.style = "position:fixed;inset:20px;background:#fff"; }, 200)""")
    assert choice.leave() == "it stays after pressing “Cancel” and “Close”"


def test_a_pop_up_without_a_known_way_out_is_not_verified(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match=r"labels\.close"):
        opened(page, DIALOG.format("<button>Weg</button>")).leave()


def test_a_sheet_without_a_control_is_left_by_a_press_beside_it(page: Page) -> None:
    sheet = f"""<div id=all><div style='position:fixed;inset:0' onclick='document.getElementById("all").remove()'></div>
      <div style='position:fixed;inset:200px 0 0;background:#fff'>{PACKAGES}</div></div>"""
    assert opened(page, sheet).leave() == ""
    assert page.locator("#all").count() == 0


@pytest.mark.parametrize("works", ["Close", "Cancel"])
def test_a_pop_up_is_left_by_either_way_out(page: Page, works: str) -> None:
    ways = STAYS.replace(">x<", ">Close<").replace(f">{works}<", f" onclick='this.parentNode.remove()'>{works}<")
    assert opened(page, DIALOG.format(ways)).leave() == ""
    assert page.locator("[role=dialog]").count() == 0


@pytest.mark.parametrize(("around", "inside"), [("<a href=# title=Close onclick='done()'>[X]</a>", ""), ("", "Cancel")])
def test_packages_in_a_frame_are_left_by_what_closes_around_or_in_it(page: Page, around: str, inside: str) -> None:
    within = f"{PACKAGES}<button onclick='parent.done()'>{inside}</button>" if inside else PACKAGES
    frame = (
        f'<div id=over style="position:fixed;inset:0;background:#fff">{around}<iframe srcdoc="{within}"></iframe></div>'
    )
    page.set_content("<h2>Current Plan</h2><button>Add credits</button><div id=here></div>")
    page.evaluate("() => { window.done = () => document.getElementById('over').remove(); }")
    choice = PackageChoice(page, PROFILE)
    page.locator("#here").evaluate("(here, html) => here.innerHTML = html", frame)
    assert choice.until(choice.is_open, 3)
    assert choice.leave() == ""
    assert page.locator("#over").count() == 0


def test_packages_that_are_part_of_a_page_need_not_be_left(page: Page) -> None:
    assert opened(page, PACKAGES + "<a href='#'>Back</a>").leave() == ""


def test_a_way_out_that_orders_is_told(page: Page) -> None:
    answers = {"/start": "<p>Billing", "/pay": "<title>Pay</title><input id=cardNumber>", "/order": ""}
    page.route("**/*", lambda asked: asked.fulfill(body=answers[asked.request.url[19:]], content_type="text/html"))
    page.goto("http://site.example/start")
    orders = "fetch(`/order`, {method: `POST`}).then(() => setTimeout(() => location.href = `/pay`, 600))"
    ways = f"<button onclick='setTimeout(() => {orders}, 150); this.parentNode.remove()'>Cancel</button>"
    assert opened(page, DIALOG.format(ways)).leave() == "it leads to a payment page"


@pytest.mark.parametrize(("ways", "is_told"), [(STAYS, True), ("", False)])
def test_a_pop_up_whose_controls_do_not_close_it_is_told_though_a_key_does(
    page: Page, ways: str, *, is_told: bool
) -> None:
    choice = opened(page, DIALOG.format(ways))
    page.evaluate(
        "() => { onkeydown = ({ key }) => key === 'Escape' && document.querySelector('[role=dialog]').remove() }"
    )
    told = "it stays after pressing “Cancel” and “Close”, and is closed by Escape alone"
    assert choice.leave() == (told if is_told else "")


_SETTINGS = """<div role=dialog aria-label=Settings style="position:fixed;inset:10px;background:#fff">
<h2>Current Plan</h2><button>Add credits</button><button aria-label=Close onclick="left('settings')">x</button></div>
<div id=here></div><div id=list></div><script>
const left = (what) => { document.title = what; };
const offer = () => { list.innerHTML = `<div style="position:fixed;inset:0"></div><ul role=listbox
  style="position:fixed;top:90px;right:20px;background:#fff"><li role=option>1,000 credits $10.00</li>
  <li role=option>3,000 credits $30.00</li></ul>`; };
onkeydown = ({ key }) => { if (key === "Escape") list.innerHTML = ""; };</script>"""
_DRAWER = """<div role=dialog aria-label="Add credits" style="position:fixed;top:0;bottom:0;right:0;background:#fff">
<button aria-label=Close onclick="this.parentNode.remove(); left('drawer')">x</button><h2>Add credits</h2>
<div role=combobox aria-haspopup=listbox tabindex=0 onclick="offer()">Choose a package</div></div>"""


def test_a_drawer_over_settings_that_are_a_pop_up_themselves_is_left_with_the_list_in_it(page: Page) -> None:
    page.set_content(_SETTINGS)
    choice = PackageChoice(page, PROFILE)
    page.locator("#here").evaluate("(here, html) => here.innerHTML = html", _DRAWER)
    assert [one.amount for one in choice.settled_offers([1_000, 3_000])] == [1_000, 3_000]
    assert choice.leave() == ""
    assert (page.title(), page.get_by_role("dialog").count()) == ("drawer", 1)
