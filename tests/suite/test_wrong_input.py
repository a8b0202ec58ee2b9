"""What the options take, and that help and completion name all of it. See test_wrong_session for what is wrong."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from fake_backend.control.faults import CATALOGUE
from fake_backend.control.variants import QUESTIONS, VARIANTS
from steps.cli import main
from steps.targets.fake_catalogue import check_choice, read_variant
from steps.targets.profile_errors import ProfileError
from tests.suite.support.reported import Project

ROOT = Path(__file__).parents[2]


def test_what_the_fake_knows_is_taken() -> None:
    for question, answers in VARIANTS.items():
        for answer in answers:
            check_choice(read_variant([f"{question}={answer}"]), CATALOGUE)
    with pytest.raises(ProfileError, match="no such"):
        check_choice({}, ["no such"])


def test_each_open_question_is_told() -> None:
    assert QUESTIONS.keys() == VARIANTS.keys()


def test_the_fake_lists_every_answer_and_every_fault_below_its_promise() -> None:
    listed = CliRunner().invoke(main, ["fake", "--list"]).output
    for question, answers in VARIANTS.items():
        assert f"  {question} " in listed
        assert ", ".join(answers) in " ".join(listed.split())
    promise = ""
    below: dict[str, str] = {}
    for line in listed.splitlines():
        promise = line.split(" ")[0] if " · " in line and not line.startswith(" ") else promise
        below[line.strip().split(" ")[0]] = promise
    assert {name: below[name] for name in CATALOGUE} == {name: fault.breaks for name, fault in CATALOGUE.items()}


@pytest.mark.nightly
def test_the_help_of_pytest_ends_with_what_its_options_take(tmp_path: Path) -> None:
    said = Project(tmp_path).pytest("--help", target="fake").text
    for wanted in ("package_choice=", "buttons or cards or radios", "granted-twice", "staging, fake", "buy-credits.4b"):
        assert wanted in said


@pytest.mark.parametrize("command", ["fake", "compare"])
def test_the_help_of_a_command_ends_with_what_its_options_take(command: str) -> None:
    told = CliRunner().invoke(main, [command, "--help"], prog_name="acceptance")
    said = told.output
    assert told.exit_code == 0, repr(told.exception)
    listed = {word.strip(" ,") for word in said.replace("=", " ").split()}
    assert listed >= {*CATALOGUE, *VARIANTS, *(answer for answers in VARIANTS.values() for answer in answers)}


def test_completion_knows_commands_and_targets(tmp_path: Path) -> None:
    def completed(words: str) -> str:
        environment = {"_ACCEPTANCE_COMPLETE": "bash_complete", "COMP_WORDS": words}
        environment["COMP_CWORD"] = str(len(words.split(" ")) - 1)
        code = "import sys; sys.argv = ['acceptance']; from steps.cli import main; main(prog_name='acceptance')"
        command = [sys.executable, "-c", code]
        place = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
        return subprocess.run(
            command, env=environment | place, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    assert "plain,doctor" in completed("acceptance doc")
    assert "plain,fake" in completed("acceptance doctor --target f")


def test_the_command_tells_its_version() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert (told.exit_code, told.output.strip()) == (0, version("diaflow-acceptance"))
