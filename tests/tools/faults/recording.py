"""From a run of the fault matrix to the file of what is known to catch each fault; see `known`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit

from steps.reporting.then_faults import thens_of
from tests.tools.faults.judging import Sight
from tests.tools.faults.known import CATCHES, known_catches, name_of
from tests.tools.faults.thens import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from steps.reporting.then_faults import Then
    from tests.tools.faults.judging import Line, Seen


def record(lines: Iterable[Line], path: Path = CATCHES) -> None:
    """Write which scenarios catch the faults of a run; of faults that it has not caught, what is known stays."""
    found = known_catches(path) | catches_in(lines)
    path.write_text(tomlkit.dumps({name: found[name] for name in sorted(found)}), "utf-8")


def catches_in(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Return the scenarios that catch each fault and turn each Then red, as few and quick as were seen."""
    caught = [line for line in lines if line.fault is not None and not line.troubles]
    chosen = {line.name: {name_of(_quickest(line.sights(Sight.CAUGHT)).scenario)} for line in caught}
    red = {then for line in caught for one in line.seen if name_of(one.scenario) in chosen[line.name]
           for then in _turned_red(one)}  # fmt: skip
    for line in sorted(caught, key=lambda line: line.seconds):
        for one in line.seen:
            if new := set(_turned_red(one)) - red:
                chosen[line.name].add(name_of(one.scenario))
                red |= new
    return {name: sorted(names) for name, names in chosen.items()}


def _quickest(seen: list[Seen]) -> Seen:
    return min(seen, key=lambda one: one.scenario.result.seconds)


def _turned_red(one: Seen) -> Iterator[Then]:
    """Yield the Then that a scenario failed at, where it says what is broken."""
    if one.sight in TELLING:
        yield from (then for then, step in thens_of(one.scenario) if step.status == "failed")
