"""The spend guard: decides before the first digit of a card is typed, and refuses whenever it is not certain."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import msgspec

from steps.safety.payment_log import PaymentLog
from steps.safety.payment_session import digest_of, kind_of, names_live, place_of
from steps.safety.spend_limits import STOPPED, SpendLimits
from steps.targets.hosts import host_of, is_allowed, is_encrypted, takes_real_money
from steps.targets.test_cards import PAID, TEST_NUMBERS, Card
from steps.verdicts.verdict import NotVerifiedError, RefusedError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from steps.safety.intent import Intent
    from steps.targets.profile import Payments, Profile

T = TypeVar("T")
_SETTLE_TEST = 'payments.test_hosts = ["{}"]'
_SETTLE_HOSTS = "payments.hosts = "
_INHERITED = ("about:srcdoc", "about:blank")
"""URLs of frames whose content belongs to the surrounding page."""


@dataclass(frozen=True)
class Permit:
    """An authorized payment: the card to type, and where to record the outcome."""

    card: Card = field(repr=False)
    intent: Intent
    _payment_log: PaymentLog = field(repr=False)
    _payment: str

    def record_outcome(self, outcome: str) -> None:
        """Record the outcome of the payment: "left", "refused", "challenged", "unclear", or `STOPPED`."""
        self._payment_log.record_outcome(self._payment, outcome)

    @property
    def amount(self) -> Decimal:
        """The amount that is noted for it last."""
        own = (one.entry.amount for one in self._payment_log.payments() if one.entry.payment == self._payment)
        return next(own, None) or Decimal(0)

    def note_amount(self, amount: Decimal) -> None:
        """Note another amount than the one that was authorized; the log is locked by whom calls it."""
        self._payment_log.note_amount(self._payment, amount)


class SpendGuard:
    """Judges each payment of a run against the profile, and counts the payments of all its workers."""

    def __init__(self, profile: Profile, payment_log: Path, *, allow_real: bool = False) -> None:
        self._payments: Payments = profile.payments
        self._own_hosts = profile.own_hosts
        self._fake = profile.kind == "fake"
        self._flag = allow_real
        self.payment_log = PaymentLog(payment_log)
        self._limits = SpendLimits(profile.payments, self.payment_log)
        self.count = 0
        self.amount = Decimal(0)
        """The number of payments that this process authorized, and their sum regardless of currency, for its report."""

    @property
    def is_real(self) -> bool:
        """Whether this run may spend real money; then payment pages are not traced, filmed or photographed."""
        return self._payments.allow == "real" and self._flag

    def header(self) -> str:
        """Return the decision as one line for the run's header."""
        allow = self._payments.allow
        if allow == "none":
            return "payments: none; purchases stop at the payment page"
        if allow == "real" and not self._flag:
            return "payments: none; the profile allows real money, but --allow-real-payments is not given"
        hosts = ", ".join(dict.fromkeys(self._payments.all_hosts))
        count = self._payments.most_payments
        most = f"at most {count} payment{'s' if count != 1 else ''}"
        if self._payments.most_amount is not None:
            most += f", {self._limits.format_amount(self._payments.most_amount)}"
        if self.is_real:
            return f"payments: REAL MONEY on {hosts}; {most}; no traces, videos or pictures"
        unused = "; --allow-real-payments is ignored: the profile does not allow it" if self._flag else ""
        return f"payments: test cards only, in test sessions only, on {hosts}; {most}{unused}"

    def check_destination(self, intent: Callable[[], Intent]) -> None:
        """Check that the payment page may be used at all, judging by its URL. Raises as `authorize` does."""
        self._fail_closed(lambda: self._judge_urls(intent()))

    def authorize(self, intent: Callable[[], Intent]) -> Permit:
        """Authorize a payment and add it to the payment log.

        Raises RefusedError if any check fails or cannot be made, and NotVerifiedError if the profile allows no
        payments. `intent` reads the page; an error in it is a refusal too.
        """
        return self._fail_closed(lambda: self._authorize(intent()))

    def buyer(self, card: Card) -> Card:
        """Return whose name and address to give: the profile's own with real money, and a made-up one otherwise."""
        own = self._payments.card if self.is_real else None
        return Card(**msgspec.structs.asdict(own)) if own is not None else card

    @contextlib.contextmanager
    def not_paid_unless_pressed(self, permit: Permit) -> Iterator[Callable[..., None]]:
        """Yield the check to make right before Pay is pressed: that the page asks for what was authorized, and where.

        It takes the intent, and whether a press of the suite's own has led to a later step of the payment page.
        It raises as `authorize` does. Whatever ends the payment before that check has passed is recorded as `STOPPED`.
        """
        is_confirmed = False

        def confirm(intent: Callable[[], Intent], *, is_later_step: bool = False) -> None:
            nonlocal is_confirmed
            self._fail_closed(lambda: self._compare(permit, intent(), is_later_step=is_later_step))
            is_confirmed = True

        try:
            yield confirm
        except BaseException:
            if not is_confirmed:
                permit.record_outcome(STOPPED)
            raise

    def _compare(self, permit: Permit, now: Intent, *, is_later_step: bool) -> None:
        judged = permit.intent
        self._judge_urls(now)
        amount = self._judge_amount(now)
        is_same = (amount, now.currency) == (judged.amount, judged.currency)
        if not is_same and not self._is_taxed(judged, now):
            raise RefusedError(
                f"The payment page asked for {judged.amount} {judged.currency}, and for {amount} {now.currency} once "
                "the form was filled, so Pay was not pressed."
            )
        is_there = now.origin == judged.origin if is_later_step else now.place == judged.place
        if not is_there or self._session_of(now) != self._session_of(judged):
            raise RefusedError(
                f"The payment page or a frame of it went elsewhere while the form was filled (now: "
                f"{', '.join(map(_format_host, (now.address, *now.frames)))}), so Pay was not pressed."
            )
        self._note(permit, amount, now.currency)

    def _is_taxed(self, judged: Intent, now: Intent) -> bool:
        """Whether an amount of test money differs from what was judged by taxes alone: an address decides those."""
        nets = (judged.net, judged.currency), (now.net, now.currency)
        return not self.is_real and judged.net is not None and nets[0] == nets[1]

    def _note(self, permit: Permit, amount: Decimal, currency: str) -> None:
        """Note the amount of a payment where it is another one by now. Raises RefusedError where that is too much."""
        with self.payment_log.locked():
            if more := amount - permit.amount:
                self._limits.judge_sum(more, currency)
                permit.note_amount(amount)
                self.amount += more

    def _fail_closed(self, judge: Callable[[], T]) -> T:
        """Return the judgement, and turn any unexpected error of a check into a refusal."""
        if self._payments.allow == "none":
            raise NotVerifiedError(
                "The profile allows no payments: the journey was checked as far as the payment page."
            )
        try:
            return judge()
        except UnverifiedError:
            raise
        except Exception as error:
            words = f"The spend guard could not judge this payment ({type(error).__name__}), so nothing was typed."
            raise RefusedError(words) from error

    def _authorize(self, intent: Intent) -> Permit:
        kind = self._judge_urls(intent)
        card = self._judge_card(intent.card, kind)
        amount = self._judge_amount(intent)
        session = self._session_of(intent)
        with self.payment_log.locked():
            self._limits.judge(amount, intent.currency)
            self._limits.judge_repetition(session)
            payment = self.payment_log.append(
                kind=kind,
                host=host_of(self._asking(intent)[0]),
                session=session,
                amount=amount,
                currency=intent.currency,
            )
        self.count += 1
        self.amount += amount
        return Permit(card, intent, self.payment_log, payment)

    def _judge_urls(self, intent: Intent) -> str:
        """Check every URL, and return the kind of the session: "test" or "live"."""
        everywhere = (intent.address, *intent.frames, *intent.redirect_chain)
        lacking = [one for one in self._asking(intent) if not is_allowed(one, self._payments.all_hosts)]
        if lacking:
            is_page = lacking[0] in {intent.address, self._asking(intent)[0]}
            raise RefusedError(
                f"The payment page {'is on' if is_page else 'has its card in a frame of'} {_format_host(lacking[0])},"
                f" which payments.hosts does not allow.{self._settled_by_hosts(lacking)}"
            )
        for address in intent.redirect_chain:
            if address not in _INHERITED and not is_allowed(address, (*self._own_hosts, *self._payments.all_hosts)):
                raise RefusedError(
                    f"The way to the payment page led through {_format_host(address)}, which is in neither "
                    "allowed_hosts nor payments.hosts."
                )
        kind = self._kind(intent, everywhere)
        if kind == "live":
            self._judge_live(intent)
        return kind

    def _settled_by_hosts(self, lacking: list[str]) -> str:
        """Return the profile line that allows some URLs beside what it allows already, "" where one names no host."""
        known = self._payments.hosts if self._payments.names_hosts else []
        hosts = list(dict.fromkeys([*known, *map(host_of, lacking)]))
        return f" The profile line that settles it: {_SETTLE_HOSTS}{json.dumps(hosts)}" if all(hosts) else ""

    def _asking(self, intent: Intent) -> tuple[str, ...]:
        """Return the URLs that take the card: of the page, unless it is the site's own around a frame of another host.

        Those of its frames come after it.
        """
        frames = tuple(one for one in intent.frames if one not in _INHERITED)
        is_around = is_allowed(intent.address, self._own_hosts)
        if is_around and frames and not any(is_allowed(one, self._own_hosts) for one in frames):
            return frames
        return (intent.address, *frames)

    def _session_of(self, intent: Intent) -> str:
        """Return a digest that identifies the payment session, or "" if no URL that takes the card contains its id.

        The query of the site's own page around the frames may still name the session of the payment before.
        """
        return digest_of((*self._asking(intent), place_of(intent.address)))

    def _kind(self, intent: Intent, everywhere: tuple[str, ...]) -> str:
        """Return the kind of the session; one that is not certainly a test session counts as live, or is refused."""
        if any(map(names_live, everywhere)):
            return "live"
        if kind_of((intent.address, *intent.frames)) == "test":
            return "test"
        # a processor's own frames are the same in test mode: then the page around them says which it is
        pages = [one for one in (self._asking(intent)[0], intent.address) if not takes_real_money(host_of(one))]
        if self._fake or any(is_allowed(one, self._payments.test_hosts) for one in pages):
            return "test"
        if self.is_real:
            return "live"
        raise RefusedError(
            "Nothing shows that the payment session is a test session (cs_test_… in the path of its address)."
            + (_settled_by(_SETTLE_TEST, pages[0]) if pages else "")
        )

    def _judge_live(self, intent: Intent) -> None:
        if self._payments.allow != "real":
            raise RefusedError("The payment session is live: this would spend real money.")
        if not self._flag:
            raise RefusedError("This would spend real money, and --allow-real-payments is not given.")
        if not all(is_encrypted(one) for one in (intent.address, *intent.frames) if one not in _INHERITED):
            raise RefusedError("The payment page is not encrypted (https): no real card is typed there.")

    def _judge_card(self, card: Card, kind: str) -> Card:
        """Return the card to type: the profile's own in a live session, and only test cards in any other."""
        if kind == "test":
            if self._payments.allow == "real" and not self._flag:
                raise RefusedError("The profile allows real money, but --allow-real-payments is not given.")
            if card.number not in TEST_NUMBERS:
                raise RefusedError("The card is not one of the published test numbers.")
            return card
        if card != PAID:
            raise NotVerifiedError("With real money, only successful payments with the profile's card are made.")
        own = self._payments.card
        if own is None:
            raise RefusedError("The profile names no card for real payments.")
        number = re.sub(r"[ -]", "", own.number)
        if number in TEST_NUMBERS:
            raise RefusedError("A test card in a live session would be a declined charge.")
        return Card(**msgspec.structs.asdict(own) | {"number": number})

    def _judge_amount(self, intent: Intent) -> Decimal:
        amount, only = intent.amount, self._payments.currency
        if intent.doubt:
            raise RefusedError(f"The limits cannot be checked: {intent.doubt}")
        if amount is None or not amount.is_finite() or amount <= 0:
            raise RefusedError(
                "No amount could be read from the payment page, so the limits cannot be checked. "
                'The profile line that settles it: labels.total = "…"'
            )
        if not intent.currency:
            raise RefusedError(
                f"The payment page asks for {amount} in a currency that could not be read. "
                'The profile line that settles it: payments.currency = "…"'
            )
        if only and intent.currency != only:
            raise RefusedError(f"The payment page asks for {amount} in {intent.currency}; payments.currency is {only}.")
        return amount


def _settled_by(line: str, address: str) -> str:
    """Return the profile line that settles a refusal, where the address has a host that could be named."""
    host = host_of(address)
    return f" The profile line that settles it: {line.format(host)}" if host else ""


def _format_host(address: str) -> str:
    redacted = re.sub(r"//[^/@]*@", "//", address.split("?", 1)[0])
    return host_of(address) or f"“{redacted[:80]}”"
