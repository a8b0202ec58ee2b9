"""Checkout Sessions: made by the merchant, paid by the buyer, or ended by the clock."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from fake_backend.processor import catalogue, clock, events, ids, money, objects, records
from fake_backend.processor.errors import ApiError, no_such

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Database, Transaction
    from fake_backend.processor.params import CreateSession

_SHORTEST_S = 30 * 60
_LONGEST_S = 24 * 60 * 60


class Sessions:
    """The sessions of one processor; `page_url` is the base address of the hosted page."""

    def __init__(self, database: Database, page_url: str) -> None:
        self.database = database
        self.page_url = page_url

    def create(self, tx: Transaction, params: CreateSession) -> sqlite3.Row:
        """Make an open session. Raises `ApiError` for what the models cannot tell."""
        kept = params.model_dump(exclude={"expand", "expires_at"})
        amount, currency = _total(tx, kept)
        _add_customer(tx, kept)
        now = clock.now(tx, params.client_reference_id)
        expires_at = _expiry(params.expires_at, now)
        session_id = ids.new("cs_test_")
        tx.execute(
            "INSERT INTO sessions (id, reference, created, expires_at, due, amount, currency, params)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                session_id,
                params.client_reference_id,
                int(now),
                expires_at,
                time.time() + expires_at - now,
                amount,
                currency,
                json.dumps(kept),
            ),
        )
        return self.find(tx, session_id)

    def find(self, source: Database | Transaction, session_id: str, param: str = "session") -> sqlite3.Row:
        """Return a session's row. Raises `ApiError` (404) when there is none."""
        row = source.row("SELECT * FROM sessions WHERE id = ?", (session_id,))
        if row is None:
            raise no_such("checkout.session", session_id, param)
        return row

    def get(self, session_id: str, param: str = "session") -> sqlite3.Row:
        """Return a session's row as it is now: one whose time is over has expired. Raises `ApiError` (404)."""
        row = self.find(self.database, session_id, param)
        if row["status"] == "open" and row["due"] <= time.time():
            with self.database.transaction() as tx:
                self._end(tx, session_id)
            row = self.find(self.database, session_id)
        return row

    def expire(self, tx: Transaction, session_id: str) -> sqlite3.Row:
        """End an open session at the merchant's wish. Raises `ApiError` when it is not open."""
        row = self.find(tx, session_id)
        if row["status"] != "open" or row["due"] <= time.time():
            raise ApiError(
                'Only Checkout Sessions with a status in ["open"] can be expired. '
                f"This Checkout Session has a status of `{'complete' if row['status'] == 'complete' else 'expired'}`."
            )
        self._end(tx, session_id)
        return self.find(tx, session_id)

    def expire_due(self) -> int:
        """End every session whose time is over, and return their number."""
        if not self.database.row("SELECT 1 FROM sessions WHERE status = 'open' AND due <= ?", (time.time(),)):
            return 0
        with self.database.transaction() as tx:
            due = tx.rows("SELECT id FROM sessions WHERE status = 'open' AND due <= ?", (time.time(),))
            for row in due:
                self._end(tx, row["id"])
        return len(due)

    def _end(self, tx: Transaction, session_id: str) -> None:
        if tx.execute("UPDATE sessions SET status = 'expired' WHERE id = ? AND status = 'open'", (session_id,)):
            row = self.find(tx, session_id)
            events.record(tx, "checkout.session.expired", row["reference"], self.show(row))

    def show(self, row: sqlite3.Row) -> dict[str, Any]:
        """Return a session as the API does."""
        return objects.session(row, self.page_url)


def _total(tx: Transaction, kept: dict[str, Any]) -> tuple[int, str]:
    """Return amount (cents) and currency of an order; each of its lines gets its id and its price."""
    if kept["mode"] != "payment":
        raise ApiError("This test account takes payments only: `mode` must be `payment`.", param="mode")
    items = [_priced(tx, item, f"line_items[{number}]") for number, item in enumerate(kept["line_items"])]
    kept["line_items"] = items
    currencies = {item["price"]["currency"] for item in items}
    if len(currencies) > 1:
        raise ApiError("All line items must have the same currency.", param="line_items")
    amount = sum(item["price"]["unit_amount"] * item["quantity"] for item in items)
    check_amount(amount, currency := currencies.pop())
    return amount, currency


def _priced(tx: Transaction, item: dict[str, Any], param: str) -> dict[str, Any]:
    """Return a line with its whole price: the one that it names, or a new one as it describes."""
    if item["price"] is not None and item["price_data"] is not None:
        raise ApiError("You may only specify one of these parameters: price, price_data.", param=param)
    if item["price"] is not None:
        price = catalogue.known_price(tx, item["price"], f"{param}[price]")
        name = catalogue.known_product(tx, price["product"], f"{param}[price]")["name"]
    elif item["price_data"] is not None:
        price, name = _described(tx, item["price_data"], f"{param}[price_data]")
    else:
        message = f"Missing required param: {param}[price_data]."
        raise ApiError(message, code="parameter_missing", param=f"{param}[price_data]")
    return {"id": ids.new("li_"), "name": name, "price": price, "quantity": item["quantity"]}


def _described(tx: Transaction, data: dict[str, Any], param: str) -> tuple[dict[str, Any], str]:
    """Return the price that a line describes, which nobody else can buy at, and its product's name."""
    if (data["product"] is None) == (data["product_data"] is None):
        message = f"You must provide exactly one of these parameters: {param}[product], {param}[product_data]."
        raise ApiError(message, code="parameter_missing", param=f"{param}[product_data]")
    if data["product"] is not None:
        product = catalogue.known_product(tx, data["product"], f"{param}[product]")
    else:
        described = {name: value for name, value in data["product_data"].items() if value is not None}
        product = records.add(tx, catalogue.product(ids.new("prod_"), described | {"active": False}))
    more = {"active": False, "tax_behavior": data["tax_behavior"]}
    made = catalogue.price(ids.new("price_"), product["id"], data["currency"], data["unit_amount"], **more)
    return records.add(tx, made), str(product["name"])


def _add_customer(tx: Transaction, kept: dict[str, Any]) -> None:
    """Look the order's customer up, whose e-mail address the page then knows. Raises `ApiError`."""
    if not kept["customer"]:
        return
    if kept["customer_email"]:
        message = "You may only specify one of these parameters: customer, customer_email."
        raise ApiError(message, code="parameters_exclusive", param="customer")
    found = records.find(tx, "customer", kept["customer"])
    if found is None:
        raise no_such("customer", kept["customer"], "customer", 400)
    kept["known_email"] = found["email"]


def check_amount(amount: int, currency: str) -> None:
    """Raise `ApiError` for a total that cannot be charged."""
    if amount < (least := money.smallest(currency)):
        raise ApiError(
            f"The Checkout Session's total amount due must add up to at least {money.show(least, currency)} {currency}",
            code="amount_too_small",
        )
    if amount > money.largest(currency):
        raise ApiError("The Checkout Session's total amount is too large.", code="amount_too_large")
    if amount % money.step(currency):
        raise ApiError(
            f"Invalid amount: amounts in {currency} must be divisible by {money.step(currency)}.",
            code="invalid_charge_amount",
        )


def _expiry(wish: int | None, now: float) -> int:
    if wish is None:
        return int(now) + _LONGEST_S
    # A second of grace each way: the merchant counted before the request was on its way.
    if not now + _SHORTEST_S - 1 <= wish <= now + _LONGEST_S + 1:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session"
            " creation.",
            param="expires_at",
        )
    return wish
