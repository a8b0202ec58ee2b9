"""A plan is chosen from the list, and confirmed in whatever way the site asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import pytest

from steps.actors.member import Member
from steps.pages.not_found import ElementNotFoundError
from steps.pages.plans import PlanChoice
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
SHADOW = """(here, words) => { const root = here.attachShadow({ mode: "open" });
root.innerHTML = "<div role=dialog aria-modal=true><button>&times;</button><slot></slot></div>";
here.innerHTML = words }"""
AGREED = (
    "<button onclick='document.body.innerHTML = `<input autocomplete=cc-number>`'>{}</button><button>Cancel</button>"
)
ASKS = "<h3>You keep Pro until May. Then Basic begins.</h3><button {}>Confirm downgrade</button><button>Cancel</button>"


@pytest.mark.parametrize(
    ("before", "error"),
    [("<p>Changes to Basic on 26 December</p>", NotVerifiedError), ("<p>Plans</p>", ElementNotFoundError)],
)
def test_a_plan_without_a_button_is_not_chosen_by_that_of_another(
    page: Page, before: str, error: type[Exception]
) -> None:
    page.set_content(before)
    choice = PlanChoice(page, PROFILE)
    page.set_content(
        "<ul><li><h3>Basic</h3><p>From 26 December</p></li>"
        "<li><h3>Pro</h3><button onclick='document.title = `pro`'>Choose</button></li></ul>"
    )
    with pytest.raises(error, match=r"no way to the plan Basic"):
        choice.take("Basic")
    assert page.title() == ""


TERMS = "<p><input type=checkbox id=terms required> <label for=terms>I have read and accept the terms.</label></p>"


@pytest.mark.parametrize(
    "form", ["<input type=submit value='Confirm and pay'>", f"{TERMS}<input type=submit value='Proceed to payment'>"]
)
def test_a_plan_may_be_reviewed_on_a_page_before_it_is_paid_for(page: Page, form: str) -> None:
    pages = {
        "/plans": "<h3>Basic</h3><h3>Business</h3><a href='/order'>Choose Business</a>",
        "/order": f"<h2>Review your order</h2><form action='/pay'>{form}</form><a href='/plans'>Cancel</a>",
        "/pay": "<h1>Pay</h1><input autocomplete=cc-number>",
    }
    page.route(
        "http://site.example/**",
        lambda asked: asked.fulfill(
            content_type="text/html", body=pages.get(urlsplit(asked.request.url).path, "<p>Pro</p>")
        ),
    )
    page.goto("http://site.example/start")
    choice = PlanChoice(page, PROFILE)
    page.goto("http://site.example/plans")
    assert choice.pay_for("Business").is_shown()


@pytest.mark.parametrize("name", ["Confirm and pay", "Let us do it"])
def test_a_plan_is_confirmed_in_a_second_dialog_whatever_it_is_made_of(page: Page, name: str) -> None:
    page.set_content("<h2>Current Plan</h2>")
    choice = PlanChoice(page, PROFILE)
    page.set_content("<h3>Basic</h3><h3>Business</h3><button>Upgrade to Business</button><i></i>")
    shadow, words = SHADOW, AGREED.format(name)
    page.evaluate(
        "([shadow, words]) => document.querySelector('button').onclick = () => "
        "{ document.querySelectorAll('h3').forEach((one) => one.remove());"
        " eval(shadow)(document.body.appendChild(document.createElement('ds-dialog')), words) }",
        [shadow, words],
    )
    assert choice.pay_for("Business").asks_for_card()


@pytest.mark.parametrize(
    "asks",
    [
        "const asked = document.createElement('dialog'); list.remove(); document.body.append(asked);"
        " asked.innerHTML = `"
        + ASKS.format("onclick='document.title = 1; this.parentElement.remove()'")
        + "`; asked.showModal()",
        "location = 'http://site.example/confirm'",
        "list.remove()",
    ],
    ids=["in a dialog", "on a page", "nowhere"],
)
def test_a_plan_that_costs_less_is_confirmed_where_the_site_asks(page: Page, asks: str) -> None:
    billing = "<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2><button onclick='document.title = `wrong`'>Buy</button>"
    done = ASKS.format("onclick='location = `http://site.example/billing?1`'")
    page.route("**/confirm", lambda asked: asked.fulfill(content_type="text/html", body=done))
    page.route("**/billing*", lambda asked: asked.fulfill(content_type="text/html", body=billing))
    page.goto("http://site.example/billing")
    choice = PlanChoice(page, PROFILE)
    page.evaluate(
        """(asks) => {
          const list = document.body.appendChild(document.createElement("div"));
          list.innerHTML = "<h3>Basic</h3><button>Downgrade to Basic</button><h3>Business</h3>";
          list.querySelector("button").onclick = () => eval(asks);
        }""",
        asks,
    )
    choice.take("Basic")
    assert not choice.is_open()
    assert (page.title() == "1" or page.url.endswith("?1")) == (asks != "list.remove()")
    assert page.title() != "wrong"


@pytest.mark.parametrize("asks", [True, False])
def test_no_button_of_settings_that_are_a_pop_up_themselves_confirms_a_plan(page: Page, *, asks: bool) -> None:
    over = "style='position:fixed;inset:0;background:#fff'"
    page.set_content(
        f"<div role=dialog aria-label=Settings {over}><h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2>"
        "<button onclick='document.title = `wrong`'>Continue</button></div><div id=here></div>"
    )
    choice = PlanChoice(page, PROFILE)
    page.evaluate(
        """([over, asks]) => {
          here.innerHTML = `<div role=dialog aria-label=Plans ${over}><h3>Basic</h3><button>Downgrade to Basic</button>
            <h3>Business</h3><button>Upgrade to Business</button></div>`;
          here.querySelector("button").onclick = () => { here.innerHTML = asks && `<div role=alertdialog ${over}>Sure?
            <button onclick="document.title = 'sure'; here.innerHTML = ''">Confirm</button></div>` || ""; };
        }""",
        [over, asks],
    )
    choice.take("Basic")
    assert page.title() == ("sure" if asks else "")


def test_a_question_of_the_browser_s_own_is_answered_with_yes(page: Page) -> None:
    target = cast("Any", SimpleNamespace(profile=PROFILE))
    member = Member(target, Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(member.page, PROFILE)
    asks = (
        "<button onclick='if (confirm(`Sure?`)) document.title = `taken`; this.parentNode.remove()'>Downgrade to Basic"
    )
    plans = f"<h3>Basic</h3>{asks}</button><h3>Business</h3>"
    member.page.evaluate("(all) => document.body.appendChild(document.createElement('div')).innerHTML = all", plans)
    choice.take("Basic")
    assert member.page.title() == "taken"


@pytest.mark.parametrize("at", ["/plan", "/billing/plans"])
def test_a_question_at_the_address_of_the_list_is_answered(page: Page, at: str) -> None:
    plans = f"<h3>Basic</h3><form method=post action={at}><button>Downgrade to Basic</button></form><h3>Business</h3>"
    asks = "<p>Pro ends in May.</p><form action=/billing><input type=submit name=ok value=Confirm></form>"

    def answer(asked: Route) -> None:
        path, is_sent = urlsplit(asked.request.url).path, asked.request.method == "POST"
        body = "<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2>" if path == "/billing" else asks if is_sent else plans
        asked.fulfill(content_type="text/html", body=body)

    page.route("**/*", answer)
    page.goto("http://site.example/billing")
    choice = PlanChoice(page, PROFILE)
    page.goto("http://site.example/billing/plans")
    choice.take("Basic")
    assert page.url.endswith("/billing?ok=Confirm")


@pytest.mark.parametrize(
    ("yes", "is_known"), [("Yes, downgrade to Basic", True), ("Switch plan", True), ("Wechseln", False)]
)
def test_a_page_that_asks_once_more_is_answered_or_not_verified(page: Page, yes: str, *, is_known: bool) -> None:
    asks = (
        f"<h1>Sure?</h1><form action=/billing><button name=sure>{yes}</button></form><a href=/billing>No, keep Pro</a>"
    )
    pages = {"/plan": asks, "/billing": "<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2>"}
    page.route("**/*", lambda asked: asked.fulfill(
        content_type="text/html", body=pages[urlsplit(asked.request.url).path]))  # fmt: skip
    page.goto("http://site.example/billing")
    choice = PlanChoice(page, PROFILE)
    plans = "<h3>Basic</h3><button onclick='location = `/plan`'>Downgrade to Basic</button><h3>Business</h3>"
    page.evaluate("(plans) => document.body.appendChild(document.createElement('div')).innerHTML = plans", plans)
    if is_known:
        choice.take("Basic")
        assert page.url.endswith("/billing?sure=")
    else:
        with pytest.raises(NotVerifiedError, match=r"labels\.confirm"):
            choice.take("Basic")


def test_a_dialog_of_which_nothing_is_known_is_not_verified(page: Page) -> None:
    page.set_content("")
    choice = PlanChoice(page, Profile(base_url="http://site.example", limits=Limits(page=2, payment=2)))
    two = "<dialog open>Sure? <button>Yearly</button><button>Monthly</button><button>Cancel</button></dialog>"
    page.set_content("<h3>Basic</h3><h3>Business</h3><button>Upgrade to Business</button><i></i>")
    page.evaluate("(two) => document.querySelector('button').onclick = () => document.body.innerHTML = two", two)
    with pytest.raises(NotVerifiedError, match=r"labels\.confirm"):
        choice.pay_for("Business")


def test_a_question_is_answered_by_what_is_only_drawn_as_a_button(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Business</p>")
    choice = PlanChoice(page, Profile(base_url="http://site.example", limits=Limits(page=2, payment=2)))
    drawn = "style=cursor:pointer"
    page.evaluate(
        """(asks) => {
          const list = document.body.appendChild(document.createElement("div"));
          list.innerHTML = `<h3>Basic</h3><button>Downgrade to Basic</button><h3>Pro</h3>`;
          list.querySelector("button").onclick = () => { list.innerHTML = asks };
        }""",
        "<div style='position:fixed;inset:0;background:#fff'><p>Downgrade to Basic?</p>"
        f"<div {drawn} onclick='document.title = `taken`; this.parentNode.parentNode.remove()'>Downgrade</div>"
        f"<div {drawn}>Keep Business</div></div>",
    )
    choice.take("Basic")
    assert page.title() == "taken"


@pytest.mark.parametrize(
    "folded",
    [
        "<details><summary>{0} <b>$9 a month</b></summary><p>1,000 credits</p><button {1}>Choose</button></details>",
        """<section><h3><button aria-expanded=false onclick='this.ariaExpanded = true;
