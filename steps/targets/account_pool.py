"""Accounts that one scenario at a time may use, across all workers and runs on this machine.

An account in use is a locked file. The operating system releases the lock when the process that holds it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_random

from steps.targets.state_directory import state_directory
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_RETRY_DELAY_S = (0.1, 0.3)
"""Range, in seconds, of the random delay between two attempts, so that waiting processes do not retry in step."""

_SECOND_S = 60.0
"""Longest wait, in seconds, for a second account while one is held that others may be waiting for."""


class AccountPool:
    """The accounts of one target, each identified by a text; of those with the same text one is lent at a time."""

    def __init__(self, accounts: list[str], longest_wait: float) -> None:
        directory = state_directory("accounts")
        names = self._names = [hashlib.sha256(account.encode()).hexdigest()[:24] for account in accounts]
        self._turns = [directory / f"{name}.turn" for name in names]
        self._locks = [FileLock(directory / f"{name}.lock") for name in names]
        every = hashlib.sha256("\n".join(sorted(set(accounts))).encode()).hexdigest()[:24]
        self._pair = FileLock(directory / f"{every}.pair")
        self._longest_wait = longest_wait
        self._last = 0
        self._held: set[str] = set()

    @contextlib.contextmanager
    def acquire_with_another(self, *, among: Collection[int] = ()) -> Iterator[int]:
        """Acquire a free account as `acquire` does, for who is going to acquire a second one in the same context.

        One at a time holds an account so: two would hold what the other waits for. Raises as `acquire` does.
        """
        try:
            self._pair.acquire(timeout=self._longest_wait)
        except Timeout:
            raise self._none_free(self._longest_wait) from None
        try:
            with self.acquire(among=among) as place:
                yield place
        finally:
            self._pair.release()

    @contextlib.contextmanager
    def acquire(self, *, from_end: bool = False, among: Collection[int] = ()) -> Iterator[int]:
        """Acquire a free account, given as its index in the list, for the duration of the context.

        `from_end` prefers the last ones of the list; where `among` names some, the first to be held is one of those,
        however long that takes. Raises NotVerifiedError if none becomes free within the longest
        wait; whoever holds an account already waits a short while, since another may be waiting for that one.
        """
        is_alone = not self._held or self._pair.is_locked
        longest = self._longest_wait if is_alone else min(self._longest_wait, _SECOND_S)
        waiting = Retrying(
            stop=stop_after_delay(longest),
            wait=wait_random(*_RETRY_DELAY_S),
            retry=retry_if_result(lambda place: place is None),
        )
        try:
            place = waiting(self._take, from_end=from_end, among=() if self._held else among)
            assert place is not None
        except RetryError:
            raise (self._none_free(longest) if is_alone else self._no_second_free(longest)) from None
        if not (from_end or self._held):
            self._last = place
        self._held.add(self._names[place])
        try:
            yield place
        finally:
            self._held.discard(self._names[place])
            self._locks[place].release()

    @staticmethod
    def _none_free(longest: float) -> NotVerifiedError:
        return NotVerifiedError(
            f"No account became free within {longest:g} s: add accounts to the target, or raise limits.account."
        )

    @staticmethod
    def _no_second_free(longest: float) -> NotVerifiedError:
        return NotVerifiedError(
            f"No second account became free within {longest:g} s, while this scenario held one: add accounts to the "
            "target, or run fewer workers."
        )

    @contextlib.contextmanager
    def acquire_again(self, place: int) -> Iterator[bool]:
        """Acquire this account without waiting; yields whether it was free."""
        try:
            self._locks[place].acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            self._locks[place].release()

    def begin_turn(self, place: int) -> int:
        """Count one use more of an acquired account, and return its number."""
        number = self.turn(place) + 1
        self._turns[place].write_text(str(number), encoding="utf-8")
        return number

    def turn(self, place: int) -> int:
        """Return the number of the last use of an account."""
        try:
            return int(self._turns[place].read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def _take(self, *, from_end: bool, among: Collection[int] = ()) -> int | None:
        """Lock a free account if there is one, preferably the last one used, whose session is still valid.

        Of three or more, the last is lent when all others are: what was bought there could not be used up.
        """
        places = list(range(len(self._locks)))
        spared = self._names[-1] if len(set(self._names)) > 2 else ""
        usual = sorted(places, key=lambda one: (self._names[one] == spared, one != self._last))
        order = reversed(places) if from_end else usual
        for place in order:
            if among and place not in among:
                continue
            if self._names[place] in self._held:  # a lock lets its own process in a second time
                continue
            with contextlib.suppress(Timeout):
                self._locks[place].acquire(timeout=0)
                return place
        return None
