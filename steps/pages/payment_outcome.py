"""What came of a payment: read from the page that it was made on, as that page is after Pay was pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.polling import is_navigation_error
from steps.readers.checkout.landing import paid_by_thanks, thanked_for
from steps.readers.checkout.payment_messages import only_messages, read_messages, unread
from steps.readers.page.capture import capture, changed_since, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.safety.payment_session import parts_alike, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Frame, Page

    from steps.readers.checkout.payment_messages import Kind, PaymentMessage
    from steps.readers.money.money import Money
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

    Said = Fact[PaymentMessage] | Unclear | Absent

WAITING: frozenset[Kind] = frozenset({"processing", "paid"})
"""Messages after which more is to come: the buyer being sent back, or another message."""
_UNDECIDED: frozenset[Kind] = frozenset({"ended", "timed out"})
"""Messages that leave open whether money was taken."""


@dataclass(frozen=True)
class Outcome:
    """What pressing Pay led to: "left" (sent back), "refused" with a message, "challenged" or "unclear".

    `is_doubtful` means that the page said something that could not be understood, or that nothing was sent to it;
    `is_labelled`, that only the profile tells that its message is a refusal.
    """

    kind: str
    message: str
    is_doubtful: bool = False
    is_labelled: bool = False
    named: tuple[int, ...] = ()
    """The credits that a page of the payment's own thanked for, before the buyer was sent back."""
    priced: tuple[Money, ...] = ()
    """What it said that was paid."""
    is_incomplete: bool = False
    """Whether the form was not sent, because the page wants more of it."""


class MessageWatch:
    """The messages of a payment page since a moment before Pay was pressed."""

    def __init__(self, page: Page, profile: Profile) -> None:
        self._page = page
        self._profile = profile
        self._selectors = selectors_of(profile)
        self.address = page.url
        self._before = {frame: capture(frame, self._selectors) for frame in shown_frames(page)}
        self._stamps = {frame: one.stamp for frame, one in self._before.items()}
        self._said: dict[Frame, Said] = {}
        self._thanked: tuple[int, ...] = ()
        self._priced: tuple[Money, ...] = ()

    def left(self, message: str) -> Outcome:
        """Return that the buyer was sent back, with what another page of the payment's own has thanked for."""
        return Outcome("left", message, named=self._thanked, priced=self._priced)

    def look(self) -> Said:
        """Return what the page says now; what it said once and no longer says counts until it says something else."""
        for frame in shown_frames(self._page):
            try:
                now = changed_since(frame, self._stamps.get(frame, ""), self._selectors)
            except PlaywrightError as error:
                if not is_navigation_error(error):
                    raise
                continue
            if now is None:
                continue
            self._stamps[frame] = now.stamp
            said = self._read(frame, now)
            if not isinstance(said, Absent):
                self._said[frame] = said
        return _clearest(self._said.values())

    def _read(self, frame: Frame, now: Snapshot) -> Said:
        earlier = self._before.get(frame)
        if earlier is None or place_of(now.url) == place_of(earlier.url):
            return read_messages(now, earlier, self._profile.labels)
        # Another document of the payment page's own: the page of a refusal says nothing else, a site does.
        said: Said = Absent("what the payment page says")
        if _origin(now.url) == _origin(earlier.url):
            said = read_messages(now, None, self._profile.labels)
        if isinstance(said, Fact) and said.value.kind == "paid" and not self._is_of_the_site(now):
            self._thanked = tuple(thanked_for(now, self._profile, of_its_own=True)) or self._thanked
            self._priced = tuple(paid_by_thanks(now, self._profile)) or self._priced
        return said if self._is_payment_page(now) else Absent("what the payment page says")

    def _is_payment_page(self, now: Snapshot) -> bool:
        if not self._is_of_the_site(now):
            return self._profile.is_payment_address(now.url)
        return bool(parts_alike(now.url) & parts_alike(self.address)) or only_messages(now)

    def _is_of_the_site(self, now: Snapshot) -> bool:
        return urlsplit(now.url).netloc == urlsplit(self._profile.base).netloc

    def unread(self) -> Unclear | None:
        """Return what the page has come to say that cannot be understood, where it is still the page that was sent."""
        frames = (frame for frame in shown_frames(self._page) if frame in self._before)
        looks = ((capture(frame, self._selectors), self._before[frame]) for frame in frames)
        return next((found for now, before in looks if now.url == before.url and (found := unread(now, before))), None)

    def refusal(self) -> str:
        """Return what a page says that the buyer was led to and that does nothing but refuse the payment, or ""."""
        if _origin(self._page.url) != _origin(self.address):
            return ""
        now = capture(self._page.main_frame, self._selectors)
        said = read_messages(now, None, self._profile.labels) if only_messages(now) else None
        return said.value.text if isinstance(said, Fact) and said.value.kind not in WAITING else ""


def outcome_of(said: Said) -> Outcome | None:
    """Return the outcome that a message means, or None where more is to come."""
    if not isinstance(said, Fact) or said.value.kind in WAITING:
        return None
    message = said.value
    if message.kind == "incomplete":
        told = f"The form was not sent, for the payment page says: {message.text}"
        return Outcome("unclear", told, is_doubtful=True, is_incomplete=True)
    kind = "unclear" if message.kind in _UNDECIDED else "refused"
    return Outcome(kind, message.text, is_labelled=message.is_labelled)


def shown_frames(page: Page) -> Iterator[Frame]:
    """Yield the page and those of its frames that show."""
    for frame in page.frames:
        if frame.parent_frame is None or is_frame_visible(frame):
            yield frame


def is_frame_visible(frame: Frame) -> bool:
    """Whether a frame within a page shows."""
    try:
        return frame.frame_element().is_visible()
    except PlaywrightError:
        return False


def _clearest(said: Iterable[Said]) -> Said:
    """Return the message that says most: a refusal before what is only on its way, and that before what is unclear."""
    every = list(said)
    facts = [one for one in every if isinstance(one, Fact)]
    final = [one for one in facts if one.value.kind not in WAITING]
    return next(iter([*final, *facts, *every]), Absent("what the payment page says"))


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
