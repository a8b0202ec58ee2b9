"""Tests know the suite's own profiles alone, whatever the person who runs them has set up; slow ones run at night."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from steps.targets.profile_loader import TARGETS_FILE, TARGETS_FILE_VARIABLE

os.environ[TARGETS_FILE_VARIABLE] = str(TARGETS_FILE)
_NIGHT = "ACCEPTANCE_NIGHTLY"
_OPENING_PAGES = 8
"""Of the cases of one test that each open a page, the first runs with each commit, and each so many further ones."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is slow and seldom changes its verdict, but for the nightly run."""
    if os.environ.get(_NIGHT):
        return
    cases: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        cases[item.nodeid.partition("[")[0], _every(item)] += [] if item.get_closest_marker("nightly") else [item]
    further = [one for (_, every), some in cases.items() for at, one in enumerate(some) if every and at % every]
    for item in {*further, *(one for one in items if one.get_closest_marker("nightly"))}:
        item.add_marker(pytest.mark.skip(reason="runs at night: make nightly"))


def _every(item: pytest.Item) -> int:
    """Return of how many cases of a test one runs with each commit, 0 for all."""
    if marker := item.get_closest_marker("sampled"):
        return int(marker.args[0])
    opens_page = "page" in getattr(item, "fixturenames", ()) and item.path.name.startswith("test_")
    return _OPENING_PAGES if opens_page and not item.path.name.startswith("test_reader_") else 0  # these take no time
