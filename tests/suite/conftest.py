"""What several tests of the suite begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.desk import Desk
from tests.suite.support.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


_HAS_LEFT_SOMETHING = """() => {
  if (window.known_ === undefined) {
    const define = customElements.define.bind(customElements);
    customElements.define = (...element) => { window.known_ = -1; define(...element); };
    window.known_ = Object.keys(window).length + 1;
  }
  return document.scripts.length > 0 || Object.keys(window).length > window.known_; }"""
"""Whether a page was more than its markup: a new document takes half of the time of a small test."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def site() -> Iterator[SmallSite]:
    site = SmallSite().start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def reading_page(browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module: what only reads leaves nothing behind."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Page:
    """A page of its own, as pytest-playwright gives it; for the tests of readers one of a module, made blank."""
    if not request.module.__name__.rpartition(".")[2].startswith("test_reader_"):
        own: Page = request.getfixturevalue("context").new_page()
        return own
    shared: Page = request.getfixturevalue("reading_page")
    shared.set_viewport_size({"width": 1280, "height": 720})
    if shared.url != "about:blank" or shared.evaluate(_HAS_LEFT_SOMETHING):
        shared.goto("about:blank")
        shared.evaluate(_HAS_LEFT_SOMETHING)
    return shared


@pytest.fixture(autouse=True)
def _impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press for a second at most on the small pages of tests: what is covered there stays so."""
    if "page" in request.fixturenames:
        monkeypatch.setattr("steps.pages.input_device._PATIENCE", 1000)
