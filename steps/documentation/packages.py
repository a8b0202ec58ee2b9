"""The packages on sale, as documented: one table, which stands in `features/choose_package.feature`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from steps.documentation.feature_file import FeatureFileError, parse_feature, scenarios_of
from steps.documentation.places import bundled

if TYPE_CHECKING:
    from pathlib import Path

FEATURES = bundled("features")
_FEATURE = "choose_package.feature"
PLACE = f"features/{_FEATURE}"
"""The feature that holds the table, relative to the checkout."""
_SCENARIO = "The packages on sale"


@cache
def documented_packages(features: Path = FEATURES) -> tuple[str, ...]:
    """Return the amounts as documented ("44,000"), in the documented order; `features` is where the features lie.

    Raises FeatureFileError where the table is missing. Source: docs.diaflow.io, page "Buy credits", step 3.
    """
    for placed in scenarios_of(parse_feature(features / _FEATURE)):
        if placed.scenario["name"] == _SCENARIO:
            for step in placed.scenario["steps"]:
                if "dataTable" in step:
                    return tuple(row["cells"][0]["value"] for row in step["dataTable"]["rows"][1:])
    raise FeatureFileError(1, f'The table of packages is missing; it stands in the scenario "{_SCENARIO}".')
