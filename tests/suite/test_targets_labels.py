"""Words of a profile in the place of the documented ones: what they find."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from steps.pages.not_found import ElementNotFoundError
from steps.pages.sign_in import PasswordPage, SignInPage
from steps.pages.sign_in_required import requires_sign_in
from steps.targets.labels import Label, Labels
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FORM = """<form onsubmit="event.preventDefault(); take(this)">
<label>Work id <input></label><label>Secret word: <input id="secret"></label><button>Enter</button></form>
<script>function take(form) {
  window.given = [...form.querySelectorAll("input")].map((field) => field.value); form.remove(); }</script>"""


@pytest.mark.parametrize("password", ["Secret word", Label(selector="#secret")])
def test_fields_that_show_no_sign_of_what_they_are(page: Page, password: str | Label) -> None:
    page.set_content(_FORM)
    labels = Labels(email="Work id", password=password, sign_in="Enter")
    plain = SignInPage(page, Profile(limits=Limits(page=1)))
    assert not plain.is_shown()
    SignInPage(page, Profile(labels=labels, limits=Limits(page=1))).sign_in("ada", "pass", lambda: None)
    assert page.evaluate("window.given") == ["ada", "pass"]


_TWO_STEPS = """<form onsubmit="event.preventDefault(); next(this)">
<label>Promo code <input type=email></label><label>Work id <input id=id></label><button>Sign in</button></form>
<script>function next(form) {
  window.given = form.querySelector("#id").value;
  form.innerHTML = "<input type=password><button>Sign in</button>"; }</script>"""


@pytest.mark.parametrize("email", ["Work id", Label(selector="#id")])
def test_the_way_to_the_password_takes_the_email_field_of_the_profile(page: Page, email: str | Label) -> None:
    page.set_content(_TWO_STEPS)
    sign_in = PasswordPage(page, Profile(labels=Labels(email=email), limits=Limits(page=1)))
    sign_in.ask("ada@example.com")
    assert page.evaluate("window.given") == "ada@example.com"
    assert sign_in.asks_for_password()


_RESET = """<form onsubmit="event.preventDefault(); next(this)">
<label>Work id <input id=id></label><input type=password><button>Sign in</button>
<button type=button onclick="ask()">Reset your password</button></form>
<script>
  const form = document.forms[0];
  function ask() {
    form.innerHTML = "<input type=email><label>Work id <input id=id></label><button>Send code</button>"; }
  function next() {
    window.given = form.querySelector("#id").value;
    form.innerHTML = "<input autocomplete=one-time-code>"; }</script>"""


def test_a_reset_takes_the_email_field_of_the_profile(page: Page) -> None:
    page.set_content(_RESET)
    sign_in = PasswordPage(page, Profile(labels=Labels(email="Work id"), limits=Limits(page=2)))
    sign_in.reset("ada@example.com")
    assert page.evaluate("window.given") == "ada@example.com"
    assert sign_in.asks_for_code()


_INSIDE = "<nav><a href=#>Billing</a></nav>"


def test_a_page_with_the_password_field_of_the_profile_requires_signing_in(page: Page) -> None:
    page.set_content(_FORM + _INSIDE)
    labels = Labels(email="Work id", password="Secret word", sign_in="Enter")
    assert requires_sign_in(page, Profile(labels=labels, limits=Limits(page=1)))
    assert not requires_sign_in(page, Profile(labels=Labels(email="Work id"), limits=Limits(page=1)))


def test_a_code_is_asked_for_by_its_label_alone(page: Page) -> None:
    sign_in = PasswordPage(page, Profile(limits=Limits(page=1)))
    page.set_content("<div inputmode=numeric><label for=r>Code</label><input id=r></div><button>Verify</button>")
    assert sign_in.asks_for_code()
    page.set_content("<label>Verification code <input></label><button>Verify</button>")
    assert sign_in.asks_for_code()
    page.set_content("<label>Promo code <input></label><label>Postal code <input></label>")
    assert not sign_in.asks_for_code()


_BY_LABEL_ALONE = """<form onsubmit="event.preventDefault(); take(this)"><label for=basic_email>Email</label>
<input id=basic_email type=text><label>Password <input type=password></label><button>Sign in</button></form>
<script>function take(form) {
  window.given = [...form.querySelectorAll("input")].map((field) => field.value); form.remove(); }</script>"""


def test_an_email_field_beside_a_password_is_known_by_its_label(page: Page) -> None:
    page.set_content(_BY_LABEL_ALONE)
    SignInPage(page, Profile(limits=Limits(page=1))).sign_in("ada@example.com", "pass", lambda: None)
    assert page.evaluate("window.given") == ["ada@example.com", "pass"]


def test_the_only_button_of_a_sign_in_page_is_pressed_whatever_it_is_called(page: Page) -> None:
    page.set_content(
        "<label>E-Mail <input></label><label>Passwort <input type=password></label><a href='#reset'>Vergessen?</a>"
        "<button onclick='document.body.innerHTML = `Hallo`'>Anmelden</button>"
    )
    SignInPage(page, Profile(limits=Limits(page=2))).sign_in("ada@example.com", "pass", lambda: None)
    assert page.inner_text("body") == "Hallo"


_BACK = """<main></main><script>const draw = () => { document.querySelector("main").innerHTML = `<label>Email
<input type=email></label><label>Password <input type=password></label><button>Log in</button>
<a href="#reset">Reset your password</a>`; };
onhashchange = () => { document.querySelector("main").innerHTML = "Loading"; setTimeout(draw, 150); };
draw();</script>"""


def test_a_way_to_reset_that_leads_back_to_the_sign_in_page_is_told(page: Page) -> None:
    page.set_content(_BACK)
    with pytest.raises(ElementNotFoundError, match="leads back to where it stands"):
        PasswordPage(page, Profile(limits=Limits(page=2))).reset("ada@example.com")


_REFUSES = """<form onsubmit="event.preventDefault(); take(this)">
<label>Email <input type=email></label><label>Password <input type=password></label><p></p>
<button>Log in</button></form>
<script>let tries = 0; const take = (form) => {
  if (++tries > REFUSED) document.body.innerHTML = "Hello"; else form.children[2].textContent = "SAID"; }</script>"""


@pytest.mark.parametrize(
    ("refused", "said", "told"),
    [(0, "", []), (1, "Wrong e-mail or password.", ["Wrong e-mail or password."]), (1, "Just a moment …", [])],
)
def test_a_password_that_is_taken_at_the_second_try_was_refused(
    page: Page, refused: int, said: str, told: list[str]
) -> None:
    page.set_content(_REFUSES.replace("REFUSED", str(refused)).replace("SAID", said))
    sign_in = SignInPage(page, Profile(limits=Limits(page=1)))
    assert sign_in.sign_in("ada@example.com", "pass", lambda: None) == told


_IN_STEPS = """<main><label>Email <input type=email></label><button onclick="step()">Next</button></main><script>
const end = () => { document.querySelector("main").innerHTML = "Hello"; };
const step = () => { document.querySelector("main").innerHTML = "Loading"; setTimeout(() => { THEN; }, 200); };
const ask = () => { document.querySelector("main").innerHTML =
  "<label>Password <input type=password></label><button onclick='end()'>Sign in</button>"; };</script>"""


@pytest.mark.parametrize(("then", "is_right"), [("ask()", True), ("end()", False)])
def test_who_knows_an_address_alone_is_not_let_in(page: Page, then: str, *, is_right: bool) -> None:
    page.set_content(_IN_STEPS.replace("THEN", then))
    with nullcontext() if is_right else pytest.raises(ElementNotFoundError, match="Nothing but an e-mail address"):
        SignInPage(page, Profile(limits=Limits(page=2))).sign_in("ada@example.com", "pass", lambda: None)
    assert page.inner_text("body") == "Hello"


_CHOOSES = """<input autocomplete=one-time-code>{between}<label>New password <input type=password></label>{after}
<div role=button tabindex=0 onclick="take()">{name}</div><button>Resend code</button>
<a href=#>Back to sign in</a><script>
function take() {{
  window.given = [...document.querySelectorAll("input")].map((field) => field.value); {then} }}</script>"""
_SIGNS_IN = "document.body.innerHTML = `<input type=email><input type=password>`"
_SAYS = "document.body.append(`Your password was changed`)"


@pytest.mark.parametrize(
    ("name", "after", "then", "given"),
    [
        ("Change password", "", _SIGNS_IN, ["1234", "new"]),
        ("Passwort \u00e4ndern", "", _SIGNS_IN, ["1234", "new"]),
        ("Set password", "<label>Repeat it <input type=password></label>", _SAYS, ["1234", "new", "new"]),
    ],
)
def test_a_new_password_is_sent_by_its_button(page: Page, name: str, after: str, then: str, given: list[str]) -> None:
    page.set_content(_CHOOSES.format(name=name, between="", after=after, then=then))
    assert PasswordPage(page, Profile(limits=Limits(page=2))).choose_password("1234", "new")
    assert page.evaluate("window.given") == given


@pytest.mark.parametrize(
    "field", ["E-mail <input name=mail> <input>", "Your account: <input name=mail>", "<input type=email name=mail>"]
)
@pytest.mark.parametrize("late", [0, 600])
def test_the_address_is_typed_to_be_sent_a_code(page: Page, field: str, late: int) -> None:
    page.set_content(
        f"<input type=password><a href='#' onclick='next()'>Reset your password</a><script>"
        f"function next() {{ document.body.innerHTML = `Loading`; setTimeout(form, {late}) }}"
        f"function form() {{ document.body.innerHTML = `{field}<input type=submit value='Send' onclick='sent()'>` }}"
        "function sent() { window.mail = document.querySelector('[name=mail]').value;"
        "document.body.innerHTML = `Code <input name=code><input type=password>`; }</script>"
    )
    PasswordPage(page, Profile(limits=Limits(page=6))).reset("ada@example.com")
    assert page.evaluate("window.mail") == "ada@example.com"


BOXES = """<div role=group aria-label=Code>{}</div><input type=password aria-label="New password">
<button disabled onclick="document.body.innerHTML = `<input type=email>` + given()">Verify code</button><script>
const boxes = [...document.querySelectorAll("[maxlength]")];
const given = () => boxes.map((one) => one.value).join("");
boxes.forEach((one, at) => one.oninput = () => {{ {} ; boxes[at + 1]?.focus();
  document.querySelector("button").disabled = given().length < 6; }});</script>"""
BOX = "<input maxlength=1 inputmode=numeric aria-label='Digit {} of 6'>"


DEALS = "event.data?.length > 1 && [...event.data].forEach((sign, at) => boxes[at].value = sign)"


@pytest.mark.parametrize("deals", ["", DEALS])
def test_a_code_may_be_typed_into_boxes_of_a_digit_each(page: Page, deals: str) -> None:
    page.set_content(BOXES.format("".join(BOX.format(at) for at in range(1, 7)), deals))
    assert PasswordPage(page, Profile(limits=Limits(page=4))).choose_password("135790", "new")
    assert "135790" in page.inner_text("body")


def test_what_sends_the_address_may_be_drawn_as_a_button_alone(page: Page) -> None:
    page.set_content(
        "<input type=password><a href='#' onclick='next()'>Reset your password</a><script>"
        "function next() { document.body.innerHTML = `<input type=email><div tabindex=0 style='cursor:pointer' "
        "onclick='sent()'>Send code</div><div tabindex=0 style='cursor:pointer'>Back</div>` }"
        "function sent() { document.body.innerHTML = `Code <input name=code><input type=password>`; }</script>"
    )
    sign_in = PasswordPage(page, Profile(limits=Limits(page=4)))
    sign_in.reset("ada@example.com")
    assert sign_in.asks_for_code()


def test_a_code_may_be_sent_before_the_new_password(page: Page) -> None:
    page.set_content(
        "<label>Code <input></label><button onclick='next()'>Verify code</button><button>Resend</button><script>"
        "function next() { document.body.innerHTML = `<input type=password><button onclick='done()'>Save</button>`; }"
        "function done() { document.body.innerHTML = `<h1>Welcome</h1>`; }</script>"
    )
    assert PasswordPage(page, Profile(limits=Limits(page=2))).choose_password("1234", "new")


def test_a_code_that_is_refused_is_told_from_a_button_that_is_not_known(page: Page) -> None:
    sign_in = PasswordPage(page, Profile(limits=Limits(page=1)))
    page.set_content(_CHOOSES.format(name="Set password", between="", after="", then="document.body.append(`No`)"))
    assert not sign_in.choose_password("1234", "new")
    page.set_content(_CHOOSES.format(name="Set password", between="", after="", then=_SAYS))
    assert sign_in.choose_password("4321", "new", is_right=False)
    page.set_content(_CHOOSES.format(name="Los", between="<button>Jetzt</button>", after="", then=_SIGNS_IN))
    with pytest.raises(NotVerifiedError) as told:
        sign_in.choose_password("1234", "new")
    assert told.value.line == 'labels.choose_password = "\u2026"'
