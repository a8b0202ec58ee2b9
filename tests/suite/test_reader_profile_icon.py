"""What is taken for the profile icon, where nothing is called so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture
from steps.readers.workspace.profile_icon import DRAWN_AS_ONE, profile_icons

if TYPE_CHECKING:
    from playwright.sync_api import Page

BAR = "<style>a, button {{ display: block }}</style><nav style='position:fixed;left:0;bottom:0;width:200px'>{}</nav>"
ICONS = [
    "<button id=it>JD</button>",
    "<button id=it aria-label='Open user menu'>Ada</button>",
    "<button id=it aria-haspopup=menu>Ada Lovelace</button>",
    "<div id=it style='cursor:pointer;width:32px'>AL</div>",
    "<div id=it tabindex=0 style='width:32px'><img width=32 height=32 alt=''></div>",
    "<div id=it class='css-1 UserAvatar' style='width:32px;height:32px;background:#c8f'></div>",
    "<details><summary id=it>Ada</summary></details>",
    "<a id=it href=#me><svg width=20 height=20></svg></a>",
]


@pytest.mark.parametrize("icon", ICONS)
@pytest.mark.parametrize("order", ["{}<a href=#>Home</a><a href=#>Users</a>", "<a href=#>Users</a>{}"])
def test_the_likeliest_at_the_bottom_left_comes_first(page: Page, icon: str, order: str) -> None:
    page.set_content(f"<div style='height:3000px'></div>{BAR.format(order.format(icon))}")
    page.evaluate("scrollTo(0, 700)")
    snapshot = capture(page, DRAWN_AS_ONE)
    assert snapshot.elements[profile_icons(snapshot)[0]].id == "it"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<button style='position:fixed;left:0;top:0'>JD</button>",
        "<button style='position:fixed;right:0;bottom:0'>JD</button>",
        "<button style='position:absolute;left:0;top:2000px'>JD</button>",
        "<button style='position:fixed;left:0;bottom:0;width:80%'>JD</button>",
        "<button style='position:fixed;left:0;bottom:0' hidden>JD</button>",
    ],
)
def test_what_is_elsewhere_is_none(page: Page, elsewhere: str) -> None:
    page.set_content(elsewhere)
    assert profile_icons(capture(page, DRAWN_AS_ONE)) == []


@pytest.mark.parametrize(("width", "is_found"), [(390, True), (1280, False)])
def test_what_opens_the_account_on_a_narrow_page_may_stand_anywhere(page: Page, width: int, *, is_found: bool) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    links = BAR.format("<a href=#>Summarise</a>")
    page.set_content(
        f"<details><summary id=it>Your account</summary></details><details><summary>More</summary></details>{links}"
    )
    snapshot = capture(page, DRAWN_AS_ONE)
    assert (snapshot.elements[profile_icons(snapshot)[0]].id == "it") is is_found


def test_what_something_lies_over_comes_last(page: Page) -> None:
    icon = "<button id={} style='position:fixed;left:{}px;bottom:0'>JD</button>"
    over = "<p style='position:fixed;left:0;bottom:0;width:60px;height:60px;margin:0;background:#fff'>Over</p>"
    page.set_content(icon.format("under", 10) + icon.format("free", 100) + over)
    snapshot = capture(page, DRAWN_AS_ONE)
    assert [snapshot.elements[at].id for at in profile_icons(snapshot)] == ["free", "under"]
