"""Run generated worlds through the readers: `python -m tests.tools.worlds --count 100000 --rendered 1000`."""

from __future__ import annotations

import multiprocessing
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from tests.tools.worlds.running import MOST_UNCLEAR, Failure, Tally, run, save

_CHUNK = 500


def main() -> int:
    """Run, print, and return the exit code."""
    parser = ArgumentParser(prog="python -m tests.tools.worlds", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="snapshots made without a browser")
    parser.add_argument("--rendered", type=int, default=0, help="pages rendered in one")
    parser.add_argument("--seed", type=first_seed, default=0, help="the first seed; new: one that nobody has drawn")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--save", type=Path, default=Path("reports/worlds"), help="where failing worlds are written")
    parser.add_argument("--most", type=int, default=12, help="failing worlds written, each as small as it gets")
    parser.add_argument("--unclear", type=int, default=0, help="unclear worlds written, one for each reason")
    given = parser.parse_args()
    good = True
    if given.count:
        began = time.perf_counter()
        tally = _made(range(given.seed, given.seed + given.count), given.processes)
        _tell(f"made without a browser, from seed {given.seed},", tally, time.perf_counter() - began, given)
        good = tally.is_good
    if given.rendered:
        began = time.perf_counter()
        tally = _rendered(range(given.seed, given.seed + given.rendered))
        _tell(f"rendered in a browser, from seed {given.seed},", tally, time.perf_counter() - began, given)
        good = good and tally.is_good
    return 0 if good else 1


def first_seed(text: str) -> int:
    """Return the first seed: as given, or by the second in which this begins, and so another one each time."""
    return int(time.time()) * _CHUNK if text == "new" else int(text)


def _made(seeds: range, processes: int) -> Tally:
    chunks = [seeds[at : at + _CHUNK] for at in range(0, len(seeds), _CHUNK)]
    tally = Tally()
    if processes < 2 or len(chunks) < 2:
        for chunk in chunks:
            tally.add(run(chunk))
        return tally
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for part in pool.imap_unordered(run, chunks):
            tally.add(part)
    return tally


def _rendered(seeds: range) -> Tally:
    from tests.tools.worlds.rendering import browser_page, render

    with browser_page() as page:
        return run(seeds, lambda body, world, url: render(page, body, world.profile, url))


def _tell(what: str, tally: Tally, seconds: float, given: Namespace) -> None:
    say = sys.stdout.write
    broken, caught = tally.kinds["broken"], sum(tally.caught.values())
    share = f"{tally.unclear_share:.2%} of the {tally.settled:,} sound ones that are plain to a person"
    say(f"{tally.worlds:,} worlds {what} in {seconds:.1f} s ({tally.worlds / max(seconds, 0.001):,.0f} a second)\n")
    say(f"  read right        {tally.right:,}\n")
    say(f"  unclear           {tally.unclear:,} ({share})\n")
    for reason, count in tally.reasons.most_common(8):
        say(f"                    {count:,} \u00d7 {reason[:200]}\n")
    say(f"  WRONG             {tally.wrong:,}\n")
    say(f"  broken purchases  {broken:,}: found out {caught:,}, left unclear {broken - caught - tally.passed:,}\n")
    say(f"  READ AS SOUND     {tally.passed:,}\n")
    for (kind, about), count in Counter((one.kind, one.finding.about) for one in tally.failures).most_common():
        say(f"                    {count:,} \u00d7 {kind} \u00b7 {about}\n")
    for failure in _varied(tally.failures, given.most):
        say(f"    seed {failure.seed}: {failure.finding.detail[:240]}\n      {save(failure, given.save)}\n")
    for reason, _ in tally.reasons.most_common(given.unclear):
        say(f"    unclear: {reason[:200]}\n      {save(tally.doubts[reason], given.save)}\n")
    if tally.unclear_share > MOST_UNCLEAR:
        say(f"  More than {MOST_UNCLEAR:.0%} are unclear.\n")


def _varied(failures: list[Failure], most: int) -> list[Failure]:
    """Return failures of as many sorts as there are."""
    by_sort: dict[tuple[str, str], list[Failure]] = {}
    for one in failures:
        by_sort.setdefault((one.kind, one.finding.about), []).append(one)
    turns = sorted(((at, one) for group in by_sort.values() for at, one in enumerate(group)), key=lambda pair: pair[0])
    return [one for _, one in turns[:most]]


if __name__ == "__main__":
    sys.exit(main())
