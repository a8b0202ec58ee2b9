"""`-k` takes amounts as the documentation writes them, and examples by the names that `--collect-only` lists."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.suite.support.desk import ROOT


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("choosing_package_credits[2,000]", 1),
        ("test_choosing_package_credits[2,000] or test_buying_package_credits[44,000]", 2),
        ("2,000 and choosing", 1),
        ("choosing_package_credits[22", 1),
        ("no_such[2,000]", 0),
    ],
)
def test_an_example_is_selected_by_its_name(words: str, count: int) -> None:
    command = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q", "-k", words]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stdout.count("::test_") == count, ended.stdout
