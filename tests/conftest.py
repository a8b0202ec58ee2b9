"""Tests know the suite's own profiles alone, whatever the person who runs them has set up; slow ones run at night."""

from __future__ import annotations

import os

import pytest

from steps.targets.profile_loader import TARGETS_FILE, TARGETS_FILE_VARIABLE

os.environ[TARGETS_FILE_VARIABLE] = str(TARGETS_FILE)
_NIGHT = "ACCEPTANCE_NIGHTLY"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is slow and seldom changes its verdict, but for the nightly run."""
    if os.environ.get(_NIGHT):
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="runs at night: make nightly"))