this.closest(`section`).lastElementChild.hidden = false'>{0} $9 a month</button></h3>
<div hidden><button {1}>Choose</button></div></section>""",
    ],
)
def test_a_plan_that_is_folded_is_unfolded_before_it_is_chosen(page: Page, folded: str) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p>")
    choice = PlanChoice(page, PROFILE)
    taken = 'onclick="document.title = `{0}`; document.body.replaceChildren()"'
    page.set_content("".join(folded.format(name, taken.format(name)) for name in ("Basic", "Business")))
    choice.take("Basic")
    assert page.title() == "Basic"


def test_a_change_whose_question_stays_unanswered_is_not_verified(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Business</p>")
    choice = PlanChoice(page, Profile(base_url="http://site.example", limits=Limits(page=2, payment=2)))
    asks = "<dialog>Sure? <button>Beibehalten</button><button>Wechseln</button></dialog>"
    page.evaluate(
        """(asks) => {
          const list = document.body.appendChild(document.createElement("div"));
          list.innerHTML = `<h3>Basic</h3><button>Downgrade to Basic</button><h3>Pro</h3>${asks}`;
          list.querySelector("button").onclick = () => { list.innerHTML = asks; list.firstChild.showModal() };
        }""",
        asks,
    )
    with pytest.raises(NotVerifiedError, match=r"(?s)Wechseln.*labels\.confirm"):
        choice.take("Basic")


def test_a_plan_is_confirmed_in_its_own_place_in_the_list(page: Page) -> None:
    answer = "<input autocomplete=cc-number>"
    asks = "Sure? <button id=yes>Yes</button> <button>No</button>"
    page.set_content("<h2>Current Plan</h2><p>Pro</p><button>Add credits</button><h2>Invoices</h2><ul></ul>")
    choice = PlanChoice(page, Profile(base_url="http://site.example", limits=Limits(page=4, payment=6)))
    page.evaluate(
        """([asks, answer]) => {
          const list = document.querySelector("ul");
          const item = (one) => `<li>${one} <span><button>Take ${one}</button></span>`;
          list.innerHTML = item("Basic") + item("Business");
          list.onclick = ({ target }) => {
            if (target.id === "yes") document.body.innerHTML = answer;
            else if (target.localName === "button") target.parentElement.innerHTML = asks; }; }""",
        [asks, answer],
    )
    choice.pay_for("Business")
