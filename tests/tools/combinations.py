"""Tries random combinations of what runs can meet, and looks for a green that is none.

`python -m tests.tools.combinations --minutes 60 --seed N`: each makes a small project whose scenarios need no browser,
carries it out in parts (reruns, workers, shards, limits, selections; some are killed, some lose files), merges these in
any order, and holds exit codes and documents against what the scenarios themselves have noted. Each violation is a
line, with the seed that repeats it: `--seed N --count 1`. Exit code 1 where there is any.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from steps.cli.report import command as report
from steps.reporting.run_document import FILE_NAME, DocumentError, load
from tests.suite.support.combined_parts import KINDS, Part, Plan, carry_out, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.reporting.run_document import Result, Run

RED = ("failed", "flaky")
SIGNALLED = 2
UNREADABLE = 4


class Claim:
    """What a part or a merge says, and what is known of the parts that it was made of."""

    def __init__(self, run: Run | None, code: int, parts: Sequence[Part], kinds: Sequence[str]) -> None:
        self.run, self.code, self.parts, self.kinds = run, code, parts, kinds
        self.allow = all(part.plan.allow_flaky for part in parts)
        self.require = any(part.plan.require_verified for part in parts)
        self.wanted = sorted({number for part in parts for number in part.plan.chosen(len(kinds))})

    def noted(self, number: int) -> list[str]:
        """Return how attempts at a scenario ended, in the parts of which the end is known."""
        return [how for part in self.parts if part.ended for how in part.noted.get(number, [])]

    def known_red(self, number: int) -> set[str]:
        """Return what must show of a scenario; what was killed before it could tell, nobody can know."""
        is_one = len(self.parts) == 1
        parts = [part for part in self.parts if part.ended and (part.is_whole or (is_one and not part.plan.kill))]
        return {"failed", "mistake"} & {how for part in parts for how in part.noted.get(number, [])}

    def violations(self) -> Iterator[str]:
        """Yield what must not be."""
        if self.code == 0:
            yield from self._wrong_green()
        if self.run is None:
            if self.code == 0:
                yield "exit 0 without a document"
            return
        results = {_number(one.title): one.result for one in self.run.scenarios}
        others = {_number(one.title) for one in self.run.other_shards}
        if (there := sorted({*results, *others})) != self.wanted:
            yield f"of the scenarios {self.wanted} there are {there}"
        if sum(self.run.counts.values()) != len(self.run.scenarios):
            yield "the counts do not add up"
        for number, result in results.items():
            yield from (f"{number} ({self.kinds[number]}): {words}" for words in self._wrong(number, result))
        counts, red = self.run.counts, any(result.verdict in RED for result in results.values())
        if self.code == 1 and not red:
            yield "exit 1, and nothing is red"
        if counts["failed"] and self.code >= 0 and self.code not in (1, SIGNALLED):
            yield f"exit {self.code}, and something failed"

    def _wrong_green(self) -> Iterator[str]:
        others = self.run.other_shards if self.run and len(self.parts) == 1 else []
        own = {*self.wanted} - {_number(one.title) for one in others}
        ended = {number: set(self.noted(number)) for number in sorted(own)}
        if not any("passed" in hows for hows in ended.values()):
            yield "exit 0, and nothing passed"
        for number, hows in ended.items():
            is_known = self.kinds[number] == "is known"
            unverified = self.kinds[number] == "is skipped" or hows & {"unverified"} or (is_known and "failed" in hows)
            red = self.known_red(number)
            if "mistake" in red:
                yield f"exit 0, and {number} met a mistake of the suite"
            elif "failed" in red and not is_known and not (self.allow and "passed" in hows):
                yield f"exit 0, and {number} ({self.kinds[number]}) failed"
            elif "passed" not in hows and (self.require or not unverified):
                yield f"exit 0, and {number} ({self.kinds[number]}) did not pass: {sorted(hows)}"

    def _wrong(self, number: int, result: Result) -> Iterator[str]:
        hows, before = self.noted(number), [one for part in self.parts for one in part.said(number)]
        if result.verdict == "passed" and ("passed" not in hows or self.known_red(number)):
            yield f"passed, and it ended {hows}"
        if result.verdict in RED and "failed" not in hows:
            yield f"{result.verdict}, and it ended {hows}"
        if any(one.verdict in RED for one in before) and result.verdict not in RED:
            yield f"was red in a part, and is {result.verdict}"
        if any(one.is_own_mistake for one in before) and result.verdict == "passed":
            yield "was a mistake of the suite in a part, and is passed"
        if not hows and self.kinds[number] != "is skipped" and (result.ran or not result.trouble):
            yield f"did not run, and is {result.verdict}: {result.reason}"


def _number(title: str) -> int:
    return int(title.split()[1])


def plans(chance: random.Random, size: int, kinds: Sequence[str]) -> list[Plan]:
    """Draw the parts: shards of one run, some of them missing or run twice, or runs of their own."""
    shards = chance.choice([0, 0, 2, 3])
    groups = range(1, shards + 1) if shards else range(chance.randint(1, 3))
    drawn = [Plan.draw(chance, size, shards=shards, group=group, hangs="hangs" in kinds) for group in groups]
    if shards:
        for plan in drawn[1:]:  # cut from the same scenarios
            plan.keyword = drawn[0].keyword
    return [one for one in drawn for _ in range(chance.choice([1, 1, 1, 0, 2]))] or drawn[:1]


def tried(seed: int, directory: Path) -> list[str]:
    """Try one combination, and return its violations."""
    chance = random.Random(seed)  # noqa: S311 - what is drawn is no secret
    kinds = chance.choices(list(KINDS), weights=list(KINDS.values()), k=chance.randint(1, 7))
    write_project(directory, kinds)
    parts, found = [], list[str]()
    for name, plan in enumerate(plans(chance, len(kinds), kinds)):
        part = carry_out(directory, plan, f"part{name}")
        found += [f"{part}: {words}" for words in _of_part(part, kinds)]
        parts.append(part)
    there = [part for part in parts if part.place is not None]
    for part in there:
        part.lose(chance)
    chance.shuffle(there)
    if there:
        found += _of_merge(directory, there, kinds, chance)
    return found


def _of_part(part: Part, kinds: Sequence[str]) -> Iterator[str]:
    code, text = part.code, part.text
    if "INTERNALERROR" in text or code == 3:
        yield f"internal error: {text[-600:]}"
    if code == SIGNALLED and not part.plan.is_told:
        yield f"exit 2, and nobody interrupted: {text[-600:]}"
    if part.timed_out:
        yield "it did not end when it was told to"
    run = part.run
    yield from Claim(run, code, [part], kinds).violations()
    total = f"{len(run.scenarios)} scenario" if run and part.code >= 0 else ""
    if total not in text:
        yield "the terminal counts otherwise"


def _of_merge(directory: Path, parts: list[Part], kinds: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Merge all parts, or the first of them before the others, and look at what comes out."""
    options = [one for one in ("--allow-flaky", "--require-verified") if chance.random() < 0.15]
    places = [str(part.place) for part in parts]
    if len(parts) > 2 and chance.random() < 0.4:
        first = _merged(places[:2], directory / "first", [])
        if (directory / "first" / FILE_NAME).is_file():
            places = [str(directory / "first"), *places[2:]]
        elif first != UNREADABLE:
            yield f"merge: exit {first}, and no document"
    code, output = _merged(places, directory / "merged", options), directory / "merged"
    broken = any(part.is_cut for part in parts)
    if broken != (code == UNREADABLE):
        yield f"merge: exit {code}, and files were {'' if broken else 'not '}cut"
    if broken:
        return
    claim = Claim(load(output / FILE_NAME), code, parts, kinds)
    claim.allow = claim.allow or "--allow-flaky" in options
    claim.require = claim.require or "--require-verified" in options
    where = f"merge of {', '.join(map(str, parts))} {options}"
    yield from (f"{where}: {words}" for words in claim.violations())
    if any(part.code == 1 for part in parts if part.ended) and not claim.allow and code != 1:
        yield f"{where}: exit {code}, and a part ended with 1"


