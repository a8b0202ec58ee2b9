"""Whom to ask for help: the e-mail addresses that a page names."""

from __future__ import annotations

from steps.pages.base_page import BasePage
from steps.readers.page.capture import capture
from steps.readers.workspace.help import names_address, other_addresses


class Help(BasePage):
    """What a page says about help."""

    def names(self, address: str) -> bool:
        """Whether the page names this address."""
        return names_address(capture(self.page), address)

    def other_addresses(self, address: str) -> list[str]:
        """Return the addresses that are given for help in place of this one; none where this one is given."""
        return other_addresses(capture(self.page), address)
