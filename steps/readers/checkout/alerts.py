"""What a site warns a buyer of, though the payment went through: errors, money that is owed, credits that are gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.page.lines import layout_of
from steps.readers.page.terms import NOTHING, is_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from steps.readers.page.snapshot import Snapshot

_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|once|until|unless|before|after|never|avoid|may|might|could)\b", re.IGNORECASE
)
"""Words of what has not come about: "Workflows are paused when credits run out"."""
_UNLESS = re.compile(r"\b(?:unless|until)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when)\b", re.IGNORECASE)
_OUT_OF_CREDITS = re.compile(
    r"(?:\bha(?:s|ve)|['’]ve) (?:just |now )?run out of (?:all )?(?:your )?credits\b"
    r"|(?:\b(?:are|is)|['’]re) (?:now )?out of credits\b"
    r"|\bno (?:more )?credits (?:left|remaining)\b|\bcredits (?:are|have been) (?:exhausted|depleted|used up)\b"
    r"|\bworkflows (?:are|have been|were) (?:now )?(?:paused|stopped|suspended|blocked|disabled)\b",
    re.IGNORECASE,
)
_OWED = re.compile(
    r"\boutstanding (?:balance|amount|payment|invoice)s?\b|\b(?:past[- ]due|overdue|unpaid) (?:balance|amount)\b"
    r"|\byou owe\b",
    re.IGNORECASE,
)
_DUNNED = re.compile(
    r"\bplease (?:pay|settle) (?:your|the|this|all)\b[^.]*\binvoices?\b"
    r"|\b(?:is|are) (?:now )?read[- ]only\b"
    r"|\b(?:workspace|account|subscription|plan|team|access|workflows?)\b[^.]*"
    r"\bwill be (?:locked|suspended|paused|deleted|terminated|blocked|disabled)\b",
    re.IGNORECASE,
)
"""How somebody is asked for what they have paid, or threatened."""
_BROKEN_PLAN = re.compile(
    r"\W*(?:(?:[^\W\d_]+ ){0,3}(?:plan|subscription|account|status)\W+(?:is |was |has been )?)?"
    r"(?:past[- ]due|overdue|cancell?ed|suspended|expired|unpaid|inactive|paused|on hold|terminated|payment failed)\W*",
    re.IGNORECASE,
)
"""A line that says in what state a plan is which nobody can use."""
_UNUSABLE = re.compile(
    r"\bpending (?:review|approval|verification|activation|confirmation)\b|\bunder review\b|\bon hold\b"
    r"|\bfrozen\b|\blocked\b|\bnot (?:yet )?(?:usable|available|active|activated|spendable)\b|\bunavailable\b"
    r"|\(pending\)|\bcredits? pending\b|\bpending credits?\b|\d\s+pending\b"
    r"|\bawaiting (?:approval|activation)\b|\b(?:can ?not|can['\u2019]t|must not|may not) be (?:used|spent)\b",
    re.IGNORECASE,
)
"""What is said of credits that cannot be used, though they show."""


_OF_CREDITS = re.compile(r"\bcredit|^\d[\d.,'\u2019\s]*(?:[^\w\s]|pending\b)", re.IGNORECASE)
"""A line about credits: by the word, or a number that stands beside its label."""
_NEVER_BOUGHT = re.compile(
    r"\b(?:never|not yet|not) (?:yet )?(?:bought|purchased) (?:any )?(?:add-on |extra |additional )?credits\b"
    r"|\bno (?:add-on |extra |additional )?credits (?:were |have been )?(?:bought|purchased)\b",
    re.IGNORECASE,
)
"""What nobody is told who has bought some."""
_BARRED = re.compile(
    r"\b(?:purchase|buying|credit purchase) limit (?:is |was |has been )?(?:reached|exceeded)\b"
    r"|\breached (?:the|your|this (?:month|cycle|week|day)['\u2019]s) "
    r"(?:(?:purchase|buying) limit|limit (?:of|on|for) (?:purchases|buying))\b"
    r"|\bno (?:more|further) (?:add-on )?credits can be (?:bought|purchased|added)\b"
    r"|\b(?:waiting for|awaiting) (?:the |your )?payment\b",
    re.IGNORECASE,
)
"""What is said to who may not buy any more, and to who has not paid."""
_PENDING = re.compile(
    r"\b(?:processing|confirming|verifying|finali[sz]ing) (?:the |your |this )?(?:payment|purchase|order|checkout)\b"
    r"|\b(?:payment|purchase|order) (?:is )?(?:still )?(?:pending|in progress|being processed|processing\W*$)",
    re.IGNORECASE,
)
"""What is said as long as a payment is on its way."""


def errors_on(snapshot: Snapshot, known: Collection[str] = ()) -> list[str]:
    """Return the messages of an error, but for those that were `known` before."""
    layout = layout_of(snapshot)
    return [
        line.text for line in layout.told if line.text not in known and is_error(line.text) and layout.is_message(line)
    ]


def pending_on(snapshot: Snapshot, known: Collection[str] = ()) -> list[str]:
    """Return the lines that say that a payment is on its way, but for those that were `known` before."""
    return [line.text for line in layout_of(snapshot).told if line.text not in known and _PENDING.search(line.text)]


def alerts_on(snapshot: Snapshot, thousands: str, known: Collection[str] = ()) -> list[str]:
    """Return the lines that ask for money, threaten, say that credits are gone, or that a program left unwritten.

    Those that were `known` before count only where they are messages that say that no credits are left.
    """
    layout = layout_of(snapshot)
    notation = notation_of((line.text for line in layout.lines), thousands)
    found = []
    for line in layout.told:
        is_new = line.text not in known
        is_out = _OUT_OF_CREDITS.search(line.text) and not _SUPPOSED.search(line.text)
        money = [one for one in numbers_in(line.text, notation) if one.kind == "money"]
        is_owed = is_new and _OWED.search(line.text) and any(one.value for one in money)
        is_unwritten = is_new and NOTHING.search(line.text)
        is_dunned = is_new and _DUNNED.search(line.text) and not _SUPPOSED.search(_UNLESS.split(line.text)[0])
        is_denied = is_new and _NEVER_BOUGHT.search(line.text) and not _IF.search(line.text)
        is_barred = is_new and _BARRED.search(line.text) and not _SUPPOSED.search(line.text)
        is_amiss = is_owed or is_dunned or is_barred or is_unwritten or is_denied
        if is_amiss or (is_out and (is_new or layout.is_message(line))):
            found.append(line.text)
    return found


def others_named(before: Collection[str], now: Collection[str], own: str, others: Iterable[str]) -> list[str]:
    """Return the lines that name another one of the known people where the buyer's `own` e-mail address stood."""
    if not own or not _naming(own, before) or _naming(own, now):
        return []
    return [line for other in others for line in _naming(other, now) if line not in before]


def naming_others(lines: Collection[str], own: str, others: Iterable[str]) -> list[str]:
    """Return the lines that name another one of the known people, where none names who is signed in."""
    return [] if own and _naming(own, lines) else [line for other in others for line in _naming(other, lines)]


def _naming(email: str, lines: Iterable[str]) -> list[str]:
    address = re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE)
    return [line for line in lines if address.search(line)]


def unusable(before: Iterable[str], now: Iterable[str]) -> list[str]:
    """Return the lines of Current Plan that have come to say that the plan or the credits cannot be used."""
    known = {*before}
    said = {found[0].casefold() for text in known for found in _UNUSABLE.finditer(text)}
    return [
        text
        for text in now
        if text not in known
        and (_BROKEN_PLAN.fullmatch(text) or (_OF_CREDITS.search(text) and _says_unusable(text, said)))
    ]


def _says_unusable(text: str, said: Collection[str]) -> bool:
    return any(found[0].casefold() not in said for found in _UNUSABLE.finditer(text))
