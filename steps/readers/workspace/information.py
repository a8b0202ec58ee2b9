"""What Billing shows of the billing information: the lines of its section."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import without_dates
from steps.readers.lists.listing import section_lines
from steps.readers.page.lines import Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

FIELDS = ("company_name", "tax_id", "po_number", "receipts_email")
"""The documented fields; each is also the name of its label in a profile."""
_PASSING = re.compile(
    r"\b(?:ago|today|yesterday|just now|updated|saved|credits?|payments?|purchased?|cards?|none)\b|^\W*no\b",
    re.IGNORECASE,
)
"""Words of lines that change by themselves, or are about something else: nobody enters credits, or none of them."""


def read_information(snapshot: Snapshot, profile: Profile) -> tuple[str, ...]:
    """Return the lines of the section that say something, without what is pressed; none where there is no section."""
    layout = layout_of(snapshot)
    own, *others = (
        {name.casefold() for name in profile.labels.of(key).names}
        for key in ("billing_information", "current_plan", "invoices")
    )
    lines = section_lines(layout, own, "billing_information", set().union(*others))
    if len(lines) == len(layout.lines):
        return ()
    around = _around(layout, own.union(*others))
    return tuple(
        line.text for line in lines
        if line.text.casefold() not in own and not layout.is_pressed(line) and not layout.is_message(line)
        and (around is None or layout.inside(line, around))
    )  # fmt: skip


def _around(layout: Layout, titles: set[str]) -> int | None:
    """Return the smallest element around the titles of the sections, None where there is no more than one of them."""
    lines = [line for line in layout.lines if line.text.casefold() in titles and not layout.is_pressed(line)]
    found = [set(layout.around(line.block)) for line in lines]
    return max(set.intersection(*found), default=None) if len(found) > 1 else None


def gone_from(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Return the lines that are no longer there: none where they told of nothing that is ever entered.

    Lines that tell of a time or another number than before may change by themselves.
    """
    was, there = list(before), set(map(_form, now))
    if not any(re.search(r"[\d@]", line) for line in was):
        return []  # "No billing information yet." goes once there is some
    return [one for one in was if _form(one) not in there and without_dates(one) == one and not _PASSING.search(one)]


def shown_under_labels(lines: Sequence[str], profile: Profile) -> dict[str, str]:
    """Return what stands below the label of each documented field, by the field; {} where one has nothing below it."""
    labels = _labels(lines, profile)
    told = list(zip(labels, lines, strict=True))
    found = {label: value for (label, _), (other, value) in pairwise(told) if label and not other}
    return found if len(found) == sum(map(bool, labels)) else {}


def misplaced(lines: Sequence[str], values: Mapping[str, str], profile: Profile) -> list[str]:
    """Return the values that stand below the label of another documented field, each with that label.

    That is told only where labels and values take turns, the label first, so that none is taken for the other's.
    """
    take_turns = [bool(one) for one in _labels(lines, profile)] == [True, False] * (len(lines) // 2)
    shown = shown_under_labels(lines, profile) if take_turns else {}
    return [
        f"{value} below “{profile.labels.of(field).said}”"
        for field, value in shown.items()
        if value in values.values() and values.get(field) not in {None, value}
    ]


def _labels(lines: Sequence[str], profile: Profile) -> list[str | None]:
    """Return of each line the field whose label it is."""
    names = {name.casefold(): field for field in FIELDS for name in profile.labels.of(field).names}
    return [names.get(re.sub(r"\W+$", "", line).casefold()) for line in lines]


def _form(line: str) -> str:
    return re.sub(r"\d[\d.,]*", "#", line)
