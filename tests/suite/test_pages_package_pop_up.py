"""What is the pop-up and what is not: another page, a list behind it, a dialog at the end of a long page."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import msgspec
import pytest

from steps.package_selection import exactly_these_packages
from steps.pages.billing import BillingPage
from steps.pages.checkout_finder import UnknownHostError
from steps.pages.not_found import ElementNotFoundError
from steps.pages.packages import PackageChoice
from steps.tools.inspection.checkout_probe import examine_payment
from steps.tools.inspection.finding import Advice, Finding
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.package_pop_up import AMOUNTS, BEHIND, DIALOG, PAY, PROFILE, ROWS, TEXTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.tools.inspection.walkthrough import Walkthrough

BUTTONS = [f"<button>{text}</button>" for text in TEXTS]


@pytest.mark.parametrize(
    ("around", "why"), [("<div>{}</div>", "thousands"), ("<div role=dialog aria-modal=true>{}</div>", r"labels\.close")]
)
def test_what_may_be_no_pop_up_is_not_left(page: Page, around: str, why: str) -> None:
    page.set_content("<h2>Current Plan</h2><button>Add credits</button><div id=here></div>")
    choice = PackageChoice(page, PROFILE)
    unclear = "<button>2.000 credits 10,00 $</button><button>4.000 credits 20,00 $</button>"
    page.locator("#here").evaluate("(here, html) => here.innerHTML = html", around.format(unclear))
    assert choice.is_open()
    with pytest.raises(NotVerifiedError, match=why):
        choice.leave()


def test_a_page_elsewhere_that_is_not_known_as_a_payment_page_is_not_verified(page: Page) -> None:
    page.route("http://pay.example/*", lambda asked: asked.fulfill(body="<h1>Kasse</h1>", content_type="text/html"))
    rows = ROWS.replace(PAY, "location.href = `http://pay.example/`")
    short = msgspec.structs.replace(PROFILE.limits, payment=1, page=1)
    for hosts, wrong in ((["checkout.stripe.com"], NotVerifiedError), (["pay.test"], ElementNotFoundError)):
        payments = msgspec.structs.replace(PROFILE.payments, hosts=hosts)
        profile = msgspec.structs.replace(PROFILE, payments=payments, limits=short)
        with pytest.raises(wrong, match="does not lead to a payment page") as told:
            opened(page, f"<table>{rows}</table>", profile).choose("3,000")
        assert getattr(told.value, "line", "") in ("", 'payments.hosts = ["pay.example"]')


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("position:fixed;inset:0;width:100%;height:100%", 'payments.hosts = ["pay.example"]'),
        ("position:fixed;right:0;bottom:0;width:9em;height:9em", ""),
    ],
)
def test_a_frame_over_the_page_that_is_not_known_as_a_payment_page_is_not_verified(
    page: Page, style: str, line: str
) -> None:
    page.route("http://pay.example/*", lambda asked: asked.fulfill(body="<h1>Kasse</h1>", content_type="text/html"))
    frame = f'<iframe src="http://pay.example/" style="{style}"></iframe>'
    rows = ROWS.replace(PAY, f"document.body.insertAdjacentHTML(`beforeend`, decodeURIComponent(`{quote(frame)}`))")
    profile = msgspec.structs.replace(PROFILE, limits=msgspec.structs.replace(PROFILE.limits, payment=1, page=1))
    wrong = NotVerifiedError if line else ElementNotFoundError
    with pytest.raises(wrong, match="does not lead to a payment page") as told:
        opened(page, f"<table>{rows}</table>", profile).choose("3,000")
    assert getattr(told.value, "line", "") == line


@pytest.mark.parametrize(
    ("body", "is_pop_up"),
    [
        ("".join(BUTTONS), False),
        (f"<h2>Current Plan</h2><p>7,500 credits</p>{''.join(BUTTONS)}", True),
        (DIALOG.format("".join(BUTTONS)), True),
    ],
)
def test_packages_on_another_page_are_no_pop_up(page: Page, body: str, is_pop_up: bool) -> None:  # noqa: FBT001 - a parameter
    page.route("http://site.example/*", lambda asked: asked.fulfill(body=BEHIND, content_type="text/html"))
    page.goto("http://site.example/billing")
    choice = PackageChoice(page, PROFILE)
    page.goto("http://site.example/packages")
    page.set_content(body)
    table = [["package"], *([f"{amount:,}"] for amount in AMOUNTS)]
    with nullcontext() if is_pop_up else pytest.raises(BrokenPromiseError, match="another page, /packages"):
        exactly_these_packages(choice, table)


def test_a_list_behind_a_pop_up_that_comes_just_then_is_not_one_of_packages(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>7,500 credits</p>")
    choice = PackageChoice(page, PROFILE)
    late = (
        "<div role=combobox tabindex=0 onpointerover='if (!window.over) "
        "document.body.insertAdjacentHTML(`beforeend`, over = html)'>All types</div>"
    )
    page.set_content(f"<h2>Current Plan</h2><p>7,500 credits</p>{late}")
    page.evaluate("html => { window.html = html; }", DIALOG.format(f"<table>{ROWS}</table>"))
    assert choice.until(choice.is_open, 5)
    assert [one.amount for one in choice.settled_offers(AMOUNTS)] == AMOUNTS
    assert choice.unexplored() is None


@pytest.mark.parametrize(("said", "may_bring"), [("Show packages", False), ("", False), ("Compare", True)])
def test_the_button_that_folds_a_list_brings_no_packages(page: Page, said: str, *, may_bring: bool) -> None:
    options = "".join(f"<div role=option tabindex=-1>{text}</div>" for text in TEXTS[1:])
    box = f"<div><input role=combobox aria-expanded=true aria-label=Package><button>{said}</button></div>"
    choice = opened(page, f"<div>{box}<div role=listbox>{options}</div></div>")
    doubt = choice.unexplored()
    assert (doubt is not None) == may_bring


def test_a_dialog_at_the_end_of_a_long_page_is_what_messages_show(page: Page) -> None:
    many = "".join(f"<button>Invoice {number}</button>" for number in range(70))
    page.set_content(f"{many}<div role=dialog aria-modal=true><button>2,000 tokens</button></div>")
    told = BillingPage(page, PROFILE).describe_page()
    assert 'button "2,000 tokens"' in told
    assert "Invoice" not in told


def test_the_inspection_names_the_host_that_may_be_the_payment_page_s() -> None:
    reported: list[Finding] = []

    def choose(_: str) -> None:
        raise UnknownHostError("Choosing 3,000 credits does not lead to a payment page.", "pay.example")

    choice = SimpleNamespace(offers=lambda: [SimpleNamespace(amount=3_000)], choose=choose)
    walk = SimpleNamespace(
        profile=PROFILE,
        documented=["3,000"],
        member=SimpleNamespace(history=SimpleNamespace(begin=bool), context=SimpleNamespace(pages=[])),
        capture=lambda *_, **__: None,
        report=lambda *said: reported.append(Finding(said[0], said[2], said[1], said[3])),
    )
    assert examine_payment(cast("Walkthrough", walk), cast("PackageChoice", choice)) is None
    assert [one.advice for one in reported] == [Advice("payments.hosts", [*PROFILE.payments.hosts, "pay.example"])]


_CLOSES = {
    "by Escape": """<div id=list role=listbox style="position:fixed;inset:0;background:#fff;z-index:9">Choose</div>
