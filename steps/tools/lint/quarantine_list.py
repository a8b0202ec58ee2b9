"""The list of known flaky scenarios: each entry names a scenario that there is, and a day that is not past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from steps.runner.quarantine import LONGEST, NAME, known_flaky
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from steps.tools.lint.feature_reader import Features


def check_flaky(features: Features, root: Path) -> Iterator[Finding]:
    """Find entries that are over, that name no scenario, or that cannot be read."""
    place = f"features/{NAME}"
    try:
        entries = known_flaky(root / "features")
    except msgspec.DecodeError as error:
        yield Finding(place, 1, f"The list cannot be read: {error}.")
        return
    lines = (root / place).read_text(encoding="utf-8").splitlines() if entries else []
    starts = [number for number, line in enumerate(lines, start=1) if line.strip() == "[[scenario]]"]
    known = {(case.file.rpartition("/")[2], case.title) for case in features.cases}
    for line, entry in zip(starts, entries, strict=False):
        if (entry.feature, entry.title) not in known:
            yield Finding(place, line, f'There is no scenario "{entry.title}" in {entry.feature}; take the entry out.')
        elif entry.is_too_long:
            yield Finding(
                place, line, f'"{entry.title}": an entry may run {LONGEST.days} days at most; bring its day nearer.'
            )
        elif entry.is_over:
            yield Finding(
                place,
                line,
                f'"{entry.title}" was {entry}; mend the scenario, and take the entry out.',
            )
