"""A target to visit outside of pytest, with an account and browser contexts."""

from __future__ import annotations

import contextlib
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from steps.actors.authentication import signed_in_state
from steps.actors.member import Member
from steps.browser.discovery import context_options
from steps.browser.session_storage import open_context
from steps.safety.spend_guard import SpendGuard
from steps.targets.fake_process import FakeProcess
from steps.targets.fake_target import FakeTarget
from steps.targets.site_target import SiteTarget
from steps.targets.test_identities import PersonFactory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, StorageState

    from steps.targets.profile import Profile
    from steps.targets.target import Account, Target, WorkspaceSetup


class Visit:
    """A visit to a target, with an account that nothing else uses meanwhile."""

    def __init__(self, target: Target, account: Account, browser: Browser, payment_log: Path) -> None:
        self.target = target
        self.account = account
        self._browser = browser
        self.browser_name = f"{browser.browser_type.name} {browser.version}"
        self._guard = SpendGuard(target.profile, payment_log)

    def member(self, state: StorageState | None = None) -> Member:
        """Open a browser context for the account's member, signed in if a `state` is passed."""
        context = open_context(partial(self._browser.new_context, **context_options(self.target.profile)), state)
        return Member(self.target, self.account, self._guard, context)


@contextlib.contextmanager
def open_visit(
    profile: Profile, name: str, browser: Browser, faults: Sequence[str] = (), start: WorkspaceSetup | None = None
) -> Iterator[Visit]:
    """Visit a target; a fake gets these `faults`, and a workspace that begins as `start` says.

    Raises NotVerifiedError without accounts, TargetUnavailableError if the account cannot sign in, and ControlError if
    the fake knows no such variant or fault.
    """
    with tempfile.TemporaryDirectory(prefix="diaflow-acceptance-") as own, contextlib.ExitStack() as ending:
        place = Path(own)

        def sign_in(account: Account) -> StorageState:
            visit = Visit(target, account, browser, place / "payments.jsonl")
            return signed_in_state(visit.member(account.storage_state))

        target: Target
        if profile.kind == "fake":
            fake = FakeProcess(place / "fake.log")
            ending.callback(fake.stop)
            people = PersonFactory(seed=1)
            people.use_scenario("doctor")
            target = FakeTarget(profile, fake.address(), people, list(faults), fake)
        else:
            target = SiteTarget(profile, name, sign_in, place / "sessions")
        account = ending.enter_context(target.account(start if profile.kind == "fake" else None))
        yield Visit(target, account, browser, place / "payments.jsonl")
