"""Tags, promises and assumptions: each scenario says why it is there, and each promise has a scenario."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING

from steps.documentation import ASSUMPTIONS, PAGES, PROMISES
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from steps.tools.lint.feature_reader import Features, Tag

_DOCUMENTATION = "steps/documentation/__init__.py"
_ASSUMPTIONS = "steps/documentation/assumptions.py"


def check_tags(features: Features, capabilities: Collection[str], markers: Collection[str]) -> Iterator[Finding]:
    """Find tags that nothing knows. `capabilities` are what `@needs:` may name, `markers` the tags without a colon."""
    known: dict[str, Collection[str]] = {
        "doc": [*PROMISES, *(page.name for page in PAGES)],
        "assumption": ASSUMPTIONS,
        "needs": capabilities,
    }
    for tag in features.tags:
        if tag.value and tag.kind in known:
            if tag.value not in known[tag.kind]:
                yield _unknown(tag, [f"{tag.kind}:{value}" for value in known[tag.kind]])
        elif tag.name not in markers:
            yield _unknown(tag, [*markers, *(f"{kind}:{value}" for kind in known for value in known[kind])])


def check_reasons(features: Features) -> Iterator[Finding]:
    """Find scenarios that neither a promise nor an assumption stands behind."""
    for case in features.cases:
        if not (case.values("doc") & PROMISES.keys() or case.values("assumption")):
            yield Finding(
                case.file,
                case.line,
                f'The scenario "{case.title}" names no promise and no assumption; '
                "tag it or its rule with @doc:PAGE.STEP or @assumption:NAME.",
            )


def check_promises(features: Features, root: Path) -> Iterator[Finding]:
    """Find promises that no scenario checks, and assumptions that no scenario names.

    A scenario that also rests on an assumption checks no promise by itself.
    """
    checked = {value for case in features.cases if not case.values("assumption") for value in case.values("doc")}
    for tag, promise in PROMISES.items():
        if tag not in checked:
            file, line = _place(root, tag)
            yield Finding(file, line, f'No scenario checks the promise "{promise.says}"; write one below @doc:{tag}.')
    named = {value for case in features.cases for value in case.values("assumption")}
    for name in ASSUMPTIONS.keys() - named:
        file, line = _place(root, name, _ASSUMPTIONS)
        yield Finding(file, line, f'No scenario rests on the assumption "{name}"; remove it, or write its scenario.')


def check_rules(features: Features) -> Iterator[Finding]:
    """Find tags that name a second Rule: a reader of a report could not tell which of the two is broken."""
    first: dict[str, Tag] = {}
    for tag in features.rule_tags:
        other = first.setdefault(tag.name, tag)
        if tag.value and tag.kind in ("doc", "assumption") and other is not tag:
            says = f"@{tag.name} names the Rule below {other.file}:{other.line} too; a tag names one Rule."
            yield Finding(tag.file, tag.line, says)


def known_markers(root: Path) -> list[str]:
    """Return the markers of pyproject.toml, by name."""
    content = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [line.partition(":")[0].strip() for line in content["tool"]["pytest"]["markers"]]


def _unknown(tag: Tag, known: list[str]) -> Finding:
    near = difflib.get_close_matches(tag.name, known, n=1)
    hint = f"did you mean @{near[0]}?" if near else "name one that there is, or add it where its kind is listed."
    return Finding(tag.file, tag.line, f"Nothing knows the tag @{tag.name}; {hint}")


def _place(root: Path, text: str, file: str | None = None) -> tuple[str, int]:
    """Find where the documentation's module names something."""
    folder = root / "steps" / "documentation"
    for path in [root / file] if file else sorted(folder.glob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            if f'"{text}"' in line:
                return path.relative_to(root).as_posix(), number
    return _DOCUMENTATION, 1
