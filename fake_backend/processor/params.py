"""The parameters that the API takes, a model for each request. What is not here is refused, never ignored.

Source: docs.stripe.com/api/checkout/sessions/create and its neighbours. Amounts are in cents, times in seconds since
1970.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from fake_backend.processor import money
from fake_backend.processor.forms import PublishedError

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def is_url(value: str) -> str:
    """Return an address as it is. Raises `ValueError` where it is none."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or any(ord(letter) < 33 for letter in value):
        raise PublishedError("Not a valid URL", "url_invalid")
    return value


def _is_email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise PublishedError(f"Invalid email address: {value[:100]}", "email_invalid")
    return value


def _is_currency(value: str) -> str:
    if value.lower() not in money.CURRENCIES:
        raise PublishedError(f"Invalid currency: {value[:20]}.", "invalid_currency")
    return value.lower()


def _is_off(value: bool) -> bool:  # noqa: FBT001 - pydantic's signature
    if value:
        raise ValueError("This test account cannot do this: leave it out, or false.")
    return value


def _is_metadata(value: object) -> object:
    if value == "":  # an empty string unsets it
        return {}
    if not isinstance(value, dict):
        return value
    if len(value) > 50:
        raise PublishedError("You cannot have more than 50 metadata keys.", "metadata_too_many")
    if any(len(str(key)) > 40 for key in value):
        raise PublishedError("Metadata keys must be under 40 characters.", "metadata_key_too_long")
    return value


Url = Annotated[str, Field(max_length=5000), AfterValidator(is_url)]
Email = Annotated[str, Field(max_length=800), AfterValidator(_is_email)]
Currency = Annotated[str, AfterValidator(_is_currency)]
Metadata = Annotated[dict[str, Annotated[str, Field(max_length=500)]], BeforeValidator(_is_metadata)]
Text = Annotated[str, Field(max_length=5000)]
Time = Annotated[int, Field(ge=0, le=10**11)]


class Params(BaseModel):
    """What every request takes."""

    # Built at the first request that needs it: the start is quicker.
    model_config = ConfigDict(extra="forbid", defer_build=True)
    expand: list[Annotated[str, Field(max_length=200)]] = []


class Part(BaseModel):
    """A part of a request's parameters."""

    # Built at the first request that needs it: the start is quicker.
    model_config = ConfigDict(extra="forbid", defer_build=True)


class Off(Part):
    """Something that merchants ask for by name to have it off; asked for, it is refused."""

    enabled: Annotated[bool, AfterValidator(_is_off)]


class ProductData(Part):
    """What is sold, described in place."""

    name: Annotated[str, Field(min_length=1, max_length=250)]
    description: Text | None = None
    images: Annotated[list[Url], Field(max_length=8)] = []
    metadata: Metadata = {}
    tax_code: Text | None = None
    unit_label: Text | None = None


class PriceData(Part):
    """What it costs: `unit_amount` in the currency's smallest unit, for a product that is there or described."""

    currency: Currency
    unit_amount: Annotated[int, Field(ge=0, le=10**12)]
    product: Text | None = None
    product_data: ProductData | None = None
    tax_behavior: Literal["exclusive", "inclusive", "unspecified"] = "unspecified"


class LineItem(Part):
    """One line of the order."""

    price_data: PriceData | None = None
    price: Text | None = None
    quantity: Annotated[int, Field(ge=1, le=999_999)]
    adjustable_quantity: Off | None = None


class PaymentIntentData(Part):
    """What the payment itself carries."""

    description: Annotated[str, Field(max_length=1000)] | None = None
    metadata: Metadata = {}
    receipt_email: Email | None = None
    capture_method: Literal["automatic", "automatic_async"] = "automatic_async"


class CreateSession(Params):
    """`POST /v1/checkout/sessions`."""

    mode: Literal["payment", "setup", "subscription"]
    line_items: Annotated[list[LineItem], Field(min_length=1, max_length=100)]
    success_url: Url | None = None
    return_url: Url | None = None  # in place of success_url where the page stands in the merchant's
    cancel_url: Url | None = None
    client_reference_id: Annotated[str, Field(max_length=200)] | None = None
    customer_email: Email | None = None
    metadata: Metadata = {}
    expires_at: Time | None = None
    payment_intent_data: PaymentIntentData = PaymentIntentData()
    payment_method_types: list[Literal["card"]] = ["card"]
    locale: Annotated[str, Field(pattern=r"^(auto|en|en-GB)$")] | None = None
    submit_type: Literal["auto", "pay"] | None = None
    customer: Text | None = None
    # What merchants send although it is so anyway.
    ui_mode: Literal["hosted", "hosted_page", "embedded", "embedded_page"] = "hosted_page"
    adaptive_pricing: Off | None = None
    allow_promotion_codes: bool | None = None  # there are no codes here: the page calls each invalid
    automatic_tax: Off | None = None
    billing_address_collection: Literal["auto"] | None = None
    customer_creation: Literal["if_required"] = "if_required"
    invoice_creation: Off | None = None
    phone_number_collection: Off | None = None
    tax_id_collection: Off | None = None


class Range(Part):
    """A stretch of time, in seconds since 1970."""

    gt: Time | None = None
    gte: Time | None = None
    lt: Time | None = None
    lte: Time | None = None


class ListParams(Params):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, le=100)] = 10
    starting_after: Text | None = None
    ending_before: Text | None = None


class ListSessions(ListParams):
    """`GET /v1/checkout/sessions`."""

    created: Time | Range | None = None
    payment_intent: Text | None = None
    status: Literal["complete", "expired", "open"] | None = None


class ListEvents(ListParams):
    """`GET /v1/events`."""

    created: Time | Range | None = None
    type: Text | None = None
    types: Annotated[list[Text], Field(max_length=20)] | None = None


class CreateEndpoint(Params):
    """`POST /v1/webhook_endpoints`."""

    url: Url
    enabled_events: Annotated[list[Text], Field(min_length=1, max_length=100)]
    description: Text | None = None
    metadata: Metadata = {}


class NoParams(Params):
    """A request that takes nothing but `expand`."""
