"""Steps about Users."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pytest_bdd import then, when

from steps.actors.invoices import days_of
from steps.pages.not_found import ElementNotFoundError
from steps.pages.users import UsersPage
from steps.readers.figures.dates import calendar_of
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.readers.workspace.user_rows import UserRow
    from steps.targets.target import Account


_FIXED = re.compile(r"\d:\d\d")
"""What tells a time of day: many may have signed in on one day."""
_RELATIVE = re.compile(r"\bago\b|\bin the last\b|\bless than\b", re.IGNORECASE)
_LONGEST_RUN = timedelta(hours=2)
"""How long before now somebody may have signed in for this run."""


@when("the member looks at Users", target_fixture="users")
def the_member_looks_at_users(member: Member) -> list[UserRow]:
    users = UsersPage(member.page, member.target.profile)
    called = users.labels.of("users")
    try:
        member.navigation.click_until(called, users.shows)
    except ElementNotFoundError as lacking:
        try:
            member.navigation.open_billing()  # the sidebar of Workspace Settings may be where it stands
            member.navigation.click_until(called, users.shows)
        except ElementNotFoundError:
            raise lacking from None
    return users.everybody()


@then("the member is listed with role, access and last login")
def the_member_is_listed(member: Member, users: list[UserRow]) -> None:
    own = [one for one in users if one.is_of(member.account.email, member.account.name)]
    # A saved session does not tell whose it is, and a list may name people without their addresses.
    known = bool(member.account.email) and any(one.email for one in users)
    listed = own if own or known else [one for one in users if not one.missing] or users[:1]
    _are_described(listed, member)
    barred = [one for one in own if one.barred]
    told = "; ".join(f"“{one.text}”" for one in barred)
    check(not barred, expected="a member who is signed in can use the workspace", actual=told)
    if member.account.password is not None and not member.target.sets_up:
        _hold_sign_in(own, member)


def _hold_sign_in(own: list[UserRow], member: Member) -> None:
    """Hold the last login of who has signed in by the form in this run: on a day that it has been anywhere since.

    On a site whose clock has been moved, the sign-in may have been on another day.
    """
    profile, now = member.target.profile, datetime.now(UTC)
    today = now.astimezone(ZoneInfo(profile.zone)).date()
    first = min(days_of(now - _LONGEST_RUN))
    if abs(member.target.now(member.account).date() - today) > timedelta(days=1):
        return
    calendar = calendar_of(profile, "", [one.last_login for one in own])
    for one in own:
        stale = one.login_before(first, today, calendar)
        told = f"a last login today, {today.day} {today:%B %Y}"
        check(not stale, expected=told, actual=f"“{one.text}”: {one.last_login}")


@then("all members are listed with role, access and last login")
def all_members_are_listed(member: Member, users: list[UserRow]) -> None:
    everybody = member.account.everybody
    if not member.target.sets_up and not any(one.email for one in users):
        raise NotVerifiedError("Users names nobody by e-mail address, so that who is listed cannot be told.")
    absent = [email for email in everybody if not any(one.is_of(email) for one in users)]
    check(not absent, expected="all members are listed", actual=f"not listed: {', '.join(absent)}")
    twice = [email for email, times in Counter(one.email for one in users).items() if email and times > 1]
    check(not twice, expected="each member is listed once", actual=f"listed more than once: {', '.join(twice)}")
    _are_described(users, member)


@then("they are listed alike to another member")
def listed_alike(
    member: Member, users: list[UserRow], member_of: Callable[[Account, StorageState | None], Member]
) -> None:
    account = member.target.colleague(member.account)
    colleague = member_of(account, member.target.signed_in(account))
    colleague.navigation.start()
    seen: list[UserRow] = []
    with suppress(*(() if member.target.sets_up else (ElementNotFoundError,))):  # nobody knows who may look
        seen = the_member_looks_at_users(colleague)
    theirs = {one.email.casefold(): one for one in seen if one.email}
    pairs = [(one, theirs[one.email.casefold()]) for one in users if one.email.casefold() in theirs]
    wrong = [
        f"{one.email} is “{getattr(one, what)}” to one and “{getattr(other, what)}” to another"
        for one, other in pairs
        for what in ("role", "access")
        if _plain(getattr(one, what)) != _plain(getattr(other, what))
    ]
    check(not wrong, expected="the same roles and access whoever looks", actual="; ".join(wrong))
    _hold_logins(pairs)
    _hold_login_of(member, account, pairs)
    if any(one.never_signed_in and not other.never_signed_in for one, other in pairs):  # or since the first look
        again = {one.email.casefold(): one for one in the_member_looks_at_users(member)}
        _hold_logins([(other, again.get(other.email.casefold(), other)) for _, other in pairs])
    lacking = [one.email for one in users if one.email and one.email.casefold() not in theirs]
    if len(seen) == 1 and lacking:
        member.doubts.append(f"Users lists nobody but “{seen[0].text}” to {account.name}, who may not see the others.")
    if len(seen) > 1 and len(theirs) == len(seen):
        check(not lacking, expected="the same members whoever looks", actual=f"{account.name} misses {lacking}")
    if account.password is not None and not member.target.sets_up:
        _hold_sign_in([one for one in seen if one.is_of(account.email)], colleague)


def _hold_logins(pairs: list[tuple[UserRow, UserRow]]) -> None:
    """Raise BrokenPromiseError where one look tells of a login of somebody, and a later one of none."""
    gone = [
        f"{now.email} is “{was.last_login}” to one and “{now.last_login}” to another"
        for was, now in pairs
        if now.never_signed_in and not was.never_signed_in and was.last_login.strip()
    ]
    check(not gone, expected="the same last login whoever looks", actual="; ".join(gone))


def _hold_login_of(member: Member, account: Account, pairs: list[tuple[UserRow, UserRow]]) -> None:
    """Raise BrokenPromiseError where the member's last login has become that of another one who looks now."""
    told = {one.email.casefold(): (one.last_login.strip(), other.last_login.strip()) for one, other in pairs}
    was, now = told.get(member.account.email.casefold(), ("", ""))
    _, theirs = told.get(account.email.casefold(), ("", ""))
    is_fixed = _FIXED.search(now) is not None and _RELATIVE.search(now) is None
    check(
        not is_fixed or now != theirs or was in {"", now},
        expected=f"the last login of {member.account.email} as before, “{was}”",
        actual=f"“{now}”, which is that of {account.email}, who looks at it",
    )


