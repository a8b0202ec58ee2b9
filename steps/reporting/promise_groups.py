"""A run's scenarios put in the documentation's order: pages, their promises, and the assumptions apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from steps.documentation import PAGES
from steps.reporting.run_document import VERDICTS, worst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.reporting.run_document import Promise, Run, Scenario, VerdictName

_PAGES = {page.name: (number, page.title) for number, page in enumerate(PAGES)}
"""The documentation's pages by what tags call them: the place of each, and its title."""


@dataclass
class PromiseResult:
    """A promise or an assumption with the scenarios that check it."""

    promise: Promise
    scenarios: list[Scenario] = field(default_factory=list)

    @property
    def verdict(self) -> VerdictName:
        """The verdict that matters most among its scenarios."""
        return worst([scenario.result.verdict for scenario in self.scenarios])

    @property
    def counts(self) -> list[tuple[VerdictName, int]]:
        """How many scenarios ended how, without those verdicts that none has."""
        ended = Counter(scenario.result.verdict for scenario in self.scenarios)
        return [(verdict, ended[verdict]) for verdict in VERDICTS if ended[verdict]]


@dataclass
class ReportSection:
    """A page of the documentation, or the assumptions, with what is checked of it."""

    title: str
    kept: list[PromiseResult] = field(default_factory=list)


def chapters_of(run: Run) -> list[ReportSection]:
    """Put the promises in order: by page, then as the page numbers them; then assumptions, then what names neither."""
    kept = {promise.id: PromiseResult(promise) for promise in run.promises}
    for scenario in run.scenarios:
        kept[scenario.promise].scenarios.append(scenario)
    chapters: dict[str, ReportSection] = {}
    for promise in in_order(run.promises):
        title = chapter_title(promise)
        chapters.setdefault(title, ReportSection(title)).kept.append(kept[promise.id])
    return list(chapters.values())


def chapter_title(promise: Promise) -> str:
    """Name the chapter that a promise stands in."""
    if promise.kind == "promise":
        return _PAGES[promise.page][1] if promise.page in _PAGES else promise.page.replace("-", " ").capitalize()
    return "Assumptions" if promise.kind == "assumption" else "Without a promise"


def in_order(promises: Iterable[Promise]) -> list[Promise]:
    """Put promises in the documentation's order, each once; assumptions follow in the order of their features."""
    return sorted({promise.id: promise for promise in promises}.values(), key=_order)


def _order(promise: Promise) -> tuple[object, ...]:
    kinds = ("promise", "assumption", "unnamed")
    digits = "".join(takewhile(str.isdecimal, promise.step))  # of "4b" too
    number = float(digits) if digits else float("inf")
    return (
        kinds.index(promise.kind), _PAGES.get(promise.page, (len(_PAGES),))[0], promise.page, number, promise.step,
        promise.feature, promise.line,
    )  # fmt: skip


def reasons_of(scenarios: Iterable[Scenario]) -> list[tuple[VerdictName, str, int]]:
    """Give why scenarios were not verified, refused or blocked, and how many of each; the most frequent first."""
    results = [scenario.result for scenario in scenarios]
    reasons = Counter((one.verdict, one.reason) for one in results if one.verdict not in ("passed", "failed"))
    return [(verdict, reason, count) for (verdict, reason), count in reasons.most_common()]
