"""Taking payments through Stripe's own test mode in place of the bundled processor.

Key and secret come from the environment, never from the command line, where other programs could read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fake_backend.site.config import check_key

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_VARIABLE = "STRIPE_SECRET_KEY"
SECRET_VARIABLE = "STRIPE_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
STRIPE_API = "https://api.stripe.com"
"""What the `stripe` package asks when it is told no other address."""
_SECRET = re.compile(r"whsec_[A-Za-z0-9+/=_-]{1,200}")


@dataclass(frozen=True)
class StripeAccount:
    """A test account: its secret key, and the secret of its webhooks, empty where none are forwarded to the site."""

    key: str = field(repr=False)
    webhook_secret: str = field(default="", repr=False)


def from_environment(environment: Mapping[str, str]) -> StripeAccount | None:
    """Return the account that the environment names; nothing where it names none.

    Raises `ValueError` (`LiveKeyError` for a key of another kind) with a sentence that repeats neither of the two.
    """
    key, secret = (environment.get(name, "").strip() for name in (KEY_VARIABLE, SECRET_VARIABLE))
    if not key and not secret:
        return None
    if not key:
        raise ValueError(f"{SECRET_VARIABLE} is set without {KEY_VARIABLE}: set both, or neither.")
    check_key(key, KEY_VARIABLE)
    if secret and not _SECRET.fullmatch(secret):
        raise ValueError(f"{SECRET_VARIABLE} is no webhook secret: copy the one that begins with whsec_, or unset it.")
    return StripeAccount(key, secret)
