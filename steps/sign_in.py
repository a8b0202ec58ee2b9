"""Steps about the way in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, then, when

from steps.actors.authentication import hold_signed_out, log_out
from steps.actors.mail import Inbox
from steps.pages.not_found import ElementNotFoundError
from steps.pages.profile_menu import ProfileMenu
from steps.pages.sign_in import PasswordPage
from steps.readers.checkout.codes import other_codes
from steps.safety.redactor import in_another_case
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.targets.target import Account

_NEW_PASSWORD = "Forgotten-and-chosen-anew-7"  # noqa: S105 - of a made-up member of the fake
_SIGNED_IN = "who signs in with the new password is signed in"
_ANOTHER_CODES = ("135790", "246801")
"""Nobody's. A site may refuse the first one alone."""
_ANOTHER_PASSWORD = "Neither-this-nor-that-8"  # noqa: S105 - nobody's


@given("a member who is not signed in", target_fixture="visitor")
def a_member_who_is_not_signed_in(
    account: Account, member_of: Callable[[Account, StorageState | None], Member]
) -> Member:
    return member_of(account, None)


@when("the member signs in")
def the_member_signs_in(visitor: Member, member_of: Callable[[Account, StorageState | None], Member]) -> None:
    if visitor.sign_in():  # what was typed before the page had begun to listen may be lost, once
        refusals = member_of(visitor.account, None).sign_in()
        check(
            not refusals,
            expected="e-mail address and password are accepted",
            actual=f"they are at the second try; at the first: “{'”, “'.join(refusals)}”",
        )
    visitor.landing.hold_no_dead_end("who signs in is led")


@then("the member can open Billing")
def the_member_can_open_billing(visitor: Member) -> None:
    visitor.navigation.open_billing()


@when("the member is about to sign in", target_fixture="sign_in_page")
def the_member_is_about_to_sign_in(visitor: Member) -> PasswordPage:
    visitor.navigation.visit(visitor.target.profile.routes.sign_in)
    page = PasswordPage(visitor.page, visitor.target.profile)
    page.ask(visitor.account.email)
    return page


@then('"Reset your password" is offered below the password')
def a_reset_is_offered(sign_in_page: PasswordPage) -> None:
    check(sign_in_page.asks_for_password(), expected="a password is asked for", actual=sign_in_page.describe_page)
    below = sign_in_page.is_below_password()
    check(below is not None, expected='there is "Reset your password"', actual=sign_in_page.describe_page)
    check(bool(below), expected='"Reset your password" stands below the password', actual="it stands above")


@when("somebody tries to sign in with another password, and with the right one in another case")
def somebody_tries_to_sign_in(visitor: Member) -> None:
    """Try a letter more than the right one has, and its last letter in another case; more tries may lock the account.

    Some sites forgive a first letter that a phone made large, or all of them after Caps Lock.
    """
    own = visitor.account.password or _ANOTHER_PASSWORD
    for another in filter(None, (f"{own}s", in_another_case(own))):
        the_member_is_about_to_sign_in(visitor).try_password(visitor.account.email, another)
        hold_signed_out(visitor, "another password", "doc:sign-in.1")


@then("nobody is signed in")
def nobody_is_signed_in(visitor: Member) -> None:
    hold_signed_out(visitor, "another password", "doc:sign-in.1")


@when("somebody tries to reset the password with another code", target_fixture="taken")
def somebody_tries_a_code(visitor: Member) -> bool:
    """Try with the password that the account has, on a site, so that nobody is locked out if a code is taken.

    There are two tries: a site may look at a code's end alone, or at its beginning, where the mail tells the right one.
    """
    page, inbox, mailed = the_member_is_about_to_sign_in(visitor), None, None
    with suppress(NotVerifiedError):
        inbox = Inbox(visitor.target, visitor.account, visitor.account.email)
    page.reset(visitor.account.email)
    with suppress(NotVerifiedError):
        mailed = inbox.code() if inbox else None
    own = None if visitor.target.sets_up else visitor.account.password
    for another in other_codes(mailed) if mailed else _ANOTHER_CODES:
        if page.choose_password(another, own or _NEW_PASSWORD, is_right=False):
            return True
        if not page.asks_for_code():  # which no site promises, once one was refused
            break
    return False


