"""What only lists or sets up answers as pytest does, and leaves the latest report alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.reported import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("option", "shows"),
    [
        pytest.param("--promises", "doc:buy-credits.1  This holds", marks=pytest.mark.nightly),
        pytest.param("--setup-plan", "no tests ran", marks=pytest.mark.nightly),
        pytest.param("--setup-only", "no tests ran", marks=pytest.mark.nightly),
        pytest.param("--fixtures-per-test", "fixtures used by", marks=pytest.mark.nightly),
        ("--collect-only", "7 tests collected"),
    ],
)
def test_the_latest_report_stays(tmp_path: Path, option: str, shows: str) -> None:
    project = Project(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "index.html").write_text("kept")
    ended = project.pytest(option)
    assert (ended.code, shows in ended.text) == (0, True), ended.text
    assert "report:" not in ended.text
    assert [one.name for one in (tmp_path / "reports").iterdir()] == ["index.html"]
    assert (tmp_path / "reports" / "index.html").read_text() == "kept"


def test_promises_are_listed_with_their_scenarios_also_where_workers_are_asked_for(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("--promises", "-n", "2", "-m", "doc:buy-credits.1 and smoke or doc:buy-credits.1")
    lines = [line.strip() for line in ended.text.splitlines()]
    assert "features/all.feature:13  Good for <who>  (2 examples)" in lines, ended.text
    assert ended.code == 0


@pytest.mark.nightly
def test_workers_run_what_a_tag_selects(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("-n", "2", "-m", "doc:buy-credits.1", "-k", "Good")
    assert "3 passed" in ended.text, ended.text
