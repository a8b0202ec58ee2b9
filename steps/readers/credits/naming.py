"""The name of the plan that a workspace is on."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.page.fact import Absent, Fact, Unclear

if TYPE_CHECKING:
    from steps.readers.credits.wording import Wording
    from steps.readers.page.lines import Line
    from steps.readers.page.section import Section
    from steps.targets.labels import Labels

_ABOUT = "The plan's name"
_NO_NAME = re.compile(
    r"credit|usage|billed|month|renew|upgrade|loading|active|annual|year|popular|save|status|seat|storage|invoice"
    r"|\b(?:price|cost|fee|amount|total|date|payment|next|since|until|expires)\b"
    r"|^(?:your|my|our|the|this|current|no|change|manage|choose)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_IS_LABEL = re.compile(r"\W*(?:current |your )?(?:plan|subscription)(?: name)?\W*", re.IGNORECASE)
_IS_TO_COME = re.compile(
    r"\W*(?:(?:next|new|upcoming|coming|future|scheduled|pending) (?:plan|change)|(?:plan )?(?:changes?|downgrades?))"
    r"(?: to)?\W*",
    re.IGNORECASE,
)
"""A label of the plan that is to come."""
_BADGE = r"(?: (?:active|current|trialing|monthly|annual|annually|yearly|paused|past due|cancell?ed|new|popular))?"
"""How a plan stands, as a badge behind its name says it."""
_ENDS = re.compile(
    r"\s*(?:[^\w\s]|\d|$|[A-Z]{1,3}\W{0,2}\d|[A-Z]{3,}\b|(?i:plan\b|since|from|until|renew|billed|active|current|per\b|at\b)"
    r"|(?i:(?:changes|changing|switches|switching|moves|moving|downgrades|ends|expires|cancels)\b))"
)
"""What follows the name of a plan at the beginning of a line: a sign, a price, a time; not the noun of other words."""
_BEFORE_TERMS = re.compile(r"\s*(?:[(,;|\u00b7\u2013\u2014]|\s-\s)")
"""What parts a name from its price and other terms: "Silver (CHF 79.00 per month)"."""
_LABELS = frozenset({"rowheader", "columnheader", "term"})
_IS_ON = re.compile(
    r"(?:(?!\b(?:if|when|once|while|until)\b)[^.,;:!?])*?(?:\b(?:am|are|is)|['’]re|['’]s) (?:currently |now )?"
    r"(?:on|using|subscribed to) (?:the |our |a )?",
    re.IGNORECASE,
)


def plan_in(section: Section, labels: Labels, wording: Wording) -> Fact[str] | Unclear | Absent:
    """Return the plan's name as Current Plan shows it."""
    if section.selects("plan_name"):
        seen = [line.text for line in section.selected("plan_name")]
        return Fact(seen[0], (seen[0],)) if len(seen) == 1 else _unclear(seen)
    titles = re.compile(rf"^\W*(?:{'|'.join(map(re.escape, labels.of('current_plan').names))})\s*:\s*", re.IGNORECASE)
    shown = [line for line in section.lines if not section.layout.is_pressed(line) and not _heads_column(section, line)]
    told = [titles.sub("", _apart(section.layout.runs(line))) for line in shown]
    lines = [line for before, line in pairwise(["", *told]) if not _IS_TO_COME.fullmatch(before)]
    names = sorted(labels.of("plan_name").names, key=len, reverse=True)
    known = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?![\w+-])", re.IGNORECASE) if names else None
    for forms in (_told_so, _stated_so, _begun_so, _named_so):
        found = [(name, line) for line in lines for one in _SENTENCE.split(line) if (name := forms(one, known))]
        different = {name.casefold(): (name, line) for name, line in reversed(found)}
        if len(different) == 1:
            name, line = next(iter(different.values()))
            return Fact(name, (line,))
        if different:
            return _unclear([line for _, line in found])
    first = next((line for line in lines if not any(one.is_label for one in wording.clauses(line))), "")
    is_first = bool(section.titled and lines and first == lines[0])
    first = first if is_first and section.layout.role_around(shown[0], _LABELS) < 0 else ""
    beside = [two for one, two in pairwise(lines) if _IS_LABEL.fullmatch(one)]
    if len(beside) == 1 and _may_be_name(beside[0].partition(" ")[0]):
        named = _BEFORE_TERMS.split(beside[0], maxsplit=1)[0]
        return Fact(named, (beside[0],)) if _may_be_name(named) else _unclear(beside)
    name = re.split(r"\s*(?:[^\w\s+-]|\d|\bplan\b)", first, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    name = re.sub(rf"(?<=\w){_BADGE}$", "", name, flags=re.IGNORECASE)
    if _may_be_name(name):
        return Fact(name, (first,))
    return Absent(_ABOUT)


def _apart(runs: list[str]) -> str:
    """Return the parts of a line with a space where their look alone parts them: "Pro" and its badge "Active"."""
    first, *others = [run[len(before) :] for before, run in pairwise(["", *runs])]
    for part in others:
        touches = re.search(r"[^\W_]{2}$", first) and re.match(r"[A-Z][^\W\d_]", part)
        first += f" {part}" if touches else part
    return first


def _heads_column(section: Section, line: Line) -> bool:
    """Whether a line heads a column of a table that is about something else than plans."""
    at = section.layout.role_around(line, frozenset({"columnheader"}))
    return at >= 0 and not _IS_LABEL.fullmatch(line.text)


def _may_be_name(text: str) -> bool:
    is_short = re.fullmatch(r"[^\W\d_][\w-]*(?: [^\W\d_][\w-]*)?\+?", text)
    return bool(is_short) and all(word[0].isupper() for word in text.split()) and not _NO_NAME.search(text)


def _told_so(line: str, known: re.Pattern[str] | None) -> str:
    """Return the name where the line is nothing but it, or says that it is the plan's."""
    match = re.fullmatch(
        r"\W*(?:(?:your |current )?plan\s*:?\s*|you(?:['’]re| are) on the )?(.+?)(?: plan)?" + _BADGE + r"[^\w+]*",
        line,
        re.IGNORECASE,
    )
    return match[1] if match and known and known.fullmatch(match[1]) else ""


def _stated_so(line: str, known: re.Pattern[str] | None) -> str:
    """Return the name in a sentence that says which plan somebody is on: "You are on Pro, at €49.00 a month."."""
    said = known and _IS_ON.match(line)
    match = known.match(line, said.end()) if known and said else None
    return match[1] if match else ""


def _begun_so(line: str, known: re.Pattern[str] | None) -> str:
    """Return the name that a line begins with, before a price or what else is said of the plan."""
    match = known.match(line) if known else None
    return match[1] if match and _ENDS.match(line, match.end()) else ""


def _named_so(line: str, known: re.Pattern[str] | None) -> str:
    match = known.search(line) if known else None
    return match[1] if match and re.search(r"\bplan\b", line, re.IGNORECASE) else ""


def _unclear(seen: list[str]) -> Unclear:
    return Unclear(_ABOUT, tuple(dict.fromkeys(seen)), 'labels.plan_name = { selector = "…" }')
