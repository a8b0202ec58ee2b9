"""The ledger of a run's payments: a file that all workers of the run share, appended before Pay is pressed."""

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
"""Seconds: nobody holds the ledger for longer than it takes to write a line."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line: a payment that was permitted, or, with `outcome`, what came of one. Amounts are in units of `currency`.

    No card, no account and no session stand in it; `session` is a digest that only tells sessions apart.
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
    """A payment of the run: its entry, and what came of it ("" while nothing is known)."""

    entry: Entry
    outcome: str


class Ledger:
    """The payments of one run, in a file of JSON lines."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = FileLock(f"{file}.lock", timeout=_LONGEST_WAIT)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other worker from the ledger, so that reading and appending are one step."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            yield

    def payments(self) -> list[Payment]:
        """Read the payments so far. Raises msgspec.DecodeError when a line is damaged: then no sum can be trusted."""
        if not self.file.exists():
            return []
        entries = [msgspec.json.decode(line, type=Entry) for line in self.file.read_bytes().splitlines()]
        outcomes = {entry.payment: entry.outcome for entry in entries if entry.outcome}
        return [Payment(entry, outcomes.get(entry.payment, "")) for entry in entries if not entry.outcome]

    def append(self, *, kind: str, host: str, session: str, amount: Decimal, currency: str) -> str:
        """Write a payment down, on the disk before anything else happens; gives its name in the ledger."""
        name = uuid.uuid4().hex
        self._write(Entry(name, _now(), kind, host, session, amount, currency))
        return name

    def record_outcome(self, payment: str, outcome: str) -> None:
        """Write down what came of a payment."""
        with self.locked():
            self._write(Entry(payment, _now(), outcome=outcome))

    def _write(self, entry: Entry) -> None:
        with self.file.open("ab") as file:
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
