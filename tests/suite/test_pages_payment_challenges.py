"""Challenges of a bank between a payment page and the way back: buttons, pages, frames, and codes to type."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.actors.payment_intent import NavigationHistory
from steps.pages.checkout import PaymentPage
from steps.targets.labels import Label, Labels, Words
from steps.targets.profile import Payments
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.payment_pages import NUMBER, PROFILE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

DECLINED = "Your card was declined."
BANK = """<h1>3D Secure 2 Test Page</h1>
<button id=test-source-authorize-3ds onclick="location = '{0}'">Complete</button>
<button id=test-source-fail-3ds onclick="location = '/declined'">Fail</button>"""
OTHER_BANK = """<b>3D Secure test page of your bank</b><form action=/declined><input type=submit value="FAIL
AUTHENTICATION"></form><form action="{0}"><input type=submit value="COMPLETE AUTHENTICATION"></form>"""


FRAMED_BANK = """<h1>Verify your payment</h1><p>Your bank asks you to confirm.</p><iframe srcdoc="<h2>3D Secure</h2>
<form target=_top action='{0}'><button>Complete</button></form>
<form target=_top action=http://pay.example/declined><button>Fail</button></form>"></iframe>"""


PLAIN_BANK = """<h1>Verify your payment</h1><p>Your bank asks you to confirm this payment.</p>
<form action="{0}"><button>Authenticate</button></form><form action=/declined><button>Fail authentication</button>
</form>"""


REFUSING_BANK = """<h1>Bank verification</h1><p>Do you authorise this payment?</p>
<form action="{0}"><button>Authorise</button></form><form action=/declined><button>Refuse</button></form>"""
APPROVING_BANK = """<h1>Bank of Example</h1><p>Do you approve this payment of $20.00?</p>
<form action="{0}"><button>Approve payment</button></form>
<form action=/declined><button>Reject payment</button></form>"""


@pytest.mark.parametrize("bank", [BANK, OTHER_BANK, FRAMED_BANK, PLAIN_BANK, APPROVING_BANK, REFUSING_BANK])
@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_challenge_may_be_a_page_of_its_own(page: Page, bank: str, *, complete: bool, kind: str) -> None:
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>",
        bank=bank.format("http://site.example/billing"),
        declined=f"<p>{DECLINED}</p><a href='/start'>Try again</a>",
    )
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=complete).kind == kind


SLOW_BANK = """<h1>3D Secure</h1><form><button type=button>Complete authentication</button>
<button type=button>Fail authentication</button></form><script>
let answer;
onclick = (pressed) => {
  fetch("/start");
  clearTimeout(answer);
  answer = setTimeout(() => { location = "/declined"; }, 1200);
};</script>"""


def test_an_answer_that_is_on_its_way_is_not_given_again(page: Page) -> None:
    start = f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>"
    served(page, start=start, bank=SLOW_BANK, declined=f"<p>{DECLINED}</p><a href='/start'>Try again</a>")
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=False).kind == "refused"


GERMAN_BANK = """<dialog open><h2>3D Secure 2: Testseite</h2>
<button onclick='location = "http://site.example/billing"'>Abschlie&szlig;en</button>
<button class=no onclick='says.textContent = "Your card was declined."; over.innerHTML = ""'>Fehlschlagen</button>
</dialog>"""


@pytest.mark.parametrize("fails", ["Fehlschlagen", Label(selector="dialog .no")])
@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_profile_names_what_answers_a_challenge(page: Page, fails: Words, *, complete: bool, kind: str) -> None:
    served(
        page,
        start=f"<p>Total $20.00</p><p id=says role=alert></p>{NUMBER}<button onclick='over.append(asks.content)'>Pay"
        f"</button><div id=over></div><template id=asks>{GERMAN_BANK}</template>",
    )
    page.goto("http://pay.example/start")
    labels = Labels(complete_challenge="Abschließen", fail_challenge=fails)
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, labels=labels))
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=complete).kind == kind


APPROVES = "<h2>Your bank</h2><p>Please confirm the payment of $20.00.</p><button onclick='{}'>Approve payment</button>"
REJECTS = "<button onclick='{}'>Decline payment</button>"


@pytest.mark.parametrize("is_framed", [True, False])
@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_bank_may_ask_in_a_frame_or_a_dialog_over_the_form_for_an_approval(
    page: Page, *, complete: bool, kind: str, is_framed: bool
) -> None:
    asks = APPROVES.format("top.location = `http://site.example/billing`")
    asks += REJECTS.format(f"top.says.textContent = `{DECLINED}`; top.over.innerHTML = ``")
    over = "<iframe src=/bank></iframe>" if is_framed else f"<div role=dialog>{asks}</div>"
    form = (
        f"<p>Total $20.00</p><p id=says role=alert></p>{NUMBER}<button onclick='over.append(asks.content)'>Pay</button>"
    )
    served(page, start=f"{form}<div id=over></div><template id=asks>{over}</template>", bank=asks)
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=complete).kind == kind


BESIDE_FORM = {
    "a dialog that is open": ("<dialog open>", "</dialog>"),
    "a dialog over all": ("<div role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'>", "</div>"),
    "a part of the page": ("<div class=panel>", "</div>"),
    "a box without a role": ("<div style='position:fixed;inset:40px;background:#fff'><section>", "</section></div>"),
}


