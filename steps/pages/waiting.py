"""Waiting for a state instead of for a time."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
_BETWEEN_PAGES = (
    "context was destroyed",
    "because of a navigation",
    "Cannot find context",
    "not attached",
    "Frame was detached",
    "frame got detached",
    "Unable to adopt",
)


def until(state: Callable[[], T], limit: float, every: float = 0.03) -> T | None:
    """Ask for a state again and again until it is truthy; give it, or the last answer when `limit` seconds are over.

    A page that is being replaced while it is asked counts as "not yet".
    """

    def last(attempts: RetryCallState) -> Any:
        return attempts.outcome.result() if attempts.outcome else None

    retrying = Retrying(
        stop=stop_after_delay(limit),
        wait=wait_fixed(every),
        retry=retry_if_result(lambda answer: not answer),
        retry_error_callback=last,
    )
    result: T | None = retrying(_calmly(state))
    return result


def _calmly(state: Callable[[], T]) -> Callable[[], T | None]:
    def ask() -> T | None:
        try:
            return state()
        except PlaywrightError as error:
            if is_between_pages(error):
                return None
            raise

    return ask


def is_between_pages(error: PlaywrightError) -> bool:
    """Tell an error that only says that the page is being replaced."""
    return isinstance(error, PlaywrightTimeoutError) or any(words in str(error) for words in _BETWEEN_PAGES)


@contextlib.contextmanager
def suppress_between_pages() -> Iterator[None]:
    """Let pass that something was replaced while it was being pressed: whoever pressed looks again."""
    try:
        yield
    except PlaywrightError as error:
        if not is_between_pages(error):
            raise
