"""A plugin that carries each scenario out once for each variant of a set that holds every pair of answers."""

from __future__ import annotations

from itertools import combinations, cycle
from typing import TYPE_CHECKING

import msgspec
import pytest
from allpairspy import AllPairs

from fake_backend.control.variants import DEFAULT_VARIANT, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import StorageState

    from steps.runner.run_context import Run
    from steps.targets.target import Account

Variant = dict[str, str]


def pairwise_of(questions: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return as few sets of answers as pair every answer to a question with every answer to each other."""
    return [dict(zip(questions, answers, strict=True)) for answers in AllPairs(list(map(list, questions.values())))]


# Where fields or the whole page have frames of their own, and what a summary has besides, depends on nothing else: each
# of these answers is met without being paired, or a run would take twice as long.
FRAMED: Mapping[str, tuple[str, ...]] = {
    "payment_page": ("payment-element", "field-frames"),
    "payment_tab": ("embedded",),
}
UNPAIRED = "payment_summary"
PAIRED = {
    name: tuple(answer for answer in answers if answer not in FRAMED.get(name, ()))
    for name, answers in VARIANTS.items()
    if name != UNPAIRED
}


def pairwise() -> list[Variant]:
    """Return few variants of the fake: every answer is in one, and every pair of those that may meddle with others."""
    framed = [{name: answer} for name, answers in FRAMED.items() for answer in answers]
    variants = [*pairwise_of(PAIRED), *({**DEFAULT_VARIANT, **answers} for answers in framed)]
    return [variant | {UNPAIRED: answer} for variant, answer in zip(variants, cycle(VARIANTS[UNPAIRED]))]


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
