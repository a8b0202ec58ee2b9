"""Features are plain Gherkin: the official parser makes of them what pytest collects, and mistakes are one sentence."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from steps.documentation.feature_file import FeatureFileError, mistakes_of, parse_feature
from steps.documentation.packages import FEATURES
from tests.suite.support.official_parser import pickles_of
from tests.suite.support.planting import ROOT, Planted, planted

if TYPE_CHECKING:
    from pathlib import Path


PATHS = sorted(FEATURES.glob("*.feature"))
SOUND = "Feature: Sound\n  Scenario: One\n    Given a signed-in member\n"


def collect(*paths: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "--collect-only",
        "-q",
        *map(str, paths),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_official_parser_reads_every_feature(path: Path) -> None:
    pickles = pickles_of(path)
    assert pickles
    assert all(pickle["steps"] for pickle in pickles)
    assert "<" not in "".join(step["text"] for pickle in pickles for step in pickle["steps"])
    assert list(mistakes_of(parse_feature(path))) == []


@pytest.mark.nightly
def test_the_official_parser_makes_as_many_scenarios_as_pytest_collects() -> None:
    ran = collect(FEATURES)
    assert ran.returncode == 0, ran.stdout
    collected = Counter(line.partition("::")[0] for line in ran.stdout.splitlines() if "::" in line)
    assert collected == {f"features/{path.name}": len(pickles_of(path)) for path in PATHS}


BROKEN = {
    "empty": (b"", 1, "The file holds no feature; write one, or remove the file."),
    "comments": (b"# nothing here yet\n", 1, "The file holds no feature; write one, or remove the file."),
    "latin-1": (
        SOUND.replace("One", "\xfcber").encode("latin-1"),
        2,
        "not written in UTF-8 (byte 0xfc; it may be Latin",
    ),
    "utf-16": (SOUND.encode("utf-16"), 1, "it is probably UTF-16); save it as UTF-8."),
    "utf-16 without a mark": (SOUND.encode("utf-16-le"), 1, "it is probably UTF-16); save it as UTF-8."),
    "one title twice": (
        (SOUND + SOUND.partition("\n")[2]).encode(),
        4,
        'The title "One" stands in line 2 too, and only one of the two would run;',
    ),
    "one title in two rules": (
        b"Feature: A\n  Rule: B\n    Scenario: One\n      Given x\n  Rule: C\n    Scenario: One\n      Given x\n",
        6,
        'The title "One" stands in line 3 too',
    ),
    "no rows": (
        b"Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples: of c\n",
        2,
        'The outline "B" has no rows of examples and would not run; add rows.',
    ),
    "a header alone": (
        b"Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | c |\n",
        2,
        'The outline "B" has no rows of examples',
    ),
    "no scenario": (b"Feature: A\n", 1, 'The feature "A" has no scenario; write one.'),
    "a rule without a scenario": (SOUND.encode() + b"  Rule: C\n", 4, 'The rule "C" has no scenario; write one.'),
    "begins with And": (SOUND.replace("Given", "And").encode(), 3, 'A scenario cannot begin with "And"'),
    "two features": (SOUND.encode() + b"Feature: B\n", 4, "This is no Gherkin: 'Feature: B' cannot stand here"),
    "uneven table": (
        SOUND.encode() + b"      | a | b |\n      | c |\n",
        5,
        "This is no Gherkin: inconsistent cell count within the table.",
    ),
    "unknown language": (b"# language: xx\n" + SOUND.encode(), 1, "This is no Gherkin: Language not supported: xx."),
}


@pytest.fixture(scope="module")
def collected_broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all the broken files at once."""
    place = tmp_path_factory.mktemp("broken")
    for name, (content, _, _) in BROKEN.items():
        (place / f"{name.replace(' ', '_')}.feature").write_bytes(content)
    ran = collect(place)
    assert ran.returncode == 2, ran.stdout
    return ran.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_feature_is_one_sentence_of_pytest(name: str, collected_broken: str) -> None:
    _, line, says = BROKEN[name]
    told = [said for said in collected_broken.splitlines() if f"{name.replace(' ', '_')}.feature:{line}: " in said]
    assert len(told) == 1, collected_broken
    assert says in told[0]
    assert "Traceback" not in collected_broken


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_feature_is_one_finding_of_the_check(name: str, tmp_path: Path) -> None:
    tree = planted(tmp_path)
    (tree.root / "features" / "broken.feature").write_bytes(BROKEN[name][0])
    _, line, says = BROKEN[name]
    told = [finding for finding in tree.findings() if finding.line == line and says in finding.says]
    assert [finding.file for finding in told] == ["features/broken.feature"]


@pytest.mark.nightly
def test_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "marked.feature").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    ran = collect(tmp_path)
    assert (ran.returncode, "1 test collected" in ran.stdout) == (0, True), ran.stdout
    assert [pickle["name"] for pickle in pickles_of(tmp_path / "marked.feature")] == ["One"]


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FeatureFileError, match=r"The file cannot be read: No such file"):
        parse_feature(tmp_path / "gone.feature")


@pytest.fixture
def tree(tmp_path: Path) -> Planted:
    return planted(tmp_path)


def test_a_feature_that_the_table_of_nouns_does_not_name(tree: Planted) -> None:
    tree.change("CONTRIBUTING.md", "`features/see_users.feature`", "users")
    finding = tree.only()
    assert (finding.file, finding.line) == ("CONTRIBUTING.md", tree.line_of("CONTRIBUTING.md", "| noun |"))
    assert "does not name features/see_users.feature" in finding.says


def test_a_file_of_the_table_of_nouns_that_does_not_exist(tree: Planted) -> None:
    tree.change("CONTRIBUTING.md", "`steps/pages/users.py`", "`steps/pages/people.py`")
    finding = tree.only()
    assert (finding.file, finding.line) == ("CONTRIBUTING.md", tree.line_of("CONTRIBUTING.md", "people.py"))


def test_a_step_module_of_two_nouns(tree: Planted) -> None:
    tree.change("CONTRIBUTING.md", "`steps/users.py`", "`steps/users.py`, `steps/help.py`")
    assert "names more than once steps/help.py" in tree.only().says


def test_the_table_of_nouns_is_gone(tree: Planted) -> None:
    tree.change("CONTRIBUTING.md", "| noun |", "| word |")
    assert "The table of nouns is missing" in tree.only().says
