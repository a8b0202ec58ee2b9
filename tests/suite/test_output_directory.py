"""A run empties no directory that holds anything which no run has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.runner.output_directory import files_of_others
from tests.suite.support.reported import Project, acceptance

if TYPE_CHECKING:
    from pathlib import Path

_MARK = ".acceptance-artifacts"


@pytest.mark.nightly
@pytest.mark.sampled(3)
@pytest.mark.parametrize("output", [".", "conftest.py"])
def test_a_directory_of_others_is_refused(tmp_path: Path, output: str) -> None:
    project = Project(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "notes.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    ended = project.pytest("--output", output)
    assert ended.code == 4
    assert f"--output {output} would be emptied, and holds what no run has written: " in ended.text
    assert sorted(one for one in tmp_path.rglob("*") if "__pycache__" not in one.parts) == before


@pytest.mark.nightly
def test_a_page_of_others_stays_in_reports(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "index.html").write_text("<title>Mine</title>")
    ended = project.pytest("-k", "Good")
    assert (tmp_path / "reports" / "index.html").read_text() == "<title>Mine</title>"
    assert ended.directory is not None
    assert f"report: {ended.directory.relative_to(tmp_path)}/index.html" in ended.text
    assert project.pytest("-k", "Good").code == 0

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("<title>Mine</title>")
    merged = acceptance(tmp_path, "report", str(ended.directory), "--output", "mine")
    assert merged.returncode == 4
    assert "mine holds something else; name an empty directory or a new one." in merged.stderr
    for _ in range(2):
        assert acceptance(tmp_path, "report", str(ended.directory), "--output", "merged").returncode == 0


@pytest.mark.nightly
def test_a_directory_of_runs_is_emptied_and_used_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for _ in range(2):
        assert project.pytest("--output", "out", "-k", "Good").code == 0
        assert [one.name for one in (tmp_path / "out").iterdir()] == [_MARK]
        (tmp_path / "out" / "some-scenario").mkdir()
        (tmp_path / "out" / "some-scenario" / "trace.zip").touch()


@pytest.mark.parametrize("name", ["notes.txt", "some-scenario/notes.txt", "trace.zip.txt", ".git/config"])
def test_a_file_among_artifacts_is_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / _MARK).touch()
    for one in ("some-scenario/trace-2.zip", "some-scenario/test-failed-1.png", "other/video.webm", name):
        (tmp_path / one).parent.mkdir(exist_ok=True)
        (tmp_path / one).touch()
    assert files_of_others(tmp_path) == [name]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "precious.txt").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / _MARK).touch()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "real")
    assert files_of_others(tmp_path / "out") == ["link"]
    (tmp_path / "alias").symlink_to(tmp_path / "out")
    assert files_of_others(tmp_path / "alias") == ["alias"]
