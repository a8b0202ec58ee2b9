"""Which faults turn which Then red: what the matrix says of each, and where a report shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

from steps.reporting import then_faults
from steps.reporting.html_report import write_page
from steps.reporting.run_document import Failure, Result, Scenario, Step
from steps.reporting.then_faults import ThenFaults, thens_of
from tests.suite.support.fault_runs import BREAKS, run_of
from tests.tools.faults import __main__ as matrix
from tests.tools.faults.judging import lines_of
from tests.tools.faults.thens import thens_in, uncovered

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import StepStatus

FAULT, ANOTHER = "granted-twice", "granted-one-less"
BILLING_OPEN = Step("Given", "a member who has Billing open", 9, "passed")


def scenario(fault: str, *ended: StepStatus, amount: str = "11,000", kind: str = "broken promise") -> Scenario:
    """Return a scenario of three Thens, each of which ended like that."""
    words = (("Then", f"{amount} add-on credits are added"), ("And", "nothing else changed"), ("And", "it stays"))
    thens = [Step(key, text, 11 + at, ended[at]) for at, (key, text) in enumerate(words)]
    steps = [BILLING_OPEN, Step("When", f"the member buys {amount} credits", 10, "passed"), *thens]
    failure = Failure("more; seen: less", kind, "more", "less") if "failed" in ended else None
    result = Result("failed" if failure else "passed", seconds=1, steps=steps, failure=failure)
    name = f"features/x.feature::test_buying[{amount}-fault: {fault};]"
    return Scenario(
        name, BREAKS, f"Buying {amount} credits", "x.feature", 8, "Buying <package> credits", {"package": amount},
        result=result,
    )  # fmt: skip


def faults_of(*scenarios: Scenario) -> dict[str, list[str]]:
    return {one.then.words: one.faults for one in thens_in(lines_of(run_of(*scenarios)))}


def test_a_fault_covers_the_then_at_which_its_scenario_is_red_and_no_other() -> None:
    found = faults_of(
        scenario(FAULT, "failed", "not run", "not run"),
        scenario(ANOTHER, "passed", "passed", "failed"),
    )

    assert found == {
        "<package> add-on credits are added": [FAULT],
        "nothing else changed": [],
        "it stays": [ANOTHER],
    }


def test_the_packages_of_an_outline_are_one_then() -> None:
    several = (scenario(FAULT, "failed", "not run", "not run", amount=amount) for amount in ("2,000", "66,000"))

    assert faults_of(*several)["<package> add-on credits are added"] == [FAULT]


def test_a_then_that_is_red_by_chance_is_not_covered() -> None:
    assert not any(faults_of(scenario(FAULT, "failed", "not run", "not run", kind="TimeoutError")).values())


def test_a_then_that_no_fault_turns_red_is_named_with_its_place() -> None:
    thens = thens_in(lines_of(run_of(scenario(FAULT, "failed", "passed", "passed"))))

    assert uncovered(thens)[0] == (
        "x.feature:12: “nothing else changed” (Buying <package> credits) is turned red by no fault."
    )
    assert len(uncovered(thens)) == 2


@pytest.mark.parametrize(
    ("options", "code"), [(["--scope", "usual"], 1), (["--scope", "usual", "--fault", FAULT], 0)], ids=["all", "one"]
)
def test_a_then_that_no_fault_turns_red_fails_the_whole_matrix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], code: int
) -> None:
    run = run_of(scenario(FAULT, "failed", "not run", "not run"), scenario(ANOTHER, "passed", "failed", "not run"))
    monkeypatch.setattr(matrix, "_run", lambda *_: (run, ""))

    ended = CliRunner().invoke(matrix.main, ["--page", str(tmp_path / "faults.html"), *options])

    assert ended.exit_code == code, ended.output
    assert ("“it stays” (Buying <package> credits) is turned red by no fault." in ended.output) == bool(code)
    assert f"11 <package> add-on credits are added: {FAULT}" in ended.output
    assert (tmp_path / then_faults.FILE_NAME).exists() == bool(code)


def test_the_living_documentation_tells_the_faults_where_the_matrix_was_run(tmp_path: Path) -> None:
    passed = scenario(FAULT, "passed", "passed", "passed", amount="44,000")
    place = tmp_path / "run"
    write_page(place / "index.html", [(run_of(passed), place)])
    without = (place / "index.html").read_text(encoding="utf-8")
    then, _ = next(thens_of(passed))
    then_faults.save([ThenFaults(then, 11, [FAULT, ANOTHER])], tmp_path / then_faults.FILE_NAME)
    (tmp_path / then_faults.MATRIX).touch()
    write_page(place / "index.html", [(run_of(passed), place)])

    page = (place / "index.html").read_text(encoding="utf-8")
    assert "turn this red" not in without
    assert page.count("2 faults of the fake turn this red") == 1
    assert f'<a href="../faults.html#{FAULT}">{FAULT}</a>' in page


@pytest.mark.parametrize("content", [b"", msgspec.json.encode([{"then": 3}])], ids=["empty", "of another version"])
def test_what_cannot_be_read_leaves_the_report_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / then_faults.FILE_NAME).write_bytes(content)

    assert then_faults.load([tmp_path]) == {}
