"""Numbers as they are written beside a sign of money: where one begins and ends, and what it amounts to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.money.currencies import Style, home_group, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u0300-\u036f\u20d0-\u20ff"
    "\ufe00-\ufe0f"
)
"""Characters without a width of their own, as a class of an expression: they change what is seen, or hide in it."""

SPACES = " \u00a0\u2007\u2008\u2009\u202f"
_WIDE = "\u00a0\u2007\u2008\u2009\u202f"
"""Spaces that do not break a line: what they join is one number, where it has the form of one."""
_APOSTROPHES = "'’\u02bc"
_ARABIC = "\u066b"
"""The point of Arabic numbers."""
_JOIN = f".,\u066b\u066c{_APOSTROPHES}{_WIDE}"
_NUMBER = re.compile(rf"\d(?:[{INVISIBLE}{_JOIN}]*\d)*")
_SPACED = re.compile(rf"\d{{1,3}}(?:[{_WIDE}]\d{{3}})+(?:[.,]\d+)?")
_HEAD = re.compile(r"\d{1,3}")
_TAIL = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
_SCALES = {"k": 1_000, "K": 1_000, "M": 1_000_000}
_SCALE = re.compile(r"[kKM](?![^\W\d_])")
_LARGE = re.compile(
    r"\s?(?:[mbBT](?![^\W_])|(?:million|billion|trillion|thousand|lakh|crore|mio|mrd|tsd|mn|bn|tys|тыс|млн)\b|[千万億亿만억])",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:qty|quantity|count|units?)\W*$|[\u00d7x]\s*$", re.IGNORECASE)
"""What stands before a count."""
_GROUPS = re.compile(r"\d{1,3}(?:\D\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_EITHER_WAY = "thousands or a fraction"


@dataclass(frozen=True)
class Written:
    """A number as written, from `start` to `end` of its text."""

    start: int
    end: int
    digits: str
    """Without the scale; plain spaces only where they may part thousands."""
    scale: int = 1
    doubt: str = ""
    is_part: bool = False
    """Whether it is the end of a name, such as the 2 of "INV-2"."""

    @property
    def fraction(self) -> bool:
        """Whether it is written with one or two digits behind a point or comma."""
        return bool(re.search(r"[.,]\d{1,2}$", self.digits))

    def value(self, currency: str, style: Style) -> tuple[Decimal, str]:
        """Return what it amounts to, and why that is not certain."""
        value, doubt = _value(self.digits, currency, style)
        return value * self.scale, self.doubt or doubt


def numbers_in(text: str, signs: Sequence[tuple[int, int]], style: Style) -> list[Written]:
    """Return the numbers of a text; `signs` are the places of the signs of money."""
    found = [one for match in _NUMBER.finditer(text) for one in _parts(match, text)]
    return list(_with_plain_spaces(found, text, signs, parts=style.group in SPACES))


def _parts(match: re.Match[str], text: str) -> Iterator[Written]:
    """Part what only stands side by side, such as a count and a price with a hard space between them."""
    start, written = match.start(), match[0]
    hidden = "characters that do not show" if re.search(f"[{INVISIBLE}]", written) else ""
    pieces = [(start, written)]
    if not hidden and re.search(f"[{_WIDE}]", written) and not _SPACED.fullmatch(written):
        pieces = [(start + one.start(), one[0]) for one in re.finditer(f"[^{_WIDE}]+", written)]
    for at, digits in pieces:
        end = at + len(digits)
        scale = _SCALE.match(text, end)
        doubt = hidden or _doubt_behind(text, scale.end() if scale else end)
        is_part = bool(re.search(r"[\w#/-]$", text[:at]))
        yield Written(at, scale.end() if scale else end, digits, _SCALES[scale[0]] if scale else 1, doubt, is_part)


def _doubt_behind(text: str, end: int) -> str:
    if _LARGE.match(text, end):
        return "a multiple in words"
    small = end < len(text) and text[end].isnumeric() and not text[end].isdecimal()
    return "small digits behind it" if small or text[end : end + 1] == "%" else ""


def _with_plain_spaces(
    found: list[Written], text: str, signs: Sequence[tuple[int, int]], *, parts: bool
) -> Iterator[Written]:
    """Join numbers that plain spaces part as thousands are parted: "€1 200,00"."""
    run: list[Written] = []
    for one in found:
        if run and not _continues(run, one, text):
            yield from _joined(run, text, signs, parts=parts)
            run = []
        run.append(one)
    yield from _joined(run, text, signs, parts=parts)


def _continues(run: list[Written], one: Written, text: str) -> bool:
    head_ok = bool(_HEAD.fullmatch(run[0].digits)) and all(re.fullmatch(r"\d{3}", later.digits) for later in run[1:])
    between = text[run[-1].end : one.start]
    return head_ok and run[-1].scale == 1 and between == " " and bool(_TAIL.fullmatch(one.digits))


def _joined(run: list[Written], text: str, signs: Sequence[tuple[int, int]], *, parts: bool) -> Iterator[Written]:
    """Join a run; `parts` tells whether spaces part thousands where the page is read."""
    if len(run) < 2:
        yield from run
        return
    first, last = run[0], run[-1]
    before = any(not text[end : first.start].strip() for _, end in signs if end <= first.start)
    behind = any(not text[last.end : start].strip() for start, _ in signs if start >= last.end)
    if not (before or behind):
        yield from run
        return
    zeros = all(one.digits.startswith("0") for one in run[1:])
    if before:
        certain = last.fraction or zeros or (parts and not re.match(r"\s*[^\W\d_]", text[last.end :]))
    else:
        alone = not re.search(r"\w", text[: first.start])
        certain = alone or (zeros and len(run) == 2) or (parts and not _COUNTED.search(text[: first.start]))
    doubt = first.doubt or last.doubt or ("" if certain else "one number or two")
    yield Written(first.start, last.end, " ".join(one.digits for one in run), last.scale, doubt, first.is_part)


def _value(digits: str, currency: str, style: Style) -> tuple[Decimal, str]:
    plain = re.sub(f"[{INVISIBLE}]", "", digits)
    marks = re.findall(r"\D", plain)
    if not marks:
        return Decimal(plain), ""
    last = marks[-1]
    if len(marks) == 1:
        whole, fraction = re.split(r"\D", plain)
        if last in ".,":
            return _one_mark(whole, fraction, last, currency, style)
        if last == _ARABIC:
            return Decimal(f"{whole}.{fraction}"), ""
    if marks.count(last) == 1 and last in f".,{_ARABIC}":
        whole, fraction = plain.rsplit(last, 1)
        return Decimal(f"{_bare(whole)}.{fraction}"), "" if _is_grouped(whole) else "digits grouped in no known way"
    return Decimal(_bare(plain)), "" if _is_grouped(plain) else "digits grouped in no known way"


def _one_mark(whole: str, fraction: str, mark: str, currency: str, style: Style) -> tuple[Decimal, str]:
    """Return the amount and its doubt, where three digits stand behind the only point or comma."""
    as_fraction = Decimal(f"{whole}.{fraction}")
    if len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
        return as_fraction, ""
    as_whole = Decimal(whole + fraction)
    places = precision_of(currency)
    if places == 0:
        return as_whole, ""
    if places == 3:
        return (as_fraction, "") if mark == "." else (as_whole, _EITHER_WAY)
    grouped = mark in (style.group, home_group(currency))
    return as_whole, "" if grouped else _EITHER_WAY


def _is_grouped(whole: str) -> bool:
    marks = set(re.findall(r"\D", whole))
    same = len(marks) == 1 or marks <= set(_APOSTROPHES) or marks <= set(_WIDE + " ")
    return not marks or (same and bool(_GROUPS.fullmatch(whole) or _INDIAN.fullmatch(whole)))


def _bare(whole: str) -> str:
    return re.sub(r"\D", "", whole)
