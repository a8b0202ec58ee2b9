"""Two recordings held against each other, stop by stop: what differs, and whether it matters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.tools.comparison.invoice_probe import FOUND
from steps.tools.comparison.package_diff import package_differences
from steps.tools.comparison.snapshot import compared_at, nodes_at
from steps.tools.comparison.snapshot_diff import DiffRow, align, name_differences, text_differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.recording import Recording

_UNREACHED = {
    "profile menu": "nothing comes up behind the profile icon",
    "Billing": "Billing does not show its sections",
    "packages": "Add credits opens no pop-up with packages",
    "payment page": "choosing a package leads to no payment page",
    "Users": "Users does not show the list of members",
}
FOUND_AT = {
    "plan": "Billing",
    "payment page": "payment page",
    "card field": "payment page",
    "credits at the end": "packages",
    **dict.fromkeys(FOUND, "Billing"),
}
"""The findings that are compared, and the stop that each belongs to."""
_HOST = re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}\b|\b\d+\.\d+\.\d+\.\d+(?::\d+)?|\blocalhost(?::\d+)?")


@dataclass
class ComparedStop:
    """One stop on both targets."""

    name: str
    on_a: bool
    on_b: bool
    matters: list[str] = field(default_factory=list)
    """The differences that matter, each in a sentence, where they were seen first."""
    repeated: list[str] = field(default_factory=list)
    """Those that an earlier stop has shown already."""
    expected: list[str] = field(default_factory=list)
    """What differs with the account or the day, and what is only worded otherwise."""
    rows: list[DiffRow] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """What came of it, in two words."""
        if self.matters:
            return f"{len(self.matters)} difference{'s' if len(self.matters) > 1 else ''}"
        if not (self.on_a and self.on_b):
            return "not compared"
        return "nothing new" if self.repeated else "the same"


@dataclass
class Comparison:
    """All stops, and notes on the walk as a whole."""

    stops: list[ComparedStop]
    notes: list[str]
    complete: bool
    """Whether either walk came as far as the packages: if none did, nothing can be said of them."""

    @property
    def matters(self) -> list[str]:
        """All differences that matter, each once."""
        return [sentence for stop in self.stops for sentence in stop.matters]

    @property
    def headline(self) -> str:
        """What came of it, in a line."""
        if not self.complete:
            return "Neither walk came as far as the packages"
        count = len(self.matters)
        if not count:
            return "No difference that matters"
        return f"{count} difference{'s' if count > 1 else ''} that matter{'s' if count == 1 else ''}"


def compare(a: Recording, b: Recording) -> Comparison:
    """Hold two recordings against each other."""
    alike = bool(a.manifest.start) and a.manifest.start == b.manifest.start
    longer, shorter = (a, b) if len(a.stops) >= len(b.stops) else (b, a)
    stops = [ComparedStop(name, name in a.stops, name in b.stops) for name in {**longer.stops, **shorter.stops}]
    before: set[str] = set()
    for stop in stops:
        if stop.on_a and stop.on_b:
            found = dict.fromkeys(_differences(stop, a, b, alike=alike))
            stop.matters = [sentence for sentence in found if sentence not in before]
            stop.repeated = [sentence for sentence in found if sentence in before]
            before |= set(found)
    comparison = Comparison(stops, [], any("packages" in one.stops for one in (a, b)))
    for side, one, other in (("A", a, b), ("B", b, a)):
        _note_what_lacks(comparison, side, one, other)
    return comparison


def _differences(stop: ComparedStop, a: Recording, b: Recording, *, alike: bool) -> Iterator[str]:
    """Describe what differs at a stop and matters; what differs by itself is kept apart."""
    on_a, on_b = a.stops[stop.name], b.stops[stop.name]
    stop.rows = align(compared_at(a, stop.name), compared_at(b, stop.name), by_numbers=alike)
    if on_a.reached != on_b.reached:
        yield _unreached(stop.name, *(("A", a) if on_b.reached else ("B", b)))
        return
    yield from package_differences(on_a.packages, on_b.packages)
    for name, place in FOUND_AT.items():
        there = [_HOST.sub("its host", one.manifest.findings.get(name, "")) for one in (a, b)]
        if place == stop.name and there[0] != there[1] and all(there):
            yield f"{name}: {there[0]} on A, {there[1]} on B"
    yield from name_differences(stop.rows)
    for sentence, by_itself in text_differences(stop.rows):
        if alike and not by_itself:
            yield sentence
        else:
            stop.expected.append(sentence)


def _unreached(stop: str, side: str, recording: Recording) -> str:
    """Describe what came instead of a stop: what no earlier stop had shown."""
    names = list(recording.stops)
    earlier = names[: names.index(stop)]
    known = {one.key for name in earlier for one in nodes_at(recording, name)}
    new = [str(one) for one in nodes_at(recording, stop) if one.key not in known]
    address = recording.stops[stop].address
    instead = [f"it leads to {address}"] if address != recording.stops[earlier[-1]].address else []
    instead += [f"what comes instead: {', '.join(new[:3])}"] if new else []
    reason = _UNREACHED.get(stop, "the walk ends here")
    return f"{reason} on {side}; {'; '.join(instead) or 'nothing else comes either'}"


def _note_what_lacks(comparison: Comparison, side: str, one: Recording, other: Recording) -> None:
    """Note where one walk went further than the other; it matters by itself where nothing else explains it."""
    lacking = [name for name in other.stops if name not in one.stops]
    optional = {"sign-in", *(["payment page"] if {"packages", "Users"} & set(one.stops) else [])}
    if not lacking:
        return
    if set(lacking) <= optional:
        comparison.notes.append(f"Not looked at on {side}: {', '.join(lacking)}.")
        return
    last = one.manifest.stops[-1].name if one.stops else "its beginning"
    comparison.notes.append(f"The walk ends at {last} on {side}; not compared: {', '.join(lacking)}.")
    if not comparison.matters and comparison.stops:
        comparison.stops[-1].matters.append(f"the walk ends at {last} on {side}")
