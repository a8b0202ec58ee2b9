"""The facts of a page: steps, labels, packages and links. No decision accepts another one: features depend on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.tools.drift.known_sentences import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.documentation.model import Page
    from steps.tools.drift.known_sentences import Decision, Sentence
    from steps.tools.drift.page_reader import Line

_OFFER = re.compile(r"(\d{1,3}(?:[,.' ]\d{3})+(?![\d])|\d+)(.*)")


@dataclass(frozen=True)
class Drift:
    """Something that the page says otherwise than the features."""

    promise: str
    says: str
    amounts: tuple[str, ...] = ()
    """The documented packages that it is about; none if it is about all."""
    decisions: tuple[Decision, ...] = ()
    """What a person decides by accepting it; none for a fact."""


@dataclass
class Said:
    """A sentence of the page, or its list of packages."""

    digest: str
    text: str
    line: Line
    promise: str = ""


@dataclass(frozen=True)
class Offer:
    """A package as the page names it."""

    amount: int
    beside: str
    """What stands behind the number: "credits", or more than that."""


def offer_in(text: str, packages: Sequence[str]) -> Offer | None:
    """Return the package that a line begins with: a documented amount, or an amount of credits."""
    if not (match := _OFFER.fullmatch(text)):
        return None
    offer = Offer(_number(match[1]), match[2].strip())
    is_offer = offer.beside.startswith("credit") or offer.amount in map(_number, packages)
    return offer if is_offer else None


def changed_steps(page: Page, said: list[Said]) -> Iterator[Drift]:
    """Find steps that are gone or new; those in another order are found by their sentences."""
    titles = {promise.tag: promise.says for promise in page.steps}
    told = {one.promise for one in said if one.digest != PACKAGES and not one.line.level}
    for tag, says in titles.items():
        if tag not in told:
            yield Drift(tag, f"The step is gone: {says}")
    starts: dict[int, str] = {}
    for one in said:
        if one.line.numbered and one.promise in titles and one.digest != PACKAGES and id(one.line) not in starts:
            if one.promise in starts.values():
                yield Drift(one.promise, f'There is a new step: "{one.line.text}"')
            starts[id(one.line)] = one.promise


def changed_labels(page: Page, said: list[Said], documented: list[Sentence]) -> Iterator[Drift]:
    """Find labels that a changed passage no longer names in bold."""
    found = {one.digest for one in said}
    sentences = {one.text for one in said}
    for promise in page.promises:
        own = [sentence.digest for sentence in documented if sentence.promise == promise.tag]
        bold = [words for one in said if one.promise == promise.tag for words in one.line.bold]
        gone = [label for label in promise.labels if label not in bold]
        new = [words for words in dict.fromkeys(bold) if words not in promise.labels and words not in sentences]
        told = any(one.promise == promise.tag for one in said)
        if gone and told and not found.issuperset(own):
            instead = f", but: {_quoted(new)}" if new else ""
            yield Drift(promise.tag, f"No longer names in bold: {_quoted(gone)}{instead}")


def changed_packages(page: Page, offers: list[Offer], packages: Sequence[str]) -> Iterator[Drift]:
    """Find packages that are gone, new, named twice, in another order, or that something else stands beside."""
    tag = next(promise.tag for promise in page.promises if promise.packages)
    written = {_number(amount): amount for amount in packages}
    amounts = [offer.amount for offer in offers]
    for amount, name in written.items():
        if amount not in amounts:
            yield Drift(tag, f"No longer offers {name} credits", (name,))
        elif amounts.count(amount) > 1:
            yield Drift(tag, f"Offers {name} credits {amounts.count(amount)} times", (name,))
    for offer in offers:
        if offer.amount not in written:
            yield Drift(tag, f"Now offers {offer.amount:,} {offer.beside}")
        elif offer.beside != "credits":
            name = written[offer.amount]
            yield Drift(tag, f'Beside {name} now says: "{offer.beside}"', (name,))
    order = [amount for amount in dict.fromkeys(amounts) if amount in written]
    for now, before in zip(order, [amount for amount in written if amount in order], strict=True):
        if now != before:
            yield Drift(tag, f"The packages are in another order: {written[now]} stands where {written[before]} did")
            break


def changed_links(page: Page, links: Sequence[tuple[str, str]]) -> Iterator[Drift]:
    """Find links that are gone, new, or that lead elsewhere; an address to write to is a link too."""
    known = {link: promise.tag for promise in page.promises for link in promise.links}
    targets = {target for _, target in known}
    for (words, target), tag in known.items():
        elsewhere = [to for shown, to in links if shown == words and to != target]
        if elsewhere:
            yield Drift(tag, f'"{words}" now leads to {elsewhere[0]}, not to {target}')
        elif all(to != target for _, to in links):
            yield Drift(tag, f'No longer links "{words}" to {target}')
    for words, to in dict.fromkeys(links):
        if to not in targets and words not in {shown for shown, _ in known}:
            yield Drift(page.promises[-1].tag, f'Now links "{words}" to {to}')


def _number(amount: str) -> int:
    return int(re.sub(r"\D", "", amount))


def _quoted(labels: Sequence[str]) -> str:
    return " and ".join(f'"{label}"' for label in labels)
