"""Carries the stages out, one after the other, and remembers what was done: a proof that was broken off goes on."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.tools.proof.stages import Stage

_FILE = "proof.json"
UNKNOWN = "unknown"
"""The state of what is no Git checkout; nothing that was proved of it is taken over."""


class Done(Struct):
    """A stage that was carried out to its end: whether its goal is reached, what it said, seconds, when (UTC)."""

    name: str
    is_reached: bool
    figure: str
    seconds: float
    at: str
    state: str


def state_of(root: Path) -> str:
    """Return the commit, with "+" where files were changed since; `UNKNOWN` where Git knows nothing of the place."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with suppress(OSError, subprocess.CalledProcessError):
        return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "-uno") else "")
    return UNKNOWN


def carry_out(stages: Sequence[Stage], root: Path, place: Path, *, anew: bool) -> Iterator[tuple[Stage, Done | None]]:
    """Yield each stage before it begins (with None) and once it is done; what was done of this commit is taken over.

    Raises OSError where the results cannot be written.
    """
    state = state_of(root)
    place.mkdir(parents=True, exist_ok=True)
    done = {} if anew else {one.name: one for one in known(place) if one.state == state}
    is_certain = state != UNKNOWN and not state.endswith("+")
    for stage in stages:
        if stage.name in done and is_certain:
            yield stage, done[stage.name]
            continue
        yield stage, None
        done[stage.name] = _run(stage, root, place, state)
        (place / _FILE).write_bytes(msgspec.json.format(msgspec.json.encode(list(done.values()))))
        yield stage, done[stage.name]


def known(place: Path) -> list[Done]:
    """Return what was carried out before; nothing where no file says so, or none that can be read."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((place / _FILE).read_bytes(), type=list[Done])
    return []


def _run(stage: Stage, root: Path, place: Path, state: str) -> Done:
    began, file = time.monotonic(), place / f"{stage.name}.txt"
    environment = {**os.environ, "COLUMNS": "160", **stage.environment}
    with file.open("w", encoding="utf-8") as output:
        ended = subprocess.run(
            stage.command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    figure = stage.figure(file.read_text(encoding="utf-8", errors="replace"))
    seconds = time.monotonic() - began
    return Done(stage.name, ended.returncode == 0, figure, seconds, f"{datetime.now(UTC):%Y-%m-%d %H:%M}", state)
