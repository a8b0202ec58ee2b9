"""The packages on sale, as documented: one table, which stands in `features/choose_package.feature`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pytest_bdd.feature import get_feature

FEATURES = Path(__file__).parents[2] / "features"
_SCENARIO = "The packages on sale"


@cache
def documented_packages(features: Path = FEATURES) -> tuple[str, ...]:
    """Give the amounts as documented ("44,000"), in the documented order; `features` is where the features lie.

    Source: docs.diaflow.io, page "Buy credits", step 3.
    """
    scenario = get_feature(str(features), "choose_package.feature").scenarios[_SCENARIO]
    table = next(step.datatable for step in scenario.steps if step.datatable)
    return tuple(str(row[0]) for row in table.raw()[1:])
