"""Log out is in the profile menu where it comes with the menu, and not for certain where it stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.profile_menu import ProfileMenu
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=3))
PAGE = """<nav>{0}<button aria-haspopup=menu onclick="menu.hidden = false">Account</button></nav>
<div id=menu role=menu hidden><a role=menuitem href="#">Workspace Settings</a>{1}</div>"""
ITEM = '<a role=menuitem href="#">Log out</a>'


@pytest.mark.parametrize(("beside", "inside", "offered"), [("", ITEM, True), ("", "", False)])
def test_the_menu_offers_what_comes_with_it(page: Page, *, beside: str, inside: str, offered: bool) -> None:
    page.set_content(PAGE.format(beside, inside))
    menu = ProfileMenu(page, PROFILE)
    menu.open()
    assert menu.offers_log_out() is offered


def test_the_menu_is_opened_where_workspace_settings_stands_in_the_sidebar_too(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.set_content(
        "<a href='#' onclick='menu.hidden = true' style='display: block'>Workspace Settings</a>"
        f"<div style='position: fixed; bottom: 8px; left: 8px'>{PAGE.format('', ITEM)}</div>"
    )
    menu = ProfileMenu(page, PROFILE)
    menu.open()
    assert (menu.offers_log_out(), menu.icon_place()) == (True, "bottom left")


DRAWER = """<style>#bar { position: fixed; left: 0; top: 0; bottom: 0; width: 300px; transform: translateX(-100%);
  visibility: hidden; transition: transform .3s; display: flex; flex-direction: column }
  #bar.show { transform: none; visibility: visible }</style>
<button aria-label="Toggle navigation" onclick="bar.classList.add('show')">=</button>
<div id=bar><a href="#a">Dashboard</a><a href="#s">Workspace Settings</a><div style="margin-top: auto"><button
  aria-haspopup=true onclick="menu.hidden = !menu.hidden">Ada Marsh</button><div id=menu hidden>
  <a href="#me">My account</a><a href="#out">Log out</a></div></div></div>"""


def test_the_menu_may_stand_in_a_drawer_that_slides_in_with_workspace_settings(page: Page) -> None:
    page.set_content(DRAWER)
    menu = ProfileMenu(page, Profile(base_url="http://drawer.example", limits=Limits(page=3)))
    assert not menu.is_signed_in()
    menu.open()
    assert menu.offers_log_out()
    page.set_content(DRAWER)
    assert menu.is_signed_in()
    page.set_content(f"{DRAWER}<input type=password>")
    assert not menu.is_signed_in()


def test_the_menu_need_not_hold_workspace_settings(page: Page) -> None:
    page.set_content(
        "<style>button { position: fixed; left: 9px; bottom: 9px }</style>"
        "<button aria-haspopup=menu onclick='menu.hidden = 0'>Profile</button><div id=menu hidden>Log out</div>"
    )
    menu = ProfileMenu(page, PROFILE)
    menu.open()
    assert menu.offers_log_out()


def test_what_stood_there_before_is_not_for_certain_in_the_menu(page: Page) -> None:
    page.set_content(PAGE.format("<button>Log out</button>", ""))
    menu = ProfileMenu(page, PROFILE)
    menu.open()
    with pytest.raises(NotVerifiedError, match="before the profile menu"):
        menu.offers_log_out()


@pytest.mark.parametrize(
    ("beside", "inside", "offered"),
    [("", ITEM, True), ("", "", False), ("<button>Log out</button>", "", None)],
)
def test_in_workspace_settings_the_menu_is_told_by_what_comes(
    page: Page, *, beside: str, inside: str, offered: bool | None
) -> None:
    page.set_content("<h1>Workspace Settings</h1>" + PAGE.format(beside, inside))
    assert ProfileMenu(page, PROFILE).offers_log_out_beside_settings() is offered


def test_settings_without_the_profile_icon_tell_nothing_of_the_menu(page: Page) -> None:
    page.set_content("<h1>Workspace Settings</h1><a href='#'>Back</a>")
    assert ProfileMenu(page, PROFILE).offers_log_out_beside_settings() is None


@pytest.mark.parametrize("said", ["<a href='#'>Sign in again</a>", "<a href='#'>Log in</a>"])
def test_who_has_logged_out_may_be_told_so_on_a_page_of_its_own(page: Page, said: str) -> None:
    bye = f"document.body.innerHTML = `<p>You have logged out.</p>{said}`"
    page.set_content(PAGE.format("", f'<a role=menuitem href="#" onclick="{bye}">Log out</a>'))
    ProfileMenu(page, PROFILE).log_out()
    assert "You have logged out." in page.inner_text("body")


@pytest.mark.parametrize("yes", ["Yes, log out", "Confirm"])
def test_who_is_asked_once_more_says_yes(page: Page, yes: str) -> None:
    bye = "document.body.innerHTML = `<p>You have logged out.</p><a href=#>Log in</a>`"
    asks = f'<dialog id=lo><p>Log out?</p><button onclick="{bye}">{yes}</button><button>Stay</button></dialog>'
    page.set_content(PAGE.format("", '<a role=menuitem href="#" onclick="lo.showModal()">Log out</a>') + asks)
    ProfileMenu(page, PROFILE).log_out()
    assert "You have logged out." in page.inner_text("body")


PLACED = """<nav style="position:fixed;left:0;top:0;width:200px;height:100vh"><p style="height:60px">Diaflow</p>
<a href="/users">Users</a></nav><button style="position:fixed;{}" onclick="menu.hidden = false">Account</button>{}
<div id=menu role=menu hidden style="margin-left:300px"><a role=menuitem href="#">Workspace Settings</a></div>"""
TOGGLE = "<button style='position:fixed;left:9px;bottom:9px' onclick='{}'>&#9776;</button>"


@pytest.mark.parametrize(
    ("at", "besides", "place"),
    [
        ("left:9px;bottom:9px", "", "bottom left"),
        ("left:9px;top:140px", "", "bottom left"),  # of a short sidebar
        ("right:9px;top:9px", "", "right"),
        ("right:9px;bottom:9px", TOGGLE.format(""), "right"),
        ("right:9px;top:9px", TOGGLE.format("menu.hidden = false"), "bottom left"),
        ("left:9px;top:9px", "", "top left"),
        ("left:240px;top:60px", "", "top left"),
    ],
)
def test_the_icon_is_at_the_bottom_left_or_for_certain_elsewhere(page: Page, at: str, besides: str, place: str) -> None:
    page.route("**/*", lambda asked: asked.fulfill(body=PLACED.format(at, besides), content_type="text/html"))
    page.set_viewport_size({"width": 1280, "height": 720})
    menu = ProfileMenu(page, PROFILE)
    menu.start()
    menu.open()
    assert menu.icon_place() == place


@pytest.mark.parametrize(("width", "direction"), [(390, "ltr"), (1280, "rtl")])
def test_no_place_is_told_on_a_phone_or_mirrored(page: Page, width: int, direction: str) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.set_content(f"<body dir={direction}>" + PLACED.format("right:9px;top:9px", ""))
    menu = ProfileMenu(page, PROFILE)
    menu.open()
    assert menu.icon_place() == ""
