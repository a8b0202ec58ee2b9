"""Billing as a purchase finds it and leaves it, soundly or broken, and Billing that nobody can see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.tools.worlds.account import BROKEN, PACKAGES, Account, draw_account, sound
from tests.tools.worlds.balances import draw_words, is_settled, profile_for
from tests.tools.worlds.billing import draw_page
from tests.tools.worlds.boxes import Box, box
from tests.tools.worlds.dice import Dice, repeated
from tests.tools.worlds.truth import Credits, World
from tests.tools.worlds.writing import draw_writing

_TODAY = date(2026, 11, 26)


def billing(dice: Dice) -> World:
    """A Billing page."""
    writing, words = draw_writing(dice, conflicts=True), draw_words(dice)
    page, truth = draw_page(dice, draw_account(dice), writing, words)
    profile = profile_for(words, writing)
    settled = is_settled(words, writing) and not truth.doubtful
    return World("billing", page, truth, profile, settled=settled)


def hidden_billing(dice: Dice) -> World:
    """A Billing page behind a dialog that is about something else: a person reads no balance."""
    writing, words = draw_writing(dice), draw_words(dice)
    page, _ = draw_page(dice, draw_account(dice), writing, words)
    text = dice.pick((
        "Monthly credits are now used first.", "You have 3 new messages.", "Take the tour: 5 steps.",
        f"Get {writing.number(2_000)} add-on credits for a friend.",
    ))  # fmt: skip
    inside = box("h2", dice.pick(("What is new", "Welcome", "Survey"))), box("p", text), box("button", "Got it")
    front = box("div", *inside, flow=dice.pick(("sheet", "popup")), role="dialog", aria_modal="true")
    hidden = replace(page, inside=(box("div", *page.inside, aria_hidden="true"), front))
    return World("hidden", hidden, Credits(), profile_for(words, writing))


def _bought(dice: Dice, *, broken: bool, again: bool = False) -> World:
    """Draw Billing before and after a purchase; `again`: after a purchase, and once more later."""
    writing, words, before = draw_writing(dice), draw_words(dice), draw_account(dice)
    bought = dice.pick(PACKAGES)
    fault = BROKEN.pick(dice) if broken else sound
    start = len(dice.thrown)
    page, truth = draw_page(dice, before, writing, words)
    choices = dice.thrown[start:]
    line = box("p", writing.day(_TODAY), " ", f"{writing.number(bought)} credits", " ", f"{writing.sign}20")

    def draw(it: Account) -> tuple[Box, Credits]:
        return draw_page(repeated(choices), it, writing, words, line)

    right = before if again else sound(before, bought)
    (after, after_truth), name = draw(right), ""
    if broken:
        wrong = fault(before, bought)
        wrong_page, wrong_truth = draw(wrong)
        if wrong_page != after and _is_plain(right, wrong, after_truth, wrong_truth):
            after, after_truth, name = wrong_page, wrong_truth, fault.__name__
    if dice.chance(3):
        thanks = box("div", f"Payment successful. {writing.number(bought)} credits were added.", role="status")
        after = replace(after, inside=(thanks, *after.inside))
    kind = "broken" if name else "reload" if again else "purchase"
    return World(
        kind, after, after_truth, profile_for(words, writing), before=page, before_truth=truth,
        settled=is_settled(words, writing) and not (truth.doubtful or after_truth.doubtful),
        bought=0 if again else bought, fault=f"{name} again" if name and again else name,
    )  # fmt: skip


def _is_plain(right: Account, wrong: Account, right_truth: Credits, wrong_truth: Credits) -> bool:
    """Whether a person sees that something is wrong: in a number, or in a share of a whole that is told."""
    if replace(right_truth, account=wrong_truth.account) != wrong_truth:
        return True
    told = right_truth.overall.whole is not None
    return told and abs(right.share - wrong.share) >= 0.03


def purchase(dice: Dice) -> World:
    """Billing before and after a sound purchase."""
    return _bought(dice, broken=False)


def broken_purchase(dice: Dice) -> World:
    """Billing before and after a purchase that broke its promise, where a person would see that."""
    return _bought(dice, broken=True)


def reload(dice: Dice) -> World:
    """Billing some time after a purchase, and once more: nothing has changed."""
    return _bought(dice, broken=False, again=True)


def broken_reload(dice: Dice) -> World:
    """Billing once more, where something has changed that nobody has done."""
    return _bought(dice, broken=True, again=True)
