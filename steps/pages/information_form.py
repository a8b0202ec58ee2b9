"""The form to enter and manage billing information, in one step or in several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import (
    TYPED,
    BasePage,
    ElementNotFoundError,
    blame_promise,
    pattern_of,
    starts_with_label,
)  # fmt: skip
from steps.pages.checkout_finder import GO_ON
from steps.pages.page_scripts import script
from steps.pages.polling import until
from steps.readers.packages.package_controls import ways_out
from steps.readers.page.capture import capture, element_at
from steps.readers.page.fact import Unclear
from steps.readers.page.lines import layout_of
from steps.readers.page.outline import outline
from steps.readers.workspace.information import FIELDS
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_FIELDS = f"{TYPED}, input[type=email]"
_MAY_BE = {
    "company_name": r"company|business|organi[sz]ation|legal|entity|bill(?:ed)? to",
    "tax_id": "tax|vat|gst|ein|abn|registration",
    "po_number": r"p\.?o\.?|purchase|order|reference|cost cent(?:er|re)",
    "receipts_email": "e-?mail|receipts?|invoices?",
}
"""Words in the name of a field that may be for a documented one, though no label says so."""
_REST = 0.3
"""Seconds in which the values of a form must not change, to be taken for what is saved."""


_ON = re.compile(rf"^\W*(?:{GO_ON})(?:\W*$|[:\u2013\u2014-] )", re.IGNORECASE)
"""What a button is called that leads to the next step of a form."""
_MOST_STEPS = 9
_COMPLAINS = re.compile(
    r"\b(?:(?:in)?valid|incorrect|malformed|wrong|not an? (?:e-?mail|address)"
    r"|(?:check|correct) (?:the|your) e-?mail"
    r"|(?:not|\w+n['\u2019]t|\benter|please (?:provide|give|type|use))\b.*\be-?mail"
    r"|e-?mail\b.*\b(?:must|needs?|should|lacks?|missing|not|\w+n['\u2019]t))\b",
    re.IGNORECASE,
)
"""What a page says of an entry that it does not take."""
_ABOVE = 6
"""Lines above the first field that belong to its form: a title, what is wrong."""
_RIGHT_BELOW = 24
"""Pixels between a field and what is said of it."""
_ALERT = frozenset({"alert"})
_PRAISES = re.compile(r"\b(?:saved|updated|success(?:ful(?:ly)?)?|thanks?|done)\b", re.IGNORECASE)
"""What an alert says of an entry that it does take."""


class InformationForm(BasePage):
    """The form that "Enter billing information" or "Manage" opens."""

    def __init__(self, page: Page, profile: Profile) -> None:
        super().__init__(page, profile)
        self._stood: frozenset[str] = frozenset()
        """What the page said before the form was saved."""
        self._passed: dict[str, str] = {}
        """The values of the fields of other steps, where the form goes in steps."""
        self._shows_all = False
        """Whether this is a step without fields that shows what was entered."""
        self.leads_nowhere = False
        """Whether there is a further step that was not reached: the form may insist on other entries first."""

    def is_open(self) -> bool:
        """Whether any of the documented fields is editable, or what was entered is shown once more to be saved."""
        return bool(self._shown()) or (self._shows_all and self._save_button() is not None)

    def fields(self) -> list[str]:
        """Return the names of the documented fields that are there, on the steps that were seen."""
        values = self.values()
        return [name for name in FIELDS if name in values]

    def values(self) -> dict[str, str]:
        """Return the values of the fields; of steps that do not show now, what was in them when they were left."""
        return self._passed | {name: field.input_value() for name, field in self._shown().items()}

    def _shown(self) -> dict[str, Locator]:
        found = {name: self._field(name) for name in FIELDS}
        return {name: field for name, field in found.items() if field is not None}

    def look_through(self) -> bool:
        """Go through the steps of the form, and return whether it has any; what is in their fields is kept."""
        steps = 0
        while steps < _MOST_STEPS and self._go_on():
            steps += 1
        self._passed, self._shows_all = self.values() if steps else {}, False
        self.leads_nowhere = self._way_on() is not None
        return steps > 0 or self.leads_nowhere

    def _way_on(self) -> Locator | None:
        """Return what leads to the next step, where the form cannot be saved at this one."""
        ways = self.page.get_by_role("button", name=_ON).filter(visible=True)
        return ways.first if ways.count() and self._save_button() is None else None

    def _save_button(self) -> Locator | None:
        button = self.first(self.labels.of("save"))
        leads_on = button is not None and button.and_(self.page.get_by_role("button", name=_ON)).count()
        return None if leads_on else button

    def _go_on(self) -> bool:
        """Press what leads to the next step, and return whether that shows then."""
        way = self._way_on()
        if way is None:
            return False
        self._passed, before, self._stood = self.values(), self._asked(), frozenset(self._said())
        self.input.press(way)
        until(lambda: self._asked() != before or self.invalid_fields() or self.complaint(), self.limits.page / 3)
        self._shows_all = not self._shown()
        return self._asked() != before

    def _asked(self) -> list[list[str]]:
        """Return what all fields that show are called."""
        names: list[list[str]] = self.page.locator(TYPED).filter(visible=True).evaluate_all(script("called"))
        return names

    def settled_values(self) -> dict[str, str]:
        """Return the values once they do not change any more: a form may be filled after it has opened."""
        last: dict[str, str] = {}

        def settled() -> bool:
            nonlocal last
            before, last = last, self.values()
            return before == last

        until(settled, self.limits.page / 3, every=_REST)
        return last

    @blame_promise("doc:billing.5")
    def enter(self, values: dict[str, str]) -> None:
        """Fill in some fields. Raises ElementNotFoundError for a missing one."""
        left = dict(values)
        while left:
            for name, field in self._shown().items():
                if name in left:
                    field.fill(left.pop(name))
            if left and not self._go_on():
                name = next(iter(left))
                if doubt := self.doubt(name):
                    raise NotVerifiedError(str(doubt))
                raise ElementNotFoundError(f'There is no field "{self.labels.of(name).said}". {self.describe_page()}')

    @blame_promise("doc:billing.5")
    def save(self) -> None:
        """Save, and wait until the form closes or shows an error."""
        while (button := self._save_button()) is None and self._go_on():
            pass
        if button is None and (self.invalid_fields() or self.complaint()):
            return  # a step before the last one has refused what was entered
        if button is None:
            raise ElementNotFoundError(f"There is no button to save the billing information. {self.describe_page()}")
        self._stood = frozenset(self._said())
        self.input.press(button)
        until(lambda: not self.is_open() or self.invalid_fields() or self.complaint(), self.limits.page)

    def leave(self) -> None:
        """Leave without saving, by the lowest control that is called so: the one beside what saves, not the corner's.

        A form without one is left with its page.
        """
        now = capture(self.page)
        lowest = max(ways_out(now, self.profile), key=lambda at: now.elements[at].box.y, default=-1)
        way_out = element_at(self.page, now.stamp, lowest) if lowest >= 0 else None
        if way_out is None:
            self.page.reload()
            return
        self.input.press(way_out)
        until(lambda: not self.is_open(), self.limits.page / 5)  # it may ask whether to lose what was entered

    def invalid_fields(self) -> list[str]:
        """Return the names of the fields that are marked as invalid."""
        return [name for name in FIELDS if (field := self._field(name)) is not None and _is_wrong(field)]

    def complaint(self) -> str:
        """Return what the page has said since the form was saved that finds fault with what was entered, or ""."""
        layout = layout_of(capture(self.page))
        new = [line for line in layout.lines if line.text not in self._stood]
        said = [one.text for one in new if _COMPLAINS.search(one.text)]
        others = [one for one in new if not _PRAISES.search(one.text) and not layout.is_pressed(one)]
        alarming = [one.text for one in others if layout.role_around(one, _ALERT) >= 0]
        return next(iter(said or alarming or self._below_fields(others, layout.snapshot)), "")

    def _below_fields(self, lines: list[Line], snapshot: Snapshot) -> list[str]:
        """Return those of some lines that stand right below a field: they are about that."""
        found = [box for field in self._shown().values() if lines and (box := field.bounding_box())]
        below = [(box["x"] + snapshot.left, box["y"] + box["height"] + snapshot.top, box["width"]) for box in found]
        return [
            one.text for one in lines
            if any(-2 <= one.box.y - y < _RIGHT_BELOW and x - 2 <= one.box.x < x + width for x, y, width in below)
        ]  # fmt: skip

    def objection(self) -> str:
        """Return what the page has said, in whatever words, since the form was saved that marks a field as wrong."""
        new = (line for line in self._said() if line not in self._stood)
        return next(new, "") if self.invalid_fields() else ""

    def describe_page(self) -> str:
        """Return a list of what the form shows, from a little above its first field on, for messages."""
        lines = outline(capture(self.page))
        names = [name for field in FIELDS for name in self.labels.of(field).names]
        first = next((at for at, line in enumerate(lines) if any(name in line for name in names)), 0)
        return self._told("The form", lines[max(0, first - _ABOVE) :])

    def _said(self) -> list[str]:
        return [line.text for line in layout_of(capture(self.page)).lines]

    def error_message(self, name: str) -> str:
        """Return the message for a field, where it refers to one, or the browser's own."""
        field = self._field(name)
        return str(field.evaluate(_DESCRIPTION)).strip() if field is not None else ""

    def _field(self, name: str) -> Locator | None:
        label = self.labels.of(name)
        if label.selector:
            found = self.page.locator(label.selector)
        else:
            found = self.page.get_by_label(starts_with_label(label)).or_(
                self.page.get_by_placeholder(starts_with_label(label))
            )
        fields = "input, textarea, [role=textbox]"
        shown = found.and_(self.page.locator(fields)).filter(visible=True)
        if shown.count() or label.selector:
            return shown.first if shown.count() else None
        return self.field_called(starts_with_label(label), fields) or self._only_one(pattern_of(label))

    def _only_one(self, words: str) -> Locator | None:
        """Return the only field that has some words anywhere in what it is called: "Receipts e-mail"."""
        fields = self.page.locator(_FIELDS).filter(visible=True)
        names: list[list[str]] = fields.evaluate_all(script("called"))
        found = [at for at, (name, _) in enumerate(names) if _holds(words, name)]
        return fields.nth(found[0]) if len(found) == 1 else None

    def doubt(self, name: str) -> Unclear | None:
        """Return that a documented field is unclear, where others are that no label names and that may be for it."""
        called: list[list[str]] = self.page.locator(_FIELDS).filter(visible=True).evaluate_all(script("called"))
        known = "|".join(pattern_of(self.labels.of(field)) for field in FIELDS)
        may_be = tuple(one for one, _ in called if _holds(_MAY_BE[name], one) and not _holds(known, one))
        about = f"whether {self.labels.of(name).said} is asked for"
        return Unclear(about, may_be, f'labels.{name} = "…"') if may_be else None


def _holds(words: str, name: str) -> bool:
    return bool(re.search(rf"(?<![\w-])(?:{words})(?![\w-])", name, re.IGNORECASE))


_DESCRIPTION = """(field) => [field.getAttribute("aria-describedby"), field.getAttribute("aria-errormessage")]
  .flatMap((ids) => (ids ?? "").split(/\\s+/)).filter(Boolean)
  .map((id) => document.getElementById(id)?.innerText ?? "").join(" ")
  || (field.form && !field.form.noValidate ? field.validationMessage : "")"""


_INVALID = """(field) => field.getAttribute("aria-invalid") === "true"
  || Boolean(field.form && !field.form.noValidate && !field.validity.valid && document.activeElement === field)"""
"""Whether the page marks a field, or the browser itself refuses what is in it: then it leads there, and says why."""


def _is_wrong(field: Locator) -> bool:
    try:
        return bool(field.evaluate(_INVALID, timeout=1000))
    except PlaywrightError:
        return False
