"""A page as it is now, held against the promises that the features check."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.tools.drift.assigning import assign
from steps.tools.drift.change import Change, shortened
from steps.tools.drift.labels import check_labels, new_labels
from steps.tools.drift.links import check_addresses, check_links
from steps.tools.drift.meaning import digest, is_about_business, says_again, sentences_of, share, weighty_words
from steps.tools.drift.reading import said_in
from steps.tools.drift.sold import check_packages, other_writing, plain
from steps.tools.drift.source import UnusablePageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from steps.documentation.model import Page, Promise
    from steps.tools.drift.assigning import Assigned
    from steps.tools.drift.reading import Reading


@dataclass
class Comparison:
    """What is otherwise on the page than in the features."""

    reading: Reading
    changes: list[Change] = field(default_factory=list)
    wording: list[str] = field(default_factory=list)
    """What is only said in other words, a sentence each."""


def compare(reading: Reading, page: Page, packages: Sequence[str], known: Collection[str]) -> Comparison:
    """Hold a page against its promises.

    `packages` are the documented amounts, `known` the digests of the sentences that were read and accepted before.
    Raises UnusablePageError when the page is another one, or cut short.
    """
    assigned = assign(reading.steps, page)
    _refuse_unusable(reading, page, assigned)
    comparing = _Comparing(reading, page, packages, known, assigned)
    changes = [
        *comparing.steps(),
        *comparing.statements(),
        *comparing.labels_elsewhere(),
        *check_packages(reading, page, packages),
        *check_links(reading, page),
        *check_addresses(reading, page),
        *comparing.sentences(),
    ]
    wording = [*comparing.wording, *other_writing(reading, packages), *comparing.gone()]
    return Comparison(reading, list(dict.fromkeys(changes)), list(dict.fromkeys(wording)))


class _Comparing:
    """One comparison."""

    def __init__(
        self, reading: Reading, page: Page, packages: Sequence[str], known: Collection[str], assigned: Assigned
    ) -> None:
        self._reading = reading
        self._page = page
        self._known = known
        self._assigned = assigned
        self._amounts = {plain(amount) for amount in packages} | {amount.value for amount in reading.packages}
        self.wording: list[str] = []

    def steps(self) -> Iterator[Change]:
        """Find steps that are gone, new or in another order."""
        made = self._assigned.of_step
        for promise in self._page.steps:
            if not self._assigned.steps_of(promise, self._reading.steps):
                yield Change(f'The page no longer has the step "{promise.says}".', (promise.tag,))
            elif promise.tag in self._assigned.within:
                self.wording.append(f'"{promise.says}" is told within another step.')
        for at, step in enumerate(self._reading.steps):
            if made[at] is None:
                tags = [one.tag for one in (*made[max(0, at - 1) : at], *made[at + 1 : at + 2]) if one]
                says = f'The page has a new step, "{shortened(step.title, 80)}", which the suite does not take.'
                yield Change(says, tuple(tags))
        order = [promise for promise in made if promise]
        expected = sorted(order, key=self._page.steps.index)
        if order != expected:
            at = next(at for at, pair in enumerate(zip(order, expected, strict=True)) if pair[0] is not pair[1])
            moved = (order[at], expected[at])
            says = f'The page has the steps in another order: "{moved[0].says}" comes before "{moved[1].says}".'
            yield Change(says, tuple(one.tag for one in moved))

    def statements(self) -> Iterator[Change]:
        """Find what is not said any more, and labels that are not named any more."""
        blocks = [*self._reading.other, *(block for step in self._reading.steps for block in step.blocks)]
        anywhere = [sentences_of(said_in(block)) for block in blocks]
        for promise in self._page.promises:
            passages = anywhere
            if promise.step is not None:
                steps = self._assigned.steps_of(promise, self._reading.steps)
                if not steps:
                    continue
                own = [block for step in steps for block in step.blocks]
                yield from check_labels(promise, own, self._page)
                passages = [[said for step in steps for said in step.body]]
            for statement in promise.statements:
                if max((share(statement, passage) for passage in passages), default=0.0) < 1.0:
                    yield Change(f"The page no longer says that {statement.meaning}.", (promise.tag,))

    def labels_elsewhere(self) -> Iterator[Change]:
        """Find labels that are named outside the steps and that nothing knows."""
        for label in new_labels(self._reading.other, self._page):
            yield Change(
                f'The page now names "{label}", which the suite does not look for.', (self._page.promises[0].tag,)
            )

    def sentences(self) -> Iterator[Change]:
        """Read each sentence that was not there before: a promise more, or the same in other words."""
        for promise, said, titled in self._passages():
            for at, sentence in enumerate(said):
                if digest(sentence) not in self._known:
                    yield from self._new_sentence(promise, said, at, heading=titled and at == 0)
        for heading in (self._reading.title, *self._reading.headings):
            if heading and digest(heading) not in self._known:
                yield from self._new_sentence(self._page.promises[0], [heading], 0, heading=True)

    def gone(self) -> list[str]:
        """Say how many sentences were accepted once and are not on the page."""
        count = len(set(self._known) - {digest(one) for one in self._reading.sentences})
        told = "1 sentence is" if count == 1 else f"{count} sentences are"
        return [f"{told} gone since its words were last taken as read."] if count else []

    def _passages(self) -> Iterator[tuple[Promise, list[str], bool]]:
        """Give each passage, the promise that it stands nearest to, and whether it begins with a title."""
        for step, promise in zip(self._reading.steps, self._assigned.of_step, strict=True):
            if promise is not None:
                yield promise, step.sentences, len(step.sentences) > 1
        outside = [promise for promise in self._page.promises if promise.step is None] or list(self._page.promises)
        for block in self._reading.other:
            said = sentences_of(said_in(block))
            yield _nearest(outside, said), said, False

    def _new_sentence(self, promise: Promise, said: list[str], at: int, *, heading: bool) -> Iterator[Change]:
        sentence = said[at]
        weighty = weighty_words(sentence, self._page, self._amounts)
        more = not heading and is_about_business(sentence) and not says_again(said, at, self._page)
        if weighty or more:
            words = f" ({', '.join(dict.fromkeys(weighty))})" if weighty else ""
            says = f'The page now says "{shortened(sentence)}"{words}, which the suite does not check.'
            yield Change(says, (promise.tag,))
        else:
            self.wording.append(f'It now says "{shortened(sentence)}".')


def _nearest(promises: Sequence[Promise], said: list[str]) -> Promise:
    """Give the promise whose statements stand nearest to what is said."""

    def nearness(promise: Promise) -> float:
        return max((share(statement, said) for statement in promise.statements), default=0.0)

    return max(promises, key=nearness)


def _refuse_unusable(reading: Reading, page: Page, assigned: Assigned) -> None:
    """Refuse a page on which there is nothing to compare, and one that ends in the middle. Raises UnusablePageError."""
    there = [_is_there(promise, reading, assigned) for promise in page.promises]
    found = sum(made is not None for made in assigned.of_step)
    if not found or (reading.title.casefold() != page.title.casefold() and found * 2 < len(page.steps)):
        raise UnusablePageError(
            f'{reading.name} holds no step of the page "{page.title}"; give that page ({page.address}), '
            "as Markdown or HTML."
        )
    last = max(at for at, one in enumerate(there) if one)
    gone = page.promises[last + 1 :]
    unended = not re.search(r"[.!?:)\"'”]\s*$", reading.last)
    if all(there[: last + 1]) and gone and (any(one.step for one in gone) or unended):
        raise UnusablePageError(
            f'{reading.name} seems cut short: it ends within or after "{page.promises[last].says}"; get it again.'
        )


def _is_there(promise: Promise, reading: Reading, assigned: Assigned) -> bool:
    """Tell whether anything of a promise is on the page."""
    if promise.step is not None:
        return bool(assigned.steps_of(promise, reading.steps))
    said = [sentences_of(said_in(block)) for block in reading.other]
    return any(share(statement, passage) == 1.0 for statement in promise.statements for passage in said)
