"""How the payment page and the webhooks behave for one merchant reference (`client_reference_id`).

The defaults are what the processor documents. Everything else is for tests: awkward but allowed behaviour (late,
repeated, reordered webhooks) and defects that no setting of a real processor would give.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, get_args

from typing import Literal

Layout = Literal["fields", "card-choice", "nested-frame", "save-box"]


@dataclass(frozen=True)
class Settings:
    """One reference's settings; times in seconds, `amount_shown_delta` in the currency's smallest unit (cents)."""

    # How the page asks for the card.
    layout: Layout = "fields"
    # How long after the payment the webhook is first tried.
    webhook_delay_s: float = 0.0
    # How often each event is sent; more than one is a duplicate with the same event id.
    webhook_copies: int = 1
    # How many tries of each delivery are lost on the way; with 4 or more it never arrives.
    webhook_fail_first: int = 0
    # Events overtake each other: each is held back for a random part of 0.3 s.
    webhook_shuffle: bool = False
    # How long the page waits for the merchant's answer before it sends the buyer back.
    redirect_wait_s: float = 10.0
    # Pay is pressed and the page stays at "Processing" for ever; nothing is paid.
    never_finishes: bool = False
    # The payment is taken and the merchant is told, but the page never sends the buyer back.
    never_returns: bool = False
    # A card that should be declined is charged.
    accept_declined: bool = False
    # A card that should be declined is declined without a word: the form is merely ready again.
    silent_declines: bool = False
    # A failed 3-D Secure challenge is taken as passed.
    accept_failed_challenge: bool = False
    # The page shows another total than the one that is charged, by this much.
    amount_shown_delta: int = 0
