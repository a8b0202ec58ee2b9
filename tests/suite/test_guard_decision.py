"""What the spend guard says before anything runs, and that its limits hold whoever pays at the same time."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.runner.redaction import pytest_configure, sweep
from steps.runner.run_context import RUN
from steps.safety.intent import Intent
from steps.safety.payment_log import PaymentLog
from steps.safety.redactor import Redactor
from steps.safety.spend_guard import SpendGuard
from steps.targets.profile import OwnCard, Payments, Profile
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

CARD = OwnCard(number="4000000000001000", expiry="12/34", cvc="987")
REAL: dict[str, Any] = {"allow": "real", "max_amount": 50.0, "currency": "USD", "card": CARD}


def _guard(tmp_path: Path, *, flag: bool = False, **payments: Any) -> SpendGuard:
    profile = Profile(base_url="https://staging.example.com", payments=Payments(**payments))
    return SpendGuard(profile, tmp_path / "payments.jsonl", allow_real=flag)


@pytest.mark.parametrize(
    ("payments", "flag", "line"),
    [
        ({"allow": "none"}, False, "payments: none; purchases stop at the payment page"),
        (
            {},
            False,
            ("payments: test cards only, in test sessions only, on checkout.stripe.com; at most 200 payments"),
        ),
        (
            {"max_payments": 3, "max_amount": 20.5, "currency": "EUR", "test_hosts": ["sandbox.example.com"]},
            True,
            (
                "payments: test cards only, in test sessions only, on checkout.stripe.com, sandbox.example.com; "
                "at most 3 payments, 20.5 EUR in total; --allow-real-payments is ignored: the profile does not allow it"
            ),
        ),
        (REAL, False, "payments: none; the profile allows real money, but --allow-real-payments is not given"),
        (
            REAL,
            True,
            (
                "payments: REAL MONEY on checkout.stripe.com; at most 1 payment, 50 USD in total; "
                "no traces, videos or pictures"
            ),
        ),
    ],
)
def test_the_header_says_the_decision(tmp_path: Path, payments: dict[str, Any], flag: bool, line: str) -> None:  # noqa: FBT001 - a parameter
    assert _guard(tmp_path, flag=flag, **payments).header() == line


def _configured(tmp_path: Path, guard: SpendGuard) -> Any:
    option = SimpleNamespace(tracing="on", video="on", screenshot="only-on-failure", pictures=True)
    run = SimpleNamespace(guard=guard, directory=tmp_path, secrets=Redactor(), is_worker=False)
    registered: list[Any] = []
    manager = SimpleNamespace(register=lambda plugin, _: registered.append(plugin))
    config = SimpleNamespace(option=option, stash={RUN: run}, pluginmanager=manager)
    pytest_configure(cast("pytest.Config", config))
    ending = registered[0].pytest_unconfigure()
    next(ending)
    next(ending, None)
    return option


def test_no_camera_is_near_real_money(tmp_path: Path) -> None:
    option = _configured(tmp_path, _guard(tmp_path, flag=True, **REAL))
    assert (option.tracing, option.video, option.screenshot, option.pictures) == ("off", "off", "off", False)


def test_test_payments_may_be_pictured(tmp_path: Path) -> None:
    for guard in (_guard(tmp_path, flag=True), _guard(tmp_path, **REAL)):
        option = _configured(tmp_path, guard)
        assert (option.tracing, option.video, option.screenshot) == ("on", "on", "only-on-failure")


def test_what_a_broken_off_run_has_written_is_looked_through(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    files = {"log.txt": b"a typed-secret", "deep/a.json": b'{"a": "typed-secret"}', "b.png": b"\x89typed-secret"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    sweep(tmp_path, Redactor("typed-secret"))
    assert [b"typed-secret" in (tmp_path / name).read_bytes() for name in files] == [False, False, True]


CARDS_STEP = Intent("https://pay.example.com/c/pay/cs_test_1/card", PAID, Decimal(18), "USD")
LATER: dict[str, Intent] = {
    "dearer": replace(CARDS_STEP, amount=Decimal(180)),
    "in another currency": replace(CARDS_STEP, currency="EUR"),
    "on another host": replace(CARDS_STEP, address="https://other.example.com/c/pay/cs_test_1/card"),
    "in another session": replace(CARDS_STEP, address="https://pay.example.com/c/pay/cs_test_2/card"),
    "in no session": replace(CARDS_STEP, address="https://pay.example.com/card"),
    "in a live session": replace(CARDS_STEP, address="https://pay.example.com/c/pay/cs_live_1/card"),
    "not certain": replace(CARDS_STEP, doubt="two totals"),
}


@pytest.mark.parametrize("changed", LATER)
def test_a_later_step_of_the_payment_page_is_held_to_what_was_authorized(tmp_path: Path, changed: str) -> None:
    guard = _guard(tmp_path, hosts=["pay.example.com", "other.example.com"])
    permit = guard.authorize(lambda: CARDS_STEP)
    review = replace(CARDS_STEP, address="https://pay.example.com/c/pay/cs_test_1/review")
    with guard.not_paid_unless_pressed(permit) as confirm:
        confirm(lambda: CARDS_STEP)
        confirm(lambda: review, is_later_step=True)
        with pytest.raises(RefusedError):
            confirm(lambda: LATER[changed], is_later_step=True)
        with pytest.raises(RefusedError, match="went elsewhere"):
            confirm(lambda: review)


UNTAXED = replace(CARDS_STEP, net=Decimal(18))
TAXED = replace(UNTAXED, amount=Decimal("19.80"))
BY_ADDRESS: dict[str, tuple[Intent, str]] = {
    "a tax is added": (TAXED, ""),
    "a tax is taken off": (replace(UNTAXED, amount=Decimal("17.50")), ""),
    "something is added that is no tax": (replace(TAXED, net=Decimal("19.80")), "for 19.80 USD once"),
    "what is before taxes is not certain": (replace(TAXED, net=None), "for 19.80 USD once"),
    "in another currency": (replace(TAXED, currency="EUR"), "for 19.80 EUR once"),
    "a tax is more than the limit": (replace(TAXED, amount=Decimal(51)), "exceed the run's limit"),
}


@pytest.mark.parametrize(("now", "refused"), BY_ADDRESS.values(), ids=BY_ADDRESS)
def test_taxes_may_come_with_the_address_and_count_among_the_limits(tmp_path: Path, now: Intent, refused: str) -> None:
    guard = _guard(tmp_path, hosts=["pay.example.com"], max_amount=50, max_payments=1)
    permit = guard.authorize(lambda: UNTAXED)
    with guard.not_paid_unless_pressed(permit) as confirm:
        confirm(lambda: UNTAXED)
        with pytest.raises(RefusedError, match=refused) if refused else nullcontext():
            confirm(lambda: now)
    (logged,) = guard.payment_log.payments()
    assert (logged.entry.amount, logged.entry.currency) == (UNTAXED.amount if refused else now.amount, "USD")
    assert guard.amount == logged.entry.amount


def test_a_tax_counts_once_however_often_the_amount_is_compared(tmp_path: Path) -> None:
    guard = _guard(tmp_path, hosts=["pay.example.com"], max_amount=19.8)
    permit = guard.authorize(lambda: UNTAXED)
    with guard.not_paid_unless_pressed(permit) as confirm:
        for _ in range(2):  # the form, and a later step
            confirm(lambda: TAXED, is_later_step=True)
    assert [one.entry.amount for one in guard.payment_log.payments()] == [guard.amount] == [TAXED.amount]


def test_with_real_money_no_tax_is_added_unasked(tmp_path: Path) -> None:
    live = replace(UNTAXED, address="https://checkout.stripe.com/c/pay/cs_live_1")
    guard = _guard(tmp_path, flag=True, **REAL)
    permit = guard.authorize(lambda: live)
    with guard.not_paid_unless_pressed(permit) as confirm, pytest.raises(RefusedError, match=r"for 19\.80 USD once"):
        confirm(lambda: replace(live, amount=TAXED.amount))


FRAMED = Intent(
    "https://staging.example.com/billing",
    PAID,
    Decimal(18),
    "USD",
    frames=("https://pay.example.com/overlay/cs_test_1",),
)


def test_a_page_around_a_frame_that_still_names_the_payment_before_is_another_payment(tmp_path: Path) -> None:
    guard = _guard(tmp_path, hosts=["pay.example.com"])
    guard.authorize(lambda: FRAMED).record_outcome("left")
    around = replace(FRAMED, address="https://staging.example.com/billing?payment=cs_test_1")
    guard.authorize(lambda: replace(around, frames=("https://pay.example.com/overlay/cs_test_2",)))
    with pytest.raises(RefusedError, match="already pressed"):
        guard.authorize(lambda: around)


def test_a_form_in_a_frame_of_the_sites_own_page_is_judged_by_that_frame(tmp_path: Path) -> None:
    guard = _guard(tmp_path, hosts=["pay.example.com"])
    guard.authorize(lambda: FRAMED)
    assert [(one.entry.kind, one.entry.host) for one in guard.payment_log.payments()] == [("test", "pay.example.com")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"frames": ("https://other.example.com/overlay/cs_test_1",)}, "other.example.com, which payments.hosts"),
        ({"frames": ("https://staging.example.com/overlay/cs_test_1",)}, "staging.example.com, which payments.hosts"),
        ({"frames": ()}, "staging.example.com, which payments.hosts"),
        (
            {"address": "https://pay.example.com/cs_test_1", "frames": ("https://cards.example.com/number",)},
            (
                "has its card in a frame of cards.example.com, which payments.hosts does not allow. The profile line"
                ' that settles it: payments.hosts = ["pay.example.com", "cards.example.com"]'
            ),
        ),
        ({"address": "https://other.example.com/billing"}, "other.example.com, which payments.hosts"),
        ({"frames": ("https://pay.example.com/overlay",)}, 'payments.test_hosts = ["pay.example.com"]'),
        ({"frames": ("https://pay.example.com/overlay/cs_live_1",)}, "would spend real money"),
        (
            {"frames": (*FRAMED.frames, "https://staging.example.com/around")},
            "staging.example.com, which payments.hosts",
        ),
    ],
)
def test_a_form_in_a_frame_of_another_page_or_host_is_refused(
    tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(RefusedError, match=re.escape(words)):
        _guard(tmp_path, hosts=["pay.example.com"]).authorize(lambda: replace(FRAMED, **changed))


ELEMENTS = replace(FRAMED, frames=("https://js.stripe.com/v3/elements-inner-card",))


def test_fields_of_the_processor_on_a_test_page_of_the_site_are_as_the_profile_says(tmp_path: Path) -> None:
    hosts: dict[str, Any] = {"hosts": ["js.stripe.com"]}
    _guard(tmp_path, **hosts, test_hosts=["staging.example.com"]).authorize(lambda: ELEMENTS)
    with pytest.raises(RefusedError, match=re.escape('payments.test_hosts = ["staging.example.com"]')):
        _guard(tmp_path, **hosts).authorize(lambda: ELEMENTS)


PAYING = """
import sys
from decimal import Decimal
from pathlib import Path
from steps.targets.test_cards import PAID
from steps.safety.intent import Intent
from steps.safety.spend_guard import SpendGuard
from steps.targets.profile import Payments, Profile
from steps.verdicts.verdict import RefusedError
profile = Profile(base_url="https://a.example.com", payments=Payments(max_payments=15, max_amount=60.0))
guard = SpendGuard(profile, Path(sys.argv[1]))
for number in range(12):
    address = f"https://checkout.stripe.com/c/pay/cs_test_{sys.argv[2]}x{number}"
    try:
        guard.authorize(lambda: Intent(address, PAID, Decimal(sys.argv[3]), "USD")).record_outcome("left")
    except RefusedError:
        pass
print(guard.count)
"""


@pytest.mark.parametrize(("amount", "most"), [("1.00", 15), ("7.50", 8)])
def test_the_limits_hold_among_processes(tmp_path: Path, amount: str, most: int) -> None:
    file = tmp_path / "run" / "payments.jsonl"
    processes = [
        subprocess.Popen([sys.executable, "-c", PAYING, str(file), str(number), amount], stdout=subprocess.PIPE)
        for number in range(3)
    ]
    counts = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(counts) == most
    payments = PaymentLog(file).payments()
    assert len(payments) == most
    assert {payment.outcome for payment in payments} == {"left"}
