"""How a run of a workflow ended, and what it used, read from what its page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.workspace.workflow_results import WorkflowResult, read_result
from tests.suite.support.workflow_pages import PROFILE, labelled, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("said", "completed"),
    [
        ("<p role=status>Run completed. 1 credit used.</p>", True),
        ("<p>Completed</p><p>1 credit</p>", True),
        ("<p role=alert>Run not completed: not enough credits.</p>", False),
        ("<p>Run failed</p>", False),
        ("<article><h2>Run stopped</h2><p>The run was stopped.</p></article>", False),
        ("<p>The run could not start: insufficient credits</p>", False),
    ],
)
def test_the_result_is_what_the_page_says_anew(page: Page, said: str, *, completed: bool) -> None:
    old = "<h2>Earlier runs</h2><p>Completed</p><p>Run failed</p><button>Run</button>"
    found = read_result(shown(page, old), shown(page, old + said), PROFILE)
    assert isinstance(found, Fact)
    assert found.value.completed is completed


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("<div><b>Completed</b> <span>20 credits used</span><p>Hello</p></div>", 20),
        ("<div><p>Completed</p></div><p>20 credits used</p>", 20),
        ("<p>Completed \u00b7 2’000 credits used</p>", 2_000),
        ("<p>Completed, used: 2&nbsp;000 credits</p>", 2_000),
        ("<p>Completed, 2 000 credits used</p>", None),
        ("<div><p>Completed</p><p>Hello</p></div><p>1,840 credits used</p>", None),  # of all, it may be
        ("<div><p>Completed</p><p>Hello</p></div>", None),
    ],
)
def test_what_a_run_used_stands_beside_how_it_ended(page: Page, said: str, used: int | None) -> None:
    found = read_result(shown(page, "<button>Run</button>"), shown(page, f"<button>Run</button>{said}"), PROFILE)
    assert isinstance(found, Fact)
    assert found.value.credits_used == used


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        ("Run succeeded", "completed"),
        ("Your summary is ready", "completed"),
        ("Finished with no errors, 1 warning", "completed"),
        ("Something went wrong in step 2.", "failed"),
        ("Timed out after 300 s", "failed"),
        ("We hit a snag; this one cost you 0 credits.", "failed"),
        ("Credit limit reached. Top up to continue.", "out of credits"),
        ("Your balance doesn't cover this run", "out of credits"),
        ("Run stopped. You have only 400 credits left, this run needs 500.", "out of credits"),
        ("This run requires 1,500 credits and your balance is 1,499.", "out of credits"),
        ("500 credits needed, 400 available", "out of credits"),
        ("Run stopped: step 2 needs 3 inputs. 400 credits left.", "failed"),
        ("This run needs 500 credits. You have 9,000 left.", ""),
        ("You can leave: we'll tell you when it's completed.", ""),
        ("Retrying after an error (attempt 2 of 3)", ""),
        ("Runs stop if you are out of credits.", ""),
    ],
)
def test_how_a_run_ended_is_told_in_many_words(said: str, ended: str) -> None:
    run = WorkflowResult(said)
    told = "out of credits" if run.out_of_credits else "completed" if run.completed else "failed" if run.is_over else ""
    assert told == ended


def test_a_result_in_other_words_is_told_by_the_profile(page: Page) -> None:
    html = "<button>Run</button><p>Here is your summary:</p><p>An error occurs when</p>"
    before = shown(page, "<button>Run</button>")
    assert isinstance(read_result(before, shown(page, html), PROFILE), Absent)
    found = read_result(before, shown(page, html), labelled(run_completed="Here is your summary"))
    assert isinstance(found, Fact)
    assert found.value.completed


def test_two_results_at_once_are_unclear(page: Page) -> None:
    before = shown(page, "<button>Run</button>")
    found = read_result(before, shown(page, "<p>Step 1: completed</p><p>Step 2: run failed</p>"), PROFILE)
    assert isinstance(found, Unclear)
    assert found.settle == 'labels.run_completed = "…"'


def test_what_the_profile_calls_completed_is_so_whatever_else_it_says() -> None:
    assert WorkflowResult("Ready, 0 errors", told=True).completed


LAST = "<textarea aria-label=Text></textarea><button>Run</button>{}"
ROW = "<table><tr><th>Status<td>{}<th>Started<td>{}</table>"
ROWS = "<table><tr><th>Status<td>{}<tr><th>Started<td>{}</table>"
WHY = "<table><tr><th>Status<td>{}<th>Started<td>{}<tr><th>Result<td colspan=3>0 credits. Add credits to go on.</table>"
RUNS = ROW + "<table><tr><td>Failed<td>07:00:00</table>"


@pytest.mark.parametrize(
    ("last", "later", "anew", "read"),
    [
        (ROW, "10:05:09", True, "Completed"),
        (ROWS, "2026-11-27T10:05:09Z", True, "Completed"),
        (RUNS, "10:05:09", True, "Completed"),
        ("<p>{} at {}</p>", "10:05:09", True, "Completed at 10:05:09"),
        (ROW, "4 minutes ago", True, None),
        (ROW, "10:05:07", True, None),
        (ROW, "10:05:09", False, None),
    ],
)
def test_a_page_that_is_loaded_anew_with_the_words_of_before_and_a_new_time_says_how_the_run_ended(
    page: Page, last: str, later: str, read: str | None, *, anew: bool
) -> None:
    before = shown(page, LAST.format(last.format("Completed", "10:05:07")))
    now = shown(page, LAST.format(last.format("Completed", later)))
    found = read_result(before, now, PROFILE, anew=anew)
    assert (found.value.text if isinstance(found, Fact) else None) == read


@pytest.mark.parametrize("was", ["", "10:05:07"])
def test_why_a_run_failed_may_stand_on_a_line_of_its_own(page: Page, was: str) -> None:
    others = ROW.format("Completed", "09:00:00")
    before = shown(page, LAST.format(WHY.format("Failed", was) + others if was else others))
    now = shown(page, LAST.format(WHY.format("Failed", "10:05:09") + others))
    found = read_result(before, now, PROFILE, anew=True)
    assert isinstance(found, Fact)
    assert found.value.out_of_credits
