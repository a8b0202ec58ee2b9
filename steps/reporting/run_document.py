"""The document that a run leaves behind, `reports/<run>/run.json`: what was promised, what was seen, and how it ended.

Everything else that tells of a run (the page, the summary, JUnit, Cucumber JSON, merged runs) is made from it, so that
all tell the same. Its schema is printed by `acceptance report --schema`. Times are in seconds, moments in ISO 8601
(UTC), paths relative to the document's own directory, with slashes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct, field

from steps.documentation import PROMISES
from steps.verdicts.verdict import SETTLES

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Literal[2] = 2
"""The number of the schema: a reader that knows another one should stop."""
FILE_NAME = "run.json"

VerdictName = Literal["passed", "failed", "flaky", "not verified", "refused", "blocked"]
StepStatus = Literal["passed", "failed", "stopped", "not run"]
VERDICTS: tuple[VerdictName, ...] = ("failed", "flaky", "not verified", "refused", "blocked", "passed")
"""All verdicts, in the order in which they matter to a reader; the first that occurs is that of a whole promise."""
How = Literal["in full", "in part", "not at all"]
HOW: tuple[How, ...] = ("in full", "in part", "not at all")
UNVERIFIED_VERDICTS: tuple[VerdictName, ...] = ("not verified", "refused", "blocked")


class DocumentError(Exception):
    """A run's document cannot be read; the message is one sentence that names the file."""


class StepScreenshot(Struct):
    """Something that came into sight during a step, and its picture."""

    what: str
    picture: str


class Step(Struct, omit_defaults=True):
    """One step of a scenario as it was carried out. "stopped": here it turned out that nothing could be verified."""

    keyword: str
    text: str
    line: int
    status: StepStatus = "not run"
    seconds: float = 0.0
    picture: str | None = None
    """What showed at the step's end."""
    sights: tuple[StepScreenshot, ...] = ()


class Failure(Struct, omit_defaults=True):
    """Why a scenario failed. `expected` and `seen` are there when a promise is broken, `traceback` when code is.

    `promise` is the tag of the promise or assumption that is broken, where it is not the scenario's own; `is_own`: the
    suite itself is wrong.
    """

    message: str
    kind: str = ""
    expected: str | None = None
    seen: str | None = None
    promise: str = ""
    traceback: str | None = None
    is_own: bool = False


class Artifact(Struct):
    """A file that belongs to a scenario."""

    kind: Literal["screenshot", "trace", "video", "snapshot"]
    path: str


DID_NOT_RUN = "did not run"


class Result(Struct, omit_defaults=True):
    """How a scenario ended. `trouble`: the target, a tool or the run itself was at fault, not a promise.

    "flaky": it failed and it passed, when it was run again or in several runs.
    """

    verdict: VerdictName
    reason: str = ""
    trouble: bool = False
    seconds: float = 0.0
    started: str = ""
    steps: list[Step] = field(default_factory=list)
    failure: Failure | None = None
    measured: dict[str, float] = field(default_factory=dict)
    new_lines: list[str] = field(default_factory=list)
    """What Billing says since a purchase and did not say before, line by line: no check knows every sentence."""
    answers: dict[str, str] = field(default_factory=dict)
    artifacts: list[Artifact] = field(default_factory=list)
    payments: int = 0
    paid: str = "0"
    browser: str = ""
    worker: str = ""
    history: list[str] = field(default_factory=list)
    """Of more than one attempt: what each ended with, one sentence each."""

    @property
    def ran(self) -> bool:
        """Whether the scenario was carried out at all."""
        return not self.reason.startswith(DID_NOT_RUN)

    @property
    def is_own_mistake(self) -> bool:
        """Whether a mistake of the suite kept it from being judged."""
        return self.verdict not in ("passed", "failed", "flaky") and self.failure is not None and self.failure.is_own


class Scenario(Struct, omit_defaults=True):
    """A scenario as it stands in its feature, one of an outline's examples included, and how it ended."""

    id: str
    """pytest's node id, which selects it: `pytest "features/…::test_…"`."""
    promise: str
    """The id of the promise or assumption that it checks."""
    title: str
    feature: str
    line: int
    outline: str | None = None
    """The outline's title, with its parameters in angle brackets, if it is an example of one."""
    example: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    result: Result = field(default_factory=lambda: not_run([]))


class Promise(Struct, omit_defaults=True):
    """A promise of the documentation, or an assumption: what scenarios check. `page` and `step` say where it stands."""

    id: str
    kind: Literal["promise", "assumption", "unnamed"]
    title: str
    name: str
    """Its tag without the kind: "buy-credits.4b", "declined-adds-nothing"."""
    feature: str
    feature_title: str
    line: int
    page: str = ""
    step: str = ""

    @property
    def tag(self) -> str:
        """What names it in the features, "doc:buy-credits.4b"; only its kind where nothing does."""
        return f"{'doc' if self.kind == 'promise' else self.kind}:{self.name}"


class PromiseCoverage(Struct):
    """A documented promise, and how far it was verified, whether or not it holds.

    `lines` are those of the profile that would change it, `reasons` why the rest cannot be changed by any.
    """

    promise: str
    title: str
    how: How
    lines: list[str]
    reasons: list[str]


