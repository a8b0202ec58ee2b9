"""A summary of the job on GitHub, and the data of a badge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from tests.suite.support.reported import FEATURE, Project, acceptance, scenario

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.nightly
def test_a_run_adds_itself_to_the_summary_and_leaves_a_badge(tmp_path: Path) -> None:
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    odd = scenario("Odd | <b>*title*", "Given something", "Then it is not so", rule="A | rule")
    project = Project(tmp_path, FEATURE + odd)
    ended = project.pytest(GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert text.startswith(
        "before\n### Promises, on staging: 2 failed, 1 not verified, 1 refused, 1 blocked, 3 passed\n"
    )
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<td>This holds</td>\n<td>3 passed</td>" in page
    assert "<td>A | rule</td>\n<td>1 failed</td>" in page
    assert "Odd | &lt;b&gt;*title*" in page
    assert "expected that it is so" in page
    badge = json.loads((tmp_path / "reports" / "badge.json").read_bytes())
    assert (badge["schemaVersion"], badge["label"], badge["color"]) == (1, "promises", "red")
    assert badge["message"].startswith("2 failed, ")
    assert ended.directory is not None
    assert acceptance(tmp_path, "report", str(ended.directory), "--output", "merged").returncode == 1
    assert json.loads((tmp_path / "merged" / "badge.json").read_bytes()) == badge


@pytest.mark.nightly
def test_a_summary_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("-k", "Good", GITHUB_STEP_SUMMARY=str(tmp_path / "none" / "summary.md"))
    assert (ended.code, "could not be written where it belongs" in ended.text) == (7, True), ended.text
    assert "report: reports/index.html" in ended.text
