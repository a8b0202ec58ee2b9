"""What the list of invoices is worked with: what brings filters to show, names days, and applies what was chosen."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from steps.readers.invoices.invoices import InvoiceList

ON = frozenset({"checked", "selected", "pressed", "current"})
STATED = ON | {"unchecked", "unpressed"}
FOLDS = frozenset({"popup", "collapsed", "expanded"})
_OPENS = frozenset({"combobox", "button", "textbox", "group"})
_CHOICES = frozenset({"option", "menuitem", "menuitemradio", "radio", "tab"})
OWN_DAYS = re.compile(
    r"\W*(?:custom\b|between\b|(?:choose|select|pick|set|specific|other|own|exact) (?:a |the |your )?(?:own )?"
    r"(?:dates?|days|date range|range|period)\b)",
    re.IGNORECASE,
)
"""What stands beside "Last 7 days" for days that a person chooses."""
_CLEARS = re.compile(r"\W*(?:reset|clear|remove|show all)\b", re.IGNORECASE)
DATES = re.compile(r"\b(?:date|from|period|range|month|year|since|between|days)\b", re.IGNORECASE)
"""What a filter by date may be called."""
_DATES_ALONE = re.compile(
    r"\W*(?:(?:filter )?by |select |choose |pick )?(?:a )?(?:dates?|date range|period)\W*", re.IGNORECASE
)
"""What is called only after dates, with nothing that would choose some."""
_ANY_DAY = re.compile(
    r"\W*(?:date|day)?\W*(?:any(?: (?:date|day|time))?|all|none|not set|(?:select|choose|pick)(?: a)?(?: date| day)?"
    r"|[dmy]{1,4}(?:\W[dmy]{1,4}){2})?\W*",
    re.IGNORECASE,
)
"""What stands behind the name of a first or last day where none is chosen: "From: any date"."""
_NOT_APPLYING = re.compile(
    r"clear|reset|cancel|close|export|download|csv|print|refresh|reload|columns|settings|manage|add|upgrade|[\u00d7\u2715]",
    re.IGNORECASE,
)


class Controls:
    """What stands between the title and the first row, or below it; and `also` what has come to show since."""

    def __init__(self, listed: InvoiceList, also: Collection[int] = ()) -> None:
        self.listed = listed
        self.layout = listed.layout
        self.elements = listed.elements
        self._also = frozenset(also)

    def revealing(self) -> int:
        """Return the button that brings filters to show, -1 for none."""
        words = re.compile(r"\W*(?:show |more )?filters?\b", re.IGNORECASE)
        return next((at for at in self.above if self.is_free(at) and words.match(self.said(at))), -1)

    def revealing_days(self, label: str) -> int:
        """Return what opens fields for days, -1 for nothing: called so, or after dates, and choosing none itself."""
        lists = {at for at in self.above if self.elements[at].role == "combobox" and not self.elements[at].kind}
        pressed = [at for at in self.above if (self.is_free(at) or at in lists) and not self.is_head(at)]
        for at in pressed:
            if self._names_day(at) and self.pattern(label).match(self.said(at)):
                return at
        dated = (at for at in pressed if not self.states(at) & STATED and DATES.search(self.said(at)))
        return next((at for at in dated if self.states(at) & FOLDS or _DATES_ALONE.fullmatch(self.said(at))), -1)

    def says_days(self, *days: date) -> bool:
        """Whether what filters by date says these days itself: "Nov 1 to 30, 2026"."""
        pressed = (self.said(at) for at in self.above if self.is_pressed(at) and not self.is_head(at))
        return any(set(days) == {one.date for one in self.listed.days_in(said)} for said in pressed)

    def own_days(self, but: str = "") -> int:
        """Return what brings fields for days of one's own to show, -1 for nothing; `but` is the name of another."""
        found = (at for at in self.above if not self.states(at) & {"disabled", "inert"} and not self.is_head(at))
        pressed = (at for at in found if self.is_pressed(at) or self.elements[at].role in _CHOICES)
        return next((at for at in pressed if self.said(at) != but and OWN_DAYS.match(self.said(at))), -1)

    def lists(self) -> list[int]:
        """Return the lists that the browser draws."""
        return [at for at in self.above if self.elements[at].tag == "select"]

    def applying(self, but: str = "") -> int:
        """Return the button that applies what was chosen, -1 for none; `but` is the name of another."""
        buttons = [at for at in self._buttons if self.said(at) != but]
        called = [at for at in buttons if self.pattern("apply_filter").match(self.said(at))]
        forms = {self._form_of(at) for at in self.above if self.elements[at].kind} - {-1}
        own = [at for at in buttons if self._form_of(at) in forms and not _NOT_APPLYING.search(self.said(at))]
        marked = [at for at in buttons if "label:apply_filter" in self.elements[at].states]
        alone = next((some for some in (own, self._beside_choices(buttons)) if len(some) == 1), [])
        return next(iter(marked or called or alone), -1)

    def clearing(self, field: int = -1) -> int:
        """Return the button that takes back what was chosen, -1 for none.

        It has come to show with the choices, or stands in one box with the field whose own it is.
        """
        clears = [at for at in self._buttons if _CLEARS.match(self.said(at))]
        return next((at for at in clears if (self._is_own(at, field) if field >= 0 else at in self._also)), -1)

    def _is_own(self, sign: int, field: int) -> bool:
        """Whether the smallest box around a sign and a field holds nothing else to type or choose in."""
        around = set(self.layout.around(sign))
        box = next((up for up in self.layout.around(field) if up in around), -1)
        others = (at for at in self.above if self.elements[at].kind or self.elements[at].role in _OPENS - {"button"})
        return box >= 0 and all(at == field or box not in self.layout.around(at) for at in others)

    def _beside_choices(self, buttons: Sequence[int]) -> list[int]:
        """Return which of the buttons have come to show together with boxes to tick, and may apply those."""
        with_choices = any(self.elements[at].role in {"checkbox", "radio", *_CHOICES} for at in self._also)
        return [at for at in buttons if with_choices and at in self._also and not _NOT_APPLYING.search(self.said(at))]

    def unknown(self) -> list[int]:
        """Return the buttons that may apply what was chosen, where none is known to."""
        others = [at for at in self._buttons if not (_NOT_APPLYING.search(self.said(at)) or self._names_day(at))]
        return [] if self.applying() >= 0 else others

    def _names_day(self, at: int) -> bool:
        """Whether a button names a first or last day where none is chosen: it filters by that."""
        called = (self.pattern(label).match(self.said(at)) for label in ("invoices_from", "invoices_to"))
        return any(one and _ANY_DAY.fullmatch(self.said(at), one.end()) for one in called)

    def dated(self) -> list[str]:
        """Return the names of what may filter by date, whatever it looks like."""
        pressed = (at for at in self.above if self.elements[at].kind or self.elements[at].role in _OPENS)
        inside = (self._called(at) for at in pressed if not self.is_head(at))
        return [called for called in inside if DATES.search(called)]

    def _called(self, at: int) -> str:
        """Return what something to press is called; a field without a name by the words before it."""
        before = [
            line.text for line in self.listed.lines
            if line.elements[0] < at and not self.elements[line.elements[0]].kind
        ]  # fmt: skip
        is_bare = bool(self.elements[at].kind and not self.elements[at].name and before)
        return f"{before[-1]} {self.said(at)}" if is_bare else self.said(at)

    @cached_property
    def _buttons(self) -> list[int]:
        stated = FOLDS | STATED
        return [
            at
            for at in self.above
            if self.elements[at].is_button
            and self.is_free(at)
            and not self.states(at) & stated
            and not self.is_head(at)
        ]

    def _form_of(self, at: int) -> int:
        return next((up for up in self.layout.around(at) if self.elements[up].tag == "form"), -1)

    def marks(self) -> dict[int, tuple[str, ...]]:
        """Return what tells each element from others: role, name, and the little that it says."""
        within = self.listed.near_by.within
        found: dict[int, tuple[str, ...]] = {}
        for at, one in enumerate(self.elements):
            lines = within(at)
            found[at] = (one.tag, one.role, one.name, " ".join(line.text for line in lines) if len(lines) < 9 else "")
        return found

    def said(self, at: int) -> str:
        """Return what something to press is called, or says."""
        lines = self.listed.near_by.within(at)
        if not lines and "pressable" in self.elements[at].states:  # it stands in a line
            lines = self.layout.lines_of((at,))
        return self.elements[at].name or " ".join(line.text for line in lines).strip()

    def is_on(self, at: int) -> bool:
        """Whether a choice is marked as chosen."""
        return bool(self.states(at) & ON)

    @cached_property
    def _around_rows(self) -> frozenset[int]:
        """What the rows stand in: a row among it lays the page out."""
        rows = (set(self.layout.around(row.element)) - {row.element} for row in self.listed.rows)
        return frozenset(next(rows, set()))

    @cached_property
    def _begin(self) -> int:
        lines = self.listed.lines
        before = self.layout.all_lines[lines[0].number - 1] if lines and lines[0].number else None
        return max(before.elements) + 1 if before else 0

    @cached_property
    def end(self) -> int:
        """Return where the section ends."""
        lines = self.listed.lines
        following = self.layout.all_lines[lines[-1].number + 1 :] if lines else ()
        return following[0].block if following else len(self.elements)

    @cached_property
    def above(self) -> list[int]:
        """Return what stands between the title and the first row, and what has come to show."""
        first = min((row.element for row in self.listed.rows), default=max(self.end, self._begin))
        found = set(range(self._begin, first)) | self._also
        return [at for at in sorted(found) if self.layout.is_front(at)]

    def states(self, at: int) -> set[str]:
        """Return the states of an element."""
        return set(self.elements[at].states)

    def is_pressed(self, at: int) -> bool:
        """Whether something is made to be pressed."""
        one = self.elements[at]
        return one.role in ("button", "link") or "pressable" in one.states

    def is_free(self, at: int) -> bool:
        """Whether something can be pressed."""
        return self.is_pressed(at) and not self.states(at) & {"disabled", "inert"}

    def pattern(self, label: str) -> re.Pattern[str]:
        """Return what something to press begins with that goes by a label of the profile."""
        names = "|".join(map(re.escape, self.listed.names(label)))
        return re.compile(rf"\W*(?:go to )?(?:{names})\b" if names else r"(?!)", re.IGNORECASE)

    def is_head(self, at: int) -> bool:
        """Whether an element belongs to the headings of a table, not of one that page or filters are laid out in."""
        around = [up for up in self.layout.around(at) if up >= self._begin and up not in self._around_rows]
        roles = {self.elements[up].role: up for up in reversed(around)}  # the inmost of each
        table = next((roles[one] for one in ("table", "grid", "treegrid") if one in roles), -1)
        holds_no_heading = table >= 0 and table not in self._headed
        return "columnheader" in roles or ("row" in roles and not holds_no_heading)

    @cached_property
    def _headed(self) -> frozenset[int]:
        """What holds headings of columns."""
        heads = (at for at, one in enumerate(self.elements) if one.role == "columnheader")
        return frozenset(up for at in heads for up in self.layout.around(at))
