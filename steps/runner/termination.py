"""A run that is told to end by SIGTERM (a cancelled CI job, `timeout`, `docker stop`) ends as by Ctrl-C, with a report.

The worker processes of pytest-xdist leave the signal to the controlling process, which ends them.
"""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_BEFORE: pytest.StashKey[Callable[..., Any] | int | None] = pytest.StashKey()


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


def _stay(*_: object) -> None:
    """Go on. Unlike SIG_IGN this is not handed down to processes that are started: those end when told to."""


def _interrupt(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, _stay)
    raise KeyboardInterrupt
