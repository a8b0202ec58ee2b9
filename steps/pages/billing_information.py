"""Billing information: what the Billing tab shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.billing import BillingPage
from steps.pages.information_form import InformationForm
from steps.pages.polling import until
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.lines import layout_of
from steps.readers.workspace.information import read_information
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.targets.profile import Profile


class BillingInformation(BillingPage):
    """The section with the billing information."""

    def manage(self) -> InformationForm:
        """Open the form, whether or not anything has been entered before."""
        form = InformationForm(self.page, self.profile)
        self.open(form)
        return form

    @blame_promise("doc:billing.5")
    def open(self, form: InformationForm) -> None:
        """Open a form, for the first time or again."""
        label, waiting = self.labels.of("manage_information"), ["billing_information"]
        # a section may come late, and be folded then
        self.until(lambda: self.first(label) if not self._unfold(waiting, needed=True) else None, self.limits.page)
        if not self.click_until(self.labels.of("manage_information"), form.is_open):
            raise ElementNotFoundError(f"The billing information cannot be entered or managed. {self.describe_page()}")

    def offers(self, name: str) -> bool:
        """Whether an element to press of exactly that name shows ("Manage"); more may be said of it, and not show.

        A profile's own names count too: the first of several is what it is called before anything is entered.
        """
        waiting = ["billing_information"]
        label, names = self.labels.of("manage_information"), [name]
        if label != Labels().of("manage_information"):
            names += label.names[1:] or label.names

        def shows() -> bool:
            if self._unfold(waiting, needed=True):
                return False
            return self.first(label) is not None if label.selector else any(map(self._named, names))

        return bool(self.until(shows, self.limits.page / 3))

    def missing_values(self, values: dict[str, str]) -> list[str]:
        """Return those of the values that Billing does not show after the time to load."""
        waiting = ["billing_information"]

        def all_there() -> bool:
            self._unfold(waiting, needed=True)
            is_complete = not self._missing_values(values)
            if not is_complete:
                self.close_news()
            return is_complete

        until(all_there, self.limits.page / 3)
        return self._missing_values(values)

    def _missing_values(self, values: dict[str, str]) -> list[str]:
        text = "\n".join(line.text for line in layout_of(capture(self.page)).lines)
        return [value for value in values.values() if value not in text]

    def _named(self, name: str) -> bool:
        pressed = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        layout = layout_of(capture(self.page))
        shown = any(line.text == name and layout.is_pressed(line) for line in layout.lines)
        return shown or pressed.filter(visible=True).count() > 0


def information_on(page: Page, profile: Profile) -> tuple[str, ...]:
    """Return the lines of the billing information that a page shows now, or in the tab that Billing has for it."""
    billing = BillingPage(page, profile)

    def shown() -> tuple[str, ...]:
        return read_information(capture(page, selectors_of(profile)), profile)

    with billing.turned_to("billing_information") as is_turned:
        return (billing.until(shown, profile.limits.page / 5) or ()) if is_turned else shown()
