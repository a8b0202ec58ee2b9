"""A deployment that is not ours: reached by its address alone, with accounts that are lent to one scenario at a time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from filelock import FileLock, Timeout

from steps.targets.target import Account
from steps.targets.verdict import NotVerifiedError, TroubleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import StorageState

    from steps.targets.profile import AccountEntry, Profile
    from steps.targets.target import Start

_LONGEST_WAIT = 600


class SiteTarget:
    """A site as its profile describes it."""

    def __init__(self, profile: Profile, name: str, sign_in: Callable[[Account], StorageState]) -> None:
        self.profile = profile
        self.name = name
        self._sign_in = sign_in
        self._states: dict[str, StorageState] = {}

    @property
    def abilities(self) -> frozenset[str]:
        """A site can be asked to sign in where it has a password form, and to be paid where its profile allows."""
        ways = {"sign-in"} if self.profile.sign_in.way == "password" else set()
        return frozenset(ways | ({"payments"} if self.profile.payments.allow != "none" else set()))

    @contextlib.contextmanager
    def account(self, start: Start | None = None) -> Iterator[Account]:
        """Lend one account, across workers and runs on this machine; wait while all are lent."""
        if start is not None:
            raise NotVerifiedError("The workspace of a site begins as it is; no scenario can say otherwise.")
        entry, lock = self._lease()
        try:
            account = Account(name=entry.email or "the saved session", email=entry.email or "", password=entry.password)
            yield Account(account.name, account.email, account.password, None, self._state(entry, account))
        finally:
            lock.release()

    def signed_in_anew(self, account: Account) -> StorageState | None:
        """Sign in by the page again; a saved session can only be used again in a new browser."""
        if self.profile.sign_in.way == "session":
            return account.storage_state
        return self._sign_in(account)

    def move_clock(self, account: Account, to: str) -> None:
        """No site lets its clock be moved."""
        raise NotVerifiedError(f"The clock of a site cannot be moved to {to} for {account.name}.")

    def unexpected_requests(self, account: Account) -> list[str]:  # noqa: ARG002 - a site keeps its journal to itself
        """A site keeps its journal to itself."""
        return []

    def mailed_code(self, account: Account) -> str | None:  # noqa: ARG002 - no mail is read
        """Nobody's mail is read."""
        return None

    def receipts_sent_to(self, account: Account) -> list[str]:
        """Nobody's mail is read."""
        raise NotVerifiedError(f"The mail of {account.name} cannot be read.")

    def trouble(self) -> str | None:
        """Whether the site answers shows when it is visited."""
        return None

    def header(self) -> list[str]:
        """Name the address and how many accounts there are."""
        count = len(self.profile.accounts)
        accounts = f"{count} account{'s' if count != 1 else ''}, each lent to one scenario at a time"
        return [f"target: {self.name} at {self.profile.base}, {accounts}"]

    def facts(self) -> dict[str, Any]:
        """Give name and address."""
        return {"name": self.name, "address": self.profile.base}

    def _lease(self) -> tuple[AccountEntry, FileLock]:
        if not self.profile.accounts:
            raise NotVerifiedError(f'The target "{self.name}" has no accounts; add one to its profile.')
        locks = [(entry, FileLock(self._lock_file(entry))) for entry in self.profile.accounts]
        for entry, lock in locks:
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                return entry, lock
        entry, lock = locks[hash(str(self._lock_file(locks[0][0]))) % len(locks)]
        try:
            lock.acquire(timeout=_LONGEST_WAIT, poll_interval=0.2)
        except Timeout:
            raise NotVerifiedError(f"No account of {self.name} was free within {_LONGEST_WAIT} s.") from None
        return entry, lock

    def _lock_file(self, entry: AccountEntry) -> Path:
        directory = Path(tempfile.gettempdir()) / "diaflow-acceptance"
        directory.mkdir(exist_ok=True)
        key = hashlib.sha256(f"{self.profile.base} {entry.email} {entry.session}".encode()).hexdigest()[:24]
        return directory / f"{key}.lock"

    def _state(self, entry: AccountEntry, account: Account) -> StorageState:
        key = entry.email or entry.session or ""
        if key not in self._states:
            self._states[key] = self._saved(entry) if entry.session else self._sign_in(account)
        return self._states[key]

    def _saved(self, entry: AccountEntry) -> StorageState:
        file = Path(str(entry.session)).expanduser()
        try:
            return cast("StorageState", json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            raise TroubleError(
                f"The saved session {file} cannot be read; make it anew with `acceptance sign-in --target {self.name}`."
            ) from None
