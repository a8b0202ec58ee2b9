"""The storage of a tab (sessionStorage), where some sites keep who is signed in: Playwright's states leave it out.

Source: HTML, "The sessionStorage getter"; Playwright, "Authentication", "Session storage".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, StorageState

TABS = "tabs"
"""What it is called in a state: the entries of each origin."""
_READ = "() => ({ [location.origin]: { ...sessionStorage } })"
_FILL = """(() => {
  const [tabs, mark] = %s;
  if (!tabs[location.origin] || sessionStorage.getItem(mark)) return;
  for (const [key, value] of Object.entries(tabs[location.origin])) sessionStorage.setItem(key, value);
  sessionStorage.setItem(mark, "1"); // once for each tab: who signs out there stays out
})()"""
_MARK = "acceptance-filled"


def with_tab(state: StorageState, page: Page) -> StorageState | None:
    """Give a state that holds the storage of the page's tab too; None where there is nothing in it."""
    tabs: dict[str, dict[str, str]] = page.evaluate(_READ)
    return cast("StorageState", {**state, TABS: tabs}) if any(tabs.values()) else None


def context_with(new_context: Callable[..., BrowserContext], state: StorageState | None) -> BrowserContext:
    """Make a browser context in which a state holds, its tabs' storage included."""
    if state is None:
        return new_context()
    known: dict[str, Any] = dict(state)
    tabs = known.pop(TABS, None)
    context = new_context(storage_state=known)
    if tabs:
        context.add_init_script(_FILL % json.dumps([tabs, _MARK]))
    return context
