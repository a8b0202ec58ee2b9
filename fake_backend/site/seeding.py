"""Making a workspace ready in one transaction."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fake_backend.site import billing_cycle, ledger
from fake_backend.site.model import PACKAGES, PLANS_BY_NAME, Grant
from fake_backend.site.passwords import hashed
from fake_backend.site.repository import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fake_backend.database import Transaction
    from fake_backend.site.repository import Core

DAY = 86_400


class SeedError(ValueError):
    """What was asked for cannot be made; the message says why."""


@dataclass(frozen=True)
class MemberSeed:
    """A person to be; without an e-mail address or password one is made up."""

    name: str = "Ada Lovelace"
    email: str | None = None
    password: str | None = None
    role: str = "Owner"


@dataclass(frozen=True)
class Seed:
    """A workspace to be. Credits are credits; `monthly_credits` defaults to the plan's; `invoices` are past ones."""

    name: str = "Analytical Engines"
    plan: str = "Pro Internal"
    monthly_credits: int | None = None
    used_credits: int = 0
    add_on_credits: int = 0
    members: Sequence[MemberSeed] = (MemberSeed(),)
    invoices: int = 0
    variant: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[str] = ()
    information: Mapping[str, str] | None = None


@dataclass(frozen=True)
class SeededMember:
    """A member who can sign in with this password."""

    id: str
    name: str
    email: str
    password: str
    role: str


@dataclass(frozen=True)
class Seeded:
    """A workspace that is there now."""

    id: str
    name: str
    members: tuple[SeededMember, ...]
    variant: Mapping[str, str]
    faults: tuple[str, ...]
    sign_in_url: str


def seed(core: Core, wanted: Seed) -> Seeded:
    """Make a workspace; raises `SeedError`, and `UnknownFaultError` for a fault that is in no catalogue."""
    if wanted.plan not in PLANS_BY_NAME:
        raise SeedError(f"There is no plan named {wanted.plan!r}: there are {', '.join(PLANS_BY_NAME)}.")
    if not wanted.members:
        raise SeedError("A workspace needs a member.")
    core.config.hooks.with_faults(tuple(wanted.faults))
    workspace_id = new_id("ws")
    monthly = PLANS_BY_NAME[wanted.plan].credits if wanted.monthly_credits is None else wanted.monthly_credits
    if not 0 <= wanted.used_credits <= monthly:
        raise SeedError(f"used_credits must be between 0 and the monthly credits ({monthly}).")
    members = [_member(member) for member in wanted.members]
    try:
        with core.db.transaction() as tx:
            _workspace(tx, workspace_id, wanted, monthly)
            _members(tx, workspace_id, members)
            _credits(tx, workspace_id, monthly, wanted)
            _invoices(tx, workspace_id, wanted.invoices)
            _flow(tx, workspace_id)
    except sqlite3.IntegrityError as error:
        raise SeedError("An e-mail address belongs to another member already.") from error
    return Seeded(
        workspace_id, wanted.name, tuple(members), dict(wanted.variant), tuple(wanted.faults),
        f"{core.config.site_url}/sign-in?workspace={workspace_id}",
    )  # fmt: skip


def _member(wanted: MemberSeed) -> SeededMember:
    member_id = new_id("mem")
    email = wanted.email or f"{member_id[4:14]}@example.com"
    return SeededMember(member_id, wanted.name, email, wanted.password or secrets.token_urlsafe(9), wanted.role)


def _workspace(tx: Transaction, workspace_id: str, wanted: Seed, monthly: int) -> None:
    now = time.time()
    tx.execute(
        "INSERT INTO workspaces (id, name, plan, monthly_credits, created, cycle_start, cycle_end, variant, faults,"
        " information, invoice_prefix, invoice_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            workspace_id, wanted.name, wanted.plan, monthly, now, now, billing_cycle.month_later(now),
            json.dumps(dict(wanted.variant)), json.dumps(list(wanted.faults)),
            json.dumps(dict(wanted.information)) if wanted.information else None,
            secrets.token_hex(4).upper(), wanted.invoices,
        ],
    )  # fmt: skip


def _members(tx: Transaction, workspace_id: str, members: Sequence[SeededMember]) -> None:
    """Add the members; the first one has signed in the day before, the others never."""
    logins = [time.time() - DAY, *[None] * len(members)]
    tx.many(
        "INSERT INTO members (id, workspace_id, name, email, password_hash, role, last_login)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            [who.id, workspace_id, who.name, who.email, hashed(who.password), who.role, login]
            for who, login in zip(members, logins, strict=False)
        ],
    )


def _credits(tx: Transaction, workspace_id: str, monthly: int, wanted: Seed) -> None:
    now = time.time()
    ledger.add(tx, now, Grant(workspace_id, "monthly", monthly, "grant", "Monthly credits"))
    if wanted.used_credits:
        ledger.add(tx, now, Grant(workspace_id, "monthly", -wanted.used_credits, "use", "Runs so far"))
    if wanted.add_on_credits:
        ledger.add(tx, now, Grant(workspace_id, "add_on", wanted.add_on_credits, "grant", "Add-on credits so far"))


def _invoices(tx: Transaction, workspace_id: str, count: int) -> None:
    """Write past invoices, the oldest first, as if packages had been bought in turn.

    There is one every thirty days, but each third one is of the day before the next: some lie a day apart.
    """
    row = tx.row("SELECT invoice_prefix FROM workspaces WHERE id = ?", [workspace_id])
    assert row is not None
    now = time.time()
    tx.many(
        "INSERT INTO invoices (workspace_id, number, at, kind, description, amount, currency, status)"
        " VALUES (?, ?, ?, ?, ?, ?, 'usd', 'Paid')",
        [
            [workspace_id, f"{row['invoice_prefix']}-{n:04d}", _past_day(now, count - n + 1), *_past_goods(n)]
            for n in range(1, count + 1)
        ],
    )


def _past_day(now: float, back: int) -> float:
    return now - (back * 30 if back % 3 else (back - 1) * 30 + 1) * DAY


def _past_goods(n: int) -> tuple[str, str, int]:
    if n % 4 == 0:
        return "plan", "Pro plan", PLANS_BY_NAME["Pro"].price
    package = PACKAGES[n % len(PACKAGES)]
    return "credits", package.label, package.price


def _flow(tx: Transaction, workspace_id: str) -> None:
    tx.execute(
        "INSERT INTO flows (id, workspace_id, name, summary) VALUES (?, ?, ?, ?)",
        [new_id("flow"), workspace_id, "Support ticket summary", "Sums up a customer's message in a sentence."],
    )