def _merged(places: Sequence[str], output: Path, options: Sequence[str]) -> int:
    return CliRunner().invoke(report, [*places, "--output", str(output), *options]).exit_code


def try_for(seconds: float, seed: int, count: int | None = None) -> tuple[int, list[str]]:
    """Try combinations, and return how many, and the violations."""
    end, number, found = time.monotonic() + seconds, 0, list[str]()
    while time.monotonic() < end and number != count:
        with tempfile.TemporaryDirectory() as directory:
            try:
                wrong = tried(seed + number, Path(directory))
            except (DocumentError, OSError) as error:
                wrong = [f"{type(error).__name__}: {error}"]
        found += [f"seed {seed + number}: {words}" for words in wrong]
        for words in wrong:
            click.echo(f"seed {seed + number}: {words}")
        number += 1
    return number, found


@click.command(help=__doc__)
@click.option("--minutes", type=float, default=60, show_default=True)
@click.option("--seed", type=int, help="The first combination's; the others count on (default: the time).")
@click.option("--count", type=int, help="Try no more than so many.")
def main(minutes: float, seed: int | None, count: int | None) -> None:
    """Try, and print what was found."""
    seed = int(time.time()) if seed is None else seed
    number, found = try_for(minutes * 60, seed, count)
    click.echo(f"{number} combinations from seed {seed}: {len(found)} violations")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
