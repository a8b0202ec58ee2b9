"""Fields that a day is typed into: one for the whole date, or one in segments for its month, day and year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from playwright.sync_api import Error as PlaywrightError

from steps.readers.invoices.day_segments import UNITS, day_field, option_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from playwright.sync_api import ElementHandle, Locator

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.day_segments import Unit
    from steps.readers.invoices.invoices import Invoice

_HELD = """one => one.matches('select') ? one.selectedIndex : Number(one.getAttribute('aria-valuenow')
  ?? (one.value ?? one.innerText ?? '').replace(/\\D/g, ''))"""
_SAID = """one => { let box = one.parentElement;
  while (box.parentElement?.querySelectorAll('input, select, textarea').length === 1) box = box.parentElement;
  return [one.placeholder, one.title, ...(one.getAttribute('aria-describedby') ?? '').split(' ')
    .map((id) => document.getElementById(id)?.innerText), box.innerText, one.form?.innerText].join(' '); }"""
_FORM = re.compile(
    r"\b(?:[YJA]{4}\W+M{1,2}\W+[DTJ]{1,2}|(?:M{1,2}\W+[DTJ]{1,2}|[DTJ]{1,2}\W+M{1,3})\W+[YJA]{2,4})\b\.?"
)
"""How a field shows in what form it takes a day, in the letters of several languages: "MM/DD/YYYY", "TT.MM.JJJJ"."""
ISO_FORM = "YYYY-MM-DD"
_FORMS = (
    "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYY/MM/DD", ISO_FORM, "DD-MMM-YYYY", "DD MMM YYYY",
)  # fmt: skip
"""The forms in which a list may write its days."""
_SENDS = """one => { const by = one.form?.querySelector(
    'button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]');
  return !by || Boolean(one.compareDocumentPosition(by) & Node.DOCUMENT_POSITION_FOLLOWING); }"""
"""Whether Enter in a field presses what stands behind it: in a form of all sections it may press another one's."""
_OPTIONS = "one => [...one.options].map((option) => option.text)"


class DateField(Protocol):
    """What a day is typed into."""

    def enter(self, day: date) -> bool:
        """Type a day, and leave the field. Returns whether it was taken."""

    def send(self) -> None:
        """Press Enter in the field, where that sends it."""

    def is_filled(self) -> bool:
        """Whether it still holds something."""

    @property
    def is_emptied(self) -> bool:
        """Whether it shows, and what was typed is gone: it takes days in another form."""

    @property
    def is_guessed(self) -> bool:
        """Whether nothing says in what form it takes a day."""


class WholeDate:
    """A field for the whole date."""

    def __init__(self, field: Locator, locale: str, form: str = "") -> None:
        """`form` is tried where the field is one for text, whatever it shows; "" is the one that it shows."""
        self._field = field
        self._locale = locale
        self._tried = form
        self._is_echoed = False
        """Whether the field has told the day in its own words: "Oct 20, 2026"."""

    def enter(self, day: date) -> bool:
        """See `DateField`."""
        try:
            tried = dict.fromkeys((self._written(day), day.isoformat()))
            if any(self._type(written, day) for written in tried):
                return True
            told = self._written(day)  # a field that refuses one may say in what form it takes it
            return told not in tried and self._type(told, day)
        except PlaywrightError:
            return False

    def _type(self, written: str, day: date) -> bool:
        self._field.fill(written)
        taken = self._field.input_value()
        self._field.press("Tab")
        shown = self._field.input_value()
        self._is_echoed = all(re.search(rf"\b{one}", shown) for one in (f"{day:%b}", f"0?{day.day}\\b", day.year))
        return bool(taken) and self._field.get_attribute("aria-invalid") != "true"

    @property
    def is_emptied(self) -> bool:
        """See `DateField`."""
        return self._field.count() > 0 and self._field.is_visible() and not self._field.input_value()

    @property
    def is_guessed(self) -> bool:
        """See `DateField`."""
        is_there = self._field.count() > 0  # what it stands in may be closed by now
        return is_there and not self._is_echoed and self._field.get_attribute("type") != "date" and not self._form()

    def send(self) -> None:
        """See `DateField`."""
        if self._field.count() and self._field.evaluate(_SENDS):  # what was opened may have closed over it
            self._field.press("Enter")

    def is_filled(self) -> bool:
        """See `DateField`."""
        return bool(self._field.count() and self._field.input_value())

    def _written(self, day: date) -> str:
        """Return a day as a field takes it: a field for dates in its own form, one for text in the form it shows."""
        if self._field.get_attribute("type") == "date":
            return day.isoformat()
        if not (form := self._tried or self._form()):
            from babel.dates import get_date_format

            form = str(get_date_format("short", self._locale.replace("-", "_")).pattern).upper()
        return _as_written(day, form)

    def _form(self) -> str:
        """Return the form that the field shows, in it or in what describes it; "" for none."""
        found = _FORM.search(self._field.evaluate(_SAID).upper())
        form = found[0] if found else ""
        return form.replace("J", "D").replace("A", "Y") if "A" in form else form


