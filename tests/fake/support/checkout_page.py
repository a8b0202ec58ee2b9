"""A payment page in a browser, and hands to type on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

from tests.fake.conftest import Control, Member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Frame, FrameLocator, Locator, Page


# Where a field stands that has a frame: which one, and by what it is found there.
_ELEMENTS = {
    "payment-element": {
        "#cardNumber": ("payment", "#Field-numberInput"),
        "#cardExpiry": ("payment", "#Field-expiryInput"),
        "#cardCvc": ("payment", "#Field-cvcInput"),
        "#billingCountry": ("payment", "#Field-countryInput"),
        "#billingPostalCode": ("payment", "#Field-postalCodeInput"),
        "#cardNumber-fieldset .FieldError span": ("payment", "#cardNumber-fieldset .FieldError span"),
    },
    "field-frames": {
        "#cardNumber": ("number", "[name=cardnumber]"),
        "#cardExpiry": ("expiry", "[name=exp-date]"),
        "#cardCvc": ("cvc", "[name=cvc]"),
    },
}


class Checkout:
    """A payment page that a member of a workspace has come to, and hands to type on it."""

    def __init__(self, control: Control, page: Page, **processor: Any) -> None:
        self.control = control
        self.page = page
        self.layout = processor.pop("layout", "fields")
        self.seeded: Mapping[str, Any] = control.seed(variant={"payment_page": self.layout}, processor=processor)
        self.url = Member.of(control, self.seeded).checkout()
        page.context.add_cookies(self.seeded["storage_state"]["cookies"])
        page.goto(self.url)

    @property
    def frame(self) -> Page | FrameLocator:
        return self.page.frame_locator(".PaymentFrame") if self.layout == "nested-frame" else self.page

    def of(self, selector: str) -> Locator:
        part, inside = _ELEMENTS.get(self.layout, {}).get(selector, ("", selector))
        place = self.page.frame_locator(f"iframe[src$='/element/{part}']") if part else self.frame
        return place.locator(inside)

    @property
    def submit(self) -> Locator:
        return self.frame.get_by_test_id("hosted-payment-submit-button")

    def fill(self, card: str = "4242424242424242", **fields: str) -> None:
        if self.layout in {"card-choice", "nested-frame"}:
            self.frame.get_by_test_id("card-accordion-item-button").click()
        if self.layout == "save-box":
            self.of("#enableStripePass").uncheck()
        values = {"cardNumber": card, "cardExpiry": "12 / 34", "cardCvc": "123", "billingName": "Ada"} | fields
        if self.layout == "payment-element":
            del values["billingName"]
        for name, value in values.items():
            self.of(f"#{name}").fill(value)
        self.of("#billingCountry").select_option("US")
        self.of("#billingPostalCode").fill(fields.get("billingPostalCode", "94107"))

    def challenge(self) -> Frame:
        self.page.locator("iframe[src*=three-ds-2-challenge]").wait_for()
        inner = self.page.frame_locator("iframe[src*=three-ds-2-challenge]").locator("[name=stripe-challenge-frame]")
        frame = inner.element_handle().content_frame()
        assert frame is not None
        return frame

    def press(self, button: str) -> None:
        """Press until it took: while the bank's page slides in, presses are dropped."""
        frame = self.challenge()
        for _ in range(40):
            try:
                if frame.is_detached() or not frame.locator(button).is_enabled():
                    return
                frame.locator(button).click()
            except Error:
                if not frame.is_detached():
                    raise
                return  # it took, and the page has gone on meanwhile
            self.page.wait_for_timeout(50)
        raise AssertionError("The challenge did not take the press.")

    def state(self) -> dict[str, Any]:
        return self.control.state(self.seeded["id"])

    def bought(self) -> int:
        credits_now: int = self.state()["credits"]["add_on"]["remaining"]
        return credits_now
