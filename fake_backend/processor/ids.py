"""Identifiers as the processor publishes them: a prefix that tells the kind, then letters and digits."""

from __future__ import annotations

import secrets
import string

_LETTERS = string.ascii_letters + string.digits
_LENGTHS = {
    "cs_test_": 60,
    "evt_": 24,
    "pi_": 24,
    "we_": 24,
    "li_": 24,
    "price_": 24,
    "prod_": 14,
    "cus_": 14,
    "re_": 24,
    "pm_": 24,
    "ch_": 24,
    "req_": 14,
    "whsec_": 32,
    "sk_test_": 99,
    "payatt_": 24,
}


def new(prefix: str) -> str:
    """Return a new identifier that cannot be guessed, such as `cs_test_a1…`."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTHS[prefix]))
