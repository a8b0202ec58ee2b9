"""The site with an account of Stripe's test mode in place of the bundled processor. Nothing here uses the network."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
import stripe

from fake_backend.control.faults import CATALOGUE
from fake_backend.serving import Fake
from fake_backend.site import LiveKeyError
from fake_backend.stripe_mode import KEY_VARIABLE, SECRET_VARIABLE, StripeAccount, from_environment
from tests.fake.conftest import Control, Member
from tests.fake.test_serving import COMMAND, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY, SECRET = "sk_test_made0up0of0letters", "whsec_made0up"


class ExternalProcessor:
    """Answers for Stripe, and remembers what was asked of which address."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.sessions: dict[str, dict[str, Any]] = {}

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[str, int, dict[str, str]]:
        self.asked.append((method, url, (headers or {})["Authorization"]))
        if method == "post":
            return json.dumps(self._made(parse_qs(post_data))), 200, {}
        if "status=complete" in url:
            return (
                json.dumps({"object": "list", "data": [], "has_more": False, "url": "/v1/checkout/sessions"}),
                200,
                {},
            )
        return json.dumps(self.sessions[url.rpartition("/")[2]]), 200, {}

    def _made(self, told: dict[str, list[str]]) -> dict[str, Any]:
        number = f"cs_test_a{len(self.sessions)}"
        session: dict[str, Any] = {
            "id": number,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/{number}",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": int(told["line_items[0][price_data][unit_amount]"][0]),
            "currency": "usd",
            "client_reference_id": told["client_reference_id"][0],
            "created": int(time.time()),
            "metadata": {"purchase": told["metadata[purchase]"][0]},
        }
        return self.sessions.setdefault(number, session)


@pytest.fixture
def stripes(monkeypatch: pytest.MonkeyPatch) -> ExternalProcessor:
    elsewhere = ExternalProcessor()
    # Where the package would turn to the network, whichever HTTP library it has chosen.
    client = type(stripe.new_default_http_client())
    monkeypatch.setattr(client, "request", lambda _, *asked: elsewhere.request(*asked))
    return elsewhere


@pytest.fixture
def shop(stripes: ExternalProcessor) -> Iterator[Control]:
    assert stripes.asked == []
    with Fake(stripe=StripeAccount(KEY, SECRET)) as fake:
        yield Control(fake)


def test_a_key_and_no_other_change_buy_at_stripe(shop: Control, stripes: ExternalProcessor) -> None:
    made = shop.seed()
    member = Member.of(shop, made)
    url = member.checkout("credits-2000")
    assert url.startswith("https://checkout.stripe.com/c/pay/cs_test_")
    session_id = url.rpartition("/")[2]
    stripes.sessions[session_id] |= {"status": "complete", "payment_status": "paid"}
    landed = member.call("GET", f"/billing/return?session_id={session_id}")
    assert landed.headers["Location"].startswith("/settings/billing?purchase=")
    assert shop.state(made["id"])["credits"]["add_on"]["remaining"] == 2_000
    asked = [(method, url, key) for method, url, key in stripes.asked if "status=complete" not in url]
    assert asked == [
        ("post", "https://api.stripe.com/v1/checkout/sessions", f"Bearer {KEY}"),
        ("get", f"https://api.stripe.com/v1/checkout/sessions/{session_id}", f"Bearer {KEY}"),
    ]


def test_no_processor_of_ours_is_served(shop: Control) -> None:
    fake = shop.fake
    assert fake.processor_url == "https://api.stripe.com"
    assert len(fake.databases()) == 1
    assert shop.ask("GET", "/health")["processor_url"] == "https://api.stripe.com"


def test_a_forwarded_webhook_is_believed_by_the_account_s_secret_alone(
    shop: Control, stripes: ExternalProcessor
) -> None:
    made = shop.seed()
    session_id = Member.of(shop, made).checkout("credits-2000").rpartition("/")[2]
    stripes.sessions[session_id] |= {"status": "complete", "payment_status": "paid"}
    assert webhook(shop, session_id, "whsec_of_another") == 400
    assert shop.state(made["id"])["credits"]["add_on"]["remaining"] == 0
    assert webhook(shop, session_id, SECRET) == 200
    assert shop.state(made["id"])["credits"]["add_on"]["remaining"] == 2_000


@pytest.mark.usefixtures("stripes")
def test_without_a_secret_no_webhook_is_believed() -> None:
    with Fake(stripe=StripeAccount(KEY)) as fake:
        assert webhook(Control(fake), "cs_test_a0", "") == 400
        assert fake.payments == "Stripe's own test mode (https://api.stripe.com), no webhooks"


