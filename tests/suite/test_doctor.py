"""`acceptance doctor`, as a person calls it, on sites that it has never seen."""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.tools.inspection.finding import Advice, as_profile
from tests.suite.support.desk import MAIN, ROOT, Desk
from tests.suite.support.mail_servers import PASSWORD, USER, mailpit_server
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from tests.suite.support.small_site import SmallSite

RENAMED = {"Workspace Settings": "Team preferences", "Billing": "Fees", "Add credits": "Top up"}
OVERRIDES = """[targets.small.labels]
add_credits = "Top up"
billing = "Fees"
workspace_settings = "Team preferences"
"""
LATE_ENTRY = """Billing<small> Plan, credits and invoices</small><script>{ const to = document.currentScript.parentNode;
to.onclick = press => { press.preventDefault(); setTimeout(() => location = to.href, 400) } }</script>"""
"""An entry that says what it leads to, where the application takes its time."""


def test_a_sound_site_is_all_green_and_nothing_is_bought(desk: Desk, site: SmallSite) -> None:
    site.renamed = {"Billing": LATE_ENTRY}
    desk.write(site)
    said = desk.acceptance("doctor", "--to-payment")
    for line in (
        "✓ sign-in page                asks for email and password",
        "✓ Workspace Settings          link",
        "✓ Billing                     link",
        "✓ Current Plan                heading",
        "✓ plan                        Business",
        "✓ Monthly credits             8,000 of 10,000",
        '✓ Add credits                 link "Add credits", in Current Plan',
        "✓ packages                    the 11 documented ones",
        "✓ payment page                127.0.0.1:",
        "✓ spend guard                 would let a test card be typed here",
        "✓ amount to pay               18.00 USD",
        "✓ card field                  in the page itself",
        "The suite can run here.",
    ):
        assert line in said
    assert "✗" not in said
    assert site.add_on == 0
    assert not [path for method, path in site.asked if method == "POST" and path.startswith("/c/pay")]
    assert len(list((desk.place / "pictures").glob("*.png"))) == 6
    assert "correct horse" not in said


def test_what_billing_lacks_beside_the_credits_is_told_before_a_scenario_needs_it(desk: Desk, site: SmallSite) -> None:
    desk.write(site)
    said = desk.acceptance("doctor")
    assert '! filter by type              The invoices have no filter "Type"' in said
    assert '! filter by date              The invoices have no filter "From"' in said
    assert "The billing information cannot be entered or managed" in said
    assert "The suite can run here" in said


def test_how_the_fake_is_filtered_and_what_its_form_asks_for_is_told(desk: Desk) -> None:
    said = desk.call("-c", MAIN, "doctor", "--pictures", str(desk.place), expected=0)
    for line in (
        "✓ list of invoices            none yet",
        "✓ filter by type              by “Credits”",
        "✓ filter by date              typed into “From”",
        "✓ form of billing information the form asks for all four",
    ):
        assert line in said


class CardFrame(Quiet, BaseHTTPRequestHandler):
    """Serves the frame in which a card's number is typed."""

    def do_GET(self) -> None:
        """Answer with the field."""
        body = b"<input autocomplete=cc-number aria-label='Card number'>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.nightly
def test_the_host_of_the_card_s_frame_is_named_beside_that_of_the_page(desk: Desk, site: SmallSite) -> None:
    with serving(CardFrame) as address:
        site.card_frame = address.replace("127.0.0.1", "localhost")
        desk.write(site)
        said = desk.acceptance("doctor", "--to-payment", expected=1)
    host = site.card_frame.partition("//")[2]
    assert f"✗ card field                  in a frame of {host}; the host is not allowed yet" in said
    assert f'payments.hosts = ["{site.payment_host}", "{host}"]' in said


