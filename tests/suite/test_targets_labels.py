"""Words of a profile in the place of the documented ones: what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.sign_in import SignInPage
from steps.targets.profile import Label, Labels, Limits, Profile

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
