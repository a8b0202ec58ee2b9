"""What a run set out to do: every scenario that was selected, whether it will run or not.

A worker of pytest-xdist hands it to the controlling process in a file, for a worker that crashes can hand over nothing
later.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.run_document import Promise, Scenario, Selection, Step, not_run
from steps.runner.feature_collector import TYPED, FeatureFile, example_of
from steps.runner.run_context import RUN
from steps.runner.tag_selection import as_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_bdd.parser import ScenarioTemplate

_FIRST_WORKER = "gw0"


class Plan(msgspec.Struct):
    """The scenarios and promises that were selected, and how many were not."""

    scenarios: list[Scenario] = msgspec.field(default_factory=list)
    promises: list[Promise] = msgspec.field(default_factory=list)
    other_shards: list[Scenario] = msgspec.field(default_factory=list)
    """The scenarios that other shards are to carry out."""
    selection: Selection = msgspec.field(default_factory=Selection)


PLAN = pytest.StashKey[Plan]()
SCENARIO = pytest.StashKey[Scenario]()


def plan_of(config: pytest.Config) -> Plan:
    """Return the plan; the controlling process of pytest-xdist reads it from where the first worker left it."""
    if PLAN not in config.stash and (file := next((one for one in _files(config) if one.exists()), None)):
        config.stash[PLAN] = msgspec.json.decode(file.read_bytes(), type=Plan)
        file.unlink()
    return config.stash.get(PLAN, None) or Plan()


def promise_of(item: pytest.Item) -> Promise:
    """Return what an item of the plan checks."""
    return item.stash[_PROMISE]


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Describe each scenario, and let pytest say where it stands in its feature."""
    if isinstance(item.parent, FeatureFile) and isinstance(item, pytest.Function):
        scenario, promise = _described(item, item.parent.templates[item.originalname])
        item.stash[SCENARIO] = scenario
        item.stash[_PROMISE] = promise
        item.stash[_PLACE] = next(_PLACES)
        item.location = (scenario.feature, scenario.line - 1, scenario.title)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Keep what was not selected."""
    for item in items:
        if SCENARIO in item.stash:
            item.config.stash.setdefault(_DESELECTED, []).append(item)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Plan nothing where the selection itself is wrong, such as `-k "two words"`: pytest ends with what it says."""
    try:
        return (yield)
    except pytest.UsageError:
        items.clear()
        raise


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_note_left_out(config: pytest.Config) -> None:
    """Note what was left out so far: what pytest-split, which comes after, leaves out is for other shards."""
    config.stash[_LEFT_OUT] = len(config.stash.get(_DESELECTED, []))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the plan; the first worker leaves it for the controlling process, before it says that it has collected."""
    config = session.config
    left_out, others = len(config.stash.get(_DESELECTED, [])), []
    if getattr(config.option, "splits", None):
        left_out, deselected = config.stash.get(_LEFT_OUT, 0), config.stash.get(_DESELECTED, [])
        others = deselected[left_out:]
    chosen = sorted((item for item in session.items if SCENARIO in item.stash), key=lambda item: item.stash[_PLACE])
    promises = {item.stash[_PROMISE].id: item.stash[_PROMISE] for item in (*others, *reversed(chosen))}
    selection = Selection(len(chosen), left_out, _selected_by(config), collected=len(chosen) + len(others))
    if others:
        selection.shard, selection.shards = config.option.group, config.option.splits
    scenarios, elsewhere = ([item.stash[SCENARIO] for item in some] for some in (chosen, others))
    plan = Plan(scenarios, list(promises.values()), elsewhere, selection)
    worker = getattr(config, "workerinput", None)
    if worker is None:
        config.stash[PLAN] = plan
    elif worker["workerid"] == _FIRST_WORKER and (chosen or selection.deselected):
        _leave(plan, config)


_PROMISE = pytest.StashKey[Promise]()
_PLACE = pytest.StashKey[int]()
"""The place of a scenario in its feature, whatever order the run is in."""
_PLACES = itertools.count()
_DESELECTED = pytest.StashKey[list[pytest.Item]]()
_LEFT_OUT = pytest.StashKey[int]()


def _leave(plan: Plan, config: pytest.Config) -> None:
    """Write the plan for the controlling process, whole or not at all; a full disk makes it use the other place."""
    content = msgspec.json.encode(plan)
    for file in _files(config):
        unfinished = file.with_suffix(".unfinished")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(file)
            return
        with contextlib.suppress(OSError):
            unfinished.unlink()
    raise OSError(errno.ENOSPC, "The plan of the run cannot be written")


def _files(config: pytest.Config) -> tuple[Path, Path]:
    run = config.stash[RUN]
    return run.directory / "plan.json", run.shared() / "plan.json"


def _selected_by(config: pytest.Config) -> list[str]:
    option = config.option
    keyword = config.stash.get(TYPED, option.keyword)
    ways = [f'-k "{keyword}"' if keyword else "", f'-m "{as_written(option.markexpr)}"' if option.markexpr else ""]
    ways += [argument for argument in config.args if "::" in argument]
    return [way for way in ways if way]


def _described(item: pytest.Function, template: ScenarioTemplate) -> tuple[Scenario, Promise]:
    example = example_of(item)
    rendered = template.render(example)
    feature = _relative(template.feature.filename, item.config.rootpath)
    promise = _promise(template, feature)
    scenario = Scenario(
        id=item.nodeid,
        promise=promise.id,
        title=rendered.name,
        feature=feature,
        line=template.line_number,
        outline=template.name if template.templated else None,
        example=dict(example),
        tags=sorted(template.tags | template.feature.tags | (template.rule.tags if template.rule else set())),
        result=not_run([Step(step.keyword, step.name, step.line_number) for step in rendered.steps]),
    )
    return scenario, promise


def _promise(template: ScenarioTemplate, feature: str) -> Promise:
    """Find what a scenario checks: its own tag says, or else that of its Rule, or of its feature."""
    rule, whole = template.rule, template.feature
    levels = (template.tags, rule.tags if rule else set(), whole.tags)
    tags = [_naming(level, whole.tags) for level in levels]
    kind, name = next((tag for tag in tags if tag), ("", ""))
    page, _, step = name.partition(".") if kind == "doc" else ("", "", "")
    title = _title(kind, name, rule.name if rule and not (kind == "assumption" and tags[0]) else None) or whole.name
    return Promise(
        id=f"doc:{name}/{_slug(title)}" if kind == "doc" else f"{kind}:{name}" if kind else f"{feature}/{_slug(title)}",
        kind="promise" if kind == "doc" else "assumption" if kind else "unnamed",
        title=title,
        name=name,
        feature=feature,
        feature_title=whole.name,
        line=_rule_line(whole.filename, rule.name) if rule else template.line_number,
        page=page,
        step=step,
    )


def _naming(tags: set[str], of_feature: set[str]) -> tuple[str, str] | None:
    """Choose the tag that names a promise or an assumption; of several, the one on the feature's own page."""
    named = [tag for tag in tags if tag.startswith(("doc:", "assumption:"))]
    named.sort(key=lambda tag: (tag.split(".")[0] not in of_feature, tag))
    return (named[0].split(":", 1)[0], named[0].split(":", 1)[1]) if named else None


def _title(kind: str, name: str, rule: str | None) -> str:
    return rule or (name.replace("-", " ").capitalize() if kind == "assumption" else "")


@cache
def _relative(filename: str, root: Path) -> str:
    try:
        return Path(filename).relative_to(root).as_posix()
    except ValueError:
        return Path(os.path.relpath(filename, root)).as_posix()


@cache
def _rule_line(filename: str, name: str) -> int:
    """Find the line of a Rule, which pytest-bdd does not keep."""
    lines = Path(filename).read_text(encoding="utf-8").splitlines()
    pattern = re.compile(rf"\s*Rule:\s*{re.escape(name)}\s*$")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), 1)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
