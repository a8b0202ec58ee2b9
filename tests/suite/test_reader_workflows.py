"""Ways to run a workflow, read from lists and forms as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.workspace.workflows import read_entries, read_form
from steps.targets.labels import Label
from tests.suite.support.workflow_pages import PROFILE, labelled, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page


NAV = """<style>.r,.c{cursor:pointer}</style><nav><a href='/'>Home</a> <a href='/flows'>Flows</a></nav>
<header role=banner><button>Upgrade plan</button></header>
<main><h1>Flows</h1><button>New workflow</button> <a href='/templates'>Templates</a> <button>All</button>
<button>Mine</button> <button>Team</button>"""
END = "<p><a href='/flows?page=2'>Next</a> <a href='https://docs.example/flows'>How flows work</a></p></main>"
LINK = "<a href='/flows/{0}'>{0}</a>"


def rows(item: str) -> str:
    return "".join(item.format(name) for name in ("Summarise a text", "Delete spam", "Sort mail"))


LISTS = {
    "links": f"<ul>{rows(f'<li>{LINK}</li>')}</ul>",
    "links of one box": f"<div>{rows(LINK)}</div>",
    "links called navigation": f"<div role=navigation>{rows(LINK)}</div><nav><a href='/'>Home</a> / Flows</nav>",
    "spans": rows("<div><span role=link tabindex=0>{0}</span></div>"),
    "cards": rows("<div class=c><h3>{0}</h3><p>Last run 3 days ago</p></div>"),
    "cards with a menu": rows(
        f"<article><h3>{LINK}</h3><button aria-haspopup=menu>⋯</button><button>Delete</button></article>"
    ),
    "links below a logo": "<div><h3><a href='/'>Railcar</a></h3></div>"
    f"<div><table>{rows(f'<tr><td>{LINK}')}</table></div>",
    "rows to open": f"<table>{rows('<tr><td>{0}<td><button>Delete</button><button>Open</button>')}</table>",
    "rows to view": rows(
        "<div><span>{0}</span> <button aria-label='Duplicate {0}'>D</button> <button>View</button></div>"
    ),
    "grid": f"<div role=grid>{rows('<div role=row class=r><p role=cell>{0}</p><p role=cell>Idle</p></div>')}</div>",
    "title buttons": rows("<div role=row><button>{0}</button> <button aria-label='Star {0}'>☆</button></div>"),
    "one link": "<div><a href='/flows/1'>Summarise a text</a></div>",
    "one span": "<div><span role=link tabindex=0>Summarise a text</span></div>",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_the_first_workflow_of_a_list_is_opened_and_nothing_else(page: Page, listed: str) -> None:
    snapshot = shown(page, NAV + listed + END)
    found = read_entries(snapshot, PROFILE)
    assert isinstance(found, Fact), found
    names = [one.name for one in found.value]
    first = snapshot.elements[found.value[0].element]
    assert names[0] in {"Open", "View"} or names[0].startswith("Summarise a text"), names
    assert first.box.y == min(snapshot.elements[one.element].box.y for one in found.value)
    unwanted = (
        "Delete",
        "New",
        "Templates",
        "All",
        "Next",
        "How",
        "Upgrade",
        "Home",
        "Flows",
        "Duplicate",
        "Star",
        "⋯",
    )
    assert not [name for name in names if name.startswith(unwanted)]


def test_navigation_made_of_plain_boxes_is_no_list(page: Page) -> None:
    side = "".join(f"<div role=link tabindex=0>{name}</div>" for name in ("Home", "Flows", "Users"))
    listed = "<div><span role=link tabindex=0>Sort mail</span></div>"
    found = read_entries(shown(page, f"<div>{side}</div><div>{listed}</div>"), PROFILE)
    assert isinstance(found, Fact)
    assert [one.name for one in found.value] == ["Sort mail"]


IN_A_TABLE = """<style>td > a{{display:block}}summary{{cursor:pointer}}</style><table style='width:900px'><tr>
<td colspan=2>Diaflow<tr><td><a href=/flows>Workflows</a> <a href=/users>Users</a>
<details style='position:fixed;bottom:12px'><summary title=Profile>Ada Byron</summary><a href=/settings>Settings</a>
</details><td><h1>Workflows</h1><table><tr><th>Name<th>Status<th>{}</table></table>"""
IN_ROWS = rows("<tr><td>{0}<td>Active<td><a href='/flows/1'>Open</a>")


def test_a_table_may_hold_the_whole_page(page: Page) -> None:
    found = read_entries(shown(page, IN_A_TABLE.format(IN_ROWS)), PROFILE)
    assert isinstance(found, Fact)
    assert [one.name for one in found.value] == ["Open"] * 3


def test_what_was_on_the_page_before_belongs_to_no_list(page: Page) -> None:
    frame = "<a href='/acme'>Acme Ltd</a><br>"
    before = shown(page, frame)
    found = read_entries(shown(page, frame + LINK.format("mail")), PROFILE, before)
    assert isinstance(found, Fact)
    assert [one.name for one in found.value] == ["mail"]


def test_what_may_change_something_is_not_opened(page: Page) -> None:
    only = "<p>No workflows yet.</p><button>Create your first workflow</button><a href='/billing/plans'>Upgrade</a>"
    assert isinstance(read_entries(shown(page, only), PROFILE), Absent)


def test_several_things_that_are_no_list_are_unclear_until_the_profile_names_one(page: Page) -> None:
    html = "<p><a href='/flows/1'>Monday report</a></p><div><button>Inbox digest</button></div>"
    found = read_entries(shown(page, html), PROFILE)
    assert isinstance(found, Unclear)
    assert found.settle == 'labels.workflow = "…"'
    for label in ("Inbox digest", Label(selector="div button")):
        profile = labelled(workflow=label)
        settled = read_entries(shown(page, html, profile), profile)
        assert isinstance(settled, Fact)
        assert [one.name for one in settled.value] == ["Inbox digest"]


def test_the_profile_names_the_workflow_to_open(page: Page) -> None:
    profile = labelled(workflow="Delete spam")
    found = read_entries(shown(page, NAV + LISTS["links"] + END, profile), profile)
    assert isinstance(found, Fact)
    assert [one.name for one in found.value] == ["Delete spam"]


def test_a_workflow_whose_title_is_plain_text_is_opened_by_what_stands_with_it(page: Page) -> None:
    profile = labelled(workflow="Translate")
    cards = "".join(
        f"<article><h3>{name}</h3><p>For support</p><a href='/flows/{at}'>Open</a></article>"
        for at, name in enumerate(("Summarise a text", "Translate to German"), 1)
    )
    snapshot = shown(page, NAV + cards + END, profile)
    found = read_entries(snapshot, profile)
    assert isinstance(found, Fact)
    assert [snapshot.elements[one.element].href.rpartition("/")[2] for one in found.value] == ["2"]


TEXT = "<label>Text <textarea></textarea></label>"
FORMS = {
    "form": f"<form>{TEXT}<p><button>Run</button></form>",
    "boxes": f"<div><div>{TEXT}</div><p><button>▶ Run workflow</button></div>",
    "start": f"<form>{TEXT}<button>Start</button></form>",
    "generate": f"<div>{TEXT}</div><div><button>Generate summary</button></div>",
    "submit": f"<form>{TEXT}<input type=submit></form>",
    "a command bar": "<div role=menubar><button role=menuitem><i>\u25b6</i>Run</button>"
    f"<button role=menuitem>Edit</button></div><div>{TEXT}</div>",
    "a line": "<form><label>Text <input></label><button>Run</button></form>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_form_of_an_opened_workflow_is_found(page: Page, form: str) -> None:
    search = "<form role=search><input type=search><input aria-label='Search flows'><button>Submit</button></form>"
    snapshot = shown(page, f"{search}<h1>Sort mail</h1><a href='/runs'>Run history</a>{form}")
    found = read_form(snapshot, PROFILE, opened=True)
    assert found is not None
    assert (snapshot.elements[found.text].role, snapshot.elements[found.text].name) == ("textbox", "Text")
    assert snapshot.elements[found.button].name in {
        "Run",
        "▶Run",
        "▶ Run workflow",
        "Start",
        "Generate summary",
        "Submit",
    }


NO_FORMS = {
    "history": "<a href='/runs'>Run history</a> <button>Run all</button>",
    "disabled": "<button disabled>Run</button>",
    "trial": f"{TEXT}<button>Start free trial</button>",
    "feedback": "<form><textarea aria-label='Feedback'></textarea><button>Submit</button></form>",
    "no text": "<button>Start</button>",
}


@pytest.mark.parametrize(
    "form",
    [
        "<div role=textbox contenteditable=true aria-label=Message></div><button aria-label=Send>^</button>",
        "<textarea placeholder='Paste your customer feedback here'></textarea><button>\u2728 Generate</button>",
    ],
)
def test_an_opened_workflow_is_run_by_what_stands_behind_its_text(page: Page, form: str) -> None:
    found = read_form(shown(page, f"<h1>Recipes</h1>{form}<p>Send feedback</p>"), PROFILE, opened=True)
    assert found is not None
    assert found.text >= 0


def test_folders_beside_a_list_are_no_workflows(page: Page) -> None:
    folders = "<aside><ul><li><a href='/?f=1'>Finance (1)</a><li><a href='/?f=2'>Marketing (3)</a></ul></aside>"
    flows = "<main><ul><li><a href='/flows/9'>Invoice reader</a><li><a href='/flows/8'>Slogans</a></ul></main>"
    found = read_entries(shown(page, folders + flows), PROFILE)
    assert isinstance(found, Fact)
    assert [one.name for one in found.value] == ["Invoice reader", "Slogans"]


@pytest.mark.parametrize("html", NO_FORMS.values(), ids=NO_FORMS)
def test_what_runs_no_workflow_is_no_form(page: Page, html: str) -> None:
    assert read_form(shown(page, html), PROFILE, opened=True) is None


def test_start_runs_nothing_on_the_list_itself(page: Page) -> None:
    assert read_form(shown(page, FORMS["start"]), PROFILE) is None


def test_a_link_that_leads_on_to_the_workflows_runs_none(page: Page) -> None:
    link = "<h1>Welcome</h1><a href='/flows'>Run a flow</a>"
    assert read_form(shown(page, link), PROFILE) is None
    assert read_form(shown(page, f"{link} <a href='#run'>Run</a>"), PROFILE) is not None
