"""The spend guard in a real browser: every situation that it refuses ends before a digit of a card is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from filelock import FileLock

from steps.member import Attempt, Member
from steps.pages.hand import Keys
from steps.pages.payment import PaymentPage
from steps.spending import intent_of
from steps.targets.cards import ANOTHER, CHALLENGED, PAID, REFUSED, Card
from steps.targets.guard import SpendGuard
from steps.targets.profile import Limits, OwnCard, Payments, Profile
from steps.targets.target import Account
from steps.targets.verdict import BlockedError, NotVerifiedError, RefusedError, UnverifiedError
from tests.suite.payment_stand import Stand, Watch, serve_abroad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from steps.targets.target import Target

OWN = OwnCard(number="4000 0000 0000 1000", expiry="12/34", cvc="987")
REAL = {"allow": "real", "max_amount": 20.0, "currency": "USD", "card": OWN, "hosts": ["checkout.stripe.com"]}
LIVE = "https://checkout.stripe.com/c/pay/cs_live_1"


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.shutdown()
    stand.server_close()


@dataclass
class Table:
    """A buyer who has come to a payment page, a guard, and a record of all that happens there."""

    stand: Stand
    context: BrowserContext
    ledger: Path
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.context)
        serve_abroad(self.context, "checkout.stripe.com", self.stand.at("site", "/thanks"))

    def profile(self, **payments: Any) -> Profile:
        given = {"hosts": [self.stand.host("pay")]} | payments
        site = f"http://{self.stand.host('site')}"
        return Profile(base_url=site, payments=Payments(**given), limits=Limits(page=5, payment=5))

    def member(self, *, flag: bool = False, **payments: Any) -> Member:
        profile = self.profile(**payments)
        guard = SpendGuard(profile, self.ledger, allow_real=flag)
        target = cast("Target", SimpleNamespace(profile=profile))
        return Member(target, Account("Ada", "ada@example.com"), guard, self.context)

    def pay(self, member: Member, address: str, card: Card = PAID) -> Attempt:
        """Choose, which leads to an address, and pay there."""
        member.trail.begin()
        member.page.goto(address)
        return self.pay_here(member, card)

    def pay_here(self, member: Member, card: Card = PAID) -> Attempt:
        page = member.context.pages[-1]
        page.wait_for_load_state()
        attempt = Attempt(before=cast("Any", None), payment=PaymentPage(page, member.target.profile, member.hand))
        member.pay(attempt, card)
        return attempt

    def lines(self) -> int:
        return len(self.ledger.read_text().splitlines()) if self.ledger.is_file() else 0


@pytest.fixture
def table(stand: Stand, new_context: Callable[[], BrowserContext], tmp_path: Path) -> Table:
    return Table(stand, new_context(), tmp_path / "run" / "payments.jsonl")


@dataclass(frozen=True)
class Situation:
    """What the buyer meets, what the profile and the command line say, and what the guard must answer."""

    words: str
    address: Callable[[Stand], str] = lambda stand: stand.at("pay")
    payments: dict[str, Any] = field(default_factory=dict)
    flag: bool = False
    card: Card = PAID
    error: type[UnverifiedError] = RefusedError


def _test_hosts(stand: Stand) -> str:
    return stand.at("sandbox", "/checkout")


SITUATIONS = {
    # Where the payment page is
    "live session": Situation("live one", lambda s: s.at("pay", "/c/pay/cs_live_1")),
    "live session on the processor's host": Situation("live one", lambda _: LIVE, {"hosts": ["checkout.stripe.com"]}),
    "live session in capitals": Situation("live one", lambda s: s.at("pay", "/c/pay/CS_LIVE_1")),
    "live session with a test one in the query": Situation(
        "live one", lambda s: s.at("pay", "/c/pay/cs_live_1", after="/cs_test_2")
    ),
    "test session with a live one in the query": Situation(
        "live one", lambda s: s.at("pay", "/c/pay/cs_test_1", next="/c/pay/cs_live_2")
    ),
    "unknown host": Situation("is on evil.localhost", lambda s: s.at("evil")),
    "host that ends alike": Situation("is on notpay.localhost", lambda s: s.at("notpay")),
    "host below an allowed one": Situation("is on x.pay.localhost", lambda s: s.at("x.pay")),
    "allowed host at another port": Situation(
        "is on pay.localhost", payments={"hosts": ["pay.localhost", "pay.localhost:1"]}
    ),
    "allowed host as a user's name": Situation(
        "is on “http://evil.localhost", lambda s: f"http://pay.localhost@evil.localhost:{s.port}/c/pay/cs_test_1"
    ),
    "the site's own host": Situation("is on site.localhost", lambda s: s.at("site")),
    "profile that allows no host": Situation("is on pay.localhost", payments={"hosts": []}),
    "page without a host": Situation("which payments.hosts does not allow", lambda _: "data:text/html,<p>$18.00</p>"),
    "blank page": Situation("which payments.hosts does not allow", lambda _: "about:blank"),
    # What the session is
    "no session in the address": Situation(
        "does not tell that its session is a test one", lambda s: s.at("pay", "/checkout")
    ),
    "test session only in the query": Situation(
        "does not tell that its session is a test one", lambda s: s.at("pay", "/checkout", id="cs_test_1")
    ),
    "test session only in the fragment": Situation(
        "does not tell that its session is a test one", lambda s: s.at("pay", "/checkout") + "#cs_test_1"
    ),
    "word that holds a test session": Situation(
        "does not tell that its session is a test one", lambda s: s.at("pay", "/c/pay/xcs_test_1")
    ),
    # What led there
    "redirect through an unknown host": Situation(
        "led through evil.localhost", lambda s: s.at("evil", "/hop", to=s.at("pay"))
    ),
    "two redirects, the second through an unknown host": Situation(
        "led through evil.localhost",
        lambda s: s.at("site", "/hop", to=s.at("evil", "/hop", to=s.at("pay"))),
    ),
    "redirect away from the allowed host": Situation(
        "is on evil.localhost", lambda s: s.at("pay", "/hop", to=s.at("evil"))
    ),
    "redirect from a live session": Situation(
        "live one", lambda s: s.at("pay", "/hop", to=s.at("pay"), session="cs_live_1")
    ),
    # Where the card field is
    "card field in a frame of another origin": Situation(
        "is on evil.localhost", lambda s: s.at("pay", frame=s.at("evil"))
    ),
    "card field in a frame within a frame of another origin": Situation(
        "is on evil.localhost", lambda s: s.at("pay", frame=s.at("evil", frame=s.at("pay")))
    ),
    "card field in another origin's frame within an allowed one": Situation(
        "is on evil.localhost", lambda s: s.at("pay", frame=s.at("pay", frame=s.at("evil")))
    ),
    "card field in a frame that redirects away": Situation(
        "is on evil.localhost", lambda s: s.at("pay", frame=s.at("pay", "/hop", to=s.at("evil")))
    ),
    "card field in a frame with a live session": Situation(
        "live one", lambda s: s.at("pay", frame=s.at("pay", "/c/pay/cs_live_1"))
    ),
    "card field in a frame without an address": Situation(
        "which payments.hosts does not allow",
        lambda s: s.at("pay", frame="data:text/html,<input id=cardNumber name=n>"),
    ),
    "page that goes elsewhere when its card fields unfold": Situation(
        "is on evil.localhost", lambda s: s.at("pay", unfold=f"location = '{s.at('evil')}'")
    ),
    "page whose address becomes a live one when its card fields unfold": Situation(
        "live one", lambda s: s.at("pay", unfold="history.replaceState(0, '', '/c/pay/cs_live_1'); card.hidden = false")
    ),
    # What is paid with
    "unpublished card": Situation("not one of the published test numbers", card=Card("4111111111111111")),
    "card of the profile's in a test session": Situation(
        "not one of the published test numbers",
        lambda _: "https://checkout.stripe.com/c/pay/cs_test_1",
        REAL,
        flag=True,
        card=Card("4000000000001000"),
    ),
    "empty card": Situation("not one of the published test numbers", card=Card("")),
    "test number written otherwise": Situation(
        "not one of the published test numbers", card=Card("4242 4242 4242 4242")
    ),
    # How much is paid
    "no payments at all": Situation("limit of 0 payments", payments={"max_payments": 0}),
    "amount above the limit": Situation(
        "18.00 USD would exceed the run's limit of 17.99", payments={"max_amount": 17.99}
    ),
    "no amount on the page": Situation("no amount that could be read", lambda s: s.at("pay", total="Pay")),
    "amount without a currency": Situation("no amount that could be read", lambda s: s.at("pay", total="18.00")),
    "amount of nothing": Situation("no amount that could be read", lambda s: s.at("pay", total="$0.00")),
    "other currency": Situation(
        "asks for 18.00 in EUR; payments.currency is USD", lambda s: s.at("pay", total="€18.00"), {"currency": "USD"}
    ),
    "largest of several amounts above the limit": Situation(
        "99 USD would exceed",
        lambda s: s.at("pay", total="Tax $1, total $99, save $3", unmarked="1"),
        {"max_amount": 50},
    ),
    # Real money
    "profile without payments": Situation("allows no payments", payments={"allow": "none"}, error=NotVerifiedError),
    "profile without payments, with the flag": Situation(
        "allows no payments", lambda _: LIVE, {"allow": "none"}, flag=True, error=NotVerifiedError
    ),
    "real money allowed by the profile alone": Situation("--allow-real-payments is not given", lambda _: LIVE, REAL),
    "real money allowed by the flag alone": Situation(
        "live one", lambda _: LIVE, {"hosts": ["checkout.stripe.com"]}, flag=True
    ),
    "test session of a profile for real money, without the flag": Situation(
        "--allow-real-payments is not given", lambda _: "https://checkout.stripe.com/c/pay/cs_test_1", REAL
    ),
    "real money without encryption": Situation(
        "not encrypted", lambda _: LIVE.replace("https", "http"), REAL, flag=True
    ),
    "real money on an unknown host": Situation(
        "is on pay.localhost", lambda s: s.at("pay", "/c/pay/cs_live_1"), REAL, flag=True
    ),
    "real money above the limit": Situation("21 USD would exceed", lambda _: LIVE + "?total=%2421", REAL, flag=True),
    "real money in another currency": Situation("in EUR", lambda _: LIVE + "?total=%E2%82%AC18", REAL, flag=True),
    "real money without a card": Situation("names no card", lambda _: LIVE, REAL | {"card": None}, flag=True),
    "real money with a test card of the profile's": Situation(
        "declined charge",
        lambda _: LIVE,
        REAL | {"card": msgspec.structs.replace(OWN, number="4242-4242-4242-4242")},
        flag=True,
    ),
    "real money for a payment that is meant to fail": Situation(
        "only a payment that goes through",
        lambda _: LIVE,
        REAL,
        flag=True,
        card=REFUSED["declined"],
        error=NotVerifiedError,
    ),
    "real money for a challenge": Situation(
        "only a payment that goes through", lambda _: LIVE, REAL, flag=True, card=CHALLENGED, error=NotVerifiedError
    ),
    # What is no business of the guard's, and stops as early
    "proof of a human wanted": Situation("proof of a human", lambda s: s.at("pay", human="1"), error=BlockedError),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_is_typed(table: Table, name: str) -> None:
    situation = SITUATIONS[name]
    if situation.address(table.stand).startswith("http://checkout."):
        table.context.route("http://checkout.stripe.com/**", lambda route: route.fulfill(body="<p>$18", status=200))
    member = table.member(flag=situation.flag, **situation.payments)
    _stopped(table, situation, lambda: table.pay(member, situation.address(table.stand), situation.card))
    assert table.lines() == 0


@pytest.mark.parametrize("name", ["live session", "card field in a frame of another origin", "no amount on the page"])
def test_nothing_is_typed_by_keyboard_either(table: Table, name: str) -> None:
    situation = SITUATIONS[name]
    member = table.member()
    member.hand = Keys()
    with pytest.raises(RefusedError, match=situation.words):
        table.pay(member, situation.address(table.stand))
    assert {key for _, _, key in table.watch.on_cards()} <= {"Tab"}, "on the way to the e-mail address"
    assert table.watch.sent() == []


@pytest.mark.parametrize("frame", [False, True])
def test_what_is_permitted_is_typed_by_keyboard(table: Table, frame: bool) -> None:  # noqa: FBT001 - a parameter
    member = table.member()
    member.hand = Keys()
    page = table.stand.at("pay", frame=table.stand.at("pay")) if frame else table.stand.at("pay")
    attempt = table.pay(member, page)
    assert attempt.outcome is not None
    assert attempt.outcome.kind == "left"
    assert [(kind, field) for kind, field, text in table.watch.on_cards() if text == PAID.number]


def _stopped(table: Table, situation: Situation, paying: Callable[[], object]) -> None:
    with pytest.raises(UnverifiedError) as caught:
        paying()
    assert type(caught.value) is situation.error
    assert situation.words in str(caught.value)
    assert table.watch.on_cards() == []
    assert table.watch.sent() == []


def test_a_script_that_leads_through_an_unknown_host(table: Table) -> None:
    for way in ("/script", "/meta"):
        member = table.member()
        member.trail.begin()
        member.page.goto(table.stand.at("evil", way, to=table.stand.at("pay")))
        member.page.wait_for_url("**/cs_test_1")
        _stopped(table, Situation("led through evil.localhost"), lambda member=member: table.pay_here(member))  # type: ignore[misc] # bound now


def test_a_new_tab_that_was_led_through_an_unknown_host(table: Table) -> None:
    member = table.member()
    member.page.goto(table.stand.at("site", "/opener", to=table.stand.at("evil", "/hop", to=table.stand.at("pay"))))
    member.trail.begin()
    with table.context.expect_page():
        member.page.get_by_role("button").click()
    member.context.pages[-1].wait_for_url("**/cs_test_1")
    _stopped(table, Situation("led through evil.localhost"), lambda: table.pay_here(member))


def test_the_limit_of_payments_counts_all_workers(table: Table) -> None:
    for session in ("cs_test_a", "cs_test_b"):  # each with a guard of its own, as each worker has
        table.pay(table.member(max_payments=2), table.stand.at("pay", f"/c/pay/{session}"))
    table.watch.typed.clear()
    table.watch.requests.clear()
    _stopped(
        table,
        Situation("limit of 2 payments is reached"),
        lambda: table.pay(table.member(max_payments=2), table.stand.at("pay", "/c/pay/cs_test_c")),
    )


def test_the_limit_of_the_sum_counts_all_workers(table: Table) -> None:
    table.pay(table.member(max_amount=30), table.stand.at("pay", "/c/pay/cs_test_a"))
    table.watch.typed.clear()
    table.watch.requests.clear()
    _stopped(
        table,
        Situation("18.00 USD after 18.00 would exceed the run's limit of 30"),
        lambda: table.pay(table.member(max_amount=30), table.stand.at("pay", "/c/pay/cs_test_b")),
    )


@pytest.mark.parametrize("outcome", ["unclear", "left", "challenged", ""])
def test_pay_is_not_pressed_again(table: Table, outcome: str) -> None:
    member = table.member()
    permit_of = SpendGuard(member.target.profile, table.ledger)
    member.trail.begin()
    member.page.goto(table.stand.at("pay"))
    payment = PaymentPage(member.page, member.target.profile)
    permit = permit_of.permit(lambda: intent_of(payment, PAID, member.trail, member.page.main_frame))
    if outcome:
        permit.settle(outcome)
    _stopped(table, Situation("Pay was pressed in this session before"), lambda: table.pay_here(member, ANOTHER))


def test_a_damaged_ledger_stops_everything(table: Table) -> None:
    table.ledger.parent.mkdir()
    table.ledger.write_text('{"payment": "1", "at": "now", "amo')
    _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


def test_a_ledger_that_cannot_be_written_stops_everything(table: Table) -> None:
    table.ledger.mkdir(parents=True)
    _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


def test_a_ledger_that_somebody_keeps_stops_everything(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.targets.ledger._LONGEST_WAIT", 0.1)
    table.ledger.parent.mkdir()
    with FileLock(f"{table.ledger}.lock"):
        _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


@pytest.mark.parametrize(
    "where", ["steps.spending.Intent", "steps.targets.guard.is_allowed", "steps.spending._addresses"]
)
def test_an_error_of_the_guard_stops_everything(table: Table, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(where, broken)
    _stopped(
        table,
        Situation("could not judge this payment (ZeroDivisionError)"),
        lambda: table.pay(table.member(), table.stand.at("pay")),
    )


def test_a_page_that_closes_stops_everything(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    member = table.member()

    def closing(payment: PaymentPage, *_: object) -> None:
        payment.page.close()

    monkeypatch.setattr(PaymentPage, "introduce", closing)
    _stopped(table, Situation("could not judge"), lambda: table.pay(member, table.stand.at("pay")))


ALLOWED = {
    "test session": Situation(""),
    "through the site and back and forth": Situation(
        "", lambda s: s.at("site", "/hop", to=s.at("pay", "/hop", to=s.at("site", "/hop", to=s.at("pay"))))
    ),
    "card field in a frame of the same host": Situation("", lambda s: s.at("pay", frame=s.at("pay"))),
    "card field in a frame that the page itself wrote": Situation("", lambda s: s.at("pay", srcdoc="1")),
    "card field in a frame of another host that is allowed": Situation(
        "", lambda s: s.at("pay", frame=s.at("cards", "/")), {"hosts": ["*.localhost:*"]}
    ),
    "host for test payments only": Situation("", _test_hosts, {"test_hosts": ["*.localhost:*"]}),
    "sum that reaches the limit": Situation("", payments={"max_amount": 18, "max_payments": 1}),
    "right currency": Situation("", lambda s: s.at("pay", total="€18"), {"currency": "EUR"}),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_typed_once_and_written_down_before(table: Table, name: str) -> None:
    situation = ALLOWED[name]
    attempt = table.pay(table.member(**situation.payments), situation.address(table.stand))
    assert attempt.outcome is not None
    assert ("input", "cardNumber", PAID.number) in table.watch.typed
    assert len(table.watch.sent()) == 1
    assert table.lines() == 2


def test_another_card_after_a_refusal(table: Table) -> None:
    member = table.member()
    first = SpendGuard(member.target.profile, table.ledger)
    table.pay(member, table.stand.at("pay"))
    entry = first.ledger.payments()[0].entry
    first.ledger.settle(entry.payment, "refused")
    table.pay(member, table.stand.at("pay"), ANOTHER)
    assert len(first.ledger.payments()) == 2


def test_real_money_is_paid_by_the_card_of_the_profile(table: Table) -> None:
    member = table.member(flag=True, **REAL)
    table.pay(member, LIVE)
    assert [what for kind, where, what in table.watch.typed if kind == "input" and where == "cardNumber"] == [
        "4000000000001000"
    ]
    text = table.ledger.read_text()
    assert '"kind":"live"' in text
    assert "4000" not in text
    payments = SpendGuard(member.target.profile, table.ledger).ledger.payments()
    assert [payment.entry.amount for payment in payments] == [Decimal("18.00")]
    with pytest.raises(RefusedError, match="limit of 1 payments"):
        table.pay(table.member(flag=True, **REAL), LIVE.replace("_1", "_2"))


def test_the_ledger_is_written_before_pay_is_pressed(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(PaymentPage, "enter", lambda *_: seen.append(table.lines()))
    monkeypatch.setattr(PaymentPage, "pay", lambda _: (_ for _ in ()).throw(RuntimeError("crashed")))
    with pytest.raises(RuntimeError):
        table.pay(table.member(), table.stand.at("pay"))
    assert seen == [1]
    assert table.lines() == 1


def test_the_landing_is_noted_as_the_buyer_was_sent_to_it(table: Table) -> None:
    attempt = table.pay(table.member(), table.stand.at("pay"))
    assert attempt.landings == [table.stand.at("site", "/thanks") + "#/billing/success"]
