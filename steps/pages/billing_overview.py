"""Billing as a whole: its three sections, and the bar that pictures the credits."""

from __future__ import annotations

from steps.pages.base_page import pattern_of
from steps.pages.billing import BillingPage
from steps.pages.polling import until

SECTIONS = ("current_plan", "billing_information", "invoices")
"""The documented sections, by the names of their labels in a profile."""
_BARS = "progress, meter, [role=progressbar], [role=meter]"


class BillingOverview(BillingPage):
    """The Billing tab, looked at without doing anything."""

    def missing_sections(self) -> list[str]:
        """Name the documented sections that do not show, once they had the time to load."""
        until(lambda: not self._missing(), self.limits.page / 3)
        return self._missing()

    def count_bars(self) -> int:
        """Count the progress bars of the Current Plan section, as far as they tell that they are such."""
        titles = [{"name": name, "pattern": pattern_of(self.labels.of(name))} for name in SECTIONS]
        plans = pattern_of(self.labels.of("plan_name"))
        bars = self.page.locator(_BARS).filter(visible=True)
        return sum(self._place(bars.nth(at), titles, plans) == "current_plan" for at in range(bars.count()))

    def bar_shares(self) -> list[float]:
        """Give how much of each bar is filled, from 0 to 1, as far as a bar tells it."""
        told = [(_number(bar["now"]), _number(bar["max"])) for bar in self._seen()["bars"]]
        return [now / whole for now, whole in told if now is not None and whole]

    def _missing(self) -> list[str]:
        return [name.replace("_", " ") for name in SECTIONS if not self._shows(name)]


def _number(text: str | None) -> float | None:
    """Read a number as a bar's attributes write it, whatever the language of the page."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