@then("no password can be chosen with it")
def no_password_can_be_chosen(taken: bool) -> None:  # noqa: FBT001 - pytest passes fixtures by name
    check(not taken, expected="a code that was not mailed is refused", actual="it is taken, and a new password with it")


@pytest.fixture
def inbox(visitor: Member) -> Inbox:
    """The member's mail from now on."""
    return Inbox(visitor.target, visitor.account, visitor.account.email)


@when("the member asks to reset the password", target_fixture="sign_in_page")
def the_member_asks_to_reset(visitor: Member, inbox: Inbox) -> PasswordPage:  # noqa: ARG001 - knows what came before
    page = the_member_is_about_to_sign_in(visitor)
    page.reset(visitor.account.email)
    return page


@then("a code is asked for")
def a_code_is_asked_for(sign_in_page: PasswordPage) -> None:
    check(sign_in_page.asks_for_code(), expected="a code is asked for", actual=sign_in_page.describe_page)


@then("the code is in the member's mail", target_fixture="code")
def the_code_is_mailed(inbox: Inbox) -> str | None:
    code = inbox.code()
    check(bool(code), expected="a code is in the mail", actual=f"there is none within {inbox.limit:g} s")
    return code


@then("a new password can be chosen with it")
def a_password_can_be_chosen(visitor: Member, sign_in_page: PasswordPage, code: str) -> None:
    """Choose one; on a site the one that the account has, so that nobody is locked out whatever comes in between."""
    own = None if visitor.target.sets_up else visitor.account.password
    taken = sign_in_page.choose_password(code, own or _NEW_PASSWORD)
    if own:
        visitor.target.session_ended(visitor.account)  # a new password may end all sessions
    if not taken and own and sign_in_page.refuses_password():
        raise NotVerifiedError(
            f"The site does not take the account's own password again. {sign_in_page.describe_page()}"
        )
    check(taken, expected="the code is taken, and a new password with it", actual=sign_in_page.describe_page)


@then("the member can sign in with the new password")
def the_member_signs_in_with_it(visitor: Member, member_of: Callable[[Account, StorageState | None], Member]) -> None:
    own = None if visitor.target.sets_up else visitor.account.password
    anew = member_of(replace(visitor.account, password=own or _NEW_PASSWORD), None)
    page = PasswordPage(anew.page, anew.target.profile)
    try:
        anew.sign_in()
    except ElementNotFoundError as error:
        raise BrokenPromiseError(_SIGNED_IN, str(error), "doc:sign-in.1") from error
    is_in = anew.navigation.until(anew.navigation.is_signed_in, anew.immediate_timeout_s)
    check(bool(is_in), expected=_SIGNED_IN, actual=page.describe_page)


@when("the member looks into the profile menu", target_fixture="menu")
def the_member_looks_into_the_menu(member: Member) -> ProfileMenu:
    menu = ProfileMenu(member.page, member.target.profile)
    menu.open()
    return menu


@then('"Log out" is offered there')
def log_out_is_offered(menu: ProfileMenu) -> None:
    check(menu.offers_log_out(), expected='"Log out" is in the profile menu', actual=menu.describe_page)


@then('"Log out" is offered on Billing too')
def log_out_is_offered_on_billing(member: Member) -> None:
    """Look into the menu there; Workspace Settings may have a frame of its own, without the profile icon."""
    member.navigation.go_to_billing()
    menu = ProfileMenu(member.page, member.target.profile)
    offered = menu.offers_log_out_beside_settings()
    check(offered is not False, expected='"Log out" is in the profile menu there too', actual=menu.describe_page)


@when("the member logs out")
def the_member_logs_out(member: Member) -> None:
    log_out(member)


@then("the member has to sign in again")
def the_member_has_to_sign_in(member: Member) -> None:
    hold_signed_out(member)
