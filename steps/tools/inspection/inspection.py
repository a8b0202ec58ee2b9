"""A complete inspection of a target: its sign-in page, and the walk through its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from steps.documentation.packages import documented_packages
from steps.pages.base_page import ElementNotFoundError
from steps.runner.failure_triage import find_trouble
from steps.tools.inspection.billing_probe import inspect_billing
from steps.tools.inspection.finding import SIGNED_IN, Finding, State
from steps.tools.inspection.service_probe import inspect_services
from steps.tools.inspection.sign_in_probe import inspect_sign_in
from steps.tools.inspection.walkthrough import Walkthrough
from steps.verdicts.verdict import TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from steps.pages.packages import PackageChoice
    from steps.safety.redactor import Redactor
    from steps.tools.inspection.target_session import Visit

_SECRET = "input[type=password], input[autocomplete^=cc-], input[autocomplete=one-time-code]"  # noqa: S105 - a selector
_LIMIT = 5_000
"""Time limit of one picture, in milliseconds."""


class InspectionListener(Protocol):
    """Receives the results of an inspection."""

    secrets: Redactor
    """What may not appear in the results; the inspection adds the secrets that it learns."""

    def on_finding(self, finding: Finding) -> None:
        """Receive one finding."""

    def on_stop(self, page: Page, stop: str, reached: bool) -> None:  # noqa: FBT001 - a position of the walk's callback
        """Receive a stop; `reached` is whether the page shows what the stop is about."""

    def has(self, state: State) -> bool:
        """Whether any finding has that state."""


def examine(
    visit: Visit, listener: InspectionListener, beyond: Callable[[Walkthrough, PackageChoice], object] | None = None
) -> None:
    """Sign in and walk to the packages; `beyond` is called with them.

    Raises TargetUnavailableError when the target itself is in trouble.
    """
    listener.secrets.add_account(visit.account)
    listener.on_finding(Finding("address", State.FOUND, visit.target.profile.base))
    _enter(visit, listener)
    state = visit.target.signed_in(visit.account)
    listener.secrets.add_state(state)
    listener.on_finding(Finding(SIGNED_IN, State.FOUND, f"as {visit.account.name}"))
    inspect_services(visit.target, visit.account, listener.on_finding)
    member = visit.member(state)
    walk = Walkthrough(member, documented_packages(), listener.on_finding, listener.on_stop)
    try:
        choice = walk.go()
        if choice is not None and beyond is not None:
            beyond(walk, choice)
        if not listener.has(State.MISSING):
            inspect_billing(member, listener.on_finding)
        walk.find_users()
        if visit.target.profile.permits("run workflows"):
            walk.find_workflow()
    except ElementNotFoundError as error:
        listener.on_stop(member.page, "the end of the walk", False)  # noqa: FBT003 - see InspectionListener
        listener.on_finding(Finding("the way on", State.MISSING, str(error).splitlines()[0]))
    if listener.has(State.MISSING) and (words := find_trouble(member)):
        raise TargetUnavailableError(words)
    member.context.close()


def _enter(visit: Visit, listener: InspectionListener) -> None:
    """Report what the sign-in page asks for, if the account signs in there."""
    if visit.account.password is None:
        listener.on_finding(Finding("sign-in", State.FOUND, f"by {visit.account.name}"))
        return
    visitor = visit.member()
    listener.on_finding(inspect_sign_in(visitor))
    listener.on_stop(visitor.page, "sign-in", True)  # noqa: FBT003 - see InspectionListener
    visitor.context.close()


def picture_of(page: Page) -> bytes:
    """Take a picture (PNG) of the page, with password and card fields covered. Raises Playwright's Error."""
    return page.screenshot(mask=[page.locator(_SECRET)], mask_color="#cbd2d9", timeout=_LIMIT)
