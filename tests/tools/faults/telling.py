"""The matrix as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from tests.tools.faults.judging import Sight, tags_of

if TYPE_CHECKING:
    from rich.console import Console

    from steps.reporting.then_faults import ThenFaults
    from tests.tools.faults.judging import Line

_MOST_NAMED = 4
"""Faults of a Then that are printed by name; the page has all of them."""
MARKS = {
    Sight.WRONG: "!",
    Sight.CAUGHT: "●",
    Sight.EXPECTED: "○",
    Sight.CUT_OFF: "-",
    Sight.UNCLEAR: "?",
    Sight.HOLDS: "·",
    None: " ",
}
_STYLES = {Sight.WRONG: "bold red", Sight.CAUGHT: "bold green", Sight.EXPECTED: "yellow", Sight.CUT_OFF: "dim"}
_LEGEND = (
    "● caught by what it breaks   ○ seen by others, as the catalogue says   - cut off on the way   ? unclear   "
    "· holds   ! unexpected"
)


def tell(console: Console, lines: list[Line], seconds: float) -> None:
    """Print the matrix, what its columns mean, and all that is wrong."""
    tags = tags_of(lines)
    letters = letters_of(tags)
    table = Table(title="Faults by promises", title_justify="left", title_style="bold", padding=(0, 1, 0, 0), box=None)
    table.add_column("fault", no_wrap=True)
    for letter in letters:
        table.add_column("\n".join(letter), no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    for line in lines:
        cells = [_cell(line.cell(tag)) for tag in tags]
        name = Text(line.name, style="bold red" if line.troubles else "")
        table.add_row(name, *cells, f"{line.seconds:.0f}")
    console.print(table)
    console.print(_LEGEND, style="dim", soft_wrap=True)
    for letter, tag in zip(letters, tags, strict=True):
        console.print(f"  {letter:2} {tag}", style="dim", highlight=False)
    for line in lines:
        for words in line.troubles:
            console.print(f"{line.name}: {words}", style="red", highlight=False, soft_wrap=True)
    runs = sum(len(line.seen) for line in lines)
    told = f"{headline_of(lines)}: {runs} scenarios in {seconds:.0f} s."
    console.print(told, style="bold", highlight=False, soft_wrap=True)


def tell_thens(console: Console, thens: list[ThenFaults], lacking: list[str]) -> None:
    """Print by which faults each Then is turned red, and those that none turns red where that is known."""
    place = ("", "")
    for one in thens:
        then = one.then
        if (then.feature, then.scenario) != place:
            place = (then.feature, then.scenario)
            console.print(f"{then.feature}: {then.scenario}", style="bold", highlight=False, soft_wrap=True)
        more = len(one.faults) - _MOST_NAMED
        named = ", ".join(one.faults[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        console.print(f"  {one.line:3} {then.words}: {named or '-'}", style="dim", highlight=False, soft_wrap=True)
    for words in lacking:
        console.print(words, style="red", highlight=False, soft_wrap=True)
    console.print(covered(thens), style="bold", highlight=False, soft_wrap=True)


def covered(thens: list[ThenFaults]) -> str:
    """Return in a few words how many Thens a fault turns red."""
    return f"{sum(bool(one.faults) for one in thens)} of {len(thens)} Thens are turned red by a fault"


def headline_of(lines: list[Line]) -> str:
    """Return in a few words how many faults are caught as they should be."""
    faults = [line for line in lines if line.fault is not None]
    right = sum(not line.troubles for line in faults)
    if any(line.troubles for line in lines if line.fault is None):
        return "The sound fake is red"
    if right == len(faults):
        return f"All {right} faults are caught" if right > 1 else "The fault is caught"
    return f"{right} of {len(faults)} faults are caught as they should be"


def letters_of(tags: list[str]) -> list[str]:
    """Name the columns by two letters at most, in the order of the tags."""
    return [chr(ord("A") + index) if index < 26 else "A" + chr(ord("A") + index - 26) for index in range(len(tags))]


def _cell(sight: Sight | None) -> Text:
    return Text(MARKS[sight], style=_STYLES.get(sight, "dim") if sight else "")
