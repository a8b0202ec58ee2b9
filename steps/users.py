"""Steps about Users and about the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from steps.pages.polling import until
from steps.pages.profile_menu import PasswordPage, ProfileMenu
from steps.pages.sign_in import SignInPage
from steps.pages.users import UserRow, UsersPage
from steps.verdicts.expectations import expect

if TYPE_CHECKING:
    from steps.actors.member import Member


@when("the member looks at Users", target_fixture="users")
def the_member_looks_at_users(member: Member) -> list[UserRow]:
    users = UsersPage(member.page, member.target.profile)
    member.shell.click_until(users.labels.of("users"), users.shows)
    return users.members()


@then("the member is listed with role, access and last login")
def the_member_is_listed(member: Member, users: list[UserRow]) -> None:
    own = [one for one in users if one.is_of(member.account.email, member.account.name)]
    # A saved session does not tell whose it is, and a list may name people without their addresses.
    known = bool(member.account.email) and any(one.is_of("@") for one in users)
    _told(own if own or known else [one for one in users if not one.missing] or users[:1])


@then("all members are listed with role, access and last login")
def all_members_are_listed(member: Member, users: list[UserRow]) -> None:
    absent = [email for email in member.account.everybody if not any(one.is_of(email) for one in users)]
    expect(not absent, "all members are listed", f"not listed: {', '.join(absent)}")
    _told(users)


@then("the members of the own workspace are listed, and no others")
def only_own_members(member: Member, users: list[UserRow]) -> None:
    beyond = [one.text for one in users if not one.is_of(*member.account.everybody)]
    expect(not beyond, "only members of the own workspace", f"also {'; '.join(beyond)}")
    _told(users)


@when("the member is about to sign in", target_fixture="entrance")
def the_member_is_about_to_sign_in(visitor: Member) -> PasswordPage:
    visitor.shell.visit(visitor.target.profile.routes.sign_in)
    page = PasswordPage(visitor.page, visitor.target.profile)
    page.ask(visitor.account.email)
    return page


@then('"Reset your password" is offered below the password')
def a_reset_is_offered(entrance: PasswordPage) -> None:
    expect(entrance.asks_for_password(), "a password is asked for", entrance.describe_page)
    below = entrance.is_below_password()
    expect(below is not None, 'there is "Reset your password"', entrance.describe_page)
    expect(bool(below), '"Reset your password" stands below the password', "it stands above")


@when("the member asks to reset the password", target_fixture="entrance")
def the_member_asks_to_reset(visitor: Member) -> PasswordPage:
    page = the_member_is_about_to_sign_in(visitor)
    page.reset(visitor.account.email)
    return page


@then("a code is asked for, and is in the member's mail")
def a_code_is_mailed(visitor: Member, entrance: PasswordPage) -> None:
    expect(entrance.asks_for_code(), "a code is asked for", entrance.describe_page)
    code = until(lambda: visitor.target.mailed_code(visitor.account), visitor.immediate_timeout_s, every=0.2)
    expect(bool(code), "a code is in the mail", "there is none")


@when("the member looks into the profile menu", target_fixture="menu")
def the_member_looks_into_the_menu(member: Member) -> ProfileMenu:
    menu = ProfileMenu(member.page, member.target.profile)
    menu.open()
    return menu


@then('"Log out" is offered there')
def log_out_is_offered(menu: ProfileMenu) -> None:
    expect(menu.offers_log_out(), '"Log out" is in the profile menu', menu.describe_page)


@when("the member logs out")
def the_member_logs_out(member: Member) -> None:
    ProfileMenu(member.page, member.target.profile).log_out()


@then("the member has to sign in again")
def the_member_has_to_sign_in(member: Member) -> None:
    routes = member.target.profile.routes
    member.shell.visit(routes.billing or routes.start)
    entrance = SignInPage(member.page, member.target.profile)
    expect(bool(until(entrance.is_shown, member.immediate_timeout_s)), "the sign-in page", entrance.describe_page)


def _told(listed: list[UserRow]) -> None:
    expect(bool(listed), "the member is listed", "the member is not")
    for one in listed:
        missing = ", ".join(one.missing)
        expect(not missing, "role, access and last login of each", f"“{one.text}” lacks {missing}")
