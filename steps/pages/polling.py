"""Waiting for a state instead of for a time."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_delay, wait_fixed

from steps.readers.page.capture import wait_for_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

T = TypeVar("T")
_BETWEEN_PAGES = (
    "Not attached to an active page",
    "context was destroyed",
    "because of a navigation",
    "Cannot find context",
    "not attached",
    "Frame was detached",
    "frame got detached",
    "Unable to adopt",
)


_LEAST, _MOST = 10, 100
"""Interval of polling, in milliseconds: changes come in bursts, and some cannot be observed (styles, scrolling)."""


def until(state: Callable[[], T], limit: float, every: float = 0.03, page: Page | None = None) -> T | None:
    """Poll until a state is truthy, and return it, or the last one after `limit` seconds.

    Between two polls `every` seconds pass, or, with `page`, the time until the page changes, which is sooner and costs
    less. A page that is being replaced counts as "not yet".
    """

    def last(attempts: RetryCallState) -> Any:
        return attempts.outcome.result() if attempts.outcome else None

    retrying = Retrying(
        stop=stop_after_delay(limit),
        wait=wait_fixed(every),
        sleep=_pause(page) if page else time.sleep,
        retry=retry_if_result(lambda answer: not answer),
        retry_error_callback=last,
    )
    result: T | None = retrying(tolerate_navigation(state))
    return result


def _pause(page: Page) -> Callable[[float], None]:
    def until_changed(seconds: float) -> None:
        try:
            wait_for_change(page, _LEAST, _MOST)
        except PlaywrightError as error:
            if not is_navigation_error(error):
                time.sleep(seconds)  # it is closed, which the caller will report

    return until_changed


def tolerate_navigation(state: Callable[[], T]) -> Callable[[], T | None]:
    def ask() -> T | None:
        try:
            return state()
        except PlaywrightError as error:
            if is_navigation_error(error):
                return None
            raise

    return ask


def is_navigation_error(error: PlaywrightError) -> bool:
    """Whether an error only means that the page is being replaced, or that it takes too long."""
    return isinstance(error, PlaywrightTimeoutError) or tells_of_replaced_page(error)


def tells_of_replaced_page(error: Exception) -> bool:
    """Whether an error says that the page was replaced; what timed out may name that among all it has tried."""
    is_told = any(words in str(error) for words in _BETWEEN_PAGES)
    return is_told and isinstance(error, PlaywrightError) and not isinstance(error, PlaywrightTimeoutError)


@contextlib.contextmanager
def ignore_navigation_errors() -> Iterator[None]:
    """Ignore errors of elements that a re-render detached; the caller looks again."""
    try:
        yield
    except PlaywrightError as error:
        if not is_navigation_error(error):
            raise
