"""Steps, tags, promises and titles that are astray are planted one by one, and found where they were planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.plugin import MODULES
from steps.tools.lint.lint import check_tree
from tests.suite.support.planting import ROOT, Planted, planted

if TYPE_CHECKING:
    from pathlib import Path

OPEN, MISHAPS = "features/open_billing.feature", "features/checkout_failures.feature"


@pytest.fixture
def tree(tmp_path: Path) -> Planted:
    return planted(tmp_path)


def test_the_tree_is_clean() -> None:
    assert [str(finding) for finding in check_tree(ROOT, MODULES).findings] == []


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
    tree.change("features/finish_checkout.feature", "| 2,000 ", "| many  ")
    says = [finding.says for finding in tree.findings()]
    assert any('No step definition matches "When the member buys many credits"' in said for said in says)


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
    finding = next(one for one in tree.findings("twice_defined") if one.file == OPEN)
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, "Billing is open"))
    assert '2 step definitions match "Then Billing is open"' in finding.says
    assert '"Billing is {state}" (twice_defined.py:4)' in finding.says
    assert "steps/billing.py" in finding.says


def test_an_unused_step(tree: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.add(
        "never_used.py",
        'from pytest_bdd import given, when\n\n\n@given("a member who sleeps")\n'
        '@when("the member sleeps")\ndef sleeps() -> None: ...\n',
    )
    tree.add(
        OPEN,
        "\n    Scenario: Sleeping\n      Given a signed-in member\n      When the member sleeps\n",
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
    finding = next(one for one in tree.findings() if one.says.startswith("No scenario"))
    place = "steps/documentation/buy_credits.py"
    assert (finding.file, finding.line) == (place, tree.line_of(place, '"buy-credits.2"'))
    assert "No scenario checks the promise" in finding.says


def test_a_scenario_that_rests_on_an_assumption_checks_no_promise(tree: Planted) -> None:
    tree.change(OPEN, "@doc:buy-credits.2\n", "@doc:buy-credits.2 @assumption:sign-in\n")
    assert any("No scenario checks the promise" in finding.says for finding in tree.findings())


def test_a_tag_that_names_two_rules(tree: Planted) -> None:
    tree.change(OPEN, "@doc:buy-credits.2\n", "@doc:buy-credits.1 @doc:buy-credits.2\n")
    finding = tree.only()
    assert (finding.file, finding.line) == (OPEN, tree.line_of(OPEN, "@doc:buy-credits.1 "))
    assert f"names the Rule below {OPEN}:{tree.line_of(OPEN, '@doc:buy-credits.1')} too" in finding.says


def test_an_assumption_that_nothing_names(tree: Planted) -> None:
    tree.change(MISHAPS, "@assumption:challenge-decides", "@assumption:declined-adds-nothing")
    finding = next(one for one in tree.findings() if one.says.startswith("No scenario"))
    place = "steps/documentation/assumptions.py"
    assert (finding.file, finding.line) == (place, tree.line_of(place, '"challenge-decides"'))


def test_a_feature_that_cannot_be_read(tree: Planted) -> None:
    tree.add(
        "features/broken.feature", "Feature: Broken\n  Scenario: One\n    Given a signed-in member\n  Feature: Two\n"
    )
    assert ("features/broken.feature", 4) in [(finding.file, finding.line) for finding in tree.findings()]


def test_scenarios_that_would_run_nothing(tree: Planted) -> None:
    tree.add(
        "features/empty.feature",
        "Feature: Empty\n  @doc:buy-credits.1\n  Rule: Nothing\n    Scenario: No steps\n"
        "    Scenario Outline: No rows <a>\n      Given a signed-in member\n      Examples:\n        | a |\n",
    )
    findings = [finding for finding in tree.findings() if finding.file == "features/empty.feature"]
    assert [finding.line for finding in findings] == [4, 5]