def webhook(shop: Control, session_id: str, secret: str) -> int:
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed"}
    body = json.dumps(event | {"data": {"object": {"id": session_id, "object": "checkout.session"}}})
    at = int(time.time())
    mark = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={at},v1={mark}"}
    url = f"{shop.fake.site_url}/webhooks/payments"
    return shop.http.request("POST", url, body=body, headers=headers).status


@pytest.mark.usefixtures("stripes")
def test_stripe_cannot_be_told_how_to_behave(shop: Control) -> None:
    seen = shop.seed(faults=["package-missing"], variant={"package_choice": "radios"})
    for path, given in [
        ("/workspaces", {"processor": {"webhook_copies": 2}}),
        ("/workspaces", {"variant": {"payment_page": "card-choice"}}),
    ]:
        answer = shop.call("POST", path, given)
        assert (answer.status, "cannot be told how to behave" in answer.data.decode()) == (422, True)
    of_the_processor = next(name for name, fault in CATALOGUE.items() if fault.processor)
    answer = shop.call("PUT", f"/workspaces/{seen['id']}/faults", {"faults": [of_the_processor]})
    assert answer.status == 422
    assert shop.call("PUT", f"/workspaces/{seen['id']}/processor", {"layout": "save-box"}).status == 422
    state = shop.state(seen["id"])
    assert (state["variant"]["payment_page"], state["sessions"], state["deliveries"]) == ("fields", [], [])
    assert state["faults"] == ["package-missing"]
    before = state["now"]
    assert shop.ask("POST", f"/workspaces/{seen['id']}/clock", {"advance_s": 3_600})["now"] >= before + 3_600


@pytest.mark.parametrize(
    ("key", "secret", "words"),
    [
        ("sk_live_abc0", "", f"{KEY_VARIABLE} is a live key"),
        ("rk_live_abc0", SECRET, f"{KEY_VARIABLE} is a live key"),
        ("pk_test_abc0", SECRET, f"{KEY_VARIABLE} is no test key"),
        ("sk_test_", "", f"{KEY_VARIABLE} is no test key"),
        ("sk_test_abc0\nsk_live_abc0", "", f"{KEY_VARIABLE} is no test key"),
        ("", SECRET, f"{SECRET_VARIABLE} is set without {KEY_VARIABLE}"),
        (KEY, "abc0", f"{SECRET_VARIABLE} is no webhook secret"),
        (KEY, "whsec_", f"{SECRET_VARIABLE} is no webhook secret"),
    ],
)
def test_what_is_no_test_account_is_refused_in_one_sentence(key: str, secret: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        from_environment({KEY_VARIABLE: key, SECRET_VARIABLE: secret})
    sentence = str(refused.value)
    assert sentence.startswith(words)
    assert "abc0" not in sentence
    assert "made0up" not in sentence
    assert isinstance(refused.value, LiveKeyError) == words.startswith(KEY_VARIABLE)


def test_the_environment_names_an_account_or_none() -> None:
    assert from_environment({}) is None
    assert from_environment({KEY_VARIABLE: " ", SECRET_VARIABLE: ""}) is None
    assert from_environment({KEY_VARIABLE: f" {KEY}\n"}) == StripeAccount(KEY)
    assert from_environment({KEY_VARIABLE: "rk_test_abc0", SECRET_VARIABLE: SECRET}) == StripeAccount(
        "rk_test_abc0", SECRET
    )
    assert "made0up" not in repr(StripeAccount(KEY, SECRET))


@pytest.mark.parametrize(
    ("key", "options", "words"),
    [
        ("sk_live_abc0", [], "is a live key"),
        ("rk_live_abc0", [], "is a live key"),
        (KEY, ["--variant", "payment_page=save-box"], "cannot be told how to behave (layout)"),
    ],
)
def test_the_command_refuses_before_anything_is_served(key: str, options: list[str], words: str) -> None:
    environment = os.environ | {KEY_VARIABLE: key}
    done = subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, timeout=30, check=False, env=environment
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr
    assert "abc0" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_command_says_who_takes_the_payments_and_keeps_the_secrets() -> None:
    environment = os.environ | {KEY_VARIABLE: KEY, SECRET_VARIABLE: SECRET}
    with subprocess.Popen(
        COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(9)]
        process.send_signal(signal.SIGINT)
        said = "".join(lines) + process.communicate(timeout=30)[0]
    assert process.returncode == 0
    assert "Stripe's own test mode (https://api.stripe.com), webhooks at http://127.0.0.1:" in said
    assert "made0up" not in said


def test_a_suite_gets_the_bundled_processor_whatever_the_environment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk_live_abc0")
    with running() as (_, told):
        assert told["processor_url"].startswith("http://127.0.0.1:")
