"""A deployment that this suite does not run: reached by its URL, with each account used by one scenario at a time."""

from __future__ import annotations

import contextlib
import shlex
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from steps.targets.account_pool import AccountPool
from steps.targets.capabilities import lacking, site_capabilities
from steps.targets.one_time_password import OneTimePasswords
from steps.targets.saved_sessions import SharedStates, load_session, session_file
from steps.targets.site_clock import SiteClock
from steps.targets.target import Account, Paid
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import StorageState

    from steps.targets.mailbox import Mailbox
    from steps.targets.profile import AccountEntry, Profile
    from steps.targets.target import WorkspaceSetup


class SiteTarget:
    """A site as its profile describes it.

    `sign_in` signs an account in by the site's form, or checks that the site still accepts its saved session. `shared`
    is a directory in which the workers of this run share the resulting storage states.
    """

    def __init__(self, profile: Profile, name: str, sign_in: Callable[[Account], StorageState], shared: Path) -> None:
        self.profile = profile
        self.name = name
        self._sign_in = sign_in
        self._states = SharedStates(shared)
        self._troubles: dict[str, UnverifiedError] = {}
        self.paid: defaultdict[str, Paid] = defaultdict(Paid)
        self.offered: frozenset[int] = frozenset()
        keys = [f"{profile.base} {entry.workspace or f'{entry.email} {entry.session}'}" for entry in profile.accounts]
        self._pool = AccountPool(keys, profile.limits.account)
        self._passwords = OneTimePasswords()
        self._clock = SiteClock(profile.clock) if profile.clock else None

    sets_up = False

    @property
    def is_exclusive(self) -> bool:
        """Whether its profile says so."""
        return self.profile.exclusive

    @property
    def capabilities(self) -> frozenset[str]:
        """The capabilities that its profile declares."""
        return site_capabilities(self.profile)

    @contextlib.contextmanager
    def account(self, start: WorkspaceSetup | None = None, *, with_another: bool = False) -> Iterator[Account]:
        """Acquire an account, waiting while all are in use by other workers and runs on this machine.

        What the scenario needs is earned there. One that needs credits to be gone is given the last workspace: so the
        others keep theirs, where there are several. One that needs colleagues is given a workspace that has some.
        """
        if not self.profile.accounts:
            raise NotVerifiedError(f'The target "{self.name}" has no accounts; add one to its profile.')
        uses_up = start is not None and {"gone credits", "few credits", "used add-on credits"} & {*start.needs}
        of = [entry.workspace for entry in self.profile.accounts]
        shared = [place for place, one in enumerate(of) if one is not None and of.count(one) > 1]
        among = shared if start is not None and start.colleagues else ()
        pool = self._pool
        lent = (
            pool.acquire_with_another(among=among)
            if with_another
            else pool.acquire(from_end=bool(uses_up), among=among)
        )
        with lent as place:
            turn = self._pool.begin_turn(place)
            yield replace(self._account(self.profile.accounts[place]), turn=turn)

    def colleague(self, account: Account) -> Account:
        """Return another member of the workspace, if the profile names one."""
        own = self._entry(account)
        for entry in self.profile.accounts:
            if entry is not own and entry.workspace == own.workspace is not None:
                return self._account(entry)
        raise lacking("colleague")

    def _account(self, entry: AccountEntry) -> Account:
        name = entry.email or f'the session "{entry.session}"'
        others = [one for one in self.profile.accounts if one is entry or one.workspace == entry.workspace is not None]
        everybody = tuple(one.email for one in others if one.email)
        return Account(
            name,
            entry.email or "",
            entry.password,
            entry.workspace,
            totp=entry.totp,
            key=_key(entry),
            everybody=everybody,
        )

    @contextlib.contextmanager
    def same_account(self, account: Account) -> Iterator[bool]:
        """Acquire the account again if it is free; yields whether no scenario on this machine has had it since."""
        place = self.profile.accounts.index(self._entry(account))
        with self._pool.acquire_again(place) as is_free:
            yield is_free and self._pool.turn(place) == account.turn

    def let_time_pass(self, account: Account) -> float:  # noqa: ARG002 - time passes by itself only
        """Return nothing: a site's clock is moved by days only, which would change more."""
        return 0.0

    def added_credits(self, account: Account) -> None:
        """Return nothing: the books of a site cannot be read."""

    def signed_in(self, account: Account) -> StorageState:
        """Return the storage state of a signed-in browser; each account signs in once in a run.

        Raises TargetUnavailableError if the account cannot sign in, NotVerifiedError if it lacks a one-time code,
        immediately if that was so before in this run.
        """
        key = account.key
        state = self._states.get(key)
        if state is None:
            if key in self._troubles:
                raise self._troubles[key]
            try:
                state = self._sign_in(self._with_saved_session(account))
            except UnverifiedError as error:
                self._troubles[key] = error
                raise
            self._states.put(key, state)
        return state

    def signed_in_anew(self, account: Account) -> StorageState | None:
        """Sign in by the page again; a saved session is used again in a new browser instead."""
        if account.password is None:
            return self.signed_in(account)
        state = self._sign_in(account)
        self._states.put(account.key, state)
        return state

    def session_ended(self, account: Account) -> str:
        """Record that the site asks the account to sign in again, and return the message for it."""
        self._states.forget(account.key)
        if account.password is None:
            again = _again(self._entry(account), self.name)
            return f"The saved session has ended: the site no longer accepts {account.name}; {again}."
        return f"The session of {account.email} has ended during the scenario: the site asks to sign in again."

    def move_clock(self, account: Account, to: str) -> None:
        """Move the account's clock by the hook of the profile. Raises NotVerifiedError without one."""
        if self._clock is None:
            raise lacking("clock")
        left = self.paid[account.key]
        left.days += self._clock.move(account.email, to)
        if to == "next-month" and left.next_plan:  # what was chosen for it has become the plan
            left.plan, left.downgraded_to, left.next_plan = "", left.next_plan, ""

    def unexpected_requests(self, account: Account) -> list[str]:  # noqa: ARG002 - a site keeps its journal to itself
        """Return nothing: a site does not publish its request log."""
        return []

    def mailbox(self, account: Account) -> Mailbox:  # noqa: ARG002 - one mailbox receives the mail of all accounts
        """Return the mailbox that the profile names. Raises NotVerifiedError without one."""
        if self.profile.mailbox is None:
            raise lacking("mail")
        from steps.targets.site_mailbox import site_mailbox

        return site_mailbox(self.profile.mailbox)

    def receipts_address(self, account: Account) -> str:
        """Return the profile's address for receipts, or another account's, whose mail is in the mailbox as well."""
        named = self.profile.mailbox and self.profile.mailbox.receipts
        others = (one.email for one in self.profile.accounts if one.email not in {None, account.email})
        address = named or next(others, None)
        if address is None:
            words = "No address for receipts is known whose mail arrives in the mailbox."
            raise NotVerifiedError(words, line='mailbox.receipts = "…"')
        return address

    def one_time_password(self, account: Account) -> str | None:
        """Return the next one-time password of the account's authenticator app."""
        return self._passwords.next(account.totp) if account.totp else None

    def now(self, account: Account) -> datetime:
        """Return the present time, or, where the site has a clock that can be moved, the account's day."""
        now = datetime.now(ZoneInfo(self.profile.zone))
        today = self._clock.now(account.email).today if self._clock else None
        if today is None and self.paid[account.key].days:
            raise NotVerifiedError("The clock of the account was moved, and its hook does not say which day it is now.")
        return now.replace(year=today.year, month=today.month, day=today.day) if today else now

    def trouble(self) -> str | None:
        """Return nothing: whether the site answers shows when it is visited."""
        return None

    def header(self) -> list[str]:
        """Return lines with the address, the accounts, the late look, and problems of saved sessions."""
        late = f"late look: {self.profile.limits.late:g} s after the last purchase, at what the account shows by then"
        pays = self.profile.payments.allow != "none"
        return [describe_target(self.profile, self.name), *[late] * pays, *session_troubles(self.profile, self.name)]

    def facts(self) -> dict[str, Any]:
        """Return name and address, and what was paid for, which stays."""
        keys = [_key(entry) for entry in self.profile.accounts]
        left = "; ".join(f"account {keys.index(key) + 1}: {paid}" for key, paid in self.paid.items() if str(paid))
        return {"name": self.name, "address": self.profile.base} | ({"left behind": left} if left else {})

    def _with_saved_session(self, account: Account) -> Account:
        entry = self._entry(account)
        if entry.session is None:
            return account
        return replace(account, storage_state=_saved(entry, self.profile, self.name))

    def _entry(self, account: Account) -> AccountEntry:
        return next(entry for entry in self.profile.accounts if _key(entry) == account.key)


def describe_target(profile: Profile, name: str, workers: int = 1) -> str:
    """Return one line with the target's address and whether each worker has an account of its own."""
    count = len(profile.accounts)
    accounts = f"{count} account{'s' if count != 1 else ''}" if count else "no accounts"
    waiting = f" for {workers} workers: scenarios wait for each other" if 0 < count < workers else ""
    return f"target: {name} at {profile.base}, {accounts}{waiting}"


def session_troubles(profile: Profile, name: str) -> list[str]:
    """Check the saved sessions before the run starts, and return a sentence for each that cannot be used."""
    found = []
    for entry in profile.accounts:
        if entry.session:
            try:
                _saved(entry, profile, name)
            except TargetUnavailableError as error:
                found.append(f"session: {error}")
    return found


def _saved(entry: AccountEntry, profile: Profile, name: str) -> StorageState:
    return load_session(session_file(name, str(entry.session)), profile, _again(entry, name))


def _again(entry: AccountEntry, name: str) -> str:
    named = "" if entry.session == "default" else f" --as {shlex.quote(str(entry.session))}"
    return f"create a new one with `acceptance sign-in --target {name}{named}`"


def _key(entry: AccountEntry) -> str:
    return f"{entry.email or ''} {entry.session or ''}"
