"""What a merchant sells and to whom: products, prices and customers, made by parameters and kept as shown.

Source: docs.stripe.com/api/products, /prices, /customers. Amounts in the currency's smallest unit.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from fake_backend.processor import ids, records
from fake_backend.processor.errors import ApiError, no_such

if TYPE_CHECKING:
    from fake_backend.database import Transaction
    from fake_backend.processor.catalogue_params import CreateCustomer, CreatePrice, CreateProduct


def create_product(tx: Transaction, params: CreateProduct) -> dict[str, Any]:
    """Make a product, and its price where one is described. Raises `ApiError` for an id that is taken."""
    name = params.id or ids.new("prod_")
    if records.find(tx, "product", name):
        raise ApiError(f"Product already exists: {name}", code="resource_already_exists", param="id")
    made = records.add(tx, product(name, params.model_dump(exclude={"expand", "id", "default_price_data"})))
    if params.default_price_data is None:
        return made
    data = params.default_price_data
    made_price = records.add(tx, price(ids.new("price_"), name, data.currency, data.unit_amount))
    return records.change(tx, name, default_price=made_price["id"])


def create_price(tx: Transaction, params: CreatePrice) -> dict[str, Any]:
    """Make a price of a product that is there, or that is described with it. Raises `ApiError`."""
    if (params.product is None) == (params.product_data is None):
        raise ApiError("You must provide exactly one of these parameters: product, product_data.", param="product")
    if params.product_data is not None:
        owner = records.add(tx, product(ids.new("prod_"), params.product_data.model_dump()))["id"]
    else:
        owner = known_product(tx, params.product or "", "product")["id"]
    more = params.model_dump(include={"active", "lookup_key", "metadata", "nickname", "tax_behavior"})
    return records.add(tx, price(ids.new("price_"), owner, params.currency, params.unit_amount, **more))


def create_customer(tx: Transaction, params: CreateCustomer) -> dict[str, Any]:
    """Make a customer."""
    return records.add(tx, customer(ids.new("cus_"), params.model_dump(exclude={"expand"})))


def known_product(tx: Transaction, name: str, param: str) -> dict[str, Any]:
    """Return a product that a parameter names. Raises `ApiError` (400) when there is none."""
    found = records.find(tx, "product", name)
    if found is None:
        raise no_such("product", name, param, 400)
    return found


def known_price(tx: Transaction, name: str, param: str) -> dict[str, Any]:
    """Return an active price that a parameter names. Raises `ApiError` (400)."""
    found = records.find(tx, "price", name)
    if found is None:
        raise no_such("price", name, param, 400)
    if not found["active"]:
        raise ApiError("The price specified is inactive. This field only accepts active prices.", param=param)
    return found


def product(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return a product as the API does."""
    now = int(time.time())
    unused = ("package_dimensions", "shippable", "statement_descriptor", "tax_code", "tax_details", "unit_label", "url")
    empty: dict[str, Any] = {"active": True, "description": None, "images": [], "metadata": {}}
    return {
        "id": name,
        "object": "product",
        "created": now,
        "default_price": None,
        "livemode": False,
        "marketing_features": [],
        "type": "service",
        "updated": now,
        **dict.fromkeys(unused),
        **empty,
        **data,
    }


def price(name: str, product_id: str, currency: str, unit_amount: int, **more: Any) -> dict[str, Any]:
    """Return a price for one payment as the API does."""
    unused = ("custom_unit_amount", "lookup_key", "nickname", "recurring", "tiers_mode", "transform_quantity")
    return {
        "id": name,
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": int(time.time()),
        "currency": currency,
        "livemode": False,
        "metadata": {},
        "product": product_id,
        "tax_behavior": "unspecified",
        "type": "one_time",
        "unit_amount": unit_amount,
        "unit_amount_decimal": str(unit_amount),
        **dict.fromkeys(unused),
        **more,
    }


def customer(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return a customer as the API does."""
    settings = dict.fromkeys(("custom_fields", "default_payment_method", "footer", "rendering_options"))
    return {
        "id": name,
        "object": "customer",
        "balance": 0,
        "created": int(time.time()),
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "discount": None,
        "invoice_prefix": name[-8:].upper(),
        "invoice_settings": settings,
        "livemode": False,
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
        **data,
    }
