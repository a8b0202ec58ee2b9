"""Running workflows, small ones and large ones."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from steps.pages.workflows import WorkflowsPage
from steps.readers.credits.totals import likely_left
from steps.readers.workspace.workflows import OPENS
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.actors.member import Member
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.workspace.workflow_results import WorkflowResult
    from steps.targets.target import Target


class TooFewCreditsError(NotVerifiedError):
    """The account has fewer credits than a large run uses."""


Size = Literal["small", "medium", "large"]
_LETTERS: dict[Size, int] = {"small": 5, "medium": 4_000, "large": 20_000}
"""How long the text is on which a workflow runs: what is read uses credits."""
SHORTER = (4_000, 800, 160, 5)
"""Numbers of letters of shorter runs, one after the other where credits are not enough for it."""

_unclear: WeakKeyDictionary[Target, dict[str, NotVerifiedError]] = WeakKeyDictionary()
"""What could not be told of an account's workflows in this run: the same page tells the next scenario no more."""


def flows_of(member: Member) -> WorkflowsPage:
    """Go to a workflow that can be run."""
    flows = WorkflowsPage(member.page, member.target.profile)
    with _learnt(member):
        member.navigation.start()
        flows.open()
    return flows


@contextlib.contextmanager
def _learnt(member: Member) -> Iterator[None]:
    known = _unclear.setdefault(member.target, {})
    if member.account.key in known:
        raise known[member.account.key]
    try:
        yield
    except NotVerifiedError as error:
        known[member.account.key] = error
        raise


def run_workflow(member: Member, size: Size | int, word: str = "Hello") -> WorkflowResult:
    """Go to a workflow, and run it on a text of that size, or of that number of letters, made of one word."""
    flows = flows_of(member)
    letters = _LETTERS[size] if isinstance(size, str) else size
    member.credits_used.append(0)
    member.last_seen = None  # it says nothing of what is left now
    with _learnt(member):
        result = flows.run((f"{word} " * (letters // len(word) + 1))[:letters])
    member.ran_at = member.page.url
    if size == "large" and result.completed and not result.took_text:
        raise NotVerifiedError("The workflow takes no text, so that how much it uses cannot be chosen.", line=OPENS)
    return result


def hold_affordable(member: Member, result: WorkflowResult) -> None:
    """Raise TooFewCreditsError where a large run stopped that would use more credits than there are.

    What a letter uses is told by a shorter run that completes; on the fake it is known.
    """
    if member.target.sets_up or not result.out_of_credits:
        return
    before = member.navigation.go_to_billing().settled_credits()
    there = likely_left(before)
    if there == 0:
        raise TooFewCreditsError("A large run of this workflow uses more credits than the account had.")
    shorter = (one for one in SHORTER if run_workflow(member, one).completed) if there is not None else iter(())
    if there is None or not (letters := next(shorter, 0)):
        return
    after = likely_left(credits_after(member, before))
    needed = (there - after) * _LETTERS["large"] // letters if after is not None else 0
    if needed > there:
        raise TooFewCreditsError(
            f"A large run of this workflow uses about {needed:,} credits, and the account had {there:,}."
        )


def credits_after(member: Member, before: CreditsReading) -> CreditsReading:
    """Return what Billing shows after a run that completed: each uses credits, and a page may show them late."""
    billing = member.navigation.go_to_billing()
    billing.until(lambda: _figures(billing.credits()) != _figures(before), member.immediate_timeout_s / 2)
    member.last_seen = after = billing.settled_credits()
    there, left = likely_left(before), likely_left(after)
    if member.credits_used and there is not None and left is not None:
        member.credits_used[-1] = there - left
    return after


def _figures(seen: CreditsReading) -> tuple[object, ...]:
    return seen.monthly, seen.add_on, seen.used
