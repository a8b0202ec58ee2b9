"""Installed as a package, outside a checkout, the scenarios run by `acceptance run`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from steps.targets.profile_loader import TARGETS_FILE_VARIABLE
from tests.suite.support.planting import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel holds, by what pyproject.toml says of it."""
    place = tmp_path_factory.mktemp("installed")
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    away = shutil.ignore_patterns("__pycache__")
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, place / package, ignore=away)
    for source, target in wheel["force-include"].items():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place / target, ignore=away)
        else:
            (place / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place / target)
    return place


def _called(installed: Path, place: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-c", "from steps.cli import main; main()", *words]
    known = {"PYTHONPATH": str(installed), TARGETS_FILE_VARIABLE: ""}
    ended = subprocess.run(command, cwd=place, env=os.environ | known, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.nightly
def test_the_scenarios_are_there_and_run_anywhere(installed: Path, tmp_path: Path) -> None:
    code, said = _called(installed, tmp_path, "run", "-q", "-k", "packages_on_sale")
    assert (code, "1 passed" in said) == (0, True), said
    assert (tmp_path / "reports" / "index.html").is_file()
    assert (tmp_path / "reports" / "badge.json").is_file()


@pytest.mark.nightly
def test_what_is_wrong_is_said_as_in_a_checkout(installed: Path, tmp_path: Path) -> None:
    code, said = _called(installed, tmp_path, "run", "--target", "nope")
    assert (code, 'There is no target "nope"' in said) == (4, True), said
    code, said = _called(installed, tmp_path, "check")
    assert (code, "This checks a checkout of the suite" in said) == (2, True), said
