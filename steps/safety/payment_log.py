"""The log of a run's payments: one file for all workers of the run, written before Pay is pressed."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 - msgspec reads the types of a line at run time
from typing import TYPE_CHECKING

import msgspec
from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST_WAIT = 30
"""Longest wait for the lock, in seconds; it is held only while a line is written."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line: an authorized payment, or another amount of one, or, with `outcome`, its result.

    Amounts are in units of `currency`.

    It contains no card, account or session; `session` is a digest that only distinguishes sessions.
    """

    payment: str
    at: str
    kind: str = ""
    host: str = ""
    session: str = ""
    amount: Decimal | None = None
    currency: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Payment:
    """A payment of the run: its entry and its outcome ("" while unknown)."""

    entry: Entry
    outcome: str


class PaymentLog:
    """The payments of one run, in a file of JSON lines."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = FileLock(f"{file}.lock", timeout=_LONGEST_WAIT)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the log, so that reading and appending are one step for all workers."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            yield

    def payments(self) -> list[Payment]:
        """Return the payments so far.

        Raises msgspec.DecodeError for a damaged line, since no sum would be reliable then.
        """
        if not self.file.exists():
            return []
        entries = [msgspec.json.decode(line, type=Entry) for line in self.file.read_bytes().splitlines()]
        outcomes = {entry.payment: entry.outcome for entry in entries if entry.outcome}
        amounts = {entry.payment: entry.amount for entry in entries if not entry.outcome}
        return [
            Payment(msgspec.structs.replace(entry, amount=amounts[entry.payment]), outcomes.get(entry.payment, ""))
            for entry in entries if entry.kind
        ]  # fmt: skip

    def append(self, *, kind: str, host: str, session: str, amount: Decimal, currency: str) -> str:
        """Append a payment and flush it to the disk; returns its identifier."""
        name = uuid.uuid4().hex
        self._write(Entry(name, _now(), kind, host, session, amount, currency))
        return name

    def note_amount(self, payment: str, amount: Decimal) -> None:
        """Append another amount of a payment; the log is locked by whom calls it."""
        self._write(Entry(payment, _now(), amount=amount))

    def record_outcome(self, payment: str, outcome: str) -> None:
        """Append the outcome of a payment."""
        with self.locked():
            self._write(Entry(payment, _now(), outcome=outcome))

    def _write(self, entry: Entry) -> None:
        with self.file.open("ab") as file:
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
