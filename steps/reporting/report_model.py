"""What the page shows, put together from one run or several: chapters, promises, tables with a cell for each run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from steps.documentation import PAGES
from steps.reporting.failure_message import summary_of
from steps.reporting.open_questions import question
from steps.reporting.run_document import UNVERIFIED_VERDICTS, VERDICTS, worst

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import Promise, Result, Run, Scenario, VerdictName

_PAGES = {page.name: (number, page.title) for number, page in enumerate(PAGES)}
"""The documentation's pages by what tags call them: the place of each, and its title."""
_MOST_OPEN = 60
"""Scenarios whose details stand open from the start; more of them would make a page slow to open."""


@dataclass
class Row:
    """A scenario with how it ended in each run; None where a run did not have it."""

    number: int
    scenario: Scenario
    cells: list[Result | None]
    open: bool = False

    @cached_property
    def verdict(self) -> VerdictName:
        """The verdict that matters most among the runs."""
        return worst([cell.verdict for cell in self.cells if cell])

    @property
    def differs(self) -> bool:
        """Whether the runs disagree."""
        return len({cell.verdict if cell else None for cell in self.cells}) > 1

    def where(self, labels: list[str]) -> str:
        """Name the runs in which it ended with its verdict, if there are several."""
        ended = [label for label, cell in zip(labels, self.cells, strict=True) if cell and cell.verdict == self.verdict]
        return f"on {' and '.join(ended)}" if len(labels) > 1 else ""

    @property
    def reason(self) -> str:
        """Why it could not be verified, if so."""
        return "" if self.verdict in ("failed", "passed") else _first(self, self.verdict).reason

    def column(self, name: str) -> str:
        """Return what stands in a column of its table."""
        if name == "browser":
            return next((cell.browser for cell in self.cells if cell and cell.browser), "")
        return self.scenario.example.get(name, self.scenario.title)

    @property
    def words(self) -> str:
        """What the search looks through besides the titles that show."""
        reasons = [summary_of(cell) for cell in self.cells if cell and cell.verdict != "passed"]
        return " ".join([self.scenario.title, self.scenario.feature, *self.scenario.tags, *reasons]).lower()


@dataclass
class Table:
    """Scenarios that stand in one table: those of one outline, with its parameters as columns, or single ones."""

    caption: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def measured(self) -> list[str]:
        """The names of what was measured in any of its scenarios."""
        return sorted({name for row in self.rows for cell in row.cells if cell for name in cell.measured})


@dataclass
class Section:
    """A promise or assumption, with the tables of its scenarios."""

    promise: Promise
    anchor: str
    tables: list[Table] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All its scenarios."""
        return [row for table in self.tables for row in table.rows]

    @cached_property
    def verdict(self) -> VerdictName:
        """The verdict that matters most."""
        return worst([row.verdict for row in self.rows])

    @property
    def counts(self) -> list[tuple[VerdictName, int]]:
        """How many scenarios have each verdict, without those that none has."""
        counted = Counter(row.verdict for row in self.rows)
        return [(verdict, counted[verdict]) for verdict in VERDICTS if counted[verdict]]


@dataclass
class View:
    """All that the page shows."""

    runs: list[tuple[Run, Path]]
    chapters: dict[str, list[Section]] = field(default_factory=dict)
    """By page in the documentation's order; then assumptions, then what names neither."""

    @property
    def rows(self) -> list[Row]:
        """All scenarios."""
        return [row for sections in self.chapters.values() for section in sections for row in section.rows]

    @cached_property
    def counts(self) -> dict[VerdictName, int]:
        """How many scenarios have each verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def verdict(self) -> VerdictName:
        """The verdict that matters most of all."""
        return worst([verdict for verdict, count in self.counts.items() if count])

    @cached_property
    def differing(self) -> int:
        """How many scenarios ended otherwise in one run than in another."""
        return sum(row.differs for row in self.rows)

    @cached_property
    def red(self) -> dict[VerdictName, list[tuple[Row, str]]]:
        """The scenarios that failed, always or sometimes, each with why."""
        verdicts: tuple[VerdictName, ...] = ("failed", "flaky")
        return {
            verdict: [(row, summary_of(_first(row, verdict))) for row in self.rows if row.verdict == verdict]
            for verdict in verdicts
        }

    @cached_property
    def unverified(self) -> list[tuple[VerdictName, str, list[Row]]]:
        """Why scenarios were not verified, refused or blocked, each with those scenarios; the most frequent first."""
        grouped: dict[tuple[VerdictName, str], list[Row]] = {}
        for row in self.rows:
            if row.verdict in UNVERIFIED_VERDICTS:
                grouped.setdefault((row.verdict, _first(row, row.verdict).reason), []).append(row)
        found = [(verdict, reason, rows) for (verdict, reason), rows in grouped.items()]
        return sorted(found, key=lambda one: -len(one[2]))

    @property
    def questions(self) -> list[tuple[str, list[str]]]:
        """The open questions in words, each with the answer of every run."""
        names = {name: None for run, _ in self.runs for name in run.answers}
        return [(question(name), [run.answers.get(name, "") for run, _ in self.runs]) for name in names]


def view_of(runs: list[tuple[Run, Path]]) -> View:
    """Put runs together; each comes with the directory that its document's paths are relative to."""
    view = View(runs)
    sections: dict[str, Section] = {}
    promises = {promise.id: promise for run, _ in runs for promise in run.promises}
    for promise in sorted(promises.values(), key=_order):
        section = sections[promise.id] = Section(promise, f"p{len(sections) + 1}")
        view.chapters.setdefault(_chapter_title(promise), []).append(section)
    results = [{scenario.id: scenario.result for scenario in run.scenarios} for run, _ in runs]
    scenarios = {scenario.id: scenario for run, _ in reversed(runs) for scenario in run.scenarios}
    several = len({browser.split(" ")[0] for run, _ in runs for browser in run.browsers}) > 1
    for scenario in sorted(scenarios.values(), key=lambda one: (one.feature, one.line)):
        row = Row(0, scenario, [result.get(scenario.id) for result in results])
        _table(sections[scenario.promise], scenario, several=several).rows.append(row)
    _number(view)
    return view


def _table(section: Section, scenario: Scenario, *, several: bool) -> Table:
    caption = scenario.outline or ""
    columns = [*(scenario.example if scenario.outline else ["scenario"]), *(["browser"] if several else [])]
    table = next((one for one in section.tables if (one.caption, one.columns) == (caption, columns)), None)
    if table is None:
        table = Table(caption, columns)
        section.tables.append(table)
    return table


def _number(view: View) -> None:
    opened = 0
    for number, row in enumerate(view.rows, 1):
        row.number = number
        row.open = row.verdict == "failed" and opened < _MOST_OPEN
        opened += row.open


def _first(row: Row, verdict: VerdictName) -> Result:
    return next(cell for cell in row.cells if cell and cell.verdict == verdict)


def _chapter_title(promise: Promise) -> str:
    if promise.kind == "promise":
        return _PAGES[promise.page][1] if promise.page in _PAGES else promise.page.replace("-", " ").capitalize()
    return "Assumptions" if promise.kind == "assumption" else "Without a promise"


def _order(promise: Promise) -> tuple[object, ...]:
    """Return the place of a promise: by page, then as the page numbers them."""
    kinds = ("promise", "assumption", "unnamed")
    number = float(promise.step) if promise.step.isdecimal() else float("inf")
    return (
        kinds.index(promise.kind), _PAGES.get(promise.page, (len(_PAGES),))[0], promise.page, number, promise.step,
        promise.feature, promise.line,
    )  # fmt: skip
