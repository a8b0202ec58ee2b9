"""Words of a profile in the place of the documented ones: what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.sign_in import PasswordPage, SignInPage
from steps.pages.sign_in_required import requires_sign_in
from steps.targets.labels import Label, Labels
from steps.targets.profile import Limits, Profile

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
