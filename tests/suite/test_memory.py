"""A run of many scenarios needs hardly more memory than one of a few: what a scenario did is let go of at its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.suite.support.reported import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LET_GO = [
    "playwright._impl._page.Page",
    "playwright._impl._network.Request",
    "steps.actors.member.Member",
    "steps.pages.checkout.Asked",
    "steps.pages.packages.Offer",
    "pytest_bdd.reporting.StepReport",
    "pytest_bdd.reporting.ReportContext",
    "pytest_bdd.parser.Step",
    "steps.reporting.scenario_recorder.Record",
]
ENDED = "steps.reporting.run_document.Result"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[str], Counter[str]]:
    """What a run of one purchase holds at its end, and what one of three does."""
    place = tmp_path_factory.mktemp("held")
    return _held(place / "one", "2,000"), _held(place / "three", "2,000 or 5,000 or 11,000")


@pytest.mark.parametrize("kind", LET_GO)
def test_what_a_scenario_did_is_let_go_of(held: tuple[Counter[str], Counter[str]], kind: str) -> None:
    one, three = held
    assert three[kind] == one[kind]


def test_how_it_ended_is_kept(held: tuple[Counter[str], Counter[str]]) -> None:
    one, three = held
    assert three[ENDED] == one[ENDED] + 2


def _held(file: Path, packages: str) -> Counter[str]:
    plugins = ["-p", "tests.suite.support.holding"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "features/finish_checkout.feature", "-k", packages]
    held = os.environ | {"HOLDING": str(file)}
    ended = subprocess.run(command, cwd=ROOT, env=held, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout
    return Counter(json.loads(file.read_text(encoding="utf-8")))
