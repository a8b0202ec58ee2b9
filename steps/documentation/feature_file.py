"""A feature file as the official Gherkin parser reads it, and what would keep its scenarios from running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import is_background_container, is_rule_container, is_scenario_container

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gherkin.parser_types import Feature, GherkinDocument, Rule, Scenario, Step

ENCODING = "utf-8-sig"
"""UTF-8, with a byte order mark or without."""
STEP_TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}
"""pytest-bdd's names of the parser's kinds of keywords."""


class FeatureFileError(Exception):
    """A feature file that cannot be read: the line, and a sentence on what to do."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(says)
        self.line = line
        self.says = says


@dataclass(frozen=True)
class PlacedScenario:
    """A scenario or an outline, the Rule it stands below, and the steps of the backgrounds above it."""

    scenario: Scenario
    rule: Rule | None
    background: tuple[Step, ...]


def parse_document(path: Path) -> GherkinDocument:
    """Parse a feature file. Raises FeatureFileError where it is no text in UTF-8, no Gherkin, or holds no feature."""
    try:
        document = Parser().parse(_text_of(path))
    except CompositeParserException as error:
        raise _unreadable(error.errors[0]) from None
    except ParserException as error:
        raise _unreadable(error) from None
    if not document.get("feature"):
        raise FeatureFileError(1, "The file holds no feature; write one, or remove the file.")
    return document


def parse_feature(path: Path) -> Feature:
    """Parse the feature of a file. Raises FeatureFileError."""
    return parse_document(path)["feature"]


def scenarios_of(feature: Feature) -> Iterator[PlacedScenario]:
    """Yield every scenario and outline, in the order of the file."""
    common: tuple[Step, ...] = ()
    for child in feature["children"]:
        if is_background_container(child):
            common += tuple(child["background"]["steps"])
        elif is_scenario_container(child):
            yield PlacedScenario(child["scenario"], None, common)
        elif is_rule_container(child):
            own = common
            for inner in child["rule"]["children"]:
                if is_background_container(inner):
                    own += tuple(inner["background"]["steps"])
                elif is_scenario_container(inner):
                    yield PlacedScenario(inner["scenario"], child["rule"], own)


def mistakes_of(feature: Feature) -> Iterator[tuple[int, str]]:
    """Yield line and sentence for each mistake because of which a scenario would not run, or not be noticed."""
    first: dict[str, int] = {}
    for placed in scenarios_of(feature):
        scenario = placed.scenario
        title, line = scenario["name"], scenario["location"]["line"]
        other = first.setdefault(title, line)
        if other != line:
            yield (
                line,
                (
                    f'The title "{title}" stands in line {other} too, and only one of the two would run; '
                    "give each scenario a title of its own."
                ),
            )
        if scenario["examples"] and not any(table.get("tableBody") for table in scenario["examples"]):
            yield line, f'The outline "{title}" has no rows of examples and would not run; add rows.'
        if scenario["steps"] and scenario["steps"][0].get("keywordType") not in STEP_TYPES:
            keyword = scenario["steps"][0]["keyword"].strip()
            yield (
                scenario["steps"][0]["location"]["line"],
                f'A scenario cannot begin with "{keyword}"; begin with Given, When or Then.',
            )
    for child in feature["children"]:
        if is_rule_container(child) and not any(map(is_scenario_container, child["rule"]["children"])):
            yield child["rule"]["location"]["line"], f'The rule "{child["rule"]["name"]}" has no scenario; write one.'
    if not feature["children"]:
        yield feature["location"]["line"], f'The feature "{feature["name"]}" has no scenario; write one.'


def _text_of(path: Path) -> str:
    try:
        text = path.read_text(encoding=ENCODING)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        wide = error.object.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise FeatureFileError(line, _not_utf8(f"byte 0x{error.object[error.start]:02x}", wide=wide)) from None
    except OSError as error:
        raise FeatureFileError(1, f"The file cannot be read: {error.strerror}.") from None
    if "\0" in text:
        raise FeatureFileError(1, _not_utf8("a zero byte", wide=True))
    return text


def _not_utf8(found: str, *, wide: bool) -> str:
    probably = "it is probably UTF-16" if wide else "it may be Latin-1"
    return f"The file is not written in UTF-8 ({found}; {probably}); save it as UTF-8."


def _unreadable(error: ParserException) -> FeatureFileError:
    words = str(error).partition("): ")[2].replace("#EOF", "the end of the file").replace("#", "").rstrip(".")
    expected, _, found = words.partition(", got ")
    if found:
        words = f"{found} cannot stand here; what can: {expected.removeprefix('expected: ')}"
    return FeatureFileError(error.location["line"], f"This is no Gherkin: {words}.")
