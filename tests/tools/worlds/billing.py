"""Billing pages: what of the credits is shown, in which words, order and markup, among what else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.targets.profile import Labels, Profile
from tests.tools.worlds.amounts import BARS, SENTENCES, VALUES, Say
from tests.tools.worlds.boxes import Box, bar_box, box, row
from tests.tools.worlds.distractors import EARLIER, FLOATING, LINE_DISTRACTORS, NOTES, OUTSIDE
from tests.tools.worlds.lines import LINES, Line
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.truth import Balance, Credits

if TYPE_CHECKING:
    from collections.abc import Callable

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


def draw_words(dice: Dice) -> Words:
    """Choose what the site says; of its own words, the profile rarely says nothing."""
    if not dice.chance(4):
        return dice.pick(_WORDS)
    return replace(dice.pick(_OWN_WORDS), in_profile=not dice.chance(8))


def profile_for(words: Words, writing: Writing) -> Profile:
    """Return the profile of a site with these words and numbers: only what differs from the documentation."""
    labels = Labels()
    if words.monthly in {one.monthly for one in _OWN_WORDS} and words.in_profile:
        labels = Labels(monthly_credits=words.monthly, add_on_credits=words.add_on, used_credits=words.used)
    return Profile(base_url="https://site.example", labels=labels, thousands=writing.thousands)  # type: ignore[arg-type]


def is_settled(words: Words, writing: Writing) -> bool:
    """Whether a person with this profile is sure of what stands there."""
    return words.in_profile and not writing.conflicts


def _monthly(it: Account) -> Balance:
    return Balance(it.monthly - it.monthly_used, it.monthly_used, it.monthly)


def _add_on(it: Account) -> Balance:
    return Balance(it.add_on - it.add_on_used, it.add_on_used, it.add_on)


@dataclass
class _Shown:
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


def _balances(dice: Dice, say: Say, it: Account, words: Words, shown: _Shown) -> None:
    value = VALUES.pick(dice)
    other = VALUES.pick(dice) if dice.chance(3) else value
    pieces, monthly = value(say, _monthly(it))
    shown.lines.append(Line(words.monthly, pieces))
    pieces, add_on = other(say, _add_on(it))
    wordless = bool(say.nothing) and not it.add_on
    if wordless:
        pieces, add_on = (() if say.nothing == "hidden" else (say.nothing,)), Balance()
    shown.lines.append(Line(words.add_on, pieces))
    shown.truth = replace(shown.truth, monthly=monthly, add_on=add_on, doubtful=wordless and say.nothing != "hidden")


def _overall_lines(dice: Dice, say: Say, it: Account, words: Words, shown: _Shown) -> None:
    if dice.chance(2):
        shown.lines.append(Line(words.used, (say(it.used),)))
        shown.overall(Balance(used=it.used))
    if dice.chance(5):
        shown.lines.append(Line(words.total, (say(it.whole),)))
        shown.overall(Balance(plain=(it.whole,)))
    elif dice.chance(5):
        shown.lines.append(Line("Credits left", (say(it.left),)))
        shown.overall(Balance(left=it.left))


def _picture(dice: Dice, say: Say, it: Account, shown: _Shown) -> None:
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


PLANS: Registry[Callable[[Dice, Say, str], Box]] = Registry()
"""Ways to name the plan."""


@PLANS.form
def plan_alone(dice: Dice, say: Say, plan: str) -> Box:
    del say
    return box(dice.pick(("p", "div", "h3", "h4")), plan)


@PLANS.form
def plan_with_price(dice: Dice, say: Say, plan: str) -> Box:
    price = box("span", f"{say.writing.sign}49")
    return row(box("strong", plan), price) if dice.chance(2) else box("p", plan, " ", price, " per month")


@PLANS.form
def plan_called_so(dice: Dice, say: Say, plan: str) -> Box:
    del say
    return box("p", dice.pick((f"{plan} plan", f"Plan: {plan}", f"You are on the {plan} plan.")))


@PLANS.form
def plan_with_badge(dice: Dice, say: Say, plan: str) -> Box:
    del say
    return row(box("h3", plan), box("span", dice.pick(("Active", "Annual", "-20 %", "Most popular"))))


def _section(dice: Dice, say: Say, it: Account, words: Words) -> tuple[list[Box], Credits]:
    """Draw what stands below the title of Current Plan."""
    account = (_monthly(it), _add_on(it), Balance(it.left, it.used, it.whole))
    shown = _Shown([], [], Credits(plan=it.plan, account=account))
    _balances(dice, say, it, words, shown)
    _overall_lines(dice, say, it, words, shown)
    lines = [line for line in dice.shuffled(shown.lines) if line.value]
    others = [one(say) for one in dice.some(list(LINE_DISTRACTORS), 3)]
    mixed = dice.chance(2)
    form = LINES.pick(dice)
    parts = [PLANS.pick(dice)(dice, say, it.plan), form(dice, [*lines, *others] if mixed else lines)]
    _picture(dice, say, it, shown)
    parts += shown.parts
    if others and not mixed:
        parts.append(LINES.pick(dice)(dice, others))
    parts += [box(dice.pick(("p", "div", "small")), one(say, it), flow="block") for one in dice.some(list(NOTES), 2)]
    buttons = row(box("button", "Upgrade plan"), box("button", "Add credits"))
    return [*dice.shuffled(parts), buttons], shown.truth


def _titled(dice: Dice) -> Callable[[str], Box]:
    """Choose how sections are titled; all of a page are in the same way."""
    way = dice.pick(("h2", "h3", "div", "heading", "strong", "p"))
    if way == "heading":
        return lambda title: box("div", title, role="heading", aria_level="2")
    if way == "strong":
        return lambda title: box("div", box("strong", title))
    return lambda title: box(way, title)


def _wrapped(dice: Dice) -> Callable[[str, Box, list[Box]], list[Box]]:
    """Choose what a section is wrapped in."""
    way = dice.pick(("bare", "div", "section", "region", "deep"))
    if way == "bare":
        return lambda _, title, parts: [title, *parts]
    if way == "region":
        return lambda name, title, parts: [box("section", title, *parts, aria_label=name)]
    if way == "deep":
        return lambda _, title, parts: [box("div", box("div", title), box("div", box("div", *parts)))]
    return lambda _, title, parts: [box(way, title, *parts)]


def _nothing(dice: Dice) -> str:
    return dice.pick(("hidden", "None", "\u2014", "-")) if dice.chance(10) else ""


def _older(dice: Dice, say: Say) -> list[Box]:
    """Draw invoices of earlier purchases, which name credits too."""
    return [
        row(box("span", say.writing.day(EARLIER)), box("span", "Add-on credits"), box("span", say(amount), " credits"))
        for amount in dice.some((4_000, 2_000), 2)
    ]


def draw_page(
    dice: Dice, it: Account, writing: Writing, words: Words, bought: Box | None = None
) -> tuple[Box, Credits]:
    """Draw a whole Billing page; `bought` is the line that a purchase has added to the invoices."""
    bold, bar = dice.pick(("", "b", "span", "strong")), dice.pick(("used", "left"))
    say = Say(writing, bold, bar, _nothing(dice), later=bought is not None)
    title, wrap = _titled(dice), _wrapped(dice)
    name = dice.pick(("Current Plan", "Current Plan & Credits", "CURRENT PLAN"))
    parts, truth = _section(dice, say, it, words)
    plan = wrap(name, title(name), parts)
    company = box("p", dice.pick(("No company yet", "Acme 2000 Ltd", "VAT 123 456 789")))
    information = wrap("Billing Information", title("Billing Information"), [company, box("button", "Manage")])
    history = [*([bought] if bought else []), *_older(dice, say)]
    invoices = wrap("Invoices", title("Invoices"), history or [box("p", "No invoices yet.")])
    around = [one(dice, say, it) for one in dice.some(list(OUTSIDE), 2)]
    floating = [one(say) for one in dice.some(list(FLOATING), 1)]
    page = [*plan, *information, *invoices]
    place = dice.pick(("main", "div", "sheet", "body"))
    if place == "sheet":
        sheet = box("div", box("h1", "Workspace Settings"), *page, flow="sheet", role="dialog", aria_modal="true")
        return box("body", box("div", box("h1", "Home"), *around), sheet, *floating), truth
    inside = [box(place, box("h1", "Billing"), *page)] if place != "body" else page
    return box("body", *around, *inside, *floating), truth
