"""Workflows: the list of them, the page of one, and the result of running it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, BasePage, ElementNotFoundError
from steps.pages.input_device import UnpressableError
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.credits.loading import is_loading
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.workspace.workflow_results import COMPLETES, WorkflowResult, read_result, refusal
from steps.readers.workspace.workflows import OPENS, RUNS, read_entries, read_form
from steps.targets.labels import Labels
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ElementHandle

    from steps.readers.page.snapshot import Element, Snapshot
    from steps.readers.workspace.workflows import Entry, RunForm

_STILL = 4
"""Part of the limit of a page after which one that shows no way to run a workflow, and stays so, is taken as it is."""
_LISTED = 0.3
"""Seconds within which a list is seen to grow."""
_MOST_FORMS = 3
"""Number of forms, one opened by the button of another, after which nothing more is pressed."""
_SHORT = {"textbox": "Hello", "spinbutton": "1"}
"""What a field besides the text is filled with, by its role."""
_ADDRESS = "https://example.com"
_CHOICE = """(list) => list.value ? -1 : [...(list.options ?? [])].findIndex((one) => one.value && !one.disabled)"""
"""Returns the first option of a list that has nothing chosen, -1 for none."""


@dataclass(frozen=True)
class _Look:
    """A page as it shows, and what runs a workflow there."""

    snapshot: Snapshot
    form: RunForm | None


class WorkflowsPage(BasePage):
    """The page where workflows are listed, or run at once, and the page of the one that was opened."""

    name = ""
    """The name of the workflow that was opened from a list."""
    _before: Snapshot | None = None
    """The page from which the list was opened, whose controls belong to no list; None where it shows the list."""

    def open(self) -> None:
        """Go from the start page to a workflow that can be run. Raises NotVerifiedError where none is to be found."""
        if self._look().form is None:
            self._open_list()
            entries = self._entries()
            if entries:
                self._open_entry(entries[0])

    def run(self, text: str) -> WorkflowResult:
        """Run the workflow on a text, and wait for its result. Raises NotVerifiedError without either."""
        took_text = False
        for _ in range(_MOST_FORMS):
            look = self._look()
            if look.form is None:
                break
            took_text = took_text or look.form.text >= 0
            result = self._run(look, look.form, text)
            if result is not None:
                return replace(result, took_text=took_text)
        if why := refusal(self._look().snapshot):
            return WorkflowResult(why)
        raise self._untold()

    @property
    def way(self) -> str:
        """What runs the workflow, in words: its name where it was opened from a list, the field and the button."""
        look = self._look()
        elements = look.snapshot.elements
        shown = [look.form.text, look.form.button] if look.form else []
        parts = [f'{elements[at].role} "{elements[at].name}"' for at in shown if at >= 0]
        return ", ".join([*([f"“{self.name}”"] if self.name else []), *parts])

    def _look(self) -> _Look:
        snapshot = capture(self.page, selectors_of(self.profile))
        return _Look(snapshot, read_form(snapshot, self.profile, opened=bool(self.name)))

    def _await(self, done: Callable[[_Look], bool]) -> _Look:
        """Return the page once it is so, or has not changed for long."""
        stamp, since = "", time.monotonic()

        def settled() -> _Look | None:
            nonlocal stamp, since
            look = self._look()
            if look.snapshot.stamp != stamp:
                stamp, since = look.snapshot.stamp, time.monotonic()
            is_still = time.monotonic() - since > self.limits.page / _STILL and not is_loading(look.snapshot)
            return look if is_still or done(look) else None

        return self.until(settled, self.limits.page) or self._look()

    def _open_list(self) -> None:
        """Open the list of workflows, and note the page before, unless it showed the list itself."""
        label = self.labels.of("flows")

        def loaded(look: _Look) -> bool:  # before its style sheets have come, things stand elsewhere
            return look.form is not None or (look.snapshot.ready == "complete" and self.first(label) is not None)

        before = self._await(loaded).snapshot
        if self._look().form is not None:
            return
        late = time.monotonic() + self.limits.page / _STILL
        is_new = False

        def arrived() -> bool:
            nonlocal is_new
            now = self._look()
            listed = read_entries(now.snapshot, self.profile, before)
            is_new = now.snapshot.url != before.url or now.form is not None or not isinstance(listed, Absent)
            return is_new or time.monotonic() > late

        try:
            self.click_until(label, arrived, force_first=True)
        except ElementNotFoundError as error:
            raise NotVerifiedError(f"The workflows are not to be found. {error}", line='labels.flows = "…"') from None
        differs = is_new and self.until(lambda: _words(self._look().snapshot) != _words(before), LOST_CLICK)
        self._before = before if differs else None

    def _entries(self) -> tuple[Entry, ...]:
        """Return what opens the workflows that are listed; none where one can be run at once.

        Where nothing came since the page before, that showed the list, which was only drawn anew.
        """
        known: Fact[tuple[Entry, ...]] | Unclear | Absent = Absent("")

        def listed(look: _Look) -> bool:
            nonlocal known
            known = read_entries(look.snapshot, self.profile, self._before)
            if look.form is None and isinstance(known, Fact):
                time_to_grow = capture(self.page, selectors_of(self.profile))
                grows = until(lambda: self._look().snapshot.stamp != time_to_grow.stamp, _LISTED)
                return not grows and time_to_grow.ready == "complete"
            return look.form is not None

        if self._await(listed).form is not None:
            return ()
        if isinstance(known, Fact):
            return known.value
        if isinstance(known, Unclear):
            raise NotVerifiedError(str(known))
        if self._before is not None:
            self._before = None
            return self._entries()
        label = self.labels.of("workflow")
        missing = f"There is no “{label.selector or ' or '.join(label.names)}” among the workflows."
        if label == Labels().of("workflow"):
            missing = "Nothing here looks like a workflow, or a way to run one."
        raise NotVerifiedError(f"{missing} {self.describe_page()}", line=OPENS)

    def _open_entry(self, entry: Entry) -> None:
        """Open a workflow from the list, as often as the press is lost."""
        listed = self._look().snapshot
        tops = len(listed.layers)

        def opened() -> bool:
            now = self._look()
            return now.form is not None or now.snapshot.url != listed.url or len(now.snapshot.layers) > tops

        def press_and_see() -> bool:
            now = self._look().snapshot
            found = read_entries(now, self.profile, self._before)
            again = (
                next((one for one in found.value if one.name == entry.name), None) if isinstance(found, Fact) else None
            )
            element = element_at(self.page, now.stamp, again.element) if again else None
            if element is not None:
                with ignore_navigation_errors():
                    self.input.press(element)
            return bool(self.until(opened, LOST_CLICK))

        self.name = entry.name
        self.until(press_and_see, self.limits.page)
        look = self._await(lambda look: look.form is not None)
        if look.form is None and not refusal(look.snapshot):
            raise NotVerifiedError(
                f"“{entry.name}” is in the list of workflows, and opening it shows nothing that looks like a way to "
                f"run it (labels.workflow names another). {self.describe_page()}",
                line=RUNS,
            )

    def _run(self, look: _Look, form: RunForm, text: str) -> WorkflowResult | None:
        """Fill in a form, press its button and wait for the result; None where there is none, or another form."""
        button = element_at(self.page, look.snapshot.stamp, form.button)
        if button is None:
            return None
        self._fill(look, form, text, button)
        before, document = self._look().snapshot, self._document()
        try:
            self.input.press(button)
        except UnpressableError as error:
            if why := refusal(before):
                return WorkflowResult(why)
            raise NotVerifiedError(f"The workflow cannot be run: {error} {self.describe_page()}", line=RUNS) from None
        over = self.until(lambda: self._outcome(form, before, document), self.limits.payment)
        if over is None and self._document() != document and not refusal(self._look().snapshot):
            raise self._untold()  # it was run: running it once more would use credits for nothing
        return over if isinstance(over, WorkflowResult) else None

    def _untold(self) -> NotVerifiedError:
        return NotVerifiedError(
            f"What came of running a workflow cannot be told. {self.describe_page()}", line=COMPLETES
        )

    def _document(self) -> float:
        """Return when the document that shows was loaded, by which one is told from another."""
        return float(self.page.evaluate("performance.timeOrigin"))

    def _outcome(self, form: RunForm, before: Snapshot, document: float) -> WorkflowResult | RunForm | None:
        """Return how the run ended, or the form that the press has opened; None while there is neither."""
        anew = self._document() != document
        look = self._await(lambda look: look.snapshot.stamp != before.stamp)
        read = read_result(before, look.snapshot, self.profile, anew=anew)
        is_busy = look.form is not None and "disabled" in look.snapshot.elements[look.form.button].states
        if isinstance(read, Absent):
            asks = look.form is not None and (
                look.form.text >= 0 > form.text or len(look.snapshot.layers) > len(before.layers)
            )
            return look.form if asks else None
        if is_busy:  # some sites take a button back for good, with the text that was run
            stamp = look.snapshot.stamp
            is_busy = self._await(lambda look: look.snapshot.stamp != stamp).snapshot.stamp != stamp
        if isinstance(read, Unclear) and not is_busy:
            raise NotVerifiedError(str(read))
        return read.value if isinstance(read, Fact) and not is_busy else None

    def _fill(self, look: _Look, form: RunForm, text: str, button: ElementHandle) -> None:
        """Fill in the text, and what else must be: what is required, or everything where the button asks for more."""
        shown = look.snapshot.elements
        fields = {at: element_at(self.page, look.snapshot.stamp, at) for at in (form.text, *form.others) if at >= 0}
        field = fields.pop(form.text, None)
        if field is not None:
            self.input.fill(field, text)
        lacks = not self.until(button.is_enabled, LOST_CLICK)
        is_chosen = any(shown[at].role == "radio" and "checked" in shown[at].states for at in fields)
        for at, one in fields.items():
            if (
                one is None
                or not (lacks or "required" in shown[at].states)
                or (shown[at].role == "radio" and is_chosen)
            ):
                continue
            is_chosen = is_chosen or shown[at].role == "radio"
            self._fill_other(one, shown[at])

    def _fill_other(self, field: ElementHandle, shown: Element) -> None:
        """Fill in a field besides the text, if nothing stands in it."""
        if shown.role in _SHORT and not field.input_value():
            self.input.fill(field, _ADDRESS if shown.kind.startswith("url") else _SHORT[shown.role])
        elif shown.tag == "select" and (index := field.evaluate(_CHOICE)) >= 0:
            self.input.select(field, index)
        elif shown.role in {"checkbox", "radio"} and "unchecked" in shown.states:
            self.input.press(field)


def _words(snapshot: Snapshot) -> list[str]:
    return [line.text for line in layout_of(snapshot).lines]
