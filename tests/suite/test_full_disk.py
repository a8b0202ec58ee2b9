"""A disk that fills up while several workers run: verdicts where they can still be told, one sentence where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.reported import Ended, Project

if TYPE_CHECKING:
    from pathlib import Path

FULL = """
import errno, pathlib
written = pathlib.Path.write_bytes

def full(self, content):
    if {where}:
        written(self, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device", str(self))
    return written(self, content)

pathlib.Path.write_bytes = full
"""


def on_a_full_disk(directory: Path, where: str) -> Ended:
    project = Project(directory)
    conftest = directory / "conftest.py"
    conftest.write_text(conftest.read_text() + FULL.format(where=where))
    return project.pytest("-n", "2", "-k", "Good")


@pytest.mark.nightly
def test_workers_tell_their_verdicts_where_the_reports_cannot_be_written(tmp_path: Path) -> None:
    ended = on_a_full_disk(tmp_path, '"reports" in self.parts')

    assert (ended.code, "3 scenarios: 3 passed" in ended.text) == (7, True), ended.text
    assert "The report could not be written where it belongs (" in ended.text
    assert "INTERNALERROR" not in ended.text


@pytest.mark.nightly
def test_workers_that_can_write_nothing_are_not_green(tmp_path: Path) -> None:
    assert on_a_full_disk(tmp_path, 'self.stem == "plan"').code not in (0, 1)
