"""Runs a command to its end and measures time, processor time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_EVERY = 0.25
"""Interval of memory measurements, in seconds: short enough for a run of seconds, too long to slow it down."""
_LONGEST = 1800
"""Seconds after which a run counts as hung."""
_MB = 1_000_000


class FailedRunError(Exception):
    """A measured run failed, so its time means nothing. The message ends with the last lines of its output."""


@dataclass(frozen=True)
class Measured:
    """One run. Times in seconds, memory in megabytes."""

    seconds: float
    processor: float
    """Processor time of the process and its finished children; 0 where the system does not report it."""
    python: float
    """Peak memory of all Python processes together, without browser, driver and fake."""
    everything: float
    """Peak memory of all processes; shared memory counts once for each of them."""
    scenarios: list[float] = field(default_factory=list)


def measure(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Measured:
    """Run a command with its output in a file. Raises FailedRunError if it fails or does not end."""
    with log.open("w", encoding="utf-8") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        code, processor, python, everything = _watched(process, began)
        seconds = time.perf_counter() - began
    if code != 0:
        last = log.read_text(encoding="utf-8").strip().splitlines()[-15:]
        raise FailedRunError("\n".join([f"`{' '.join(command)}` ended with exit code {code}:", *last]))
    return Measured(seconds, processor, python, everything)


def _watched(process: subprocess.Popen[bytes], began: float) -> tuple[int, float, float, float]:
    """Wait for the end; return exit code, processor time, and the peak memory of Python and of all processes."""
    python = everything = 0.0
    looked = began
    while (ended := _ended(process)) is None:
        now = time.perf_counter()
        if now - began > _LONGEST:
            _end(process)
            raise FailedRunError(f"The run did not end within {_LONGEST} s.")
        if now - looked > _EVERY:
            looked = now
            mine, whole = _memory(process.pid)
            python, everything = max(python, mine), max(everything, whole)
        time.sleep(0.005)
    return (*ended, python, everything)


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float] | None:
    """Return exit code and processor time if the process has ended."""
    if sys.platform == "win32":
        code = process.poll()
        return None if code is None else (code, 0.0)
    pid, status, used = os.wait4(process.pid, os.WNOHANG)
    if pid == 0:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def _memory(pid: int) -> tuple[float, float]:
    """Return the memory of the process and its children: of the Python processes, and of all."""
    python = everything = 0.0
    try:
        first = psutil.Process(pid)
        family = [first, *first.children(recursive=True)]
    except psutil.Error:
        return 0.0, 0.0
    for one in family:
        try:
            with one.oneshot():
                held = one.memory_info().rss / _MB
                runs_scenarios = "python" in one.name() and "fake_backend" not in one.cmdline()
        except psutil.Error:  # it has just ended
            continue
        everything += held
        python += held if runs_scenarios else 0
    return python, everything


def _end(process: subprocess.Popen[bytes]) -> None:
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()
    process.wait()
