"""The packages of the page against the table of the features."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.tools.drift.change import Change, shortened
from steps.tools.drift.meaning import weighty_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.documentation.model import Page
    from steps.tools.drift.reading import Reading


def check_packages(reading: Reading, page: Page, documented: Sequence[str]) -> Iterator[Change]:
    """Find packages that are new, gone, changed, told twice, in another order, or sold with something more."""
    tags = tuple(promise.tag for promise in page.promises if promise.packages)
    written = {plain(amount): amount for amount in documented}
    now = [amount.value for amount in reading.packages if amount.unit == "credits"]
    yield from _units(reading, tags, written)
    if not reading.packages:
        yield Change(f"The page names none of the {len(documented)} packages any more.", tags)
        return
    yield from _set(now, tags, written)
    yield from _order(now, tags, written)
    for amount in reading.packages:
        if amount.rest and weighty_words(amount.rest, page, written):
            name = written.get(amount.value, f"{amount.value:,}")
            rest = shortened(amount.rest)
            yield Change(
                f'With {name} credits the page now says "{rest}", which the suite does not check.', tags, (name,)
            )


def other_writing(reading: Reading, documented: Sequence[str]) -> list[str]:
    """Give the documented packages that the page writes in another way, which changes no promise."""
    written = {plain(amount): amount for amount in documented}
    return [
        f"{written[amount.value]} is written {amount.written}."
        for amount in reading.packages
        if amount.value in written and amount.written != written[amount.value]
    ]


def plain(amount: str) -> int:
    """Turn a documented amount ("44,000") into a number."""
    return int(re.sub(r"\D", "", amount))


def _units(reading: Reading, tags: tuple[str, ...], written: dict[int, str]) -> Iterator[Change]:
    for amount in reading.packages:
        if amount.unit != "credits":
            name = written.get(amount.value, f"{amount.value:,}")
            yield Change(f"The page now sells {name} {amount.unit}, where the suite checks credits.", tags, (name,))


def _set(now: list[int], tags: tuple[str, ...], written: dict[int, str]) -> Iterator[Change]:
    order = list(written)
    for value in order:
        if value not in now:
            yield Change(
                f"The page no longer offers {written[value]} credits, which the suite buys.", tags, (written[value],)
            )
    for value in dict.fromkeys(now):
        if value not in written:
            yield Change(f"The page now offers {value:,} credits, which the suite does not check.", tags)
        elif now.count(value) > 1:
            yield Change(f"The page offers {written[value]} credits {now.count(value)} times.", tags, (written[value],))


def _order(now: list[int], tags: tuple[str, ...], written: dict[int, str]) -> Iterator[Change]:
    here = [value for value in dict.fromkeys(now) if value in written]
    expected = [value for value in written if value in here]
    if here != expected:
        at = next(at for at, pair in enumerate(zip(here, expected, strict=True)) if pair[0] != pair[1])
        yield Change(
            f"The page offers the packages in another order: {written[here[at]]} credits stand where the suite expects "
            f"{written[expected[at]]}.",
            tags,
        )
