"""The order of scenarios on a site: what uses an account's credits comes first, what changes it for good last.

Of those that use credits, the ones that use them up come after the others.
"""

from __future__ import annotations

import re

import pytest

from steps.runner.feature_collector import FeatureFile
from steps.runner.run_context import RUN

_USES, _LASTS = "workflows", "plans"
"""What others have bought, or a dearer plan brings, cannot be used up in the time of a run."""
_USES_UP = re.compile(r"\ba workspace (?:without credits|.*credits are (?:nearly all|all|in) use)")
"""What a scenario says of the workspace that it begins in, once the monthly credits have been used up for it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the scenarios, where they share accounts; a random order that is asked for comes after this."""
    if RUN in config.stash and config.stash[RUN].profile.kind != "fake":
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, bool]:
    needs = {one.kwargs.get("tag") for one in item.iter_markers("needs")}
    return 2 if _LASTS in needs else 0 if _USES in needs else 1, _uses_up(item)


def _uses_up(item: pytest.Item) -> bool:
    if not (isinstance(item, pytest.Function) and isinstance(item.parent, FeatureFile)):
        return False
    return any(_USES_UP.search(step.name) for step in item.parent.templates[item.originalname].steps)
