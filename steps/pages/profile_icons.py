"""The profile icon at the bottom left, and the menu behind it, or behind what stands in its place."""

from __future__ import annotations

import contextlib
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Locator

from steps.pages.base_page import LOST_CLICK, BasePage, ElementNotFoundError, blame_promise
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.lines import layout_of
from steps.readers.page.snapshot import Box
from steps.readers.workspace.profile_icon import DRAWN_AS_ONE, other_menus, profile_icons
from steps.readers.workspace.session import read_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import ElementHandle

    from steps.readers.page.snapshot import Snapshot

NOT_THE_PROFILE = re.compile(
    r"(?:log|sign) ?(?:out|off)|help|support|delete|upgrade|add credits|new|create|run\b", re.IGNORECASE
)
"""What no profile icon is called."""
_BESIDE_ICONS: set[tuple[str, str]] = set()
"""The sites, and which of their menus, that are behind something else than a profile icon."""
_IN_A_DRAWER: set[str] = set()
"""The sites that have Workspace Settings in a sidebar that is folded away, and perhaps the profile icon too."""


class ProfileIcons(BasePage):
    """What may be the profile icon, and opening the menu behind it."""

    icon_box: Box | None = None
    """Where the profile icon stood that opened the menu, in the window."""
    is_beside_icons = False
    """Whether the menu was found behind something else than a profile icon."""
    _tries_all = False
    """Whether menus are tried that no profile icon opens: none that does had come for long."""

    def _is_menu_open(self) -> bool:
        """Whether the menu shows that is looked for behind the profile icon."""
        return self._settings_offered()

    def _settings_offered(self) -> bool:
        return self.first(self.labels.of("workspace_settings")) is not None

    def _shown(self) -> set[str]:
        return {line.text for line in layout_of(capture(self.page)).lines}

    def is_folded_away(self) -> bool:
        """Whether this site is known to fold its sidebar away, and shows what opens it."""
        return self.profile.base in _IN_A_DRAWER and self.first(self.labels.of("menu")) is not None

    @staticmethod
    def _is_free(found: Locator | ElementHandle) -> bool:
        """Whether nothing lies over an element, such as the sidebar that it has opened."""
        return str(found.evaluate(script("pressable"))["state"]) == "free"

    @blame_promise("doc:buy-credits.1")
    def open_profile_menu(self) -> None:
        """Open the menu that offers Workspace Settings. Raises ElementNotFoundError if no profile icon does."""
        out_of_reach: list[UnpressableError] = []
        late = time.monotonic() + self.limits.page / 3

        def pressed(*, tries_all: bool = False) -> bool:
            self._tries_all = tries_all or self._tries_all or time.monotonic() > late
            try:
                return self._press_profile_icon()
            except UnpressableError as error:  # a menu may lie over what has opened it
                out_of_reach.append(error)
                return False

        if self.until(pressed, self.limits.page) or (not self._tries_all and pressed(tries_all=True)):
            return
        if out_of_reach:
            raise out_of_reach[-1]
        if read_session(capture(self.page), self.profile) == "asks to sign in":
            raise ElementNotFoundError(
                f"{urlsplit(self.page.url).path} asks to sign in: the session has ended. {self.describe_page()}"
            )
        raise ElementNotFoundError(
            f'The way to "Workspace Settings" is not behind any profile icon. {self.describe_page()}'
        )

    def _press_profile_icon(self) -> bool:
        if self._is_menu_open():
            return True
        is_known = self._way in _BESIDE_ICONS
        if (is_known and self._press_another_menu()) or self._press_icons():
            return True
        if self._tries_all and not is_known and self._press_another_menu():
            return True
        menu = self.first(self.labels.of("menu"))
        if menu is not None and self._is_free(menu):
            self.input.press(menu)
            if self.until(self._is_menu_open, 0.3):
                _IN_A_DRAWER.add(self.profile.base)
                return True
        return False

    def _press_icons(self) -> bool:
        """Press possible profile icons, each once, and return whether one opens the menu."""
        tried: list[ElementHandle] = []
        for icon in list(self.profile_icons()):
            if not icon.is_visible() or any(icon.evaluate("(one, other) => one === other", one) for one in tried):
                continue
            tried.append(icon.element_handle() if isinstance(icon, Locator) else icon)
            if self._opens(icon, self._is_menu_open):
                return True
        return False

    def _press_another_menu(self) -> bool:
        """Press what opens menus besides, and return whether one is the menu; which one is known then."""
        self.is_beside_icons = any(self._opens(one, self._is_menu_open) for one in self._found_by(other_menus))
        if self.is_beside_icons:
            _BESIDE_ICONS.add(self._way)
        return self.is_beside_icons

    @property
    def _way(self) -> tuple[str, str]:
        """The site, and which of its menus is looked for."""
        return self.profile.base, type(self).__name__

    def _opens(self, icon: Locator | ElementHandle, is_open: Callable[[], bool]) -> bool:
        """Press what may be the profile icon, and return whether that opens its menu."""
        drawn, here, before = icon.bounding_box(), self.page.url, self._shown()
        leads_to = icon.evaluate("el => el.closest('a')?.href ?? ''")
        with contextlib.suppress(OutOfReachError):  # the next may be the one
            self.input.press(icon)
        if self.until(is_open, LOST_CLICK / 2):
            self.icon_box = Box(**drawn) if drawn else None
            return True
        if leads_to and self.page.url == leads_to != here:  # "My profile", in a menu without Workspace Settings
            with ignore_navigation_errors():
                self.page.go_back(wait_until="commit")
            return False
        opened = self._shown() - before
        self.page.keyboard.press("Escape")
        is_left = not opened or self.until(lambda: not opened <= self._shown(), LOST_CLICK / 3)
        if not is_left and self._is_free(icon):
            with contextlib.suppress(OutOfReachError), ignore_navigation_errors():
                self.input.press(icon)  # its menu lies over the others
        return False

    def profile_icons(self) -> Iterator[Locator | ElementHandle]:
        """Yield possible profile icons: by name, then by position at the bottom left."""
        yield from self.matching_elements(self.labels.of("profile_icon"))
        yield from self.corner_icons()

    def corner_icons(self) -> Iterator[ElementHandle]:
        """Yield what may be the profile icon at the bottom left."""
        yield from self._found_by(profile_icons)

    def _found_by(self, reader: Callable[[Snapshot], list[int]]) -> Iterator[ElementHandle]:
        snapshot = capture(self.page, selectors_of(self.profile) | DRAWN_AS_ONE)
        for at in reader(snapshot)[:8]:
            element = element_at(self.page, snapshot.stamp, at)
            if element is not None and not NOT_THE_PROFILE.search(
                (element.text_content() or "") if element.is_visible() else "log out"
            ):
                yield element
