"""The features as written: every scenario with its place, tags, steps and examples, from the official parser's tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from steps.documentation.feature_file import STEP_TYPES, FeatureFileError, mistakes_of, parse_feature, scenarios_of
from steps.documentation.packages import documented_packages
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gherkin import parser_types as gherkin

    from steps.documentation.feature_file import PlacedScenario

_PLACEHOLDER = re.compile(r"<([^<>]+)>")


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
class Table:
    """A data table or the rows of an outline: the header first, each row with its line."""

    file: str
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    is_examples: bool


@dataclass(frozen=True)
class Step:
    """A step: its kind (given, when, then), its words, and its data table."""

    type: str
    name: str
    line: int
    datatable: Table | None = None


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
        """Return the values of its tags of one kind: {"buy-credits.3"} for "doc"."""
        return {tag.value for tag in self.tags if tag.kind == kind and tag.value}

    def rendered(self) -> Iterator[tuple[Step, str]]:
        """Yield each step with its text, for every example."""
        for row in self.examples:
            for step in self.steps:
                yield step, _rendered(step.name, row)

    def shown(self, row: dict[str, str]) -> str:
        """Return the title of one example."""
        return _rendered(self.title, row)


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
    files: list[str] = field(default_factory=list)
    """The feature files, relative to the checkout."""
    cases: list[Case] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    rule_tags: list[Tag] = field(default_factory=list)
    """Those that stand on a Rule."""
    prose: list[Prose] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    """Data tables and Examples, in the order of each file."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be read, or would not run."""

    @cached_property
    def packages(self) -> tuple[str, ...]:
        """The documented packages, as the one table writes them; none if there is no such table."""
        try:
            return documented_packages(self.folder)
        except FeatureFileError:
            return ()


def read_features(folder: Path) -> Features:
    """Read every feature below `folder`; what cannot be read or would not run becomes a finding."""
    features = Features(folder, folder.parent)
    for path in sorted(folder.rglob("*.feature")):
        file = path.relative_to(features.root).as_posix()
        features.files.append(file)
        try:
            feature = parse_feature(path)
        except FeatureFileError as error:
            features.findings.append(Finding(file, error.line, error.says))
            continue
        features.findings += [Finding(file, line, says) for line, says in mistakes_of(feature)]
        _Reader(features, file).read(feature)
    return features


class _Reader:
    """Reads one feature into `features`."""

    def __init__(self, features: Features, file: str) -> None:
        self._features = features
        self._file = file

    def read(self, feature: gherkin.Feature) -> None:
        self._note_prose(feature)
        tags = self._noted(feature["tags"])
        rule, rule_tags = None, list[Tag]()
        for placed in scenarios_of(feature):
            if placed.rule is not None and placed.rule is not rule:
                rule = placed.rule
                self._note_prose(rule)
                rule_tags = self._noted(rule["tags"])
                self._features.rule_tags += rule_tags
            self._add(placed, tags + (rule_tags if placed.rule is not None else []))

    def _add(self, placed: PlacedScenario, tags: list[Tag]) -> None:
        scenario = placed.scenario
        self._note_prose(scenario)
        background, steps = self._steps(placed.background), self._steps(scenario["steps"])
        self._features.tables += [step.datatable for step in steps if step.datatable]
        self._features.cases.append(
            Case(
                self._file,
                scenario["location"]["line"],
                scenario["name"],
                bool(scenario["examples"]),
                tuple(tags + self._noted(scenario["tags"])),
                tuple(background + steps),
                tuple(self._rows(scenario["examples"])),
            )
        )

    def _rows(self, examples: Sequence[gherkin.Examples]) -> Iterator[dict[str, str]]:
        if not examples:
            yield {}
        for written in examples:
            self._noted(written["tags"])
            header = written.get("tableHeader")
            if header is not None:
                table = self._table([header, *written["tableBody"]], is_examples=True)
                self._features.tables.append(table)
                yield from (dict(zip(table.rows[0], row, strict=True)) for row in table.rows[1:])

    def _steps(self, written: Iterable[gherkin.Step]) -> list[Step]:
        steps: list[Step] = []
        type_ = "given"
        for step in written:
            type_ = STEP_TYPES.get(step.get("keywordType") or "", type_)
            table = self._table(step["dataTable"]["rows"]) if "dataTable" in step else None
            steps.append(Step(type_, step["text"], step["location"]["line"], table))
        return steps

    def _table(self, rows: Sequence[gherkin.TableRow], *, is_examples: bool = False) -> Table:
        lines = tuple(row["location"]["line"] for row in rows)
        return Table(
            self._file, lines, tuple(tuple(cell["value"] for cell in row["cells"]) for row in rows), is_examples
        )

    def _noted(self, tags: Iterable[gherkin.Tag]) -> list[Tag]:
        noted = [Tag(tag["name"].lstrip("@"), self._file, tag["location"]["line"]) for tag in tags]
        self._features.tags += noted
        return noted

    def _note_prose(self, part: gherkin.Feature | gherkin.Rule | gherkin.Scenario) -> None:
        line = part["location"]["line"]
        self._features.prose.append(Prose(self._file, line, part["name"], title=True))
        for number, text in enumerate(part["description"].splitlines(), start=1):
            self._features.prose.append(Prose(self._file, line + number, text.strip(), title=False))


def _rendered(text: str, row: Mapping[str, str]) -> str:
    """Return a text with the values of a row; a placeholder that no column fills stays."""
    return _PLACEHOLDER.sub(lambda found: row.get(found[1], found[0]), text)
