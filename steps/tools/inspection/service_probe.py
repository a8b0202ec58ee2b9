"""The stops beside the pages: the mailbox and the clock that a profile names. Nothing is changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.targets.site_clock import SiteClock
from steps.tools.inspection.finding import Finding, State
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.targets.target import Account, Target


def inspect_services(target: Target, account: Account, on_finding: Callable[[Finding], None]) -> None:
    """Report whether mailbox and clock of the profile can be used; a scenario that needs one is not verified else."""
    for what, look in (("mailbox", _mailbox), ("clock", _clock)):
        if getattr(target.profile, what) is not None:
            try:
                on_finding(Finding(what, State.FOUND, look(target, account)))
            except NotVerifiedError as error:
                on_finding(Finding(what, State.DIFFERS, str(error)))


def _mailbox(target: Target, account: Account) -> str:
    if not account.email:
        raise NotVerifiedError("Which mail is that of a saved session is not known: give its email beside it.")
    count = len(target.mailbox(account).known(account.email))
    return f"{count} message{'' if count == 1 else 's'} to {account.email}"


def _clock(target: Target, account: Account) -> str:
    assert target.profile.clock is not None
    now = SiteClock(target.profile.clock).now(account.email)
    if now.days_left is None:
        raise NotVerifiedError("answers, and does not say how many days of the billing cycle are left (days_left)")
    today = f", today is {now.today}" if now.today else ", which day it is is not said (today)"
    return f"{now.days_left:g} days of the billing cycle are left{today}"
