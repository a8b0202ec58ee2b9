"""Which scenarios are run with which fault.

A fault meets all scenarios of what it breaks, and of what else may see it. Of the rest, a fault of the journey meets
one scenario of each promise of the journey (all of them in the scope "whole"), those about refused payments only if it
is a fault of paying; any other one meets its promise's neighbours in the feature and a journey from end to end. Of the
outline over the packages one example is run, and those that the fault names: a fault of 66,000 credits must leave the
other packages alone. Of several faults that break the same, only the first meets the rest, outside the scope "whole".
The scope "quick" is the first scenarios of what each fault breaks; the scope "known" those that are known to catch it,
or all of what it breaks, and of what else may see it, where none is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fake_backend.control.faults import CATALOGUE
from tests.tools.faults.known import known_catches, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fake_backend.control.fault import Fault
    from steps.reporting.run_document import Scenario

NO_FAULT = "no fault"
"""The name of the sound fake, on which everything must pass with the same limits."""
_JOURNEY = re.compile(
    r"doc:buy-credits\..+"
    r"|assumption:(?:leaving-the-pop-up-changes-nothing|unpaid-adds-nothing|declined-adds-nothing|challenge-decides)"
)
_REFUSED = re.compile(r"assumption:(?:unpaid-adds-nothing|declined-adds-nothing|challenge-decides)")
_PAYING = re.compile(rf"doc:buy-credits\.[04][ab]|{_REFUSED.pattern}")
_ALL_OF_IT = "doc:buy-credits.0a"
"""The promise whose scenarios buy from end to end."""
_OF_OTHERS = "assumption:isolation"
"""What one workspace does to others: whoever looks at one alone sees it at times, and at others not."""
_FAULT = re.compile(r"fault: [\w -]+;")
SCOPES = ("known", "quick", "usual", "whole")
BARE = ("known", "quick")
"""The scopes that leave out the sound fake, and all that is not about what a fault breaks."""
_USUAL_PACKAGE = "11,000"
"""The package that no fault is about."""
_AMOUNT = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")


def _first_of_each() -> set[str]:
    """Return the first fault of each promise that is broken."""
    first: dict[str, str] = {}
    for fault in CATALOGUE.values():
        first.setdefault(fault.breaks, fault.name)
    return set(first.values())


_FIRST_OF_EACH = _first_of_each()


@dataclass(frozen=True)
class Case:
    """A scenario or an example of an outline, and the tag of the promise or assumption that it checks."""

    tag: str
    scenario: Scenario


class Selection:
    """Chooses among all cases of the suite."""

    def __init__(self, cases: Iterable[Case], scope: str = "usual", faults: Sequence[str] = ()) -> None:
        self._scope = scope
        self._faults = faults
        self._known = known_catches() if scope == "known" else {}
        self._features: dict[str, set[str]] = {}
        self._first: dict[str, str] = {}
        for case in cases:
            scenario = case.scenario
            self._features.setdefault(case.tag, set()).add(scenario.feature)
            if _is_usual_package(case):
                self._first.setdefault(case.tag, _sound_id(scenario))

    def wants(self, name: str, case: Case) -> bool:
        """Whether a case is run with the fault of that name."""
        if name == NO_FAULT:
            if self._faults:  # the sound fake is held to what these faults meet
                return self._scope not in BARE and any(self.wants(one, case) for one in self._faults)
            return _is_usual_package(case) and self._scope not in BARE
        if name in self._known:
            return name_of(case.scenario) in self._known[name]
        return self._may_see(CATALOGUE[name], case)

    def _may_see(self, fault: Fault, case: Case) -> bool:
        if not _is_usual_package(case) and case.scenario.example["package"] not in _AMOUNT.findall(fault.sees):
            return False
        if self._scope == "quick":
            return case.tag == fault.breaks and self._is_first(case)
        if case.tag == fault.breaks or case.tag in fault.also:
            return True
        if self._scope == "known":
            return False
        return (self._scope == "whole" or fault.name in _FIRST_OF_EACH) and self._is_near(fault, case)

    def _is_near(self, fault: Fault, case: Case) -> bool:
        scenario = case.scenario
        if not _JOURNEY.fullmatch(fault.breaks):
            from_end_to_end = case.tag == _ALL_OF_IT and self._is_first(case) and fault.breaks != _OF_OTHERS
            return scenario.feature in self._features[fault.breaks] or from_end_to_end
        if not _JOURNEY.fullmatch(case.tag):
            return False
        is_on_the_way = not _REFUSED.fullmatch(case.tag) or bool(_PAYING.fullmatch(fault.breaks))
        return self._scope == "whole" or (is_on_the_way and self._is_first(case))

    def _is_first(self, case: Case) -> bool:
        """Whether a case is the first scenario of its promise; all chosen packages count as such."""
        scenario = case.scenario
        return "package" in scenario.example or self._first[case.tag] == _sound_id(scenario)


def _sound_id(scenario: Scenario) -> str:
    """Return a scenario's id without the fault."""
    return _FAULT.sub("", scenario.id)


def _is_usual_package(case: Case) -> bool:
    return case.scenario.example.get("package", _USUAL_PACKAGE) == _USUAL_PACKAGE
