"""Sites that the suite can ask nothing but what a member sees: the fake without its control API, and the foreign site.

`python -m tests.tools.plain_site fake|foreign FILE` serves one, writes its profile into FILE, and ends with stdin.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import Flask, request

from fake_backend.serving import Fake, Server, bind, url_of
from tests.tools.foreign_site.__main__ import serve, start
from tests.tools.foreign_site.config import parse
from tests.tools.foreign_site.merchant import Merchant
from tests.tools.mailpit import Kept, mailpit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIABLE = "PLAIN_SITE_PASSWORD"
"""The variable that holds the password of every account."""
PASSWORD = "Plain-site-0"
TOTP_VARIABLE = "PLAIN_SITE_TOTP"
"""The variable that holds the secret of everybody's authenticator app, where the site asks for one."""
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

Workspace = dict[str, Any]
USUAL: Workspace = {"plan": "Basic", "invoices": 3}
"""A workspace as a company has it that subscribed some months ago: no credits bought, none used."""
SMALL: Workspace = {"plan": "Basic", "monthly_credits": 90}
"""A workspace whose monthly credits are soon used up."""
MAY = 'may = ["buy", "run workflows", "change plan", "sign out"]'
"""The line of a profile that permits everything."""
MAIL, CLOCK = "# mailbox", "# clock"
"""What becomes the line of a profile with the site's mailbox, and the one with its clock."""
_DAY_S = 86_400


class Books:
    """What only a test may do beside the suite, by the control API: make workspaces, and look into them."""

    def __init__(self, fake: Fake) -> None:
        self._fake = fake
        self.workspaces: list[str] = []

    def make(self, workspace: Workspace) -> None:
        self.workspaces.append(self._ask("/workspaces", workspace)["id"])

    def stored(self, place: int) -> dict[str, Any]:
        """Return all that is stored about one of the workspaces."""
        return self._ask(f"/workspaces/{self.workspaces[place]}")

    def mails(self) -> list[Kept]:
        """Return all that was mailed from the workspaces."""
        sent = [(place, mail) for place in range(len(self.workspaces)) for mail in self.stored(place)["mail"]]
        sent.sort(key=lambda one: one[1]["at"])
        return [Kept(f"{place}-{mail['at']}", mail["recipient"], mail["subject"], mail["body"]) for place, mail in sent]

    def clock(self) -> Flask:
        """Return an application with the hook that moves a workspace's clock, as a company has it for its testers."""
        hook = Flask("clock")

        @hook.post("/")
        def move() -> tuple[dict[str, Any], int]:
            if request.headers.get("Authorization") != f"Bearer {PASSWORD}":
                return {"error": "not allowed"}, 401
            asked = request.get_json()
            place = int(asked["account"].partition("@")[0].rpartition(".")[2])
            workspace = f"/workspaces/{self.workspaces[place]}"
            self._ask(f"{workspace}/clock", {"advance_s": asked["advance_days"] * _DAY_S})
            stored = self.stored(place)
            today = datetime.fromtimestamp(stored["now"], UTC).date()
            return {"days_left": (stored["cycle"]["end"] - stored["now"]) / _DAY_S, "today": today.isoformat()}, 200

        return hook

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - our own address
            self._fake.control_url + path,
            json.dumps(body).encode() if body else None,
            {"Authorization": f"Bearer {self._fake.control_token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own address
            told: dict[str, Any] = json.load(answer)
        return told


@contextmanager
def plain_fake(file: Path, *workspaces: Workspace, more: str = "", faults: Sequence[str] = ()) -> Iterator[Books]:
    """Serve the fake and write a profile that tells no more of it than of any site; `more` are lines of the profile."""
    with Fake() as fake, ExitStack() as services:
        accounts, books = [], Books(fake)
        for place, one in enumerate(workspaces or (USUAL, SMALL)):
            members = [{"email": f"{name}.{place}@example.com", "password": PASSWORD} for name in ("ada", "grace")]
            books.make({"members": members, "faults": list(faults), **one})
            accounts.append([str(member["email"]) for member in members])
        mailbox, clock = (services.enter_context(served(app)) for app in (mailpit(books.mails), books.clock()))
        _write(file, Site(fake.site_url, fake.processor_url, mailbox, clock), accounts, more)
        yield books


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on this machine alone, and yield its address."""
    sock = bind(0)
    server = Server(app, sock)
    try:
        yield url_of(sock)
    finally:
        server.stop()


def foreign(file: Path, switches: tuple[str, ...] = (), breakages: tuple[str, ...] = (), more: str = "") -> Merchant:
    """Serve the foreign site, and write its profile. Returns what it knows."""
    merchant = Merchant(parse(switches, breakages), accounts=2)
    merchant.office.token, merchant.office.shared_seed = PASSWORD, TOTP
    for account in merchant.accounts:
        account.password = PASSWORD
    ready = start(merchant)

    def mails() -> list[Kept]:
        return [Kept(str(at), one.to, one.subject, html=one.html) for at, one in enumerate(merchant.office.outbox)]

    mailbox, clock = serve(mailpit(mails), 0), ready["site_url"] + "/internal/clock"
    site = Site(ready["site_url"], ready["payment_url"], mailbox, clock)
    asks = merchant.config["second_factor"] == "app"
    _write(file, site, [[one.email, one.colleague] for one in merchant.accounts], more, asks_twice=asks)
    return merchant


@dataclass(frozen=True)
class Site:
    """The addresses that a profile tells."""

    url: str
    payments: str
    mailbox: str
    clock: str


def _write(file: Path, site: Site, accounts: list[list[str]], more: str, *, asks_twice: bool = False) -> None:
    """Write a site's profile. Where its further lines speak of it, the site has a mailbox and a clock too."""
    host = site.payments.partition("://")[2]
    totp = f', totp = "${{{TOTP_VARIABLE}}}"' if asks_twice else ""
    listed = "\n".join(
        f'    {{ email = "{email}", password = "${{{VARIABLE}}}", workspace = "{place}"{totp} }},'
        for place, members in enumerate(accounts)
        for email in members
    )
    more = more.replace(MAIL, f'mailbox = {{ url = "{site.mailbox}", limit = 5 }}')
    more = more.replace(CLOCK, f'clock = {{ url = "{site.clock}", token = "${{{VARIABLE}}}" }}')
    file.write_text(
        f'[targets.plain]\nbase_url = "{site.url}"\npayments = {{ allow = "test", hosts = ["{host}"] }}\n'
        f"accounts = [\n{listed}\n]\n{more}\n",
        encoding="utf-8",
    )


@click.command()
@click.argument("site", type=click.Choice(["fake", "foreign"]))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--more", default="", help="Further lines of the profile.")
@click.option("--fault", "faults", multiple=True, help="Faults of the fake, breakages of the foreign site.")
def main(*, site: str, file: Path, more: str, faults: tuple[str, ...]) -> None:
    """Serve a site, write its profile into FILE, and end with stdin."""
    if site == "foreign":
        foreign(file, breakages=faults, more=more)
        sys.stdin.read()
        return
    with plain_fake(file, more=more, faults=faults):
        sys.stdin.read()


if __name__ == "__main__":
    main()
