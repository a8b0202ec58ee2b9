"""One part of a combination (tests.tools.combinations): a project, a run of it that may be killed, what it left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from steps.reporting.run_document import FILE_NAME, load
from tests.suite.support.reported import PLUGINS, ROOT, TARGETS, UNWANTED, scenario

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from steps.reporting.run_document import Result, Run

KINDS = {
    "passes": 12, "fails": 2, "is mended": 2, "gets worse": 1, "takes turns": 1, "is known": 1, "is unclear": 2,
    "clears up": 1, "is refused": 1, "is in trouble": 1, "recovers": 1, "is wrong": 1, "dies": 1, "dies once": 1,
    "hangs": 1, "breaks afterwards": 1, "is skipped": 1, "is given up": 1,
}  # fmt: skip
"""What a scenario can do, and how often it is drawn."""
STEPS = """
import os, signal, threading
from pathlib import Path
from pytest_bdd import parsers, then
from steps.verdicts import verdict

def note(number, how):
    file = os.open(os.environ["JOURNAL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{number} {how} {os.getpid()}\\n".encode())
    os.close(file)

def attempts(number):
    texts = [file.read_text() for file in Path(os.environ["JOURNAL"]).parent.glob("*.journal")]
    return sum(line.startswith(f"{number} begins ") for text in texts for line in text.splitlines())

def how_of(kind, before):
    turn = ["failed", "passed"][before % 2]
    return {
        "passes": "passed", "fails": "failed", "is mended": "passed" if before else "failed",
        "gets worse": "failed" if before else "passed", "takes turns": turn, "is known": turn,
        "is unclear": "unverified", "clears up": "passed" if before else "unverified", "is refused": "unverified",
        "is in trouble": "trouble", "recovers": "passed" if before else "trouble", "is wrong": "mistake",
        "dies": "died", "dies once": "passed" if before else "died", "hangs": "hung", "breaks afterwards": "failed",
        "is given up": "unverified",
    }[kind]

@then(parsers.re(r"scenario (?P<number>\\d+) (?P<kind>.+)"))
def it_ends(number, kind, request):
    how = how_of(kind, attempts(number))
    note(number, "begins")
    note(number, how)
    if how == "hung":
        threading.Event().wait(300)
    if kind == "breaks afterwards":
        def away(): raise AssertionError("it cannot be put away")
        request.addfinalizer(away)
    elif how == "failed" or kind == "is given up":
        raise AssertionError("it is not so")
    elif how == "unverified":
        raise (verdict.RefusedError if kind == "is refused" else verdict.NotVerifiedError)("Nobody can tell.")
    elif how == "trouble":
        raise verdict.TargetUnavailableError("The site answered with 503.")
    elif how == "mistake":
        return {}["missing"]
    elif how == "died":
        os.kill(os.getpid(), signal.SIGKILL)
"""
_ENTRY = '[[scenario]]\nfeature = "all.feature"\ntitle = "Number {}"\nowner = "us"\nuntil = {}\nreason = "slow"\n'
_TAGS = {"is skipped": "doc:buy-credits.3 @skip", "is given up": "doc:buy-credits.3 @xfail"}
_PATIENCE = 90
"""Seconds after which a run that was told to end should have ended, however busy the machine is."""


def write_project(directory: Path, kinds: list[str]) -> None:
    """Write a feature with a scenario of each kind, its steps, and what makes a project of them."""
    rules = [
        scenario(
            f"Number {n} {'odd' if n % 2 else 'even'}",
            f"Then scenario {n} {kind}",
            rule=f"R {n}",
            tag=_TAGS.get(kind, "doc:buy-credits.3"),
        )
        for n, kind in enumerate(kinds)
    ]
    (directory / "features").mkdir()
    (directory / "features" / "all.feature").write_text("@doc:buy-credits\nFeature: All\n" + "".join(rules))
    known = [f"{n} {'odd' if n % 2 else 'even'}" for n, kind in enumerate(kinds) if kind == "is known"]
    today = datetime.now(UTC).date()
    (directory / "features" / "known_flaky.toml").write_text("".join(_ENTRY.format(one, today) for one in known))
    (directory / "conftest.py").write_text(STEPS)
    (directory / "targets.toml").write_text(TARGETS)
    (directory / "pytest.ini").write_text("[pytest]\n")


@dataclass
class Plan:
    """How a part is to be carried out."""

    options: list[str]
    keyword: str = ""
    shards: int = 0
    allow_flaky: bool = False
    require_verified: bool = False
    kill: tuple[signal.Signals, str, int, float] | None = None
    """Signal, whom ("run" or "worker"), after how many beginnings, and how long after."""

    @classmethod
    def draw(cls, chance: random.Random, size: int, *, shards: int, group: int, hangs: bool) -> Plan:
        """Draw one."""
        options = [f"--splits={shards}", f"--group={group}"] if shards else []
        options += chance.choice([[], [], ["--reruns=1"], ["--reruns=2"]])
        options += chance.choice([[], [], ["--maxfail=1"], ["--maxfail=2"]])
        if chance.random() < 0.5:
            options += [f"-n{chance.randint(1, 3)}", f"--max-worker-restart={chance.choice([0, 1, 4])}"]
            options += chance.choice([[], ["--dist=loadfile"], ["--dist=worksteal"]])
        plan = cls([*options, *chance.choice([[], [], ["--random-order"]])], shards=shards)
        plan.keyword = chance.choice(["", "", "odd", "even", "not odd"])
        plan.allow_flaky, plan.require_verified = chance.random() < 0.25, chance.random() < 0.15
        if hangs or chance.random() < 0.3:
            how = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
            whom = chance.choice(["run", "run", "worker"])
            plan.kill = (how if whom == "run" else signal.SIGKILL, whom, chance.randint(1, size), chance.random() * 0.3)
        return plan

    def chosen(self, size: int) -> list[int]:
        """Return the numbers of the scenarios that are selected, whichever shard they are in."""
        rest = {"": (0, 1), "odd": (1,), "even": (0,), "not odd": (0,)}[self.keyword]
        return [number for number in range(size) if number % 2 in rest]

    @property
    def is_told(self) -> bool:
        """Whether the run is told to end."""
        return self.kill is not None and self.kill[0] in (signal.SIGTERM, signal.SIGINT)

    def arguments(self) -> list[str]:
        """Return pytest's arguments."""
        flags = ["--allow-flaky"] * self.allow_flaky + ["--require-verified"] * self.require_verified
        return [*self.options, *flags, *(["-k", self.keyword] if self.keyword else [])]


@dataclass
class Part:
    """A part that is over: what its scenarios noted, and what the run said of them."""

    plan: Plan
    code: int
    text: str
    noted: dict[int, list[str]]
    place: Path | None
    run: Run | None
    timed_out: bool = False
    is_cut: bool = field(default=False)

    @property
    def ended(self) -> bool:
        """Whether it came to its end, if only because it was told to, and left what it found."""
        return self.code >= 0 or any(one.result.ran for one in (self.run.scenarios if self.run else []))

    @property
    def is_whole(self) -> bool:
        """Whether nothing kept it from carrying out, and telling, all that it began."""
        lost = any({"died", "hung", "trouble"} & {*hows} for hows in self.noted.values())
        return self.ended and self.plan.kill is None and not lost and "maxfail" not in " ".join(self.plan.options)

    def said(self, number: int) -> list[Result]:
        """Return the result of a scenario in the part's document, if it has one."""
        scenarios = self.run.scenarios if self.run else []
        return [one.result for one in scenarios if int(one.title.split()[1]) == number]

    def lose(self, chance: random.Random) -> None:
        """Cut the document off, now and then, as a disk does that is full or an upload that ends early."""
        assert self.place is not None
        if chance.random() < 0.06:
            file = self.place / FILE_NAME
            file.write_bytes(file.read_bytes()[: chance.randint(0, 400)])
            self.is_cut = True

    def __str__(self) -> str:
        how = f" killed {self.plan.kill[0].name} {self.plan.kill[1:]}" if self.plan.kill else ""
        return f"[{' '.join(self.plan.arguments())}{how} -> {self.code}]"


def carry_out(directory: Path, plan: Plan, name: str) -> Part:
    """Run a part, and send it the signal of its plan."""
    journal, reports = directory / f"{name}.journal", directory / "reports"
    journal.touch()
    before = set(reports.glob("*/")) if reports.exists() else set()
    plugins = [*PLUGINS, *(word for one in UNWANTED for word in ("-p", f"no:{one}")), "-p", "no:cacheprovider"]
    target = ["--target", "staging", "--targets-file", "targets.toml", "features"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "GITHUB", "CI"))}
    with (directory / f"{name}.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *plugins, *target, *plan.arguments()],
            cwd=directory, env=kept | {"PYTHONPATH": str(ROOT), "JOURNAL": str(journal)},
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        timed_out = _wait(process, plan, journal)
        _end(process)
    made = (set(reports.glob("*/")) if reports.exists() else set()) - before
    place = next((one for one in made if (one / FILE_NAME).is_file()), None)
    text = (directory / f"{name}.txt").read_text(errors="replace")
    run = load(place / FILE_NAME) if place else None
    return Part(plan, process.returncode, text, _noted(journal), place, run, timed_out)


def _wait(process: subprocess.Popen[bytes], plan: Plan, journal: Path) -> bool:
    """Wait for a run's end; signal it when its plan says so or a scenario hangs. Returns whether it goes on."""
    end, sent = time.monotonic() + _PATIENCE, set[int]()
    while time.monotonic() < end:
        if plan.kill:
            how, whom, count, late = plan.kill
            lines = [line.split() for line in journal.read_text().splitlines()]
            begun = [int(pid) for _, said, pid in lines if said == "begins"]
            due = [int(pid) for _, said, pid in lines if said == "hung"] + begun[count - 1 : count]
            victims = {pid if whom == "worker" else process.pid for pid in due} - sent
            if victims and not _ends_within(process, late):
                sent |= victims
                for victim in victims:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(victim, how)
        if _ends_within(process, 0.05):
            return False
    return True


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a run that was killed: its workers."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _noted(journal: Path) -> dict[int, list[str]]:
    noted: dict[int, list[str]] = {}
    for line in journal.read_text().splitlines():
        number, how, _ = line.split()
        if how != "begins":
            noted.setdefault(int(number), []).append(how)
    return noted
