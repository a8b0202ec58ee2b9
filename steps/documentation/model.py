"""The words for what the documentation holds: pages, their promises, and the facts that each states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One statement of the documentation that the features check, and the facts in it."""

    tag: str
    """What `@doc:` names: page and step, like "buy-credits.3"; a letter parts two promises of one step: 4a, 4b."""
    says: str
    """The promise in this project's words."""
    step: int | None = None
    """The number of the step that makes it; None outside the steps, and for the second promise of a step."""
    labels: tuple[str, ...] = ()
    """Words that show on the site exactly so."""
    packages: bool = False
    """Whether the packages on sale belong to it; they stand in `features/choose_package.feature`."""
    links: tuple[tuple[str, str], ...] = ()
    """Words and target of each link: a path on the documentation site, without an ending, or "mailto:…"."""


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
