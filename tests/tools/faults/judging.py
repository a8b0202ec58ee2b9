"""From what became of each scenario to a word on each fault: is it caught, by whom, and by nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from textwrap import shorten
from typing import TYPE_CHECKING

from fake_backend.control.faults import CATALOGUE
from steps.documentation import ASSUMPTIONS, PROMISES
from steps.reporting.failure_message import summary_of
from steps.verdicts.verdict import SETTLES
from tests.tools.faults.plugin import fault_in
from tests.tools.faults.selecting import NO_FAULT

if TYPE_CHECKING:
    from fake_backend.control.fault import Fault
    from steps.reporting.run_document import Run, Scenario

_BROKEN = ("broken promise", "not found")
"""The kinds of failure that say what the documentation leads to expect, and what was seen instead."""


_THE_WAY = ("doc:buy-credits.2", "doc:buy-credits.3", "doc:buy-credits.4a", "doc:buy-credits.4b", "doc:billing.3")
_AT_OTHER_TIMES = ("doc:buy-credits.0a", "assumption:unpaid-adds-nothing", "doc:upgrade-downgrade.4")
"""What promises the whole way at another time: its scenarios name the part of the way that is broken then."""

_LONGEST = 220
"""Characters of what a scenario says."""


class Sight(StrEnum):
    """What a scenario made of a fault, the most telling first."""

    WRONG = "wrong"
    """It went red, and nobody would expect it to, or by chance: a time limit, an error of its own, no verdict."""
    CAUGHT = "caught"
    """It checks what the fault breaks, or looks at it as the catalogue says, and says that this is broken."""
    EXPECTED = "expected"
    """It checks something else, which the catalogue says is broken too."""
    CUT_OFF = "cut off"
    """It checks something else, does not get there, and says that what the fault breaks is broken on the way."""
    UNCLEAR = "unclear"
    """It is not verified, and says which line of the profile would settle what the fault made unclear."""
    HOLDS = "holds"
    """It passed."""


@dataclass(frozen=True)
class Seen:
    """One scenario on a fake with one fault; `tag` is of what it checks, `blames` of what it says is broken."""

    scenario: Scenario
    tag: str
    blames: str
    sight: Sight

    @property
    def words(self) -> str:
        """What it says, without all of what there was instead."""
        return shorten(summary_of(self.scenario.result), _LONGEST, placeholder=" …")


@dataclass
class Line:
    """A fault and all scenarios that were run with it; without a fault, the sound fake."""

    name: str
    exact: bool = True
    """Whether the catalogue's word on what is broken too holds: it is about the fake as it usually is."""
    seen: list[Seen] = field(default_factory=list)

    @property
    def fault(self) -> Fault | None:
        """The fault, if it is one."""
        return CATALOGUE.get(self.name)

    @property
    def seconds(self) -> float:
        """How long its scenarios took, one after the other."""
        return sum(one.scenario.result.seconds for one in self.seen)

    def sights(self, sight: Sight) -> list[Seen]:
        """Return the scenarios of which that became."""
        return [one for one in self.seen if one.sight is sight]

    def cell(self, tag: str) -> Sight | None:
        """Return the most telling sight among the scenarios of one promise; None where none was run."""
        found = {one.sight for one in self.seen if one.tag == tag}
        return next((sight for sight in Sight if sight in found), None)

    @property
    def troubles(self) -> list[str]:
        """What is wrong with how the fault is caught; nothing where all is as the catalogue says."""
        wrong = self.sights(Sight.WRONG)
        told = [f"{one.scenario.title} ({one.tag}) is red: {one.words}" for one in wrong]
        if self.fault is None:
            return told
        if self.sights(Sight.CAUGHT):
            return [*told, *(f"{tag} is said to be broken too, and is not." for tag in self._unseen())]
        if not [one for one in self.seen if one.sight not in (Sight.HOLDS, Sight.UNCLEAR)]:
            return ["Nothing catches it."]
        return [f"No scenario of {self.fault.breaks} says that this is broken.", *told]

    def _unseen(self) -> list[str]:
        """Return what the catalogue says is broken too, and no scenario that was run for it says so."""
        blamed = {one.blames for one in self.sights(Sight.EXPECTED)} | {one.tag for one in self.sights(Sight.CAUGHT)}
        also = self.fault.also if self.fault and self.exact else {}
        return [tag for tag in also if self.cell(tag) and tag not in blamed]


def lines_of(run: Run, *, exact: bool = True) -> list[Line]:
    """Return a line for each fault of a run, in the order of the catalogue, the sound fake first."""
    lines: dict[str, Line] = {}
    tags = {promise.id: promise.tag for promise in run.promises}
    for scenario in run.scenarios:
        line = lines.setdefault(fault_in(scenario.id), Line(fault_in(scenario.id), exact))
        line.seen.append(_seen(line, scenario, tags[scenario.promise]))
    return [lines[name] for name in (NO_FAULT, *CATALOGUE) if name in lines]


def tags_of(lines: list[Line]) -> list[str]:
    """Return the tags of all that was checked, in the documentation's order."""
    there = {one.tag for line in lines for one in line.seen}
    known = [*(f"doc:{name}" for name in PROMISES), *(f"assumption:{name}" for name in ASSUMPTIONS)]
    return [tag for tag in known if tag in there]


def blamed_by(scenario: Scenario, tag: str, fault: Fault | None) -> str:
    """Return the tag of what a scenario says is broken: what it checks itself, unless its failure names another."""
    failure = scenario.result.failure
    blames = (failure.promise if failure else "") or tag
    if fault is not None and tag == fault.breaks and tag in _AT_OTHER_TIMES and blames in _THE_WAY:
        return tag
    return blames


def _seen(line: Line, scenario: Scenario, tag: str) -> Seen:
    fault, failure = line.fault, scenario.result.failure
    blames = blamed_by(scenario, tag, fault)
    if scenario.result.verdict == "passed":
        sight = Sight.HOLDS
    elif fault is not None and scenario.result.verdict == "not verified" and SETTLES in scenario.result.reason:
        sight = Sight.UNCLEAR
    elif fault is None or failure is None or failure.kind not in _BROKEN:
        sight = Sight.WRONG
    elif blames == fault.breaks:
        sight = Sight.CAUGHT if tag == fault.breaks or tag in fault.also else Sight.CUT_OFF
    else:
        sight = Sight.EXPECTED if blames in fault.also or not line.exact else Sight.WRONG
    return Seen(scenario, tag, blames, sight)
