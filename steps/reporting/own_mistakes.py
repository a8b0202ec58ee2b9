"""Whether the suite's own code failed: a mistake in a step or a page object, which says nothing of a site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from steps.verdicts.verdict import UndefinedStepError

if TYPE_CHECKING:
    from collections.abc import Iterable

_OWN = Path(__file__).parents[1]
_MISUSED = re.compile(
    r"""(?:\w+\.\w+:\ )?(?:Error:\ )?(?:
        (?:Reference|Type|Syntax|Range)Error:\         # thrown by a script that the suite runs within a page
        | Unknown\ (?:key|engine) | Unexpected\ (?:token|argument) | .*\bwhile\ parsing\ selector
        | Attempting\ to\ serialize | \w+:\ expected\ (?:one\ of|\w+,\ got)
        | .*\binvalid\ URL | strict\ mode\ violation
        | Element\ is\ not\ an?\ < | Node\ is\ not\ an?\ < | Not\ a\ checkbox
        | Element\ is\ not\ attached\ to\ the\ DOM          # it was drawn anew, and has to be found again
    )
    | (?:Locator|ElementHandle)\.(?:get_attribute|input_value|inner_text|text_content|evaluate|bounding_box):\ Timeout
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""How Playwright says that it was asked for what cannot be, or is not there any more; all else was seen of the site."""
_MISUSE = ("TypeError", "ValidationError")
"""What Playwright's driver calls its errors about arguments, such as an invalid URL."""


def is_own_mistake(error: BaseException) -> bool:
    """Whether an error is a mistake of the suite; what nobody raised on purpose and no browser observed is one."""
    if isinstance(error, BaseExceptionGroup):  # of several fixtures that could not be put away
        return all(is_own_mistake(one) for one in error.exceptions)
    if isinstance(error, PlaywrightError):
        words = next(iter(str(error).splitlines()), "")
        return {type(error).__name__, error.name} & {*_MISUSE} != set() or bool(_MISUSED.match(words))
    return not isinstance(error, (AssertionError, pytest.fail.Exception))


def reason_of(excinfo: pytest.ExceptionInfo[BaseException], root: Path, step: str) -> str:
    """Return a mistake in one line, with its place: the innermost one in the suite, or the `step` that is undefined."""
    error = excinfo.value
    first = next(iter(str(error).strip().splitlines()), "")
    if isinstance(error, UndefinedStepError):
        return f"error of the suite: {first} ({step})"
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    places = ((Path(entry.path), entry.lineno + 1) for entry in excinfo.traceback)
    return f"error of the suite, please report it: {said} ({_innermost(places, root)})"


def _innermost(places: Iterable[tuple[Path, int]], root: Path) -> str:
    known = list(places)
    for path, line in reversed(known):
        if path.is_relative_to(_OWN):
            return f"{path.relative_to(_OWN.parent).as_posix()}:{line}"
        if path.is_relative_to(root) and "site-packages" not in path.parts:
            return f"{path.relative_to(root).as_posix()}:{line}"
    path, line = known[-1]
    return f"{path.name}:{line}"
