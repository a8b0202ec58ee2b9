"""A run that is told to end by SIGTERM (a cancelled CI job, `timeout`, `docker stop`) ends as by Ctrl-C, with a report.

The worker processes of pytest-xdist leave the signal to the controlling process, which ends them.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BEFORE: pytest.StashKey[Callable[..., Any] | int | None] = pytest.StashKey()
_CLOSING, _FURTHER = 10.0, 2.0
"""Seconds that an interrupted run has to close what it opened, and then for each further part of that."""


class UnclosedError(Exception):
    """What an interrupted run has opened does not close: a browser that was told to end too is waited for in vain."""


def pytest_configure(config: pytest.Config) -> None:
    """Take the signal."""
    if threading.current_thread() is threading.main_thread():
        taken = _stay if hasattr(config, "workerinput") else _interrupt
        config.stash[_BEFORE] = signal.signal(signal.SIGTERM, taken)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Restore the signal's handler."""
    if _BEFORE in config.stash and not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, config.stash[_BEFORE] or signal.SIG_DFL)


def pytest_keyboard_interrupt() -> None:
    """Let nothing break the report off: who asked once gets it, and can still kill the process."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stay)


@contextlib.contextmanager
def hurrying() -> Iterator[None]:
    """Raise UnclosedError in whatever takes too long, again and again; without effect where there is no such timer."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, _CLOSING, _FURTHER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(*_: object) -> NoReturn:
    raise UnclosedError


def _stay(*_: object) -> None:
    """Go on. Unlike SIG_IGN this is not handed down to processes that are started: those end when told to."""


def _interrupt(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, _stay)
    raise KeyboardInterrupt
