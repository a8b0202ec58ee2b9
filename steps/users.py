"""Steps about Users and about the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from steps.pages.users import UserRow, UsersPage
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member


@when("the member looks at Users", target_fixture="users")
def the_member_looks_at_users(member: Member) -> list[UserRow]:
    users = UsersPage(member.page, member.target.profile)
    member.navigation.click_until(users.labels.of("users"), users.shows)
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
    check(not absent, expected="all members are listed", actual=f"not listed: {', '.join(absent)}")
    _told(users)


@then("this workspace's members are listed")
def own_members_are_listed(member: Member, users: list[UserRow]) -> None:
    all_members_are_listed(member, users)


@then("nobody else is listed")
def nobody_else_is_listed(member: Member, users: list[UserRow]) -> None:
    beyond = [one.text for one in users if not one.is_of(*member.account.everybody)]
    check(not beyond, expected="only members of this workspace", actual=f"also {'; '.join(beyond)}")


def _told(listed: list[UserRow]) -> None:
    check(bool(listed), expected="the member is listed", actual="the member is not")
    for one in listed:
        missing = ", ".join(one.missing)
        check(not missing, expected="role, access and last login of each", actual=f"“{one.text}” lacks {missing}")
