"""A buyer who knows each switch of the foreign site: hand-written steps, for the site's own check alone."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, Frame, Locator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

    from tests.tools.foreign_site.config import Config

PAID = "4242424242424242"


class Buyer:
    """A person at the site who knows how this one looks."""

    def __init__(self, context: BrowserContext, config: Config, site: dict[str, Any]) -> None:
        self.page: Page = context.new_page()
        self.config, self.site = config, site
        self.failed: dict[str, str] = {}

    @contextmanager
    def promise(self, name: str) -> Iterator[None]:
        """Note a promise that does not hold, and go on."""
        try:
            yield
        except (AssertionError, Error) as error:
            self.failed.setdefault(name, str(error)[:300].replace("\n", " "))

    def sign_in(self) -> None:
        self.page.goto(self.site["site_url"])
        self.page.get_by_label("Email").fill(self.site["email"])
        if self.config["sign_in"] == "two-step":
            self.page.get_by_role("button", name="Continue").click()
        with self.promise("reset link"):
            expect(self.page.get_by_role("link", name="Reset your password")).to_be_visible(timeout=2000)
        self.page.get_by_label("Password").fill(self.site["password"])
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Hello").wait_for()

    def menu(self, entry: str) -> None:
        if self.config["settings"] == "modal":
            self.page.keyboard.press("Escape")
        names = {"name": "Ana Weber", "initials": "AW", "account": "Account"}
        self.page.get_by_role("button", name=names[self.config["profile"]], exact=True).click()
        role = "menuitem" if self.config["profile_menu"] == "menu" else "link"
        self.page.locator(f"[role={role}], ul a").get_by_text(entry, exact=True).click(timeout=2000)

    def open_billing(self) -> None:
        self.menu("Workspace Settings")
        kind = self.config["billing"]
        self.page.locator(f"[role={kind}], nav a").get_by_text("Billing", exact=True).click(timeout=2000)
        self.section.get_by_text("redit").first.wait_for(timeout=3000)

    @property
    def section(self) -> Locator:
        title = self.page.get_by_text(self.config["section_title"], exact=True)
        return self.page.locator("section").filter(has=title)

    def balance(self) -> int:
        """Add-on credits, with a moment and a reload where the site needs them."""
        if self.config["balance"] == "late":
            time.sleep(3.2)
        elif self.config["balance"] == "reload":
            self.page.reload()
        self.section.get_by_text("redit").first.wait_for(timeout=3000)
        text = self.section.inner_text()
        number = r"([\d,]+)"
        shapes = {"number-above": rf"{number}\s+Add-on credits", "sentence": rf"{number} add-on credits left"}
        shape = shapes.get(self.config["credits"], rf"Add-on credits:?\s+{number}")
        found = re.search(shape, text)
        if found is None:
            assert self.config["zero_row"] == "hidden" or "onthly credits" not in text, text
            assert "onthly credits" in text, text
        return int(found[1].replace(",", "")) if found else 0

    def act(self, label: str) -> Locator:
        """A button, link or div of this company's making."""
        kind = {"link": "a", "div": "[role=button]", "button": "button"}[self.config["actions"]]
        return self.section.locator(kind).filter(has_text=label)

    def add_credits(self) -> Locator:
        self.act("Add credits").click(timeout=3000)
        if self.config["popup"] != "inline":
            kinds = {"dialog": "[role=dialog] >> nth=-1", "native": "dialog", "drawer": "[role=dialog] >> nth=-1"}
            popup = self.page.locator(kinds.get(self.config["popup"], "aside"))
        else:
            popup = self.section.locator("xpath=following-sibling::div[1]")
        if self.config["popup_title"] != "none":
            popup.get_by_text(self.config["popup_title"]).first.wait_for(timeout=2000)
        popup.get_by_text("2,000 credits").or_(popup.locator("select")).first.wait_for(timeout=3000)
        return popup

    def labels(self, popup: Locator) -> list[str]:
        if self.config["choice"] == "select":
            popup.locator("select").wait_for(timeout=2000)
            options = popup.locator("option:not([disabled])").all_inner_texts()
            return [option.split(" —")[0].strip() for option in options]
        return re.findall(r"^\s*([\d,]+ (?:credits|tokens))\b", popup.inner_text(), re.MULTILINE)

    def choose(self, popup: Locator, label: str) -> Page:
        """Choose a package and confirm where needed; gives the tab of the payment page."""
        choice = self.config["choice"]
        direct = choice == "rows" or (choice in {"cards", "buttons"} and self.config["step"] == "direct")
        target = self.package(popup, re.compile(rf"^\s*{label}"))
        if not direct:
            if choice == "select":
                value = target.get_attribute("value")
                popup.locator("select").select_option(value)
                self.page.wait_for_timeout(150)
            else:
                target.click(timeout=2000)
                chosen = popup.locator("[aria-checked=true], [aria-pressed=true], input:checked")
                expect(chosen).to_have_count(1, timeout=2000)
                self.page.wait_for_timeout(150)
            target = popup.get_by_role("button", name=self.config["confirm"], exact=True)
        tab = self.page
        if self.config["payment_tab"] == "new":
            with self.page.expect_popup(timeout=3000) as opened:
                target.click(timeout=2000)
            tab = opened.value
        else:
            target.click(timeout=2000)
        tab.wait_for_url("**/c/pay/cs_test_*", timeout=3000)
        return tab

    def package(self, popup: Locator, exact: re.Pattern[str]) -> Locator:
        """What one clicks to choose a package."""
        row = popup.locator("li").filter(has_text=exact)
        return {
            "cards": popup.get_by_role("button", name=exact),
            "buttons": popup.get_by_role("button", name=exact),
            "rows": row.get_by_text(self.config["row_button"], exact=True),
            "radios": popup.locator("label").filter(has_text=exact),
            "radio-cards": popup.get_by_role("radio", name=exact),
            "select": popup.locator("option").filter(has_text=exact),
        }[self.config["choice"]]

    def pay(self, tab: Page, card: str) -> Frame:
        frame: Frame = tab.main_frame
        if self.config["pay_layout"] == "iframe":
            tab.wait_for_selector("iframe.Frame", timeout=3000)
            frame = next(frame for frame in tab.frames if frame.parent_frame == tab.main_frame)
            frame.wait_for_url("**/elements/*", timeout=3000)
        if self.config["pay_layout"] != "fields":
            frame.locator("[data-testid=card-accordion-item-button]").dispatch_event("click", timeout=3000)
        frame.locator("#cardNumber").fill(card, timeout=3000)
        frame.locator("#cardExpiry").fill("1234")
        frame.locator("#cardCvc").fill("123")
        frame.locator("#billingName").fill("Ana Weber")
        frame.locator("#billingCountry").select_option("US")
        frame.locator("#billingPostalCode").fill("94107")
        frame.locator("#enableStripePass").uncheck()
        frame.locator("[data-testid=hosted-payment-submit-button]").click()
        return frame

    def challenge(self, tab: Page, button: str) -> None:
        """Answer the bank's question: early clicks are lost, so click until it is gone."""
        asked = False
        for _ in range(60):
            tab.wait_for_timeout(250)
            inner = next((frame for frame in tab.frames if frame.name == "stripe-challenge-frame"), None)
            if inner is None and asked:
                return
            if inner is not None:
                asked = True
                with suppress(Error):
                    inner.locator(button).click(timeout=500)

    def landed(self, tab: Page) -> None:
        tab.wait_for_url(re.compile("session_id="), timeout=8000)
        self.page = tab
        where = self.config["landing"]
        if where == "success":
            tab.get_by_text("Your payment for").wait_for(timeout=4000)
            tab.get_by_role("link", name="Back to workspace").click()
            tab.get_by_role("heading", name="Hello").wait_for()
        elif where == "home":
            tab.get_by_text("thank you for your payment").wait_for(timeout=4000)
        else:
            self.section.wait_for(timeout=4000)
        if where != "billing":
            self.open_billing()

    def buy(self, credits_: int, card: str = PAID) -> str:
        """Buy a package with a card that pays; gives the landing address."""
        tab = self.choose(self.add_credits(), f"{credits_:,} credits")
        self.pay(tab, card)
        tab.wait_for_url(re.compile("session_id="), timeout=8000)
        address = tab.url
        self.landed(tab)
        return address
