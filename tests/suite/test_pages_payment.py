"""What payment pages answer, and the ways to pay, are read and taken as a person would."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.checkout import PaymentPage
from steps.pages.input_device import ImpatientMouse, UnpressableError
from steps.targets.labels import Labels, words
from steps.targets.profile import Limits, Payments
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.payment_pages import NUMBER, PAY, PROFILE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from steps.pages.payment_outcome import Outcome


def pressed(page: Page, script: str, html: str = "", **pages: str) -> Outcome:
    """Press Pay on a page on which a script runs then, and return what came of it."""
    form = f"<p>Total $20.00</p>{NUMBER}<p id=said>{html}</p><button id=pay onclick='{script}'>Pay</button>"
    served(page, start=form, **pages)
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    return payment.pay(payment.form())


DECLINED = "Your card was declined."
THANKS = "<dialog><h2>Thanks for your order!</h2><a href=/>Return</a></dialog>"
SAYS = "said.textContent = `{}`"
ANSWERS: dict[str, tuple[str, str, str]] = {
    "sent back to a page with an alert": ("location = `http://site.example/billing`", "left", ""),
    "a message": (SAYS.format(DECLINED), "refused", DECLINED),
    "a message, and then sent back": (
        SAYS.format(DECLINED) + "; setTimeout(() => location = `http://site.example/billing`, 220)", "left", "",
    ),
    "a message that passes by": (
        SAYS.format(DECLINED) + "; setTimeout(() => said.textContent = ``, 700)", "refused", DECLINED,
    ),
    "at first only that it is under way": (
        SAYS.format("Processing…") + f"; setTimeout(() => {SAYS.format('Your card has expired.')}, 600)",
        "refused", "Your card has expired.",
    ),
    "a page that only refuses": ("location = `/declined`", "refused", DECLINED),
    "an offer to keep the card, before it answers": (
        (
            "document.body.insertAdjacentHTML(`beforeend`, `<dialog>Save my info? <button>Save</button>"
            "<a role=button href=http://site.example/billing>Pay without Link</a></dialog>`);"
            "document.body.lastChild.showModal()"
        ),
        "left", "",
    ),
    "paid, and staying": (SAYS.format("Payment successful"), "left", "Payment successful"),
    "thanks in a dialog over it": (
        f"document.body.insertAdjacentHTML(`beforeend`, `{THANKS}`); document.body.lastChild.showModal()",
        "left",
        "Thanks for your order!",
    ),
    "an error page": ("location = `/error`", "unclear", "the payment is answered with an error of status 400"),
    "nothing": ("", "unclear", "nothing came of it within 2 s"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_what_came_of_a_payment(page: Page, name: str) -> None:
    script, kind, message = ANSWERS[name]
    profile_page = pressed(page, script, declined=f"<p>{DECLINED}</p><a href='/start'>Try again</a>")
    told = profile_page.message.partition(". The page at ")[0] if name == "an error page" else profile_page.message
    assert (profile_page.kind, told, profile_page.is_doubtful) == (kind, message, False)


def test_a_window_that_closes_itself_while_it_is_looked_at_has_been_left(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(payment: PaymentPage) -> None:
        payment.page.close()
        payment.page.locator("p").count()

    served(page, start=f"<p>Total $20.00</p>{NUMBER}<button>Pay</button>")
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    form = payment.form()
    monkeypatch.setattr(PaymentPage, "stop_at_human_check", close)
    assert payment.pay(form).kind == "left"


def test_a_page_that_says_that_it_leads_back_is_waited_for(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.pages.checkout._BACK", 0.1)
    later = "; setTimeout(() => location = `http://site.example/billing`, 1000)"
    assert not pressed(page, SAYS.format("Payment received. Taking you back…") + later).message


def test_the_thanks_of_a_page_on_the_way_back_are_noted(page: Page) -> None:
    done = "<h1>Payment successful</h1><p>3,000 credits $20.00</p><a href='http://site.example/billing'>Return</a>"
    back = "<script>setTimeout(() => location = `http://site.example/billing`, 1100)</script>"
    found = pressed(page, "location = `/done`", done=done + back)
    assert (found.kind, found.named) == ("left", (3_000,))


def test_who_hurries_back_presses_the_way_of_a_page_that_thanks(page: Page) -> None:
    thanks = "<h1>Payment successful</h1><a href='http://site.example/early'>Return to the shop</a>"
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/done`'>Pay</button>",
        done=thanks + "<script>setTimeout(() => location = `http://site.example/late`, 1500)</script>",
    )
    page.goto("http://pay.example/start")
    profile = msgspec.structs.replace(PROFILE, payments=Payments(hosts=["pay.example"]))
    payment = PaymentPage(page, profile, ImpatientMouse())
    assert payment.pay(payment.form()).kind == "left"
    assert page.url == "http://site.example/early"


def test_what_was_there_before_pay_is_no_answer(page: Page) -> None:
    assert pressed(page, "document.body.append(`Thank you for your patience`)", html=DECLINED).kind == "unclear"


def test_an_answer_in_strange_words_is_doubtful_and_names_the_line(page: Page) -> None:
    found = pressed(page, "said.setAttribute(`role`, `alert`); said.textContent = `Your bank said no, code 57`")
    assert found.is_doubtful
    assert "labels.payment_message" in found.message


def test_what_has_come_to_show_and_is_not_understood_is_doubtful(page: Page) -> None:
    found = pressed(page, SAYS.format("Your credits are waiting for you"))
    assert found.is_doubtful
    assert "labels.payment_success" in found.message


def test_a_form_that_was_not_sent_is_doubtful(page: Page) -> None:
    found = pressed(page, SAYS.format("Your card number is incomplete."))
    assert found.is_doubtful
    assert "incomplete" in found.message


def test_what_a_form_wants_besides_is_told_with_the_line_that_gives_it(page: Page) -> None:
    form = "<label>CPF of the holder <input></label><div id=wrong></div>"
    found = pressed(page, "wrong.textContent = `Enter a valid CPF.`", form)
    assert found.kind == "unclear"
    assert "Enter a valid CPF." in found.message
    assert "Left empty is" in found.message
    assert "“CPF of the holder”" in found.message
    assert 'settles it: payments.fields = { "' in found.message


def test_a_field_that_the_page_still_wants_is_told_as_that(page: Page) -> None:
    found = pressed(page, "said.textContent = `Please fill in first and last name.`")
    assert found.is_doubtful
    assert "Please fill in first and last name." in found.message


def test_a_page_that_has_refused_a_card_is_left_for_another_try(page: Page) -> None:
    served(
        page,
        start=f"<p>Total $20.00</p>{NUMBER}<button onclick='location = `/declined`'>Pay</button>",
        declined=f"<p>{DECLINED}</p><a href='/start'>Retry payment</a><a href=http://site.example/>Back</a>",
    )
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "refused"
    payment.form()
    assert page.url == "http://pay.example/start"


def test_another_page_on_the_way_is_doubtful_and_told(page: Page) -> None:
    found = pressed(page, "location = `/bank`", bank="<h1>Scan this with your phone</h1>")
    assert found.is_doubtful
    assert "Scan this with your phone" in found.message


OVER = "<div style='position: fixed; inset: 0' aria-label='Chat with us'></div>"


OFF = "<button disabled>Pay</button>"


@pytest.mark.parametrize(
    ("button", "error", "named"),
    [
        (f"{PAY}{OVER}", UnpressableError, "Chat with us"),
        (OFF, UnpressableError, "disabled"),
        (f"<label>Voucher <input></label>{OFF}", NotVerifiedError, "left empty is “Voucher”"),
    ],
)
def test_what_a_person_could_not_press_is_named(page: Page, button: str, error: type[Exception], named: str) -> None:
    page.set_content(f"{NUMBER}{button}")
    payment = PaymentPage(page, PROFILE)
    form = payment.form()
    form.enter(PAID)
    with pytest.raises(error, match=named):
        payment.pay(form)


def test_what_lies_over_the_way_to_pay_is_closed_by_its_own_control(page: Page) -> None:
    over = "<div style='position: fixed; inset: 0'>News {}</div>"
    news = over.format("<button onclick='this.parentElement.remove()'>Got it</button>")
    served(page, start=f"{NUMBER}<button onclick='location = `http://site.example/billing`'>Pay</button>{news}")
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "left"


@pytest.mark.parametrize(
    "pays",
    [
        "<button type=button>Gutschein einlösen</button><button class=go>Jetzt 20,00 € bezahlen</button>",
        "<button type=button>Gutschein einlösen</button><button>Jetzt kaufen</button>",
        "<button>Einlösen</button><div role=button tabindex=0>20,00 € zahlen</div>",
    ],
)
def test_what_pays_is_known_by_the_amount_or_by_being_the_only_one_that_sends(page: Page, pays: str) -> None:
    page.set_content(f"<p>Summe 20,00 €</p><form onsubmit='return false'>{NUMBER}{pays}</form>")
    page.evaluate("() => { onclick = (event) => { document.title = event.target.innerText } }")
    profile = msgspec.structs.replace(PROFILE, locale="de-DE", limits=Limits(page=1, payment=1))
    payment = PaymentPage(page, profile)
    payment.pay(payment.form())
    assert page.title() in pays
    assert page.title() not in ("", "Einlösen", "Gutschein einlösen")


def test_what_may_pay_and_is_not_known_is_not_verified_with_the_line_that_settles_it(page: Page) -> None:
    html = f"<form onsubmit='return false'>{NUMBER}<button>Einlösen</button><button>Los</button></form>"
    page.set_content(html + "<script>onclick = (event) => { document.title = event.target.innerText }</script>")
    with pytest.raises(NotVerifiedError, match=r"labels\.pay = "):
        PaymentPage(page, PROFILE).pay(PaymentPage(page, PROFILE).form())
    named = msgspec.structs.replace(PROFILE, labels=Labels(pay=words("Los")))
    PaymentPage(page, named).pay(PaymentPage(page, named).form())
    assert page.title() == "Los"


def test_a_payment_page_without_a_way_to_pay_is_broken(page: Page) -> None:
    page.set_content(f"<form>{NUMBER}</form>")
    with pytest.raises(ElementNotFoundError, match="no way to pay"):
        PaymentPage(page, PROFILE).pay(PaymentPage(page, PROFILE).form())


@pytest.mark.parametrize("hosts", [["checkout.stripe.com"], ["secure.example"]])
@pytest.mark.parametrize(
    ("html", "is_one"),
    [
        ("<p>Due today $20.00</p><label>Your email <input type=email></label><button>Continue</button>", True),
        ("<p>Total $20.00</p><h3><button>Credit or debit card Visa</button></h3><iframe></iframe>", True),
        ("<p>2,000 credits $20.00</p><button>Continue</button>", False),
        ("<label>Your email <input type=email></label><button>Continue</button>", False),
    ],
)
def test_a_page_elsewhere_that_asks_who_pays_or_how_is_the_payment_page_unless_the_profile_names_hosts(
    page: Page, html: str, hosts: list[str], *, is_one: bool
) -> None:
    served(page, start=html)
    page.goto("http://pay.example/start")
    profile = msgspec.structs.replace(PROFILE, payments=Payments(hosts=hosts))
    assert PaymentPage(page, profile).is_shown() is (is_one and hosts == ["checkout.stripe.com"])


@pytest.mark.parametrize(("host", "is_sent"), [("site.example", True), ("pay.example", False)])
def test_a_buyer_is_kept_from_being_led_back_and_the_payment_is_sent(page: Page, host: str, *, is_sent: bool) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=NUMBER, content_type="text/html")

    page.context.route("**/*", answer)
    page.goto(f"http://{host}/pay")
    PaymentPage(page, PROFILE).keep_from_leading_back()
    page.evaluate("fetch('http://site.example/confirm', {method: 'POST', mode: 'no-cors'}).catch(() => 0)")
    with contextlib.suppress(PlaywrightError):
        page.goto("http://site.example/billing")
    assert asked == [f"http://{host}/pay", *["http://site.example/confirm"] * is_sent]
