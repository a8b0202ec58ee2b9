"""The fake as any site, without its control API: what scenarios begin with is earned there, and put back."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.tools.foreign_site.config import SWITCHES
from tests.tools.kills import INFORMATION
from tests.tools.plain_site import MAY, SMALL, USUAL, foreign, plain_fake
from tests.tools.plain_suite import SHORT, Suite, told

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = USUAL | {"billing_information": INFORMATION}


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


SAMPLE = (
    "part_of_the_time or test_receipts or past_payments or company_uses or changing_a_part or upgrading or logging_out"
)
"""Some of each kind of precondition; `test_all_promises_hold_on_the_fake_as_any_site` earns all of them each night."""


@pytest.mark.nightly
def test_what_scenarios_begin_with_is_earned(suite: Suite) -> None:
    with plain_fake(
        suite.profile, USUAL | {"billing_information": INFORMATION}, SMALL, more=f"{MAY}\n{SHORT}"
    ) as books:
        run = suite.run(SAMPLE)
        stored = books.stored(0)["information"]

    assert {title: ended for title, ended in told(run).items() if ended != "passed"} == {}
    assert len(run.scenarios) > 6
    assert run.may == ["buy", "run workflows", "change plan", "sign out"]
    assert stored == INFORMATION


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("fault", "chosen"),
    [("receipt-of-another-day", "test_receipts"), ("upgrade-without-effect", "upgrading")],
)
def test_a_fault_is_red_through_what_was_earned(suite: Suite, fault: str, chosen: str) -> None:
    with plain_fake(suite.profile, USUAL, more=f"{MAY}\n{SHORT}", faults=[fault]):
        assert {one.result.verdict for one in suite.run(chosen).scenarios} == {"failed"}


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(signal.SIGKILL, id="killed", marks=pytest.mark.nightly),
        pytest.param(signal.SIGINT, id="Ctrl-C", marks=pytest.mark.nightly),
    ],
)
def test_what_a_run_changed_that_was_stopped_is_put_back(suite: Suite, how: signal.Signals) -> None:
    with plain_fake(suite.profile, KNOWN, more=SHORT) as books:
        process = suite.begin("changing_a_part")
        deadline = time.monotonic() + 60
        while books.stored(0)["information"] == INFORMATION and time.monotonic() < deadline:
            time.sleep(0.05)  # until the scenario has saved its own
        process.send_signal(how)
        process.communicate()
        if how is signal.SIGKILL:
            assert books.stored(0)["information"] != INFORMATION
        assert told(suite.run("From_where_a_member_starts")) == {"From where a member starts": "passed"}
        assert books.stored(0)["information"] == INFORMATION
    assert not list(suite.state.glob("put-back/*"))


@pytest.mark.nightly
@pytest.mark.parametrize("look", SWITCHES["flows"])
def test_a_workflow_is_run_however_it_is_listed(suite: Suite, look: str) -> None:
    books = foreign(suite.profile, (f"flows={look}", "animation=off"), more=f"{MAY}\n{SHORT}")
    assert set(told(suite.run("a_small_workflow or a_large_workflow")).values()) == {"passed"}
    assert not any(one.flows_changed for one in books.accounts)
