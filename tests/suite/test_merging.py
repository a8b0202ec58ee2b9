"""Runs put together: a missing shard is not a green, and red never goes away, whatever is combined with what."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.attempts import RUN_AGAIN, combined
from steps.reporting.exit_codes import exit_code_of
from steps.reporting.html_report import write_page
from steps.reporting.junit_xml import write_junit
from steps.reporting.run_document import FILE_NAME, Failure, Result, Run, Selection, load, not_run, save
from steps.reporting.run_merge import find_runs, merge
from steps.reporting.terminal_summary import summary_lines
from steps.targets.profile_loader import load_profile
from tests.suite.support.made_up import made_up_run

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import Scenario, VerdictName

SITUATIONS = 3000


def shards_of(whole: Run, count: int) -> list[Run]:
    """Cut a run into shards as pytest-split does, each with what it knows of the others."""
    shards = []
    for shard in range(1, count + 1):
        own = whole.scenarios[shard - 1 :: count]
        others = [plain(one) for one in whole.scenarios if one not in own]
        selection = Selection(len(own), shard=shard, shards=count, collected=len(whole.scenarios))
        run = msgspec.structs.replace(
            whole, id=f"shard-{shard}", scenarios=own, other_shards=others, selection=selection
        )
        run.exit_code = exit_code_of(run, 0)
        shards.append(run)
    return shards


def plain(scenario: Scenario) -> Scenario:
    return msgspec.structs.replace(scenario, result=not_run(scenario.result.steps))


def with_results(run: Run, *verdicts: VerdictName) -> Run:
    """Return the run with these verdicts instead of its own."""
    return msgspec.structs.replace(run, scenarios=made_up_run(len(run.scenarios), verdicts).scenarios)


@pytest.mark.parametrize(("missing", "words"), [({3}, "shard 3 of 4 is missing"), ({2, 4}, "shards 2 and 4 of 4 are")])
def test_a_missing_shard_shows_in_every_output_and_is_not_green(tmp_path: Path, missing: set[int], words: str) -> None:
    there = [shard for shard in shards_of(made_up_run(16), 4) if shard.selection.shard not in missing]
    (run,) = merge([(one, tmp_path) for one in there], tmp_path)

    assert run.exit_code == 7
    assert run.counts["passed"] == 16 - 4 * len(missing)
    assert run.counts["not verified"] == 4 * len(missing)
    assert f"did not run: {words}" in "\n".join(text for text, _ in summary_lines(run))
    write_page(tmp_path / "index.html", [(run, tmp_path)])
    assert (tmp_path / "index.html").read_text().count('data-verdict="not verified"') == 4 * len(missing) + 0
    write_junit(tmp_path / "junit.xml", [(run, tmp_path)])
    assert (tmp_path / "junit.xml").read_text().count("<skipped") == 4 * len(missing)
    assert load_again(run, tmp_path).counts == run.counts


def load_again(run: Run, place: Path) -> Run:
    save(run, place / FILE_NAME)
    return load(place / FILE_NAME)


def test_a_directory_with_a_shard_that_did_not_end_is_not_green(tmp_path: Path) -> None:
    first, second = shards_of(made_up_run(8), 2)
    save(first, tmp_path / "1" / FILE_NAME)
    began = [
        msgspec.structs.replace(one, result=not_run([], "the run did not come to its end")) for one in second.scenarios
    ]
    save(msgspec.structs.replace(second, scenarios=began), tmp_path / "2" / FILE_NAME)
    (run,) = merge(find_runs(tmp_path), tmp_path)
    assert (run.exit_code, run.counts["not verified"]) == (7, 4)

    save(second, tmp_path / "3" / FILE_NAME)
    (run,) = merge(find_runs(tmp_path), tmp_path)
    assert (run.exit_code, run.counts["passed"]) == (0, 8)


def test_shards_that_were_cut_from_something_else_leave_a_gap_that_shows(tmp_path: Path) -> None:
    first, second = shards_of(made_up_run(8), 2)
    second.scenarios = second.scenarios[1:]
    (run,) = merge([(first, tmp_path), (second, tmp_path)], tmp_path)
    assert run.exit_code == 7
    assert run.trouble == "None of the shards had it: they were not cut from the same scenarios."


@pytest.mark.parametrize(
    ("first", "second", "verdict", "code"),
    [
        ("failed", "passed", "flaky", 1),
        ("passed", "failed", "flaky", 1),
        ("flaky", "passed", "flaky", 1),
        ("failed", "not verified", "failed", 1),
        ("not verified", "failed", "failed", 1),
        ("failed", "failed", "failed", 1),
        ("not verified", "passed", "passed", 0),
        ("passed", "blocked", "blocked", 6),
    ],
)
def test_merging_never_softens(
    tmp_path: Path, first: VerdictName, second: VerdictName, verdict: VerdictName, code: int
) -> None:
    parts = [with_results(made_up_run(1), one) for one in (first, second)]
    (run,) = merge([(part, tmp_path) for part in parts], tmp_path)
    assert (run.scenarios[0].result.verdict, run.exit_code) == (verdict, code)
    assert len(run.scenarios[0].result.history) == 2


@pytest.mark.parametrize(
    ("verdict", "kept", "code"),
    [("failed", 0, 1), ("passed", 1, 1), ("passed", 3, 3), ("passed", 2, 0), ("not verified", 0, 6)],
)
def test_the_exit_code_in_a_file_is_not_trusted_over_its_scenarios(
    tmp_path: Path, verdict: VerdictName, kept: int, code: int
) -> None:
    part = with_results(made_up_run(1), verdict)
    part.exit_code = kept
    assert merge([(part, tmp_path)], tmp_path)[0].exit_code == code


def test_an_interrupted_run_stays_one_until_the_rest_has_run(tmp_path: Path) -> None:
    part, rest = made_up_run(2), made_up_run(2)
    part.scenarios[1].result = not_run([], "the run was interrupted")
    part.exit_code = 2
    assert merge([(part, tmp_path)], tmp_path)[0].exit_code == 2
    assert merge([(part, tmp_path), (rest, tmp_path)], tmp_path)[0].exit_code == 0


def test_the_red_of_a_known_flaky_scenario_stays() -> None:
    excused = Result("not verified", "known to be flaky", failure=Failure("2,000 are missing"))
    assert combined(excused, Result("passed"), RUN_AGAIN).verdict == "not verified"


class Situation:
    """A whole run drawn at random: what each attempt at each scenario ended with, by whom, and what was lost of it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up runs
        self.whole = made_up_run(self.chance.randint(1, 8))
        self.attempts: dict[str, list[Result]] = {one.id: [] for one in self.whole.scenarios}

    def parts(self, place: Path) -> list[tuple[Run, Path]]:
        """Draw shards, reruns, a stop at a failure, killed parts, and parts that were run once more."""
        drawn: list[Run] = []
        for _ in range(self.chance.choice([1, 1, 2])):
            count = self.chance.choice([1, 2, 3, 4])
            shards = shards_of(self.whole, count) if count > 1 else [self.whole]
            drawn += [self._carried_out(shard) for shard in shards if self.chance.random() < 0.85]
        drawn = drawn or [self._carried_out(self.whole)]
        if self.chance.random() < 0.3:  # merged before: reports of reports
            first = self.chance.randint(1, len(drawn))
            drawn = [*merge([(one, place) for one in drawn[:first]], place), *drawn[first:]]
        self.chance.shuffle(drawn)
        return [(run, place) for run in drawn]

    def _carried_out(self, run: Run) -> Run:
        killed, most = self.chance.random() < 0.15, self.chance.choice([0, 0, 1])
        reruns, failures, results = self.chance.choice([0, 0, 1, 2]), 0, {}
        for scenario in run.scenarios:
            result = None if killed or (most and failures >= most) else self._attempted(scenario, reruns)
            results[scenario.id] = result or not_run(scenario.result.steps, "the run stopped at a failure")
            failures += results[scenario.id].verdict == "failed"
        scenarios = [msgspec.structs.replace(one, result=results[one.id]) for one in run.scenarios]
        made = msgspec.structs.replace(run, scenarios=scenarios)
        made.exit_code = self.chance.choice([0, exit_code_of(made, 0)])  # a file may say what it likes
        return load_from(made)

    def _attempted(self, scenario: Scenario, reruns: int) -> Result | None:
        whole: Result | None = None
        for _ in range(reruns + 1):
            verdict = self.chance.choice(["passed", "passed", "passed", "failed", "not verified", "blocked"])
            latest = with_results(made_up_run(1), verdict).scenarios[0].result  # type: ignore[arg-type] # one of the names
            self.attempts[scenario.id].append(latest)
            whole = combined(whole, latest, RUN_AGAIN)
            if verdict != "failed":
                break
        return whole


