"""A step that no definition matches is a mistake of the suite: say so, and name the definitions nearest to it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pytest
from pytest_bdd.steps import step_function_context_registry

from steps.verdicts.verdict import UndefinedStepError

if TYPE_CHECKING:
    from pytest_bdd.parser import Step

_NEAREST = 3
_FIELD = re.compile(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)|\{(\w+)(?::\w+)?\}")
"""What stands for a value in a pattern: a named group, or braces."""


@pytest.hookimpl(trylast=True)
def pytest_bdd_step_func_lookup_error(step: Step) -> None:
    """Raise UndefinedStepError in place of pytest-bdd's error."""
    known = {
        _FIELD.sub(lambda found: f"<{found[1] or found[2]}>", context.parser.name)
        for context in step_function_context_registry.values()
        if context.type in (None, step.type)
    }
    near = difflib.get_close_matches(step.name, sorted(known), n=_NEAREST, cutoff=0.5)
    raise UndefinedStepError(f"{step.keyword} {step.name}", near)