def _plain(told: str) -> str:
    return re.sub(r"\(?\byou\b\)?|\W+", " ", told.casefold()).strip()


@then("this workspace's members are listed")
def own_members_are_listed(member: Member, users: list[UserRow]) -> None:
    all_members_are_listed(member, users)


@then("nobody of the other company is listed")
def nobody_else_is_listed(member: Member, neighbour: Member, users: list[UserRow]) -> None:
    theirs = [one.text for one in users if one.is_of(*neighbour.account.everybody)]
    beyond = [one.text for one in users if member.target.sets_up and not one.is_of(*member.account.everybody)]
    told = "; ".join(dict.fromkeys([*theirs, *beyond]))
    check(not theirs and not beyond, expected="only members of this workspace", actual=f"also {told}")
    if not member.target.sets_up:
        with suppress(ElementNotFoundError, NotVerifiedError):  # what they see is for another scenario
            there = {one.email.casefold() for one in the_member_looks_at_users(neighbour)} - {""}
            both = [one.email for one in users if one.email.casefold() in there]
            member.doubts += [
                f"“{one}” is listed to both companies: a member of both, or shown to others." for one in both
            ]


def _are_described(listed: list[UserRow], member: Member) -> None:
    """Hold what is listed of members: role, access, and a last login that can be one, or "Never"."""
    check(bool(listed), expected="the member is listed", actual="the member is not")
    now, profile = member.target.now(member.account), member.target.profile
    latest = now.astimezone(ZoneInfo(profile.zone)).date() if profile.timezone else max(days_of(now))
    calendar = calendar_of(profile, "", [one.last_login for one in listed])
    for one in listed:
        missing = ", ".join(name.replace("_", " ") for name in one.missing)
        check(not missing, expected="role, access and last login of each", actual=f"“{one.text}” lacks {missing}")
        if one.dashes and not one.never_signed_in:  # of who is only invited there may be none yet
            what = " and ".join(one.dashes)
            member.doubts.append(f"“{one.text}” shows a dash for {what}: there is none, or it is not told.")
        check(not one.unwritten, expected="who is listed by name", actual=f"“{one.text}” has “{one.unwritten}”")
        wrong = one.wrong_login(latest, calendar)
        check(not wrong, expected="a last login in the past", actual=f"“{one.text}”: {one.last_login}")
