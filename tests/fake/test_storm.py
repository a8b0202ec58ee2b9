"""Many buyers at once, and a fake that is killed among them: each paid session is granted exactly once.

`STORM_BUYERS` (in both tests) and `STORM_KILLS` make it harder; the numbers here are for every day.
"""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import urllib3

from fake_backend.site.model import PACKAGES
from tests.fake.conftest import FORM, Control, Member
from tests.fake.test_serving import ask, running

if TYPE_CHECKING:
    from pathlib import Path

BUYERS = int(os.environ.get("STORM_BUYERS", "30"))
KILLS = int(os.environ.get("STORM_KILLS", "4"))
CROWD = int(os.environ.get("STORM_BUYERS", "6"))  # who buy while the fake is killed
RESTLESS = {"webhook_copies": 3, "webhook_shuffle": True, "redirect_wait_s": 0.2}


def test_buyers_at_once_get_what_they_paid_for_once(control: Control) -> None:
    """Each presses Pay twice at the same time, and comes back twice, while webhooks come three times out of order."""
    seeded = [control.seed(processor=RESTLESS | {"webhook_delay_s": number % 4 / 10}) for number in range(BUYERS)]
    wanted = [PACKAGES[number % len(PACKAGES)] for number in range(BUYERS)]
    problems: list[str] = []

    def buy(made: dict[str, Any], package: Any) -> None:
        member = Member.of(control, made)
        try:
            url = member.checkout(package.id)
            twice = [threading.Thread(target=finish, args=(member, url)) for _ in range(2)]
            for press in twice:
                press.start()
            for press in twice:
                press.join()
        except Exception as error:  # noqa: BLE001 - told by the test's own thread
            problems.append(repr(error))

    threads = [threading.Thread(target=buy, args=order) for order in zip(seeded, wanted, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    wait_for_webhooks(control, [made["id"] for made in seeded])
    for made, package in zip(seeded, wanted, strict=True):
        state = control.state(made["id"])
        assert state["credits"]["add_on"]["remaining"] == package.credits
        assert [session["payment_status"] for session in state["sessions"]] == ["paid"]


def finish(member: Member, url: str) -> None:
    """Pay and come back, asking again as the page does while it is busy."""
    told = member.pay(url)
    while told["state"] == "processing":
        time.sleep(0.05)
        told = member.call("GET", f"{url}/outcome").json()
    member.call("GET", told["redirect_url"])


def wait_for_webhooks(control: Control, workspaces: list[str]) -> None:
    for workspace in workspaces:
        for _ in range(400):
            if all(it["state"] == "delivered" for it in control.state(workspace)["deliveries"]):
                break
            time.sleep(0.02)


@pytest.mark.nightly
def test_a_kill_at_any_moment_loses_no_credit_and_doubles_none(tmp_path: Path) -> None:
    database = tmp_path / "fake.db"
    options = ["--database", str(database)]
    dice = random.Random(20_261_122)  # noqa: S311 - no secret
    with running(*options) as (process, told):
        late = [RESTLESS | {"webhook_delay_s": number % 4 / 10} for number in range(CROWD)]
        buyers = [cookie_of(ask(told, "POST", "/workspaces", {"processor": chosen})) for chosen in late]
        ports = [told[name].rpartition(":")[2] for name in ("site_url", "processor_url")]
        process.kill()
    options += ["--site-port", ports[0], "--processor-port", ports[1]]
    for _ in range(KILLS):
        with running(*options) as (process, told):
            over = threading.Event()
            threads = [
                threading.Thread(target=buy_until, args=(over, told["site_url"], cookie, dice.random()))
                for cookie in buyers
            ]
            for thread in threads:
                thread.start()
            time.sleep(dice.uniform(0.1, 1.2))
            process.kill()
            over.set()
            for thread in threads:
                thread.join()
    with running(*options):
        check_books(database)


def cookie_of(made: dict[str, Any]) -> str:
    cookie = made["storage_state"]["cookies"][0]
    return f"{cookie['name']}={cookie['value']}"


def buy_until(over: threading.Event, site: str, cookie: str, luck: float) -> None:
    """Buy one package after the other; some come back from the payment page, some never do."""
    dice = random.Random(luck)  # noqa: S311 - no secret
    http = urllib3.PoolManager(retries=False, timeout=5, headers={"Cookie": cookie})
    while not over.is_set():
        # The server is killed at some moment, and then no request can be right.
        with contextlib.suppress(urllib3.exceptions.HTTPError, KeyError, ValueError):
            package = dice.choice(PACKAGES).id
            url = http.request("POST", f"{site}/api/billing/checkout", json={"package": package}).json()["url"]
            told = http.request("POST", f"{url}/confirm", json=FORM).json()
            if dice.random() < 0.5:
                http.request("GET", told["redirect_url"], redirect=False)


def check_books(site_file: Path) -> None:
    """Hold the processor's paid sessions against the site's ledger, once the site has had time to ask."""
    processor_file = site_file.with_name("fake-processor.db")
    paid: dict[str, int] = {}
    granted: dict[str, int] = {}
    for _ in range(300):
        paid, granted = books(processor_file, site_file)
        if paid == granted:
            break
        time.sleep(0.05)
    assert granted == paid
    assert len(paid) >= KILLS, "the storm was a calm"


def books(processor_file: Path, site_file: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Return the price of each paid session, and the price of what was granted for each session."""
    with contextlib.closing(sqlite3.connect(processor_file)) as connection:
        paid = dict(connection.execute("SELECT id, amount FROM sessions WHERE payment_status = 'paid'").fetchall())
    with contextlib.closing(sqlite3.connect(site_file)) as connection:
        grants = connection.execute("SELECT session_id, credits FROM ledger WHERE kind = 'purchase'").fetchall()
    twice = [session for session, number in Counter(session for session, _ in grants).items() if number > 1]
    assert twice == []
    prices = {package.credits: package.price for package in PACKAGES}
    return paid, {session: prices[credits_] for session, credits_ in grants}
