"""Each thing that `acceptance check` looks for is planted in a copy of the tree, and found where it was planted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.checking.tree import check_tree
from steps.packages import documented_packages
from steps.plugin import pytest_plugins

if TYPE_CHECKING:
    from steps.checking.finding import Finding

ROOT = Path(__file__).parents[2]
OPEN, MISHAPS = "features/open_billing.feature", "features/payment_mishaps.feature"


@dataclass
class Planted:
    """A copy of what the check reads."""

    root: Path

    def change(self, file: str, old: str, new: str, count: int = 1) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")

    def line_of(self, file: str, text: str, nth: int = 1) -> int:
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(lines, start=1) if text in line][nth - 1]

    def findings(self, *modules: str) -> list[Finding]:
        return check_tree(self.root, [*pytest_plugins, *modules]).findings

    def only(self, *modules: str) -> Finding:
        findings = self.findings(*modules)
        assert len(findings) == 1, [str(finding) for finding in findings]
        return findings[0]


@pytest.fixture
def tree(tmp_path: Path) -> Planted:
    for folder in ("features", "steps", "fake_backend"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "targets.toml", "README.md"):
        shutil.copy(ROOT / file, tmp_path / file)
    return Planted(tmp_path)


def test_the_tree_is_clean() -> None:
    assert [str(finding) for finding in check_tree(ROOT, pytest_plugins).findings] == []


def test_a_copy_of_the_tree_is_clean(tree: Planted) -> None:
    assert tree.findings() == []


def test_an_undefined_step(tree: Planted) -> None:
    tree.change(OPEN, "Then Billing is open", "Then Billing is ajar")
    finding = tree.only()
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, "ajar"))
    assert 'No step definition matches "Then Billing is ajar"' in finding.says


def test_a_step_of_another_kind_is_undefined(tree: Planted) -> None:
    tree.change(OPEN, "Given a signed-in member\n", "Given Billing is open\n")
    assert 'matches "Given Billing is open"' in tree.only().says


def test_an_undefined_step_that_only_one_example_reaches(tree: Planted) -> None:
    tree.change(
        "features/finish_checkout.feature", "Examples: the packages on sale", "Examples:\n| package |\n| many |"
    )
    finding = tree.findings()[0]
    assert 'No step definition matches "When the member buys many credits"' in finding.says


def test_an_outline_says_an_undefined_step_once(tree: Planted) -> None:
    tree.change("features/finish_checkout.feature", "When the member buys <package>", "When the member takes <package>")
    assert 'takes 2,000 credits"' in tree.only().says


def test_a_column_that_the_examples_lack(tree: Planted) -> None:
    tree.change(MISHAPS, "| card  ", "| kind  ")
    says = {finding.says for finding in tree.findings()}
    assert says == {"No column of the examples is called <card>; name one that there is."}


def test_an_ambiguous_step(tree: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.add(
        "twice_defined.py",
        "from pytest_bdd import parsers, then\n\n\n"
        '@then(parsers.parse("Billing is {state}"))\ndef billing_is(state: str) -> None: ...\n',
    )
    monkeypatch.syspath_prepend(tree.root)
    finding = tree.findings("twice_defined")[0]
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, "Billing is open"))
    assert '2 step definitions match "Then Billing is open"' in finding.says
    assert '"Billing is {state}" (twice_defined.py:4)' in finding.says
    assert "steps/opening_billing.py" in finding.says


def test_an_unused_step(tree: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.add(
        "never_used.py",
        'from pytest_bdd import given, when\n\n\n@given("a member who sleeps")\n'
        '@when("the member sleeps")\ndef sleeps() -> None: ...\n',
    )
    tree.add(
        OPEN,
        "\n  @doc:buy-credits.1\n  Rule: Sleep\n\n    Scenario: Sleeping\n"
        "      Given a signed-in member\n      When the member sleeps\n",
    )
    monkeypatch.syspath_prepend(tree.root)
    finding = tree.only("never_used")
    assert (finding.file, finding.line) == ("never_used.py", 4)
    assert '"a member who sleeps"' in finding.says


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("@smoke", "@smoky", "Nothing knows the tag @smoky; did you mean @smoke?"),
        ("@doc:buy-credits.2", "@doc:buy-credits.9\n  @doc:buy-credits.2", "Nothing knows the tag @doc:buy-credits.9;"),
        ("@smoke", "@needs:crystal-ball", "Nothing knows the tag @needs:crystal-ball;"),
        ("@smoke", "@asumption:sign-in", "did you mean @assumption:sign-in?"),
        ("@smoke", "@assumption:unpaid-add-nothing", "did you mean @assumption:unpaid-adds-nothing?"),
        ("@smoke", "@doc: @smoke", "Nothing knows the tag @doc:;"),
    ],
)
def test_an_unknown_tag(tree: Planted, old: str, new: str, says: str) -> None:
    tree.change(OPEN, old, new)
    finding = next(finding for finding in tree.findings() if "Nothing knows" in finding.says)
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, new.splitlines()[0]))
    assert says in finding.says


def test_a_scenario_without_promise_or_assumption(tree: Planted) -> None:
    tree.change("features/sign_in.feature", "  @assumption:sign-in\n", "")
    findings = tree.findings()
    place = ("features/sign_in.feature", tree.line_of("features/sign_in.feature", "Scenario: Signing in"))
    assert place in [(one.file, one.line) for one in findings if "names no promise and no assumption" in one.says]


def test_the_page_alone_is_no_promise(tree: Planted) -> None:
    tree.change(OPEN, "@doc:buy-credits.1\n", "@smoke\n")
    assert sum("names no promise and no assumption" in finding.says for finding in tree.findings()) == 2


def test_a_title_that_stands_twice(tree: Planted) -> None:
    tree.change(OPEN, "Scenario: From elsewhere in the product", "Scenario: From where a member starts")
    finding = tree.only()
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, "From where a member starts", 2))
    assert f"stands in line {tree.line_of(OPEN, 'From where a member starts')} too" in finding.says


def test_a_promise_without_a_scenario(tree: Planted) -> None:
    tree.change(OPEN, "@doc:buy-credits.2\n", "@doc:buy-credits.1\n")
    finding = tree.only()
    place = "steps/documentation/buy_credits.py"
    assert (finding.file, finding.line) == (place, tree.line_of(place, '"buy-credits.2"'))
    assert "No scenario checks the promise" in finding.says


def test_a_scenario_that_rests_on_an_assumption_checks_no_promise(tree: Planted) -> None:
    tree.change(OPEN, "@doc:buy-credits.2\n", "@doc:buy-credits.2 @assumption:sign-in\n")
    assert "No scenario checks the promise" in tree.only().says


def test_an_assumption_that_nothing_names(tree: Planted) -> None:
    tree.change(MISHAPS, "@assumption:challenge-decides", "@assumption:declined-adds-nothing")
    finding = tree.only()
    place = "steps/documentation/assumptions.py"
    assert (finding.file, finding.line) == (place, tree.line_of(place, '"challenge-decides"'))


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
@pytest.mark.parametrize("file", ["steps/offers.py", "README.md", "targets.toml", "tests/suite/test_offers.py"])
def test_packages_stated_elsewhere(tree: Planted, file: str, written: str) -> None:
    amounts = [amount.replace(",", "_") if "plain" in written else amount for amount in documented_packages()]
    tree.add(file, "".join(f"\n# {written.replace(':plain', '').format(amount)}" for amount in amounts))
    finding = tree.only()
    assert (finding.file, finding.line) == (file, tree.line_of(file, amounts[0]))
    assert "features/choose_package.feature alone" in finding.says


def test_packages_stated_in_a_second_table(tree: Planted) -> None:
    rows = "".join(f"\n        | {amount} |" for amount in documented_packages()[:3])
    tree.change(
        "features/finish_checkout.feature",
        "Examples: the packages on sale",
        f"Examples: the packages on sale\n        | package |{rows}",
    )
    finding = tree.only()
    assert (finding.file, finding.line) == (
        "features/finish_checkout.feature",
        tree.line_of("features/finish_checkout.feature", "| package |"),
    )


def test_the_table_of_packages_is_gone(tree: Planted) -> None:
    tree.change("features/choose_package.feature", "Scenario: The packages on sale", "Scenario: What is on sale")
    assert any("The table of packages is missing" in finding.says for finding in tree.findings())


def test_a_few_amounts_are_no_list(tree: Planted) -> None:
    tree.add("steps/examples.py", "".join(f"# {amount}\n" for amount in documented_packages()[:2]))
    assert tree.findings() == []


@pytest.mark.parametrize(
    ("file", "code", "says"),
    [
        ("steps/peeking.py", "from fake_backend.site import model\n", "steps/ imports fake_backend"),
        ("steps/pages/peeking.py", "def peek():\n    import fake_backend\n", "steps/ imports fake_backend"),
        (
            "steps/peeking.py",
            "import importlib\nimportlib.import_module('fake_backend.site')\n",
            "steps/ imports fake_backend",
        ),
        ("fake_backend/peeking.py", "import steps.member\n", "fake_backend/ imports steps"),
    ],
)
def test_the_suite_and_the_fake_do_not_import_each_other(tree: Planted, file: str, code: str, says: str) -> None:
    tree.add(file, code)
    finding = tree.only()
    assert (finding.file, finding.line) == (file, code.count("\n", 0, code.rindex("import")) + 1)
    assert says in finding.says


def test_a_feature_that_cannot_be_read(tree: Planted) -> None:
    tree.add(
        "features/broken.feature", "Feature: Broken\n  Scenario: One\n    Given a signed-in member\n  Feature: Two\n"
    )
    finding = tree.only()
    assert (finding.file, finding.line) == ("features/broken.feature", 4)


def test_scenarios_that_would_run_nothing(tree: Planted) -> None:
    tree.add(
        "features/empty.feature",
        "Feature: Empty\n  @doc:buy-credits.1\n  Rule: Nothing\n    Scenario: No steps\n"
        "    Scenario Outline: No rows <a>\n      Given a signed-in member\n      Examples:\n        | a |\n",
    )
    assert [finding.line for finding in tree.findings()] == [4, 5]


def run_check(root: Path) -> subprocess.CompletedProcess[str]:
    code = "from steps.commands import main; main(['check'])"
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)


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
