"""Does the site keep its word? `python -m tests.tools.foreign_site.selfcheck [--pairs] [NAME …]` drives it by
hand-written steps that know the switches: every value buys credits and all promises hold; with each breakage some
promise fails.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from allpairspy import AllPairs
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests.tools.foreign_site.buyer import Buyer
from tests.tools.foreign_site.config import BREAKAGES, PACKAGES, PLANS, SWITCHES, Config, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = "/usr/bin/chromium-headless-shell"
DECLINED, CHALLENGED = "4000000000000002", "4000002760003184"
LABELS = [f"{n:,} credits" for n in PACKAGES]
PACKAGE = 44_000


def others(config: Config) -> int:
    """What the other buyer adds with each checkout."""
    return 6_000 if config["other_buyer"] == "buys" else 0


def journey(buyer: Buyer) -> None:
    """The documented journey and no more: buy one package."""
    buyer.sign_in()
    buyer.open_billing()
    before = buyer.balance()
    assert before == (7_500 if buyer.config["stock"] == "some" else 0), before
    popup = buyer.add_credits()
    assert buyer.labels(popup) == LABELS, buyer.labels(popup)
    tab = buyer.choose(popup, f"{PACKAGE:,} credits")
    expect(tab.get_by_test_id("product-summary-name")).to_have_text("44,000 credits", timeout=3000)
    frame = buyer.pay(tab, DECLINED)
    frame.get_by_text("declined").first.wait_for(timeout=4000)
    buyer.pay(tab, CHALLENGED)
    buyer.challenge(tab, "#test-source-authorize-3ds")
    buyer.landed(tab)
    gained = buyer.balance() - before - others(buyer.config)
    assert gained == PACKAGE, f"gained {gained}"
    bar = buyer.section.get_by_role("progressbar").get_attribute("aria-valuenow")
    assert int(bar or 0) >= 2_000, bar
    buyer.menu("Log out")
    buyer.page.get_by_label("Email").wait_for(timeout=3000)


def all_promises(buyer: Buyer) -> None:
    """Every promise that a breakage can break, each tried on its own."""
    promise, page = buyer.promise, buyer.page
    buyer.sign_in()
    with promise("way to Current Plan"):
        buyer.open_billing()
        page.wait_for_timeout(900)
        with promise("sections"):
            for text in ("Billing Information", "Invoices"):
                expect(page.get_by_text(text, exact=True)).to_be_visible(timeout=1000)
        with promise("plan name"):
            expect(buyer.section.get_by_text("Business", exact=True)).to_be_visible(timeout=1000)
        with promise("progress bar"):
            expect(buyer.section.get_by_role("progressbar")).to_be_visible(timeout=1000)
        with promise("kinds of credits"):
            buyer.balance()
        with promise("plans"):
            buyer.act("Upgrade plan").click(timeout=1500)
            for plan in PLANS:
                expect(page.get_by_role("heading", name=plan, exact=True)).to_be_visible(timeout=1500)
            page.keyboard.press("Escape")
        with promise("buying"):
            buying(buyer)
    with promise("log out"):
        buyer.page.goto(buyer.site["site_url"])
        buyer.menu("Log out")


def buying(buyer: Buyer) -> None:
    """The promises around a purchase; the first that fails here ends them."""
    promise = buyer.promise
    start = buyer.balance()
    popup = buyer.add_credits()
    with promise("packages"):
        assert buyer.labels(popup) == LABELS, buyer.labels(popup)
    price = re.search(rf"{PACKAGE:,} credits[^$]*(\$[\d,.]+)", popup.inner_text())
    buyer.page.keyboard.press("Escape")
    with promise("nothing for closing"):
        buyer.page.reload()
        assert buyer.balance() == start
    tab = buyer.choose(buyer.add_credits(), f"{PACKAGE:,} credits")
    with promise("package and price on the payment page"):
        expect(tab.get_by_test_id("product-summary-name")).to_have_text(f"{PACKAGE:,} credits", timeout=3000)
        total = tab.get_by_test_id("product-summary-total-amount").inner_text()
        assert total == (price[1] if price else ""), f"{total} {price}"
    buyer.pay(tab, DECLINED).get_by_text("declined").first.wait_for(timeout=4000)
    buyer.pay(tab, CHALLENGED)
    buyer.challenge(tab, "#test-source-fail-3ds")
    tab.get_by_text("unable to authenticate").wait_for(timeout=4000)
    tab.get_by_test_id("business-link").click()
    with promise("nothing for an unpaid checkout"):
        assert buyer.balance() == start, buyer.balance()
    before = buyer.balance()
    address = buyer.buy(PACKAGE)
    with promise("credits"):
        gained = buyer.balance() - before
        assert gained == PACKAGE, gained
    after = buyer.balance()
    with promise("plan kept"):
        expect(buyer.section.get_by_text("Business", exact=True)).to_be_visible(timeout=1000)
    with promise("invoice"):
        expect(buyer.page.get_by_role("cell", name=f"{PACKAGE:,} credits")).to_be_visible(timeout=2000)
    for way in (buyer.page.reload, partial(buyer.page.goto, address)):
        with promise("credits stay"):
            way()
            buyer.page.reload()
            assert buyer.balance() == after, buyer.balance()
    buyer.page.context.clear_cookies()
    buyer.sign_in()
    buyer.open_billing()
    with promise("credits after signing in again"):
        assert buyer.balance() == after, buyer.balance()
    buyer.buy(2_000)


@contextmanager
def running(arguments: list[str]) -> Iterator[dict[str, Any]]:
    """The site as its own process, as its users start it."""
    command = [sys.executable, "-m", "tests.tools.foreign_site", "--json", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.communicate()


def attempt(browser: Browser, switches: dict[str, str], breakage: str = "") -> dict[str, str]:
    """What failed on a site with these switches: the journey, or all promises when there is a breakage to find."""
    arguments = [part for name, value in switches.items() for part in ("--switch", f"{name}={value}")]
    arguments += ["--break", breakage] if breakage in BREAKAGES else []
    config = parse(tuple(f"{name}={value}" for name, value in switches.items()))
    with running(arguments) as site:
        context = browser.new_context(locale="en-US")
        context.set_default_timeout(5000)
        buyer = Buyer(context, config, site)
        errors: list[Error] = []
        context.on("weberror", lambda error: errors.append(error.error))
        with buyer.promise("journey"):
            (all_promises if breakage else journey)(buyer)
        context.close()
    if errors:
        buyer.failed["script"] = str(errors)
    return buyer.failed


def cases(chosen: tuple[str, ...], *, pairs: bool) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name, switches and breakage of each site to try: single values and breakages, or all pairs of values."""
    if pairs:
        rows = AllPairs([[(name, value) for value in values] for name, values in SWITCHES.items()])
        yield from ((f"pairs {n}", dict(row), "") for n, row in enumerate(rows))
        return
    singles = [(f"{name}={value}", {name: value}, "") for name, values in SWITCHES.items() for value in values[1:]]
    broken = [(name, {"prices": "usd"}, name) for name in ("none", *BREAKAGES)]
    for case in [("default", {}, ""), *singles, *broken]:
        if not chosen or case[0] in chosen or case[0].split("=")[0] in chosen:
            yield case


@click.command()
@click.argument("names", nargs=-1)
@click.option("--pairs", is_flag=True, help="Instead try sites on which every two values of two switches meet.")
def main(names: tuple[str, ...], *, pairs: bool) -> None:
    """Try all sites, or the named switches and breakages; ends with 1 when one does not behave as described."""
    wrong = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for name, switches, breakage in cases(names, pairs=pairs):
            started = time.monotonic()
            failed = attempt(browser, switches, breakage)
            right = bool(failed) == (breakage in BREAKAGES) and "script" not in failed
            wrong += not right
            shown = failed if not right else sorted(failed)
            click.echo(f"{'ok ' if right else 'BAD'} {time.monotonic() - started:4.1f} s  {name}  {shown or ''}")
            if not right:
                click.echo(f"      {switches}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
