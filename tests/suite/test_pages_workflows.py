"""Workflows opened from a list, filled in and run, on pages of many kinds; what `acceptance doctor` says of them."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors.workflows import run_workflow
from steps.pages.workflows import WorkflowsPage
from steps.targets.labels import Label, Labels
from steps.targets.profile import Limits, Profile
from steps.tools.inspection.walkthrough import Walkthrough
from steps.verdicts.verdict import NotVerifiedError
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from steps.tools.inspection.finding import Finding

HOME = "<nav><a href=/>Home</a> <a href=/flows>Flows</a></nav><main>{}</main>"
LIST = "<h1>Flows</h1><button onclick='document.title=`made`'>New</button><ul><li><a href=/flows/1>Mail</a></ul>"
SAYS = "said.textContent = `Completed, ${[...document.querySelectorAll(`textarea,input,select`)].map(e => e.value)}`"
FORM = f"<textarea aria-label=Text></textarea><button onclick='{SAYS}'>Run</button><p id=said></p>"


def site(page: Page, flow: str, listed: str = LIST, start: str = "<p>Hello</p>", **labels: Any) -> WorkflowsPage:
    """Serve a site with a list of workflows and the page of one, and go to its start page."""
    bodies = {"/": start, "/flows": listed, "/flows/1": flow}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://site.example")
        route.fulfill(body=f"<!doctype html>{HOME.format(bodies.get(path, ''))}", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://site.example/")
    profile = Profile(
        base_url="http://site.example", limits=Limits(page=2, payment=2), labels=Labels(**labels), may=["run workflows"]
    )
    return WorkflowsPage(page, profile)


def result(page: Page, flow: str, **labels: Any) -> str:
    flows = site(page, flow, **labels)
    flows.open()
    found = flows.run("Hello")
    assert found.completed
    assert page.title() != "made"
    return found.text


OPENS = (
    f"<button onclick='d.hidden = false; this.disabled = true'>Run</button><div id=d role=dialog hidden>{FORM}</div>"
)
DISABLED = FORM.replace("<button", "<button disabled id=run").replace(
    "<textarea", "<textarea oninput='run.disabled = !value'"
)
REQUIRED = (
    "<form onsubmit='event.preventDefault(); " + SAYS + "'><textarea aria-label=Text required></textarea>"
    "<input aria-label=Tone required><select aria-label=Language required><option value=''>Choose</option>"
    "<option value=en>English</option></select><input aria-label=Note><button>Run</button></form><p id=said></p>"
)
FLOWS = {
    "a form": (FORM, "Completed, Hello"),
    "a form in a pop-up": (OPENS, "Completed, Hello"),
    "a button that waits for the text": (DISABLED, "Completed, Hello"),
    "fields that must be filled": (REQUIRED, "Completed, Hello,Hello,en,"),
    "another page's form": (FORM.replace(">Run<", ">Generate<"), "Completed, Hello"),
}


@pytest.mark.parametrize(("flow", "said"), FLOWS.values(), ids=FLOWS)
def test_the_first_workflow_is_opened_filled_in_and_run(page: Page, flow: str, said: str) -> None:
    assert result(page, flow) == said


CARDS = "<h1>Flows</h1>" + "".join(
    f"<div role=link tabindex=0 onclick='location = `/flows/{at}`'><div>{name}</div><div>Published</div></div>"
    for at, name in enumerate(("Summarise a text", "Translate"), 1)
)


def test_the_page_where_a_member_starts_may_be_the_list_of_workflows(page: Page) -> None:
    flows = site(page, FORM, listed=CARDS, start=CARDS)
    flows.open()
    assert flows.run("Hello").completed


def test_a_list_that_is_drawn_anew_when_it_is_asked_for_is_the_list_still(page: Page) -> None:
    late = "<h1>Flows</h1><p>Loading</p><template>{}</template><script>setTimeout(() => {{ {} }}, 400)</script>"
    draw = "document.querySelector(`main`).innerHTML = document.querySelector(`template`).innerHTML"
    flows = site(page, FORM, listed=late.format(CARDS, draw), start=CARDS)
    flows.open()
    assert flows.run("Hello").completed


@pytest.mark.nightly
def test_a_run_in_other_words_is_settled_by_the_profile(page: Page) -> None:
    flow = FORM.replace("Completed, $", "Summary: $").replace(">Run<", ">Do it<")
    with pytest.raises(NotVerifiedError, match=r'opening it shows nothing[^$]*labels.run = "…"'):
        result(page, flow)
    with pytest.raises(NotVerifiedError, match=r"labels.run_completed = "):
        result(page, flow, run="Do it")
    assert result(page, flow, run="Do it", run_completed="Summary:") == "Summary: Hello"
    assert result(page, flow, run="Do it", run_completed=Label(selector="#said")) == "Summary: Hello"


def test_a_button_that_stays_disabled_is_not_verified(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match="is disabled"):
        result(page, FORM.replace("<button", "<button disabled"))


def test_a_page_that_refuses_to_run_for_lack_of_credits_is_told_so(page: Page) -> None:
    flows = site(page, "<h1>Mail</h1><p>You have no credits left. Add credits to run it.</p>")
    flows.open()
    assert flows.run("Hello").out_of_credits


def test_a_start_page_is_looked_at_once_its_style_sheet_has_come(page: Page) -> None:
    frame = "<link rel=stylesheet href={}><a href=/>Acme</a><p><a href=/flows>Flows</a></p>"

    class Slow(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/": frame.format("/late.css"),
                "/flows": frame.format("/late.css?2") + "<a href=/flows/1>Mail</a>",
            }
            time.sleep(0.7 * (self.path == "/late.css"))
            kind = "text/css" if "css" in self.path else "text/html"
            body = pages.get(self.path, FORM) if kind == "text/html" else "a { position: relative; left: 90px }"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(f"{'<!doctype html>' * (kind == 'text/html')}{body}".encode())

    with serving(Slow) as address:
        page.goto(f"{address}/", wait_until="commit")
        flows = WorkflowsPage(page, Profile(base_url=address, limits=Limits(page=4)))
        flows.open()
        assert flows.name == "Mail"


def test_a_workflow_is_run_once_where_the_page_that_comes_says_nothing_new(page: Page) -> None:
    form = "<form method=post action=/flows/1><textarea aria-label=Text></textarea><button>Run</button></form>"
    flows = site(page, f"{form}<p>Completed</p>")
    runs: list[str] = []
    page.on("request", lambda request: runs.append(request.url) if request.method == "POST" else None)
    flows.open()
    with pytest.raises(NotVerifiedError, match=r"labels\.run_completed"):
        flows.run("Hello")
    assert len(runs) == 1


def test_a_member_without_a_way_to_workflows_is_told_the_line(page: Page) -> None:
    flows = site(page, FORM, flows="Automations")
    with pytest.raises(NotVerifiedError, match=r"labels\.flows"):
        flows.open()


class Deployment:
    """A target, as far as workflows ask."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile


