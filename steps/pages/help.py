"""Whom to ask for help: the e-mail addresses that a page names."""

from __future__ import annotations

import re

from steps.pages.base_page import POPUP, BasePage


class Help(BasePage):
    """What a page says about help."""

    def names(self, address: str) -> bool:
        """Whether the visible text names this address."""
        return _names(self.page.locator("body").inner_text(), address)

    def other_addresses(self, address: str) -> list[str]:
        """Return where else the links of the pop-up lead that write an e-mail, unless one leads to this address."""
        links = self.page.locator(POPUP).filter(visible=True).locator("a[href^='mailto:' i]").filter(visible=True).all()
        found = [(link.inner_text(), (link.get_attribute("href") or "")[7:].partition("?")[0]) for link in links]
        misleading = [to for text, to in found if _names(text, address) and to.casefold() != address.casefold()]
        if misleading or any(to.casefold() == address.casefold() for _, to in found):
            return misleading
        return [] if self.names(address) else [to for _, to in found] or self._namesakes(address)

    def _namesakes(self, address: str) -> list[str]:
        """Return the addresses of that name at other hosts that the page names or writes to."""
        links = self.page.locator("a[href^='mailto:' i]").filter(visible=True).all()
        said = [self.page.locator("body").inner_text(), *(link.get_attribute("href") or "" for link in links)]
        name = re.escape(address.partition("@")[0])
        found = re.findall(rf"(?<![\w.+-]){name}@[\w-]+(?:\.[\w-]+)+", "\n".join(said), re.IGNORECASE)
        return [one for one in dict.fromkeys(found) if one.casefold() != address.casefold()]


def _names(text: str, address: str) -> bool:
    """Whether a text names an address as a whole, not as a part of a longer one."""
    return bool(re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", text, re.IGNORECASE))
