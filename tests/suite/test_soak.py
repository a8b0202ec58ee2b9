"""The soak: which rounds it goes, what makes them hard, and how it tells what it saw."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from steps.reporting.failure_message import summary_of
from steps.reporting.run_document import FILE_NAME, save
from tests.suite.support.made_up import made_up_run
from tests.suite.support.variants import pairwise
from tests.support.serving import Quiet, serving
from tests.tools.soak import __main__ as soak
from tests.tools.soak import harder
from tests.tools.soak.rounds import HARDER, Outcome, Round, outcome_of, rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result
    from playwright.sync_api import Page

WORK = """() => {
  const began = performance.now();
  let sum = 0;
  for (let at = 0; at < 3e7; at++) sum += at % 7;
  return [performance.now() - began, sum][0];
}"""
ASK = "async (address) => { const began = performance.now(); await fetch(address); return performance.now() - began; }"


def test_half_of_the_rounds_are_under_load_and_all_conditions_and_variants_have_their_turn() -> None:
    some = list(islice(rounds(7), 160))
    assert sum(one.is_busy for one in some) == 80
    assert {(one.harder, one.is_busy) for one in some} == {(how, busy) for how in HARDER for busy in (True, False)}
    assert all(variant in [one.variant for one in some] for variant in pairwise())
    assert len({one.order for one in some}) == 160


def test_a_red_is_told_with_its_cause_and_its_report(tmp_path: Path) -> None:
    run = made_up_run(2, ("passed", "failed"))
    save(run, tmp_path / "20261122-120000-4711" / FILE_NAME)
    outcome = outcome_of(4711, "", tmp_path)
    red = run.scenarios[1]
    assert (outcome.executions, outcome.seconds) == (2, run.seconds)
    assert outcome.reds == [f"{red.title}: failed: {summary_of(red.result)} (20261122-120000-4711)"]


def test_a_round_that_leaves_nothing_is_a_red(tmp_path: Path) -> None:
    outcome = outcome_of(4711, "one\ntwo\nNo browser was found.\n", tmp_path)
    assert (outcome.executions, outcome.reds) == (0, ["the run did not finish: one two No browser was found."])


GREEN, RED = Outcome(94, [], 50.0), Outcome(94, ["Buying: the same total"], 50.0)
NOTHING = Outcome(0, ["no browser"], 0.0)


@pytest.mark.parametrize(
    ("outcomes", "code", "says"),
    [
        ([GREEN, GREEN], 0, "188"),
        ([GREEN, RED], 1, "Buying: the same total"),
        ([NOTHING], 1, "no browser"),
        ([GREEN], 2, "Interrupted"),
        ([], 2, "Interrupted"),
    ],
    ids=["green", "red", "nothing ran", "Ctrl-C", "Ctrl-C at once"],
)
def test_the_exit_code_tells_whether_all_were_green(
    monkeypatch: pytest.MonkeyPatch, outcomes: list[Outcome], code: int, says: str
) -> None:
    ended = soaked(monkeypatch, outcomes)
    assert (ended.exit_code, says in ended.output) == (code, True), ended.output


def soaked(monkeypatch: pytest.MonkeyPatch, outcomes: list[Outcome]) -> Result:
    """Ask for 188 executions, in rounds that end so; then Ctrl-C is pressed."""
    left = iter(outcomes)

    def carry_out(this: Round, workers: int) -> Outcome:
        del this, workers
        for outcome in left:
            return outcome
        raise KeyboardInterrupt

    monkeypatch.setattr(soak, "carry_out", carry_out)
    return CliRunner().invoke(soak.main, ["--executions=188", "--seed=1"])


class Empty(Quiet, BaseHTTPRequestHandler):
    """A page with nothing on it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def empty() -> Iterator[str]:
    with serving(Empty) as address:
        yield address


def test_a_slow_network_is_slow(page: Page, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harder, "HARDER", {harder.SLOW_NETWORK})
    harder.slow_down(page)
    page.goto(empty)
    assert page.evaluate(ASK, empty) >= 100


def test_a_slow_browser_is_slow(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = min(page.evaluate(WORK) for _ in range(8))
    monkeypatch.setattr(harder, "HARDER", {harder.SLOW_BROWSER})
    harder.slow_down(page)
    assert min(page.evaluate(WORK) for _ in range(8)) > 1.5 * usual