@pytest.mark.parametrize("around", BESIDE_FORM)
@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_challenge_may_stand_beside_the_form_of_the_payment_page(
    page: Page, around: str, *, complete: bool, kind: str
) -> None:
    bank = (
        "<p><b>3D Secure test page</b></p><p>Your bank wants to make sure that it is you.</p>"
        "<p><button onclick='location = `http://site.example/billing`'>Complete</button>"
        f"<button onclick='over.hidden = true; says.textContent = `{DECLINED}`; over.innerHTML = ``'>Fail</button></p>"
    )
    asks = bank.join(BESIDE_FORM[around])
    served(
        page,
        start=f"<p>Total $20.00</p><p id=says role=alert></p>{NUMBER}<button onclick='setTimeout(() => over.innerHTML "
        f"= asks.innerHTML, 200)'>Pay</button><div id=over></div><template id=asks>{asks}</template>",
    )
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=complete).kind == kind


def test_a_question_beside_the_form_that_is_no_bank_s_is_no_challenge(page: Page) -> None:
    asks = "<dialog open>Pay $20.00 now? <button onclick='this.parentElement.remove()'>Confirm</button><button>Cancel"
    served(page, start=f"<p>Total $20.00</p>{NUMBER}<button>Pay</button>{asks}</button></dialog>")
    page.goto("http://pay.example/start")
    assert not PaymentPage(page, PROFILE).is_challenged()


def test_the_button_that_pays_is_no_answer_to_a_bank(page: Page) -> None:
    pays = "<button onclick='setTimeout(() => location = `http://site.example/billing`, 900)'>Confirm</button>"
    foot = f"<div><p>Your bank may ask you to authenticate this payment.</p>{pays}<button>Cancel</button></div>"
    served(page, start=f"<p>Total $20.00</p>{NUMBER}{foot}")
    page.goto("http://pay.example/start")
    labels = msgspec.structs.replace(PROFILE.labels, pay=["Confirm"])
    limits = msgspec.structs.replace(PROFILE.limits, payment=10)
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, labels=labels, limits=limits))
    assert (seen := payment.pay(payment.form())).kind == "left", seen


LATE_BANK = "<h1>Your bank</h1><script>setTimeout(() => { document.body.innerHTML = `BANK` }, 400)</script>"


@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_bank_may_ask_on_a_host_of_its_own(page: Page, *, complete: bool, kind: str) -> None:
    asks = PLAIN_BANK.format("http://site.example/billing")
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `http://bank.example/bank`'>Pay</button>",
        bank=LATE_BANK.replace("BANK", asks.replace("/declined", "http://pay.example/declined")),
        declined=f"<p>{DECLINED}</p><a href='/start'>Try again</a>",
    )
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=complete).kind == kind


def test_a_challenge_that_nothing_known_completes_is_not_verified(page: Page) -> None:
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>",
        bank="<h1>Verify your payment</h1><button>Weiter</button><button>Fail authentication</button>",
    )
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "challenged"
    with pytest.raises(NotVerifiedError, match="What completes the bank's challenge"):
        payment.challenge(complete=True)


CODE_BANK = """<h1>Enter OTP</h1><form onsubmit="event.preventDefault();
location = code.value === '1234' ? 'http://site.example/billing' : '/declined'"><label>One-time password (OTP)
<input id=code></label><button>Submit</button></form><a href=/declined>Cancel payment</a>"""


@pytest.mark.parametrize(
    ("code", "complete", "came"),
    [("1234", True, "left"), ("99", True, "refused"), ("1234", False, "refused"), ("", True, "")],
)
def test_a_challenge_by_a_code_is_answered_with_the_profile_s(
    page: Page, code: str, *, complete: bool, came: str
) -> None:
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>",
        bank=CODE_BANK,
        declined=f"<p>{DECLINED}</p><a href='/start'>Try again</a>",
    )
    page.goto("http://pay.example/start")
    fields = {"One-time password": code} if code else {}
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, payments=Payments(fields=fields)))
    assert payment.pay(payment.form()).kind == "challenged"
    line = 'payments.fields = { "One-time password (OTP)" = "…" }'
    with contextlib.nullcontext() if came else pytest.raises(NotVerifiedError, match=re.escape(line)):
        assert payment.challenge(complete=complete).kind == came


def test_what_sends_a_code_may_be_called_like_an_answer(page: Page) -> None:
    bank = """<h1>Your bank</h1><form onsubmit="event.preventDefault();
    location = code.value === '1234' ? 'http://site.example/billing' : '/declined'"><label>Verification code
    <input id=code></label><button>Verify</button> <button>Cancel verification</button></form>"""
    served(page, start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>", bank=bank)
    page.goto("http://pay.example/start")
    payments = msgspec.structs.replace(PROFILE.payments, fields={"Verification code": "1234"})
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, payments=payments))
    assert payment.pay(payment.form()).kind == "challenged"
    assert payment.challenge(complete=True).kind == "left"


def test_a_code_that_leaves_the_bank_asking_is_typed_once(page: Page) -> None:
    asking = CODE_BANK.replace("location = code.value === '1234' ? 'http://site.example/billing' : '/declined'", "")
    asking = asking.replace("event.preventDefault();", "event.preventDefault(); document.title += '+';")
    served(page, start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/bank`'>Pay</button>", bank=asking)
    page.goto("http://pay.example/start")
    fields = {"One-time password": "1234"}
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, payments=Payments(fields=fields)))
    assert payment.pay(payment.form()).kind == "challenged"
    with pytest.raises(NotVerifiedError, match="still asks for a code"):
        payment.challenge(complete=True)
    assert page.title() == "+"


def test_where_a_bank_has_asked_is_forgotten_once_the_buyer_is_back(page: Page) -> None:
    served(page)
    history = NavigationHistory(page.context)
    history.begin()
    page.goto("http://pay.example/start")
    mark = history.mark(page)
    page.goto("http://bank.example/bank")
    page.goto("http://pay.example/start")
    assert "http://bank.example/bank" in history.of(page)
    history.forget_since(page, mark)
    assert history.of(page) == ("http://pay.example/start",)
