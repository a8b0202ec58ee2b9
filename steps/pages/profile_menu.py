"""The password on the sign-in page, the way to reset it, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.navigation import AppNavigation
from steps.pages.polling import until
from steps.pages.sign_in import SignInPage
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_PASSWORD = "input[type=password]"  # noqa: S105 - a selector
_EMAIL = "input[type=email], input[autocomplete=username], input[autocomplete=email], input[name=email i]"
_CODE = "input[autocomplete=one-time-code], input[name*=code i], input[inputmode=numeric]"


class PasswordPage(SignInPage):
    """A sign-in page that asks for a password, at once or after the e-mail address."""

    @blame_promise("doc:sign-in.1")
    def ask(self, email: str) -> None:
        """Get to the password. Raises NotVerifiedError where members sign in by an e-mailed code instead."""
        if not until(self.is_shown, self.limits.page):
            raise ElementNotFoundError(f"There is no sign-in page. {self.describe_page()}")
        if self._field(_PASSWORD) is None and self._field(_EMAIL) is not None:
            self._give(_EMAIL, lambda: email)
            self._submit()
            until(lambda: self._field(_PASSWORD) or self._field(_CODE), self.limits.page)
        if self._field(_PASSWORD) is None and self._field(_CODE) is not None:
            raise NotVerifiedError("Members of this target sign in by an e-mailed code, not by a password.")

    def asks_for_password(self) -> bool:
        """Tell whether a password can be typed."""
        return self._field(_PASSWORD) is not None

    def is_below_password(self) -> bool | None:
        """Tell whether the way to reset the password stands below it; None where there is no such way."""
        way, password = self.first(self.labels.of("reset_password")), self._field(_PASSWORD)
        return None if way is None or password is None else _top(way) > _top(password)

    @blame_promise("doc:sign-in.1")
    def reset(self, email: str) -> None:
        """Ask for a new password, and wait until a code is asked for. Raises ElementNotFoundError."""
        # The password of the page itself is gone, or the code is there: either is another step.
        if not self.click_until(
            self.labels.of("reset_password"), lambda: not self.asks_for_password() or self.asks_for_code()
        ):
            raise ElementNotFoundError(f'"Reset your password" leads nowhere. {self.describe_page()}')
        if not self.asks_for_code():
            self._give(_EMAIL, lambda: email)
            button = self.first(self.labels.of("send_code"))
            if button is not None:
                self.hand.press(button)
            until(self.asks_for_code, self.limits.page)

    def asks_for_code(self) -> bool:
        """Tell whether an e-mailed code can be typed."""
        return self._field(_CODE) is not None


class ProfileMenu(AppNavigation):
    """The menu behind the profile icon."""

    def open(self) -> None:
        """Open the menu. Raises ElementNotFoundError where no profile icon opens one."""
        if not self._settings_offered():
            self.open_profile_menu()

    def offers_log_out(self) -> bool:
        """Tell whether the open menu has a way out."""
        return bool(until(lambda: self.first(self.labels.of("log_out")), self.limits.page / 5))

    @blame_promise("doc:sign-in.2")
    def log_out(self) -> None:
        """Leave, and wait for the sign-in page. Raises ElementNotFoundError."""
        self.open()
        if not self.click_until(self.labels.of("log_out"), SignInPage(self.page, self.profile).is_shown):
            raise ElementNotFoundError(f'"Log out" does not lead to a sign-in page. {self.describe_page()}')


def _top(found: Locator) -> float:
    box = found.bounding_box()
    return box["y"] if box else 0.0