@pytest.mark.nightly
def test_mailbox_and_clock_are_tried_and_one_that_does_not_work_is_told(desk: Desk, site: SmallSite) -> None:
    account = 'accounts = [{ email = "ada@example.com", password = "${SMALL_PASSWORD}" }]'
    with mailpit_server() as server:
        server.deliver("ada@example.com", "Welcome")
        desk.variables["MAIL_PASSWORD"] = PASSWORD
        mailbox = f'mailbox = {{ url = "{server.entry.url}", user = "{USER}", password = "${{MAIL_PASSWORD}}" }}'
        desk.write(site, f'{account}\n{mailbox}\nclock = {{ url = "http://127.0.0.1:9/" }}')
        said = desk.acceptance("doctor")
    assert "✓ mailbox                     1 message to ada@example.com" in said
    assert "! clock                       The clock at 127.0.0.1 cannot be reached" in said
    assert PASSWORD not in said


@pytest.mark.nightly
def test_renamed_labels_are_named_and_their_overrides_are_enough(desk: Desk, site: SmallSite) -> None:
    site.renamed = RENAMED
    desk.write(site)
    said = desk.acceptance("doctor", "--to-payment", expected=1)
    assert OVERRIDES in said
    assert "The suite cannot run here yet." in said
    assert 'found instead: link "Home", link "Flows"' in said
    desk.file.write_text(desk.file.read_text() + OVERRIDES)
    assert "✗" not in desk.acceptance("doctor", "--to-payment")


@pytest.mark.nightly
@pytest.mark.parametrize("selector", ["main", "h1"])
def test_a_selector_that_matches_several_numbers_or_none_is_a_mistake_in_the_profile(
    desk: Desk, site: SmallSite, selector: str
) -> None:
    desk.write(site)
    desk.file.write_text(desk.file.read_text() + f'[targets.small.labels]\nmonthly_credits.selector = "{selector}"\n')
    said = desk.acceptance("doctor", expected=1)
    assert "✗ Monthly credits " in said
    assert "The suite cannot run here yet." in said


@pytest.mark.nightly
def test_the_journey_passes_on_a_foreign_site_with_the_overrides_that_are_named(desk: Desk) -> None:
    command = [sys.executable, "-m", "tests.tools.foreign_site", "--json", "--switch", "popup=drawer"]
    command += [part for word, describe_page in RENAMED.items() for part in ("--rename", f"{word}={describe_page}")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        told = json.loads(cast("Any", process.stdout).readline())
        desk.variables["SMALL_PASSWORD"] = told["password"]
        desk.file.write_text(
            f"""[targets.small]
            base_url = "{told["site_url"]}"
            accounts = [{{ email = "{told["email"]}", password = "${{SMALL_PASSWORD}}" }}]
            payments = {{ hosts = ["{told["payment_url"].partition("://")[2].strip("/")}"] }}
            limits = {{ page = 8 }}
            """
        )
        assert OVERRIDES in desk.acceptance("doctor", expected=1)
        desk.file.write_text(desk.file.read_text() + "\n" + OVERRIDES)
        named = ("--target", "small", "--targets-file", str(desk.file), f"--output={desk.place}/artifacts")
        journey = ("features/finish_checkout.feature", "-k", "2,000")
        assert "1 passed" in desk.call("-m", "pytest", *journey, *named, expected=0)
        process.communicate()


@pytest.mark.nightly
def test_something_that_is_not_there_is_told_with_what_is(desk: Desk, site: SmallSite) -> None:
    site.missing = frozenset({"Add credits"})
    desk.write(site)
    said = desk.acceptance("doctor", expected=1)
    assert "✗ Add credits                 not found" in said
    assert 'button "Upgrade plan"' in said.partition("✗ Add credits")[2]
    assert "labels.add_credits" not in said


@pytest.mark.nightly
def test_a_payment_page_on_a_host_that_is_not_allowed(desk: Desk, site: SmallSite) -> None:
    desk.write(site, payments="payments = { max_payments = 1 }")
    said = desk.acceptance("doctor", "--to-payment", expected=1)
    assert f'[targets.small.payments]\nhosts = ["checkout.stripe.com", "{site.payment_host}"]' in said
    assert "would stop here: The payment page is on 127.0.0.1" in said


@pytest.mark.nightly
def test_a_payment_page_in_a_frame_is_judged_by_the_frame(desk: Desk, site: SmallSite) -> None:
    site.is_framed = True
    desk.write(site)
    said = desk.acceptance("doctor", "--to-payment")
    assert f"✓ payment page                {site.payment_host}, in a frame in the same tab, a test session" in said
    assert "✓ spend guard                 would let a test card be typed here" in said


@pytest.mark.nightly
def test_packages_that_differ_are_no_reason_not_to_run(
    desk: Desk, site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.suite.support.small_site.PACKAGES", ["2,000", "4,000", "7,000"])
    desk.write(site)
    said = desk.acceptance("doctor")
    assert "! packages                    3 instead of the documented 11: lacking 6,000, 11,000" in said
    assert "not documented: 7,000" in said


@pytest.mark.nightly
def test_prices_of_an_unknown_currency_are_named_before_anything_is_paid(desk: Desk, site: SmallSite) -> None:
    site.renamed = {"2,000 credits": "2,000 credits for ¥300"}
    desk.write(site)
    said = desk.acceptance("doctor")
    assert "! prices                      what packages cost cannot be told for certain here: “¥300”." in said
    assert 'payments.currency = "…"' in said


@pytest.mark.nightly
def test_a_currency_that_the_payment_page_alone_names_is_proposed(desk: Desk, site: SmallSite) -> None:
    site.renamed = {"2,000 credits": "2,000 credits for ¥300", "$18.00": "CN¥300.00"}
    desk.write(site)
    said = desk.acceptance("doctor", "--to-payment")
    assert "amount to pay               300.00 CNY" in said
    assert 'currency = "CNY"' in said


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"/": 500}, "answered with 500 Internal Server Error: the site itself is in trouble."),
        pytest.param({"/api": 503}, "The site answers GET /api/me with 503", marks=pytest.mark.nightly),
        pytest.param({"/c/pay": 500}, "", marks=pytest.mark.nightly),
    ],
    ids=str,
)
def test_a_site_in_trouble(desk: Desk, site: SmallSite, trouble: dict[str, int | str], words: str) -> None:
    desk.write(site)
    site.trouble = trouble
    said = desk.acceptance("doctor", "--to-payment", expected=7 if words else 1)
    assert words in said


