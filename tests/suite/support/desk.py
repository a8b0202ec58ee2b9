"""A person's shell, with a profile for a small site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.suite.support.small_site import SmallSite

ROOT = Path(__file__).parents[3]
MAIN = "from steps.cli import main; main()"


class Desk:
    """A person's shell: a targets file, variables, and the command."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.file = place / "targets.toml"
        self.variables = {"SMALL_PASSWORD": "correct horse", "ACCEPTANCE_STATE_DIR": str(place / "state")}

    def write(
        self, site: SmallSite, more: str = "", payments: str | None = None, limits: str = "page = 3, payment = 3"
    ) -> None:
        hosts = f'payments = {{ hosts = ["{site.payment_host}"] }}' if payments is None else payments
        self.file.write_text(
            f"""[targets.small]
base_url = "{site.url}"
limits = {{ {limits} }}
{hosts}
{more or 'accounts = [{ email = "ada@example.com", password = "${SMALL_PASSWORD}" }]'}
"""
        )

    def call(self, *command: str, expected: int) -> str:
        """Call the command, and give what it prints."""
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ | self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = ended.stdout + ended.stderr
        assert ended.returncode == expected, said
        assert "Traceback" not in said
        return said

    def acceptance(self, command: str, *options: str, expected: int = 0) -> str:
        given = ["--target", "small", "--targets-file", str(self.file), *options]
        if command == "doctor":
            given += ["--pictures", str(self.place / "pictures")]
        return self.call("-c", MAIN, command, *given, expected=expected)
