"""Lets go of what a scenario leaves behind once it is told: what pytest's items hold, they hold until the run's end.

A run of a thousand scenarios then needs hardly more memory than one of ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_bdd.reporting import scenario_reports_registry, test_report_context_registry

from steps.reporting.scenario_recorder import RECORD
from steps.reporting.test_plan import SCENARIO

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Drop the notes on a scenario's steps, pytest-bdd's and our own, after the last attempt at it."""
    told = yield
    if SCENARIO in item.stash:
        scenario_reports_registry.pop(item, None)
        if RECORD in item.stash:
            del item.stash[RECORD]
    return told


def pytest_runtest_logfinish() -> None:
    """Drop what pytest-bdd adds to a report for those who write it down: they have."""
    test_report_context_registry.clear()
