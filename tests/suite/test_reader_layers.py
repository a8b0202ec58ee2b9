"""Which of several layers of a page is in front: dialogs, sheets, lists, and what is none of those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture

if TYPE_CHECKING:
    from playwright.sync_api import Page


FIXED = "position:fixed;left:200px;top:100px;width:400px;height:300px;background:#fff"
DIALOG = f"<div role=dialog aria-modal=true style='{FIXED}'>Pop-up</div>"
UNSAID = f"<div role=dialog style='{FIXED}'>Pop-up</div>"
PLAIN = f"<div style='{FIXED}'>Pop-up</div>"
SHEET = "<div style='position:fixed;inset:0;background:#0008'>{}</div>"
LIST = f"<ul role=listbox style='{FIXED};width:100px;z-index:9'><li role=option>2,000</li></ul>"
TOAST = "<div style='position:fixed;top:0;right:0;width:100px;height:30px;z-index:3'>Saved</div>"
COOKIES = "<div role=dialog style='position:fixed;bottom:0;height:50px;width:100%'>Cookies</div>"
BACKGROUND = "<div style='position:fixed;inset:0;z-index:-1;background:#eee'></div>"


@pytest.mark.parametrize(
    ("html", "front"),
    [
        ("<p>Page</p>" + DIALOG, ["Pop-up"]),
        ("<p>Page</p>" + SHEET.format("") + UNSAID, ["Pop-up"]),
        ("<p>Page</p>" + SHEET.format("") + PLAIN, ["Pop-up"]),
        ("<p>Page</p>" + SHEET.format(PLAIN), ["Pop-up"]),
        (
            "<p>Page</p><p>of</p><p>many</p>"
            + TOAST
            + PLAIN.replace("left:200px", "left:400px;z-index:2")
            + SHEET.format(""),
            ["Pop-up"],
        ),
        ("<p>Page</p>" + TOAST + SHEET.format(""), ["Page", "Saved"]),
        (
            "<p>Page</p><p>of</p><p>many</p>" + TOAST.replace("width", "left:0;max-width") + SHEET.format(""),
            [
                "Page",
                "of",
                "many",
                "Saved",
            ],
        ),
        ("<p>Page</p>" + COOKIES, ["Page", "Cookies"]),
        (BACKGROUND + "<p style='position:relative'>Page</p><p>More</p>", ["Page", "More"]),
        ("<div style='position:fixed;inset:0'><p>Page</p><button>Go</button></div>", ["Page", "Go"]),
        ("<div role=dialog aria-modal=true><p>Settings</p></div>" + DIALOG, ["Pop-up"]),
        (DIALOG + LIST, ["Pop-up", "2,000"]),
    ],
)
def test_what_lies_on_top_is_the_page(page: Page, html: str, front: list[str]) -> None:
    page.set_content(html)
    snapshot = capture(page)
    tops = {at for at, one in enumerate(snapshot.elements) if "top" in one.states}

    def is_front(at: int) -> bool:
        return not tops or at in tops or (at >= 0 and is_front(snapshot.elements[at].parent))

    assert [text.text for text in snapshot.texts if is_front(text.element)] == front


def test_a_native_dialog_makes_the_page_behind_it_inert(page: Page) -> None:
    page.set_content("<button>Behind</button><dialog><button>Inside</button></dialog>")
    page.evaluate("document.querySelector('dialog').showModal()")
    snapshot = capture(page)
    inert = {one.name for one in snapshot.elements if one.role == "button" and "inert" in one.states}
    assert inert == {"Behind"}
