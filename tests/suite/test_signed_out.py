"""Who has logged out sees nothing more of the site, wherever they look."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors.authentication import hold_signed_out
from steps.pages.navigation import AppNavigation
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SITE = "http://site.example"
SIGN_IN = "<h1>Sign in</h1><label>E-mail <input type=email></label><label>Password <input type=password></label>"
BILLING = """<h2>Current Plan</h2><p>Pro plan</p><p>Monthly credits 7,500 of 10,000</p><button>Add credits</button>
<h2>Billing Information</h2><h2>Invoices</h2>"""
SHELL = f"{BILLING}<script>setTimeout(() => {{ document.body.innerHTML = `{SIGN_IN}`; }}, 300)</script>"


def _signed_out(page: Page, billing: str, status: int = 200) -> Any:
    def answer(route: Route) -> None:
        is_billing = route.request.url.endswith("/billing")
        body = f"<title>Diaflow</title>{billing if is_billing else SIGN_IN}<button>Sign in</button>"
        route.fulfill(body=body, content_type="text/html", status=status if is_billing else 200)

    page.context.route(f"{SITE}/**", answer)
    profile = Profile(base_url=SITE, limits=Limits(page=3, immediately=1))
    return SimpleNamespace(
        page=page,
        target=SimpleNamespace(profile=profile),
        navigation=AppNavigation(page, profile),
        billing_at=f"{SITE}/billing",
        immediate_timeout_s=1,
    )


def test_billing_is_closed_to_who_has_logged_out(page: Page) -> None:
    with pytest.raises(BrokenPromiseError, match=r"nothing to who has logged out[^$]*/billing shows it"):
        hold_signed_out(cast("Any", _signed_out(page, BILLING)))


@pytest.mark.parametrize(("billing", "status"), [(SIGN_IN, 200), (SHELL, 200), ("<h1>Not found</h1>", 404)])
def test_what_shows_none_of_it_is_closed(page: Page, billing: str, status: int) -> None:
    hold_signed_out(cast("Any", _signed_out(page, billing, status)))
