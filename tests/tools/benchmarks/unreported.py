"""A plugin that removes the report, to measure its cost: nothing is recorded, judged or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.plugin import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Remove the report's plugins."""
    for name in _parts():
        config.pluginmanager.unregister(name=name)


def _parts() -> Iterator[str]:
    return (name for name in MODULES if name.startswith("steps.reporting."))
