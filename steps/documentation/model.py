"""The words for what the documentation holds: pages, their promises, and the facts by which each is known again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """Something that a passage says, in whatever words."""

    meaning: str
    """What is said, as the end of "the page no longer says that …"."""
    words: tuple[str, ...]
    """What is found within two sentences of the passage: one phrase of each group.

    A group holds phrases that mean the same here, parted by " | ". In a phrase, `*` stands for any ending of a word,
    and `…` for up to three words.
    """


@dataclass(frozen=True)
class Promise:
    """One statement of the documentation that the features check, and by which facts a page is seen to make it."""

    tag: str
    """What `@doc:` names: page and step, like "buy-credits.3"; a letter parts two promises of one step: 4a, 4b."""
    says: str
    """The promise in this project's words."""
    step: int | None = None
    """The number of the step that makes it; None outside the steps, and for the second promise of a step."""
    labels: tuple[str, ...] = ()
    """Words that show on the site exactly so."""
    statements: tuple[Statement, ...] = ()
    packages: bool = False
    """Whether the packages on sale belong to it; they stand in `features/choose_package.feature`."""
    links: tuple[str, ...] = ()
    """Paths on the documentation site, without an ending."""
    addresses: tuple[str, ...] = ()
    """E-mail addresses."""


@dataclass(frozen=True)
class Page:
    """One page of the documentation."""

    name: str
    """What tags call it."""
    title: str
    address: str
    promises: tuple[Promise, ...]
    """In the page's own order."""

    @property
    def steps(self) -> tuple[Promise, ...]:
        """The promises that are steps, in order."""
        return tuple(promise for promise in self.promises if promise.step is not None)


@dataclass(frozen=True)
class Assumption:
    """Behaviour that scenarios rest on and that no page documents."""

    name: str
    """What `@assumption:` names."""
    says: str