def test_what_cannot_be_told_of_an_account_s_workflows_is_learnt_once(page: Page) -> None:
    target = Deployment(site(page, "<p>Nothing</p>").profile)
    visits: list[str] = []

    def member(key: str) -> Any:
        start = SimpleNamespace(start=lambda: visits.append(key))
        return SimpleNamespace(page=page, target=target, account=SimpleNamespace(key=key), navigation=start)

    for key in ("ada", "ada", "bob"):
        page.goto("http://site.example/")
        with pytest.raises(NotVerifiedError, match="looks like a way to run it"):
            run_workflow(member(key), "small")
    assert visits == ["ada", "bob"]


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (FORM, 'by “Mail”, textbox "Text", button "Run"'),
        (
            "<p>Nothing</p>",
            (
                "“Mail” is in the list of workflows, and opening it shows nothing that looks like a way to run it "
                "(labels.workflow names another)."
            ),
        ),
    ],
)
def test_doctor_tells_how_a_workflow_would_be_run(page: Page, flow: str, said: str) -> None:
    found: list[Finding] = []
    member = SimpleNamespace(page=page, target=SimpleNamespace(profile=site(page, flow).profile))
    Walkthrough(cast("Any", member), (), found.append, lambda *_: None).find_workflow()
    assert [one.how.partition(" The profile line")[0] for one in found] == [said]
    assert page.title() == ""
