"""Billing pages: what of the credits is shown, in which words, order and markup, among what else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.worlds.amounts import Say
from tests.tools.worlds.balances import Words, draw_credits
from tests.tools.worlds.boxes import Box, box, row
from tests.tools.worlds.distractors import EARLIER, FLOATING, LINE_DISTRACTORS, NOTES, OUTSIDE
from tests.tools.worlds.lines import LINES
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.translating import in_german

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.account import Account
    from tests.tools.worlds.dice import Dice
    from tests.tools.worlds.truth import Credits
    from tests.tools.worlds.writing import Writing


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
def plan_with_large_price(dice: Dice, say: Say, plan: str) -> Box:
    del dice
    price = box("div", box("small", say.writing.sign), box("strong", "49"), box("small", " / month"))
    return box("div", box("div", plan), price)


@PLANS.form
def plan_called_so(dice: Dice, say: Say, plan: str) -> Box:
    del say
    return box("p", dice.pick((f"{plan} plan", f"Plan: {plan}", f"You are on the {plan} plan.")))


@PLANS.form
def plan_in_a_table(dice: Dice, say: Say, plan: str) -> Box:
    price = box("tr", box("th", "Price", scope="row"), box("td", f"{say.writing.sign}49 per month"))
    named = box("tr", box("th", "Plan", scope="row"), box("td", plan))
    return box("table", box("tbody", *dice.shuffled((named, price))))


@PLANS.form
def plan_with_badge(dice: Dice, say: Say, plan: str) -> Box:
    del say
    return row(box("h3", plan), box("span", dice.pick(("Active", "Annual", "-20 %", "Most popular"))))


def _section(dice: Dice, say: Say, it: Account, words: Words, title: Box) -> tuple[list[Box], Credits]:
    """Draw Current Plan, its title first."""
    shown = draw_credits(dice, say, it, words)
    others = [one(say) for one in dice.some(list(LINE_DISTRACTORS), 3)]
    mixed = dice.chance(2)
    form = LINES.pick(dice)
    lines = [*shown.lines, *others] if mixed else shown.lines
    parts = [*([form(dice, lines)] if lines else []), *shown.parts]
    if others and not mixed:
        parts.append(LINES.pick(dice)(dice, others))
    parts += [box(dice.pick(("p", "div", "small")), one(say, it), flow="block") for one in dice.some(list(NOTES), 2)]
    plan = PLANS.pick(dice)(dice, say, it.plan)
    buttons = row(box("button", "Upgrade plan"), box("button", "Add credits"))
    beside = dice.pick(("plan", "buttons")) if dice.chance(5) else ""
    if beside == "plan":
        return [row(title, box("span", it.plan)), *dice.shuffled(parts), buttons], shown.truth
    if beside == "buttons":
        return [row(title, buttons), *dice.shuffled([plan, *parts])], shown.truth
    return [title, *dice.shuffled([plan, *parts]), buttons], shown.truth


def _titled(dice: Dice) -> Callable[[str], Box]:
    """Choose how sections are titled; all of a page are in the same way."""
    way = dice.pick(("h2", "h3", "div", "heading", "strong", "p"))
    if way == "heading":
        return lambda title: box("div", title, role="heading", aria_level="2")
    if way == "strong":
        return lambda title: box("div", box("strong", title))
    return lambda title: box(way, title)


def _wrapped(dice: Dice) -> Callable[[str, list[Box]], list[Box]]:
    """Choose what a section, its title first, is wrapped in."""
    way = dice.pick(("bare", "div", "section", "region", "deep"))
    if way == "bare":
        return lambda _, parts: parts
    if way == "region":
        return lambda name, parts: [box("section", *parts, aria_label=name)]
    if way == "deep":
        return lambda _, parts: [box("div", box("div", parts[0]), box("div", box("div", *parts[1:])))]
    return lambda _, parts: [box(way, *parts)]


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
    parts, truth = _section(dice, say, it, words, title(name))
    plan = wrap(name, parts)
    company = box("p", dice.pick(("No company yet", "Acme 2000 Ltd", "VAT 123 456 789")))
    information = wrap("Billing Information", [title("Billing Information"), company, box("button", "Manage")])
    history = [*([bought] if bought else []), *_older(dice, say)]
    invoices = wrap("Invoices", [title("Invoices"), *(history or [box("p", "No invoices yet.")])])
    around = [one(dice, say, it) for one in dice.some(list(OUTSIDE), 2)]
    floating = [one(say) for one in dice.some(list(FLOATING), 1)]
    order = dice.shuffled((plan, information, invoices)) if dice.chance(5) else (plan, information, invoices)
    page = [part for section in order for part in section]
    if dice.chance(6):
        page = [row(box("div", *plan), box("div", *information), even=True), *invoices]
    place = dice.pick(("main", "div", "sheet", "body"))
    if place == "sheet":
        sheet = box("div", box("h1", "Workspace Settings"), *page, flow="sheet", role="dialog", aria_modal="true")
        body = box("body", box("div", box("h1", "Home"), *around), sheet, *floating)
    else:
        inside = [box(place, box("h1", "Billing"), *page)] if place != "body" else page
        body = box("body", *around, *inside, *floating)
    return (in_german(body) if words.german else body), truth
