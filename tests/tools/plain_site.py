"""Sites that the suite can ask nothing but what a member sees: the fake without its control API, and the foreign site.

`python -m tests.tools.plain_site fake|foreign FILE` serves one, writes its profile into FILE, and ends with stdin.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fake_backend.serving import Fake
from tests.tools.foreign_site.__main__ import start
from tests.tools.foreign_site.config import parse
from tests.tools.foreign_site.merchant import Merchant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIABLE = "PLAIN_SITE_PASSWORD"
"""The variable that holds the password of every account."""
PASSWORD = "Plain-site-0"

Workspace = dict[str, Any]
USUAL: Workspace = {"plan": "Basic", "invoices": 3}
"""A workspace as a company has it that subscribed some months ago: no credits bought, none used."""
SMALL: Workspace = {"plan": "Basic", "monthly_credits": 90}
"""A workspace whose monthly credits are soon used up."""
MAY = 'may = ["buy", "run workflows", "change plan", "sign out"]'
"""The line of a profile that permits everything."""


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
    with Fake() as fake:
        accounts, books = [], Books(fake)
        for place, one in enumerate(workspaces or (USUAL, SMALL)):
            members = [{"email": f"{name}.{place}@example.com", "password": PASSWORD} for name in ("ada", "grace")]
            books.make({"members": members, "faults": list(faults), **one})
            accounts.append([str(member["email"]) for member in members])
        _write(file, fake.site_url, fake.processor_url, accounts, more)
        yield books


def foreign(file: Path, switches: tuple[str, ...] = (), breakages: tuple[str, ...] = (), more: str = "") -> Merchant:
    """Serve the foreign site, and write its profile. Returns what it knows."""
    merchant = Merchant(parse(switches, breakages), accounts=2)
    for account in merchant.accounts:
        account.password = PASSWORD
    ready = start(merchant)
    _write(
        file, ready["site_url"], ready["payment_url"], [[one.email, one.colleague] for one in merchant.accounts], more
    )
    return merchant


def _write(file: Path, site: str, payments: str, accounts: list[list[str]], more: str) -> None:
    host = payments.partition("://")[2]
    listed = "\n".join(
        f'    {{ email = "{email}", password = "${{{VARIABLE}}}", workspace = "{place}" }},'
        for place, members in enumerate(accounts)
        for email in members
    )
    file.write_text(
        f'[targets.plain]\nbase_url = "{site}"\npayments = {{ allow = "test", hosts = ["{host}"] }}\n'
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
