"""Contexts that were made ahead are as fresh as any other, and each belongs to one member alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from steps.ahead import ContextsAhead, is_of_use
from steps.pages.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

COOKIE = {"name": "session", "value": "ada", "domain": "example.com", "path": "/"}


@pytest.fixture
def other_browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    browser = launch_browser()
    yield browser
    browser.close()


@pytest.fixture
def ahead(other_browser: Browser, browser_context_args: dict[str, Any]) -> ContextsAhead:
    return ContextsAhead(other_browser, browser_context_args)


@pytest.fixture
def visited(ahead: ContextsAhead, member_context: Callable[..., BrowserContext]) -> Callable[[], None]:
    """Let a member look at a page until the next context is ready."""

    def visit() -> None:
        page = member_context().new_page()
        page.goto("data:text/html,<p>Hello")
        assert until(lambda: page.evaluate("1") and ahead.is_ready, 10)

    return visit


@pytest.fixture
def member_context(ahead: ContextsAhead, browser_context_args: dict[str, Any]) -> Callable[..., BrowserContext]:
    def make(*cookies: Any, origins: Any = ()) -> BrowserContext:
        return ahead.new_context(**browser_context_args, storage_state={"cookies": [*cookies], "origins": [*origins]})

    return make


def test_the_next_context_is_made_while_a_page_loads(
    visited: Callable[[], None], other_browser: Browser, member_context: Callable[..., BrowserContext]
) -> None:
    visited()
    made = other_browser.contexts[-1]
    assert len(other_browser.contexts) == 2
    assert member_context() is made
    assert len(other_browser.contexts) == 2
    assert [page.url for page in made.pages] == ["about:blank"]


def test_no_two_members_get_the_same_context(
    visited: Callable[[], None], member_context: Callable[..., BrowserContext]
) -> None:
    visited()
    first, second = member_context(COOKIE), member_context()
    assert first is not second
    assert second.cookies() == []


def test_a_member_is_signed_in_in_it(
    visited: Callable[[], None], member_context: Callable[..., BrowserContext]
) -> None:
    visited()
    [cookie] = member_context(COOKIE).cookies()
    assert (cookie["name"], cookie["value"]) == ("session", "ada")


def test_the_first_tab_is_there_already_and_the_second_is_another(
    visited: Callable[[], None],
    member_context: Callable[..., BrowserContext],
) -> None:
    visited()
    context = member_context()
    first, second = context.new_page(), context.new_page()
    assert context.pages == [first, second]
    assert first is not second


@pytest.mark.parametrize("wanted", [{"locale": "de-DE"}, {"color_scheme": "dark"}, {"storage_state": None}])
def test_what_is_wanted_otherwise_is_made_otherwise(
    visited: Callable[[], None], other_browser: Browser, browser_context_args: dict[str, Any], wanted: Any
) -> None:
    visited()
    made = other_browser.contexts[-1]
    state: Any = {"storage_state": {"cookies": [], "origins": []}}
    assert other_browser.new_context(**browser_context_args | state | wanted) is not made


def test_a_session_in_the_storage_of_a_page_needs_a_context_of_its_own(
    visited: Callable[[], None], other_browser: Browser, member_context: Callable[..., BrowserContext]
) -> None:
    visited()
    made = other_browser.contexts[-1]
    stored = {"origin": "https://example.com", "localStorage": [{"name": "token", "value": "ada"}]}
    assert member_context(origins=[stored]) is not made
    assert member_context() is made


@pytest.mark.parametrize("named", [{"headed": True}, {"slowmo": 50}, {"tracing": "on"}, {"video": "on"}])
def test_nothing_is_made_ahead_where_somebody_looks_on(named: dict[str, Any]) -> None:
    usual = {"headed": False, "slowmo": 0, "tracing": "off", "video": "off"}
    assert is_of_use(SimpleNamespace(option=SimpleNamespace(**usual)))  # type: ignore[arg-type] # only its options count
    assert not is_of_use(SimpleNamespace(option=SimpleNamespace(**usual | named)))  # type: ignore[arg-type] # the same
