"""The bundled fake, run in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pathlib import Path


class FakeStartError(Exception):
    """The fake did not start; the message quotes the last line of its log."""


@dataclass(frozen=True)
class FakeAddress:
    """The addresses of a running fake, which the main process passes to its workers."""

    site_url: str
    processor_url: str
    control_url: str
    control_token: str


class FakeProcess:
    """The fake in a process of its own. It watches its standard input, and so ends when this process ends."""

    def __init__(self, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        with log.open("w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fake_backend", "--json"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                # Ctrl-C and a cancelled CI job signal the whole group: the fake is needed until the run has tidied up.
                process_group=0 if os.name == "posix" else None,
            )
        self._address: FakeAddress | None = None

    def address(self) -> FakeAddress:
        """Return the fake's addresses once it answers. Raises FakeStartError."""
        if self._address is None:
            line = cast("Any", self._process.stdout).readline()
            if not line:
                self._process.wait()
                raise FakeStartError(f"The fake did not start: {self._last_words()}")
            told = json.loads(line)
            self._address = FakeAddress(**{field.name: told[field.name] for field in fields(FakeAddress)})
        return self._address

    def ended(self) -> str | None:
        """Return a sentence about how the fake ended, or None while it runs."""
        code = self._process.poll()
        return None if code is None else f"The fake has stopped (exit code {code}); see the end of {self.log}."

    def request_shutdown(self) -> None:
        """Ask the fake to end by closing its standard input, without waiting for it."""
        with contextlib.suppress(OSError):
            cast("Any", self._process.stdin).close()

    def stop(self) -> None:
        """Wait for the fake to end, and kill it if it hangs."""
        self.request_shutdown()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        cast("Any", self._process.stdout).close()

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8").strip().splitlines()
        return lines[-1] if lines else f"it printed nothing (exit code {self._process.returncode})."


def address_as_dict(address: FakeAddress) -> dict[str, str]:
    """Return the address as plain data that can be sent to a worker."""
    return asdict(address)
