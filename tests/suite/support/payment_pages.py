"""Payment pages as tests write them: fields and buttons, and hosts that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PAY = "<button>Pay $20.00</button>"
NUMBER, EXP, CODE = (f"<input autocomplete='cc-{name}' aria-label='{name}'>" for name in ("number", "exp", "csc"))
PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2, payment=2))
WITHIN = '<iframe srcdoc="{}" title=Payment></iframe>'


def served(page: Page, **pages: str) -> None:
    """Serve pages of the payment host and a bank's by their names, and the site for everything else."""

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        body = pages.get(name, "<h1>Billing</h1><div role=alert>Payment successful</div><h2>Current Plan</h2>")
        status, body = (400, "<h1>Bad Request</h1>") if name == "error" else (200, body)
        route.fulfill(content_type="text/html", body=f"<!doctype html>{body}", status=status)

    for host in ("pay", "bank"):
        page.route(f"http://{host}.example/**", serve)
    page.route("http://site.example/**", serve)
