"""The journey holds whatever the answers to the open questions are: one fake, one browser, every pair of answers."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fake_backend.control.variants import VARIANTS
from tests.suite.support.variants import NAMES, pairs_of, pairwise

ROOT = Path(__file__).parents[2]
JOURNEY = (
    "features/sign_in.feature::test_signing_in",
    "features/choose_package.feature::test_the_packages_on_sale",
    "features/finish_checkout.feature::test_buying_package_credits",
)
"""In by the sign-in page; what is on sale; a package chosen, paid, added, and still there however one looks again."""


KEYS = "features/accessibility.feature::test_buying_by_keyboard_alone"


def test_the_set_holds_every_pair_of_answers() -> None:
    questions = combinations(VARIANTS, 2)
    wanted = {
        frozenset({(one, this), (other, that)})
        for one, other in questions
        for this, that in product(VARIANTS[one], VARIANTS[other])
    }
    variants = pairwise()
    assert set().union(*map(pairs_of, variants)) >= wanted
    assert len(variants) < 30


@pytest.mark.nightly
def test_the_journey_holds_on_every_pair_of_answers(tmp_path: Path) -> None:
    wanted = len(JOURNEY) * len(pairwise())
    results = tmp_path / "results.xml"
    command = [sys.executable, "-m", "pytest", "-p", "tests.suite.support.variants", "-q", f"--junitxml={results}"]
    ran = subprocess.run([*command, *_collected()], cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    cases = ET.parse(results).getroot().iter("testcase")  # noqa: S314 - written by the run above
    verdicts = {case.attrib["name"]: {part.tag for part in case} for case in cases}
    wrong = [name for name, parts in verdicts.items() if parts & {"failure", "error", "skipped"}]
    assert not wrong, f"{', '.join(wrong)}\n{ran.stdout[-4000:]}"
    assert (ran.returncode, len(verdicts)) == (0, wanted), ran.stdout[-4000:] + ran.stderr[-2000:]


@pytest.mark.nightly
def test_keys_alone_are_enough_whatever_is_chosen_from_and_paid_on() -> None:
    some = _some(("package_choice", "payment_page", "popup_motion", "landing"))
    wanted = [f"{KEYS}[{name}]" for name in some]
    command = [sys.executable, "-m", "pytest", "-p", "tests.suite.support.variants", "-q", *wanted]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, f"{len(some)} passed" in ran.stdout) == (0, True), ran.stdout[-4000:] + ran.stderr[-2000:]


@pytest.mark.nightly
def test_what_a_reload_brings_to_light_is_no_secret_of_the_landing() -> None:
    wanted = ["features/finish_checkout.feature", "-k", "2,000"]
    command = [sys.executable, "-m", "pytest", "-q", *wanted, "--variant=balance=after-reload"]
    faulty = [*command, "--fault=granted-again-on-landing"]
    ran = subprocess.run(faulty, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (ran.returncode, "4,000 were added" in ran.stdout) == (1, True), ran.stdout[-4000:] + ran.stderr[-2000:]


def _some(questions: tuple[str, ...]) -> list[str]:
    """Return the names of a few variants that contain every answer to these questions."""
    answers = {
        name: {(one, variant[one]) for one in questions} for name, variant in zip(NAMES, pairwise(), strict=True)
    }
    missing = set().union(*answers.values())
    chosen = []
    while missing:
        chosen.append(max(answers, key=lambda name: len(missing & answers[name])))
        missing -= answers[chosen[-1]]
    return chosen


def _collected() -> list[str]:
    """Return what to run: an outline's or a scenario's full name precedes its variant."""
    *whole, outline = JOURNEY
    return [f"{place}[{name}]" for place in whole for name in NAMES] + [f"{outline}[2,000][{name}]" for name in NAMES]