def forms_of_days(listed: Sequence[Invoice]) -> list[str]:
    """Return the form in which a list writes its days in numbers; none where it is not told, or two may be meant."""
    dated = [(one.text, one.date) for one in listed if one.date]
    found = [form for form in _FORMS if all(_as_written(day, form) in text for text, day in dated)]
    return found if len(found) == 1 else []


def _as_written(day: date, form: str) -> str:
    """Return a day in a form like "DD.MM.YYYY"."""
    form = re.sub(r"D+|T+", f"{day:%d}", re.sub(r"[YJ]+", f"{day:%Y}", form), count=0)
    return re.sub(r"M+", lambda found: f"{day:%b}" if len(found[0]) > 2 else f"{day:%m}", form)


class SegmentedDate:
    """A field in segments, the label of which is `key`."""

    def __init__(self, page: InvoiceListPage, key: str) -> None:
        self._page = page
        self._key = key

    def is_there(self) -> bool:
        """Whether it shows."""
        return day_field(self._page.snapshot(), self._page.profile, self._key) is not None

    def enter(self, day: date) -> bool:
        """See `DateField`."""
        written: dict[Unit, str] = {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
        try:
            for unit in UNITS:
                segment = self._segment(unit)
                if segment is None or (place := _place(segment, unit, int(written[unit]))) < 0:
                    return False
                self._put(segment, written[unit], place)
            found = [(self._segment(unit), unit, int(text)) for unit, text in written.items()]
            taken = all(
                one is not None and one.evaluate(_HELD) == _place(one, unit, number) for one, unit, number in found
            )
            self._page.page.keyboard.press("Tab")
        except PlaywrightError:
            return False
        return taken

    def _put(self, segment: ElementHandle, text: str, place: int) -> None:
        if _is(segment, "select"):
            self._page.input.select(segment, place)
        elif _is(segment, "input"):
            self._page.input.fill(segment, text)
        else:
            segment.click()
            self._page.page.keyboard.type(text)

    def send(self) -> None:
        """See `DateField`; a segment sends nothing, and Enter would be typed into it."""

    def is_filled(self) -> bool:
        """See `DateField`."""
        segment = self._segment("day")
        return segment is not None and bool(segment.evaluate(_HELD))

    is_emptied = is_guessed = False

    def _segment(self, unit: Unit) -> ElementHandle | None:
        found = day_field(self._page.snapshot(), self._page.profile, self._key)
        return None if found is None else self._page.handle(found.segments[unit])


def _is(element: ElementHandle, tag: str) -> bool:
    return bool(element.evaluate("(one, tag) => one.localName === tag", tag))


def _place(segment: ElementHandle, unit: Unit, number: int) -> int:
    """Return what a segment holds with that day, month or year in it: of a list the place of its option."""
    return option_of(unit, number, segment.evaluate(_OPTIONS)) if _is(segment, "select") else number
