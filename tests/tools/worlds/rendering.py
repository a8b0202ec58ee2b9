"""Generated pages in a real browser, through the suite's own capture script."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.sync_api import sync_playwright

from steps.browser.discovery import QUIET, choose_browser, playwright_build_path
from steps.readers.page.capture import capture, selectors_of
from tests.tools.worlds.boxes import document
from tests.tools.worlds.layout import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile
    from tests.tools.worlds.boxes import Box

_SHADOWS = """() => { for (const one of document.querySelectorAll("template[shadowrootmode]")) {
  one.parentElement.attachShadow({ mode: "open" }).append(one.content); one.remove(); } }"""


@contextmanager
def browser_page() -> Iterator[Page]:
    """Open a page of the size that the layout without a browser takes for granted."""
    chosen = choose_browser("chromium", None, playwright_build_path("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.path, args=list(QUIET))
        yield browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        browser.close()


def render(page: Page, body: Box, profile: Profile, url: str) -> Snapshot:
    """Return the snapshot of a body that a browser shows, as if it had come from the address."""
    page.set_content(document(body, ""))
    page.evaluate(_SHADOWS)
    return replace(capture(page, selectors_of(profile)), url=url)
