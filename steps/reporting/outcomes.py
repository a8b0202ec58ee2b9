"""From what happened in a scenario to its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from steps.targets.verdict import UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[Any]:
    """Turn what could not be verified into a verdict of its own, with its reason: neither green nor red."""
    report: pytest.TestReport = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, UnverifiedError):
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"{error.verdict}: {error}")
        report.user_properties.append(("verdict", str(error.verdict)))
    return report
