"""The order of scenarios on a site: what uses an account's credits up comes first, what changes it for good last."""

from __future__ import annotations

import pytest

from steps.runner.run_context import RUN

_USES, _LASTS = "workflows", "plans"
"""What others have bought, or a dearer plan brings, cannot be used up in the time of a run."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the scenarios, where they share accounts; a random order that is asked for comes after this."""
    if RUN in config.stash and config.stash[RUN].profile.kind != "fake":
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    needs = {one.kwargs.get("tag") for one in item.iter_markers("needs")}
    return 2 if _LASTS in needs else 0 if _USES in needs else 1
