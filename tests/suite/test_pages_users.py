"""The list of users as it loads, and what of it can be no last login."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.users import UsersPage
from steps.readers.figures.dates import calendar_of
from steps.readers.workspace.user_rows import UserRow
from steps.targets.profile import Limits, Profile
from steps.users import the_member_is_listed
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
USERS = """<table><thead><tr><th>Name</th><th>Last login</th><th>Role</th><th>Access</th></tr></thead>
<tbody><tr><th scope="row">Ada<br>ada@example.com</th><td>Never</td><td>Owner</td><td>Full</td></tr>
<tr><th scope="row">Bea<br>bea@example.com</th><td></td><td>Member</td><td>Flows</td></tr></tbody></table>"""


def test_users_are_read_by_their_headings(page: Page) -> None:
    page.set_content("<table><tr><th>Credits</th></tr><tr><td>9</td></tr></table>" + USERS)
    ada, bea = UsersPage(page, PROFILE).members()
    assert (ada.role, ada.access, ada.last_login) == ("Owner", "Full", "Never")
    assert ada.is_of("ada@example.com")
    assert not ada.is_of("bea@example.com", "")
    assert bea.missing == ("last_login",)


def test_an_address_within_another_one_is_somebody_else(page: Page) -> None:
    page.set_content(USERS.replace("bea@", "ada@").replace("ada@", "dr.ada@", 1))
    first, second = UsersPage(page, PROFILE).members()
    assert (first.is_of("ada@example.com"), second.is_of("ada@example.com", "Bea")) == (False, True)


def test_users_that_come_late_are_waited_for(page: Page) -> None:
    page.set_content("<h1>Users</h1><div id=late>Loading…</div>")
    page.evaluate("users => setTimeout(() => { late.innerHTML = users }, 300)", USERS)
    patient = msgspec.structs.replace(PROFILE, limits=Limits(page=30))  # closing them takes its time on a busy machine
    assert len(UsersPage(page, patient).members()) == 2


PAGES = """<p>Rows per page: <b>1</b> <span id=part>1 \u2013 1 of 2</span></p>
<button disabled aria-label="Previous page">&lt;</button>
<button aria-label="Next page" id=next>&gt;</button><script>const rows = [...document.querySelectorAll("tbody tr")];
rows[1].remove(); next.onclick = () => { rows[0].replaceWith(rows[1]); part.textContent = "2 \u2013 2 of 2";
next.disabled = true }</script>"""


def test_members_on_a_second_page_are_listed(page: Page) -> None:
    page.set_content(USERS + PAGES)
    assert [one.email for one in UsersPage(page, PROFILE).everybody()] == ["ada@example.com", "bea@example.com"]


def test_more_members_than_there_is_a_known_way_to_are_not_verified(page: Page) -> None:
    page.set_content(USERS + PAGES.replace("Next page", "Weiter"))
    with pytest.raises(NotVerifiedError, match=r"1 \u2013 1 of 2.*"):
        UsersPage(page, PROFILE).everybody()


def test_a_list_without_a_documented_heading_lacks_what_it_tells(page: Page) -> None:
    page.set_content(USERS.replace("<th>Access</th>", "<th>Status</th>"))
    assert UsersPage(page, PROFILE).members()[0].missing == ("access",)


def test_a_heading_of_another_name_may_be_the_documented_one(page: Page) -> None:
    page.set_content(USERS.replace("<th>Access</th>", "<th>Rights</th>"))
    with pytest.raises(NotVerifiedError, match=r'labels\.access = "Rights"'):
        UsersPage(page, PROFILE).members()


def test_users_without_headings_cannot_be_judged(page: Page) -> None:
    people = "".join(f"<tr><td>{one}@example.com</td><td>Owner</td><td>All</td><td>Today</td></tr>" for one in "ab")
    page.set_content(f"<nav><a href='#'>Users</a></nav><h1>Users</h1><table>{people}</table>")
    assert UsersPage(page, PROFILE).shows()
    with pytest.raises(NotVerifiedError, match=r"labels\.access"):
        UsersPage(page, PROFILE).members()
    page.set_content(f"<nav><a href='#'>Users</a></nav><h1>Home</h1><table>{people}</table>")
    assert not UsersPage(page, PROFILE).shows()


@pytest.mark.parametrize(
    ("role", "access", "word"),
    [
        ("Owner (invitation pending)", "All", "invitation"), ("Owner", "All (account deactivated)", "deactivated"),
        ("Owner", "Invited by Ada", ""), ("Owner", "Active", ""), ("Member", "All", ""),
    ],
)  # fmt: skip
def test_a_row_may_say_that_somebody_cannot_use_the_workspace(role: str, access: str, word: str) -> None:
    assert UserRow("Ada", "", role, access, "now", 0).barred == word


def test_a_page_without_users_lists_nobody(page: Page) -> None:
    page.set_content("<h1>Users</h1>")
    with pytest.raises(ElementNotFoundError, match="nobody"):
        UsersPage(page, PROFILE).members()


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("Never", False), ("Just now", False), ("2 hours ago", False), ("Nov 26, 2026", False), ("Today, 10:04", False),
        ("27 November 2026, 00:10", True), ("3 years ago", False), ("1 January 1970, 00:00 UTC", True),
        ("1970-01-01T00:00:00Z", True), ("57 years ago", True), ("1 January 2099", True), ("Nov 28, 2026", True),
        ("in 3 days", True), ("Invited, joins in 3 days", False), ("1796010480000", True),
    ],
)  # fmt: skip
def test_nobody_logged_in_in_1970_or_will_have_tomorrow(text: str, is_wrong: bool) -> None:  # noqa: FBT001 - table
    row = UserRow("Ada", "", "Owner", "Full", text, 0)
    assert row.wrong_login(date(2026, 11, 26), calendar_of(PROFILE)) is is_wrong


@pytest.mark.parametrize(
    ("text", "is_stale"),
    [
        ("Never", True), ("\u2014", True), ("N/A", True), ("Nov 24, 2026, 3:55 PM", True), ("2 days ago", True),
        ("a week ago", True), ("3 years ago", True), ("11/24/2026", True), ("11/12/2026", False), ("12/11/2026", False),
        ("Nov 25, 2026, 23:50", False), ("27 November 2026, 00:10", False), ("1 day ago", False), ("Just now", False),
        ("3 hours ago", False), ("Yesterday", False), ("Joined Nov 3, 2026, seen Nov 26, 2026", False),
    ],
)  # fmt: skip
def test_who_has_signed_in_today_was_not_last_seen_days_ago(text: str, is_stale: bool) -> None:  # noqa: FBT001 - table
    row, today = UserRow("Ada", "", "Owner", "Full", text, 0), date(2026, 11, 26)
    assert row.login_before(date(2026, 11, 25), today, calendar_of(PROFILE)) is is_stale


@pytest.mark.parametrize(
    ("password", "moved", "is_held"), [("secret", 0, True), (None, 0, False), ("secret", 40, False)]
)
def test_the_own_last_login_is_held_where_the_run_signed_in(password: str | None, moved: int, *, is_held: bool) -> None:
    account = SimpleNamespace(email="ada@example.com", name="Ada", password=password)
    target = SimpleNamespace(profile=PROFILE, sets_up=False, now=lambda _: datetime.now(UTC) + timedelta(days=moved))
    member: Any = SimpleNamespace(account=account, target=target)
    ada = UserRow("Ada", "ada@example.com", "Owner", "Full", "3 May 2025", 0)
    with pytest.raises(BrokenPromiseError, match="last login today") if is_held else nullcontext():
        the_member_is_listed(member, [ada])


def test_news_that_lie_over_the_list_are_closed_to_read_it(page: Page) -> None:
    news = "<div id=over role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'>What is new"
    page.set_content(f"{USERS}{news}<button onclick='over.remove()'>Skip tour</button></div>")
    patient = msgspec.structs.replace(PROFILE, limits=Limits(page=30))  # closing them takes its time on a busy machine
    assert len(UsersPage(page, patient).members()) == 2
