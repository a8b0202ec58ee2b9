"""A card number is nowhere once the payment page has judged it: in no file of the fake, and in nothing that it says."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import urllib3

from tests.fake.conftest import FORM
from tests.fake.test_serving import ask, running
from tests.fake.test_storm import cookie_of

if TYPE_CHECKING:
    from pathlib import Path

PAID, DECLINED, CHALLENGED, MISTYPED = "4242424242424242", "4000000000000002", "4000002760003184", "4242424242424241"
http = urllib3.PoolManager(retries=False, timeout=20)


def use_cards(told: dict[str, Any], cookie: str) -> None:
    """Pay, fail to pay, and ask in all the wrong ways for a page with a card number in it."""

    def session() -> str:
        package = {"package": "credits-2000"}
        url = f"{told['site_url']}/api/billing/checkout"
        return str(http.request("POST", url, json=package, headers={"Cookie": cookie}).json()["url"])

    def confirm(url: str, **fields: str) -> dict[str, Any]:
        answered: dict[str, Any] = http.request("POST", f"{url}/confirm", json=FORM | fields).json()
        return answered

    url = session()
    assert confirm(url, cardNumber=MISTYPED)["state"] == "invalid"
    assert confirm(url, cardNumber=DECLINED)["state"] == "declined"
    challenge = confirm(url, cardNumber=CHALLENGED)["challenge"]
    http.request("POST", f"{url}/challenge/{challenge}", json={"outcome": "fail"})
    spaced = " ".join(PAID[start : start + 4] for start in range(0, 16, 4))
    landed = confirm(url, cardNumber=spaced)
    http.request("GET", landed["redirect_url"], headers={"Cookie": cookie}, redirect=False)
    for body in (f"cardNumber={PAID}", json.dumps({"cardNumber": [PAID]}), json.dumps({"cardNumber": PAID})[:-3]):
        http.request("POST", f"{session()}/confirm", body=body, headers={"Content-Type": "application/json"})
    http.request("GET", f"{url}?cardNumber={PAID}")
    http.request("POST", f"{told['site_url']}/webhooks/payments?card={PAID}", body=PAID)


def test_no_card_number_stands_in_a_file_or_in_the_output(tmp_path: Path) -> None:
    with running("--database", str(tmp_path / "fake.db")) as (process, told):
        made = ask(told, "POST", "/workspaces", {})
        use_cards(told, cookie_of(made))
        state = json.dumps(ask(told, "GET", f"/workspaces/{made['id']}"))
        request_log = json.dumps(ask(told, "GET", "/journal"))
        # The files as they are while the fake runs, its write-ahead journals among them, and as it leaves them.
        seen = [file.read_bytes() for file in tmp_path.iterdir()]
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.wait(30)
        seen += [file.read_bytes() for file in tmp_path.iterdir()]
        said = process.stdout.read() + process.stderr.read()
    assert any(b"last4" in content or b"0002" in content for content in seen), "the last four digits are kept"
    everything = b"\n".join([*seen, state.encode(), request_log.encode(), said.encode()])
    for number in (PAID, DECLINED, CHALLENGED, MISTYPED):
        digits = [number[start : start + 4] for start in range(0, 16, 4)]
        for written in (number, " ".join(digits), "-".join(digits)):
            assert written.encode() not in everything
