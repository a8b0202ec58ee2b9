"""Start the foreign site: `python -m tests.tools.foreign_site --port 0 --switch popup=drawer --json`."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from waitress import create_server

from tests.tools.foreign_site import payment, web
from tests.tools.foreign_site.config import BREAKAGES, PACKAGES, SWITCHES, parse
from tests.tools.foreign_site.current import create_app
from tests.tools.foreign_site.merchant import Merchant

if TYPE_CHECKING:
    from flask import Flask

LOOPBACK = "127.0.0.1"


def serve(app: Flask, port: int) -> str:
    """Serve in the background, on loopback alone; gives the address."""
    server = create_server(app, host=LOOPBACK, port=port, threads=6)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://{LOOPBACK}:{server.effective_port}"


def start(merchant: Merchant, port: int = 0) -> dict[str, Any]:
    """Serve site and payment page; gives their addresses, the first user, and all users."""
    merchant.site_url = serve(create_app(web.pages, merchant), port)
    merchant.payment_url = serve(create_app(payment.pages, merchant), 0)
    users = [
        {"email": one.email, "password": one.password, "totp": merchant.office.seed(one.email)}
        for one in merchant.accounts
    ]
    return {"site_url": merchant.site_url, "payment_url": merchant.payment_url, **users[0], "accounts": users}


def _list(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        click.echo(json.dumps({"switches": SWITCHES, "breakages": BREAKAGES, "packages": list(PACKAGES)}, indent=1))
        context.exit()


@click.command()
@click.option("--list", is_flag=True, expose_value=False, is_eager=True, callback=_list, help="Tell all names as JSON.")
@click.option("--port", default=0, help="Port of the site; 0 takes a free one.")
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="How the site looks; see --list.")
@click.option("--break", "breakages", multiple=True, metavar="NAME", help="Which promise is broken; see --list.")
@click.option("--broken-package", default=44_000, help="Credits of the package that breakages of one package concern.")
@click.option("--rename", "renamed", multiple=True, metavar="WORD=INSTEAD", help="What pages say for a word.")
@click.option("--accounts", default=1, type=click.IntRange(1, 99), help="How many users there are.")
@click.option("--json", "as_json", is_flag=True, help="Tell addresses and users as a line of JSON; end with stdin.")
def main(
    *,
    port: int,
    switches: tuple[str, ...],
    breakages: tuple[str, ...],
    broken_package: int,
    renamed: tuple[str, ...],
    accounts: int,
    as_json: bool,
) -> None:
    """Run the foreign billing site and its payment page until stdin ends (--json) or Ctrl-C."""
    try:
        words = dict(pair.split("=", 1) for pair in renamed)
        config = replace(parse(switches, breakages, broken_package), renamed=words)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    ready = start(Merchant(config, accounts), port)
    if as_json:
        click.echo(json.dumps(ready))
        sys.stdin.read()
        return
    for name, value in ready.items():
        click.echo(f"{name}: {value}")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
