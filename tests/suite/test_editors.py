"""VS Code and PyCharm show every scenario and every example, below its feature, at its line, and can run each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.suite.support.planting import ROOT
from tests.suite.support.reported import Project

COLLECT = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "tests.suite.support.editors"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What editors show of the features and of a file with parametrised tests of its own."""
    file = tmp_path_factory.mktemp("editors") / "shown.json"
    told = os.environ | {"SHOWN_IN_EDITORS": str(file)}
    ended = subprocess.run(
        [*COLLECT, "features", "tests/suite/test_editors.py"],
        cwd=ROOT, env=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.nightly
def test_each_scenario_stands_below_its_feature_at_its_line(shown: list[dict[str, Any]]) -> None:
    scenarios = [one for one in shown if one["parent"].endswith(".feature")]
    assert len(scenarios) > 90
    for one in scenarios:
        line = Path(one["parent"]).read_text(encoding="utf-8").splitlines()[one["line"] - 1]
        assert line.strip().startswith("Scenario"), one


@pytest.mark.nightly
def test_each_test_has_a_name_of_its_own(shown: list[dict[str, Any]]) -> None:
    assert len({one["run"] for one in shown}) == len(shown)
    assert len({one["pycharm"] for one in shown}) == len(shown)
    assert any(one["run"].endswith("::test_choosing_package_credits[1,200,000]") for one in shown)


@pytest.mark.parametrize("name", [pytest.param("test_good", marks=pytest.mark.nightly), "test_good_for_who[Ada]"])
def test_what_an_editor_names_runs(tmp_path: Path, name: str) -> None:
    project = Project(tmp_path)
    ended = project.pytest(f"{tmp_path}/features/all.feature::{name}", "--deselect", "features/all.feature::test_bad")
    assert ended.result("Good" if name == "test_good" else "Good for Ada").verdict == "passed", ended.text
