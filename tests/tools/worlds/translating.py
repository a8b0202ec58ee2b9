"""A site in another language: the profile knows its labels, and nobody knows the rest of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tools.worlds.boxes import Box

_GERMAN = {
    "Current Plan & Credits": "Aktueller Tarif", "CURRENT PLAN": "Aktueller Tarif", "Current Plan": "Aktueller Tarif",
    "Billing Information": "Rechnungsangaben", "Invoices": "Rechnungen", "Upgrade plan": "Tarif \u00e4ndern",
    "Add credits": "Credits kaufen", "No invoices yet.": "Noch keine Rechnungen.", "Price": "Preis",
    "Seats": "Pl\u00e4tze", "Renews on": "Verl\u00e4ngert am",
    "Storage": "Speicher", "Credits left": "Restliche Credits", "credits": "Credits",
    "You have used": "Sie haben", "of your": "von Ihren", "used": "verbraucht", "left of": "\u00fcbrig von",
    "left": "\u00fcbrig", "of": "von", "remaining": "verbleibend", "per month": "im Monat", "month": "Monat",
}  # fmt: skip
_PHRASES = re.compile("|".join(rf"\b{re.escape(one)}(?!\w)" for one in sorted(_GERMAN, key=len, reverse=True)))


def in_german(one: Box) -> Box:
    """Return the page with what is between its numbers in German."""
    inside = tuple(_said(part) if isinstance(part, str) else in_german(part) for part in one.inside)
    spoken = {name: _said(text) if name.startswith("aria-") else text for name, text in one.attributes.items()}
    return replace(one, inside=inside, attributes=spoken)


def _said(text: str) -> str:
    return _PHRASES.sub(lambda match: _GERMAN[match[0]], text)
