"""Browser contexts made ahead: while a scenario waits for its site, the context and the tab that come next are made.

They take a tenth of a scenario's time, in which the site has nothing to do. Each is handed out once and has been
nowhere, so scenarios are kept apart as before.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Browser, BrowserContext, Page


def is_of_use(config: pytest.Config) -> bool:
    """Tell whether contexts may be made ahead: not where somebody looks on, or where all that happens is recorded."""
    option = config.option
    return not option.headed and not option.slowmo and option.tracing == "off" and option.video == "off"


class ContextsAhead:
    """Makes a browser hand out contexts that are ready; what it is asked for in any other way is made as usual."""

    def __init__(self, browser: Browser, arguments: dict[str, Any]) -> None:
        self._make = browser.new_context
        self._arguments = arguments
        self._ready: BrowserContext | None = None
        self._is_making = False
        browser.new_context = self.new_context  # type: ignore[method-assign] # pytest-playwright's fixtures ask it

    @property
    def is_ready(self) -> bool:
        """Tell whether a context waits to be handed out."""
        return self._ready is not None

    def new_context(self, **wanted: Any) -> BrowserContext:
        """Give a new context for a member: the one that is ready, where a session of cookies is all that it needs."""
        state = wanted.get("storage_state")
        if state is None or wanted != self._arguments | {"storage_state": state}:
            return self._make(**wanted)
        context, self._ready = self._ready, None
        if context is None or not isinstance(state, dict) or state.get("origins"):
            self._ready = context
            context = self._make(**wanted)
        elif state.get("cookies"):
            context.add_cookies(state["cookies"])
        self._hand_out_tab(context)
        return context

    def _hand_out_tab(self, context: BrowserContext) -> None:
        """Let the first tab that is asked for be the one that is there, and make the next context once it loads."""
        make = context.new_page

        def new_page() -> Page:
            context.new_page = make  # type: ignore[method-assign] # see above
            page = context.pages[0] if context.pages else make()
            page.once("domcontentloaded", lambda _: self._make_ready())
            return page

        context.new_page = new_page  # type: ignore[method-assign] # see above

    def _make_ready(self) -> None:
        """Make the next one, beside what the scenario is doing: Playwright carries out handlers in turn with it."""
        if self._ready is not None or self._is_making:
            return
        self._is_making = True
        with contextlib.suppress(PlaywrightError):  # the browser is being closed
            context = self._make(**self._arguments)
            context.new_page()
            self._ready = context
        self._is_making = False
