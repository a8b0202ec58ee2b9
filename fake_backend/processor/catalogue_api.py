"""The API's routes for what is made, retrieved and listed alike: products, prices, customers, charges and refunds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fake_backend.processor import api_support, catalogue, catalogue_params, refunds
from fake_backend.processor.errors import no_such
from fake_backend.processor.expansion import expand
from fake_backend.processor.forms import check
from fake_backend.processor.params import ListParams, NoParams

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint, Response

    from fake_backend.database import Transaction
    from fake_backend.processor.params import Params
    from fake_backend.processor.service import Processor

    Create = Callable[[Transaction, Any], dict[str, Any]]


def add_routes(api: Blueprint, service: Processor) -> None:
    """Put the routes on the API."""
    makers: tuple[tuple[str, str, type[Params], Create, type[ListParams]], ...] = (
        (
            "products", "product", catalogue_params.CreateProduct, catalogue.create_product,
            catalogue_params.ListProducts,
        ),
        ("prices", "price", catalogue_params.CreatePrice, catalogue.create_price, catalogue_params.ListPrices),
        (
            "customers", "customer", catalogue_params.CreateCustomer, catalogue.create_customer,
            catalogue_params.ListCustomers,
        ),
        ("refunds", "refund", catalogue_params.CreateRefund, refunds.create, catalogue_params.ListRefunds),
    )  # fmt: skip
    for path, kind, takes, create, lists in makers:
        api.add_url_rule(f"/{path}", f"create_{kind}", _creator(service, kind, takes, create), methods=["POST"])
        api.add_url_rule(f"/{path}", f"list_{kind}", _lister(service, kind, lists), methods=["GET"])
        api.add_url_rule(f"/{path}/<name>", f"retrieve_{kind}", _retriever(service, kind), methods=["GET"])
    for path, kind in (("charges", "charge"), ("payment_methods", "payment_method")):
        api.add_url_rule(f"/{path}/<name>", f"retrieve_{kind}", _retriever(service, kind), methods=["GET"])


def _creator(service: Processor, kind: str, takes: type[Params], create: Create) -> Callable[[], Response]:
    def view() -> Response:
        chosen = check(takes, api_support.params())

        def work(tx: Transaction) -> dict[str, Any]:
            return expand(create(tx, chosen), chosen.expand, service.find, kind)

        answer = api_support.once(service.database, work)
        service.deliverer.plan()
        return answer

    return view


def _retriever(service: Processor, kind: str) -> Callable[[str], Response]:
    def view(name: str) -> Response:
        chosen = check(NoParams, api_support.params())
        found = service.find(kind, name)
        if found is None:
            raise no_such(kind, name, "id")
        return api_support.answer(expand(found, chosen.expand, service.find, kind))

    return view


def _lister(service: Processor, kind: str, takes: type[ListParams]) -> Callable[[], Response]:
    def view() -> Response:
        chosen = check(takes, api_support.params())
        conditions = [("kind = ?", kind), *_conditions(chosen)]
        listing = api_support.Listing("records", conditions, kind)
        page = api_support.page(service.database, listing, chosen, lambda row: json.loads(row["json"]))
        return api_support.answer(expand(page, chosen.expand, service.find, f"list of {kind}"))

    return view


def _conditions(chosen: ListParams) -> list[tuple[str, Any]]:
    """Return the conditions for the parameters that only this list takes."""
    given = chosen.model_dump(exclude=set(ListParams.model_fields) | {"created"}, exclude_none=True)
    found = api_support.created_between(getattr(chosen, "created", None))
    for name, value in given.items():
        if isinstance(value, list):
            column = {"ids": "id", "lookup_keys": "lookup_key"}[name]
            sql = f"json_extract(json, '$.{column}') IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
            found.append((sql, json.dumps(value)))
        else:
            found.append((f"json_extract(json, '$.{name}') = ?", value))
    return found
