"""Selection by `-m`: tags as features write them (`-m doc:buy-credits.3`), and a sentence for one that nothing has."""

from __future__ import annotations

import re

import pytest

from steps.documentation import ASSUMPTIONS, PAGES, PROMISES
from steps.targets.fake_target import FakeTarget
from steps.targets.profile_errors import closest

KINDS = {
    "doc": [*PROMISES, *(page.name for page in PAGES)],
    "assumption": list(ASSUMPTIONS),
    "needs": sorted(FakeTarget.capabilities),
}
"""What tags of the form KIND:VALUE can name."""
_WORD = re.compile(r"\w[\w.:-]*")
_GRAMMAR = {"and", "or", "not"}
_CALL = re.compile(r"""(\w+)\(tag="([^"]*)"\)""")
"""A tag with a value, as pytest's own grammar asks for it."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Write tags in pytest's own grammar. Raises UsageError for a tag that there is not."""
    expression = config.option.markexpr
    if expression and not hasattr(config, "workerinput"):  # a worker is given what this process has looked through
        _check_known(expression, config)
    config.option.markexpr = _WORD.sub(_as_call, expression)


def _check_known(expression: str, config: pytest.Config) -> None:
    markers = {re.split(r"[(:]", line)[0].strip() for line in config.getini("markers")} - KINDS.keys()
    known = [*sorted(markers), *(f"{kind}:{value}" for kind, values in KINDS.items() for value in values)]
    for word in _WORD.findall(re.sub(r"\([^()]*=[^()]*\)", "", expression)):
        if word not in (*_GRAMMAR, *KINDS, *known):
            own = "smoke" if "smoke" in markers else ""
            near = (
                closest(word, known) or f"There are {own and own + ' and '}{', '.join(f'{kind}:…' for kind in KINDS)}. "
            )
            raise pytest.UsageError(
                f'-m: no scenario has the tag "{word}". {near}`pytest features --promises` lists them.'
            )


def as_written(expression: str) -> str:
    """Return an expression with tags as features write them."""
    return _CALL.sub(r"\1:\2", expression)


def _as_call(word: re.Match[str]) -> str:
    kind, _, value = word[0].partition(":")
    return f'{kind}(tag="{value}")' if kind in KINDS and value else word[0]
