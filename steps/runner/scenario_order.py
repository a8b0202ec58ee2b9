"""The order of scenarios on a site: what changes an account for good comes last."""

from __future__ import annotations

import pytest

from steps.runner.run_context import RUN

_LASTS = "plans"
"""What a dearer plan brings, no later scenario can use up: those that change the plan come after the others."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the scenarios, where they share accounts; a random order that is asked for comes after this."""
    if RUN in config.stash and config.stash[RUN].profile.kind != "fake":
        items.sort(key=_changes_plan)


def _changes_plan(item: pytest.Item) -> bool:
    return any(one.kwargs.get("tag") == _LASTS for one in item.iter_markers("needs"))
