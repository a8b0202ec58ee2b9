"""What people get wrong, and what they read then: wrong_session.txt is the recorded session, replayed here.

Each answer has at most three lines, names the way out and ends with the right exit code, before anything starts.
RECORD=1 writes the session anew: read it then as the person who made the mistake.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from steps.cli import main
from tests.suite.support.reported import FEATURE, Project, acceptance

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SESSION = Path(__file__).with_name("wrong_session.txt")
SITE = 'base_url = "https://staging.example.com"'
ACCOUNT = 'accounts = [{ email = "ada@example.com", password = "${PW}" }]'
PROFILE = "acceptance doctor --target staging --targets-file wrong.toml"
PROFILES = {
    "text without quotes": "base_url = https://staging.example.com",
    "a key twice": f'{SITE}\nbase_url = "https://www.example.com"',
    "a table twice": f"{SITE}\n[targets.staging]\n{ACCOUNT}",
    "an unknown key": f'{SITE}\npaymets = {{ allow = "test" }}',
    "an unknown label": f'{SITE}\nlabels = {{ add_credit = "Top up" }}',
    "a number for text": f"{SITE}\nlabels = {{ add_credits = 3 }}",
    "text for a list": f'{SITE}\npayments = {{ allow = "test", hosts = "checkout.stripe.com" }}',
    "text for a number": f'{SITE}\nlimits = {{ page = "3s" }}',
    "no such choice": f'{SITE}\npayments = {{ allow = "yes" }}',
    "an address for a host": f'{SITE}\npayments = {{ allow = "test", hosts = ["https://checkout.stripe.com"] }}',
    "a language by name": f'{SITE}\nlocale = "German"',
    "a language that there is not": f'{SITE}\nlocale = "xx-YY"',
    "a currency by name": f'{SITE}\npayments = {{ allow = "test", currency = "Euro" }}',
    "a currency that there is not": f'{SITE}\npayments = {{ allow = "test", currency = "UDS" }}',
    "thousands by name": f'{SITE}\nthousands = "dot"',
    "a time zone by its city": f'{SITE}\ntimezone = "Berlin"',
    "an unknown permission": f'{SITE}\nmay = ["by"]',
    "a password in the file": f'{SITE}\naccounts = [{{ email = "ada@example.com", password = "hunter2" }}]',
    "an unset variable": f'{SITE}\naccounts = [{{ email = "a@example.com", password = "${{NO_SUCH_PASSWORD}}" }}]',
    "an account twice": SITE + '\naccounts = [{ session = "ada" }, { session = "ada" }]',
    "an address without https": 'base_url = "staging.example.com"',
    "an address with more than the site": 'base_url = "https://staging.example.com/login?next=/"',
    "the fake's answers on a site": f'{SITE}\nvariant = {{ package_choice = "radios" }}',
}
"""Lines of a profile that are wrong."""
FILES = {
    "a file in Latin-1": f"[targets.staging]\n{SITE} # für später".encode("latin-1"),
    "another table": b'[staging]\nbase_url = "https://staging.example.com"',
    "an empty file": b"",
}
COMMANDS = """
acceptance doctro
acceptance doctor --taget fake
acceptance doctor --target
acceptance doctor --target fak
acceptance doctor --target fake --fix
acceptance doctor --targets-file nowhere.toml
acceptance doctor --targets-file 'C:\\Users\\ada\\acceptance.toml'
acceptance doctor --target fake --pictures wrong.toml
acceptance sign-in --target fake
acceptance sign-in --target fake --wait soon
acceptance compare fake
acceptance compare fake fak
acceptance compare ./empty fake
acceptance compare fake --record wrong.toml
acceptance compare fake fake --output wrong.toml/page.html
acceptance compare fake fake --fault grantd-twice
acceptance compare fake fake --variant cards
acceptance compare fake fake --variant prices=hiden
acceptance compare fake fake --variant package_choce=cards
acceptance report
acceptance report nowhere
acceptance report empty
acceptance report cut
acceptance report cut --output wrong.toml
acceptance drift nowhere.md
acceptance drift docs.diaflow.io/workspace/billing/buy-credits
acceptance drift http://127.0.0.1:1/page.md
acceptance drift page.html
acceptance init --yes
acceptance init 'not an address' --yes
acceptance init https://staging.example.com --yes
acceptance init https://staging.example.com --yes --email ada@example.com
acceptance init https://staging.example.com --yes --session
acceptance init https://staging.example.com --yes --targets-file empty
acceptance init https://staging.example.com
acceptance fake --port 8000
acceptance fake --site-port 70000
acceptance fake --site-port http
acceptance fake --variant cards
acceptance fake --fault grantd-twice
acceptance fake --database wrong.toml
acceptance fake --processor-only --webhook localhost:4242/webhook
acceptance browser chrome
"""
PYTEST = """
pytest features --target fak
pytest features --target fake --fault grantd-twice
pytest features -m 'smoke or doc:buy-credits.9'
pytest features -k 'two words'
pytest features -k 'not ("44,000")'
pytest features -q -k 44000
pytest features --require-verfied
pytest features --shard 4/3
pytest features -n -2
pytest features --base-url https://staging.example.com
pytest features --output .
pytest features --browser-path nowhere
pytest 'features\\all.feature'
pytest features/all.feature:12
"""
CASES = [
    *((PROFILE, about) for about in (*PROFILES, *FILES)),
    *((line, "") for line in (COMMANDS + PYTEST).splitlines() if line),
]


def recorded() -> dict[str, str]:
    """Return the recorded answers by what was said."""
    if os.environ.get("RECORD"):
        return {}
    parts = SESSION.read_text(encoding="utf-8").split("\n\n")
    return {said: answer for said, _, answer in (part.strip("\n").partition("\n") for part in parts)}


RECORDED = recorded()
ANSWERS: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def record() -> Iterator[None]:
    yield
    if os.environ.get("RECORD"):
        SESSION.write_text(
            "\n\n".join(f"{said}\n{answer}" for said, answer in ANSWERS.items()) + "\n", encoding="utf-8"
        )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("ACCEPTANCE_STATE_DIR", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PW", "correct horse")
    for name in ("ACCEPTANCE_TARGETS_FILE", "STAGING_EMAIL", "STAGING_PASSWORD", "STRIPE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "run.json").write_text("{", encoding="utf-8")
    (tmp_path / "page.html").write_text("<h1>Another page</h1>", encoding="utf-8")
    (tmp_path / "wrong.toml").write_text("a", encoding="utf-8")
    return tmp_path


def answered(place: Path, line: str, about: str) -> tuple[int, str]:
    """Return exit code and output of a line that somebody typed."""
    if about:
        wrong = FILES.get(about) or f"[targets.staging]\n{PROFILES.get(about, '')}".encode()
        (place / "wrong.toml").write_bytes(b"" if about == "an empty file" else wrong)
    command, *words = shlex.split(line)
    if command == "pytest":
        files = {"ACCEPTANCE_TARGETS_FILE": "targets.toml", "PYTHONDONTWRITEBYTECODE": "1"}
        run = Project(place, FEATURE).pytest(*words, target=None, **files)
        return run.code, run.text
    if words[0] == "fake":  # what it has begun to serve ends with its process
        done = acceptance(place, *words)
        return done.returncode, done.stdout + done.stderr
    ended = CliRunner().invoke(main, words, prog_name="acceptance")
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended.exit_code, ended.output


def _some(cases: list[tuple[str, str]]) -> list[Any]:
    """Return all; of the runs of pytest, which take seconds, one in six is tried with each commit, others at night."""
    slow = [one[0].startswith("pytest") and at % 6 for at, one in enumerate(cases)]
    return [
        pytest.param(*one, marks=[pytest.mark.nightly] if late else []) for one, late in zip(cases, slow, strict=True)
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("line", "about"), _some(CASES), ids=lambda value: value.replace("::", ":"))
def test_a_mistake_is_answered_as_recorded(place: Path, line: str, about: str) -> None:
    code, output = answered(place, line, about)
    kept = [shown.strip() for shown in output.splitlines() if shown.strip()]
    kept = [re.sub(r"Known: .*", "Known: …", shown.replace(str(ROOT), "SUITE")) for shown in kept]
    kept = [re.sub(r" in [\d.]+s$", "", shown) for shown in kept]
    kept = [re.sub(r"(Did you mean \S+) or [^?]+", r"\1 or …", shown) for shown in kept]
    said = f"$ {line}" + (f"    # {about}: {PROFILES.get(about, '')!r}" if about else "")
    answer = "\n".join([*kept, f"exit code {code}"])
    ANSWERS[said] = answer
    assert len(kept) <= 3, output
    assert code not in (0, 1) or "init https://staging.example.com" in line
    assert "Traceback" not in output
    assert "hunter2" not in output
    assert answer == RECORDED.get(said, answer if os.environ.get("RECORD") else "")


def test_the_session_holds_forty_mistakes_and_none_that_is_not_tried() -> None:
    assert len(CASES) == len(set(CASES)) >= 40
    assert len(RECORDED) == len(CASES) or os.environ.get("RECORD")
