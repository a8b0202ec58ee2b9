"""What chooses a plan in a list of plans: a control that names it, or one beside its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.packages.package_presses import CHOICES, name_of, presses_in
from steps.readers.page.lines import Layout, layout_of
from steps.readers.page.positions import same_row
from steps.readers.plans.plan_prices import begins_with_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot


def way_to_plan(snapshot: Snapshot, plan: str, plans: Iterable[str]) -> int:
    """Return what is pressed to choose a plan among others, an index into the snapshot's elements; -1 for nothing.

    What stands in one part of the page with the name of another plan may be that one's.
    """
    layout = layout_of(snapshot)
    presses = sorted(at for at in presses_in(layout) if not _unfolds(snapshot, at))
    called = re.compile(rf"(?:^|\s){re.escape(plan)}\W*$", re.IGNORECASE)
    named = [at for at in presses if called.search(name_of(layout, at))]
    if named:
        return named[-1]
    choices = [at for at in presses if snapshot.elements[at].role in CHOICES and _begins_with(layout, at, plan)]
    if len(choices) == 1:
        return choices[0]
    alone = re.compile(rf"\W*{re.escape(plan)}\W*", re.IGNORECASE)
    titles = [one.element for one in snapshot.texts if alone.fullmatch(one.text) and layout.is_front(one.element)]
    titles = titles or [at for at in presses_in(layout) if _unfolds(snapshot, at) and _begins_with(layout, at, plan)]
    for holder in layout.around(titles[-1]) if titles else ():
        inside = [at for at in presses if holder in layout.around(at)]
        if inside:
            others = [one for one in plans if one.casefold() != plan.casefold()]
            lines = [line.text.strip() for line in layout.within(holder)]
            is_shared = any(begins_with_plan(line, other) for line in lines for other in others)
            return _in_column(layout, titles[-1], inside, others) if is_shared else inside[0]
    return -1


def folded_plan(snapshot: Snapshot, plan: str) -> int:
    """Return what unfolds the part of the list that begins with a plan's name; -1 where nothing does, or it is open."""
    layout = layout_of(snapshot)
    elements = enumerate(snapshot.elements)
    folded = (at for at, one in elements if "collapsed" in one.states and layout.is_front(at))
    return next((at for at in folded if _begins_with(layout, at, plan)), -1)


def _begins_with(layout: Layout, at: int, plan: str) -> bool:
    return begins_with_plan(re.sub(r"^\W+", "", name_of(layout, at)), plan)


def _unfolds(snapshot: Snapshot, at: int) -> bool:
    element = snapshot.elements[at]
    return element.tag == "summary" or not {"collapsed", "expanded"}.isdisjoint(element.states)


def _in_column(layout: Layout, title: int, presses: list[int], others: list[str]) -> int:
    """Return the only one of some presses that stands below the title of a plan, in a table of plans side by side."""
    own = next((line for line in layout.lines if title in line.elements), None)
    if own is None:
        return -1
    row = [line for line in layout.lines if same_row(line.box, own.box)]
    beside = [line for line in row if any(begins_with_plan(line.text.strip(), other) for other in others)]
    own_ones = [at for at in presses if _is_under(layout, at, own)]
    below = [at for at in own_ones if not any(_is_under(layout, at, line) for line in beside)]
    return below[0] if beside and len(below) == 1 else -1


def _is_under(layout: Layout, press: int, head: Line) -> bool:
    elements = layout.snapshot.elements
    column, box = elements[head.block].box, elements[press].box
    return box.y >= head.box.bottom - 2 and column.x <= box.x + box.width / 2 <= column.right
