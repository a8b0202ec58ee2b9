"""Days as pages write them. The one reader of dates: by its locale, and never by guessing which number is the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from steps.targets.profile import USUAL_LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from steps.targets.profile import Profile

Order = Literal["dmy", "mdy", "ymd"]
_BEGIN, _END = r"(?<![\w#/.,+-])", r"(?![\w/+-]|[.,]\d)"
_ISO = re.compile(r"(?<![\w#/.,+-])(\d{4})([-/]|\.\s?)(\d{1,2})\2(\d{1,2})(?=T\d|" + _END + ")")
_NUMERIC = re.compile(rf"{_BEGIN}(\d{{1,2}})([/-]|\.\s?)(\d{{1,2}})\2(\d{{4}}|\d\d){_END}")
_WORDS = r"(?:[^\W\d_]{1,12}[.,]?\s*){1,3}"
_WRITTEN = re.compile(
    rf"{_BEGIN}\d{{1,2}}(?:st|nd|rd|th|er|[.º])?\s*{_WORDS}(?:\d{{1,2}},?\s+)?\d{{4}}{_END}"  # 22 November 2026
    rf"|(?<!\w)[^\W\d_]{{3,12}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}{_END}"  # Nov. 22, 2026
    rf"|(?<!\w)\d{{4}}(?:年|년|\.)\s?(?:\d{{1,2}}(?:月|월)|{_WORDS})\s?\d{{1,2}}(?:日|일|\.|\b)"  # 2026 11 22
)
_SHORT = re.compile(rf"{_BEGIN}(\d{{1,2}})([-/.])([^\W\d_]{{3,12}})\.?\2(\d{{4}}|\d\d){_END}")  # 22-Nov-26
_OTHERS = (
    "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "tr", "vi", "id", "ru", "uk",
    "ja", "ko", "zh",
)  # fmt: skip
"""Languages that are tried where a day is written in none of the page's own."""
_UNITS = frozenset(("年", "月", "日", "년", "월", "일", "ngày", "tháng", "thg", "năm"))
"""What stands beside the numbers of a day whose month is one, too."""
_SHORTEST = 3
"""Letters of the shortest beginning that names a month; other words as short join: "22 de noviembre del 2026"."""


@dataclass(frozen=True)
class Day:
    """A day as it is written. `date` is None where two days may be meant; `settle` is the profile line that tells."""

    date: date | None
    text: str
    start: int
    settle: str = ""

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Calendar:
    """How days are written on one page."""

    languages: tuple[str, ...]
    order: Order
    contradicts: bool
    """Whether the page itself writes days in another order than the profile's locale, or speaks of another one."""

    def days_in(self, text: str) -> list[Day]:
        """Return the days in a text, in its order."""
        return list(_days(self, text))

    def find(self, text: str) -> list[Day]:
        """Read a text, whether it was read before or not."""
        if not re.search(r"\d\D+\d+\D+\d|\d.*\d{4}|\d{4}.*\d|\d[-/.][^\W\d]", text):
            return []
        found = [*self._iso(text), *self._numeric(text), *self._short(text)]
        taken = [(one.start, one.end) for one in found]
        for match in _WRITTEN.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                found += self._written(match)
        return sorted(found, key=lambda one: one.start)

    def _iso(self, text: str) -> Iterator[Day]:
        for match in _ISO.finditer(text):
            day = _day(match[1], match[3], match[4])
            if day is not None:
                yield Day(day, match[0], match.start())

    def _numeric(self, text: str) -> Iterator[Day]:
        for match in _NUMERIC.finditer(text):
            first, sign, second, year = match.groups()
            as_dmy, as_mdy = _day(year, second, first), _day(year, first, second)
            if as_dmy is None and as_mdy is None:
                continue
            if as_dmy is None or as_mdy is None or as_dmy == as_mdy:
                yield Day(as_dmy or as_mdy, match[0], match.start())
            elif sign.startswith("."):  # points stand between day, month and year alone
                yield Day(as_dmy, match[0], match.start())
            elif self.contradicts or self.order == "ymd":
                likely = "en-US" if self.order == "dmy" else "en-GB"
                yield Day(None, match[0], match.start(), f'locale = "{likely}"')
            else:
                yield Day(as_dmy if self.order == "dmy" else as_mdy, match[0], match.start())

    def _short(self, text: str) -> Iterator[Day]:
        for match in _SHORT.finditer(text):
            day, _, month, year = match.groups()
            if found := _parsed(f"{day} {month} {year if len(year) == 4 else f'20{year}'}", self.languages):
                yield Day(found, match[0], match.start())

    def _written(self, match: re.Match[str]) -> Iterator[Day]:
        for skipped in (0, *(word.start() for word in re.finditer(r"(?<=\s)\S", match[0]))):
            said = match[0][skipped:]
            if re.match(r"\D*\d", said) and (day := _parsed(said, self.languages)):
                yield Day(day, said, match.start() + skipped)
                return


