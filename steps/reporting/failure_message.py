"""What is said of a scenario that failed: which promise is broken, where, at which step, what was seen."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from steps.pages.base_page import ElementNotFoundError
from steps.reporting.own_mistakes import is_own_mistake
from steps.reporting.run_document import Failure
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import UndefinedStepError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from steps.reporting.run_document import Promise, Result, Scenario, Step

_OWN = Path(__file__).parents[1]
_MOST_LINES = 14
_BROKEN = {"promise": "Promise broken", "assumption": "Assumption does not hold", "unnamed": "Broken"}
_COLOURS: dict[str, dict[str, bool]] = {"failed": {"red": True}, "not run": {"light": True}}
_MARKS = {"passed": "✓", "failed": "✗", "stopped": "!", "not run": "·"}


def failure_of(excinfo: pytest.ExceptionInfo[BaseException], config: pytest.Config) -> Failure:
    """Put an exception in words: a broken promise without a traceback unless it is asked for, others with one."""
    error = excinfo.value
    long = config.getoption("tbstyle") == "long" or config.get_verbosity() >= 2
    if isinstance(error, BrokenPromiseError):
        words = f"expected {error.expected}; seen: {error.seen}"
        traceback = _traceback(excinfo, config) if long else None
        return Failure(words, "broken promise", error.expected, error.seen, error.promise, traceback)
    if isinstance(error, ElementNotFoundError):
        what, _, describe_page = str(error).partition(". ")
        traceback = _traceback(excinfo, config) if long else None
        words = f"{what.rstrip('.')}."
        return Failure(words, "not found", seen=describe_page or None, promise=error.promise, traceback=traceback)
    if isinstance(error, UndefinedStepError):
        traceback = _traceback(excinfo, config) if long else None
        return Failure(str(error), "undefined step", traceback=traceback, is_own=True)
    kind = type(error).__name__
    plain = isinstance(error, AssertionError) and not _has_rewritten(error)
    message = str(error).strip() or kind
    traceback = _traceback(excinfo, config) if long or not plain else None
    return Failure(message, kind, traceback=traceback, is_own=is_own_mistake(error))


def _has_rewritten(error: AssertionError) -> bool:
    """Whether an assertion is bare: its message is its own expression, and does not say what is wrong."""
    return str(error).startswith("assert ") or not str(error)


def _traceback(excinfo: pytest.ExceptionInfo[BaseException], config: pytest.Config) -> str:
    style = config.getoption("tbstyle")
    if style == "no":
        return ""
    if style not in ("long", "native"):
        own = excinfo.traceback.filter(lambda entry: _is_own(Path(entry.path), config))
        excinfo.traceback = own or excinfo.traceback
        style = "short"
    return str(excinfo.getrepr(style=style, chain=style != "short"))


def _is_own(path: Path, config: pytest.Config) -> bool:
    within = path.is_relative_to(_OWN) or path.is_relative_to(config.rootpath)
    return within and "site-packages" not in path.parts and path.name != "collecting.py"


class _Place(NamedTuple):
    """Where and why, for pytest's short summary."""

    path: str
    lineno: int
    message: str


class FailureText:
    """A failed scenario as pytest prints it (a `longrepr`), in colours where the terminal has them.

    `place` is the run's directory, below which picture and trace lie.
    """

    def __init__(self, scenario: Scenario, promise: Promise, result: Result, place: Path) -> None:
        self._lines = list(_lines(scenario, promise, result, place))
        self.reprcrash = _Place(scenario.feature, _line(scenario, result), summary_of(result))

    def __str__(self) -> str:
        return "\n".join(words for words, _ in self._lines)

    def toterminal(self, tw: Any) -> None:
        """Write it to a terminal of pytest's."""
        for words, markup in self._lines:
            tw.line(words, **markup)


def summary_of(result: Result) -> str:
    """Return the reason of a verdict in one line."""
    failure = result.failure
    if failure is None or result.verdict != "failed":
        return result.reason
    if failure.expected is not None:
        return " ".join(f"expected {failure.expected}; seen: {failure.seen}".split())
    return next(iter(failure.message.splitlines()), failure.kind)


def _lines(scenario: Scenario, promise: Promise, result: Result, place: Path) -> Iterator[tuple[str, dict[str, bool]]]:
    on_the_way = result.failure.promise if result.failure else ""
    what = "Not reached" if on_the_way else _BROKEN[promise.kind]
    if result.is_own_mistake:
        what = "Error of the suite, so this was not checked"
    yield f"{what}: {promise.title}{f' ({promise.name})' if promise.name else ''}", {"bold": True}
    if on_the_way:
        yield f"Broken on the way: {words_of(on_the_way)}", {"bold": True}
    yield f"{scenario.feature}:{_line(scenario, result)}  {scenario.title}", {}
    yield "", {}
    width = max((len(f"{step.keyword} {step.text}") for step in result.steps), default=0)
    for step in result.steps:
        yield _format_step(step, width), _COLOURS.get(step.status, {})
    yield "", {}
    for words in _why(result):
        yield words, {"red": True}
    yield from ((words, {}) for words in _where(result, place))
    if result.failure and result.failure.traceback:
        yield "", {}
        yield from ((line, {}) for line in result.failure.traceback.splitlines())


def words_of(tag: str) -> str:
    """Return a promise or an assumption in words, by its tag: "The Current Plan section has … (buy-credits.2)"."""
    from steps.documentation import ASSUMPTIONS, PROMISES

    name = tag.partition(":")[2]
    found = PROMISES.get(name) or ASSUMPTIONS.get(name)
    return f"{found.says.rstrip('.')} ({name})" if found else name


def _line(scenario: Scenario, result: Result) -> int:
    """Return the line of the step that went wrong, or else that of the scenario."""
    return next((step.line for step in result.steps if step.status in ("failed", "stopped")), scenario.line)


def _format_step(step: Step, width: int) -> str:
    took = f"{step.seconds:8.2f} s" if step.status != "not run" else ""
    return f"  {_MARKS[step.status]} {f'{step.keyword} {step.text}':<{width}}{took}".rstrip()


def _why(result: Result) -> Iterator[str]:
    failure = result.failure
    if failure is None:
        yield f"  {result.reason}"
    elif failure.expected is not None:
        yield from _labelled("expected", failure.expected)
        yield from _labelled("seen", failure.seen or "nothing")
    else:
        lines = [*failure.message.splitlines(), *(failure.seen or "").splitlines()]
        yield from (f"  {line}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"  … and {len(lines) - _MOST_LINES} lines more, in the report"


def _labelled(label: str, words: str) -> Iterator[str]:
    first, *rest = words.splitlines()[:_MOST_LINES] or [""]
    yield f"  {label + ':':9} {first}"
    yield from (f"  {'':9} {line}" for line in rest)


def _where(result: Result, place: Path) -> Iterator[str]:
    for kind, name in (("screenshot", "picture"), ("snapshot", "page"), ("trace", "trace"), ("video", "video")):
        for artifact in result.artifacts:
            if artifact.kind == kind:
                yield f"  {name + ':':9} {shown(place / artifact.path)}"
    if not any(artifact.kind == "trace" for artifact in result.artifacts):
        yield f"  {'trace:':9} none; run again with --tracing retain-on-failure"


def shown(file: Path) -> str:
    """Write a path as short as it can be written from where the run was started."""
    with contextlib.suppress(ValueError):
        relative = os.path.relpath(file)
        return relative if not relative.startswith("..") else str(file.resolve())
    return str(file)
