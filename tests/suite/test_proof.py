"""The proof of the whole: goals and figures in one table, and a proof that was broken off goes on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from tests.tools.proof import __main__ as proof
from tests.tools.proof import carrying_out
from tests.tools.proof.stages import STAGES, Stage

if TYPE_CHECKING:
    from pathlib import Path

_NOTE = """
import sys, pathlib
with open(pathlib.Path(sys.argv[1], "ran.txt"), "a") as ran:
    ran.write(sys.argv[2])
print({says!r})
sys.exit({code})
"""


def _stage(place: Path, name: str, says: str = "3 of 4 faults", code: int = 0) -> Stage:
    command = [sys.executable, "-c", _NOTE.format(says=says, code=code), str(place), name]
    return Stage(name, f"the goal of {name}", command, {"{0} of {1} caught": r"(\d+) of (\d+) faults"})


@pytest.fixture
def at_one_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying_out, "state_of", lambda _: "c0ffee")


def _run(monkeypatch: pytest.MonkeyPatch, stages: list[Stage], place: Path, *options: str) -> tuple[int, str]:
    monkeypatch.setattr(proof, "STAGES", stages)
    monkeypatch.setattr(proof, "_NAMES", [one.name for one in stages])
    told = CliRunner().invoke(proof.main, ["--output", str(place), *options])
    return told.exit_code, told.output


def test_goals_and_figures_stand_in_one_table_and_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stages = [_stage(tmp_path, "faults"), _stage(tmp_path, "worlds", "no figure here", code=1)]
    code, said = _run(monkeypatch, stages, tmp_path / "proof")
    assert code == 1
    assert "3 of 4 caught" in said
    assert "no figure here" in said
    page = (tmp_path / "proof" / "index.html").read_text("utf-8")
    assert "1 of 2 goals are reached" in page
    assert "The goal of worlds" in page
    assert (tmp_path / "proof" / "worlds.txt").read_text("utf-8").strip() == "no figure here"


@pytest.mark.usefixtures("at_one_commit")
def test_what_was_broken_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _stage(tmp_path, "faults"), _stage(tmp_path, "worlds")
    interrupted = Stage("worlds", "", [sys.executable, "-c", "raise KeyboardInterrupt"], {})
    real = subprocess.run

    def broken_off(command: list[str], **given: Any) -> object:
        if command is interrupted.command:
            raise KeyboardInterrupt
        return real(command, **given)

    monkeypatch.setattr(subprocess, "run", broken_off)
    code, said = _run(monkeypatch, [first, interrupted], tmp_path / "proof")
    assert (code, "goes on from here" in said) == (2, True)
    code, _ = _run(monkeypatch, [first, second], tmp_path / "proof")
    assert code == 0
    assert (tmp_path / "ran.txt").read_text("utf-8") == "faultsworlds"
    _run(monkeypatch, [first, second], tmp_path / "proof", "--again")
    assert (tmp_path / "ran.txt").read_text("utf-8") == "faultsworldsfaultsworlds"


def test_of_files_that_were_changed_since_nothing_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "state_of", lambda _: "c0ffee+")
    for _ in range(2):
        _run(monkeypatch, [_stage(tmp_path, "faults")], tmp_path / "proof")
    assert (tmp_path / "ran.txt").read_text("utf-8") == "faultsfaults"


@pytest.mark.parametrize(
    ("name", "output", "figure"),
    [
        ("faults", "All 255 faults are caught: 1,308 runs\n148 of 148 Thens are turned red by a fault",
         "All 255 faults caught, 148 of 148 Thens turned red"),
        ("worlds", "  unclear 330 (0.33% of the 9)\n  WRONG             0\n  READ AS SOUND     1,002\n",
         "0 wrong, 1,002 read as sound, 0.33% unclear"),
        ("soak", "│ as it is │ 6 │ 594 │ 0 │\n│ all  │ 11 │ 1089 │ 2 │\n", "2 red of 1089"),
        ("storm", "12 passed in 80.11s (0:01:20)", "12 passed"),
        ("benchmark", "suite / bare script: median 1.10, min 1.03, max 1.12; processor time 1.09", "1.10 of bare"),
    ],
)  # fmt: skip
def test_the_figure_is_read_from_what_each_tool_prints(name: str, output: str, figure: str) -> None:
    stage = next(one for one in STAGES if one.name == name)
    assert stage.figure(output) == figure
