"""Tests know the suite's own profiles alone, whatever the person who runs them has set up; slow ones run at night."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from steps.targets.profile_loader import TARGETS_FILE, TARGETS_FILE_VARIABLE

os.environ[TARGETS_FILE_VARIABLE] = str(TARGETS_FILE)
_NIGHT = "ACCEPTANCE_NIGHTLY"
_BY_COMMIT = 3
"""Of the cases of one test that each open a page, the first runs with each commit, and one of so many others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is slow and seldom changes its verdict, but for the nightly run."""
    if os.environ.get(_NIGHT):
        return
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        opens_page = "page" in getattr(item, "fixturenames", ()) and item.path.name.startswith("test_")
        if opens_page and not item.path.name.startswith("test_reader_"):  # these have one page, and take no time
            cases[item.nodeid.partition("[")[0]].append(item)
    further = [
        one for some in cases.values() if len(some) > _BY_COMMIT for at, one in enumerate(some) if at % _BY_COMMIT
    ]
    for item in {*further, *(one for one in items if one.get_closest_marker("nightly"))}:
        item.add_marker(pytest.mark.skip(reason="runs at night: make nightly"))
