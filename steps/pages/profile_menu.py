"""The menu behind the profile icon, with "Log out"."""

from __future__ import annotations

from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.navigation import AppNavigation
from steps.pages.polling import until
from steps.pages.sign_in import SignInPage


class ProfileMenu(AppNavigation):
    """The menu behind the profile icon."""

    def open(self) -> None:
        """Open the menu. Raises ElementNotFoundError if no profile icon opens one."""
        if not self._settings_offered():
            self.open_profile_menu()

    def offers_log_out(self) -> bool:
        """Whether the open menu offers to log out."""
        return bool(until(lambda: self.first(self.labels.of("log_out")), self.limits.page / 5))

    @blame_promise("doc:sign-in.2")
    def log_out(self) -> None:
        """Log out, and wait for the sign-in page. Raises ElementNotFoundError."""
        self.open()
        if not self.click_until(self.labels.of("log_out"), SignInPage(self.page, self.profile).is_shown):
            raise ElementNotFoundError(f'"Log out" does not lead to a sign-in page. {self.describe_page()}')
