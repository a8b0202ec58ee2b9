"""A wrong name or value is answered before anything starts, in at most three lines, with the way out."""

from __future__ import annotations

import subprocess
import sys
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

PYTEST = [
    (("--target", "fak"), 'Did you mean "fake"?'),
    (("--target", "fake", "--fault", "grantd-twice"), "Did you mean granted-twice"),
    (("--target", "fake", "--variant", "package_choice=card"), "Did you mean cards? It takes: buttons, cards, radios."),
    (("-k", "two words"), "Wrong expression passed to '-k': two words"),
    (("-m", "smoke or doc:buy-credits.9"), "Did you mean doc:buy-credits."),
    (("-m", "not needs:clocks"), "Did you mean needs:clock"),
]
COMMANDS = [
    (("doctor", "--target", "fak"), 'Did you mean "fake"?'),
    (("doctor", "--targets-file", "nowhere.toml"), "nowhere.toml cannot be read"),
    (("sign-in", "--target", "fak"), 'Did you mean "fake"?'),
    (("sign-in", "--target", "fake"), "The fake needs no saved session"),
    (("compare", "fake", "fak"), 'Did you mean "fake"?'),
    (("compare", "fake"), "--record DIR"),
    (("compare", "fake", "fake", "--fault", "grantd-twice"), "Did you mean granted-twice"),
    (("compare", "fake", "fake", "--variant", "cards"), "write QUESTION=ANSWER, such as package_choice=cards."),
    (("compare", "fake", "fake", "--variant", "prices=hiden"), "Did you mean hidden?"),
    (("doctro",), "doctor"),
    (("compare", "fake", "fake", "--variant", "package_choce=cards"), "Did you mean package_choice?"),
    (("doctor", "--taget", "fake"), "--target"),
]


@pytest.mark.parametrize(
    ("options", "words"), PYTEST, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_pytest_ends_with_4(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    ended = Project(tmp_path).pytest(*options)
    said = [line for line in ended.text.splitlines() if line.strip()]
    assert (ended.code, words in ended.text) == (4, True), ended.text
    assert len(said) <= 3 or "-k" in options, ended.text
    assert "not verified" not in ended.text
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("words", "said"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_a_command_ends_with_2(words: tuple[str, ...], said: str) -> None:
    ended = CliRunner().invoke(main, words, prog_name="acceptance")
    assert (ended.exit_code, said in ended.output) == (2, True), ended.output
    assert len([line for line in ended.output.splitlines() if line.strip()]) <= 3


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


def test_the_help_of_pytest_ends_with_what_its_options_take(tmp_path: Path) -> None:
    said = Project(tmp_path).pytest("--help", target="fake").text
    for wanted in ("package_choice=", "buttons or cards or radios", "granted-twice", "staging, fake", "buy-credits.4b"):
        assert wanted in said


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
