"""Signing in, by password or by code, and choosing a new password."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.site import MemberSeed
from tests.fake.support.shop import Shop

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture
def shop() -> Shop:
    return Shop()


def code_of(shop: Shop, workspace_id: str) -> str:
    found = re.search(r"\d{6}", shop.site.state(workspace_id)["mail"][-1]["body"])
    assert found is not None
    return found[0]


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/api/billing").status_code == 200


def test_a_member_signs_in_and_out(shop: Shop) -> None:
    seeded = shop.seed()
    browser, member = shop.browser(), seeded.members[0]
    assert browser.get("/settings/billing").location == "/sign-in?next=/settings/billing"
    page = browser.get("/sign-in").text
    assert 'type="password"' in page
    assert page.index('type="password"') < page.index("Reset your password")
    answer = browser.post(
        "/sign-in",
        data={"email": f" {member.email.upper()} ", "password": member.password, "next": "/settings/billing"},
    )
    assert (answer.status_code, answer.location) == (303, "/settings/billing")
    assert is_in(browser)
    assert browser.get("/sign-in").location == "/flows"
    browser.post("/sign-out")
    assert not is_in(browser)


@pytest.mark.parametrize(("email", "password"), [("", ""), ("nobody@example.com", "x"), (None, "wrong"), (None, "")])
def test_a_wrong_password_does_not_tell_who_is_a_member(shop: Shop, email: str | None, password: str) -> None:
    member = shop.seed().members[0]
    browser = shop.browser()
    answer = browser.post("/sign-in", data={"email": member.email if email is None else email, "password": password})
    assert answer.status_code == 401
    assert "The e-mail address or the password is wrong." in answer.text
    assert not is_in(browser)


def test_a_code_signs_in_once(shop: Shop) -> None:
    seeded = shop.seed(variant={"sign_in": "code"})
    browser, email = shop.browser(), seeded.members[0].email
    assert 'type="password"' not in browser.get(seeded.sign_in_url.partition("8123")[2]).text
    assert "Check your e-mail" in browser.post("/sign-in", data={"email": email}).text
    code = code_of(shop, seeded.id)
    assert browser.post("/sign-in/code", data={"email": email, "code": code}).status_code == 303
    assert is_in(browser)
    assert shop.browser().post("/sign-in/code", data={"email": email, "code": code}).status_code == 401


def test_a_password_does_not_open_where_codes_are_asked_for(shop: Shop) -> None:
    seeded = shop.seed(variant={"sign_in": "code"})
    member, browser = seeded.members[0], shop.browser()
    browser.post("/sign-in", data={"email": member.email, "password": member.password})
    assert not is_in(browser)


def test_a_code_is_worth_five_tries_and_ten_minutes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded = shop.seed(variant={"sign_in": "code"})
    browser, email = shop.browser(), seeded.members[0].email
    browser.post("/sign-in", data={"email": email})
    code = code_of(shop, seeded.id)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert browser.post("/sign-in/code", data={"email": email, "code": wrong}).status_code == 401
    assert browser.post("/sign-in/code", data={"email": email, "code": code}).status_code == 401
    browser.post("/sign-in", data={"email": email})
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    answer = browser.post("/sign-in/code", data={"email": email, "code": code_of(shop, seeded.id)})
    assert answer.status_code == 401


def test_a_code_is_for_one_member(shop: Shop) -> None:
    spaces = [shop.seed(variant={"sign_in": "code"}) for _ in range(2)]
    emails = [space.members[0].email for space in spaces]
    for email in emails:
        shop.browser().post("/sign-in", data={"email": email})
    codes = [code_of(shop, space.id) for space in spaces]
    for email, code in ((emails[0], codes[1]), (emails[1], codes[0])):
        wrong = shop.browser().post("/sign-in/code", data={"email": email, "code": code})
        assert wrong.status_code == 401 or codes[0] == codes[1]


def test_a_new_code_takes_the_place_of_the_old(shop: Shop) -> None:
    seeded = shop.seed(variant={"sign_in": "code"})
    browser, email = shop.browser(), seeded.members[0].email
    browser.post("/sign-in", data={"email": email})
    old = code_of(shop, seeded.id)
    browser.post("/sign-in", data={"email": email})
    if old != code_of(shop, seeded.id):
        assert browser.post("/sign-in/code", data={"email": email, "code": old}).status_code == 401


def test_a_new_password_ends_all_sessions(shop: Shop) -> None:
    seeded = shop.seed()
    browser, member, elsewhere = shop.browser(), seeded.members[0], shop.member(seeded)
    browser.post("/reset-password", data={"email": member.email})
    form = {"email": member.email, "code": code_of(shop, seeded.id), "password": "short"}
    assert "at least 8 characters" in browser.post("/reset-password/code", data=form).text
    assert (
        "Your password was changed"
        in browser.post("/reset-password/code", data=form | {"password": "long enough"}).text
    )
    assert not is_in(elsewhere)
    assert browser.post("/sign-in", data={"email": member.email, "password": member.password}).status_code == 401
    assert browser.post("/sign-in", data={"email": member.email, "password": "long enough"}).status_code == 303


def test_a_reset_code_does_not_sign_in(shop: Shop) -> None:
    seeded = shop.seed()
    browser, email = shop.browser(), seeded.members[0].email
    browser.post("/reset-password", data={"email": email})
    assert browser.post("/sign-in/code", data={"email": email, "code": code_of(shop, seeded.id)}).status_code == 401


def test_a_stranger_learns_nothing_from_a_reset(shop: Shop) -> None:
    email = shop.seed().members[0].email
    known = shop.browser().post("/reset-password", data={"email": email})
    unknown = shop.browser().post("/reset-password", data={"email": "nobody@example.com"})
    assert unknown.text.replace("nobody@example.com", email) == known.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        "evil",
    ],
)
def test_signing_in_leads_nowhere_else(shop: Shop, target: str) -> None:
    member = shop.seed().members[0]
    form = {"email": member.email, "password": member.password, "next": target}
    assert shop.browser().post("/sign-in", data=form).location == "/flows"
    signed_in = shop.browser()
    signed_in.post("/sign-in", data=form)
    assert signed_in.get("/sign-in", query_string={"next": target}).location == "/flows"


def test_a_session_cannot_be_made_up(shop: Shop) -> None:
    seeded = shop.seed()
    cookie = shop.site.storage_state(seeded.members[0].id)["cookies"][0]
    for value in (cookie["value"][:-1] + "A", "x", "", cookie["value"].split(".")[0] + ".."):
        browser = shop.browser()
        browser.set_cookie(cookie["name"], value, domain="127.0.0.1")
        assert not is_in(browser) or value == cookie["value"]


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(shop: Shop) -> None:
    member = shop.seed().members[0]
    answer = shop.browser().post("/sign-in", data={"email": member.email, "password": member.password})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert cookie.startswith("diaflow_8123=")


def test_passwords_and_codes_are_not_kept(shop: Shop) -> None:
    seeded = shop.seed(MemberSeed(password="correct horse battery"))  # made up
    shop.browser().post("/reset-password", data={"email": seeded.members[0].email})
    code = code_of(shop, seeded.id)
    rows: list[Any] = [*shop.site.core.db.rows("SELECT * FROM members"), *shop.site.core.db.rows("SELECT * FROM codes")]
    kept = " ".join(str(tuple(row)) for row in rows)
    assert "correct horse" not in kept
    assert code not in kept
