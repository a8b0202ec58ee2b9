"""Steps and their definitions: undefined, ambiguous, unused. pytest-bdd reports none of these before a run."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_bdd.steps import step_function_context_registry

from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_bdd.steps import StepFunctionContext

    from steps.tools.lint.feature_reader import Features, Step

_PLACEHOLDER = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, eq=False)
class Definition:
    """One step definition: a pattern that a decorator gave to a function."""

    context: StepFunctionContext
    file: str
    line: int

    def matches(self, step: Step, text: str) -> bool:
        """Whether pytest-bdd would take this definition for the step."""
        return self.context.type in (None, step.type) and self.context.parser.is_matching(text)

    def __str__(self) -> str:
        """Write pattern and place."""
        return f'"{self.context.parser.name}" ({self.file}:{self.line})'


def step_definitions(modules: Iterable[str], root: Path) -> list[Definition]:
    """Return the step definitions of these modules, imported by name as pytest imports them."""
    named = {importlib.import_module(name).__name__ for name in modules}
    found = [
        Definition(context, *_place(context, root))
        for context in step_function_context_registry.values()
        if context.step_func.__module__ in named
    ]
    return sorted(found, key=lambda one: (one.file, one.line, one.context.parser.name))


def check_steps(features: Features, definitions: Sequence[Definition]) -> Iterator[Finding]:
    """Find steps without a definition or with several, definitions without a step, and scenarios without steps."""
    used: dict[Definition, bool] = defaultdict(bool)
    for case in features.cases:
        if not case.steps:
            yield Finding(case.file, case.line, f'The scenario "{case.title}" has no steps and would pass; write them.')
        seen: set[int] = set()
        for step, text in case.rendered():
            matching = [one for one in definitions if one.matches(step, text)]
            used.update(dict.fromkeys(matching, True))
            says = _problem(step, text, matching)
            # An outline says it once for a step, not once for each example.
            if says and step.line not in seen:
                seen.add(step.line)
                yield Finding(case.file, step.line, says)
    for definition in definitions:
        if not used[definition]:
            yield Finding(
                definition.file,
                definition.line,
                f'No feature uses the step "{definition.context.parser.name}"; remove it, or write its scenario.',
            )


def _problem(step: Step, text: str, matching: Sequence[Definition]) -> str | None:
    left = _PLACEHOLDER.search(text)
    if left:
        return f"No column of the examples is called <{left[1]}>; name one that there is."
    told = f"{step.type.capitalize()} {text}"
    if not matching:
        return f'No step definition matches "{told}"; write one, or use the words of another step.'
    if len(matching) == 1:
        return None
    several = " and ".join(str(one) for one in matching)
    return (
        f'{len(matching)} step definitions match "{told}": {several}; '
        "one would silently win, so make one of them narrower."
    )


def _place(context: StepFunctionContext, root: Path) -> tuple[str, int]:
    """Find the decorator of this pattern, which may be one of several on a function."""
    function = inspect.unwrap(context.step_func)
    file = Path(function.__code__.co_filename)
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    first = function.__code__.co_firstlineno
    lines = _decorators(function)
    offset = next((number for number, line in enumerate(lines) if context.parser.name in line), 0)
    return shown, first + offset


@cache
def _decorators(function: Callable[..., object]) -> tuple[str, ...]:
    return tuple(inspect.getsource(function).partition("\ndef ")[0].splitlines())
