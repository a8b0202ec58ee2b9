"""Kill runs on a plain site at random moments, and see that the next run finds the account usable and as it was.

`python -m tests.tools.kills --moments 30 --seed 1`; the same seed kills at the same moments, as far as time repeats.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tests.tools.plain_site import CLOCK, MAIL, MAY, USUAL, plain_fake
from tests.tools.plain_suite import SHORT, Suite, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tools.plain_site import Books

INFORMATION = {"company_name": "Ada & Co", "tax_id": "DE 1", "po_number": "7", "email": "books@example.com"}
SELECTIONS = (
    "changing_a_part",
    "where_receipts_are_sent",
    "an_invalid_email",
    "before_the_billing_cycle_ends",
    "logging_out",
    "a_forgotten_password",
)
"""Scenarios that change what must be as before: billing information, the plan to come, sessions, the password."""
USABLE = "from_where_a_member_starts or what_is_asked_for"
"""Scenarios that an account which is usable lets pass."""
_STARTED_S = 2.0
"""Seconds before which no run has done anything."""


@dataclass
class Kill:
    """One run that was killed: what it was about, when it was killed, and what is wrong afterwards ("" for nothing)."""

    chosen: str
    after_s: float
    wrong: str = ""


def kills(moments: int, seed: int, place: Path) -> Iterator[Kill]:
    """Kill as many runs on the fake as a plain site, each with the next run on the same account."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    suite = Suite(place)
    known = USUAL | {"billing_information": INFORMATION}
    with plain_fake(suite.profile, known, more=f"{MAY}\n{MAIL}\n{CLOCK}\n{SHORT}") as books:
        lasts = {one: _lasts(suite, one) for one in SELECTIONS}
        for number in range(moments):
            chosen = SELECTIONS[number % len(SELECTIONS)]
            kill = Kill(chosen, dice.uniform(_STARTED_S, lasts[chosen]))
            process = suite.begin(chosen)
            time.sleep(kill.after_s)
            process.kill()
            process.communicate()
            kill.wrong = "; ".join(_wrong(suite, books))
            yield kill


def _lasts(suite: Suite, chosen: str) -> float:
    """Return the seconds that a whole run takes."""
    began = time.monotonic()
    ended = told(suite.run(chosen))
    if set(ended.values()) != {"passed"}:
        raise RuntimeError(f"On the sound site: {ended}")
    return time.monotonic() - began


def _wrong(suite: Suite, books: Books) -> Iterator[str]:
    """Yield what is not as it was, once the next run is over."""
    ended = told(suite.run(USABLE))
    yield from (f"{title}: {how}" for title, how in ended.items() if how != "passed")
    information = books.stored(0)["information"]
    if information != INFORMATION:
        yield f"billing information is {information}"
    if left := [file.name for file in suite.state.glob("put-back/*")]:
        yield f"still noted: {left}"


@click.command()
@click.option("--moments", type=click.IntRange(1), default=30, show_default=True, help="How many runs are killed.")
@click.option("--seed", type=int, default=1, show_default=True)
def main(moments: int, seed: int) -> None:
    """Kill runs at random moments; ends with 1 where one leaves an account that is not as it was."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        for number, kill in enumerate(kills(moments, seed, Path(place)), 1):
            failed += bool(kill.wrong)
            click.echo(f"{number:3} {kill.chosen:30} after {kill.after_s:4.1f} s  {kill.wrong or 'as before'}")
    click.echo(f"seed {seed}: {moments - failed} of {moments} as before")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
