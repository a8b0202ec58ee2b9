"""All checks over one checkout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.documentation import ASSUMPTIONS, PROMISES
from steps.targets.fake_target import FakeTarget
from steps.tools.lint.feature_reader import read_features
from steps.tools.lint.nouns import check_nouns
from steps.tools.lint.package_table import check_packages
from steps.tools.lint.quarantine_list import check_flaky
from steps.tools.lint.step_definitions import check_steps, step_definitions
from steps.tools.lint.style import check_style
from steps.tools.lint.tags import check_promises, check_reasons, check_rules, check_tags, known_markers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from steps.tools.lint.finding import Finding


@dataclass(frozen=True)
class Checked:
    """What was found, and in how much."""

    findings: list[Finding]
    scope: str


def check_tree(root: Path, modules: Iterable[str]) -> Checked:
    """Check the checkout at `root`, whose step definitions are in `modules`."""
    features = read_features(root / "features")
    definitions = step_definitions(modules, root)
    findings = [
        *features.findings,
        *check_steps(features, definitions),
        # The fake can be asked everything that a scenario may need.
        *check_tags(features, FakeTarget.capabilities, known_markers(root)),
        *check_reasons(features),
        *check_rules(features),
        *check_promises(features, root),
        *check_style(features),
        *check_packages(features, root),
        *check_nouns(features, root),
        *check_flaky(features, root),
    ]
    runs = sum(len(case.examples) for case in features.cases)
    scope = (
        f"{len(features.files)} features, {runs} scenarios and examples, {len(definitions)} step definitions, "
        f"{len(PROMISES)} promises, {len(ASSUMPTIONS)} assumptions"
    )
    return Checked(sorted(set(findings)), scope)