@pytest.mark.nightly
def test_a_site_that_is_not_there(desk: Desk, site: SmallSite) -> None:
    desk.write(site)
    site.stop()
    said = desk.acceptance("doctor", expected=7)
    assert "cannot be reached: nothing answers there (connection refused)." in said


def test_a_wrong_password(desk: Desk, site: SmallSite) -> None:
    desk.variables["SMALL_PASSWORD"] = "wrong horse"
    desk.write(site)
    said = desk.acceptance("doctor", expected=7)
    assert "ada@example.com could not be signed in. Signing in did not work: check e-mail and password." in said
    assert "wrong horse" not in said


def test_a_target_that_is_not_in_the_file(desk: Desk, site: SmallSite) -> None:
    desk.write(site)
    file = ("--targets-file", str(desk.file))
    for command in ("doctor", "sign-in"):
        said = desk.call("-c", MAIN, command, "--target", "smal", *file, expected=2)
        assert 'There is no target "smal"' in said
        assert 'Did you mean "small"?' in said


@pytest.mark.nightly
def test_the_fake_can_be_examined(desk: Desk) -> None:
    said = desk.call("-c", MAIN, "doctor", "--to-payment", "--pictures", str(desk.place), expected=0)
    assert "The suite can run here." in said


def test_advice_is_written_as_a_profile() -> None:
    advice = [
        Advice("labels.billing", 'The "Fees"'),
        Advice("routes.sign_in", "/login"),
        Advice("labels.close", ["Shut"]),
        Advice("labels.billing", 'The "Fees"'),
    ]
    assert as_profile("x", advice) == [
        "[targets.x.labels]",
        r'billing = "The \"Fees\""',
        'close = ["Shut"]',
        "[targets.x.routes]",
        'sign_in = "/login"',
    ]


def test_a_title_beside_the_name_of_an_icon_is_found(desk: Desk, site: SmallSite) -> None:
    icon = "<i aria-hidden=true style='font:0/0 a'>receipt_long</i>"
    site.renamed = {"<h2>Invoices": f"<h2>{icon}Invoices"}
    desk.write(site)
    assert '✓ Invoices                    title "Invoices"' in desk.acceptance("doctor")
