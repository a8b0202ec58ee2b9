"""The kinds of worlds, each drawn whole: page, truth, profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.worlds.buying import billing, broken_purchase, broken_reload, hidden_billing, purchase, reload
from tests.tools.worlds.checkout import refused, sent_back, summary, unanswered
from tests.tools.worlds.lists import invoices, users
from tests.tools.worlds.packages import packages

if TYPE_CHECKING:
    from tests.tools.worlds.dice import Dice
    from tests.tools.worlds.truth import World

KINDS = (
    billing, purchase, broken_purchase, hidden_billing, packages, summary, refused, unanswered, sent_back, invoices,
    users, billing, purchase, broken_purchase, reload, broken_reload,
)  # fmt: skip
"""Billing and what purchases make of it come twice as often as the others."""


def draw_world(dice: Dice) -> World:
    """Draw a world of any kind."""
    return dice.pick(KINDS)(dice)
