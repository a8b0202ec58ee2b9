"""A member before the site, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import Page, expect

from tests.fake.conftest import pay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator

    from tests.fake.conftest import Control

PAYMENT_PAGE = re.compile(r"/c/pay/cs_test_")


class Visit:
    """A member before the site."""

    def __init__(self, control: Control, page: Page, **wanted: Any) -> None:
        self.control = control
        self.page = page
        self.seeded = control.seed(**{"used_credits": 700, "add_on_credits": 500, **wanted})
        page.context.add_cookies(self.seeded["storage_state"]["cookies"])
        self.to("/settings/billing")

    def to(self, path: str) -> None:
        self.page.goto(self.control.fake.site_url + path)

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def package(self, amount: str, role: Literal["button", "radio"] = "button") -> Locator:
        """Return what a package is chosen by; its name goes on with the price."""
        return self.page.get_by_role(role, name=re.compile(rf"^{amount} credits\b"))

    def open_packages(self) -> None:
        self.button("Add credits").click()
        expect(self.page.get_by_role("dialog", name="Add credits")).to_be_visible()

    def pay(self, page: Page | None = None) -> None:
        """Pay on the payment page, and go where it sends the buyer."""
        page = page or self.page
        page.wait_for_url(PAYMENT_PAGE)
        page.goto(pay(self.control.http, page.url)["redirect_url"])

    def shows(self, add_on: int, page: Page | None = None) -> None:
        row = (page or self.page).get_by_role("row", name="Add-on credits")
        expect(row.get_by_role("cell").first).to_have_text(f"{add_on:,}")

    def state(self) -> dict[str, Any]:
        return self.control.state(self.seeded["id"])


def visits(control: Control, page: Page) -> Iterator[Callable[..., Visit]]:
    """Make visits; at the end the pages have asked for nothing that is not there, and reported no error."""
    made: list[Visit] = []
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def begin(**wanted: Any) -> Visit:
        made.append(Visit(control, page, **wanted))
        return made[-1]

    yield begin
    assert errors == []
    for one in made:
        path = f"/journal?workspace={one.seeded['id']}&unexpected=true"
        assert control.ask("GET", path)["entries"] == []
