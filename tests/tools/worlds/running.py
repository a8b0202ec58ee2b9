"""Runs many worlds through the readers and counts what comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.tools.worlds.boxes import document
from tests.tools.worlds.dice import repeated, seeded
from tests.tools.worlds.held import findings
from tests.tools.worlds.kinds import draw_world
from tests.tools.worlds.layout import to_snapshot
from tests.tools.worlds.shrinking import smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from steps.readers.page.snapshot import Snapshot
    from tests.tools.worlds.boxes import Box
    from tests.tools.worlds.dice import Dice
    from tests.tools.worlds.truth import World
    from tests.tools.worlds.verdict import Finding

    Look = Callable[[Box, World, str], Snapshot]

MOST_UNCLEAR = 0.01
"""The share of sound, settled worlds that may be unclear."""


@dataclass(frozen=True)
class Failure:
    """A world that was not read as a person reads it; `numbers` are the choices that draw it again."""

    seed: int
    numbers: tuple[int, ...]
    kind: str
    finding: Finding


@dataclass
class Tally:
    """What came of the worlds so far."""

    worlds: int = 0
    right: int = 0
    unclear: int = 0
    settled: int = 0
    """Sound worlds that a person is sure of."""
    left_open: int = 0
    """Broken purchases of which something was unclear."""
    reasons: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    """Broken purchases that were found to be broken, by what was wrong with them."""
    passed: int = 0
    """Broken purchases that were read as sound."""
    failures: list[Failure] = field(default_factory=list)
    doubts: dict[str, Failure] = field(default_factory=dict)
    """One unclear world for each reason."""

    def add(self, other: Tally) -> None:
        """Add the counts of another run."""
        for name in ("worlds", "right", "unclear", "settled", "passed", "left_open"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("reasons", "kinds", "caught"):
            getattr(self, name).update(getattr(other, name))
        self.failures += other.failures
        self.doubts = other.doubts | self.doubts

    @property
    def wrong(self) -> int:
        """How many worlds were read wrong."""
        return len({one.seed for one in self.failures if one.finding.kind == "wrong"})

    @property
    def unclear_share(self) -> float:
        """The share of settled worlds that were unclear."""
        return self.unclear / max(1, self.settled)

    @property
    def is_good(self) -> bool:
        """Whether readers may be trusted, by this."""
        return not self.failures and self.unclear_share <= MOST_UNCLEAR


def made(body: Box, world: World, url: str) -> Snapshot:
    """Return the snapshot of a body, made without a browser."""
    del world
    return to_snapshot(body, url=url)


def look_at(world: World, look: Look) -> list[Finding]:
    """Return what readers get wrong, or leave open, in a world."""
    before = look(world.before, world, world.before_url or world.url) if world.before is not None else None
    return findings(world, look(world.page, world, world.url), before)


def run(seeds: Iterable[int], look: Look = made) -> Tally:
    """Run the worlds of the seeds."""
    tally = Tally()
    for seed in seeds:
        dice = seeded(seed)
        world = draw_world(dice)
        _count(tally, world, look_at(world, look), seed, tuple(dice.thrown))
    return tally


def _count(tally: Tally, world: World, found: list[Finding], seed: int, numbers: tuple[int, ...]) -> None:
    tally.worlds += 1
    tally.settled += world.settled and not world.fault
    tally.kinds[world.kind] += 1
    bad = [one for one in found if one.kind != "unclear"]
    tally.failures += [Failure(seed, numbers, world.kind, one) for one in bad]
    tally.passed += any(one.kind == "passed as sound" for one in bad)
    if world.fault and not any(one.about == "purchase" or one.kind == "passed as sound" for one in found):
        tally.caught[world.fault] += 1
    if not bad and found:
        tally.unclear += not world.fault
        tally.left_open += bool(world.fault)
        reasons = {f"{world.kind} \u00b7 {one.detail}": Failure(seed, numbers, world.kind, one) for one in found}
        tally.reasons.update(reasons.keys())
        tally.doubts = reasons | tally.doubts
    tally.right += not found


def save(failure: Failure, directory: Path, look: Look = made) -> Path:
    """Write the smallest world that fails in the same way: page, page before, truth and reading."""
    same = (failure.finding.kind, failure.finding.about)

    def fails(dice: Dice) -> bool:
        world = draw_world(dice)
        return world.kind == failure.kind and any((one.kind, one.about) == same for one in look_at(world, look))

    numbers = smallest(failure.numbers, fails)
    world = draw_world(repeated(numbers))
    found = next((one for one in look_at(world, look) if (one.kind, one.about) == same), failure.finding)
    profile = f"thousands={world.profile.thousands!r} monthly={world.profile.labels.monthly_credits!r}"
    comment = f"seed {failure.seed}; {world.kind} {world.fault}\n{found.detail}\ntruth: {world.truth}\n{profile}"
    name = f"{failure.kind} {found.about} {failure.seed}".replace(" ", "-")
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"{name}.html"
    target.write_text(document(world.page, name, comment), "utf-8")
    if world.before is not None:
        (directory / f"{name}-before.html").write_text(document(world.before, name, comment), "utf-8")
    return target
