"""The way to Billing is walked from every other part of the product that is known, not from where a member starts."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.billing import the_member_goes_to_billing_from_elsewhere
from steps.pages.base_page import ElementNotFoundError
from steps.pages.navigation import AppNavigation
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=1.5))
LINKS = "<div><a href=/>Home</a> <a href=/users>Users</a> <a href=/flows>Workflows</a></div>"
SETTINGS = "<a href=/billing>Workspace Settings</a>"
BILLING = "<a href=/billing>Billing</a><h2>Current Plan</h2><h2>Billing Information</h2><h2>Invoices</h2>"


def member_on(page: Page, links: str, lacking: str = "") -> Any:
    def answer(asked: Route) -> None:
        path = asked.request.url.removeprefix("http://site.example")
        body = "" if path == lacking else BILLING if path == "/billing" else SETTINGS
        asked.fulfill(body=links + body, content_type="text/html")

    page.route("**/*", answer)
    navigation = AppNavigation(page, PROFILE)
    return cast("Any", SimpleNamespace(navigation=navigation, billing=lambda: page.url))


def test_billing_is_reached_from_each_part(page: Page) -> None:
    the_member_goes_to_billing_from_elsewhere(member_on(page, LINKS))
    assert page.url == "http://site.example/billing"


@pytest.mark.parametrize(("times", "ends"), [(1, None), (2, TargetUnavailableError)])
def test_an_address_is_opened_again_where_the_page_led_on_by_itself_just_then(
    page: Page, times: int, ends: type[Exception] | None
) -> None:
    page.route("**/*", lambda asked: asked.fulfill(body=BILLING, content_type="text/html"))
    page.route("**/billing", lambda asked: asked.abort("aborted"), times=times)
    with pytest.raises(ends) if ends else nullcontext():
        AppNavigation(page, PROFILE).visit("/billing")


@pytest.mark.parametrize("lacking", ["/users", "/flows"])
def test_a_way_that_lacks_on_one_part_is_told(page: Page, lacking: str) -> None:
    with pytest.raises(ElementNotFoundError, match=f"site.example{lacking} shows"):
        the_member_goes_to_billing_from_elsewhere(member_on(page, LINKS, lacking))


def test_a_word_in_a_list_is_no_tab(page: Page) -> None:
    def answer(asked: Route) -> None:
        path = asked.request.url.removeprefix("http://site.example")
        users = "<table><tr><td>Ada<td><span role=list><span role=listitem>Billing</span></span></table>"
        body = users if path == "/users" else BILLING if path == "/settings" else ""
        link = "" if path == "/settings" else SETTINGS.replace("/billing", "/settings")
        asked.fulfill(body=LINKS + body + link, content_type="text/html")

    page.route("**/*", answer)
    member = cast("Any", SimpleNamespace(navigation=AppNavigation(page, PROFILE), billing=lambda: page.url))
    the_member_goes_to_billing_from_elsewhere(member)
    assert page.get_by_text("Current Plan").count() == 1


MENU = """<button aria-label="User menu for Ada" style="position:fixed;left:9px;bottom:9px"
onclick="this.nextElementSibling.hidden ^= 1">Ada</button><div hidden style="position:fixed;left:9px;bottom:40px">
<a href=/profile>My profile</a>{}<a href=/out>Log out</a></div>"""


@pytest.mark.nightly
def test_a_menu_that_lacks_on_one_part_is_not_looked_for_on_another_that_it_leads_to(page: Page) -> None:
    def answer(asked: Route) -> None:
        path = asked.request.url.removeprefix("http://site.example")
        menu = MENU.format("" if path == "/users" else SETTINGS)
        asked.fulfill(body=LINKS + (BILLING if path == "/billing" else menu), content_type="text/html")

    page.route("**/*", answer)
    navigation = AppNavigation(page, Profile(base_url="http://site.example", limits=Limits(page=6)))
    member = cast("Any", SimpleNamespace(navigation=navigation, billing=lambda: page.url))
    with pytest.raises(ElementNotFoundError, match=r"site\.example/users shows"):
        the_member_goes_to_billing_from_elsewhere(member)


def test_a_product_without_known_parts_is_not_verified(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match=r"labels\.users"):
        the_member_goes_to_billing_from_elsewhere(member_on(page, "<a href=/users>Benutzer</a>"))


def test_a_part_whose_address_comes_before_its_page_is_waited_for(page: Page) -> None:
    late = "onclick=\"history.pushState(0, 0, '/flows'); setTimeout(() => it.innerHTML = '<h1>Workflows</h1>', 500)\""
    body = f"<nav><a {late}>Workflows</a></nav><div id=it>{BILLING}</div>".replace("<a onclick", "<a role=link onclick")
    page.route("**/*", lambda asked: asked.fulfill(body=body, content_type="text/html"))
    page.goto("http://site.example/billing")
    navigation = AppNavigation(page, PROFILE)
    assert navigation.look_at(navigation.other_parts()[0])
    assert page.get_by_text("Current Plan").count() == 0


ASKED = """<nav style="position:fixed;left:0;bottom:0"><button aria-haspopup=menu onclick="menu.hidden = false">
Ada Lovelace</button></nav><div id=menu hidden><a href=/billing>Workspace Settings</a></div>
<div id=banner style="position:fixed;left:0;right:0;bottom:0;height:80px;background:#eee">Cookies?
<button style="float:right" onclick="banner.remove()">Accept all cookies</button></div>"""


def test_a_question_about_cookies_over_the_icon_is_answered_first(page: Page) -> None:
    page.set_content(ASKED)
    AppNavigation(page, PROFILE).open_profile_menu()
    assert page.get_by_role("link", name="Workspace Settings").is_visible()


LATE = """<button aria-label=Profile onclick="menu.hidden = !menu.hidden">AB</button><div id=menu hidden>
<a href=/billing>Workspace Settings</a></div><script>document.querySelector("button").addEventListener("click", () => {
  if (!document.querySelector("#over") && !window.seen) setTimeout(() => document.body.insertAdjacentHTML("beforeend",
    `<div id=over><div style="position:fixed;inset:0"></div><div role=dialog style="position:fixed;inset:40%">News
     <button onclick="over.remove();menu.hidden=true;window.seen=1">Skip tour</button></div></div>`), 0) })</script>"""


def open_billing(page: Page, pages: dict[str, str], otherwise: str, limit: float) -> None:
    """Open Billing from a site of some pages, by their paths."""

    def answer(asked: Route) -> None:
        path = asked.request.url.removeprefix("http://site.example")
        asked.fulfill(body=(pages | {"/billing": BILLING}).get(path, otherwise), content_type="text/html")

    page.route("**/*", answer)
    navigation = AppNavigation(page, Profile(base_url="http://site.example", limits=Limits(page=limit)))
    navigation.start()
    navigation.open_billing()
    assert page.url == "http://site.example/billing"


@pytest.mark.nightly
def test_news_that_come_once_the_profile_menu_is_open_are_closed_and_the_menu_is_opened_again(page: Page) -> None:
    open_billing(page, {}, LATE, 6)


DRAWER = """<button aria-label=Menu onclick="menu.style.display = 'block'">=</button>
<div id=menu style="display:none;position:fixed;inset:0;background:#fff"><a href=/billing id=it>Workspace Settings</a>
</div><script>it.style.display = "none"; setTimeout(() => it.style.display = "", 1500)</script>"""


def test_a_menu_that_lies_over_what_has_opened_it_is_waited_for(page: Page) -> None:
    open_billing(page, {}, DRAWER, 6)


NARROW = """<a href=/settings>Workspace Settings</a>"""
TABS = """<div role=tablist><button role=tab>General</button></div>
<button aria-haspopup=menu onclick="menu.hidden = false">More</button>
<div id=menu role=menu hidden><a role=menuitem href=/billing>Billing</a></div>"""


def test_a_tab_that_a_narrow_page_has_no_room_for_is_behind_more(page: Page) -> None:
    open_billing(page, {"/settings": TABS}, NARROW, 1.5)


LATE_TAB = """<div role=tablist id=tabs><button role=tab>General</button></div>
<button aria-haspopup=menu onclick="sessionStorage.pressed = 1; menu.hidden = false">More</button>
<div id=menu role=menu hidden><a role=menuitem>Branding</a></div><script>setTimeout(() => tabs.insertAdjacentHTML(
  "beforeend", "<a role=tab href=/billing>Billing</a>"), 400)</script>"""


def test_a_tab_that_comes_late_is_not_looked_for_behind_more(page: Page) -> None:
    open_billing(page, {"/settings": LATE_TAB}, NARROW, 1.5)
    assert page.evaluate("sessionStorage.pressed") is None


STALE = """<div id=page><a href="#">Workspace Settings</a><a href="#" role=tab onclick="return false">Billing</a></div>
<script>setTimeout(() => page.innerHTML = `<h1>Workflows</h1><button aria-label=Profile onclick="menu.hidden = false">AB
</button><div id=menu hidden><a href=/settings>Workspace Settings</a></div>`, 700)</script>"""


@pytest.mark.nightly
def test_a_page_that_is_replaced_late_is_left_by_the_profile_icon(page: Page) -> None:
    open_billing(page, {"/settings": "<a href=/billing role=tab>Billing</a>"}, STALE, 20)


def test_a_way_back_on_a_page_that_is_missing_is_not_the_tab(page: Page) -> None:
    def answer(asked: Route) -> None:
        path = asked.request.url.removeprefix("http://site.example")
        body = BILLING if path == "/billing" else "<a href=/billing>Back to Billing</a>"
        tabs = "<a href=/usage>Billing</a>"
        asked.fulfill(
            body=tabs if path == "/settings" else NARROW if path == "/" else body,
            status=404 if path == "/usage" else 200,
            content_type="text/html",
        )

    page.route("**/*", answer)
    navigation = AppNavigation(page, PROFILE)
    navigation.start()
    with pytest.raises(ElementNotFoundError, match="leads to /usage, which the site answers with 404"):
        navigation.open_billing()


SHEET = """<button onclick="sheet.hidden = false"><svg width=16 height=16></svg><span style="position:absolute;
clip-path:inset(50%)">Toggle Sidebar</span></button><h1>Home</h1>
<div id=sheet role=dialog aria-label=Sidebar hidden style="position:fixed;left:0;top:0;width:288px;height:100%;
background:#fff"><div style="position:absolute;bottom:0;width:100%">IN</div></div>"""
USER = """<button aria-haspopup=menu style="width:100%" onclick="menu.hidden = false">Ada Byron</button>
<div id=menu hidden role=menu style="position:absolute;bottom:30px"><a role=menuitem href=/general>Workspace Settings
</a></div>"""