<script>onkeydown = (event) => { if (event.key === "Escape") list.remove(); };</script>""",
    "beside it alone": """<div id=list style="position:fixed;inset:0;z-index:9"><div style="position:absolute;inset:0"
onclick="list.remove()"></div><div role=listbox style="position:absolute;inset:80px 10px;background:#fff">Choose</div>
</div>""",
}


@pytest.mark.parametrize("closes", _CLOSES)
def test_a_list_that_lies_over_the_way_out_is_closed_first(page: Page, closes: str) -> None:
    options = "".join(f"<option>{text}" for text in TEXTS)
    leave = "<button onclick='document.title = `left`; this.parentElement.remove()'>Cancel</button>"
    choice = opened(page, f"<select>{options}</select>{leave}")
    page.evaluate(
        """(html) => { const made = document.createRange().createContextualFragment(html);
      document.body.append(made); }""",
        _CLOSES[closes],
    )
    choice.leave()
    assert page.title() == "left"


def test_a_pop_up_without_packages_is_told_as_one(page: Page) -> None:
    page.set_content(f"{BEHIND}<button id=adds>Add credits</button>")
    shows = "(html) => { adds.onclick = () => document.body.insertAdjacentHTML('beforeend', html); }"
    page.evaluate(shows, DIALOG.format("<p>Nothing here</p>"))
    with pytest.raises(ElementNotFoundError, match=r"opens no pop-up with packages(?s:.*)Nothing here") as raised:
        BillingPage(page, PROFILE).add_credits()
    assert raised.value.promise == "doc:buy-credits.3"


def test_packages_in_a_window_of_the_browser_are_not_read(page: Page) -> None:
    page.set_content(f"{BEHIND}<button onclick='window.open(`about:blank`)'>Add credits</button>")
    with pytest.raises(NotVerifiedError, match="opens a window of its own"):
        BillingPage(page, PROFILE).add_credits()
