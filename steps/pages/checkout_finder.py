"""Finding the form of a payment page, and the way to pay, in whichever frames and behind whichever steps they are."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from steps.pages.base_page import BasePage, ElementNotFoundError, pattern_of, starts_with_label
from steps.pages.card_fields import CARD_NUMBER, CONTACT, CVC, EXPIRY
from steps.pages.checkout_form import CheckoutForm
from steps.pages.form_fields import shows_field
from steps.pages.input_device import OutOfReachError
from steps.pages.page_scripts import script
from steps.pages.payment_outcome import MessageWatch, outcome_of, shown_frames
from steps.pages.polling import until
from steps.readers.money.money import amounts_in
from steps.targets.hosts import host_of, is_allowed
from steps.targets.labels import Label, Labels
from steps.verdicts.verdict import BlockedError, NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator, Page

    from steps.readers.money.money import Money
    from steps.targets.profile import Profile

_SUBMIT = "button[data-testid='hosted-payment-submit-button']"
_PRESSED = "button, input[type=submit], input[type=image], [role=button]"
_SENDS = "form button:not([type=button], [type=reset]), input[type=submit], input[type=image]"
"""What sends a form, by itself."""
GO_ON = (
    r"(?:save (?:and|&) )?(?:continue|proceed|next)(?: step)?"
    r"(?: to (?:the )?(?:next step|payment|card|review|billing)\b.*)?"
    r"|review(?: (?:your |the )?(?:order|payment|details))?"
)
"""What the way on from a step of a form is called, where that is not the way to pay."""
_MOST_STEPS = 6
_STEADY = 1.0
"""Seconds for which a step shows that it asks for no card, before it is taken for one: cards load late."""
_FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=image]), select"
_CARD_CHOICES = (
    "[data-testid='card-accordion-item-button']",
    "#payment-method-accordion-item-title-card",
    "[data-testid='card-accordion-item']",
)
_ANOTHER = (
    r"(?:(?:pay|use|add|enter|choose|edit|change|update|replace)(?: (?:with|by))? )?"
    r"(?:(?:an?|the|your) )?(?:(?:another|different|other|new) )?"
)
"""What stands before the name of the way to pay by card, beside cards that the page has kept."""
_SAVED = r".*?(?:\bending\b|\d{4})"
"""What stands behind a card that the page has kept: "ending in 4242"."""
_MOST_WAYS = 3
_CHOICES: tuple[Literal["radio", "tab", "button", "link"], ...] = ("radio", "tab", "button", "link")
"""What a way to pay is chosen by where its name is not written out; where it is, the words are pressed."""
_WAYS_ON: tuple[Literal["button", "link"], ...] = ("button", "link")
_RETRIES = re.compile(
    r"^\W*(?:retry|try (?:again|another|a different)|pay again|back to (?:the )?payment)\b", re.IGNORECASE
)
_MAY_LEAD_ON = "input:not([type=hidden]), select, button, [role=button], [role=tab], [role=radio], [role=link]"
_HUMAN_CHECK = (
    "iframe[src*='hcaptcha'], iframe[src*='recaptcha/api2/bframe'], "
    "iframe[title*='challenge' i][src*='captcha'], #challenge-running"
)


class UnknownHostError(NotVerifiedError):
    """What a package led to may be a payment page, on a `host` that the profile does not name."""

    def __init__(self, reason: str, host: str) -> None:
        super().__init__(reason, line=f'payments.hosts = ["{host}"]')
        self.host = host


class LaterStepError(NotVerifiedError):
    """The card is asked for in a later step, which is reached by filling in the one that shows."""


@dataclass(frozen=True)
class _Step:
    """A step before the card's: the frame that it is in, and the way on."""

    frame: Frame
    way_on: Locator