def test_on_a_narrow_page_the_profile_icon_and_the_tabs_are_in_a_sidebar_over_it(page: Page) -> None:
    """The icon fills the width of the sidebar, and that most of the window."""
    page.set_viewport_size({"width": 390, "height": 700})
    general = SHEET.replace("IN", "<a href=/billing>Billing</a>").replace("Home", "Workspace Settings")
    open_billing(page, {"/general": general}, SHEET.replace("IN", USER), 6)


BURGER = """<button style="position:fixed;z-index:9;top:0" aria-label="Open menu" onclick="side.hidden = !side.hidden"
>\u2261</button><nav id=side hidden style="position:fixed;inset:0;background:#fff"><a href=/flows>Flows</a></nav>
<h1 style="margin-top:60px">Workspace Settings</h1>"""
SECTIONS = (
    "<button onclick='more.hidden = false'>Sections</button><div id=more hidden><a href=/billing>Billing</a></div>"
)
COMES_LATE = """<script>setTimeout(() => document.body.insertAdjacentHTML("beforeend",
"<a href=/billing role=tab>Billing</a>"), 4000)</script>"""


@pytest.mark.parametrize("tabs", [SECTIONS, COMES_LATE])
def test_on_a_narrow_page_a_sidebar_without_the_tab_is_closed_again(page: Page, tabs: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_billing(page, {"/settings": BURGER + tabs}, NARROW, 9)


def test_a_tab_that_is_open_and_still_loads_is_not_pressed_again(page: Page) -> None:
    """Each press begins to load anew, and takes longer than a lost click is waited for."""
    load = "clearTimeout(window.late); this.ariaSelected = true; late = setTimeout(() => plan.hidden = false, 2500)"
    page.set_content(
        f"<div role=tablist><button role=tab aria-selected=false onclick='{load}'>Billing</button></div>"
        "<h2 id=plan hidden>Current Plan</h2>"
    )
    profile = Profile(base_url="http://site.example", limits=Limits(page=6))
    navigation = AppNavigation(page, profile)
    assert navigation.click_until(profile.labels.of("billing"), lambda: page.locator("#plan").is_visible())


ACCOUNT = """<button style="position:fixed; bottom:9px; left:9px" aria-haspopup=menu aria-label="Account menu"
 onclick="nextSibling.hidden = !nextSibling.hidden">Ada</button><div role=menu hidden
 style="position:fixed; bottom:40px; left:9px"><a role=menuitem>Profile</a> <a role=menuitem>Log out</a></div>"""
"""A profile menu without the settings, which nothing but its own button closes."""


@pytest.mark.parametrize("opens", ["button aria-haspopup=menu", "a href=#"])
@pytest.mark.parametrize("icon", ["", ACCOUNT], ids=["none", "another menu"])
def test_workspace_settings_behind_the_name_of_the_workspace_are_found(page: Page, icon: str, opens: str) -> None:
    def menu(name: str, held: str) -> str:
        return (
            f"<div><{opens} onclick='nextSibling.hidden = !nextSibling.hidden'>{name}</{opens.partition(' ')[0]}>"
            f"<div role=menu hidden>{held}</div></div>"
        )

    page.route("**/*", lambda asked: asked.fulfill(body=BILLING, content_type="text/html"))
    ways = menu("Acme Studio", "<a role=menuitem href=/billing>Workspace Settings</a>") + menu("Help", "Manual")
    body = menu("News", "None") + ways + icon
    page.route("**/start", lambda asked: asked.fulfill(body=body, content_type="text/html"))
    navigation = AppNavigation(page, PROFILE)
    navigation.visit("/start")
    assert navigation.open_billing().shows()
    assert navigation.is_beside_icons


def test_a_page_that_asks_to_sign_in_again_is_told_so(page: Page) -> None:
    form = "<h1>Sign in</h1><label>E-mail <input type=email></label><label>Password <input type=password></label>"
    body = f"<form>{form}<button>Sign in</button></form>"
    page.route("**/*", lambda asked: asked.fulfill(body=body, content_type="text/html"))
    page.goto("http://site.example/login")
    navigation = AppNavigation(page, Profile(base_url="http://site.example", limits=Limits(page=1)))
    with pytest.raises(ElementNotFoundError, match="/login asks to sign in: the session has ended"):
        navigation.open_profile_menu()
