"""Whom to ask for help: the e-mail addresses that a page names."""

from __future__ import annotations

from steps.pages.base_page import BasePage
from steps.readers.page.capture import capture, element_at
from steps.readers.page.titles import folded
from steps.readers.workspace.help import hints, names_address, other_addresses, out_of_use

_TITLES = ("need help", "help", "support", "having trouble", "contact", "contact us", "contact support")
"""What help may be folded under; the first is the documented title."""


class Help(BasePage):
    """What a page says about help."""

    _is_unfolded = False

    def names(self, address: str) -> bool:
        """Whether the page names this address; what help is folded under is opened once."""
        now = capture(self.page)
        if not names_address(now, address) and not self._is_unfolded and (at := folded(now, _TITLES)) >= 0:
            self._is_unfolded = True
            if (fold := element_at(self.page, now.stamp, at)) is not None:
                self.input.press(fold)
        return names_address(capture(self.page), address)

    def dead_links(self) -> list[str]:
        """Return the addresses to which hints lead and that the site says it does not have."""
        found = hints(capture(self.page))
        answers = ((address, self.page.context.request.get(address).status) for address in found)
        return [f"{address} (answered with {status})" for address, status in answers if status in {404, 410}]

    def out_of_use(self, address: str) -> str:
        """Return what says that nobody reads what is sent to this address; "" for nothing."""
        return out_of_use(capture(self.page), address)

    def other_addresses(self, address: str) -> list[str]:
        """Return the addresses that are given for help in place of this one; none where this one is given."""
        return other_addresses(capture(self.page), address)
