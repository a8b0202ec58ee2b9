"""The members of a workspace, read from lists as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.workspace.users import read_users
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.workspace.user_rows import UserRow

PROFILE = Profile(base_url="http://site.example")
HEAD = ("Member", "Role", "Access", "Last login")
ROWS = (
    ("<div>Quinn Adams</div><div>qa@example.com</div>", "Owner", "Full access", "Nov 25, 2026"),
    ("<div>Robin Meyer</div><div>robin@example.com</div>", "Member", "3 flows", "Never"),
)
FLEX = "<style>.r{display:flex}.r>*{flex:1}.g{display:grid;grid-template-columns:repeat(4,1fr)}</style>"


def _cells(row: tuple[str, ...], tag: str = "div", role: str = "") -> str:
    return "".join(f"<{tag} {role}>{cell}</{tag}>" for cell in row)


def _boxes(rows: tuple[tuple[str, ...], ...]) -> str:
    return FLEX + "".join(f"<div class=r>{_cells(row)}</div>" for row in (HEAD, *rows))


def users(page: Page, html: str) -> tuple[UserRow, ...]:
    page.set_content(
        f"<nav><a href='#'>Home</a> <a href='#'>Users</a></nav><h1>Users</h1><p>2 of 5 seats used</p>{html}"
    )
    found = read_users(capture(page), PROFILE)
    assert isinstance(found, Fact), found
    return found.value


GLUED = (
    "<li><b>Somebody</b><span>{}</span><div><span>Role</span> {}</div><div><span>Access</span> {}</div>"
    "<div><span>Last login</span> {}</div></li>"
)
CARD = "<article><p>{}</p><p>Role: {}</p><p>Access</p><p>{}</p><p>Last login: {}</p></article>"
SIDE_BY_SIDE = (
    "<style>ul{{display:grid;grid-template-columns:repeat(3,1fr);list-style:none;gap:12px}}{}</style>"
    "<p>qa@example.com</p><ul>{}</ul>"
)
ENTRY = (
    "<li><div><span aria-hidden=true>QA</span><div>{}</div></div><dl><div><dt>Role</dt><dd>{}</dd></div>"
    "<div><dt>Access</dt><dd>{}</dd></div><div><dt>Last login</dt><dd><time>{}</time></dd></div></dl></li>"
)
FLAT = "dl>div{display:flex;justify-content:space-between}dd{margin:0}"
WIDE = "dl{display:flex;gap:9px}dd{margin:0}"


def _entries(rows: tuple[tuple[str, ...], ...], style: str) -> str:
    return SIDE_BY_SIDE.format(style, "".join(ENTRY.format(*row) for row in rows))


LISTS = {
    "boxes": _boxes(ROWS),
    "table": f"<table><tr>{_cells(HEAD, 'th')}</tr>"
    + "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in ROWS)
    + "</table>",
    "roles": FLEX
    + f"<div role=table><div role=row class=r>{_cells(HEAD, 'div', 'role=columnheader')}</div>"
    + "".join(f"<div role=row class=r>{_cells(row, 'div', 'role=cell')}</div>" for row in ROWS)
    + "</div>",
    "headings in a table of their own": "<table style='table-layout:fixed;width:800px'>"
    f"<tr>{_cells(HEAD, 'th')}</table>"
    "<table style='table-layout:fixed;width:800px'>"
    + "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in ROWS)
    + "</table>",
    "headings above and below": f"<table><thead><tr>{_cells(HEAD, 'th')}</thead>"
    + "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in ROWS)
    + f"<tfoot><tr>{_cells(HEAD, 'th')}</tfoot></table>",
    "addresses in rows of their own": f"<table><tr>{_cells(HEAD, 'th')}</tr>"
    + "".join(
        f"<tbody><tr><td rowspan=2>Somebody</td>{_cells(row[1:], 'td')}</tr><tr><td colspan=3>{row[0]}</td></tr>"
        for row in ROWS
    )
    + "</table>",
    "labels below their values": "<ul>"
    + "".join(
        f"<li>{name}<div><p>{role}</p><p>role</p></div><div><p>{access}</p><p>access</p></div><div><p>{login}</p>"
        "<p>last login</p></div></li>"
        for name, role, access, login in ROWS
    )
    + "</ul>",
    "words alone": "<ul>"
    + "".join(
        f"<li style='display:flex'><div>{name}</div><i>{role}</i><p>{access}. Last login was {login}</p></li>"
        for name, role, access, login in ROWS
    )
    + "</ul>",
    "facts in a sentence": "<ul>"
    + "".join(
        f"<li>{name}<p>{role}</p><p>Access: {access}. Last login: {login}</p></li>"
        for name, role, access, login in ROWS
    )
    + "</ul>",
    "a table in a cell": "<table><tr><th>User</th><th>Rights</th><th>Last login</th></tr>"
    + "".join(
        f"<tr><td>{name}</td><td><table><tr><th>Role</th><td>{role}</td></tr><tr><th>Access</th><td>{access}</td></tr>"
        f"</table></td><td>{login}</td></tr>"
        for name, role, access, login in ROWS
    )
    + "</table>",
    "list": FLEX
    + f"<div class=r>{_cells(HEAD)}</div><ul style='margin:0;padding:0;list-style:none'>"
    + "".join(f"<li class=r>{_cells(row)}</li>" for row in ROWS)
    + "</ul>",
    "grid without rows": FLEX + f"<div class=g>{_cells(HEAD)}{_cells(ROWS[0])}{_cells(ROWS[1])}</div>",
    "entries side by side": _entries(ROWS, FLAT),
    "entries whose labels stand side by side": _entries(ROWS, WIDE),
    "a table below a filter": "<label>Role</label><select><option>All</select>" + _boxes(ROWS),
    "labels before values in their lines": "<ul>"
    + "".join(GLUED.format(row[0].rpartition("<div>")[2].removesuffix("</div>"), *row[1:]) for row in ROWS)
    + "</ul>",
    "cards": "".join(CARD.format(*row) for row in ROWS),
    "headings in other forms": _boxes(ROWS)
    .replace(">Role<", ">Roles \u2195<")
    .replace(">Access<", ">Access level<")
    .replace(">Last login<", ">Last login (UTC)<"),
    "initials before the name": "<style>.r{display:grid;grid-template-columns:40px repeat(4,1fr)}"
    ".r{align-items:center}</style>"
    f"<div class=r><i></i>{_cells(HEAD)}</div>"
    + "".join(f"<div class=r><i>QR</i>{_cells((f'Somebody<p>{row[0]}</p>', *row[1:]))}</div>" for row in ROWS),
    "signs of what can be done": f"<table><tr>{_cells((*HEAD, ''), 'th')}</tr>"
    + "".join(f"<tr>{_cells((*row, chr(0x22EF)), 'td')}</tr>" for row in ROWS)
    + "</table>",
    "values that can be changed": _boxes(tuple((row[0], f"{row[1]} \u25be", *row[2:]) for row in ROWS)),
}


@pytest.mark.parametrize("name", LISTS)
def test_members_are_read_however_they_are_listed(page: Page, name: str) -> None:
    found = users(page, LISTS[name])
    assert [(one.email, one.role, one.access, one.last_login) for one in found] == [
        ("qa@example.com", "Owner", "Full access", "Nov 25, 2026"),
        ("robin@example.com", "Member", "3 flows", "Never"),
    ]
    assert found[0].is_of("QA@example.com")
    assert not found[0].is_of("robin@example.com")


def test_cells_out_of_line_are_told_by_their_place(page: Page) -> None:
    loose = _boxes(ROWS).replace(".r>*{flex:1}", ".r{gap:30px}")
    assert [(one.role, one.access) for one in users(page, loose)] == [("Owner", "Full access"), ("Member", "3 flows")]


def test_cells_out_of_line_that_are_too_many_are_unclear(page: Page) -> None:
    rows = tuple(("<img width=30 height=30 alt=''>", *row) for row in ROWS)
    page.set_content("<h1>Users</h1>" + _boxes(rows).replace(".r>*{flex:1}", ".r{gap:30px}"))
    assert isinstance(read_users(capture(page), PROFILE), Unclear)


def test_a_single_member_is_read(page: Page) -> None:
    (found,) = users(page, _boxes(ROWS[:1]))
    assert (found.role, found.access, found.last_login) == ("Owner", "Full access", "Nov 25, 2026")


def test_what_a_row_does_not_tell_is_missing(page: Page) -> None:
    rows = ((ROWS[0][0], "Owner", "", "Never"), (ROWS[1][0], "undefined", "3 flows", "Never"), (*ROWS[0][:3], ""))
    assert [one.missing for one in users(page, _boxes(rows))] == [("access",), ("role",), ("last_login",)]


@pytest.mark.parametrize("style", [FLAT, WIDE])
def test_what_an_entry_does_not_tell_is_missing(page: Page, style: str) -> None:
    edit = "<button>Edit</button>"
    rows = ((ROWS[0][0], "Owner", "", "Never"), (*ROWS[1][:3], ""), (ROWS[1][0], "", "", edit))
    entries = _entries(rows, style).replace(f"<dd><time>{edit}</time></dd>", f"<dd></dd>{edit}")
    assert [one.missing for one in users(page, entries)] == [
        ("access",),
        ("last_login",),
        ("role", "access", "last_login"),
    ]


@pytest.mark.parametrize("prompt", ["-- select --", "Select a role", "Please choose"])
def test_a_list_in_which_nothing_is_chosen_tells_no_role(page: Page, prompt: str) -> None:
    role = f"<select><option>{prompt}<option>Owner<option>Member</select>"
    rows = ((ROWS[0][0], role, *ROWS[0][2:]), ROWS[1])
    assert [one.missing for one in users(page, _boxes(rows))] == [("role",), ()]


def test_a_missing_column_is_missing_for_all(page: Page) -> None:
    html = f"<table><tr>{_cells(HEAD[:3], 'th')}</tr>" + "".join(f"<tr>{_cells(row[:3], 'td')}</tr>" for row in ROWS)
    assert [one.missing for one in users(page, html + "</table>")] == [("last_login",), ("last_login",)]


def test_a_list_without_headings_is_unclear(page: Page) -> None:
    page.set_content("<h1>Users</h1>" + FLEX + "".join(f"<div class=r>{_cells(row)}</div>" for row in ROWS))
    found = read_users(capture(page), PROFILE)
    assert isinstance(found, Unclear)
    assert found.settle == 'labels.last_login = { selector = "…" }'


def test_a_page_that_lists_nobody_shows_nobody(page: Page) -> None:
    page.set_content("<h1>Home</h1><p>Role and access of each member stand below Users.</p>")
    assert isinstance(read_users(capture(page), PROFILE), Absent)


def test_a_heading_may_have_a_figure_in_its_name(page: Page) -> None:
    rows = "".join(f"<tr>{_cells((*row, 'On'), 'td')}</tr>" for row in ROWS)
    found = users(page, f"<table><tr>{_cells((*HEAD, '2FA'), 'th')}</tr>{rows}</table>")
    assert [one.role for one in found] == ["Owner", "Member"]


def test_what_stands_below_a_table_is_in_no_column(page: Page) -> None:
    found = users(page, LISTS["table"] + "<p style='margin-left: 300px'>3 of 10 seats used</p>")
    assert [one.role for one in found] == ["Owner", "Member"]


def _cards(form: str) -> str:
    return "".join(form.format(*row) for row in ROWS)


@pytest.mark.parametrize(
    "role",
    [
        "<button aria-haspopup=menu aria-label='Role: {0}'>{0} \u25be</button>",
        "<select aria-label='Role of this member'><option>Viewer<option selected>{0}</select>",
        "<button role=combobox aria-label='Change role'>{0}</button>",
    ],
)
def test_facts_that_share_a_line_and_a_role_that_can_be_changed_are_told(page: Page, role: str) -> None:
    line = "<small>Access: {} \u00b7 Last login: <time title='at 10:34 PM'>{}</time></small>"
    rows = "".join(
        f"<li style='display:flex'><div>{name}{line.format(access, login)}</div>{role.format(own)}</li>"
        for name, own, access, login in ROWS
    )
    found = users(page, f"<ul>{rows}</ul>")
    assert [(one.role, one.access, one.last_login) for one in found] == [row[1:] for row in ROWS]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        (_boxes(ROWS).replace("Last login", "Last active"), 'labels.last_login = "Last active"'),
        (_boxes(ROWS).replace("Access", "Rights"), 'labels.access = "Rights"'),
        (
            _cards("<article>{}<b>{}</b><p>Access: {}</p><p>Last login: {}</p></article>"),
            'labels.role = { selector = "…" }',
        ),
        (
            _cards("<article>{}<p>{} · {}</p><p>Last login: {}</p></article>"),
            'labels.role = { selector = "…" } and labels.access = { selector = "…" }',
        ),
    ],
    ids=["a column", "another column", "words without a label", "two at once"],
)
def test_what_may_tell_that_which_is_missing_of_all_is_unclear(page: Page, html: str, line: str) -> None:
    page.set_content(html.replace("Owner", "Captain").replace("Full access", "Everything"))
    found = read_users(capture(page), PROFILE)
    assert isinstance(found, Unclear), found
    assert found.settle == line


def test_what_nothing_may_tell_is_missing(page: Page) -> None:
    found = users(page, _boxes(tuple((*row[:3], "Active") for row in ROWS)).replace("Last login", "Status"))
    assert [one.missing for one in found] == [("last_login",)] * 2
    labelled = "<article>{}<p>Role: {}</p><p>Access: {}</p></article>"
    assert [one.missing for one in users(page, _cards(labelled))] == [("last_login",)] * 2


def test_selectors_of_the_profile_tell_what_has_no_label(page: Page) -> None:
    page.set_content(_cards("<article>{}<b class=r>{}</b> <i class=a>{}</i><p>Last login: {}</p></article>"))
    labels = Labels(role=Label(selector=".r"), access=Label(selector=".a"))
    profile = Profile(base_url="http://site.example", labels=labels)
    found = read_users(capture(page, selectors_of(profile)), profile)
    assert isinstance(found, Fact), found
    assert [(one.role, one.access, one.last_login) for one in found.value] == [row[1:] for row in ROWS]


def test_another_table_below_is_no_list_of_members(page: Page) -> None:
    own = (
        "<h2>Users</h2><table><tr><th>Name<th>Role<th>Access<th>Last login<tr><td>Ada Byron <small>You</small>"
        " ada@example.com<td>Owner<td>All folders<td>Nov 30, 2026"
        "<tr><td>Bob Stone bob@example.com<td>Member<td>Drafts<td>Nov 29, 2026</table>"
    )
    invited = (
        "<h2>Pending invitations</h2><table><tr><th>E-mail<th>Role<th>Sent"
        "<tr><td>tom@example.com<td>Member<td>Nov 28, 2026</table>"
    )
    for html in (own + invited, f"<div>{own}</div><div>{invited}</div>"):
        page.set_content(html)
        found = read_users(capture(page, selectors_of(PROFILE)), PROFILE)
        assert isinstance(found, Fact)
        assert [(one.email, one.role, one.access) for one in found.value] == [
            ("ada@example.com", "Owner", "All folders"), ("bob@example.com", "Member", "Drafts"),
        ]  # fmt: skip
