"""A last look at each scenario's account, when all scenarios of this process are over.

What a site does some seconds after a payment (adds it again, takes it back) no scenario sees that ends at once. So
each one leaves behind what Billing showed at its end. What the next one on the same account begins with is held against
that, and after the last one a fresh page, as late as possible, while the browser is still there. A scenario that is red
then is told by the hook `pytest_acceptance_late_look`.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error as PlaywrightError

from steps.actors.balance_check import ExpectedBalance, hold_balance
from steps.actors.billing_contents import hold_information
from steps.actors.billing_information import has_changed
from steps.actors.member import Member
from steps.actors.purchase_invoices import hold_still_invoiced
from steps.browser.session_storage import open_context
from steps.pages.not_found import ElementNotFoundError
from steps.pages.polling import until
from steps.runner.failure_triage import find_trouble
from steps.runner.left_behind import Left, hold_shared
from steps.runner.run_context import MEMBER, RUN
from steps.targets.fake_control_client import ControlError
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import TargetUnavailableError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext

    from steps.readers.credits.judgement import About
    from steps.readers.invoices.invoices import Invoice
    from steps.runner.run_context import Run

_ABOUT: frozenset[About] = frozenset({"plan", "monthly", "add-on", "used"})
"""What is held; totals and bars follow from it, and may still have been moving at the scenario's end."""


class LateLookSpecs:
    """The hook by which a late look tells what it found."""

    @staticmethod
    @pytest.hookspec
    def pytest_acceptance_late_look(nodeid: str, error: Exception) -> None:
        """Take notice of what was found wrong with a scenario after its end."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the hook."""
    pluginmanager.add_hookspecs(LateLookSpecs)


class LateLooks:
    """The list of those that are to be seen again, of one process."""

    def __init__(self, run: Run, new_context: Callable[..., BrowserContext]) -> None:
        self._run = run
        self._new_context = new_context
        self._left: list[Left] = []
        self._without: dict[tuple[str, str | None], set[int]] = {}
        """The turns on each account in which nothing was bought, used or seen of credits."""

    def note(self, nodeid: str, member: Member, display: Mapping[str, object]) -> None:
        """Put a scenario on the list, at its end, if it has bought anything or looked at the credits.

        `display` is what its browser context was told beside the usual: a page may list otherwise on a phone.
        """
        if member.last_seen is None and not member.purchases:
            if not member.credits_used:
                place = member.account.key, member.account.workspace
                self._without.setdefault(place, set()).add(member.account.turn)
            return
        paid = [one.amount for one in member.purchases if one.outcome is not None and one.outcome.kind == "left"]
        amounts = frozenset(one.amount for one in member.purchases)
        account, target = member.account, member.target
        state = member.own_state or target.signed_in(account)
        invoiced = frozenset(one.amount for one in member.purchases if one.is_invoiced)
        began = next((one.before for one in member.purchases[:1] if not one.follows_runs), None)
        self._left.append(
            Left(
                nodeid,
                target,
                account,
                state,
                seen=member.last_seen,
                paid=sum(paid),
                amounts=amounts,
                unpaid=amounts - set(paid),
                invoiced=invoiced,
                listed=member.listed or _listed_before(member),
                information=_information_before(member),
                about=_ABOUT & {"plan", "add-on"} if member.month_ends else _ABOUT,
                began=began,
                unseen=None if member.last_seen or member.credits_used or member.has_moved_clock else began,
                used=frozenset(one for one in member.credits_used if one > 1),
                others_bought=member.others_bought,
                next_plan=target.paid[account.key].next_plan,
                landing=next((one.reopened for one in member.purchases if one.reopened), ""),
                at=time.monotonic(),
                display=display,
            )
        )

    def look(self) -> Iterator[tuple[str, Exception]]:
        """Look at each of them once more, and yield those with which something is wrong."""
        for one, following, earlier in self._followed():
            for left in (one, *reversed(earlier)):  # it may be what an earlier one has bought
                try:
                    if following.began and (shown := one.seen or one.unseen):
                        bought = 0 if one.seen else one.paid
                        hold_shared(left, shown, following.began, "when a later scenario began", bought)
                except BrokenPromiseError as error:
                    yield left.nodeid, error
                    break
        for one in self._latest():
            try:
                with one.target.same_account(one.account) as is_untouched:
                    if is_untouched:
                        self._look_at(one)
            except (BrokenPromiseError, UnverifiedError) as error:
                yield one.nodeid, error
            except (PlaywrightError, ControlError, AssertionError) as error:
                words = str(error).splitlines()[0]
                yield one.nodeid, TargetUnavailableError(f"It could not be looked at once more, late: {words}")

    def _followed(self) -> Iterator[tuple[Left, Left, list[Left]]]:
        """Return each scenario with the next one on its account, where nobody on this machine changed it in between.

        The third are those that were on that account before.
        """
        all_of: dict[tuple[str, str | None], list[Left]] = {}
        for one in self._left:
            place = one.account.key, one.account.workspace
            before = all_of.setdefault(place, [])
            turns = (before[-1].account.turn, one.account.turn) if before else (0, 0)
            if turns[0] < turns[1] and self._without.get(place, set()).issuperset(range(turns[0] + 1, turns[1])):
                yield before[-1], one, before[:-1]
            before.append(one)

    def _latest(self) -> list[Left]:
        """Return the scenarios of the last turn on each account: where another came after, that one began there.

        Each with the amounts that all scenarios on its account have bought, and a landing of one of them.
        """
        last: dict[tuple[str, str | None], Left] = {}
        for one in self._left:
            place = one.account.key, one.account.workspace
            before = last.get(place, one)
            last[place] = replace(one, amounts=one.amounts | before.amounts, landing=one.landing or before.landing)
            if not one.amounts and not one.listed and one.display == before.display:  # nothing was bought since
                last[place] = replace(last[place], invoiced=before.invoiced, listed=before.listed)
        return list(last.values())

    def _look_at(self, left: Left) -> None:
        further = left.target.let_time_pass(left.account)
        late = left.target.profile.limits.late
        if not further and (left.amounts or left.used or left.next_plan or left.listed or left.others_bought):
            until(lambda: time.monotonic() - left.at >= late, late)
        seconds = time.monotonic() - left.at
        when = f"{seconds:.0f} s after the scenario" + (f", and {further:.0f} s on its clock" if further else "")
        self._hold_books(left, when)
        if left.seen is None and not left.listed and not left.information:
            return
        context = open_context(partial(self._new_context, **left.display), left.state)
        try:
            member = Member(left.target, left.account, self._run.guard, context)
            if left.landing:
                with suppress(TargetUnavailableError):  # it may lead nowhere any more, which is as good
                    member.navigation.visit(left.landing)
            now = member.navigation.go_to_billing().credits()
            if left.seen is not None and left.target.is_exclusive:
                hold_balance(member, ExpectedBalance(left.seen, when, about=left.about), now)
            elif left.seen is not None:
                hold_shared(left, left.seen, now, when)
            hold_still_invoiced(
                member, left.invoiced, left.listed, left.unpaid if left.target.is_exclusive else frozenset()
            )
            if left.target.is_exclusive:
                hold_information(member, left.information)
        except BrokenPromiseError as error:
            raise BrokenPromiseError(error.expected, f"{when}: {error.seen}", error.promise) from None
        except ElementNotFoundError as error:  # it may be the session that is over, or the site that is down
            told = find_trouble(member) or error
            raise TargetUnavailableError(f"It could not be looked at once more, {when}: {told}") from error
        finally:
            context.close()

    def _hold_books(self, left: Left, when: str) -> None:
        """Hold what the target itself has added against what was paid for, where it can be asked."""
        added = left.target.added_credits(left.account)
        if added is not None and added != left.paid:
            raise BrokenPromiseError(
                f"{left.paid:,} add-on credits are added in all, as paid for", f"{when}: {added:,} were added"
            )


