"""From an address and an account to the journey on a site that is not ours, however it looks: no line by hand.

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
"""To Billing, what is on sale, a package chosen and bought, left unpaid, declined, left after that."""
PURCHASE = "buying and 44,000"
"""The purchase alone, with each commit; all of the journey is for the night."""

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
    """The foreign site in one look: an address and an account, and no profile yet."""

    def __init__(self, look: Look, place: Path) -> None:
        self.look, self.place = look, place
        self.site = start(Merchant(Config(look), accounts=1))
        self.file = place / "acceptance.toml"

    def call(self, *command: str) -> tuple[int, str]:
        """Call a command with a file of profiles; gives exit code and all that it says."""
        account = {"SITE_EMAIL": self.site["email"], "SITE_PASSWORD": self.site["password"]}
        account |= {"SITE_TOTP": self.site["totp"]} if self.look["second_factor"] == "app" else {}
        known = account | {"ACCEPTANCE_STATE_DIR": str(self.place / "state"), "PYTHONPATH": str(ROOT)}
        ended = subprocess.run(
            [sys.executable, *command, "--targets-file", str(self.file)],
            cwd=ROOT if "features" in command else self.place,
            env=os.environ | known,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr


PARAMS = [
    pytest.param(look, id=f"look-{number}", marks=[pytest.mark.nightly] if number else [])
    for number, look in enumerate(LOOKS)
]
"""One look for each commit, the others at night."""


@pytest.fixture(params=PARAMS)
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Foreign:
    return Foreign(request.param, tmp_path)


def test_an_address_and_an_account_lead_to_the_journey(foreign: Foreign) -> None:
    begun = ("init", foreign.site["site_url"], "--yes", "--payments", "test")
    code, said = foreign.call("-c", MAIN, *begun)
    assert (code, "The suite can run here." in said) == (0, True), said
    assert "Open: " not in said
    last = [one for one in said.rpartition("Walking ")[2].splitlines() if not one.startswith("! filter by date")]
    assert not {"✗", "!"} & set("".join(last)), last  # but for days that are chosen from a list
    assert foreign.site["password"] not in said + foreign.file.read_text(encoding="utf-8")
    chosen, passed = (JOURNEY, "7 passed") if os.environ.get("ACCEPTANCE_NIGHTLY") else (PURCHASE, "1 passed")
    code, said = foreign.call("-m", "pytest", "features", "-q", "-k", chosen, f"--output={foreign.place}/artefacts")
    assert (code, passed in said) == (0, True), said[-4000:]
    assert "not verified" not in said
