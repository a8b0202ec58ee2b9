"""The load command, with numbers so small that only its working is seen."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.tools.load.driving import percentile
from tests.tools.load.filling import Size, fill, workspace

if TYPE_CHECKING:
    from pathlib import Path

LITTLE = {"workspaces": 4, "entries": 24, "rounds": 1, "requests": 2, "purchases": 2, "buyers": 2, "starts": 1}


def test_a_filled_database_holds_what_was_asked_for(tmp_path: Path) -> None:
    fill(tmp_path / "some.db", Size(workspaces=5, entries=50))
    with contextlib.closing(sqlite3.connect(tmp_path / "some.db")) as site:
        entries = site.execute("SELECT count(*) FROM ledger WHERE workspace_id != ?", [model(site)]).fetchone()[0]
        per_workspace = site.execute(
            "SELECT count(*), sum(credits) FROM ledger WHERE workspace_id = ? AND pool = 'monthly'", [workspace(5)]
        ).fetchone()
        balance = site.execute(
            "SELECT remaining, used FROM balances WHERE workspace_id = ? AND pool = 'monthly'", [workspace(5)]
        ).fetchone()
        assert (entries, per_workspace, balance) == (50, (9, 42), (42, 8))
    with contextlib.closing(sqlite3.connect(tmp_path / "some-processor.db")) as processor:
        paid = processor.execute("SELECT count(*) FROM sessions WHERE payment_status = 'paid'").fetchone()[0]
    assert paid == 6


def model(site: sqlite3.Connection) -> str:
    """Return the workspace that the others are copies of."""
    found: str = site.execute("SELECT id FROM workspaces WHERE id NOT GLOB 'ws_[1-5]'").fetchone()[0]
    return found


@pytest.mark.nightly
def test_it_prints_both_sizes_and_complains_of_what_is_over_a_limit() -> None:
    given = LITTLE | {"slower": 1_000, "start-limit": 0.001}
    options = [word for name, value in given.items() for word in (f"--{name}", str(value))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.tools.load", *options], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1, done.stderr
    for line in ("large: 4 workspaces, 24 ledger rows", "a whole purchase", "in memory", "Load average"):
        assert line in done.stdout
    assert done.stdout.count("0.001 s is the limit") == 3
    assert "times slower" not in done.stdout


def test_a_percentile_is_what_the_share_stays_below() -> None:
    assert percentile(range(1, 101), 0.5) == 51
    assert percentile(range(1, 101), 0.99) == 100
    assert percentile([3.0], 0.99) == 3.0