class Target(Struct, omit_defaults=True):
    """The deployment that was checked."""

    name: str
    kind: str
    address: str = ""
    variant: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


class Selection(Struct, omit_defaults=True):
    """Which part of the suite was asked for."""

    selected: int = 0
    deselected: int = 0
    by: list[str] = field(default_factory=list)
    """The options that selected, as typed: `-k "44,000"`."""
    shard: int = 0
    shards: int = 0
    """This run is shard `shard` of `shards`; 0 where there are none."""
    collected: int = 0
    """The scenarios of all shards together."""


class Run(Struct, omit_defaults=True):
    """All there is to tell of one run against one target."""

    version: Literal[2]
    id: str
    started: str
    seconds: float
    target: Target
    seed: int
    guard: str
    """The spend guard's decision, as the run's header shows it."""
    exit_code: int = 0
    require_verified: bool = False
    allow_flaky: bool = False
    trouble: str = ""
    """One sentence on why the run could not go on, if so."""
    selection: Selection = field(default_factory=Selection)
    answers: dict[str, str] = field(default_factory=dict)
    """The documentation's open questions, and the answers that this target gave."""
    promises: list[Promise] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    other_shards: list[Scenario] = field(default_factory=list)
    """The scenarios that other shards of the run are to carry out."""
    may: list[str] = field(default_factory=list)
    """What the profile permits besides payments."""
    waivers: list[str] = field(default_factory=list)
    """What the profile lets the target off, one sentence each."""
    parts: list[str] = field(default_factory=list)
    """The ids of the runs that were merged into this one."""

    @property
    def counts(self) -> dict[VerdictName, int]:
        """How many scenarios ended with each verdict; each scenario counts once, however often it was tried."""
        ended = [scenario.result.verdict for scenario in self.scenarios]
        return {verdict: ended.count(verdict) for verdict in VERDICTS}

    @property
    def browsers(self) -> list[str]:
        """The browsers that were driven, with their versions."""
        return sorted({one.result.browser for one in self.scenarios if one.result.browser})

    @property
    def coverage(self) -> list[PromiseCoverage]:
        """How far each documented promise was verified, in the order of the documentation."""
        order = {f"doc:{tag}": place for place, tag in enumerate(PROMISES)}
        promises = sorted(self.promises, key=lambda one: order.get(one.tag, len(order)))
        ended = {one.id: [two.result for two in self.scenarios if two.promise == one.id] for one in promises}
        return [_coverage(one, ended[one.id]) for one in promises if one.kind == "promise" and ended[one.id]]

    @property
    def payments(self) -> int:
        """How many payments the spend guard let pass."""
        return sum(scenario.result.payments for scenario in self.scenarios)


def not_run(steps: list[Step], why: str = "") -> Result:
    """Return the result of a scenario that was selected and did not run: never green."""
    return Result("not verified", f"{DID_NOT_RUN}: {why}" if why else DID_NOT_RUN, trouble=True, steps=steps)


def _coverage(promise: Promise, results: list[Result]) -> PromiseCoverage:
    unverified = [one.reason for one in results if one.verdict in UNVERIFIED_VERDICTS]
    how: How = "in full" if not unverified else "not at all" if len(unverified) == len(results) else "in part"
    lines = dict.fromkeys(line for one in unverified if (line := one.partition(SETTLES)[2].strip()))
    reasons = dict.fromkeys(one for one in unverified if SETTLES not in one)
    return PromiseCoverage(promise.tag, promise.title, how, list(lines), list(reasons))


def worst(verdicts: list[VerdictName]) -> VerdictName:
    """Return the verdict that matters most; no verdict at all means that nothing was verified."""
    return next((verdict for verdict in VERDICTS if verdict in verdicts), "not verified")


def save(run: Run, file: Path) -> None:
    """Write the document, whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    summary: dict[str, Any] = {"counts": run.counts, "browsers": run.browsers, "payments": run.payments}
    summary["coverage"] = run.coverage
    fields, more = msgspec.json.encode(run), msgspec.json.encode(summary)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.write_bytes(
        msgspec.json.format(b"%b,%b" % (fields.removesuffix(b"}"), more.removeprefix(b"{")), indent=1)
    )
    unfinished.replace(file)


def load(file: Path) -> Run:
    """Read a document. Raises DocumentError."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Run)
    except OSError as error:
        raise DocumentError(f"{file} cannot be read: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        words = f"{file} is not the document of a run that this version reads ({error})."
        raise DocumentError(f"{words} Name a directory that a run has written.") from None


def schema() -> dict[str, Any]:
    """Return the document's JSON Schema."""
    described = msgspec.json.schema(Run)
    described["title"] = "A run of the acceptance suite"
    properties = described["$defs"]["Run"]["properties"]
    properties["counts"] = {"type": "object", "additionalProperties": {"type": "integer"}, "description": "By verdict."}
    properties["browsers"] = {"type": "array", "items": {"type": "string"}}
    properties["payments"] = {"type": "integer"}
    (reference,), definitions = msgspec.json.schema_components([PromiseCoverage], ref_template="#/$defs/{name}")
    described["$defs"] |= definitions
    properties["coverage"] = {"type": "array", "items": reference}
    return described
