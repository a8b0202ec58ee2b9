"""What breaks the rules of the house is planted one by one, and found; and the command tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from steps.documentation.packages import documented_packages
from tests.suite.support.planting import ROOT, Planted, planted

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.sampled(8)  # each case reads a copy of the whole tree

OPEN = "features/open_billing.feature"
P = documented_packages()


@pytest.fixture
def tree(tmp_path: Path) -> Planted:
    return planted(tmp_path)


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Clicking around", '"Clicking"'),
        ("The member fills a form", '"fills"'),
        ("The button is there", '"button"'),
        ("The selector matches", '"selector"'),
        ("The css is right", '"css"'),
        ("The URL is right", '"URL"'),
        ("A locator finds it", '"locator"'),
        ("When the page loads", '"page loads"'),
        ("The settings page shows", '"page"'),
        ('It says "Click here"', '"Click"'),
    ],
)
def test_imperative_words(tree: Planted, title: str, says: str) -> None:
    tree.change(OPEN, "From where a member starts", title)
    finding = tree.only()
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, title))
    assert f"{says} says how, not what" in finding.says


def test_imperative_words_in_a_step_and_in_a_description(tree: Planted) -> None:
    tree.change(OPEN, "Then Billing is open", "Then the Billing button is open")
    tree.change(OPEN, "A member gets there", "By clicking a member gets there")
    says = [finding.says for finding in tree.findings() if "says how" in finding.says]
    assert len(says) == 2


@pytest.mark.parametrize("title", ["The payment page", "The Billing page", 'The section says "Add credits"'])
def test_the_documentations_own_words_may_be_used(tree: Planted, title: str) -> None:
    tree.change(OPEN, "From where a member starts", title)
    assert tree.findings() == []


def test_two_whens(tree: Planted) -> None:
    tree.change(OPEN, "      Then Billing is open\n", "      When the member pays with another card\n")
    finding = tree.only()
    assert finding.line == tree.line_of(OPEN, "When the member pays")
    assert "A scenario has one When" in finding.says


@pytest.mark.parametrize("written", ["{}", "{} credits", "{:plain}"])
@pytest.mark.parametrize("file", ["steps/pages/offers.py", "README.md", "targets.toml", "tests/suite/test_offers.py"])
def test_packages_stated_elsewhere(tree: Planted, file: str, written: str) -> None:
    amounts = [amount.replace(",", "_") if "plain" in written else amount for amount in documented_packages()]
    tree.add(file, "".join(f"\n# {written.replace(':plain', '').format(amount)}" for amount in amounts))
    finding = tree.only()
    assert (finding.file, finding.line) == (file, tree.line_of(file, amounts[0]))
    assert "features/choose_package.feature alone" in finding.says


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (f"| {P[7]:<9} |", "| 9         |", "| 9 ", f"9 stands here, and {P[7]} comes next there"),
        (f"        | {P[1]:<9} |\n", "", P[2], f"{P[2]} stands here, and {P[1]} comes next there"),
        (f"        | {P[-1]:<9} |\n", "", P[-2], f"the list ends here, and {P[-1]} comes next there"),
        (f"| {P[-1]} |", f"| {P[-1]} |\n| 9 |", "| 9 |", "9 stands here, and no package is left there"),
        (f"| {P[0]:<9} |", f"| {P[1]:<9} |", P[1], f"{P[1]} stands here, and {P[0]} comes next there"),
    ],
)
def test_a_copy_of_the_packages_that_differs(tree: Planted, old: str, new: str, at: str, says: str) -> None:
    file = "features/finish_checkout.feature"
    tree.change(file, old, new)
    finding = next(one for one in tree.findings() if "not the packages" in one.says)
    assert (finding.file, finding.line) == (file, tree.line_of(file, at))
    assert f"These are not the packages of features/choose_package.feature: {says}" in finding.says


def test_a_documented_package_that_changes_makes_every_copy_a_finding(tree: Planted) -> None:
    tree.change("features/choose_package.feature", "| 66,000    |", "| 67,000    |")
    files = [finding.file for finding in tree.findings() if "not the packages" in finding.says]
    assert files == ["features/choose_package.feature", "features/finish_checkout.feature"]


def test_a_list_of_packages_in_a_column_of_another_name(tree: Planted) -> None:
    tree.change(
        "features/checkout_failures.feature",
        "        | expired                    |\n",
        "".join(f"        | {amount} |\n" for amount in documented_packages()[:4]),
    )
    assert any('name its column "package"' in finding.says for finding in tree.findings())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_writes_the_documented_packages(tree: Planted, end: str) -> None:
    file = tree.root / "features" / "finish_checkout.feature"
    sound = file.read_bytes().replace(b"\n", end.encode())
    file.write_bytes(
        sound.replace(b"| 44,000    |", b"| 45,000    |").replace(b"        | 2,000     |" + end.encode(), b"")
    )
    ran = run_check(tree.root, "--fix")
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert ran.stdout.startswith("features/finish_checkout.feature:")
    assert file.read_bytes() == sound
    assert "written" not in run_check(tree.root, "--fix").stdout


@pytest.mark.nightly
def test_fix_leaves_a_table_with_further_columns_alone(tree: Planted) -> None:
    file = "features/finish_checkout.feature"
    tree.change(file, "| package   |", "| package   | price |")
    for amount in documented_packages():
        tree.change(file, f"| {amount:<9} |", f"| {amount:<9} | 1 |")
    tree.change(file, "| 44,000    |", "| 45,000    |")
    before = (tree.root / file).read_bytes()
    assert run_check(tree.root, "--fix").returncode == 1
    assert (tree.root / file).read_bytes() == before


def test_the_table_of_packages_is_gone(tree: Planted) -> None:
    tree.change("features/choose_package.feature", "Scenario: The packages on sale", "Scenario: What is on sale")
    assert any("The table of packages is missing" in finding.says for finding in tree.findings())


def test_a_few_amounts_are_no_list(tree: Planted) -> None:
    tree.add("steps/pages/examples.py", "".join(f"# {amount}\n" for amount in documented_packages()[:2]))
    assert tree.findings() == []


def run_check(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    code = f"from steps.cli import main; main({['check', *options]!r})"
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.nightly
def test_the_command_ends_with_0_and_says_what_it_looked_at() -> None:
    before = os.times()
    ran = run_check(ROOT)
    after = os.times()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("No findings in ")
    seconds = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    assert seconds < 3, "the check is to be quick enough for every commit"


def test_the_command_ends_with_1_and_names_file_and_line(tree: Planted) -> None:
    tree.change(OPEN, "Then Billing is open", "Then Billing is ajar")
    ran = run_check(tree.root)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.splitlines()[0].startswith(f"{OPEN}:{tree.line_of(OPEN, 'ajar')}: No step definition matches")
    assert ran.stdout.splitlines()[-1].startswith("1 finding in ")


FLAKY = """
[[scenario]]
feature = "open_billing.feature"
title = "From where a member starts"
owner = "payments team"
until = {until}
reason = "the staging site is slow after its nightly restart"
"""


SOON, LATE = (str(datetime.now(UTC).date() + timedelta(days=days)) for days in (10, 40))


@pytest.mark.parametrize(
    ("old", "new", "until", "says"),
    [
        ("starts", "starts", "2026-01-31", "was known to be flaky until 2026-01-31 (payments team: the staging site"),
        ("starts", "begins", SOON, 'There is no scenario "From where a member begins" in open_billing'),
        ("starts", "starts", LATE, "an entry may run 30 days at most"),
        ("owner", "who", SOON, "The list cannot be read: Object contains unknown field `who`"),
        ("until = ", "until = on ", SOON, "The list cannot be read: "),
    ],
)
def test_an_entry_for_a_flaky_scenario_that_is_over_or_wrong(
    tree: Planted, old: str, new: str, until: str, says: str
) -> None:
    tree.add("features/known_flaky.toml", FLAKY.format(until=until).replace(old, new, 1))
    finding = tree.only()
    assert finding.file == "features/known_flaky.toml"
    assert says in finding.says


def test_an_entry_for_a_flaky_scenario_that_stands_for_a_while(tree: Planted) -> None:
    tree.add("features/known_flaky.toml", FLAKY.format(until=SOON))
    assert tree.findings() == []
