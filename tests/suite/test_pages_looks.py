"""Looking at a page never fails because the page is not whole: it is asked again."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.pages.checkout import PaymentPage, payment_page_of
from steps.pages.navigation import AppNavigation
from steps.pages.packages import PackageChoice
from steps.readers.credits.balance import Balance
from steps.readers.page.fact import Fact
from steps.targets.labels import Label, Labels
from steps.targets.profile import Limits, Profile
from steps.targets.test_cards import PAID
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


@pytest.fixture
def begun(page: Page) -> Page:
    """A page of which nothing has been parsed yet."""
    page.evaluate("() => document.documentElement.remove()")
    return page


def test_no_credits_show_while_there_is_no_body(begun: Page) -> None:
    assert BillingPage(begun, Profile()).credits_behind() is None


def test_nothing_is_on_sale_while_there_is_no_body(begun: Page) -> None:
    assert PackageChoice(begun, Profile()).offers() == []


SHADOW = "<div id=host></div><script>host.attachShadow({{ mode: 'open' }}).innerHTML = `{}`</script>"
TITLE = "<h2>Invoices</h2>"
OFFERS = "<button>2,000 credits</button><button>4,000 credits</button>"


@pytest.mark.parametrize(
    "title",
    [
        "<h2>Current Plan</h2>",
        "<p> CURRENT\n <b>plan</b>:</p>",
        "<h3 aria-label='Current Plan'>Your plan</h3>",
        "<h3 aria-labelledby=named>Your plan</h3><i id=named hidden>Current Plan</i>",
        "<h2 style='display: contents'>Current Plan</h2>",
        SHADOW.format("<h2>Invoices</h2>"),
        "<div><template shadowrootmode=open><p>Tabs</p><slot></slot></template><h2>Invoices</h2><p>None</p></div>",
    ],
)
def test_billing_shows_by_its_titles(page: Page, title: str) -> None:
    page.set_content(title)
    assert BillingPage(page, Profile()).shows()


@pytest.mark.parametrize(
    "title",
    [
        "<h2 hidden>Current Plan</h2>",
        "<div style='padding: 9px'><h2 style='display: none'>Current Plan</h2></div>",
        "<h2 style='visibility: hidden'>Current Plan</h2>",
        "<title>Invoices</title><script>'Invoices'</script>",
        "<p>See Invoices for what you paid.</p>",
        "<p aria-label='Current Plan'>Your plan</p>",
        "<div><template shadowrootmode=open><p>Tabs</p></template><h2>Invoices</h2><p>None</p></div>",
    ],
)
def test_billing_does_not_show_by_what_nobody_sees(page: Page, title: str) -> None:
    page.set_content(title)
    assert not BillingPage(page, Profile()).shows()


def test_a_title_of_a_selector_is_found_beside_those_of_words(page: Page) -> None:
    profile = Profile(labels=Labels(current_plan=Label(selector="#plan")))
    page.set_content("<h2>Current Plan</h2>")
    assert not BillingPage(page, profile).shows()
    page.set_content("<h2 id=plan>Ihr Tarif</h2>")
    assert BillingPage(page, profile).shows(5)


@pytest.mark.parametrize(
    "late",
    ["document.body.append(title)", "host.shadowRoot.append(title)", "location.href = 'http://billing.example/'"],
)
def test_billing_is_waited_for(page: Page, late: str) -> None:
    page.route("http://billing.example/", lambda route: route.fulfill(content_type="text/html", body=TITLE))
    page.set_content(SHADOW.format("<p>Loading</p>") + f"<template>{TITLE}</template>")
    page.evaluate(
        f"() => {{ const title = document.querySelector('template').content; setTimeout(() => {{ {late} }}, 300); }}"
    )
    assert BillingPage(page, Profile()).shows(10)


def test_waiting_for_billing_ends(page: Page) -> None:
    page.set_content("<script>setInterval(() => { document.body.dataset.now = performance.now(); }, 5)</script>")
    began = time.monotonic()
    assert not BillingPage(page, Profile()).shows(0.5)
    assert 0.5 <= time.monotonic() - began < 8


@pytest.mark.parametrize("dialog", ["<div role=dialog>{}</div>", SHADOW.format("<div role=dialog>{}</div>")])
def test_a_pop_up_is_found_by_its_role(page: Page, dialog: str) -> None:
    page.set_content("<button>9,000 credits</button>")
    choice = PackageChoice(page, Profile())
    page.set_content("<button>1,000 credits</button><button>3,000 credits</button>" + dialog.replace("{}", OFFERS))
    assert [offer.amount for offer in choice.offers()] == [2_000, 4_000]
    assert [one.inner_text() for one in choice.essential_elements().values()] == ["2,000 credits", "4,000 credits"]


def test_fields_are_filled_inside_a_shadow_tree(page: Page) -> None:
    fields = "<input id=cardNumber><input id=cardExpiry><input id=cardCvc disabled><input id=billingName hidden>"
    page.set_content(SHADOW.format(fields))
    PaymentPage(page, Profile()).form().enter(PAID)
    typed = page.evaluate("[...host.shadowRoot.querySelectorAll('input')].map((field) => field.value)")
    assert typed == [PAID.number, PAID.expiry, "", ""]


ASKS_MORE = """<input id=cardNumber><select id=billingCountry><option value=GB>UK<option value=US>US</select>
<input name=street autocomplete="billing address-line1"><input id=billingLocality><input id=billingPostalCode>
<select id=billingAdministrativeArea><option value="">State<option value=CA>California<option value=NY>New York</select>
<label><input type=checkbox id=enableStripePass checked onclick="late.hidden = true">Save</label>
<span id=late><input name=phoneNumber></span>
<label><input type=checkbox id=termsOfServiceConsentCheckbox style="display: none">I agree</label>
<label><input type=checkbox id=robot>I am an agent</label>"""


def test_whatever_a_payment_page_asks_for_besides_is_given(page: Page) -> None:
    page.set_content(ASKS_MORE)
    payment = PaymentPage(page, Profile())
    form = payment.form()
    form.fill_contact_details("ada@example.com", PAID)
    form.enter(PAID)
    given = page.locator("input:not([type=checkbox]), select").evaluate_all("(all) => all.map((one) => one.value)")
    assert given == [PAID.number, "US", PAID.street, PAID.town, PAID.postcode, "NY", ""]
    ticked = page.evaluate("[...document.querySelectorAll('[type=checkbox]')].map((one) => one.checked)")
    assert ticked == [False, True, False], "not to be saved, agreed, and no word about who asks"


def test_a_country_that_is_not_on_the_list_stays_as_it_is(page: Page) -> None:
    page.set_content(
        "<input id=cardNumber><select id=billingCountry><option value=GB>UK<option value=FR>France</select>"
    )
    PaymentPage(page, Profile()).form().fill_contact_details("ada@example.com", PAID)
    assert page.input_value("#billingCountry") == "GB"


@pytest.mark.parametrize("route", ["/billing", "/#/billing", "/?tab=billing#top"])
def test_a_visit_loads_the_page_anew_wherever_one_is(page: Page, route: str) -> None:
    served: list[str] = []

    def serve(asked: Route) -> None:
        served.append(asked.request.url)
        asked.fulfill(content_type="text/html", body="<p>Billing")

    page.route("http://site.example/**", serve)
    shell = AppNavigation(page, Profile(base_url="http://site.example"))
    shell.visit(route)
    shell.visit(route)
    page.evaluate("location.hash = 'elsewhere'")
    shell.visit(route)
    assert len(served) == 3


TABS_COME_AND_GO = """() => {
  let tab = null;
  setInterval(() => {
    if (!tab) tab = window.open("about:blank");
    else if (!tab.closed) { tab.close(); tab = null; }
  }, 15);
}"""


def test_a_tab_that_closes_while_it_is_looked_at_is_no_payment_page(page: Page) -> None:
    page.evaluate(TABS_COME_AND_GO)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        assert payment_page_of(page, Profile(base_url="http://site.example")) is None


ALL = [1_000, 3_000, 5_000, 9_000, 27_000]
_OFFER = "<button onclick='this.setAttribute(`aria-pressed`, true)'>{:,} credits</button>"
FIRST, REST = ("".join(map(_OFFER.format, some)) for some in (ALL[:3], ALL[3:]))
FOLDED = {
    "show more": f"{FIRST}<p id=rest hidden>{REST}</p><button onclick='rest.hidden = false; this.remove()'>"
    "Show 2 more packages</button>",
    "tabs": "<button role=tab onclick='one.hidden = false; two.hidden = true'>Small</button>"
    "<button role=tab onclick='one.hidden = true; two.hidden = false'>Large</button>"
    f"<p id=one>{FIRST}</p><p id=two hidden>{REST}</p>",
    "tabs, the last one first": "<button role=tab onclick='one.hidden = false; two.hidden = true'>Small</button>"
    "<button role=tab onclick='one.hidden = true; two.hidden = false'>Large</button>"
    f"<p id=one hidden>{FIRST}</p><p id=two>{REST}</p>",
    "carousel": f"<p id=one>{FIRST}</p><p id=two hidden>{REST}</p>"
    "<button onclick='one.hidden = true; two.hidden = false; this.disabled = true'>Next</button>",
}
NEWS = "<div role=dialog>What is new<button>Got it</button></div>"


def folded(page: Page, how: str) -> PackageChoice:
    page.set_content("")
    choice = PackageChoice(page, Profile())
    page.set_content(f"<div role=dialog>{FOLDED[how]}</div>{NEWS}")
    return choice


@pytest.mark.parametrize("how", FOLDED)
def test_packages_that_a_press_brings_are_on_sale_too(page: Page, how: str) -> None:
    assert [offer.amount for offer in folded(page, how).settled_offers(ALL)] == ALL


@pytest.mark.parametrize("how", FOLDED)
@pytest.mark.parametrize("amount", ["1,000", "27,000"])
def test_a_package_that_a_press_brings_can_be_chosen(page: Page, how: str, amount: str) -> None:
    page.route("**/pay", lambda asked: asked.fulfill(body="<input id=cardNumber>", content_type="text/html"))
    choice = folded(page, how)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<a href=\"http://site.example/pay\">Go to payment</a>')"
    )
    page.evaluate("document.querySelector('[role=dialog]').append(document.querySelector('a'))")
    assert choice.choose(amount).is_shown()
    assert choice.chosen is not None
    assert choice.chosen.written == amount


RUNNING = """<section><h2>Current Plan</h2><p>Monthly credits <b>8,000 of 10,000</b></p>
<p>Add-on credits <b id=it>1,000</b></p></section><script>let at = 1; const run = setInterval(() => {
  it.textContent = `${++at},000`; if (at === 9) clearInterval(run); }, 100);</script>"""


def test_numbers_that_run_are_read_where_they_end(page: Page) -> None:
    page.set_content(RUNNING)
    assert BillingPage(page, Profile()).settled_credits().add_on == Fact(
        Balance(plain=(9000,)), ("Add-on credits 9,000",)
    )


def test_a_menu_that_closed_is_opened_again(page: Page) -> None:
    page.set_content(
        "<button aria-label=Profile onclick='menu.hidden = false'>AL</button>"
        "<div id=menu hidden><button onclick='menu.hidden = true; this.onclick = () => { billing.hidden = false }'>"
        "Workspace Settings</button></div>"
        "<p id=billing hidden><button role=tab onclick='plan.hidden = false'>Billing</button></p>"
        "<h2 id=plan hidden>Current Plan</h2>"
    )
    limits = Limits(page=3)
    assert AppNavigation(page, Profile(limits=limits)).open_billing().shows()


OVER_BILLING = """<h2>Current Plan</h2><p>Pro</p><p>Monthly credits 1,500</p><div id=over>
<div style="position:fixed;inset:0;background:#0008"></div><div role=dialog style="position:fixed;inset:20%">
<h2>What is new</h2><button onclick="over.remove()">Skip tour</button></div></div>"""


def test_news_that_come_over_billing_are_closed_to_read_it(page: Page) -> None:
    page.set_content(OVER_BILLING)
    seen = BillingPage(page, Profile(base_url="http://site.example")).credits()
    assert isinstance(seen.monthly, Fact)
    assert seen.monthly.value.amount == 1500


class Slow(Quiet, BaseHTTPRequestHandler):
    """A page that comes in two parts, the second after longer than a page may say that it is busy."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        parts = (
            "<!doctype html><h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 7,500</p><p>Add-on credits: 500</p>",
            "<div role=progressbar aria-label=Credits aria-valuenow=2500 aria-valuemax=10500 style='height:9px'></div>",
        )
        for part in parts:
            self.wfile.write(part.encode())
            self.wfile.flush()
            time.sleep(1.3 * (part == parts[0]))


def test_a_page_is_read_once_it_has_come_as_a_whole_each_time(page: Page) -> None:
    with serving(Slow) as address:
        billing = BillingPage(page, Profile(base_url=address, limits=Limits(page=5)))
        for _ in range(2):
            page.goto(address, wait_until="commit")
            assert len(billing.credits().bars) == 1
