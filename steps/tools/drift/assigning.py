"""Which step of the page is which documented step: by what it says, then by where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.tools.drift.meaning import likeness, most_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.documentation.model import Page, Promise
    from steps.tools.drift.reading import Step

_LIKE = 0.3
"""From which likeness on a step of the page may be a documented one."""


@dataclass
class Assigned:
    """The steps of a page, each with the promise that it makes."""

    of_step: list[Promise | None] = field(default_factory=list)
    """For each step of the page its promise; None for a step that is new."""
    within: dict[str, Step] = field(default_factory=dict)
    """Promises that have no step of their own any more and are told whole within another."""

    def steps_of(self, promise: Promise, steps: Sequence[Step]) -> list[Step]:
        """Give the page's steps that make a promise."""
        own = [step for step, made in zip(steps, self.of_step, strict=True) if made is promise]
        return own or ([self.within[promise.tag]] if promise.tag in self.within else [])


def assign(steps: Sequence[Step], page: Page) -> Assigned:
    """Find the promise of each step."""
    assigned = Assigned([_most_like(step, page) for step in steps])
    _drop_needless(assigned, steps, page)
    _fill_gaps(assigned, page)
    for promise in page.steps:
        if promise not in assigned.of_step:
            whole = next((step for step in steps if likeness(promise, step.sentences) == 1.0), None)
            if whole is not None:
                assigned.within[promise.tag] = whole
    return assigned


def _most_like(step: Step, page: Page) -> Promise | None:
    best = most_like(step.sentences, page)
    return best if likeness(best, step.sentences) >= _LIKE else None


def _drop_needless(assigned: Assigned, steps: Sequence[Step], page: Page) -> None:
    """Where several steps seem to make one promise: those that nothing is lost without are new ones."""
    for promise in page.steps:
        mine = [at for at, made in enumerate(assigned.of_step) if made is promise]
        for at in sorted(mine, key=lambda at: likeness(promise, steps[at].sentences)):
            others = [one for one in mine if one != at and assigned.of_step[one] is promise]
            without = likeness(promise, [said for one in others for said in steps[one].sentences])
            together = likeness(promise, [said for one in mine for said in steps[one].sentences])
            if others and without >= together:
                assigned.of_step[at] = None


def _fill_gaps(assigned: Assigned, page: Page) -> None:
    """Take an unknown step for the missing one whose place it has: its words were changed altogether."""
    order = list(page.steps)
    for at, made in enumerate(assigned.of_step):
        if made is not None:
            continue
        before = max((order.index(one) for one in assigned.of_step[:at] if one), default=-1)
        after = min((order.index(one) for one in assigned.of_step[at + 1 :] if one), default=len(order))
        missing = [one for one in order[before + 1 : after] if one not in assigned.of_step]
        unknown = sum(one is None for one in assigned.of_step)
        if len(missing) == 1 and unknown == 1:
            assigned.of_step[at] = missing[0]
