"""The questions that the documentation leaves open, in words, and the answers that a target is seen to give."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.actors.member import Member
from steps.actors.purchase import Purchase

if TYPE_CHECKING:
    from collections.abc import Mapping

QUESTIONS = {
    "section_title": "What is the section with the plan called?",
    "package_choice": "How is a package chosen?",
    "popup_motion": "Does the pop-up stand still while it opens?",
    "prices": "Does the pop-up tell prices?",
    "currency": "In which currency?",
    "payment_tab": "In which tab does the payment page open?",
    "payment_page": "How does the payment page ask for the card?",
    "payment_summary": "What does the payment page's summary have besides?",
    "landing": "Where does the buyer land after paying?",
    "balance": "When does Billing show what was bought?",
    "sign_in": "How does a member sign in?",
}
"""By the names that the fake's variants use too."""


def question(name: str) -> str:
    """Return an open question in words; one that is not in the table keeps its name."""
    return QUESTIONS.get(name, name.replace("_", " ").capitalize())


def answers_seen(arguments: Mapping[str, object]) -> dict[str, str]:
    """Return the open questions that a step's arguments answer: a purchase shows where it led and what it cost."""
    purchase = next((value for value in arguments.values() if isinstance(value, Purchase)), None)
    member = next((value for value in arguments.values() if isinstance(value, Member)), None)
    if purchase is None:
        return {}
    answers: dict[str, str] = {}
    if purchase.offer is not None:
        answers["prices"] = "shown" if purchase.offer.prices else "hidden"
        if purchase.offer.prices and purchase.offer.prices[0].currency:
            answers["currency"] = purchase.offer.prices[0].currency
    if purchase.payment is not None and member is not None:
        answers["payment_tab"] = "new" if len(member.context.pages) > 1 else "same"
    if purchase.landings:
        answers["landing"] = urlsplit(purchase.landings[-1]).path
    return answers
