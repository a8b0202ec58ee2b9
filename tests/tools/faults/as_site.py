"""The fault matrix on the fake as any site: what a scenario begins with is earned there, not set up.

`make faults ARGS="--as-site"`, or some faults with `--fault`. Only faults of promises with such scenarios are asked.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_bdd.scenario import make_python_name

from fake_backend.control.faults import CATALOGUE
from steps.documentation.packages import FEATURES
from steps.reporting.failure_message import summary_of
from steps.tools.lint.feature_reader import read_features
from tests.tools.faults.judging import blamed_by
from tests.tools.kills import INFORMATION
from tests.tools.plain_site import CLOCK, MAIL, MAY, SMALL, USUAL, plain_fake
from tests.tools.plain_suite import SHORT, Suite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.reporting.run_document import Run

_LONGEST_S = 1_200
"""Seconds that a run may take, on a busy machine too."""
_TWO_PAGES = 13
"""How many invoices are listed on two pages."""
_EARNED = "a workspace "
"""How a step begins that says what must be so of a workspace."""


@dataclass(frozen=True)
class Seen:
    """What became of a fault on a site.

    "caught": a scenario says that what it breaks is broken. "unclear": nothing is red, and something not verified.
    "red elsewhere": what is said to be broken is something else, met on the way. "by others": such scenarios passed,
    and would be red where it was set up; others of that promise say that it is broken. "lost": those passed too.
    "holds": all passed, as they do where it was set up: other scenarios catch it.
    """

    name: str
    how: str
    words: str = ""


def earned() -> dict[str, list[str]]:
    """Return the scenarios that begin with a certain workspace, as -k takes them, by their promise or assumption."""
    found: dict[str, list[str]] = {}
    for case in read_features(FEATURES).cases:
        if any(step.name.startswith(_EARNED) for step in case.steps):
            tags = [f"{kind}:{one}" for kind in ("doc", "assumption") for one in case.values(kind)]
            for tag in tags:
                found.setdefault(tag, []).append(make_python_name(case.title))
    return found


def earned_faults() -> list[str]:
    """Return the faults that break what such scenarios check."""
    promises = earned()
    return [name for name, fault in CATALOGUE.items() if fault.breaks in promises]


def on_a_site(names: Iterable[str]) -> Iterator[Seen]:
    """Run the scenarios of what each fault breaks on the fake as a plain site with that fault."""
    scenarios = earned()
    for name in names:
        promise = CATALOGUE[name].breaks
        chosen = " or ".join(scenarios[promise])
        with tempfile.TemporaryDirectory(prefix="as-site-") as place:
            suite = Suite(Path(place))
            workspace = USUAL | {"billing_information": INFORMATION, "invoices": _TWO_PAGES}
            with plain_fake(suite.profile, workspace, SMALL, more=f"{MAY}\n{MAIL}\n{CLOCK}\n{SHORT}", faults=[name]):
                seen = _seen(name, suite.run(chosen, "-m", promise, timeout_s=_LONGEST_S))
                if seen.how == "holds" and _is_caught_where_set_up(suite, name, chosen):
                    others = _seen(name, suite.run("", "-m", promise, timeout_s=_LONGEST_S))
                    seen = replace(others, how="by others" if others.how == "caught" else "lost")
        yield seen


def _is_caught_where_set_up(suite: Suite, name: str, chosen: str) -> bool:
    there = suite.run(chosen, "-m", CATALOGUE[name].breaks, "--target=fake", f"--fault={name}")
    return _seen(name, there).how == "caught"


def _seen(name: str, run: Run) -> Seen:
    tags = {one.id: one.tag for one in run.promises}
    red = [one for one in run.scenarios if one.result.verdict == "failed"]
    open_ = [one for one in run.scenarios if one.result.verdict == "not verified"]
    fault = CATALOGUE[name]
    blamed = [one for one in red if blamed_by(one, tags[one.promise], fault) == fault.breaks]
    chosen = next(iter(blamed or red or open_), None)
    how = "caught" if blamed else "red elsewhere" if red else "unclear" if open_ else "holds"
    return Seen(name, how, f"{chosen.title}: {summary_of(chosen.result)}" if chosen else "")
