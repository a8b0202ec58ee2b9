"""The parameters for products, prices, customers and refunds, a model for each request."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from fake_backend.processor.params import (
    Currency,
    Email,
    ListParams,
    Metadata,
    Params,
    Part,
    ProductData,
    Range,
    Text,
    Time,
    Url,
)

Amount = Annotated[int, Field(ge=0, le=10**12)]
TaxBehavior = Literal["exclusive", "inclusive", "unspecified"]


class PriceInPlace(Part):
    """The price that a new product has."""

    currency: Currency
    unit_amount: Amount


class CreateProduct(ProductData, Params):
    """`POST /v1/products`."""

    id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    active: bool = True
    url: Url | None = None
    shippable: bool | None = None
    default_price_data: PriceInPlace | None = None


class CreatePrice(Params):
    """`POST /v1/prices`: for one payment; a price that is paid again and again is refused."""

    currency: Currency
    unit_amount: Amount
    product: Text | None = None
    product_data: ProductData | None = None
    active: bool = True
    lookup_key: Annotated[str, Field(max_length=200)] | None = None
    metadata: Metadata = Field(default_factory=dict)
    nickname: Text | None = None
    tax_behavior: TaxBehavior = "unspecified"


class ListProducts(ListParams):
    """`GET /v1/products`."""

    active: bool | None = None
    created: Time | Range | None = None
    ids: list[Text] | None = None


class ListPrices(ListParams):
    """`GET /v1/prices`."""

    active: bool | None = None
    created: Time | Range | None = None
    currency: Currency | None = None
    lookup_keys: list[Text] | None = None
    product: Text | None = None
    type: Literal["one_time", "recurring"] | None = None


class Address(Part):
    """Where somebody lives."""

    city: Text | None = None
    country: Text | None = None
    line1: Text | None = None
    line2: Text | None = None
    postal_code: Text | None = None
    state: Text | None = None


class CreateCustomer(Params):
    """`POST /v1/customers`."""

    address: Address | None = None
    description: Text | None = None
    email: Email | None = None
    metadata: Metadata = Field(default_factory=dict)
    name: Annotated[str, Field(max_length=256)] | None = None
    phone: Annotated[str, Field(max_length=20)] | None = None


class ListCustomers(ListParams):
    """`GET /v1/customers`."""

    created: Time | Range | None = None
    email: Text | None = None


class CreateRefund(Params):
    """`POST /v1/refunds`: of all that is left of a payment where no amount is given."""

    amount: Annotated[int, Field(ge=1, le=10**12)] | None = None
    charge: Text | None = None
    payment_intent: Text | None = None
    metadata: Metadata = Field(default_factory=dict)
    reason: Literal["duplicate", "fraudulent", "requested_by_customer"] | None = None


class ListRefunds(ListParams):
    """`GET /v1/refunds`."""

    charge: Text | None = None
    created: Time | Range | None = None
    payment_intent: Text | None = None