def _listed_before(member: Member) -> tuple[Invoice, ...]:
    """Return the invoices before something was chosen that nobody paid for, () where anything was paid for."""
    left = [one.outcome is None or one.outcome.kind != "left" for one in member.purchases]
    return (member.purchases[-1].invoices_before or ()) if left and all(left) else ()


def _information_before(member: Member) -> tuple[str, ...]:
    """Return the billing information before the last purchase, () where there was none or the scenario changed it."""
    last = member.purchases[-1:]
    return last[0].information_before if last and not has_changed(member) else ()


@pytest.fixture(scope="session")
def late_looks(
    run: Run,
    browser: Browser,
    browser_context_args: dict[str, Any],
    served: None,  # noqa: ARG001 - the fake goes after the looks
    request: pytest.FixtureRequest,
) -> Iterator[LateLooks]:
    """The list of scenarios that are looked at once more before the browser closes."""
    looks = LateLooks(run, partial(browser.new_context, **browser_context_args))
    yield looks
    session = request.session
    if session.shouldstop or session.shouldfail or run.is_interrupted:
        return
    began = time.monotonic()
    for nodeid, error in looks.look():
        request.config.hook.pytest_acceptance_late_look(nodeid=nodeid, error=error)
    run.late_looks_s = time.monotonic() - began


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Put the scenario on the list, once its steps have passed."""
    member = request.node.stash.get(MEMBER, None)
    if member is not None:
        told = [one.kwargs for one in request.node.iter_markers("browser_context_args")]
        display = {key: value for one in reversed(told) for key, value in one.items()}
        request.getfixturevalue("late_looks").note(request.node.nodeid, member, display)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Look at nothing more once the run was broken off: what is left of the fixtures goes now."""
    if exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR):
        session.config.stash[RUN].is_interrupted = True
