"""A plugin that notes when what happens in a run of the suite: `-p tests.tools.benchmarks.moments`.

The bare script notes its own moments by `note`. They go into the file that the variable BENCH_MOMENTS names, if any.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

VARIABLE = "BENCH_MOMENTS"
STARTED, FIRST_CLICK, LAST_PURCHASE, LOOKED_LATE, CLOSED, ENDED = (
    "browser and fake answer", "first scenario begins", "last purchase is over", "late looks are over",
    "browser is closed", "report is written",
)  # fmt: skip
_noted: set[str] = set()
_FIXTURES = {"late_looks": LOOKED_LATE, "browser": CLOSED}


def note(what: str, *, again: bool = False) -> None:
    """Note that something happens now: its first time, or with `again` each time, of which the last one counts."""
    file = os.environ.get(VARIABLE)
    if file and (again or what not in _noted):
        _noted.add(what)
        with open(file, "a", encoding="utf-8") as notes:  # noqa: PTH123 - the bare script imports as little as it can
            notes.write(f"{time.time()}\t{what}\n")


def pytest_configure() -> None:
    note("pytest and its plugins are imported")


def pytest_collection_finish() -> None:
    note("features are collected")


def pytest_fixture_post_finalizer(fixturedef: pytest.FixtureDef[Any]) -> None:
    if fixturedef.argname in _FIXTURES:
        note(_FIXTURES[fixturedef.argname], again=True)


def pytest_bdd_before_scenario() -> None:
    note(STARTED)


def pytest_bdd_before_step() -> None:
    note(FIRST_CLICK)


def pytest_bdd_after_scenario() -> None:
    note(LAST_PURCHASE, again=True)


def pytest_unconfigure() -> None:
    note(ENDED)
