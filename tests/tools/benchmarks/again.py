"""A plugin that runs each scenario BENCH_TIMES times, to see how a run grows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Multiply each scenario."""
    times = int(os.environ["BENCH_TIMES"])
    metafunc.fixturenames.append("time")
    metafunc.parametrize("time", range(times), ids=[f"time {number}" for number in range(times)])
