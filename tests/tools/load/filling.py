"""Databases of a given size: a workspace with a purchase, created by the fake itself and copied in SQL.

So every row is as the fake writes it, and the ledger's own triggers maintain the balances.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.tools.load.serving import Buyer, control, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FIRST_ENTRIES = 2
"""Ledger entries of the copied workspace: its monthly credits, and the package that it bought."""


@dataclass(frozen=True)
class Size:
    """The size of a database; all workspaces have the same number of ledger entries."""

    workspaces: int
    entries: int

    def __str__(self) -> str:
        return f"{self.workspaces:,} workspaces, {self.entries:,} ledger rows"


def workspace(number: int) -> str:
    """Return the id of a workspace of a filled database; they count from 1."""
    return f"ws_{number}"


def fill(site_file: Path, size: Size) -> None:
    """Create a database of this size, and the processor's beside it; neither file may exist."""
    with running("--database", str(site_file)) as fake:
        model = control(fake, "/workspaces", {"monthly_credits": size.entries})["id"]
        Buyer(fake, model).purchase()
    with _opened(site_file) as site:
        _copy_site(site, model, size)
    with _opened(site_file.with_name(f"{site_file.stem}-processor{site_file.suffix}")) as processor:
        _copy_processor(processor, size.workspaces)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # a file that a failing machine spoils is made anew
        with connection:
            yield connection


def _copy_site(site: sqlite3.Connection, model: str, size: Size) -> None:
    whose = f"source.workspace_id = '{model}'"
    of, member, purchase = {"workspace_id": "'ws_' || i"}, {"id": "'mem_' || i"}, {"id": "'pur_' || i"}
    bought = {"session_id": "'cs_test_' || i"}
    number = size.workspaces
    prefix = {"id": "'ws_' || i", "invoice_prefix": "'LOAD' || i"}
    _copy(site, "workspaces", number, prefix, f"source.id = '{model}'")
    _copy(site, "members", number, of | member | {"email": "'load' || i || '@example.com'"}, whose)
    _copy(site, "purchases", number, of | purchase | bought | {"member_id": "'mem_' || i"}, whose)
    _copy(site, "ledger", number, of | {"id": "NULL"}, f"{whose} AND kind = 'grant'")
    _copy(site, "ledger", number, of | bought | {"id": "NULL"}, f"{whose} AND kind = 'purchase'")
    invoice = {"id": "NULL", "number": "'LOAD' || i || '-0001'", "purchase_id": "'pur_' || i"}
    _copy(site, "invoices", number, of | invoice, whose)
    _copy(site, "mail", number, of | {"id": "NULL"}, whose)
    _copy(site, "flows", number, of | {"id": "'flow_' || i"}, whose)
    used = of | {"id": "NULL", "kind": "'use'", "credits": "-1", "note": "'Run'"}
    # One round after the other, so that the entries of a workspace are scattered as they are after a month.
    for _ in range(size.entries // number - _FIRST_ENTRIES):
        _copy(site, "ledger", number, used, f"{whose} AND kind = 'grant'")


def _copy_processor(processor: sqlite3.Connection, number: int) -> None:
    processor.execute("CREATE TEMP TABLE kinds AS SELECT id, type FROM events")
    kinds = [row[0] for row in processor.execute("SELECT DISTINCT type FROM events")]
    session, payment, key = "'cs_test_' || i", "'pi_' || i", "'key_' || i"
    of = {"seq": "NULL", "reference": "'ws_' || i"}
    _copy(processor, "sessions", number, of | {"id": session, "payment_intent": payment})
    _copy(processor, "payment_intents", number, {"id": payment, "session": session})
    for kind in kinds:
        event = f"'evt_{kind}_' || i"
        _copy(processor, "events", number, of | {"id": event}, f"source.type = '{kind}'")
        told = {"id": "NULL", "reference": "'ws_' || i", "event": event}
        of_kind = f"source.event IN (SELECT id FROM kinds WHERE type = '{kind}')"  # noqa: S608 - as the fake wrote it
        _copy(processor, "deliveries", number, told, of_kind)
    _copy(processor, "idempotency", number, {"key": key})


def _copy(connection: sqlite3.Connection, table: str, number: int, new: Mapping[str, str], which: str = "true") -> None:
    """Copy a row that many times; `new` maps columns to expressions in which `i` counts from 1."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = [new.get(column, f"source.{column}") for column in columns]
    counted = "WITH RECURSIVE copies (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < ?)"
    row = f"(SELECT * FROM {table} AS source WHERE {which} LIMIT 1) AS source"  # noqa: S608 - our own names
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) {counted} SELECT {', '.join(values)} FROM copies, {row}",  # noqa: S608
        [number],
    )
