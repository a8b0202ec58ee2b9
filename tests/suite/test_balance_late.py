"""Balances that a page shows out of date at first, and corrects while it stays open."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors import balance_check, credit_use, preconditions, workflows
from steps.actors.balance_check import ExpectedBalance, hold_arrived, hold_balance, hold_still
from steps.actors.balance_wait import wait_for_credits, wait_for_late_credits
from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.actors.workflows import credits_after
from steps.pages.navigation import AppNavigation
from steps.pages.not_found import ElementNotFoundError
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account, Paid
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

SITE = "http://site.example"
PROFILE = Profile(base_url=SITE, limits=Limits(page=3, immediately=8))
BILLING = """<h2>Current Plan</h2><p>Pro</p>
<p>Monthly credits <b id=monthly></b></p><p>Add-on credits <b id=add_on></b></p>
<button>Add credits</button><h2>Billing Information</h2><h2>Invoices</h2>
<script>const draw = (m, a) => { monthly.textContent = m; add_on.textContent = a; };
const correct = (after) => setTimeout(draw, after, "880", "6,000");
draw("900", "4,000"); AT_ONCE</script>"""
"""Shows what was before, and corrects it after a while, each time that it is loaded."""


class OneTarget:
    def __init__(self, profile: Profile = PROFILE, *, sets_up: bool = True) -> None:
        self.profile, self.sets_up, self.is_exclusive = profile, sets_up, sets_up
        self.paid: defaultdict[str, Paid] = defaultdict(Paid)


def member_at(
    page: Page, after: int, *, from_first_load: bool = True, add_on: str = "6,000", target: OneTarget | None = None
) -> Member:
    corrected = BILLING.replace("AT_ONCE", f"correct({after});").replace("6,000", add_on)
    bodies = itertools.chain([] if from_first_load else [BILLING.replace("AT_ONCE", "")], itertools.repeat(corrected))
    page.context.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=next(bodies)))
    member = Member(
        cast("Any", target or OneTarget()), Account("Ada", "ada@example.com"), cast("Any", None), page.context
    )
    member.page.goto(f"{SITE}/billing")
    return member


def purchase_of(member: Member) -> Purchase:
    purchase = Purchase(before=member.billing().credits(), amount=2_000)
    purchase.paid_at = time.monotonic()
    return purchase


def test_credits_that_a_page_shows_after_a_while_are_waited_for(page: Page) -> None:
    """Each load shows the old balance for 2 s: a page that is reloaded sooner never shows what was bought."""
    member = member_at(page, 2_000, from_first_load=False)
    purchase = purchase_of(member)
    member.page.evaluate("correct(2_000)")
    now, seconds = wait_for_credits(member, purchase, 2_000)
    assert "6,000" in str(now.add_on)
    assert seconds < PROFILE.limits.immediately


IMPATIENT = Profile(base_url=SITE, limits=Limits(page=3, immediately=1, late=8))


@pytest.mark.parametrize(
    ("after", "sets_up", "told"),
    [
        (2_500, False, "0 more .*; all of them [3-8] s after payment"),
        (60_000, False, "0 more .*; nor all of them within 8 s"),
        (2_500, True, "0 more [^;]*$"),
    ],
    ids=["late", "never", "in a workspace of its own"],
)
def test_credits_that_come_late_are_told_and_left_to_nobody_else(
    page: Page, after: int, *, sets_up: bool, told: str
) -> None:
    target = OneTarget(IMPATIENT, sets_up=sets_up)
    member = member_at(page, after, target=target)
    purchase = purchase_of(member)
    with pytest.raises(BrokenPromiseError, match=told):
        hold_arrived(member, purchase, 2_000)
    assert target.paid[""].in_vain == ("nor" in told)
    if target.paid[""].in_vain:
        with pytest.raises(BrokenPromiseError, match=r"0 more [^;]*$"):  # nobody waits so long twice
            hold_arrived(member, purchase, 2_000)


def test_a_page_that_cannot_be_read_any_more_says_nothing_of_late_credits(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise ElementNotFoundError("Billing is gone.")

    target = OneTarget(IMPATIENT, sets_up=False)
    member = member_at(page, 60_000, target=target)
    purchase = purchase_of(member)
    monkeypatch.setattr(member, "reload", gone)
    assert wait_for_late_credits(member, purchase, 2_000) == ""
    assert not target.paid[""].in_vain


@pytest.mark.nightly
def test_a_balance_that_corrects_itself_is_not_broken(page: Page) -> None:
    member = member_at(page, 2_000)
    before = member.billing().credits()
    member.billing().until(lambda: member.billing().credits() != before, 3)
    right = member.billing().credits()
    hold_balance(member, ExpectedBalance(right, "after a reload"), member.reload().credits())
    with pytest.raises(BrokenPromiseError):
        hold_balance(member, ExpectedBalance(before, "after a reload", 1_000), right)


@pytest.mark.parametrize(("looks", "is_red"), [("010", True), ("011", False), ("00", True)])
def test_credits_that_change_from_look_to_look_are_broken(page: Page, looks: str, *, is_red: bool) -> None:
    shown = [BILLING.replace("AT_ONCE", "").replace("4,000", "6,000" if look == "1" else "4,000") for look in looks]
    bodies = itertools.chain(shown, itertools.repeat(shown[-1]))
    page.context.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=next(bodies)))
    profile = Profile(base_url=SITE, limits=Limits(page=2, immediately=1))
    member = Member(cast("Any", OneTarget(profile)), Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.page.goto(f"{SITE}/billing")
    before = member.billing().credits()
    with pytest.raises(BrokenPromiseError, match="4,000") if is_red else nullcontext():
        hold_balance(member, ExpectedBalance(before, "after the purchase", 2_000), before)


def test_an_open_page_that_comes_to_show_other_credits_than_a_new_one_is_broken(page: Page) -> None:
    member = member_at(page, 1_500, add_on="0")
    with pytest.raises(BrokenPromiseError, match="as before after a reload"):
        hold_still(member, 4)


def test_an_open_page_on_which_a_program_comes_to_write_nothing_is_broken(page: Page) -> None:
    body = BILLING.replace("AT_ONCE", "")
    page.context.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=body))
    member = Member(cast("Any", OneTarget()), Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.page.goto(f"{SITE}/billing")
    member.billing().settled_credits()
    member.page.evaluate("() => { setTimeout(() => document.body.append('Used: NaN'), 2_500) }")
    with pytest.raises(BrokenPromiseError, match="“Used: NaN” came"):
        hold_still(member, 5)


@pytest.mark.nightly
@pytest.mark.parametrize("is_exclusive", [False, True])
def test_what_somebody_else_uses_meanwhile_is_no_fault_of_an_open_page(
    page: Page, monkeypatch: pytest.MonkeyPatch, *, is_exclusive: bool
) -> None:
    used = BILLING.replace("AT_ONCE", "").replace('draw("900"', 'draw("880"')
    bodies = itertools.chain(
        [BILLING.replace("AT_ONCE", 'setTimeout(draw, 1500, "880", "4,000")')], itertools.repeat(used)
    )
    page.context.route(f"{SITE}/**", lambda route: route.fulfill(content_type="text/html", body=next(bodies)))
    target = SimpleNamespace(profile=PROFILE, is_exclusive=is_exclusive)
    member = Member(cast("Any", target), Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.page.goto(f"{SITE}/billing")
    monkeypatch.setattr(balance_check, "others_are_using_credits", lambda _: True)
    with pytest.raises(BrokenPromiseError, match="880") if is_exclusive else nullcontext():
        hold_still(member, 4)


def test_what_a_run_used_may_show_late(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    member = member_at(page, 1_500, add_on="4,000")
    monkeypatch.setattr(AppNavigation, "go_to_billing", lambda _: member.billing())
    before = member.billing().credits()
    member.credits_used.append(0)
    after = credits_after(member, before)
    assert "880" in str(after.monthly)
    assert member.last_seen == after
    assert member.credits_used == [20]


def test_what_was_seen_before_a_run_is_not_held_after_it(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    member = member_at(page, 2_000)
    monkeypatch.setattr(member, "last_seen", member.billing().credits())
    flows = SimpleNamespace(run=lambda _: SimpleNamespace(completed=True))
    monkeypatch.setattr(workflows, "flows_of", lambda _: flows)
    workflows.run_workflow(member, "small")
    assert member.last_seen is None


@pytest.mark.parametrize("left", [0, 2_000])
def test_credits_that_are_gone_already_may_show_late(monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    stopped = SimpleNamespace(completed=False, out_of_credits=True, text="0 credit")
    monkeypatch.setattr(credit_use, "_run", lambda *_: stopped)
    monkeypatch.setattr(credit_use, "credits_after", lambda *_: left)
    monkeypatch.setattr(credit_use, "_left_in", lambda seen, _: seen)
    monkeypatch.setattr(credit_use, "total_of_all", lambda _: None)
    monkeypatch.setattr(credit_use, "likely_left", lambda seen: seen)
    member = cast("Any", SimpleNamespace(billing=lambda: SimpleNamespace(settled_credits=lambda: 2_000)))
    with nullcontext() if left == 0 else pytest.raises(BrokenPromiseError):
        preconditions.earn(member, ["gone credits"])
