"""The session storage of tabs, where some sites keep the session. Playwright's storage states do not include it.

Source: HTML, "The sessionStorage getter"; Playwright, "Authentication", "Session storage".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, StorageState

TABS = "tabs"
"""The key in a storage state under which the entries of each origin are kept."""
_READ = "() => ({ [location.origin]: { ...sessionStorage } })"
_FILL = """(() => {
  const [tabs, mark] = %s;
  if (!tabs[location.origin] || sessionStorage.getItem(mark)) return;
  for (const [key, value] of Object.entries(tabs[location.origin])) sessionStorage.setItem(key, value);
  sessionStorage.setItem(mark, "1"); // once for each tab: who signs out there stays out
})()"""
_MARK = "acceptance-filled"


def with_session_storage(state: StorageState, page: Page) -> StorageState | None:
    """Return a storage state that includes the session storage of the page's tab, or None if that is empty."""
    tabs: dict[str, dict[str, str]] = page.evaluate(_READ)
    return cast("StorageState", {**state, TABS: tabs}) if any(tabs.values()) else None


def open_context(new_context: Callable[..., BrowserContext], state: StorageState | None) -> BrowserContext:
    """Open a browser context with a storage state, including the session storage of its tabs."""
    if state is None:
        return new_context()
    known: dict[str, Any] = dict(state)
    tabs = known.pop(TABS, None)
    context = new_context(storage_state=known)
    if tabs:
        context.add_init_script(_FILL % json.dumps([tabs, _MARK]))
    return context
