"""Allure results, read back."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_STATUS = {"passed": "passed", "failed": "failed", "flaky": "failed"}


def results_in(directory: Path) -> dict[str, dict[str, Any]]:
    """Return the results by their full names; there is one of each."""
    found = [json.loads(file.read_bytes()) for file in directory.glob("*-result.json")]
    by_name = {one["fullName"]: one for one in found}
    assert len(by_name) == len(found)
    assert len({one["historyId"] for one in found}) == len(found)
    return by_name


def labels_of(result: dict[str, Any], name: str) -> list[str]:
    """Return the values of a label."""
    return [one["value"] for one in result["labels"] if one["name"] == name]


def of_allure(directory: Path) -> dict[str, int]:
    """Count how many scenarios ended how."""
    verdicts: Counter[str] = Counter()
    for one in results_in(directory).values():
        (verdict,) = labels_of(one, "verdict")
        assert one["status"] == _STATUS.get(verdict, "skipped")
        assert bool(one.get("statusDetails", {}).get("flaky")) == (verdict == "flaky")
        verdicts[verdict] += 1
    return dict(verdicts)