class FormFinder(BasePage):
    """What finds the form with the card's fields."""

    def stop_at_human_check(self) -> None:
        """Raise BlockedError if the page asks for a human, which is never worked around."""
        if self.page.locator(_HUMAN_CHECK).filter(visible=True).count():
            raise BlockedError("The payment page refused automation: it asks for a human.")

    def form(self, fill: Callable[[CheckoutForm], object] | None = None) -> CheckoutForm:
        """Find the form with the card's fields, trying each known way to unfold it.

        Steps before it are filled in by `fill`, and passed; without `fill` the first one raises LaterStepError.
        Raises ElementNotFoundError where nothing leads to a card.
        """
        tried: list[str] = []
        passed: list[tuple[str, ...]] = []
        watch: MessageWatch | None = None
        while isinstance(found := self._card_or_step(tried), _Step):
            asked = self._asked()
            if fill is None:
                raise LaterStepError(f"in a later step; this one asks for {', '.join(asked[1:])}")
            if asked in passed or len(passed) == _MOST_STEPS:
                said = outcome_of(watch.look()) if watch else None
                words = f", for the payment page says: {said.message}" if said else f". {self.describe_page()}"
                raise NotVerifiedError(f"A step of the payment page before the card’s could not be passed{words}")
            passed.append(asked)
            watch = self._pass(found, fill)
        if not found:
            self._say_what_was_tried(tried)
        return CheckoutForm(found[0], self.input, self._frames_beside(found[0]))

    def _card_or_step(self, tried: list[str]) -> list[Frame] | _Step | None:
        """Wait for the card's fields, or for a step before them that shows for a while; unfold what can be."""
        since, has_retried = 0.0, False

        def shown() -> list[Frame] | _Step | None:
            nonlocal since, has_retried
            if fields := self._fields():
                return fields
            self.stop_at_human_check()
            if not has_retried and (way := self._way_to_retry()) is not None:
                has_retried = True
                self.input.click_once(way, expect_navigation=True)
                return None
            if (unfolded := self._unfold(tried)) or (step := self._step(is_chosen=bool(tried))) is None:
                since = 0.0
                return unfolded
            since = since or time.monotonic()
            return step if time.monotonic() - since >= _STEADY else None

        # Where looking takes long, a step that shows at the end is one.
        return until(shown, self.limits.payment) or self._step(is_chosen=bool(tried))

    def _way_to_retry(self) -> Locator | None:
        """Return the way back to the card from a page that has refused it."""
        return _first_of(*(self.page.get_by_role(role, name=_RETRIES) for role in _WAYS_ON))

    def _step(self, *, is_chosen: bool) -> _Step | None:
        """Return the step that shows: one that asks who buys, or how, and has a way on but none to pay."""
        frames = list(shown_frames(self.page))
        if any(self._submit_in(frame) is not None for frame in frames):
            return None
        ways = ((frame, self._way_on_in(frame)) for frame in frames)
        asking = (_Step(frame, way) for frame, way in ways if way and (is_chosen or shows_field(frame, *CONTACT)))
        return next(asking, None)

    def _pass(self, step: _Step, fill: Callable[[CheckoutForm], object]) -> MessageWatch:
        """Fill in a step, press its way on, and wait for what comes of it."""
        form = CheckoutForm(step.frame, self.input)
        fill(form)
        form.complete()
        watch = MessageWatch(self.page, self.profile)
        asked = self._asked()  # what was filled in may have brought fields
        self.input.click_once(step.way_on, expect_navigation=True)
        until(lambda: self._fields() or self._asked() != asked or outcome_of(watch.look()), self.limits.payment)
        return watch

    def _asked(self) -> tuple[str, ...]:
        """Return where the page and its frames are, and what their fields are called."""
        shown = list(shown_frames(self.page))
        fields = (frame.locator(_FIELDS).filter(visible=True) for frame in shown)
        names = (name for some in fields for name, _ in some.evaluate_all(script("called")))
        return (" ".join(frame.url for frame in shown), *names)

    def _say_what_was_tried(self, tried: list[str]) -> NoReturn:
        """Raise NotVerifiedError where the page has what may lead to a card's fields, else ElementNotFoundError."""
        ways = ", ".join(dict.fromkeys(tried)) or "nothing that could be unfolded"
        told = f"The payment page shows no card field; tried: {ways}."
        frames = list(shown_frames(self.page))
        if any(frame.locator(_MAY_LEAD_ON).filter(visible=True).count() for frame in frames):
            asks = any(shows_field(one, *CONTACT) for one in frames)
            is_step = asks and all(self._submit_in(one) is None for one in frames)
            line = 'labels.confirm = "…"' if is_step else 'labels.pay_by_card = "…"'
            raise NotVerifiedError(f"{told} {self.describe_page()}", line=line)
        raise ElementNotFoundError(f"{told} {self.describe_page()}")

    def _frames_beside(self, frame: Frame) -> list[Frame]:
        """Return the other frames of a form: those around it if it is paid for there, and those of other fields."""
        around: list[Frame] = []
        if self._submit_in(frame) is None:
            at = frame.parent_frame
            while at is not None and not around:
                around += [at] if self._submit_in(at) is not None or at.parent_frame is None else []
                at = at.parent_frame
        if (not around and frame.parent_frame is not None) or shows_field(frame, EXPIRY, CVC):
            return around
        fields = [one for one in shown_frames(self.page) if one not in (frame, *around)]
        return [*around, *(one for one in fields if shows_field(one, EXPIRY, CVC))]

    def _fields(self) -> list[Frame]:
        return [f for f in self.page.frames if not f.is_detached() and shows_field(f, CARD_NUMBER)]

    def _unfold(self, tried: list[str]) -> list[Frame] | None:
        named = self._by_card()
        for frame in self.page.frames:
            ways = [(selector, frame.locator(selector).first) for selector in _CARD_CHOICES]
            ways += [(f"{role} “Card”", frame.get_by_role(role, name=named)) for role in _CHOICES]
            ways += [("“Card”", frame.get_by_text(re.compile(f"{named.pattern}\\W*$", re.IGNORECASE)))]
            for way, locator in ways:
                for found in locator.all()[:_MOST_WAYS]:
                    if not found.count():  # it has gone since another was pressed
                        break
                    tried.append(way)
                    with contextlib.suppress(OutOfReachError):  # another way may be within reach
                        self.input.force_click(found)
                    if until(self._fields, 0.5):
                        return self._fields()
        return None

    def _by_card(self) -> re.Pattern[str]:
        """Return how the way to pay by card begins to be called, "Use another card" too; a saved card is none."""
        # a slash would end the expression where the browser reads it
        names = (re.escape(one).replace("/", r"\/") for one in self.profile.labels.of("pay_by_card").names)
        return re.compile(rf"^\W*{_ANOTHER}(?:{'|'.join(names)})(?![\w-])(?!{_SAVED})", re.IGNORECASE)

    def asks_who_or_how(self) -> bool:
        """Whether the page asks who buys, or offers to pay by card."""
        main = self.page.main_frame
        ways = [main.get_by_role(role, name=self._by_card()).filter(visible=True) for role in _CHOICES]
        return shows_field(main, *CONTACT) or any(one.count() for one in ways)

    def _submit(self, form: Frame) -> Locator:
        """Find the way to pay, or else the way on to it: in the frame of the form, or in one around or beside it.

        Raises NotVerifiedError where something else can be pressed that may be it, and ElementNotFoundError.
        """
        frames = [form, *(one for one in self.page.frames if one is not form)]
        for find in (self._submit_in, self._way_on_in, self._submit_of_its_own):
            for frame in frames:
                if (found := find(frame)) is not None:
                    return found
        told = f"The payment page shows no way to pay. {self.describe_page()}"
        if form.locator(_PRESSED).filter(visible=True).count():
            raise NotVerifiedError(told, line='labels.pay = "…"')
        raise ElementNotFoundError(told)

    def _submit_in(self, frame: Frame) -> Locator | None:
        """Return what pays by its name: not another way to pay ("Pay with …")."""
        label = self.profile.labels.of("pay")
        if label.selector:
            named = frame.locator(label.selector)
        else:
            name = re.compile(rf"{starts_with_label(label).pattern}(?!.*\bwith\b)", re.IGNORECASE)
            named = frame.get_by_role("button", name=name)
        return _first_of(frame.locator(_SUBMIT), named)

    def _submit_of_its_own(self, frame: Frame) -> Locator | None:
        """Return what pays, whatever it is called: the one that says an amount, or else the only one that sends."""
        pressed = frame.locator(_PRESSED).filter(visible=True)
        names = [str(one) for one in pressed.evaluate_all("all => all.map((one) => one.innerText || one.value || '')")]
        priced = [at for at, name in enumerate(names) if any(one.is_certain for one in self._amounts(name))]
        if len(priced) == 1:
            return pressed.nth(priced[0])
        sends = frame.locator(_SENDS).filter(visible=True)
        return sends.first if sends.count() == 1 and shows_field(frame, CARD_NUMBER) else None

    def _amounts(self, text: str) -> list[Money]:
        return amounts_in(text, self.profile.locale, self.profile.thousands)

    def _way_on_in(self, frame: Frame) -> Locator | None:
        own = set(self.labels.of("confirm").names) - set(Labels().of("confirm").names)
        words = "|".join([GO_ON, *filter(None, [pattern_of(Label(tuple(sorted(own))))])])
        named = re.compile(rf"^\W*(?:{words})\W*$", re.IGNORECASE)
        return _first_of(*(frame.get_by_role(role, name=named) for role in _WAYS_ON))


def _first_of(*ways: Locator) -> Locator | None:
    return next((shown.first for one in ways if (shown := one.filter(visible=True)).count()), None)


def unknown_host(page: Page, profile: Profile) -> str:
    """Return the host that a tab was led to, or that a frame over the page is of, and that may be the payment page's.

    "" where the profile names some.
    """
    if profile.payments.names_hosts:
        return ""
    led = [tab.url for tab in reversed(page.context.pages)]
    led += [frame.url for frame in shown_frames(page) if frame.parent_frame and _is_in_the_middle(frame, page)]
    others = (url for url in led if url.startswith("http") and not is_allowed(url, profile.own_hosts))
    return next(map(host_of, others), "")


def _is_in_the_middle(frame: Frame, page: Page) -> bool:
    """Whether a frame lies over the middle of the window, as a payment page does that has come over another page."""
    box, window = frame.frame_element().bounding_box(), page.viewport_size
    if box is None or window is None:
        return False
    x, y = window["width"] / 2, window["height"] / 2
    return box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]
