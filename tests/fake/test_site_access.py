"""The site for everybody: by keyboard alone, for screen readers (axe), on a phone, in the dark, and without motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fake.support.visiting import Visit, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext

    from tests.fake.conftest import Control

INFORMATION = {"company_name": "Engines Ltd", "tax_id": "GB 1", "po_number": "", "email": "a@b.example"}


@pytest.fixture
def visit(control: Control, page: Page) -> Iterator[Callable[..., Visit]]:
    yield from visits(control, page)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_journey_by_keyboard_alone(visit: Callable[..., Visit], width: int) -> None:
    here = visit(variant={"package_choice": "radios"})
    here.page.set_viewport_size({"width": width, "height": 800})
    here.to("/flows")
    expect(here.button("Run")).to_be_visible()
    keys = here.page.keyboard
    _tab_to(here.page, "User profile: ")
    keys.press("Enter")
    expect(here.page.get_by_role("menuitem", name="Workspace Settings")).to_be_focused()
    keys.press("ArrowDown")
    expect(here.page.get_by_role("menuitem", name="Log out")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    here.page.wait_for_url("**/settings/general")
    _tab_to(here.page, "General")
    keys.press("ArrowRight")
    here.shows(500)
    _tab_to(here.page, "Add credits")
    keys.press("Enter")
    expect(here.page.get_by_role("dialog", name="Add credits")).to_be_visible()
    here.package("2,000", "radio").wait_for()
    keys.press("Tab")
    keys.press("Space")
    for _ in range(3):
        keys.press("ArrowDown")
    expect(here.package("11,000", "radio")).to_be_checked()
    keys.press("Tab")
    keys.press("Enter")
    here.pay()
    here.shows(11_500)


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what is named has the focus, as a person does who has no mouse."""
    for _ in range(25):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")
        if focused.startswith(name):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"{name} cannot be reached by the keyboard.")


def _look(context: BrowserContext, where: str) -> None:
    page = context.pages[0]
    expect(page.locator("[aria-busy=true]").filter(visible=True)).to_have_count(0)
    found = Axe().run(page).response["violations"]
    assert [(where, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where} scrolls sideways"


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (390, "dark"),
        *(pytest.param(*one, marks=pytest.mark.nightly) for one in ((1280, "dark"), (390, "light"), (320, "light"))),
    ],
)
def test_every_page_is_clean_for_axe_and_fits(visit: Callable[..., Visit], width: int, scheme: Any) -> None:
    here = visit(invoices=12, billing_information=INFORMATION)
    page = here.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/flows", "/users", "/settings/general", "/settings/billing", "/billing/success"):
        here.to(path)
        _look(page.context, path)
    here.to("/settings/billing?cancelled=1")
    for name in ("Add credits", "Upgrade plan", "Manage"):
        here.button(name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        _look(page.context, name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="User profile").click()
    _look(page.context, "the profile menu")
    page.context.clear_cookies()
    for path in ("/sign-in", f"/sign-in?workspace={here.seeded['id']}", "/reset-password"):
        here.to(path)
        _look(page.context, path)


@pytest.mark.parametrize("choice", ["cards", "radios"])
def test_the_popups_other_forms_are_clean_for_axe(visit: Callable[..., Visit], choice: str) -> None:
    here = visit(variant={"package_choice": choice})
    here.open_packages()
    _look(here.page.context, choice)


def test_the_popup_moves_only_for_those_who_like_it(visit: Callable[..., Visit]) -> None:
    here = visit(variant={"popup_motion": "animated"})
    for wish, moves in (("no-preference", 1), ("reduce", 0)):
        here.page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type] # one of its words
        here.open_packages()
        running = "document.querySelector('dialog').getAnimations().length"
        assert here.page.evaluate(running) == moves
        here.page.keyboard.press("Escape")
