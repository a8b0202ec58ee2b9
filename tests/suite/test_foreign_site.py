"""The journey and `acceptance doctor` on a site that is not ours, from a profile alone, however it looks.

A few looks hold every value of every switch; FOREIGN_LOOKS=all takes as many as pair every value with every other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.suite.support.variants import pairwise_of
from tests.tools.foreign_site.__main__ import start
from tests.tools.foreign_site.config import SWITCHES, Config
from tests.tools.foreign_site.merchant import Merchant

ROOT = Path(__file__).parents[2]
MAIN = "from steps.cli import main; main()"
JOURNEY = "starts or sale or 44,000 or leaving_the_payment or declined_card and expired"
"""To Billing, what is on sale, a package chosen and bought, left unpaid, declined."""

Look = dict[str, str]


def looks() -> list[Look]:
    """Return as few looks as pair every value of a switch with every value of each other.

    Somebody else's purchase in the same workspace is not among them: there, what was added cannot be told.
    """
    return pairwise_of(SWITCHES | {"other_buyer": ("off", "uses")})


def some_of(all_looks: list[Look]) -> list[Look]:
    """Return a few looks that contain every value of every switch."""
    missing = {pair for look in all_looks for pair in look.items()}
    chosen = []
    while missing:
        chosen.append(max(all_looks, key=lambda look: len(missing & set(look.items()))))
        missing -= set(chosen[-1].items())
    return chosen


LOOKS = looks() if os.environ.get("FOREIGN_LOOKS") == "all" else some_of(looks())


class Foreign:
    """The foreign site in one look, with the profile that a person would write for it."""

    def __init__(self, look: Look, place: Path) -> None:
        self.place = place
        self.site = start(Merchant(Config(look), accounts=1))
        self.file = place / "targets.toml"
        totp = ', totp = "${FOREIGN_TOTP}"' if look["second_factor"] == "app" else ""
        currency = ', currency = "EUR"' if look["prices"] == "eur" else ""
        self.file.write_text(f"""[targets.foreign]
base_url = "{self.site["site_url"]}"
accounts = [{{ email = "{self.site["email"]}", password = "${{FOREIGN_PASSWORD}}"{totp} }}]
payments = {{ allow = "test", hosts = ["{self.site["payment_url"].partition("://")[2]}"]{currency} }}
""")

    def call(self, *command: str) -> tuple[int, str]:
        """Call a command on the site; gives exit code and all that it says."""
        named = ("--target", "foreign", "--targets-file", str(self.file))
        password = {"FOREIGN_PASSWORD": self.site["password"], "ACCEPTANCE_STATE_DIR": str(self.place / "state")}
        password["FOREIGN_TOTP"] = self.site["totp"]
        ended = subprocess.run(
            [sys.executable, *command, *named],
            cwd=ROOT,
            env=os.environ | password,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr


PARAMS = [
    pytest.param(look, id=f"look-{number}", marks=[pytest.mark.nightly] if number > 1 else [])
    for number, look in enumerate(LOOKS)
]
"""Two looks for each commit, the others at night."""


@pytest.fixture(params=PARAMS)
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Foreign:
    return Foreign(request.param, tmp_path)


def test_the_journey_passes_from_a_profile_alone(foreign: Foreign) -> None:
    code, said = foreign.call("-m", "pytest", "features", "-q", "-k", JOURNEY, f"--output={foreign.place}/artefacts")
    assert (code, "6 passed" in said) == (0, True), said[-4000:]
    assert "not verified" not in said


def test_doctor_finds_everything(foreign: Foreign) -> None:
    code, said = foreign.call("-c", MAIN, "doctor", "--to-payment", f"--pictures={foreign.place}/pictures")
    assert (code, "The suite can run here." in said) == (0, True), said
    assert not {"✗", "!"} & set(said), said
