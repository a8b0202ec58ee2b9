"""`acceptance init`: from an address and an account to a profile with just the lines that are needed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from steps.cli import main
from steps.cli._inspection import InspectionReport
from steps.cli.init import Setup
from steps.targets.profile import Profile
from steps.targets.profile_loader import TARGETS_FILE_VARIABLE, FoundProfile
from steps.tools.inspection.finding import SIGNED_IN, Advice, Finding, State
from steps.tools.inspection.profile_writer import ProfileFile
from tests.suite.support.planting import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.suite.support.small_site import SmallSite

RENAMED = {"Add credits": "Top up"}
ADDRESS = "https://staging.example.com"


def acceptance(place: Path, *words: str, said: str = "", **variables: str) -> tuple[int, str]:
    """Call the command in a directory where nothing is set up."""
    command = [sys.executable, "-c", "from steps.cli import main; main()", *words]
    known = {"PYTHONPATH": str(ROOT), TARGETS_FILE_VARIABLE: "", "XDG_CONFIG_HOME": str(place / "none")}
    ended = subprocess.run(
        command, cwd=place, env=os.environ | known | variables, input=said, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.nightly
def test_an_address_and_an_account_are_enough_and_a_second_time_keeps_what_a_person_wrote(
    tmp_path: Path, site: SmallSite
) -> None:
    site.renamed = RENAMED
    account = {"SITE_EMAIL": "ada@example.com", "SITE_PASSWORD": "correct horse"}
    code, said = acceptance(tmp_path, "init", site.url, "--yes", "--payments", "test", **account)
    assert code == 0, said
    assert "Next: pytest features\n" in said
    file = tmp_path / "acceptance.toml"
    text = file.read_text(encoding="utf-8")
    assert "correct horse" not in text + said
    content = tomllib.loads(text)
    assert content == {
        "default": "site",
        "targets": {
            "site": {
                "base_url": site.url,
                "accounts": [{"email": "${SITE_EMAIL}", "password": "${SITE_PASSWORD}"}],
                "payments": {"allow": "test", "hosts": [site.payment_host]},
                "labels": {"add_credits": "Top up"},
            }
        },
    }
    assert site.add_on == 0

    own = text.replace('"Top up" #', '["Top up", "Buy more"] # mine,') + "\n# and this\n"
    file.write_text(own, encoding="utf-8")
    code, said = acceptance(tmp_path, "init", "--yes", "--payments", "none", **account)
    own = own.replace(
        'allow = "test" # published test cards, in test sessions alone',
        'allow = "none" # "test" lets test cards through',
    )
    assert (code, file.read_text(encoding="utf-8")) == (0, own), said


@pytest.mark.nightly
def test_what_the_site_calls_things_is_asked_and_can_be_answered(tmp_path: Path, site: SmallSite) -> None:
    site.renamed = RENAMED
    own = f'[targets.site]\nbase_url = "{site.url}"\nlimits = {{ page = 3 }}\n'
    (tmp_path / "acceptance.toml").write_text(own, encoding="utf-8")
    answers = ["y", "", "", "n", "Top up"]
    account = {"SITE_EMAIL": "ada@example.com", "SITE_PASSWORD": "correct horse"}
    code, said = acceptance(tmp_path, "init", said="\n".join(answers) + "\n", **account)
    assert code == 0, said
    assert "What is “Add credits” there? The site seems to say [Top up]:" in said
    site_table = tomllib.loads((tmp_path / "acceptance.toml").read_text(encoding="utf-8"))["targets"]["site"]
    assert site_table["labels"] == {"add_credits": "Top up"}
    assert site_table["payments"] == {"allow": "none"}


@pytest.mark.nightly
def test_how_the_site_writes_numbers_is_learnt_from_it(tmp_path: Path, site: SmallSite) -> None:
    site.thousands = "."
    account = {"SITE_EMAIL": "ada@example.com", "SITE_PASSWORD": "correct horse"}
    code, said = acceptance(tmp_path, "init", site.url, "--yes", "--payments", "test", **account)
    assert code == 0, said
    own = tomllib.loads((tmp_path / "acceptance.toml").read_text(encoding="utf-8"))["targets"]["site"]
    assert own["thousands"] == "."


@pytest.mark.nightly
def test_doctor_writes_the_lines_that_it_proposes(tmp_path: Path, site: SmallSite) -> None:
    site.renamed = RENAMED
    file = tmp_path / "acceptance.toml"
    file.write_text(
        f'[targets.site]\nbase_url = "{site.url}"\nlimits = {{ page = 3 }} # slow\n'
        'accounts = [{ email = "ada@example.com", password = "${SMALL}" }]\n',
        encoding="utf-8",
    )
    code, said = acceptance(tmp_path, "doctor", "--target", "site", "--fix", SMALL="correct horse")
    assert code == 1, said
    assert "Written into ./acceptance.toml: " in said
    assert "# slow" in file.read_text(encoding="utf-8")
    assert acceptance(tmp_path, "doctor", "--target", "site", SMALL="correct horse")[0] == 0


@pytest.mark.parametrize(
    ("settle", "answer", "line"),
    [
        ('thousands = ","', None, 'thousands = "," # settles'),
        ('labels.total = "…"', "To pay", 'total = "To pay" # settles'),
        ('labels.credit_bar = { selector = "…" }', "#bar", 'credit_bar = {selector = "#bar"} # settles'),
        ('payments.test_hosts = ["x"]', "y", ""),
        ('labels.total = "…"', "", ""),
    ],
)
def test_what_is_unclear_is_asked_and_a_likely_answer_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: str, answer: str | None, line: str
) -> None:
    def prompt(_: str, *, default: str, **__: object) -> str:
        return default if answer is None else answer

    monkeypatch.setattr(click, "prompt", prompt)
    file = ProfileFile(tmp_path / "own.toml")
    setup = Setup(file, yes=False)
    setup.name_site(ADDRESS, None)
    finding = Finding(
        "It", State.DIFFERS, f"It is unclear: 7,981. The profile line that settles it: {settle}", settle=settle
    )
    assert setup.ask(finding) is bool(line)
    assert line in file.text()
    assert ("settles" in file.text()) is bool(line)


def test_one_line_is_asked_for_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setup = Setup(ProfileFile(tmp_path / "own.toml"), yes=True)
    setup.name_site(ADDRESS, None)
    report = InspectionReport(FoundProfile("staging", Profile(base_url=ADDRESS), tmp_path / "own.toml"), tmp_path)
    for what, settle in (("Monthly credits", "labels.monthly_credits"), ("used", 'labels.monthly_credits = "…"')):
        report.findings.append(Finding(what, State.DIFFERS, "not found", settle=settle))
    assert setup.learn(report) is False
    assert capsys.readouterr().out.count("Open: ") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--yes",), "acceptance init https://staging.example.com --yes"),
        (("not an address", "--yes"), "is not the address of a site"),
        ((ADDRESS, "--yes"), "STAGING_EMAIL is not set. Set it to the email of the account: export STAGING_EMAIL=…"),
        ((ADDRESS, "--yes", "--email", "PATH", "--password", "hunter2"), "variable that --password names is not set."),
        ((ADDRESS, "--yes", "--email", "ada@example.com"), "--email takes the name of an environment variable"),
        ((ADDRESS, "--yes", "--session"), "--session needs a person"),
        ((ADDRESS, "--yes", "--payments", "real"), "'real' is not one of 'test', 'none'"),
        (
            (ADDRESS, "--yes", "--email", "PATH", "--password", "PATH", "--label", "add_credit=Top up"),
            'Did you mean "add_credits"?',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_input_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(tmp_path / "state"))
    ended = CliRunner().invoke(main, ["init", *words])
    assert (ended.exit_code, says in ended.output) == (2, True), ended.output
    assert "hunter2" not in ended.output
    assert not list(tmp_path.glob("*.toml"))


@pytest.mark.nightly
def test_a_site_that_does_not_answer_writes_nothing(tmp_path: Path) -> None:
    account = {"SITE_EMAIL": "ada@example.com", "SITE_PASSWORD": "correct horse"}
    code, said = acceptance(tmp_path, "init", "http://127.0.0.1:1", "--yes", **account)
    assert (code, "Nothing was written." in said) == (7, True), said
    assert not list(tmp_path.glob("*.toml"))


@pytest.mark.parametrize("gets_in", [True, False])
def test_what_was_learnt_is_kept_where_a_later_stop_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, gets_in: bool
) -> None:
    walks = []

    def break_off(_: object, report: InspectionReport, *__: object, **___: object) -> None:
        walks.append(report)
        if gets_in:
            report.on_finding(Finding(SIGNED_IN, State.FOUND, "as Ada"))
        report.on_finding(Finding("Add credits", State.DIFFERS, "Top up", Advice("labels.add_credits", "Top up")))
        report.on_finding(Finding("the target", State.TROUBLE, "The payment page cannot be read."))

    monkeypatch.setattr("steps.cli.init.inspect_target", break_off)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("E", "ada@example.com")
    monkeypatch.setenv("P", "correct horse")
    file = tmp_path / "own.toml"
    words = ["init", ADDRESS, "--yes", "--email", "E", "--password", "P", "--targets-file", str(file)]
    ended = CliRunner().invoke(main, words)
    assert (ended.exit_code, len(walks), file.exists()) == (7, 1, gets_in), ended.output
    assert not gets_in or 'add_credits = "Top up"' in file.read_text()


def test_what_only_a_person_can_know_of_the_payment_page_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = InspectionReport(FoundProfile("site", Profile(base_url=ADDRESS), tmp_path / "own.toml"), tmp_path)
    sandbox = Advice("payments.test_hosts", ["pay.example.com"])
    report.on_finding(Finding("spend guard", State.MISSING, "would stop here", sandbox))
    assert report.end(to_payment=True, suggest=False) == 1
    said = capsys.readouterr().out
    assert 'write this below [targets.site.payments]: test_hosts = ["pay.example.com"]' in said
