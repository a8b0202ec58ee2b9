"""The fake as a process: it starts quickly, says where it is, ends cleanly, and keeps what a file was promised."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import stripe
import urllib3

from fake_backend.database import Database
from fake_backend.request_log import LoggedRequest, RequestLog
from fake_backend.serving import Fake, PortInUseError
from tests.fake.conftest import FORM, pay
from tests.fake.support.receiver import receiving
from tests.fake.test_processor_api import order
from tests.tools.load import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-m", "fake_backend"]
http = urllib3.PoolManager(retries=False, timeout=10)


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Start the command with --json and return the process and what it said."""
    process = subprocess.Popen(
        [*COMMAND, "--json", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
        process.kill()


def ask(told: dict[str, Any], method: str, path: str, given: object = None) -> dict[str, Any]:
    options: dict[str, Any] = {} if given is None else {"json": given}
    options["headers"] = {"Authorization": f"Bearer {told['control_token']}"}
    answer = http.request(method, told["control_url"] + path, **options)
    assert answer.status < 300, answer.data
    found: dict[str, Any] = answer.json()
    return found


def test_it_says_where_it_is_in_one_line_of_json() -> None:
    with running() as (process, told):
        assert set(told) == {
            "site_url", "control_url", "control_token", "processor_url", "processor_key", "webhook_secret",
        }  # fmt: skip
        client = stripe.StripeClient(told["processor_key"], base_addresses={"api": told["processor_url"]})
        assert client.v1.checkout.sessions.list().data == []
        assert told["webhook_secret"].startswith("whsec_")
        assert ask(told, "GET", "/health")["site_url"] == told["site_url"]
        assert http.request("GET", told["processor_url"]).status == 404
        assert process.poll() is None


@pytest.mark.nightly
def test_the_processor_alone_tells_a_webhook_of_every_event() -> None:
    with receiving() as shop, running("--processor-only", "--webhook", shop.url) as (_, told):
        assert set(told) == {"processor_url", "processor_key", "webhook_secret"}
        client = stripe.StripeClient(told["processor_key"], base_addresses={"api": told["processor_url"]})
        made = client.v1.checkout.sessions.create(order(client_reference_id="mine"))
        assert pay(http, made.url or "")["state"] == "paid"
        assert shop.wait_for("mine", 1)[0]["type"] == "checkout.session.completed"
        _, headers, body = shop.got[-1]
        assert stripe.Webhook.construct_event(body, headers["Stripe-Signature"], told["webhook_secret"])
        assert http.request("GET", told["processor_url"]).status == 404


@pytest.mark.nightly
def test_it_ends_with_its_parent() -> None:
    with running() as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_it_is_told_to(number: signal.Signals) -> None:
    with running() as (process, _):
        process.send_signal(number)
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_person_gets_an_account_to_play_with() -> None:
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(13)]
        point_a_client = "".join(lines[-2:])
        assert 'stripe.api_key = "sk_test_' in point_a_client
        assert 'stripe.api_base = "http://127.0.0.1:' in point_a_client
        words = dict(line.split(maxsplit=1) for line in lines[1:] if "E-mail" in line or "Password" in line)
        assert "@" in words["E-mail"]
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, ""), rest


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--variant", "prices=maybe"], "'maybe' is no answer to prices"),
        (["--variant", "price=hidden"], "did you mean 'prices'?"),
        (["--variant", "prices"], "write QUESTION=ANSWER"),
        (["--fault", "no-such-fault"], "There is no fault named 'no-such-fault'"),
        (["--database", "."], "'.' is a directory"),
        (["--database", __file__], "cannot be used"),
        (["--site-port", "99999"], "99999"),
        (["--webhook", "http://127.0.0.1:9/"], "goes with --processor-only"),
        (["--processor-only", "--webhook", "nowhere"], "write an address such as"),
        (["--processor-only", "--database", __file__], "cannot be used"),
    ],
)
def test_a_mistake_is_one_sentence(options: list[str], words: str) -> None:
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=str(port)):
            Fake(site_port=port)
        done = subprocess.run(
            [*COMMAND, "--processor-port", str(port)], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert str(port) in done.stderr


def test_new_workspaces_have_the_options_variant_and_faults() -> None:
    fault = "package-missing"
    with running("--variant", "payment_page=save-box", "--variant", "prices=hidden", "--fault", fault) as (_, told):
        made = ask(told, "POST", "/workspaces", {"variant": {"prices": "shown"}})
        assert (made["variant"]["payment_page"], made["variant"]["prices"]) == ("save-box", "shown")
        assert made["faults"] == [fault]
        assert ask(told, "GET", f"/workspaces/{made['id']}")["processor"]["layout"] == "save-box"


def test_a_stranger_is_met_as_the_options_variant_says() -> None:
    with Fake(variant={"sign_in": "code"}) as fake:
        page = urllib3.request("GET", f"{fake.site_url}/sign-in").data.decode()
    assert "<form" in page
    assert 'type="password"' not in page


def test_a_start_is_little_work() -> None:
    """In processor time, which a busy machine does not lengthen much; `make load` measures what a person waits."""
    used = []
    for _ in range(3):
        with serving.running() as fake:
            used.append(fake.processor_seconds)
    assert min(used) < 1.2, "0.3 s when nothing else is running"


def test_a_file_keeps_everything_over_a_kill(tmp_path: Path) -> None:
    database = tmp_path / "fake.db"
    with running("--database", str(database)) as (process, told):
        made = ask(told, "POST", "/workspaces", {"add_on_credits": 2_000})
        process.kill()
        process.wait()
    assert (tmp_path / "fake-processor.db").exists()
    with running("--database", str(database)) as (_, told):
        state = ask(told, "GET", f"/workspaces/{made['id']}")
        assert state["credits"]["add_on"]["remaining"] == 2_000


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "first"), [("fake.db", 1), ("fake.db", -1), ("fake-processor.db", 1)])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, name: str, first: int) -> None:
    options = ["--database", str(tmp_path / "fake.db")]
    with running(*options) as (_, told):
        for _ in range(20):
            ask(told, "POST", "/workspaces", {"invoices": 50})
    database = tmp_path / name
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = bytearray(database.read_bytes())
    number = len(pages) // 4_096
    for page in range(first % number, number):  # the very first says that it is a database
        pages[page * 4_096 : page * 4_096 + 64] = bytes(64)
    database.write_bytes(pages)
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert f"{name} is damaged" in done.stderr


