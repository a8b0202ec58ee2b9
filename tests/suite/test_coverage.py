"""How much of the documentation a run has verified: as its document, its terminal and its report tell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from steps.documentation.packages import FEATURES
from steps.reporting.coverage import coverage_lines
from steps.reporting.html_report import write_page
from steps.reporting.run_document import Promise, Result, Run, Scenario, Target, load, save, schema
from steps.reporting.terminal_summary import summary_lines
from steps.targets.capabilities import lacking
from steps.targets.profile import AccountEntry, ClockEntry, MailboxEntry, Payments, Profile
from steps.tools.inspection.coverage_forecast import forecast
from steps.tools.lint.feature_reader import read_features

if TYPE_CHECKING:
    from pathlib import Path


PASSED, FAILED = Result("passed"), Result("failed")
MAY = 'may = ["run workflows"]'


def unverified(capability: str) -> Result:
    return Result("not verified", str(lacking(capability)))


def ran(**results: list[Result]) -> Run:
    """Make a run; each promise, by its letter, comes with how its scenarios ended."""
    promises = [Promise(one, "promise", f"Promise {one}", f"page.{one}", "x.feature", "X", 1) for one in results]
    promises.append(Promise("z", "assumption", "Nobody says so", "z", "x.feature", "X", 1))
    scenarios = [
        Scenario(f"x.feature::test_{promise}{number}", promise, f"{promise} {number}", "x.feature", 1, result=result)
        for promise, ended in (results | {"z": [unverified("mail")]}).items()
        for number, result in enumerate(ended)
    ]
    return Run(
        version=2, id="made-up", started="2026-11-22T00:00:00+00:00", seconds=1, target=Target("staging", "site"),
        seed=1, guard="", promises=promises, scenarios=scenarios,
    )  # fmt: skip


RUN = ran(
    a=[PASSED, PASSED],
    b=[FAILED],
    c=[PASSED, unverified("workflows")],
    d=[unverified("workflows"), Result("not verified", "Only time brings others.")],
    e=[Result("blocked", "The payment page asks for a human.")],
)


def test_a_promise_counts_as_verified_in_full_in_part_or_not_at_all() -> None:
    told = [(one.promise, one.how, one.lines) for one in RUN.coverage]
    assert told == [
        ("doc:page.a", "in full", []),
        ("doc:page.b", "in full", []),
        ("doc:page.c", "in part", [MAY]),
        ("doc:page.d", "not at all", [MAY]),
        ("doc:page.e", "not at all", []),
    ]


def test_each_line_of_the_profile_is_told_once_with_what_it_would_change() -> None:
    assert list(coverage_lines(RUN.coverage)) == [
        "put to the test: 2 of 5 documented promises in full, 1 in part, 2 not at all",
        f"{MAY} would verify more of page.c, page.d",
        "no line of the profile would verify more of page.e",
    ]


def test_what_was_cut_off_is_not_told_to_be_without_remedy() -> None:
    run = ran(a=[PASSED, Result("not verified", "did not run: the run was interrupted")], b=[PASSED])
    assert list(coverage_lines(run.coverage)) == [
        "put to the test: 1 of 2 documented promises in full, 1 in part",
        "scenarios of page.a did not run: a whole run would verify more of them",
    ]


def test_nothing_more_is_told_where_all_is_verified() -> None:
    assert list(coverage_lines(ran(a=[PASSED]).coverage)) == ["put to the test: 1 of 1 documented promises in full"]


def test_terminal_report_and_document_tell_it(tmp_path: Path) -> None:
    terminal = [words for words, _ in summary_lines(RUN)]
    assert f"{MAY} would verify more of page.c, page.d" in terminal

    write_page(tmp_path / "index.html", [(RUN, tmp_path)])
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Put to the test: 2 of 5 documented promises in full, 1 in part, 2 not at all." in page

    save(RUN, tmp_path / "run.json")
    document = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert document["coverage"][2] == {
        "promise": "doc:page.c", "title": "Promise c", "how": "in part", "lines": [MAY], "reasons": [],
    }  # fmt: skip
    assert load(tmp_path / "run.json").scenarios == RUN.scenarios
    assert "PromiseCoverage" in schema()["$defs"]


ALICE = AccountEntry(email="alice@example.com", password="pw", workspace="first")
BOB = AccountEntry(email="bob@example.com", password="pw", workspace="first")


def foretold(**profile: Any) -> list[str]:
    return list(forecast(read_features(FEATURES), Profile(**profile)))


def test_doctor_foretells_what_a_line_of_the_profile_adds() -> None:
    first, *lines = foretold(accounts=[ALICE])
    found = re.fullmatch(r"With this profile can be verified: (\d+) of 22 documented promises in full, .*", first)
    assert found is not None
    assert 'may = ["run workflows"] adds 1 (credit-use.1).' in lines
    for line in ("clock", "mailbox"):
        assert any(one.startswith(f"{line} = {{ url = ") for one in lines), lines

    more, *rest = foretold(accounts=[ALICE], may=["run workflows"])
    assert more.startswith(f"With this profile can be verified: {int(found[1]) + 1} of 22 ")
    assert not [line for line in rest if "run workflows" in line]
    assert any("of one workspace adds 3 (buy-credits.0b, billing.6, users.1)" in line for line in rest), rest


def test_a_mailbox_and_a_clock_add_what_only_they_can_show() -> None:
    services = {"mailbox": MailboxEntry(url="http://127.0.0.1:1"), "clock": ClockEntry(url="http://127.0.0.1:1")}
    may = {"may": ["run workflows", "change plan", "sign out"], "accounts": [ALICE, BOB]}
    first, *lines = foretold(**may)
    assert first.startswith("With this profile can be verified: 18 of 22 documented promises in full")
    assert [line.partition("} ")[2] for line in lines] == [
        "adds 2 (buy-credits.0a, upgrade-downgrade.4).",
        "adds 2 (billing.5, sign-in.1).",
    ]
    assert foretold(**may, **services)[0] == "With this profile can be verified: 22 of 22 documented promises in full."


def test_doctor_foretells_what_needs_payments_and_accounts() -> None:
    without = foretold(accounts=[ALICE], payments=Payments(allow="none"))
    assert any(line.startswith('payments.allow = "test" adds ') for line in without)
    assert not [line for line in foretold(accounts=[ALICE]) if "payments.allow" in line]
    assert any("of one workspace adds 2 (billing.6, users.1)" in line for line in foretold(accounts=[ALICE]))
    assert not [line for line in foretold(accounts=[ALICE, BOB]) if "users.1" in line]


def test_the_fake_can_be_asked_everything() -> None:
    assert foretold(kind="fake") == ["With this profile can be verified: 22 of 22 documented promises in full."]