@lru_cache(8192)
def _days(calendar: Calendar, text: str) -> Sequence[Day]:
    return calendar.find(text)


def calendar_of(profile: Profile, language: str = "", texts: Iterable[str] = ()) -> Calendar:
    """Return how days are written on a page in a language; `texts` are all that it says.

    Where the profile names no locale of its own, days that can be of one order alone tell that of all.
    """
    order = _order_of(profile.locale)
    told: set[Order] = {_order_of(language)} if "-" in language or language[:2] not in ("", "en") else set()
    written = orders_told(texts)
    if profile.locale == USUAL_LOCALE and len(written) == 1 and told <= written:
        order = next(iter(written))
    told |= written
    languages = dict.fromkeys(one.split("-")[0].lower() for one in (profile.locale, language, "en") if one)
    return Calendar(tuple(languages), order, contradicts=bool(told - {order}))


def orders_told(texts: Iterable[str]) -> set[Order]:
    """Return in which orders texts write days, by those that can be no others: "17/11/2026"."""
    told: set[Order] = set()
    for match in (match for text in texts for match in _NUMERIC.finditer(text) if not match[2].startswith(".")):
        first, second = int(match[1]), int(match[3])
        told |= {"dmy"} if first > 12 >= second else {"mdy"} if second > 12 >= first else set()
    return told


def meant_otherwise(text: str) -> set[date]:
    """Return the days that numbers mean where day and month change places: "09/06/2027" alone says neither."""
    pairs = ((match[4], (match[1], match[3])) for match in _NUMERIC.finditer(text) if not match[2].startswith("."))
    both = [{_day(year, *two), _day(year, *two[::-1])} for year, two in pairs]
    return {day for days in both if None not in days for day in days if day is not None}


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


@cache
def _order_of(locale: str) -> Order:
    from babel import Locale, UnknownLocaleError

    try:
        pattern = str(Locale.parse(locale, sep="-").date_formats["short"].pattern).lower()
    except (UnknownLocaleError, ValueError):
        return "mdy"
    order = "".join(sorted("dmy", key=pattern.find))
    return "dmy" if order == "dmy" else "mdy" if order == "mdy" else "ymd"


@lru_cache(4096)
def _parsed(text: str, languages: tuple[str, ...]) -> date | None:
    """Return the day that a text names in words, in one of the languages, or else in any that is usual."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    if len(numbers) == 3 and all(word in _UNITS for word in words):
        year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
        return _day(str(year), str(month), str(day))
    if len(numbers) != 2:
        return None
    day, year = sorted(numbers)
    own = (_month(words, language, begins=True) for language in languages)
    others = (_month(words, language, begins=False) for language in _OTHERS if language not in languages)
    month = next(filter(None, chain(own, others)), 0)
    return _day(str(year), str(month), str(day)) if month else None


def _month(words: Sequence[str], language: str, *, begins: bool) -> int:
    """Return which month a word names, or `begins` to name: "of November", "Sept". 0 where other words are as long."""
    named = {
        (month, word)
        for word in words
        for month, name in _months(language)
        if len(word) >= _SHORTEST and word == (name[: len(word)] if begins else name)
    }
    others = {word for word in words if len(word) > _SHORTEST} - {word for _, word in named}
    return next(iter(named))[0] if len(named) == 1 and not others else 0


@cache
def _months(language: str) -> frozenset[tuple[int, str]]:
    """Return the months of a language by number and name, long and short."""
    from babel import Locale, UnknownLocaleError

    try:
        kinds = Locale.parse(language).months.values()
    except (UnknownLocaleError, ValueError):
        return frozenset()
    named = (item for widths in kinds for width in ("wide", "abbreviated") for item in widths[width].items())
    return frozenset((month, name.casefold().rstrip(".")) for month, name in named)
