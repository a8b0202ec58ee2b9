"""How the payment page and the webhooks behave for one merchant reference (`client_reference_id`).

The defaults are what the processor documents. Everything else is for tests: awkward but allowed behaviour (late,
repeated, reordered webhooks) and defects that no setting of a real processor would give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fake_backend.database import Database, Transaction

Layout = Literal["fields", "card-choice", "nested-frame", "save-box", "payment-element", "field-frames"]
Summary = Literal["plain", "promotion-code", "tax-line", "local-currency"]


class Settings(BaseModel):
    """One reference's settings; times in seconds, `amount_shown_delta` in the currency's smallest unit (cents)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    layout: Annotated[Layout, Field(description="How the page asks for the card.")] = "fields"
    save_box_ticked: Annotated[
        bool, Field(description="Saving the card is ticked from the start, in whatever layout has the box.")
    ] = False
    summary: Annotated[Summary, Field(description="What the summary of the order has besides.")] = "plain"
    webhook_delay_s: Annotated[
        float, Field(ge=0, le=3600, description="How long after the payment the webhook is first tried.")
    ] = 0.0
    webhook_copies: Annotated[
        int, Field(ge=1, le=20, description="How often each event is sent; more than one is a duplicate.")
    ] = 1
    webhook_fail_first: Annotated[
        int,
        Field(ge=0, le=10, description="How many tries of each delivery are lost; with 4 it never arrives."),
    ] = 0
    webhook_shuffle: Annotated[
        bool, Field(description="Events overtake each other: each is held back for a random part of 0.3 s.")
    ] = False
    redirect_wait_s: Annotated[
        float,
        Field(ge=0, le=60, description="How long the page waits for the merchant before it sends the buyer back."),
    ] = 10.0
    never_finishes: Annotated[
        bool, Field(description="Pay is pressed and the page stays at Processing for ever; nothing is paid.")
    ] = False
    never_returns: Annotated[
        bool, Field(description="The payment is taken and the merchant told, but the buyer is never sent back.")
    ] = False
    accept_declined: Annotated[bool, Field(description="A card that should be declined is charged.")] = False
    silent_declines: Annotated[
        bool, Field(description="A declined card gets no message: the form is merely ready again.")
    ] = False
    pays_again: Annotated[
        bool, Field(description="A second press of Pay, or paying a finished session again, is another payment.")
    ] = False
    stays_open: Annotated[bool, Field(description="A finished session shows the form instead of saying so.")] = False
    pay_disabled: Annotated[bool, Field(description="The button Pay cannot be pressed.")] = False
    country_unnamed: Annotated[bool, Field(description="The list of countries has no name.")] = False
    accept_failed_challenge: Annotated[bool, Field(description="A failed 3-D Secure challenge is taken as passed.")] = (
        False
    )
    accept_left_challenge: Annotated[
        bool, Field(description="A 3-D Secure challenge whose page is left without an answer is taken as passed.")
    ] = False
    amount_shown_delta: Annotated[
        int, Field(ge=-1_000_000, le=1_000_000, description="How far all shown amounts are from the charged ones.")
    ] = 0
    total_shown_delta: Annotated[
        int, Field(ge=-1_000_000, le=1_000_000, description="How far the shown total is from the sum of its lines.")
    ] = 0
    dearer_again: Annotated[
        int, Field(ge=0, le=1_000_000, description="How much more the page asks for when a browser opens it again.")
    ] = 0
    currency_shown: Annotated[
        Literal["usd", "eur", "aud"] | None, Field(description="A currency that is shown instead of the charged one.")
    ] = None


def read(database: Database | Transaction, reference: str | None) -> Settings:
    """Return the settings of a reference; the defaults when none were made."""
    row = database.row("SELECT json FROM settings WHERE reference = ?", (reference or "",))
    return Settings.model_validate_json(row["json"]) if row else Settings()


def change(database: Database, reference: str, changes: Mapping[str, object]) -> Settings:
    """Change some settings of a reference and return them all.

    Raises `pydantic.ValidationError` for an unknown name or a value out of range.
    """
    with database.transaction() as tx:
        settings = Settings.model_validate({**read(tx, reference).model_dump(), **changes})
        tx.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (reference, settings.model_dump_json()))
    return settings
