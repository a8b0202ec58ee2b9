"""One-time codes for a sign-in: of an authenticator app, from the mail, or from nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.actors.mail import Inbox, SignInCodes
from steps.targets.mailbox import MailboxError
from steps.targets.one_time_password import OneTimePasswords, is_totp_secret
from steps.targets.profile import AccountEntry, MailboxEntry, Profile
from steps.targets.site_target import SiteTarget
from steps.targets.target import Account
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.mail_servers import mailpit_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET, EMAIL = "JBSW Y3DP EHPK 3PXP", "ada@example.com"
ADA = Account("Ada", EMAIL, "pw")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SiteTarget]:
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(tmp_path / "state"))

    def made(mailbox: MailboxEntry | None = None) -> SiteTarget:
        entries = [AccountEntry(email=EMAIL, password="pw"), AccountEntry(email="bea@example.com", password="pw")]
        profile = Profile(base_url="https://staging.example.com", accounts=entries, mailbox=mailbox)
        return SiteTarget(profile, "staging", lambda _: pytest.fail("nobody signs in"), tmp_path)

    return made


def test_a_one_time_password_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords, codes = OneTimePasswords(), iter(["111111", "111111", "222222", "222222"])
    monkeypatch.setattr("pyotp.TOTP.now", lambda _: next(codes))
    assert [passwords.next(SECRET) for _ in range(4)] == ["111111", None, "222222", None]


@pytest.mark.parametrize(("secret", "is_one"), [(SECRET, True), ("JBSW-Y3DP-EHPK-3PXP", True), ("0189", False)])
def test_a_secret_is_base32(secret: str, is_one: bool) -> None:  # noqa: FBT001 - a table
    assert is_totp_secret(secret) is is_one


def test_an_authenticator_app_comes_first(site: Callable[..., SiteTarget]) -> None:
    code = SignInCodes(site(), Account("Ada", EMAIL, "pw", totp=SECRET)).code()
    assert len(code) == 6
    assert code.isdecimal()


def test_the_newest_code_in_the_mail_is_taken_and_none_of_before(site: Callable[..., SiteTarget]) -> None:
    with mailpit_server() as server:
        server.deliver(EMAIL, "Your code", "Your code is 111111.")
        codes = SignInCodes(site(server.entry), ADA)
        server.deliver(EMAIL, "Welcome", "You have asked for a code.")
        server.deliver(EMAIL, "Your code", "Your code is 222222.")
        server.deliver(EMAIL, "Your code", "Your code is 333333.")
        assert codes.code() == "333333"


def test_without_a_way_to_a_code_the_lines_of_the_profile_are_named(site: Callable[..., SiteTarget]) -> None:
    with pytest.raises(NotVerifiedError) as told:
        SignInCodes(site(), ADA).code()
    assert "mailbox = " in told.value.line
    assert "totp = " in told.value.line


def test_a_mailbox_in_trouble_matters_only_where_a_code_is_asked_for(site: Callable[..., SiteTarget]) -> None:
    codes = SignInCodes(site(MailboxEntry(url="http://127.0.0.1:9")), ADA)
    with pytest.raises(MailboxError):
        codes.code()


def test_only_mails_that_speak_of_a_payment_are_receipts(site: Callable[..., SiteTarget]) -> None:
    with mailpit_server() as server:
        target = site(MailboxEntry(url=server.entry.url, user="demouser", password="demopass", limit=0.5))
        address = target.receipts_address(ADA)
        inbox = Inbox(target, ADA, address)
        assert address == "bea@example.com"
        assert inbox.receipts() == []
        server.deliver(address, "Welcome", "Here is how to begin.")
        with pytest.raises(NotVerifiedError, match=r"does not tell whether it is a receipt: “Welcome”"):
            inbox.receipts()
        server.deliver(address, "Your receipt", "Paid: $20.00")
        assert [one.subject for one in inbox.receipts()] == ["Your receipt"]


def test_two_codes_in_a_mail_are_not_guessed_between(site: Callable[..., SiteTarget]) -> None:
    with mailpit_server() as server:
        codes = SignInCodes(site(server.entry), ADA)
        server.deliver(EMAIL, "Codes", "Your support code is 111111.\nYour sign-in code is 222222.")
        with pytest.raises(NotVerifiedError, match=r"mailbox\.code"):
            codes.code()
