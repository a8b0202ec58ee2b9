"""The sign-in page: an e-mail address, a password or an e-mailed code, in one step or two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, TYPED, BasePage, ElementNotFoundError, blame_promise, starts_with_label
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.lines import layout_of
from steps.readers.workspace.session import CODE_NAMED, sent_by
from steps.targets.labels import Labels
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

_EMAIL = (
    "input[type=email], input[autocomplete=username], input[autocomplete=email], "
    "input[name=email i], input[name=username i]"
)
_PASSWORD = "input[type=password]"  # noqa: S105 - a selector
_CODE = (
    "input[autocomplete=one-time-code], input[name*=code i], input[inputmode=numeric], [inputmode=numeric] input, "
    "input[aria-label*='digit' i]"
)
_SAME_PASSWORD = re.compile(
    r"(?=.*\bpassword\b).*\b(?:same|different|old|previous\w*|recent\w*|reused?|already)\b", re.IGNORECASE | re.DOTALL
)
"""What a page says that wants another password than the one before."""
_CHANGED = re.compile(
    r"(?!.*(?:\bnot\b|n['\u2019]t\b|\bun|\bfail)).*\bpassword\b.*\b(?:changed|updated|reset|saved|set)\b", re.IGNORECASE
)
"""What a page says that has taken a new password."""
_REFUSES = re.compile(
    r"\b(?:incorrect|wrong|invalid|unknown|unrecogni[sz]ed|not (?:correct|match|right|valid|recogni[sz]ed)"
    r"|could not (?:sign|log) you in|(?:sign|log)[- ]?in failed)\b|n['\u2019]t match",
    re.IGNORECASE,
)
"""What a page says that refuses an address or a password."""
_HOLDS = "field => field.value.replace(/\\W/g, '')"
_NAMED = {_EMAIL: "email", _PASSWORD: "password"}
"""The labels with which a profile names fields that have no attribute of their kind."""

_MOST_STEPS, _MOST_REFUSALS = 6, 2
"""How often the same may be asked for again: a press may be lost, a one-time password may have been used already."""
_BUTTON = "button, input[type=submit], input[type=image], [role=button]"
_NOT_KNOWN = "It is not known what sends what was typed: Enter led to nothing. {}"
_NOT_THERE = "There is no sign-in page there: check base_url and routes.sign_in."


class SignInPage(BasePage):
    """The page where a visitor signs in."""

    def is_shown(self) -> bool:
        """Whether this is a sign-in page, judging by its fields."""
        return any(self._field(kind) is not None for kind in (_PASSWORD, _EMAIL, _CODE))

    @blame_promise("assumption:sign-in")
    def sign_in(self, email: str, password: str | None, one_time_code: Callable[[], str | None]) -> list[str]:
        """Answer what the page asks for, step by step, until it asks for nothing more.

        `one_time_code` waits for a code and returns it. Returns with what the page refused a password that it took
        when it was typed again. Raises ElementNotFoundError if the page shows no field, or rejects the sign-in.
        """
        if not until(self.is_shown, self.limits.page):
            raise ElementNotFoundError(f"{_NOT_THERE} {self.describe_page()}")
        answers: dict[str, Callable[[], str | None]] = {
            _EMAIL: lambda: email,
            _PASSWORD: lambda: password,
            _CODE: one_time_code,
        }
        refused, proved = 0, False
        refusals: list[str] = []
        for _ in range(_MOST_STEPS):
            asked = self._asked()
            proved = proved or bool(asked & {_PASSWORD, _CODE})
            for kind in asked:
                self._give(kind, answers[kind])
            has_moved, said = self._send_answers(asked)
            if has_moved and not (self.is_shown() if proved else until(self.is_shown, self.limits.page / 3)):
                if not proved:
                    raise ElementNotFoundError(f"Nothing but an e-mail address was asked for. {self.describe_page()}")
                return refusals
            refused += not has_moved
            refusals += said
            if refused == _MOST_REFUSALS:
                break
        raise ElementNotFoundError(f"Signing in did not work: check e-mail and password. {self.describe_page()}")

    def _send_answers(self, asked: frozenset[str]) -> tuple[bool, list[str]]:
        """Send what was typed. Returns whether the page asks for something else then, or nothing, and what it refused.

        A code that was refused may have been used before.
        """
        stood = self._said()

        def refused() -> list[str]:
            if _PASSWORD not in asked or _CODE in asked:
                return []
            return [text for text in self._said() - stood if _REFUSES.search(text)]

        self._submit()
        until(lambda: self._moved_on(asked) or refused(), self.limits.page, page=self.page)
        has_moved = bool(until(lambda: self._moved_on(asked), LOST_CLICK))
        return has_moved, [] if has_moved else refused()

    def _give(self, kind: str, answer: Callable[[], str | None]) -> None:
        value = answer()
        if value is None:
            raise ElementNotFoundError("The sign-in page asks for something that this account does not have.")
        field = self._field(kind)
        if field is None or not field.is_editable():
            return
        field.fill(value)
        with ignore_navigation_errors():  # a code may be sent once it is whole
            plain = re.sub(r"\W", "", value)
            if kind == _CODE and field.evaluate(_HOLDS) == plain[:1] != plain:
                self._type_into_boxes(plain)

    def _type_into_boxes(self, code: str) -> None:
        """Type a code into boxes of which each takes one letter or digit, as a person does who goes on to the next."""
        boxes = self._named(_CODE).filter(visible=True).all()
        if "".join(box.input_value() for box in boxes) == code:  # the first one has dealt it out
            return
        for box, sign in zip(boxes, code, strict=False):
            box.fill("")
            box.press_sequentially(sign)

    def _moved_on(self, asked: frozenset[str]) -> bool:
        if asked == self._asked():
            return False
        self.page.wait_for_load_state("domcontentloaded")  # a page that only begins to load asks for nothing
        return asked != self._asked()

    def _asked(self) -> frozenset[str]:
        return frozenset(kind for kind in (_EMAIL, _PASSWORD, _CODE) if self._field(kind) is not None)

    def _field(self, kind: str) -> Locator | None:
        found = self._named(kind).filter(visible=True)
        if kind == _EMAIL and not found.count() and self._is_asked_for_by_words():
            return self.field_called(starts_with_label(self.labels.of("email")))
        return found.first if found.count() else None

    def _is_asked_for_by_words(self) -> bool:
        """Whether a field that says nothing of its kind may be for an address: beside a password, or the only one."""
        if self.page.locator(_PASSWORD).filter(visible=True).count():
            return True
        return self.page.locator(TYPED).filter(visible=True).count() == 1 and bool(
            self.first(self.labels.of("sign_in"))
        )

    def _named(self, kind: str) -> Locator:
        """Return the field that the profile names, or else the one that password managers would fill in."""
        if kind == _CODE:
            by_name = self.page.get_by_label(CODE_NAMED).or_(self.page.get_by_placeholder(CODE_NAMED))
            return self.page.locator(_CODE).or_(by_name).and_(self.page.locator(TYPED))
        key = _NAMED.get(kind)
        label = self.labels.of(key) if key else None
        if key is None or label is None or label == Labels().of(key):
            return self.page.locator(kind)
        if label.selector:
            return self.page.locator(label.selector)
        return self.page.get_by_label(starts_with_label(label)).and_(self.page.locator("input"))

    def _submit(self) -> None:
        button = self.first(self.labels.of("sign_in"))
        if button is None:
            buttons = self.page.locator(_BUTTON).filter(visible=True)
            button = buttons.first if buttons.count() == 1 else None
        if button is not None:
            self.input.press(button)
        else:
            self.page.keyboard.press("Enter")

    def _said(self) -> frozenset[str]:
        return frozenset(line.text for line in layout_of(capture(self.page)).lines)


class PasswordPage(SignInPage):
    """A sign-in page that asks for a password, at once or after the e-mail address."""

    @blame_promise("doc:sign-in.1")
    def ask(self, email: str) -> None:
        """Get to the password field. Raises NotVerifiedError where members sign in by an e-mailed code instead."""
        if not until(self.is_shown, self.limits.page):
            raise ElementNotFoundError(f"{_NOT_THERE} {self.describe_page()}")
        if self._field(_PASSWORD) is None and self._field(_EMAIL) is not None:
            self._give(_EMAIL, lambda: email)
            self._submit()
            until(lambda: self._field(_PASSWORD) or self._field(_CODE), self.limits.page)
        if self._field(_PASSWORD) is None and self._field(_CODE) is not None:
            raise NotVerifiedError("Members of this target sign in by an e-mailed code, not by a password.")

    def asks_for_password(self) -> bool:
        """Whether a password can be typed."""
        return self._field(_PASSWORD) is not None

    def try_password(self, email: str, password: str) -> None:
        """Type a password and send it, once, and wait until something has come of it."""
        if self._field(_EMAIL) is not None:
            self._give(_EMAIL, lambda: email)
        self._give(_PASSWORD, lambda: password)
        asked, stood = self._asked(), self._said()
        self._submit()
        until(lambda: self._moved_on(asked) or self._said() - stood, self.limits.page / 3)

    def is_below_password(self) -> bool | None:
        """Whether the link to reset the password is below it; None if there is no such link."""
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
        # It may be loading still; a page that knows whom it asks shows neither.
        until(lambda: self.asks_for_code() or self._address_field(), self.limits.page / 3)
        if self.asks_for_password() and not self.asks_for_code() and self.first(self.labels.of("reset_password")):
            raise ElementNotFoundError(f'"Reset your password" leads back to where it stands. {self.describe_page()}')
        if not self.asks_for_code():
            field = self._address_field()
            if field is not None and field.is_editable():
                field.fill(email)
            is_known = self._send("send_code")
            if not until(self.asks_for_code, self.limits.page) and not is_known:
                raise NotVerifiedError(_NOT_KNOWN.format(self.describe_page()), line='labels.send_code = "…"')

    def _address_field(self) -> Locator | None:
        """Return the field for the address that the code goes to: the only one, where none is called so."""
        typed = self.page.locator(TYPED).filter(visible=True)
        only = typed if typed.count() == 1 else None
        return self._field(_EMAIL) or self.field_called(starts_with_label(self.labels.of("email"))) or only

    @blame_promise("doc:sign-in.1")
    def choose_password(self, code: str, password: str, *, is_right: bool = True) -> bool:
        """Type the e-mailed code and a new password, in one step or two, and return whether they were taken.

        A code that is not the right one is taken to be refused where the page says anything else then. Raises
        NotVerifiedError where nothing came of it, and it is not known what sends them.
        """
        self._give(_CODE, lambda: code)
        is_known = True
        if self._field(_PASSWORD) is None:
            is_known = self._send("choose_password")
            until(self.asks_for_password, self.limits.page)
        if self.asks_for_password():
            for field in self._named(_PASSWORD).filter(visible=True).all():  # a second one is for the same again
                field.fill(password)
            asked, stood = self._asked(), self._said()
            is_known = self._send("choose_password")

            def is_taken() -> bool:
                return self._moved_on(asked) or any(map(_CHANGED.match, self._said() - stood))

            answered = until(lambda: is_taken() or not (is_right or self._said() <= stood), self.limits.page)
            if answered and (is_right or until(is_taken, LOST_CLICK)):
                return True
        if not is_known:
            raise NotVerifiedError(_NOT_KNOWN.format(self.describe_page()), line='labels.choose_password = "…"')
        return False

    def _send(self, key: str) -> bool:
        """Press what sends a step, by the label `key`, or Enter where it is not known. Returns whether it was."""
        snapshot = capture(self.page, selectors_of(self.profile))
        at = sent_by(snapshot, self.profile, key)
        button = None if at is None else element_at(self.page, snapshot.stamp, at)
        if button is None:
            self.page.keyboard.press("Enter")
            return False
        self.input.press(button)
        return True

    def refuses_password(self) -> bool:
        """Whether the page says that another password must be chosen, rather than that the code is wrong."""
        said = " ".join(self.page.get_by_role("alert").all_inner_texts())
        return bool(_SAME_PASSWORD.search(said))

    def asks_for_code(self) -> bool:
        """Whether an e-mailed code can be typed."""
        return self._field(_CODE) is not None


def _top(found: Locator) -> float:
    box = found.bounding_box()
    return box["y"] if box else 0.0
