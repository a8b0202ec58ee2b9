"""The features as written: every scenario with place, tags, steps and examples, also those that pytest-bdd drops.

pytest-bdd keeps one scenario for each title and file; here all are kept, so its parser is used and its table is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_bdd.exceptions import GherkinParseError, StepError
from pytest_bdd.gherkin_parser import get_gherkin_document
from pytest_bdd.parser import FeatureParser, render_string

from steps.documentation.packages import documented_packages
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pytest_bdd.gherkin_parser import Background, ExamplesTable, Rule, Scenario
    from pytest_bdd.gherkin_parser import Feature as Written
    from pytest_bdd.parser import Step


@dataclass(frozen=True)
class Tag:
    """A tag, without its at sign, and what it stands on."""

    name: str
    file: str
    line: int

    @property
    def kind(self) -> str:
        """What stands before the colon; the whole tag where there is none."""
        return self.name.partition(":")[0]

    @property
    def value(self) -> str:
        """What stands behind the colon."""
        return self.name.partition(":")[2]


@dataclass(frozen=True)
class Case:
    """A scenario or an outline, as written."""

    file: str
    line: int
    title: str
    outline: bool
    tags: tuple[Tag, ...]
    """Its own, its rule's and its feature's."""
    steps: tuple[Step, ...]
    """Those of the backgrounds first."""
    examples: tuple[dict[str, str], ...]
    """A row for each time that it is carried out; one empty row for a scenario without examples."""

    def values(self, kind: str) -> set[str]:
        """Give the values of its tags of one kind: {"buy-credits.4"} for "doc"."""
        return {tag.value for tag in self.tags if tag.kind == kind and tag.value}

    def rendered(self) -> Iterator[tuple[Step, str]]:
        """Give each step with its text, for every example."""
        for row in self.examples:
            for step in self.steps:
                yield step, render_string(step.name, row)

    def shown(self, row: dict[str, str]) -> str:
        """Give the title of one example."""
        return render_string(self.title, row)


@dataclass(frozen=True)
class Prose:
    """A title or a description, with its place."""

    file: str
    line: int
    text: str
    title: bool


@dataclass
class Features:
    """All features below one folder."""

    folder: Path
    root: Path
    cases: list[Case] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)
    tables: list[tuple[str, int, list[list[str]]]] = field(default_factory=list)
    """Data tables and Examples: file, line of the first row, rows."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be read."""

    @cached_property
    def packages(self) -> tuple[str, ...]:
        """The documented packages, as the one table writes them; none if there is no such table."""
        try:
            return documented_packages(self.folder)
        except (OSError, GherkinParseError, StepError, KeyError, StopIteration):
            return ()

    @property
    def files(self) -> list[str]:
        """The feature files, relative to the checkout."""
        return sorted({tag.file for tag in self.tags} | {case.file for case in self.cases})


def read_features(folder: Path) -> Features:
    """Read every feature below `folder`; what cannot be parsed becomes a finding."""
    features = Features(folder, folder.parent)
    for path in sorted(folder.rglob("*.feature")):
        try:
            _Reader(features, path).read()
        except (GherkinParseError, StepError) as error:
            place = path.relative_to(features.root).as_posix()
            features.findings.append(Finding(place, error.line or 1, str(error.message)))
    return features


class _Reader:
    """Reads one file into `features`."""

    def __init__(self, features: Features, path: Path) -> None:
        self._features = features
        self._path = path
        self._file = path.relative_to(features.root).as_posix()
        self._parser = FeatureParser(str(path.parent), path.name)

    def read(self) -> None:
        feature = get_gherkin_document(str(self._path)).feature
        self._note_prose(feature)
        tags = self._noted(feature.tags)
        background = self._steps_of(child.background for child in feature.children)
        for child in feature.children:
            if child.scenario:
                self._add(child.scenario, tags, background)
            elif child.rule:
                self._add_rule(child.rule, tags, background)

    def _add_rule(self, rule: Rule, tags: list[Tag], background: list[Step]) -> None:
        self._note_prose(rule)
        tags = tags + self._noted(rule.tags)
        background = background + self._steps_of(child.background for child in rule.children)
        for child in rule.children:
            if child.scenario:
                self._add(child.scenario, tags, background)

    def _add(self, scenario: Scenario, tags: list[Tag], background: list[Step]) -> None:
        self._note_prose(scenario)
        steps = self._parser.parse_steps(scenario.steps)
        self._note_tables(steps, scenario.examples)
        self._features.cases.append(
            Case(
                self._file,
                scenario.location.line,
                scenario.name,
                bool(scenario.examples),
                tuple(tags + self._noted(scenario.tags)),
                tuple(background + steps),
                tuple(self._rows(scenario.examples)),
            )
        )

    def _rows(self, examples: list[ExamplesTable]) -> Iterator[dict[str, str]]:
        """Give the rows of an outline; one without a table is filled as `feature_collector` does."""
        if not examples:
            yield {}
        elif all(table.table_header is None for table in examples):
            yield from ({"package": amount} for amount in self._features.packages)
        for table in examples:
            if table.table_header is not None:
                names = [cell.value for cell in table.table_header.cells]
                for row in table.table_body or []:
                    yield dict(zip(names, (cell.value for cell in row.cells), strict=True))

    def _steps_of(self, backgrounds: Iterable[Background | None]) -> list[Step]:
        steps: list[Step] = []
        for background in backgrounds:
            if background is not None:
                steps += self._parser.parse_steps(background.steps)
        return steps

    def _noted(self, tags: Iterable[object]) -> list[Tag]:
        noted = [Tag(tag.name.lstrip("@"), self._file, tag.location.line) for tag in tags]  # type: ignore[attr-defined] # Gherkin's tags
        self._features.tags += noted
        return noted

    def _note_prose(self, part: Written | Rule | Scenario) -> None:
        add = self._features.prose.append
        add(Prose(self._file, part.location.line, part.name, title=True))
        for number, line in enumerate(part.description.splitlines(), start=1):
            add(Prose(self._file, part.location.line + number, line.strip(), title=False))

    def _note_tables(self, steps: list[Step], examples: list[ExamplesTable]) -> None:
        rows = [step.datatable.rows for step in steps if step.datatable]
        rows += [[table.table_header, *(table.table_body or [])] for table in examples if table.table_header]
        for table in rows:
            cells = [[cell.value for cell in row.cells] for row in table]
            self._features.tables.append((self._file, table[0].location.line, cells))
