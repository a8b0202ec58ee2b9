"""Users as a colleague sees it: the same members, and a last login of who has just signed in."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps import users as steps
from steps.pages.navigation import AppNavigation
from steps.pages.not_found import ElementNotFoundError
from steps.readers.workspace.user_rows import UserRow
from steps.targets.labels import Labels, words
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEN = Account("Ben", "ben@example.com", password="x")


def row(name: str, last: str = "just now") -> UserRow:
    return UserRow(name, f"{name.lower()}@example.com", "Editor", "All", last, 0)


ALL = [row("Ada"), row("Ben"), row("Eva", "3 days ago")]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (ALL, ""),
        (ALL[:2], "misses ['eva@example.com']"),
        ([row("Ben")], ""),  # a role may be shown nobody else
        ([], ""),
        ([row("Ada"), row("Ben", "2 months ago"), row("Eva")], "2 months ago"),
        ([row("Ada"), row("Ben", "Never"), row("Eva")], "Never"),
        ([row("Ada"), row("Ben"), row("Eva", "\u2014")], "eva@example.com is “3 days ago” to one"),
    ],
)
def test_a_colleague_is_shown_the_same_members(monkeypatch: pytest.MonkeyPatch, seen: list[UserRow], told: str) -> None:
    target = SimpleNamespace(
        is_exclusive=False,
        sets_up=False,
        profile=Profile(base_url="http://site.example"),
        colleague=lambda _: BEN,
        signed_in=lambda _: None,
        now=lambda _: datetime.now(UTC),
    )
    member = cast("Any", SimpleNamespace(target=target, account=Account("Ada", "ada@example.com"), doubts=[]))
    navigation = SimpleNamespace(start=lambda: None)
    colleague = SimpleNamespace(target=target, account=BEN, navigation=navigation)
    monkeypatch.setattr(steps, "the_member_looks_at_users", lambda _: seen)
    with pytest.raises(BrokenPromiseError) if told else nullcontext() as raised:
        steps.listed_alike(member, ALL, cast("Any", lambda *_: colleague))
    assert told in str(getattr(raised, "value", ""))
    assert bool(member.doubts) == (len(seen) == 1)


@pytest.mark.parametrize(("again", "told"), [("just now", ""), ("Never", "ben@example.com is “just now” to one")])
def test_who_has_signed_in_between_two_looks_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, again: str, told: str
) -> None:
    target = SimpleNamespace(
        is_exclusive=True, sets_up=True, colleague=lambda _: BEN, signed_in=lambda _: None,
    )  # fmt: skip
    member = cast("Any", SimpleNamespace(target=target, account=Account("Ada", "ada@example.com")))
    colleague = SimpleNamespace(target=target, account=BEN, navigation=SimpleNamespace(start=lambda: None))
    looks = {id(colleague): [row("Ada"), row("Ben")], id(member): [row("Ada"), row("Ben", again)]}
    monkeypatch.setattr(steps, "the_member_looks_at_users", lambda who: looks[id(who)])
    with pytest.raises(BrokenPromiseError) if told else nullcontext() as raised:
        steps.listed_alike(member, [row("Ada"), row("Ben", "Never")], cast("Any", lambda *_: colleague))
    assert told in str(getattr(raised, "value", ""))


@pytest.mark.parametrize(
    ("was", "now", "theirs", "is_wrong"),
    [
        ("Nov 28, 09:01", "Nov 28, 09:07", "Nov 28, 09:07", True),
        ("Nov 28, 09:01", "Nov 28, 09:01", "Nov 28, 09:01", False),
        ("Nov 28, 09:01", "Nov 28, 09:03", "Nov 28, 09:07", False),
        ("1 minute ago", "2 minutes ago", "2 minutes ago", False),
    ],
)
def test_a_last_login_does_not_become_that_of_who_looks(
    monkeypatch: pytest.MonkeyPatch, was: str, now: str, theirs: str, *, is_wrong: bool
) -> None:
    target = SimpleNamespace(is_exclusive=True, sets_up=True, colleague=lambda _: BEN, signed_in=lambda _: None)
    member = cast("Any", SimpleNamespace(target=target, account=Account("Ada", "ada@example.com")))
    colleague = SimpleNamespace(target=target, account=BEN, navigation=SimpleNamespace(start=lambda: None))
    monkeypatch.setattr(steps, "the_member_looks_at_users", lambda _: [row("Ada", now), row("Ben", theirs)])
    with pytest.raises(BrokenPromiseError, match="which is that of ben") if is_wrong else nullcontext():
        steps.listed_alike(member, [row("Ada", was), row("Ben", "Nov 2, 08:00")], cast("Any", lambda *_: colleague))


@pytest.mark.parametrize(
    ("name", "shown", "is_found"), [("Users", "Users", True), ("Members", "Members", True), ("Users", "Members", False)]
)
def test_users_are_looked_for_in_the_settings_too(page: Page, name: str, shown: str, *, is_found: bool) -> None:
    page.set_content(
        f"<button hidden id=it onclick='list.hidden = false'>{shown}</button><table hidden id=list><tr><th>Member"
        "<th>Role<th>Access<th>Last login<tr><td>qa@example.com<td>Owner<td>All<td>Today</table>"
    )
    profile = Profile(base_url="http://site.example", limits=Limits(page=1), labels=Labels(users=words(name)))
    way = AppNavigation(page, profile)
    settings = SimpleNamespace(click_until=way.click_until, open_billing=lambda: page.evaluate("it.hidden = false"))
    member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=profile), navigation=settings))
    with nullcontext() if is_found else pytest.raises(ElementNotFoundError, match='There is no "Users"'):
        assert [one.email for one in steps.the_member_looks_at_users(member)] == ["qa@example.com"]


def test_users_that_are_nowhere_are_told_so_where_there_is_no_way_to_the_settings_either(page: Page) -> None:
    page.set_content("<h1>Home</h1>")
    profile = Profile(base_url="http://site.example", limits=Limits(page=0.5))
    member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=profile)))
    member.navigation = AppNavigation(page, profile)
    with pytest.raises(ElementNotFoundError, match='There is no "Users"'):
        steps.the_member_looks_at_users(member)


@pytest.mark.parametrize("theirs", [[row("Eva"), row("Zoe")], [row("Zoe")]])
def test_somebody_whom_two_companies_list_leaves_it_open_whose_member_it_is(
    monkeypatch: pytest.MonkeyPatch, theirs: list[UserRow]
) -> None:
    target, doubts = SimpleNamespace(sets_up=False), list[str]()
    member = cast("Any", SimpleNamespace(target=target, account=Account("Ada", "ada@example.com"), doubts=doubts))
    neighbour = cast("Any", SimpleNamespace(account=Account("Zoe", "zoe@example.com")))
    monkeypatch.setattr(steps, "the_member_looks_at_users", lambda _: theirs)
    steps.nobody_else_is_listed(member, neighbour, ALL)
    assert ["eva@example.com" in one for one in doubts] == [True] * (len(theirs) - 1)


@pytest.mark.parametrize(
    ("access", "last", "is_open"),
    [("\u2014", "3 days ago", True), ("\u2014", "Never", False), ("All", "3 days ago", False)],
)
def test_a_dash_for_what_somebody_may_is_no_proof(access: str, last: str, *, is_open: bool) -> None:
    target = SimpleNamespace(
        sets_up=True, profile=Profile(base_url="http://site.example"), now=lambda _: datetime.now(UTC)
    )
    account = Account("Eva", "eva@example.com", everybody=("eva@example.com",))
    member = SimpleNamespace(target=target, account=account, doubts=list[str]())
    steps.all_members_are_listed(cast("Any", member), [replace(row("Eva", last), access=access)])
    assert ["a dash for access" in one for one in member.doubts] == [True] * is_open


@pytest.mark.parametrize(("hour", "is_red"), [(0, True), (9, True), (11, False)])
def test_nobody_signed_in_on_a_day_that_has_begun_nowhere(hour: int, *, is_red: bool) -> None:
    target = SimpleNamespace(
        sets_up=True,
        profile=Profile(base_url="http://site.example"),
        now=lambda _: datetime(2026, 11, 30, hour, tzinfo=UTC),
    )
    member = cast("Any", SimpleNamespace(target=target, account=Account("Ada", "ada@example.com"), doubts=[]))
    with pytest.raises(BrokenPromiseError, match="Dec 1, 2026") if is_red else nullcontext():
        steps.the_member_is_listed(member, [row("Ada", "Dec 1, 2026, 07:47")])
