"""Declarative features: words of business, so that the same line makes sense for any deployment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.documentation import PROMISES
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.lint.feature_reader import Features

_IMPERATIVE = re.compile(
    r"\b(click|fill|press|tap|scroll|hover|button|selector|locator|checkbox|dropdown|xpath|css|html|dom|url|http)"
    r"(s|es|ed|ing|ling|led)?\b|\bpages? (is |are )?load(s|ed)?\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(?<!payment )(?<!Billing )(?<!login )(?<!sign-in )pages?\b", re.IGNORECASE)
"""A page, except those that the documentation itself calls so."""
_QUOTED = re.compile(r'"[^"]*"')


def check_style(features: Features) -> Iterator[Finding]:
    """Find imperative words, and scenarios with more than one When. What the documentation says itself is quoted."""
    labels = {f'"{label.casefold()}"' for promise in PROMISES.values() for label in promise.labels}

    def without_labels(text: str) -> str:
        return _QUOTED.sub(lambda quoted: "" if quoted[0].casefold() in labels else quoted[0], text)

    for prose in features.prose:
        # A description quotes the page; there "page" means a page of the documentation.
        text = without_labels(prose.text) if prose.title else _QUOTED.sub("", prose.text)
        yield from _imperative(prose.file, prose.line, text, pages=prose.title)
    seen: set[tuple[str, int]] = set()
    for case in features.cases:
        whens = [step for step in case.steps if step.type == "when"]
        if len(whens) > 1:
            yield Finding(case.file, whens[1].line, "A scenario has one When; make this a scenario of its own.")
        for step in case.steps:
            if (place := (case.file, step.line)) not in seen:
                seen.add(place)
                yield from _imperative(*place, without_labels(step.name), pages=True)


def _imperative(file: str, line: int, text: str, *, pages: bool) -> Iterator[Finding]:
    found = _IMPERATIVE.search(text) or (_PAGE.search(text) if pages else None)
    if found:
        yield Finding(
            file, line, f'"{found[0]}" says how, not what; say it in words that make sense for any deployment.'
        )
