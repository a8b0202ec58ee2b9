"""Two recordings held against each other, stop by stop: what differs, and whether it matters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.tools.comparison.invoice_probe import FOUND
from steps.tools.comparison.package_diff import compare_packages, match_renamed_packages
from steps.tools.comparison.snapshot_diff import DiffRow, align, tell_parts, tell_texts
from steps.tools.comparison.snapshot_normaliser import everything_at, shown_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.recording import Recording

_AIMS = {
    "profile menu": "nothing comes up behind the profile icon",
    "Billing": "Billing does not show its sections",
    "packages": "Add credits opens no pop-up with packages",
    "payment page": "choosing a package leads to no payment page",
    "Users": "Users does not show the list of members",
}
"""What is the matter where a stop was not reached."""
FOUND_AT = {
    "plan": "Billing",
    "payment page": "payment page",
    "card field": "payment page",
    "credits at the end": "packages",
    **dict.fromkeys(FOUND, "Billing"),
}
"""The findings that are compared, and the stop that each belongs to."""
_MOST = 3
"""How many things a sentence names."""
_HOST = re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}\b|\b\d+\.\d+\.\d+\.\d+(?::\d+)?|\blocalhost(?::\d+)?")


@dataclass
class Compared:
    """One stop on both targets."""

    name: str
    on_a: bool
    on_b: bool
    matters: list[str] = field(default_factory=list)
    """The differences that matter, each in a sentence, where they were seen first."""
    again: list[str] = field(default_factory=list)
    """Those that an earlier stop has shown already."""
    apart: list[str] = field(default_factory=list)
    """What differs with the account or the day, and what is only worded otherwise."""
    rows: list[DiffRow] = field(default_factory=list)


@dataclass
class Comparison:
    """All stops, and what is to be said of the walk as a whole."""

    stops: list[Compared]
    notes: list[str]
    complete: bool
    """Whether either walk came as far as the packages: if none did, nothing can be said of them."""

    @property
    def matters(self) -> list[str]:
        """All differences that matter, each once."""
        return [says for stop in self.stops for says in stop.matters]


def compare(a: Recording, b: Recording) -> Comparison:
    """Hold two recordings against each other."""
    alike = bool(a.manifest.start) and a.manifest.start == b.manifest.start
    order = [stop.name for stop in (a if len(a.stops) >= len(b.stops) else b).manifest.stops]
    names = [*order, *(name for name in [*a.stops, *b.stops] if name not in order)]
    stops = [Compared(name, name in a.stops, name in b.stops) for name in dict.fromkeys(names)]
    said: set[str] = set()
    for stop in stops:
        if stop.on_a and stop.on_b:
            found = list(_differences(stop, a, b, alike=alike))
            stop.matters = [says for says in dict.fromkeys(found) if says not in said]
            stop.again = [says for says in dict.fromkeys(found) if says in said]
            said |= set(found)
    comparison = Comparison(stops, [], any("packages" in one.stops for one in (a, b)))
    _say_how_far(comparison, a, b)
    return comparison


def _differences(stop: Compared, a: Recording, b: Recording, *, alike: bool) -> Iterator[str]:
    """Say what differs at a stop and matters; what differs by itself is kept apart."""
    on_a, on_b = a.stops[stop.name], b.stops[stop.name]
    shown_a, shown_b = shown_at(a, stop.name), shown_at(b, stop.name)
    stop.rows = align(shown_a, shown_b)
    if on_a.reached != on_b.reached:
        yield _unreached(stop.name, *(("A", a) if on_b.reached else ("B", b)))
        return
    packages_a = match_renamed_packages(on_a.packages, on_b.packages, shown_a)
    packages_b = match_renamed_packages(on_b.packages, on_a.packages, shown_b)
    yield from compare_packages(packages_a, packages_b)
    yield from _findings(stop.name, a, b)
    stop.rows = align(shown_a, shown_b, by_numbers=alike)
    yield from tell_parts(stop.rows)
    texts = list(tell_texts(stop.rows))
    if alike:
        yield from (says for says, by_itself in texts if not by_itself)
    stop.apart = [says for says, by_itself in texts if by_itself or not alike]


def _unreached(stop: str, side: str, recording: Recording) -> str:
    """Say what was not reached, and what came instead: what no earlier stop had shown."""
    names = list(recording.stops)
    before = {one.key for name in names[: names.index(stop)] for one in everything_at(recording, name)}
    new = [str(one) for one in everything_at(recording, stop) if one.key not in before]
    describe_page = f"what comes instead: {', '.join(new[:_MOST])}" if new else "nothing else comes either"
    address = recording.stops[stop].address
    if address != recording.stops[names[names.index(stop) - 1]].address:
        describe_page = f"it leads to {address}" + (f"; {describe_page}" if new else "")
    return f"{_AIMS.get(stop, 'the walk ends here')} on {side}; {describe_page}"


def _findings(stop: str, a: Recording, b: Recording) -> Iterator[str]:
    for name, place in FOUND_AT.items():
        there = [_HOST.sub("its host", one.manifest.findings.get(name, "")) for one in (a, b)]
        if place == stop and there[0] != there[1] and all(there):
            yield f"{name}: {there[0]} on A, {there[1]} on B"


def _say_how_far(comparison: Comparison, a: Recording, b: Recording) -> None:
    """Say where one walk went further than the other; it matters by itself where nothing else explains it."""
    for side, one, other in (("A", a, b), ("B", b, a)):
        lacking = [name for name in other.stops if name not in one.stops]
        if not lacking:
            continue
        walked = {"packages", "Users"} & set(one.stops)
        aside = {"sign-in", *(["payment page"] if walked else [])}
        if set(lacking) <= aside:
            comparison.notes.append(f"Not looked at on {side}: {', '.join(lacking)}.")
            continue
        last = one.manifest.stops[-1].name if one.stops else "its beginning"
        says = f"the walk ends at {last} on {side}"
        comparison.notes.append(f"{says[0].upper()}{says[1:]}; not compared: {', '.join(lacking)}.")
        if not comparison.matters and comparison.stops:
            comparison.stops[-1].matters.append(says)
