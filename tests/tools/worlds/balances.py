"""What Current Plan shows of credits: lines, a matrix, sentences and bars, in the words of a site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.targets.labels import Labels
from steps.targets.profile import Profile
from tests.tools.worlds.amounts import BARS, EXTRAS, PROSE, SENTENCES, VALUES, Say
from tests.tools.worlds.boxes import Box, bar_box, box
from tests.tools.worlds.lines import Line
from tests.tools.worlds.truth import Balance, Credits

if TYPE_CHECKING:
    from tests.tools.worlds.account import Account
    from tests.tools.worlds.dice import Dice
    from tests.tools.worlds.writing import Writing


@dataclass(frozen=True)
class Words:
    """What a site calls the two kinds of credits and what is used of them; the profile says so where it must."""

    monthly: str = "Monthly credits"
    add_on: str = "Add-on credits"
    used: str = "Used credits"
    total: str = "Total credits"
    in_profile: bool = True
    german: bool = False


_WORDS = (
    Words(),
    Words("Monthly Credits", "Add-On Credits", "Credits used"),
    Words("MONTHLY CREDITS", "ADD-ON CREDITS", "USED CREDITS"),
    Words("Monthly credits", "Add on credits", "Used", "Total"),
    Words("Monthly credits", "Addon credits", "Consumed", "All credits"),
)
_OWN_WORDS = (
    Words("Plan credits", "Top-up credits", "Credits spent"),
    Words("Included", "Purchased", "Spent so far", "Total"),
    Words("Credits of your plan", "Bought credits", "Gone", "Together"),
    Words("Subscription credits", "Extra credits", "Usage"),
)


_GERMAN = Words("Monatsguthaben", "Zusatzguthaben", "Verbrauch", "Summe", german=True)


def draw_words(dice: Dice) -> Words:
    """Choose what the site says; of its own words, the profile rarely says nothing."""
    if not dice.chance(4):
        return dice.pick(_WORDS)
    if dice.chance(5):
        return _GERMAN
    return replace(dice.pick(_OWN_WORDS), in_profile=not dice.chance(8))


def profile_for(words: Words, writing: Writing) -> Profile:
    """Return the profile of a site with these words and numbers: only what differs from the documentation."""
    labels = Labels()
    if words.german:
        titles = {
            "current_plan": "Aktueller Tarif",
            "billing_information": "Rechnungsangaben",
            "invoices": "Rechnungen",
        }
        own = {"monthly_credits": words.monthly, "add_on_credits": words.add_on, "used_credits": words.used}
        labels = Labels(**titles, **own)
    if words.monthly in {one.monthly for one in _OWN_WORDS} and words.in_profile:
        labels = Labels(monthly_credits=words.monthly, add_on_credits=words.add_on, used_credits=words.used)
    return Profile(base_url="https://site.example", labels=labels, thousands=writing.thousands)  # type: ignore[arg-type]


def is_settled(words: Words, writing: Writing) -> bool:
    """Whether a person with this profile is sure of what stands there."""
    return words.in_profile and not words.german and not writing.conflicts


def _monthly(it: Account) -> Balance:
    return Balance(it.monthly - it.monthly_used, it.monthly_used, it.monthly)


def _add_on(it: Account) -> Balance:
    return Balance(it.add_on - it.add_on_used, it.add_on_used, it.add_on)


@dataclass
class Shown:
    """What has been put on the page so far, and what a person learns from it."""

    lines: list[Line]
    parts: list[Box]
    truth: Credits

    def overall(self, more: Balance) -> None:
        """Add to what is said of all credits together."""
        have = self.truth.overall
        both = Balance(
            more.left if more.left is not None else have.left,
            more.used if more.used is not None else have.used,
            more.whole if more.whole is not None else have.whole,
            (*have.plain, *more.plain),
        )
        self.truth = replace(self.truth, overall=both)


_BEHIND = ("", ":", " \u24d8", " *", " (resets Dec 1, 2026)", " (used first)")
"""What stands behind a label and belongs to it."""


def _balances(dice: Dice, say: Say, it: Account, words: Words, shown: Shown) -> None:
    behind = dice.pick(_BEHIND) if dice.chance(4) else ""
    value = VALUES.pick(dice)
    other = EXTRAS.pick(dice) if dice.chance(6) else VALUES.pick(dice) if dice.chance(3) else value
    pieces, monthly = value(say, _monthly(it))
    shown.lines.append(Line(words.monthly + behind, pieces))
    pieces, add_on = other(say, _add_on(it))
    wordless = bool(say.nothing) and not it.add_on
    if wordless:
        pieces, add_on = (() if say.nothing == "hidden" else (say.nothing,)), Balance()
    shown.lines.append(Line(words.add_on + behind.replace(" (resets Dec 1, 2026)", ""), pieces))
    shown.truth = replace(shown.truth, monthly=monthly, add_on=add_on, doubtful=wordless and say.nothing != "hidden")


def _overall_lines(dice: Dice, say: Say, it: Account, words: Words, shown: Shown) -> None:
    if dice.chance(2):
        shown.lines.append(Line(words.used, (say(it.used),)))
        shown.overall(Balance(used=it.used))
    if dice.chance(5):
        shown.lines.append(Line(words.total, (say(it.whole),)))
        shown.overall(Balance(plain=(it.whole,)))
    elif dice.chance(5):
        shown.lines.append(Line("Credits left", (say(it.left),)))
        shown.overall(Balance(left=it.left))


def _picture(dice: Dice, say: Say, it: Account, shown: Shown) -> None:
    """Add the sentence and the bar."""
    if dice.chance(2):
        pieces, learnt = SENTENCES.pick(dice)(say, it)
        shown.parts.append(box(dice.pick(("p", "div", "small", "h4")), *pieces, flow="block"))
        shown.overall(learnt)
    if dice.chance(2):
        bar, learnt = BARS.pick(dice)(dice, say, it)
        shown.parts.append(bar)
        shown.overall(learnt)
    elif dice.chance(6):
        shown.parts.append(_two_bars(say, it))


def _two_bars(say: Say, it: Account) -> Box:
    bounds = {"aria_valuemin": "0", "aria_valuemax": "100"}
    bars = []
    for name, one in (("Monthly credits used", _monthly(it)), ("Add-on credits used", _add_on(it))):
        share = (one.used or 0) / max(1, one.whole or 0)
        now = f"{share * 100:.0f}"
        bars.append(bar_box(share, role="progressbar", aria_label=name, aria_valuenow=now, **bounds))
    del say
    return box("div", *bars)


def draw_credits(dice: Dice, say: Say, it: Account, words: Words) -> Shown:
    """Draw what is shown of the credits."""
    shown = Shown(
        [], [], Credits(plan=it.plan, account=(_monthly(it), _add_on(it), Balance(it.left, it.used, it.whole)))
    )
    if dice.chance(10):
        shown.parts.append(_matrix(dice, say, it, words))
        shown.truth = replace(shown.truth, monthly=_monthly(it), add_on=_add_on(it))
    elif not say.nothing and words in _WORDS and dice.chance(8):
        pieces, monthly, add_on = PROSE.pick(dice)(say, _monthly(it), _add_on(it), words.monthly, words.add_on)
        shown.parts.append(box("p", *pieces, flow="block"))
        shown.truth = replace(shown.truth, monthly=monthly, add_on=add_on)
    else:
        _balances(dice, say, it, words, shown)
    _overall_lines(dice, say, it, words, shown)
    shown.lines = [line for line in dice.shuffled(shown.lines) if line.value]
    _picture(dice, say, it, shown)
    return shown


def _matrix(dice: Dice, say: Say, it: Account, words: Words) -> Box:
    """A table with a line for each kind of credits, and a column for each thing that is said of it."""
    order = dice.shuffled((0, 1, 2))
    heads = [("Used", dice.pick(("Left", "Remaining")), dice.pick(("Total", "Allotted")))[at] for at in order]
    rows = [
        box(
            "tr", box("td", name), *(box("td", say((one.used or 0, one.left or 0, one.whole or 0)[at])) for at in order)
        )
        for name, one in ((words.monthly, _monthly(it)), (words.add_on, _add_on(it)))
    ]
    top = box("tr", box("th", "Credits"), *(box("th", head) for head in heads))
    return box("table", box("thead", top), box("tbody", *rows))
