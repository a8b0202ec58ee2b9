"""Which scenarios a change on the page touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.tools.drift.change import Change
    from steps.tools.lint.feature_reader import Case, Features


def touched_by(change: Change, features: Features) -> list[str]:
    """Name the scenarios below the promises that a change touches, by file, line and title.

    A change of single packages touches the scenarios that name those, wherever they stand.
    """
    touched = []
    for case in features.cases:
        below = bool(case.values("doc") & set(change.tags))
        titles = _titles(case, change) if change.amounts else ([case.title] if below else [])
        if change.amounts and below and not titles and _lists_packages(case):
            titles = [case.title]
        touched += [f"{case.file}:{case.line} {title}" for title in titles]
    return touched


def _titles(case: Case, change: Change) -> list[str]:
    """Give the titles of the examples that name one of the packages, in their title or in a step."""
    found = []
    for row in case.examples:
        texts = [case.shown(row), *(step.name for step in case.steps), *row.values()]
        if any(_names(amount, text) for amount in change.amounts for text in texts):
            found.append(case.shown(row))
    return list(dict.fromkeys(found))


def _names(amount: str, text: str) -> bool:
    return amount in text.replace("(", " ").replace(")", " ").split()


def _lists_packages(case: Case) -> bool:
    return any(step.datatable for step in case.steps)
