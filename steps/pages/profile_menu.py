"""The menu behind the profile icon, with "Log out"."""

from __future__ import annotations

import contextlib
import re

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.input_device import UnpressableError
from steps.pages.navigation import AppNavigation
from steps.pages.polling import ignore_navigation_errors, until
from steps.pages.sign_in import SignInPage
from steps.readers.packages.package_controls import buttons_in_front
from steps.readers.packages.package_presses import name_of
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.lines import layout_of
from steps.readers.workspace.profile_icon import WIDE
from steps.readers.workspace.session import read_session
from steps.verdicts.verdict import NotVerifiedError

_CONFIRMS = re.compile(r"\W*(?:yes\b|confirm\b|ok(?:ay)?\b|(?:log|sign) ?out\b)", re.IGNORECASE)
"""What the button is called that confirms logging out."""


class ProfileMenu(AppNavigation):
    """The menu behind the profile icon."""

    _stood = 0
    """How often "Log out" stood on the page before the menu was opened."""

    def open(self) -> None:
        """Open the menu. Raises ElementNotFoundError if no profile icon opens one, nor Workspace Settings shows."""
        if not self._settings_offered():
            self._stood = self._offers()
            self.open_profile_menu()
            self.until(lambda: self._offers() > self._stood, LOST_CLICK)  # a menu may still slide in
        if self._offers() <= self._stood:  # Workspace Settings may stand in the sidebar, or in a menu around this one
            self._open_beside_settings()

    def _is_menu_open(self) -> bool:
        return self._settings_offered() or self._offers() > self._stood  # a site may have its settings elsewhere

    def _open_beside_settings(self) -> bool:
        """Open the menu where Workspace Settings shows already; whether something more shows then."""
        self._stood, settings = self._offers(), self._offers("workspace_settings")

        def is_open() -> bool:
            return self._offers("workspace_settings") > settings or self._offers() > self._stood

        for icon in list(self.profile_icons()):
            with contextlib.suppress(UnpressableError), ignore_navigation_errors():
                if self._opens(icon, is_open):
                    return True
        return False

    def offers_log_out(self) -> bool:
        """Whether the open menu offers to log out. Raises NotVerifiedError if that stood beside the menu before."""
        found = bool(until(lambda: self._offers() > self._stood, self.limits.page / 5))
        if not found and self._offers():
            raise NotVerifiedError("“Log out” stood on the page before the profile menu was opened, and no other came.")
        return found

    def offers_log_out_beside_settings(self) -> bool | None:
        """Open the menu where Workspace Settings shows already; whether it offers to log out, None if none opens."""
        if not self._open_beside_settings():
            return None
        offered = bool(until(lambda: self._offers() > self._stood, self.limits.page / 5))
        return None if self._stood and not offered else offered  # what stood there before may be it

    def icon_place(self) -> str:
        """Return where the icon stands that opens the menu: "bottom left", "right", "top left", or "" if unclear.

        Where it is not that one, the documented place is searched for another that opens it too.
        """
        size, is_mirrored = self.page.evaluate("[[innerWidth, innerHeight], getComputedStyle(document.body).direction]")
        width, height = size
        if self.icon_box is None or width < WIDE or is_mirrored == "rtl":
            return ""
        x, y = self.icon_box.x + self.icon_box.width / 2, self.icon_box.y + self.icon_box.height / 2
        links = (self.first(self.labels.of(key)) for key in ("users", "flows"))
        boxes = [box for box in (one.bounding_box() for one in links if one is not None) if box]
        is_below = bool(boxes) and all(box["y"] < y for box in boxes)
        if x < width / 2 and (y > height / 2 or is_below):
            return "bottom left"
        self.start()
        self.until(lambda: next(self.corner_icons(), None), LOST_CLICK)
        offered = self._is_menu_open
        if any(not offered() and self._opens(icon, offered) for icon in list(self.corner_icons())):
            return "bottom left"
        is_above = bool(boxes) and all(box["y"] > y for box in boxes)
        return "right" if x > width / 2 else "top left" if is_above else ""

    def _offers(self, key: str = "log_out") -> int:
        return sum(1 for _ in self.matching_elements(self.labels.of(key)))

    @blame_promise("doc:sign-in.2")
    def log_out(self) -> None:
        """Log out, and wait for the sign-in page, or one that shows nobody signed in. Raises ElementNotFoundError."""
        self.open()
        if not self.click_until(self.labels.of("log_out"), lambda: self._is_out() or self._is_confirmed()):
            raise ElementNotFoundError(f'"Log out" leads to no page that asks to sign in. {self.describe_page()}')

    def _is_confirmed(self) -> bool:
        """Whether a dialog that asks once more has been answered, and has led to the outside then."""
        now = capture(self.page, selectors_of(self.profile))
        layout = layout_of(now)
        asked = buttons_in_front(now) if now.layers else []
        yes = [at for at in asked if _CONFIRMS.match(name_of(layout, at))]
        way = element_at(self.page, now.stamp, yes[0]) if len(yes) == 1 else None
        if way is None:
            return False
        with ignore_navigation_errors():
            self.input.press(way)
        return bool(self.until(self._is_out, LOST_CLICK))

    def _is_out(self) -> bool:
        if SignInPage(self.page, self.profile).is_shown():
            return True
        return read_session(capture(self.page, selectors_of(self.profile)), self.profile) == "asks to sign in"
