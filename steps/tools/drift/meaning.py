"""Whether a passage still says what it said, in whatever words, and whether it says anything more."""

from __future__ import annotations

import hashlib
import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.documentation.model import Page, Promise, Statement

_KNOWN = "\ue002"
"""Stands for words that a documented statement accounts for."""
_NUMBER = r"(?<![\w.,])[\d][\d.,]*(?:\s?%|\w*)"
_WEIGHTY = """
second | seconds | minute* | hour* | day | days | daily | week* | weekend* | year* | later | delay* | shortly | soon |
tomorrow | next month | next cycle | billing cycle | price* | cost | costs | fee | fees | tax | taxes | vat |
discount* | refund* | charge* | currency | dollar* | euro* | free | bonus* | trial* | coupon* | owner* | admin* |
role* | permission* | manager* | sales | only | must | require* | mandatory | limit* | minimum | maximum | at least |
at most | up to | except* | unless | expire* | expir* | renew* | cancel* | approv* | verif* | confirm* | review* |
subject to | terms | agree* | temporar* | unavailable | deprecat* |
discontinu* | beta | half | twice | double* | triple* | part of | partial* | portion | percent | interrupt* | downtime |
pause* | enter | provide | accept* | upload* | code | promo* | seat* | token* | licen*
"""
"""Words that make or bound a promise: times, money, people, conditions. A new one is never mere wording."""
_NEGATION = (
    "no | not | never | cannot | can't | won't | doesn't | don't | isn't | aren't | longer | without | nor | neither"
)
_BUSINESS = """
credit | credits | payment* | pay | pays | paid | package* | plan | plans | account* | workspace* | billing | invoice* |
receipt* | subscription* | card | cards | purchas* | buy* | bought | balance* | checkout | workflow*
"""
_MONEY = re.compile(r"[$€£¥]")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[*]*[A-Z0-9])")
_CLAUSE = re.compile(r"[,;:()–—]")  # noqa: RUF001 - dashes as pages write them


@cache
def phrases(group: str) -> re.Pattern[str]:
    """Compile a group of phrases, as `Statement.words` describes it."""
    return re.compile("|".join(_phrase(one) for one in " ".join(group.split()).split(" | ")), re.IGNORECASE)


def sentences_of(text: str) -> list[str]:
    """Part a text into sentences; a line break parts too."""
    return [one.strip() for line in text.split("\n") for one in _SENTENCE.split(line) if one.strip(" .·|-")]


def share(statement: Statement, sentences: Sequence[str]) -> float:
    """Give how much of a statement the sentences say, from 0 to 1 (all of it).

    It may go on in the next sentence, if the first has begun it: words of a sentence about something else do not count.
    """
    groups = [phrases(group) for group in statement.words]
    going_on = [f"{one} {two}" for one, two in itertools.pairwise(sentences) if groups[0].search(one)]
    found = [sum(bool(group.search(window)) for group in groups) for window in (*sentences, *going_on)]
    return max(found, default=0) / len(groups)


def names(label: str, text: str) -> bool:
    """Tell whether a text names a label as a whole, in any case."""
    words = r"\s+".join(re.escape(word) for word in label.split())
    return bool(re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))


def likeness(promise: Promise, sentences: Sequence[str]) -> float:
    """Give how much of what a promise is known by stands in these sentences, from 0 to 1."""
    parts = _parts(promise, sentences)
    return sum(parts) / len(parts) if parts else 0.0


def most_like(sentences: Sequence[str], page: Page) -> Promise:
    """Give the step of the page that is most like these sentences; of two that are so alike, the one that says more."""

    def rank(promise: Promise) -> tuple[float, float]:
        return round(likeness(promise, sentences), 3), sum(_parts(promise, sentences))

    return max(page.steps, key=rank)


def _parts(promise: Promise, sentences: Sequence[str]) -> list[float]:
    text = "\n".join(sentences)
    labels = [float(names(label, text)) for label in promise.labels]
    return labels + [share(statement, sentences) for statement in promise.statements]


def weighty_words(sentence: str, page: Page, amounts: Iterable[int]) -> list[str]:
    """Give the words of a sentence that make or bound a promise and that no documented statement accounts for."""
    text = _accounted_for(sentence, page)
    known = set(amounts)
    numbers = [found[0] for found in re.finditer(_NUMBER, text) if int(re.sub(r"\D", "", found[0])) not in known]
    found = numbers + _MONEY.findall(text) + [match[0] for match in phrases(_WEIGHTY).finditer(text)]
    for clause in _CLAUSE.split(text):
        negation = phrases(_NEGATION).search(clause)
        if negation and (_KNOWN in clause or phrases(_BUSINESS).search(clause)):
            found.append(negation[0])
    return found


def is_about_business(sentence: str) -> bool:
    """Tell whether a sentence speaks of credits, payments, packages and the like."""
    return bool(phrases(_BUSINESS).search(sentence))


def says_again(sentences: Sequence[str], at: int, page: Page) -> bool:
    """Tell whether one of the sentences says something documented, alone or together with a neighbour."""
    sentence = sentences[at]
    if any(names(label, sentence) for promise in page.promises for label in promise.labels):
        return True
    neighbours = [" ".join(sentences[max(0, at - 1) : at + 1]), " ".join(sentences[at : at + 2])]
    for statement in (one for promise in page.promises for one in promise.statements):
        groups = [phrases(group) for group in statement.words]
        said = sum(bool(group.search(sentence)) for group in groups)
        if said >= 2 and said * 2 >= len(groups):
            return True
        if said and any(all(group.search(pair) for group in groups) for pair in neighbours):
            return True
    return False


def digest(sentence: str) -> str:
    """Give a short mark of a sentence's words; marks, case and spaces do not count."""
    words = "".join(re.findall(r"\w+", sentence.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _accounted_for(sentence: str, page: Page) -> str:
    for promise in page.promises:
        for label in promise.labels:
            sentence = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", _KNOWN, sentence, flags=re.IGNORECASE)
        for statement in promise.statements:
            for group in statement.words:
                sentence = phrases(group).sub(_KNOWN, sentence)
    return sentence


def _phrase(phrase: str) -> str:
    """Turn one phrase into an expression: whole words, `*` for any ending, `…` for up to three words."""
    expression = ""
    for word in phrase.split():
        if word == "…":
            expression += r"(?:\W+\w+){0,3}?"
        else:
            written = re.escape(word).replace(r"\*", r"\w*").replace(r"\-", r"[\s-]?")
            expression += (r"\W+" if expression else "") + written
    return rf"(?<!\w){expression}(?!\w)"
