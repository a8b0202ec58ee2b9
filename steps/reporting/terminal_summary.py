"""A run on one screen, by promise: what the terminal shows at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.reporting.promise_groups import chapters_of, reasons_of
from steps.reporting.run_document import worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.promise_groups import PromiseResult
    from steps.reporting.run_document import Run, VerdictName

COLOURS: dict[VerdictName, str] = {
    "passed": "green", "failed": "red", "not verified": "yellow", "refused": "yellow", "blocked": "yellow",
}  # fmt: skip
_SCREEN = 24
"""Lines above which promises that hold are told as a number."""
_REASONS = 6
_WORDS: dict[VerdictName, str] = {"failed": "FAILED"}
_WIDTH = 88


def summary_lines(run: Run) -> Iterator[tuple[str, str]]:
    """Give the lines, each with the colour that it has on a terminal ("" for none)."""
    chapters = chapters_of(run)
    short = sum(len(chapter.kept) + 1 for chapter in chapters) > _SCREEN
    for chapter in chapters:
        yield chapter.title, ""
        holding = [one for one in chapter.kept if one.verdict == "passed"]
        for one in chapter.kept:
            if not (short and one.verdict == "passed"):
                yield _line(one), COLOURS[one.verdict]
        if short and holding:
            yield f"  {_holding(len(holding), of=len(chapter.kept))}", "green"
    yield from _reasons(run)
    total = ", ".join(f"{count} {verdict}" for verdict, count in run.counts.items() if count)
    yield f"{len(run.scenarios)} scenario{'s' if len(run.scenarios) != 1 else ''}: {total}", COLOURS[_worst(run)]


def _holding(count: int, *, of: int) -> str:
    others = "" if count == of else " other" if count == 1 else " others"
    return f"{count}{others} hold{'s' if count == 1 else ''}"


def _line(one: PromiseResult) -> str:
    promise = one.promise
    name = f"{promise.step:<4} " if promise.kind == "promise" else ""
    title = f"{name}{promise.title}"
    counts = ", ".join(f"{count} {_WORDS.get(verdict, verdict)}" for verdict, count in one.counts)
    return f"  {title if len(title) <= _WIDTH else title[: _WIDTH - 1] + '…':<{_WIDTH}}  {counts}"


def _reasons(run: Run) -> Iterator[tuple[str, str]]:
    reasons = reasons_of(run.scenarios)
    for verdict, reason, count in reasons[:_REASONS]:
        yield f"{verdict} ({count}): {reason}", COLOURS[verdict]
    if len(reasons) > _REASONS:
        yield f"… and {len(reasons) - _REASONS} other reasons, in the report", "yellow"


def _worst(run: Run) -> VerdictName:
    return worst([verdict for verdict, count in run.counts.items() if count])