def load_from(run: Run) -> Run:
    """Return the run as it is once it has been a file."""
    return msgspec.json.decode(msgspec.json.encode(run), type=Run)


@pytest.mark.nightly
def test_no_combination_is_green_with_a_scenario_that_did_not_pass_on_its_own(tmp_path: Path) -> None:
    greens = 0
    for seed in range(SITUATIONS):
        situation = Situation(seed)
        parts = situation.parts(tmp_path)
        for required in (False, True):
            (run,) = merge(parts, tmp_path, require_verified=required)
            verdicts = {one.id: one.result.verdict for one in run.scenarios}
            assert set(verdicts) == set(situation.attempts), f"seed {seed}: a scenario is not told of"
            for scenario, attempts in situation.attempts.items():
                tried = {attempt.verdict for attempt in attempts}
                assert verdicts[scenario] != "passed" or ("passed" in tried and "failed" not in tried), f"seed {seed}"
            if run.exit_code:
                continue
            greens += 1
            assert "passed" in verdicts.values(), f"seed {seed}"
            assert not any(one.result.trouble for one in run.scenarios), f"seed {seed}"
            assert not any("failed" in {one.verdict for one in tried} for tried in situation.attempts.values())
            assert not required or set(verdicts.values()) == {"passed"}, f"seed {seed}"
    assert greens > SITUATIONS / 20, "the situations hold green ones too"


def test_a_limit_that_was_waived_shows(tmp_path: Path) -> None:
    targets = tmp_path / "targets.toml"
    limits = 'limits = { immediately = 90, immediately_waived = "the processor is slow" }'
    targets.write_text(f'[targets.slow]\nbase_url = "https://slow.example.com"\n{limits}\n')
    run = made_up_run(1)
    run.waivers = load_profile("slow", targets).waivers
    write_page(tmp_path / "index.html", [(run, tmp_path)])

    words = "“Immediately” may take 90 s here: the processor is slow"
    assert words in (tmp_path / "index.html").read_text()
    assert (words, "yellow") in list(summary_lines(run))


def test_the_data_name_what_other_shards_are_to_run(tmp_path: Path) -> None:
    shard = shards_of(made_up_run(4), 2)[0]
    save(shard, tmp_path / FILE_NAME)
    document = json.loads((tmp_path / FILE_NAME).read_text())
    assert (document["selection"]["shard"], document["selection"]["shards"]) == (1, 2)
    assert document["selection"]["collected"] == 4
    assert len(document["other_shards"]) == 2
