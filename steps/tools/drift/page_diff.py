"""Compare a page with what is documented: sentence by sentence, and fact by fact."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.tools.drift.facts import (
    Drift,
    Said,
    changed_labels,
    changed_links,
    changed_packages,
    changed_steps,
    offer_in,
)
from steps.tools.drift.known_sentences import PACKAGES, Decision, digest
from steps.tools.drift.source import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.documentation.model import Page
    from steps.tools.drift.known_sentences import Known, Sentence
    from steps.tools.drift.page_reader import Reading


def compare(reading: Reading, page: Page, packages: Sequence[str], known: Known) -> list[Drift]:
    """Return what a page says otherwise; `packages` are the documented amounts.

    Raises UnusableInputError when it is another page, or ends in the middle.
    """
    said: list[Said] = []
    offers, links = [], []
    for line in reading.lines:
        if offer := offer_in(line.text, packages):
            offers.append(offer)
            sentences = [] if said and said[-1].digest == PACKAGES else [Said(PACKAGES, "the list of packages", line)]
        else:
            every = [Said(digest(text), text, line) for text in line.sentences]
            sentences = [one for one in every if one.digest not in known.publisher]
        said += sentences
        links += line.links if sentences or offer else []
    _refuse_unusable(reading, said, page, known.expected)
    return [
        *_changed_sentences(known.expected, said),
        *changed_steps(page, said),
        *changed_labels(page, said, known.documented),
        *changed_packages(page, offers, packages),
        *changed_links(page, links),
    ]


def _changed_sentences(expected: list[Sentence], said: list[Said]) -> Iterator[Drift]:
    """Find sentences that are new, gone, or in another place; note the promise of each on the way."""
    promises = {sentence.digest: sentence.promise for sentence in expected}
    found = [one.digest for one in said]
    matcher = SequenceMatcher(None, [one.digest for one in expected], found, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        gone = [sentence for sentence in expected[i1:i2] if sentence.digest not in found]
        near = (gone or expected[max(0, i1 - 1) :])[0].promise
        new = []
        for at in range(j1, j2):
            one = said[at]
            one.promise = promises.get(one.digest, near)
            if one.digest not in promises:
                after = found[at - 1] if at else ""
                new.append(Decision(one.digest, "said", near, one.text, after))
            elif kind != "equal":
                yield Drift(one.promise, f'Stands in another place, or once more: "{one.text}"')
        yield from _replaced([Decision(one.digest, "gone", one.promise, one.says) for one in gone], new)


def _replaced(gone: list[Decision], new: list[Decision]) -> Iterator[Drift]:
    """Name changed sentences where as many are gone as are new, else the gone ones and the new ones."""
    if len(gone) == len(new):
        for was, now in zip(gone, new, strict=True):
            yield Drift(was.promise, f'Now says: "{now.sentence}" Before: {was.sentence}.', decisions=(was, now))
        return
    for was in gone:
        yield Drift(was.promise, f"No longer says: {was.sentence}.", decisions=(was,))
    for now in new:
        yield Drift(now.promise, f'Now says: "{now.sentence}"', decisions=(now,))


def _refuse_unusable(reading: Reading, said: list[Said], page: Page, expected: list[Sentence]) -> None:
    """Raise UnusableInputError for a page on which no step is known, and for one that ends in the middle."""
    steps = {promise.tag for promise in page.steps}
    found = {one.digest for one in said}
    present = [sentence for sentence in expected if sentence.digest in found]
    if not steps & {sentence.promise for sentence in present}:
        raise UnusableInputError(
            f'{reading.name} holds no step of the page "{page.title}"; give that page ({page.address}), '
            "as Markdown or HTML."
        )
    rest = expected[len(present) :]
    if reading.complete or not rest or present != expected[: len(present)]:
        return
    known = {sentence.digest for sentence in expected}
    new = [at for at, one in enumerate(said) if one.digest not in known]
    unended = not reading.lines[-1].text.endswith((".", "!", "?", ")", '"'))
    lost_step = any(sentence.promise in steps for sentence in rest)
    if (lost_step and not new) or (unended and new == [len(said) - 1]):
        raise UnusableInputError(f"{reading.name} seems cut short, before: {rest[0].says}; get it again.")
