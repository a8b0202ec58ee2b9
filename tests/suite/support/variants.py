"""A plugin that carries each scenario out once for each variant of a set that holds every pair of answers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from allpairspy import AllPairs

from fake_backend.control.variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import StorageState

    from steps.runner.run_context import Run
    from steps.targets.target import Account

Variant = dict[str, str]


def pairwise_of(questions: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return as few sets of answers as pair every answer to a question with every answer to each other."""
    return [dict(zip(questions, answers, strict=True)) for answers in AllPairs(list(map(list, questions.values())))]


def pairwise() -> list[Variant]:
    """Return few variants of the fake: every pair of answers is in one."""
    return pairwise_of(VARIANTS)


NAMES = [f"variant {number}" for number in range(len(pairwise()))]


def pairs_of(variant: Variant) -> set[frozenset[tuple[str, str]]]:
    """Return the pairs of answers that a variant contains."""
    return {frozenset(pair) for pair in combinations(variant.items(), 2)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask for each scenario with each variant."""
    if "variant" in metafunc.fixturenames:
        metafunc.parametrize("variant", pairwise(), ids=NAMES, indirect=True)


@pytest.fixture(autouse=True)
def variant(request: pytest.FixtureRequest, run: Run, sign_in: Callable[[Account], StorageState]) -> Variant:
    """The scenario's workspace has this variant: one fake has workspaces of all variants."""
    target = run.target(sign_in)
    target.profile = msgspec.structs.replace(target.profile, variant=request.param)
    chosen: Variant = request.param
    return chosen