@pytest.mark.nightly
def test_a_file_that_another_fake_uses_is_one_sentence(tmp_path: Path) -> None:
    options = ["--database", str(tmp_path / "fake.db")]
    with running(*options) as (_, told):
        done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
        assert "another fake is using it" in done.stderr
        assert ask(told, "POST", "/workspaces", {})["id"]
    with running(*options):
        pass  # it is free again


@pytest.mark.nightly
def test_a_webhook_that_a_kill_cut_off_arrives_after_the_restart(tmp_path: Path) -> None:
    options = ["--database", str(tmp_path / "fake.db")]
    with running(*options) as (process, told):
        late = {"webhook_delay_s": 1, "redirect_wait_s": 0}
        made = ask(told, "POST", "/workspaces", {"processor": late})
        cookie = made["storage_state"]["cookies"][0]
        headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}
        shop = f"{told['site_url']}/api/billing/checkout"
        url = http.request("POST", shop, json={"package": "credits-2000"}, headers=headers).json()["url"]
        assert http.request("POST", f"{url}/confirm", json=FORM).json()["state"] == "paid"
        process.kill()
        process.wait()
    with running(*options) as (_, told):  # on other ports
        until = time.monotonic() + 8
        while time.monotonic() < until:
            state = ask(told, "GET", f"/workspaces/{made['id']}")
            if [it["state"] for it in state["deliveries"]] == ["delivered"]:
                break
            time.sleep(0.05)
        assert [it["state"] for it in state["deliveries"]] == ["delivered"]
        assert state["credits"]["add_on"]["remaining"] == 2_000


def test_a_fake_in_this_process_stops_and_frees_its_ports() -> None:
    before = threading.active_count()
    fake = Fake()
    fake.start()
    assert http.request("GET", f"{fake.control_url}/openapi.json").status == 200
    fake.stop()
    again = Fake(site_port=int(fake.site_url.rpartition(":")[2]))
    again.start()
    again.stop()
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_the_request_log_forgets_the_oldest() -> None:
    request_log = RequestLog(limit=2)
    for number in range(3):
        request_log.add(LoggedRequest(0.0, "site", "GET", f"/{number}", 200, None, unexpected=number == 2, ms=1.0))
    assert [entry["path"] for entry in request_log.entries()] == ["/1", "/2"]
    assert [entry["path"] for entry in request_log.entries(unexpected=True)] == ["/2"]


def test_a_transaction_keeps_all_or_nothing(tmp_path: Path) -> None:
    for path in (None, tmp_path / "some.db"):
        database = Database(path, "CREATE TABLE IF NOT EXISTS things (name TEXT UNIQUE)")
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as tx:
            tx.many("INSERT INTO things VALUES (?)", [["one"], ["one"]])
        assert database.rows("SELECT * FROM things") == []
        with database.transaction() as tx:
            tx.execute("INSERT INTO things VALUES ('one')")
            with pytest.raises(RuntimeError, match="in a transaction already"), database.transaction():
                pass
        row = database.row("SELECT name FROM things")
        assert row is not None
        assert row["name"] == "one"
        database.close()
