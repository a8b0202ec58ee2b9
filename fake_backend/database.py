"""One SQLite database, shared by the threads of a server.

A database given a file survives `kill -9` at any moment: the journal is write-ahead and every commit reaches the disk
before it returns. Without a file it lives in memory and ends with the process.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from filelock import BaseFileLock


class Transaction:
    """What may be done between BEGIN and COMMIT; made by `Database.transaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """Carry out one statement and return the number of rows it changed (-1 where SQLite does not count)."""
        return self._connection.execute(sql, params).rowcount

    def many(self, sql: str, params: Sequence[Sequence[Any]]) -> None:
        """Carry out one statement for each of the given rows."""
        self._connection.executemany(sql, params)

    def row(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Row | None:
        """Return the first row of the answer, or None."""
        found: sqlite3.Row | None = self._connection.execute(sql, params).fetchone()
        return found

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of the answer; a column is read by its name."""
        return self._connection.execute(sql, params).fetchall()


def _is_database(path: Path) -> bool:
    """Whether a file begins as databases do; SQLite itself takes a text of a few bytes for an empty one."""
    with path.open("rb") as stream:
        return stream.read(16) == b"SQLite format 3\0"


class Database:
    """One connection behind one lock, in memory when no path is given.

    `schema` is carried out at each start and therefore says CREATE … IF NOT EXISTS throughout. A file belongs to one
    process at a time. Raises `sqlite3.Error` when it is no database, is damaged, in use, or cannot be written.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._busy = False
        self._lock_file: BaseFileLock | None = None
        # Every use is behind the lock, so that the threads of a server may share the connection.
        if path is not None and path.is_file() and path.stat().st_size and not _is_database(path):
            raise sqlite3.DatabaseError("file is not a database")  # a short text would be overwritten
        self._connection = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None, cached_statements=512
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA foreign_keys = ON")
        if path is not None:
            self._take(path)
        self._connection.executescript(schema)

    def _take(self, path: Path) -> None:
        """Take the file for this process, and see that it is whole."""
        from filelock import FileLock, Timeout  # not needed without a file

        self._connection.execute("PRAGMA schema_version")  # what is no database is left as it is
        self._lock_file = FileLock(f"{path}.lock", timeout=0)
        try:
            self._lock_file.acquire()
        except Timeout as error:
            raise sqlite3.OperationalError("another fake is using it") from error
        try:
            problem = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0].splitlines()[-1]
        except sqlite3.DatabaseError as error:
            problem = str(error)
        if problem != "ok":
            raise sqlite3.DatabaseError(f"{path.name} is damaged ({problem})")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the database alone: all of the block is kept, or, when it raises, nothing.

        Raises `RuntimeError` when the thread is in a transaction already: its outer part would not be kept with it.
        """
        with self._lock:
            if self._busy:
                raise RuntimeError("This thread is in a transaction already; pass that one on instead.")
            self._busy = True
            try:
                yield from self._begin_and_end()
            finally:
                self._busy = False

    def _begin_and_end(self) -> Iterator[Transaction]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(self._connection)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def row(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Row | None:
        """Return the first row of the answer, or None."""
        with self._lock:
            return Transaction(self._connection).row(sql, params)

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of the answer; a column is read by its name."""
        with self._lock:
            return Transaction(self._connection).rows(sql, params)

    def dump(self) -> list[str]:
        """Return all that is in the database, as SQL statements."""
        with self._lock:
            return list(self._connection.iterdump())

    def close(self) -> None:
        """Close the connection; a database in memory is gone with it."""
        with self._lock:
            self._connection.close()
            if self._lock_file is not None:
                self._lock_file.release()
