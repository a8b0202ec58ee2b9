"""The invoices on the Billing tab: listed, filtered by type or date, each with a receipt."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise, day_label, starts_with_label
from steps.pages.day_fields import ISO_FORM, SegmentedDate, WholeDate, forms_of_days
from steps.pages.filter_offers import FilterOffers
from steps.pages.filter_panel import FilterPanel
from steps.pages.invoice_filter import InvoiceFilter
from steps.pages.polling import ignore_navigation_errors, until
from steps.pages.receipts import Receipts
from steps.readers.invoices.calendars import shown_calendar
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from datetime import date

    from playwright.sync_api import Locator

    from steps.pages.day_fields import DateField
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind


_OF_A_MONTH = 20
"""Days from which on a month is the one that a calendar shows."""


class Invoices(Receipts):
    """The section with all past payments, with its filters and receipts."""

    @blame_promise("doc:billing.6")
    def of_type(self, kind: Kind) -> None:
        """Filter by type: "credits" or "plans", whatever the site calls them.

        Raises ElementNotFoundError where there is no filter, NotVerifiedError where it cannot be worked for certain.
        """
        InvoiceFilter(self).choose(kind)
        self.uncover()

    @blame_promise("doc:billing.6")
    def of_all_types(self, kind: Kind) -> bool:
        """Take the filter for a kind back, where it has a choice for all; whether it has. Raises NotVerifiedError."""
        is_offered = InvoiceFilter(self).choose_all(kind)
        self.uncover()
        return is_offered

    @blame_promise("doc:billing.6")
    def of_time(self, first: date, last: date) -> None:
        """Filter by date, including both days. Raises as `of_type` does."""
        self._choose_days(first, last)
        self.uncover()

    def how_days_are_chosen(self) -> str:
        """Look for the filter by date, and return how it takes a day; nothing is chosen. Raises as `of_type` does."""
        self.settled()
        field = self._date_field("invoices_from", FilterPanel(self), "")
        self.uncover()
        return "in a calendar" if field is None else f"typed into “{self.labels.of('invoices_from').said}”"

    def _choose_days(self, first: date, last: date) -> None:
        before, filters, field, count = self.settled(), FilterPanel(self), None, self.count()
        inside = [first <= one.date <= last for one in before if one.date]
        for form in dict.fromkeys(("", *forms_of_days(before), ISO_FORM)):
            shown, field = self.settled(), self._type_days((first, last), filters, form)
            if field is None:
                self._press_days((first, last), filters, before)
                return
            took_effect = self._takes_effect(field, filters, shown)
            if took_effect and any(inside) and field.is_guessed and not self.settled():
                continue  # it was taken for another day
            if field.is_guessed and field.is_emptied and not self.is_other_than(before):
                continue
            if took_effect or not (field.is_guessed and not all(inside)):
                break
        else:
            self._doubt_days(
                f"does not say in what form it takes a day, and {first} as the locale writes it, or so, has no effect"
            )
        is_other = self.is_other_than(before) or self.count() != count  # the first page may have those days alone
        is_said = field.is_filled() or self.controls().says_days(first, last)
        if not is_other and not is_said and not filters.keeps(field.is_filled):
            self._doubt_days("has lost the days that were typed, and the list is as before")

    def _doubt_days(self, why: str) -> NoReturn:
        raise NotVerifiedError(
            f'The field "{self.labels.of("invoices_from").said}" {why}. The profile line that settles it:'
            ' labels.invoices_from = "…" or labels.apply_filter = "…"'
        )

    def _type_days(self, days: tuple[date, date], filters: FilterPanel, form: str) -> DateField | None:
        """Type the first and the last day; returns the last field, None where a calendar shows instead."""
        field: DateField | None = None
        for name, day in zip(("invoices_from", "invoices_to"), days, strict=True):
            now, field = self.settled(), self._date_field(name, filters, form)
            if field is None:
                return None
            self._type_day(field, name, day)
            self.rest_after(now, self.limits.page / 10)
        return field

    def _takes_effect(self, field: DateField, filters: FilterPanel, before: list[Invoice]) -> bool:
        """Whether the list is another one, at once or once it is applied."""
        if filters.opened_by and filters.apply(before):
            return True  # what was opened may lie over the list until then
        if self.is_other_than(before) or filters.apply(before):
            return True
        with suppress(PlaywrightError):
            field.send()
        return self.rest_after(before, LOST_CLICK)

    def _press_days(self, days: tuple[date, date], filters: FilterPanel, before: list[Invoice]) -> None:
        """Press the first and the last day in a calendar, and what applies them. Raises where one is out of reach."""
        for name, day in zip(("invoices_from", "invoices_to"), days, strict=True):
            is_closed = shown_calendar(self.snapshot(), self.profile) is None
            if is_closed and not self._opens_calendar(name):
                filters.reveal("invoices_to")  # the last day has a calendar of its own
            pressed = until(partial(self._press_day, day), 2 * self.limits.page)
            if pressed != "pressed":
                raise NotVerifiedError(
                    f"{day.day} {day:%B %Y} cannot be pressed in the calendar that filters the invoices: it lies"
                    ' beyond the window or is disabled. The profile line that settles it: labels.invoices_from = "…"'
                )
        if not filters.apply(before) and not self.is_other_than(before):
            self.page.keyboard.press("Escape")
            self.rest_after(before, LOST_CLICK)

    def _press_day(self, day: date) -> str:
        """Press a day where it shows, else turn to its month; returns "pressed", "out of reach" or "" for not yet."""
        now = self.snapshot()
        shown = shown_calendar(now, self.profile)
        if shown is None:
            return ""
        counts = Counter(one.replace(day=1) for one in shown.days)  # of the months beside it a week or so may show
        months = {one for one, count in counts.items() if count == max(counts.values()) or count > _OF_A_MONTH}
        wanted = day.replace(day=1)
        at = shown.days.get(day, -1 if wanted in months else shown.earlier if wanted < max(months) else shown.later)
        if at < 0:
            return "out of reach"
        if (handle := self.handle(at)) is not None:
            with ignore_navigation_errors():
                self.input.press(handle)
            until(lambda: self.snapshot().stamp != now.stamp, LOST_CLICK / 3)
        return "pressed" if day in shown.days else ""

    def _date_field(self, name: str, filters: FilterPanel, form: str) -> DateField | None:
        """Return what a day is typed into, None where a calendar shows instead. Raises as `of_type` does."""
        label, segments = self.labels.of(name), SegmentedDate(self, name)

        def typed_into() -> DateField | None:
            if segments.is_there():
                return segments
            found = self._input_called(name)
            return None if found is None else WholeDate(found, self.profile.locale, form)

        if field := until(typed_into, self.limits.page / 3):
            is_calendar = isinstance(field, WholeDate) and self._opens_calendar(name)
            return None if is_calendar else typed_into()  # the press may have brought a field to type into
        for brings in (filters.reveal, partial(filters.reveal, name), filters.reveal_own_days):
            if brings():
                if field := until(typed_into, LOST_CLICK):
                    return field
                if shown_calendar(self.snapshot(), self.profile) is not None:
                    return None
        self._hold_days()
        controls = self.controls()
        others = controls.dated()
        if others or controls.revealing() >= 0:
            seen = ", ".join(f'"{one}"' for one in others) or "what only more presses bring to show"
            raise NotVerifiedError(
                f"The invoices may be filtered by date with {seen}, which takes no typed days. If a field does, the"
                f' profile line that settles it is: labels.{name} = "…"'
            )
        if called := FilterOffers(self, filters).day_property():
            raise NotVerifiedError(f"The invoices may be filtered by “{called}”, to which no day could be given.")
        raise ElementNotFoundError(f'The invoices have no filter "{label.said}". {self.describe_page()}')

    def _input_called(self, name: str) -> Locator | None:
        """Return the field for the first or the last day, if it shows."""
        label = self.labels.of(name)
        said = starts_with_label(label)
        named = self.page.get_by_label(said).or_(self.page.get_by_placeholder(said))
        found = self.page.locator(label.selector) if label.selector else named
        shown = found.and_(self.page.locator("input")).filter(visible=True)
        if shown.count():
            to_type = shown.and_(self.page.locator("input:not([readonly])"))
            return to_type.first if to_type.count() else shown.first
        called = () if label.selector else (said, day_label(label))
        return next(filter(None, (self.field_called(one, "input") for one in called)), None)

    def _opens_calendar(self, name: str) -> bool:
        """Press the field for a day, where nothing can be typed into it; whether a calendar shows then."""
        field = self._input_called(name)
        if field is None or field.is_editable() or not field.is_enabled():
            return False
        self.input.press(field)
        return bool(self.until(lambda: shown_calendar(self.snapshot(), self.profile) is not None, LOST_CLICK))

    def _hold_days(self) -> None:
        """Raise NotVerifiedError where whole months are all that can be chosen."""
        if self.page.locator("input[type=month]").filter(visible=True).count():
            raise NotVerifiedError("The invoices are filtered by a whole month: no other days can be chosen.")

    def _type_day(self, field: DateField, name: str, day: date) -> None:
        if not field.enter(day):
            self._hold_days()
            raise NotVerifiedError(
                f'The field "{self.labels.of(name).said}" takes no typed date.'
                f' The profile line that settles it: labels.{name} = "…"'
            )
