"""`pytest features --promises` lists promises with their scenarios; `pytest --help` ends with what options take."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from steps.documentation import ASSUMPTIONS, PROMISES
from steps.reporting.test_plan import plan_of
from steps.runner.tag_selection import KINDS
from steps.targets.fake_catalogue import fake_catalogue
from steps.targets.profile_loader import known_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.run_document import Promise
    from steps.reporting.test_plan import Plan

_ORDER = {name: place for place, name in enumerate((*PROMISES, *ASSUMPTIONS))}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--promises`."""
    parser.getgroup("acceptance").addoption(
        "--promises", action="store_true", help="List the promises with their scenarios; run nothing."
    )


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Iterator[None]:
    """Collect in this process if it is only to list; after pytest's help, list what the suite's options take."""
    if config.option.promises:
        config.option.numprocesses = None  # of pytest-xdist
    code = yield
    if config.option.help:
        print(option_values(config.option.targets_file))  # noqa: T201 - below pytest's own help
    return code


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """List promises instead of running scenarios."""
    if not session.config.option.promises or session.testsfailed:
        return None
    terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    for line in promise_lines(plan_of(session.config)):
        terminal.write_line(line)
    return True


def promise_lines(plan: Plan) -> Iterator[str]:
    """Return the promises in the documentation's order, each with the scenarios that check it."""
    for promise in sorted(plan.promises, key=lambda one: _ORDER.get(one.name, len(_ORDER))):
        yield f"\n{_tag(promise)}{promise.title}"
        places: dict[tuple[str, int, str], int] = {}
        for one in plan.scenarios:
            if one.promise == promise.id:
                place = (one.feature, one.line, one.outline or one.title)
                places[place] = places.get(place, 0) + 1
        for (feature, line, title), count in places.items():
            yield f"    {feature}:{line}  {title}{f'  ({count} examples)' if count > 1 else ''}"


def _tag(promise: Promise) -> str:
    kind = {"promise": "doc:", "assumption": "assumption:"}.get(promise.kind)
    return f"{kind}{promise.name}  " if kind else ""


def option_values(targets_file: str | None = None) -> str:
    """Return every value that the suite's options take, for the end of a help text."""
    catalogue = fake_catalogue()
    values = {
        "--target": ", ".join(known_targets(Path(targets_file) if targets_file else None)),
        **{
            f"--variant {question}=": f"{' or '.join(answers)}: {catalogue.questions[question]}"
            for question, answers in catalogue.variants.items()
        },
        "--fault": ", ".join(fault.name for fault in catalogue.faults),
        **{f"-m {kind}:": ", ".join(names) for kind, names in KINDS.items()},
    }
    lines = ["What the options of Diaflow acceptance take:"]
    for option, takes in values.items():
        lines += textwrap.wrap(takes, 100, initial_indent=f"  {option:28} ", subsequent_indent=" " * 31,
                               break_on_hyphens=False)  # fmt: skip
    return "\n".join(["", *lines])
