"""The checks of the payment form's fields, made by the server whatever the page's own script has let pass.

Messages are the published ones. A country decides whether a postcode is asked for, and what it is called.
"""

from __future__ import annotations

import functools
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_backend.processor import cards, objects

if TYPE_CHECKING:
    from collections.abc import Collection

REQUIRED = "Required"
POSTAL_NAMES = {"US": "ZIP", "PR": "ZIP", "CA": "Postal code", "GB": "Postal code"}

_LONGEST = 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NAMES = (
    "email",
    "cardNumber",
    "cardExpiry",
    "cardCvc",
    "billingName",
    "billingCountry",
    "billingPostalCode",
    "phoneNumber",
)


@functools.cache
def countries() -> dict[str, str]:
    """Return the countries' names by their ISO codes, in the order of the names."""
    lines = Path(__file__).with_name("countries.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def read(data: Any) -> dict[str, str]:
    """Return the form's fields as texts without surrounding space; what is missing or no text is empty."""
    given = data if isinstance(data, dict) else {}
    texts = {name: given.get(name) for name in _NAMES}
    return {name: text.strip()[:_LONGEST] if isinstance(text, str) else "" for name, text in texts.items()}


def check(form: dict[str, str], unasked: Collection[str] = ()) -> dict[str, str]:
    """Return what is wrong, by field; nothing when all is well, or was not asked for."""
    found = {
        "email": _email(form["email"]),
        "cardNumber": _number(digits(form["cardNumber"])),
        "cardExpiry": _expiry(form["cardExpiry"]),
        "cardCvc": _cvc(form["cardCvc"], cards.brand_of(digits(form["cardNumber"]))),
        "billingName": None if form["billingName"] else REQUIRED,
        "billingCountry": None if form["billingCountry"] in countries() else REQUIRED,
        "billingPostalCode": _postal_code(form["billingPostalCode"], form["billingCountry"]),
    }
    return {name: message for name, message in found.items() if message and name not in unasked}


def digits(number: str) -> str:
    """Return a card number without the spaces that people type."""
    return re.sub(r"[\s-]", "", number)


def month_and_year(expiry: str) -> tuple[int, int] | None:
    """Return the month and the year of an expiry such as "12 / 34"; nothing for what is none."""
    parts = re.fullmatch(r"(0[1-9]|1[0-2])\s*/?\s*([0-9]{2})", expiry, re.ASCII)
    return (int(parts[1]), 2000 + int(parts[2])) if parts else None


def customer(form: dict[str, str]) -> dict[str, Any]:
    """Return what the form says of the buyer, in the API's shape."""
    address = {"country": form["billingCountry"], "postal_code": form["billingPostalCode"] or None}
    phone = form["phoneNumber"] or None
    return objects.customer(email=form["email"], name=form["billingName"], phone=phone, address=address)


def _email(email: str) -> str | None:
    if not email:
        return REQUIRED
    return None if _EMAIL.fullmatch(email) else "Your email is invalid."


def _number(number: str) -> str | None:
    if not number:
        return REQUIRED
    if not (number.isascii() and number.isdigit()) or len(number) > 19:
        return "Your card number is invalid."
    if len(number) < cards.length_of(cards.brand_of(number)):
        return "Your card number is incomplete."
    return None if cards.passes_luhn(number) else "Your card number is invalid."


def _expiry(expiry: str) -> str | None:
    if not expiry:
        return REQUIRED
    if (parts := month_and_year(expiry)) is None:
        return "Your card’s expiration date is incomplete."
    today = time.localtime()
    month, year = parts
    if year < today.tm_year:
        return "Your card’s expiration year is in the past."
    if (year, month) < (today.tm_year, today.tm_mon):
        return "Your card’s expiration date is in the past."
    return None if year <= today.tm_year + 50 else "Your card’s expiration year is invalid."


def _cvc(cvc: str, brand: str) -> str | None:
    if not cvc:
        return REQUIRED
    length = 4 if brand == "amex" else 3
    complete = cvc.isascii() and cvc.isdigit() and len(cvc) == length
    return None if complete else "Your card’s security code is incomplete."


def _postal_code(code: str, country: str) -> str | None:
    if country not in POSTAL_NAMES:
        return None
    if not code:
        return REQUIRED
    if country in {"US", "PR"} and not re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", code, re.ASCII):
        return "Your ZIP is invalid."
    return None
