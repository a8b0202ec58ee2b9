"""Screenshots of what failed, and of nothing else.

pytest-playwright takes a picture of each page whenever a context is closed, and throws it away when the scenario turns
out to have passed. That is a tenth of a scenario's time, so pictures are taken only once something has gone wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from steps.runner.run_context import RUN

if TYPE_CHECKING:
    from collections.abc import Generator

_ON_FAILURE = "only-on-failure"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Where pictures of failures are wanted, see to it that only those are taken."""
    if config.option.screenshot == _ON_FAILURE and not config.stash[RUN].guard.is_real:
        config.pluginmanager.register(_OnlyOnFailure(config), "acceptance-screenshots")


class _OnlyOnFailure:
    """Switches pytest-playwright's pictures off until something fails."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None]:
        """Begin a scenario, or another attempt at one, without pictures."""
        self._config.option.screenshot = "off"
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[Any]) -> None:
        """Take pictures from now on, if something went wrong: its pages are open still."""
        if call.excinfo is not None:
            self._config.option.screenshot = _ON_FAILURE

    def pytest_keyboard_interrupt(self) -> None:
        """Picture what the run was broken off at."""
        self._config.option.screenshot = _ON_FAILURE
