"""Every documented promise on sites without a control API, from a profile with mailbox, clock and second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.faults.as_site import earned_faults, on_a_site
from tests.tools.kills import kills
from tests.tools.plain_site import CLOCK, MAIL, MAY, PASSWORD, SMALL, USUAL, foreign, plain_fake
from tests.tools.plain_suite import SHORT, Suite, told

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import Run

EXCLUSIVE = "exclusive = true"
ALL = f"{MAY}\n{MAIL}\n{CLOCK}\n{SHORT}"
PLAIN = ("prices=usd", "credits=sentence", "dates=between", "help=shown")
"""A look of the foreign site that leaves nothing unclear."""
MAILED = "receipts_are_sent or a_forgotten"
MOVED = "once_the_billing or in_the or two_months"


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


def unverified(run: Run) -> dict[str, list[str]]:
    """Return the promises that were not verified in full, with the lines that would change it."""
    return {one.promise: one.lines or one.reasons for one in run.coverage if one.how != "in full"}


def reds(run: Run) -> dict[str, str]:
    return {one.title: str(one.result.failure) for one in run.scenarios if one.result.verdict == "failed"}


@pytest.mark.nightly
def test_a_password_is_reset_by_mail_where_an_authenticator_app_is_asked_for(suite: Suite) -> None:
    site = foreign(suite.profile, (*PLAIN, "animation=off", "second_factor=app"), more=ALL)
    assert told(suite.run("a_forgotten_password")) == {"A forgotten password": "passed"}
    assert [one.subject for one in site.office.outbox] == ["Reset your password"]
    assert {one.password for one in site.accounts} == {PASSWORD}


@pytest.mark.nightly
def test_signing_in_with_an_authenticator_app(suite: Suite) -> None:
    foreign(suite.profile, (*PLAIN, "second_factor=app"), more=ALL)
    run = suite.run("test_signing_in or from_where")
    assert set(told(run).values()) == {"passed"}


@pytest.mark.nightly
def test_without_the_secret_of_the_app_the_line_of_the_profile_is_told(suite: Suite) -> None:
    foreign(suite.profile, (*PLAIN, "second_factor=app"), more=SHORT)
    text = suite.profile.read_text(encoding="utf-8")
    suite.profile.write_text(text.replace(', totp = "${PLAIN_SITE_TOTP}"', ""), encoding="utf-8")
    (ended,) = told(suite.run("test_signing_in")).values()
    assert ended.startswith("not verified The sign-in page asks for a one-time code")
    assert "totp =" in ended


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("breakage", "chosen"),
    [
        ("reset-code-not-mailed", "a_forgotten"),
        ("reset-code-wrong", "a_forgotten"),
        ("receipt-not-mailed", "receipts_are_sent"),
        ("receipt-mailed-to-buyer", "receipts_are_sent"),
        ("downgrade-at-once", "before_the_billing"),
        ("downgrade-never", "once_the_billing"),
        ("month-end-refused", "in_the and dearest"),
    ],
)
def test_what_only_mail_and_clock_can_show_is_red(suite: Suite, breakage: str, chosen: str) -> None:
    foreign(suite.profile, PLAIN, (breakage,), more=ALL)
    assert {one.result.verdict for one in suite.run(chosen).scenarios} == {"failed"}


@pytest.mark.nightly
def test_a_mailbox_that_is_gone_is_not_verified(suite: Suite) -> None:
    foreign(suite.profile, PLAIN, more=f'{MAY}\n{SHORT}\nmailbox = {{ url = "http://127.0.0.1:9" }}')
    ended = told(suite.run(MAILED))
    assert set(ended.values()) == {"not verified The mailbox at 127.0.0.1 cannot be reached (NewConnectionError)."}, (
        ended
    )


@pytest.mark.nightly
def test_all_promises_hold_on_the_foreign_site(suite: Suite) -> None:
    site = foreign(suite.profile, PLAIN, more=ALL)
    run = suite.run("not accessibility", timeout_s=2000)
    assert (unverified(run), reds(run)) == ({}, {})
    assert {one.password for one in site.accounts} == {PASSWORD}
    assert not any(any(one.billing_information.values()) or one.flows_changed for one in site.accounts)
    left = str(run.target.facts["left behind"])
    assert f"its clock moved by {site.accounts[0].days} days" in left


@pytest.mark.nightly
def test_all_promises_hold_on_the_fake_as_any_site(suite: Suite) -> None:
    with plain_fake(suite.profile, USUAL, SMALL, more=f"{EXCLUSIVE}\n{ALL}"):
        run = suite.run("not accessibility", timeout_s=2000)
    assert (unverified(run), reds(run)) == ({}, {})


@pytest.mark.nightly
@pytest.mark.parametrize(("more", "ended"), [("", "passed"), (EXCLUSIVE, "failed")])
def test_what_is_used_though_nobody_works_is_red_where_nobody_else_is(suite: Suite, more: str, ended: str) -> None:
    with plain_fake(suite.profile, faults=["monthly-drains-later"], more=f"{more}\n{SHORT}"):
        assert {one.result.verdict for one in suite.run("payment_page_is_closed").scenarios} == {ended}


@pytest.mark.nightly
def test_a_run_that_is_killed_at_any_moment_is_made_good(tmp_path: Path) -> None:
    assert [(one.chosen, one.wrong) for one in kills(6, 1, tmp_path) if one.wrong] == []


SAMPLE = ("receipt-mailed-elsewhere", "downgrade-at-once", "mid-month-refused", "receipt-wrong", "user-missing")


@pytest.mark.nightly
def test_faults_are_seen_where_preconditions_are_earned() -> None:
    assert {one.name: one.how for one in on_a_site(SAMPLE)} == dict.fromkeys(SAMPLE, "caught")


def test_faults_with_earned_preconditions_are_known() -> None:
    names = earned_faults()
    assert set(SAMPLE) <= set(names)
    assert "support-mail-elsewhere" not in names
