"""The spend guard in a real browser: every situation that it refuses ends before a digit of a card is typed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from playwright.sync_api import Error as PlaywrightError

from steps.actors.payment_intent import intent_of
from steps.pages.checkout import PaymentPage
from steps.pages.input_device import KeyboardInput
from steps.readers.money.money import Money
from steps.safety.payment_log import PaymentLog
from steps.safety.spend_guard import SpendGuard
from steps.targets.test_cards import ANOTHER, PAID
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import RefusedError, UnverifiedError
from tests.suite.support.guard_changes import MOVED
from tests.suite.support.guard_situations import ALLOWED, LIVE, REAL, STOPPED, Situation, when_typed
from tests.suite.support.guard_table import Table
from tests.suite.support.payment_stand import Stand
from tests.tools.guard import not_stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.shutdown()
    stand.server_close()


@pytest.fixture
def table(stand: Stand, new_context: Callable[[], BrowserContext], tmp_path: Path) -> Table:
    return Table(stand, new_context(), tmp_path / "run" / "payments.jsonl")


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", STOPPED)
def test_nothing_is_typed(table: Table, name: str) -> None:
    situation = STOPPED[name]
    _stopped(table, situation, lambda: table.meet(situation))
    assert table.lines() == 0


def test_at_least_sixty_situations_are_stopped() -> None:
    assert len(STOPPED) >= 60


def test_the_tool_names_what_goes_through(new_context: Callable[[], BrowserContext]) -> None:
    situations = {"a sound payment": ALLOWED["test session"], "a live session": STOPPED["live session"]}
    assert not_stopped(new_context, situations) == ["a sound payment"]


@pytest.mark.parametrize("name", MOVED)
def test_what_changes_while_the_card_is_typed_is_not_paid(table: Table, name: str) -> None:
    situation = MOVED[name]
    with pytest.raises((RefusedError, PlaywrightError)) as caught:
        table.pay(table.member(), situation.address(table.stand))
    assert situation.words in str(caught.value)
    assert [event for event in table.watch.typed if event[0] == "submit"] == []
    assert table.watch.sent() == []
    payments = PaymentLog(table.payment_log).payments()
    assert [payment.outcome for payment in payments] == ["stopped"]


@pytest.mark.parametrize(("name", "price"), [("total that grows as the security code is typed", 18), ("one above", 12)])
def test_a_price_that_is_not_that_of_the_pop_up_is_a_broken_promise_too(table: Table, name: str, price: int) -> None:
    address = MOVED[name].address(table.stand) if name in MOVED else table.stand.at("pay")
    member = table.member() if name in MOVED else table.member(max_amount=15)
    with pytest.raises(BrokenPromiseError, match=f"the price of the pop-up, {price} USD"):
        table.pay(member, address, price=Money(Decimal(price), "USD"))
    assert table.watch.sent() == []


def test_the_rest_of_a_card_is_not_typed_elsewhere(table: Table) -> None:
    address = MOVED["page that goes elsewhere as the number is typed"].address(table.stand)
    with pytest.raises((RefusedError, PlaywrightError)):
        table.pay(table.member(), address)
    assert {what for kind, where, what in table.watch.typed if where in ("cardExpiry", "cardCvc")} == set()


@pytest.mark.parametrize("name", ["live session", "card field in a frame of another origin", "no amount on the page"])
def test_nothing_is_typed_by_keyboard_either(table: Table, name: str) -> None:
    situation = STOPPED[name]
    member = table.member()
    member.input = KeyboardInput()
    with pytest.raises(RefusedError, match=situation.words):
        table.pay(member, situation.address(table.stand))
    assert {key for _, _, key in table.watch.on_cards()} <= {"Tab"}, "on the way to the e-mail address"
    assert table.watch.sent() == []


@pytest.mark.sampled(6)
@pytest.mark.parametrize("frame", [False, True])
def test_what_is_permitted_is_typed_by_keyboard(table: Table, frame: bool) -> None:  # noqa: FBT001 - a parameter
    member = table.member()
    member.input = KeyboardInput()
    page = table.stand.at("pay", frame=table.stand.at("pay")) if frame else table.stand.at("pay")
    purchase = table.pay(member, page)
    assert purchase.outcome is not None
    assert purchase.outcome.kind == "left"
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
        member.history.begin()
        member.page.goto(table.stand.at("evil", way, to=table.stand.at("pay")))
        member.page.wait_for_url("**/cs_test_1")
        _stopped(table, Situation("led through evil.localhost"), lambda member=member: table.pay_here(member))  # type: ignore[misc] # bound now


def test_a_new_tab_that_was_led_through_an_unknown_host(table: Table) -> None:
    member = table.member()
    member.page.goto(table.stand.at("site", "/opener", to=table.stand.at("evil", "/hop", to=table.stand.at("pay"))))
    member.history.begin()
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
    spend_guard = SpendGuard(member.target.profile, table.payment_log)
    member.history.begin()
    member.page.goto(table.stand.at("pay"))
    payment = PaymentPage(member.page, member.target.profile)
    authorize = spend_guard.authorize(lambda: intent_of(payment, PAID, member.history, payment.form()))
    if outcome:
        authorize.record_outcome(outcome)
    _stopped(table, Situation("Pay was already pressed in this session"), lambda: table.pay_here(member, ANOTHER))


def test_a_damaged_ledger_stops_everything(table: Table) -> None:
    table.payment_log.parent.mkdir()
    table.payment_log.write_text('{"payment": "1", "at": "now", "amo')
    _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


def test_a_ledger_that_cannot_be_written_stops_everything(table: Table) -> None:
    table.payment_log.mkdir(parents=True)
    _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


def test_a_ledger_that_somebody_keeps_stops_everything(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.safety.payment_log._LONGEST_WAIT", 0.1)
    table.payment_log.parent.mkdir()
    with FileLock(f"{table.payment_log}.lock"):
        _stopped(table, Situation("could not judge"), lambda: table.pay(table.member(), table.stand.at("pay")))


@pytest.mark.parametrize(
    "where",
    [
        "steps.actors.payment_intent.Intent",
        "steps.safety.spend_guard.is_allowed",
        "steps.actors.payment_intent.replace",
    ],
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

    monkeypatch.setattr(PaymentPage, "fill_contact_details", closing)
    _stopped(table, Situation("could not judge"), lambda: table.pay(member, table.stand.at("pay")))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_typed_once_and_written_down_before(table: Table, name: str) -> None:
    situation = ALLOWED[name]
    purchase = table.pay(table.member(**situation.payments), situation.address(table.stand))
    assert purchase.outcome is not None
    assert ("input", "cardNumber", PAID.number) in table.watch.typed
    assert len(table.watch.sent()) == 1
    assert table.lines() == 2


TAX = (
    "document.querySelector('p').outerHTML = '<p>Subtotal $18.00</p><p>Tax $1.49</p><p>Total due $19.49</p>';"
    "document.querySelectorAll('button').forEach((one) => { one.textContent = 'Pay' })"
)


def test_a_tax_that_comes_while_the_form_is_filled_is_paid(table: Table) -> None:
    purchase = table.pay(table.member(), when_typed("cardCvc", TAX)(table.stand))
    assert purchase.outcome is not None
    assert purchase.asked_last is not None
    assert str(purchase.asked_last.before_taxes) == "18.00 USD"
    assert len(table.watch.sent()) == 1
    assert [str(one.entry.amount) for one in PaymentLog(table.payment_log).payments()] == ["19.49"]


def test_another_card_after_a_refusal(table: Table) -> None:
    member = table.member()
    first = SpendGuard(member.target.profile, table.payment_log)
    table.pay(member, table.stand.at("pay"))
    entry = first.payment_log.payments()[0].entry
    first.payment_log.record_outcome(entry.payment, "refused")
    table.pay(member, table.stand.at("pay"), ANOTHER)
    assert len(first.payment_log.payments()) == 2


def test_real_money_is_paid_by_the_card_of_the_profile(table: Table) -> None:
    member = table.member(flag=True, **REAL)
    table.pay(member, LIVE)
    assert [what for kind, where, what in table.watch.typed if kind == "input" and where == "cardNumber"] == [
        "4000000000001000"
    ]
    text = table.payment_log.read_text()
    assert '"kind":"live"' in text
    assert "40000000" not in text
    payments = SpendGuard(member.target.profile, table.payment_log).payment_log.payments()
    assert [payment.entry.amount for payment in payments] == [Decimal("18.00")]
    with pytest.raises(RefusedError, match="limit of 1 payments"):
        table.pay(table.member(flag=True, **REAL), LIVE.replace("_1", "_2"))


def test_the_ledger_is_written_before_pay_is_pressed(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(PaymentPage, "enter", lambda *_: seen.append(table.lines()))

    def crash(_: PaymentPage, form: object, confirm: Callable[[object], object]) -> None:
        confirm(form)
        raise RuntimeError("crashed")

    monkeypatch.setattr(PaymentPage, "pay", crash)
    with pytest.raises(RuntimeError):
        table.pay(table.member(), table.stand.at("pay"))
    assert seen == [1]
    assert table.lines() == 1, "whether Pay was pressed is not known"


def test_what_ends_before_pay_is_pressed_is_known_to_be_unpaid(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    member = table.member()
    with monkeypatch.context() as once:
        once.setattr(PaymentPage, "enter", lambda *_: (_ for _ in ()).throw(RuntimeError("crashed")))
        with pytest.raises(RuntimeError):
            table.pay(member, table.stand.at("pay"))
    assert [payment.outcome for payment in member.guard.payment_log.payments()] == ["stopped"]
    assert table.pay_here(member).outcome is not None


def test_the_landing_is_noted_as_the_buyer_was_sent_to_it(table: Table) -> None:
    purchase = table.pay(table.member(), table.stand.at("pay"))
    assert purchase.landings == [table.stand.at("site", "/thanks") + "#/billing/success"]
