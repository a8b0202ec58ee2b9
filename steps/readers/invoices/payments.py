"""What a listed payment is for, whether it is paid, and which choice of a filter means its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.invoices.invoices import Invoice

Kind = Literal["credits", "plans"]
CALLED: dict[Kind, str] = {"credits": "credit_payments", "plans": "plan_payments"}
"""The labels by which a profile says what the payments of each kind are called."""
_WORDS: dict[Kind, re.Pattern[str]] = {
    "credits": re.compile(r"\b(?:add-?ons?|credits?|top[- ]?ups?|packages?|one-?(?:time|off))\b", re.IGNORECASE),
    "plans": re.compile(r"\b(?:plans?|subscriptions?|recurring|memberships?)\b", re.IGNORECASE),
}
_ALL = re.compile(r"\W*(?:all|any|every|everything)\b", re.IGNORECASE)
_UNPAID = re.compile(
    r"\b(?:un-?paid|open|(?:over|past )?due|pending|outstanding|awaiting|payable|failed|declined|refunded|void(?:ed)?"
    r"|cancell?ed|draft|uncollectible|expired|disputed|charge ?back|partial(?:ly)?(?: paid)?|in dispute)\b|not paid",
    re.IGNORECASE,
)


def is_unpaid(invoice: Invoice) -> bool:
    """Whether an invoice is marked as not paid, or as paid back."""
    return bool(_UNPAID.search(invoice.status))


def kind_of(invoice: Invoice) -> Kind | None:
    """Return what an invoice is for, or None where it does not tell."""
    if invoice.credits is not None:
        return "credits"
    of_type, of_row = (
        [kind for kind, words in _WORDS.items() if words.search(text)] for text in (invoice.type, invoice.text)
    )
    kinds = of_type if len(of_type) == 1 else of_row
    if not kinds and invoice.names_plan:
        return "plans"
    return kinds[0] if len(kinds) == 1 else None


def may_be_for(invoice: Invoice, amount: int) -> bool:
    """Whether an invoice is for so many credits, or names them; one that names none may be for any, but a plan's."""
    if invoice.credits is None and not invoice.named:
        return kind_of(invoice) != "plans"
    return invoice.credits == amount or amount in invoice.named


def is_filed_as_plan(invoice: Invoice) -> bool:
    """Whether what names its type says a plan's words and none of credits."""
    return bool(_WORDS["plans"].search(invoice.type)) and not _WORDS["credits"].search(invoice.type)


def choice_for(kind: Kind, offered: Sequence[str], listed: Sequence[Invoice], names: Sequence[str] = ()) -> str | None:
    """Return which choice of a filter is for a kind: by its words, else by what all its rows say and no other.

    `names` are further words for it.
    """
    own_words = [one for one in offered if any(_says(one, name) for name in names)]
    named = [one for one in offered if _WORDS[kind].search(one)]
    alone = [one for one in named if not any(words.search(one) for other, words in _WORDS.items() if other != kind)]
    types = {one.type.casefold() for one in listed if kind_of(one) == kind}
    typed = [one for one in offered if one.casefold() in types]
    own, others = ([one.text for one in listed if (kind_of(one) == kind) is is_own] for is_own in (True, False))
    said = [
        one for one in offered
        if own and all(_says(text, one) for text in own) and not any(_says(text, one) for text in others)
    ]  # fmt: skip
    return next((found[0] for found in (own_words, alone, named, typed, said) if len(found) == 1), None)


def _says(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE))


def choice_for_all(offered: Sequence[str]) -> str | None:
    """Return which choice of a filter is for all kinds: the only one that says so, and names none."""
    found = [one for one in offered if _ALL.match(one) and not any(words.search(one) for words in _WORDS.values())]
    return found[0] if len(found) == 1 else None
