"""The fake's faults and the suite's features name the same promises, though neither knows the other."""

from __future__ import annotations

import pytest

from fake_backend.control.faults import CATALOGUE
from steps.documentation import ASSUMPTIONS, PROMISES
from steps.documentation.packages import FEATURES
from steps.tools.lint.feature_reader import read_features

KNOWN = {f"doc:{tag}" for tag in PROMISES} | {f"assumption:{name}" for name in ASSUMPTIONS}


@pytest.fixture(scope="module")
def tagged() -> set[str]:
    return {tag.name for case in read_features(FEATURES).cases for tag in case.tags}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_fault_breaks_something_that_is_promised_or_assumed(name: str, tagged: set[str]) -> None:
    breaks = CATALOGUE[name].breaks
    assert breaks in KNOWN, f"{name} breaks {breaks}, which steps/documentation does not name"
    assert breaks in tagged, f"{name} breaks {breaks}, which no scenario checks"


def test_whatever_is_promised_or_assumed_has_a_fault_that_breaks_it(tagged: set[str]) -> None:
    checked = tagged & KNOWN
    assert checked - {fault.breaks for fault in CATALOGUE.values()} == set()
