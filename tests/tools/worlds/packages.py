"""Pop-ups of packages: each way to show them is one small function."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.targets.profile import Profile
from tests.tools.worlds.account import PACKAGES, draw_account
from tests.tools.worlds.balances import Words
from tests.tools.worlds.billing import draw_page
from tests.tools.worlds.boxes import Box, box, row
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.truth import Offer, Offers, World
from tests.tools.worlds.writing import Writing, draw_price, draw_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.tools.worlds.dice import Dice

Pieces = tuple[Box | str, ...]


@dataclass(frozen=True)
class Shown:
    """One package as it is written: its amount, its price, and what stands beside them."""

    amount: Pieces
    number: str
    price: str
    besides: tuple[Box | str, ...]


OFFERS: Registry[Callable[[Dice, Sequence[Shown]], Box]] = Registry()


def _small(one: Shown) -> list[Box]:
    return [box("small", text, flow="block") for text in one.besides]


@OFFERS.form
def buttons(dice: Dice, shown: Sequence[Shown]) -> Box:
    join = dice.pick((" ", " \u2013 ", " \u00b7 "))
    return box("div", *(box("div", box("button", *one.amount, join, one.price)) for one in shown))


@OFFERS.form
def cards(dice: Dice, shown: Sequence[Shown]) -> Box:
    role = {"role": dice.pick(("button", "radio", "option")), "tabindex": "0"}
    made = [Box("div", (box("div", *one.amount), box("div", one.price), *_small(one)), role) for one in shown]
    around = {"button": "group", "radio": "radiogroup", "option": "listbox"}[role["role"]]
    return box("div", *made, role=around)


@OFFERS.form
def cards_without_role(dice: Dice, shown: Sequence[Shown]) -> Box:
    order = dice.pick((False, True))
    made = []
    for one in shown:
        parts = [box("div", *one.amount), box("div", one.price), *_small(one)]
        made.append(Box("div", (*reversed(parts),) if order else (*parts,), pressable=True))
    return box("div", *made)


@OFFERS.form
def radios(dice: Dice, shown: Sequence[Shown]) -> Box:
    del dice
    knob = box("input", type="radio", name="package")
    made = [box("label", knob, " ", *one.amount, " ", one.price, *_small(one), flow="block") for one in shown]
    return box("fieldset", box("legend", "Credit package"), *made)


@OFFERS.form
def rows_with_buy(dice: Dice, shown: Sequence[Shown]) -> Box:
    word = dice.pick(("Buy", "Select", "Choose"))
    tag = dice.pick(("div", "li"))
    made = [
        row(box("div", *one.amount), box("div", one.price), *_small(one), box("button", word), even=True, tag=tag)
        for one in shown
    ]
    return box("ul" if tag == "li" else "div", *made)


@OFFERS.form
def table_with_buy(dice: Dice, shown: Sequence[Shown]) -> Box:
    word = dice.pick(("Buy", "Select"))
    made = [
        box("tr", box("td", *one.amount), box("td", one.price), *(box("td", text) for text in one.besides),
            box("td", box("button", word)))
        for one in shown
    ]  # fmt: skip
    return box("table", box("tbody", *made))


@OFFERS.form
def table_with_head(dice: Dice, shown: Sequence[Shown]) -> Box:
    word = dice.pick(("Buy", "Select"))
    head = box("tr", box("th", "Credits"), box("th", "Price"), box("th", ""))
    made = [box("tr", box("td", one.number), box("td", one.price), box("td", box("button", word))) for one in shown]
    return box("table", box("thead", head), box("tbody", *made))


@OFFERS.form
def options(dice: Dice, shown: Sequence[Shown]) -> Box:
    del dice
    made = [box("li", *one.amount, " \u2013 ", one.price, role="option") for one in shown]
    return box("ul", *made, role="listbox", aria_label="Credit package")


@OFFERS.form
def links(dice: Dice, shown: Sequence[Shown]) -> Box:
    del dice
    return box("ul", *(box("li", box("a", *one.amount, " ", one.price, href="#p")) for one in shown))


_BESIDES: Registry[Callable[[Writing, Decimal, int], Box | str]] = Registry()
"""What stands beside a package: a second amount of credits or money that is none of the package's."""


@_BESIDES.form
def unit(writing: Writing, price: Decimal, credits_: int) -> str:
    each = (price * 1_000 / credits_).quantize(Decimal("0.01"))
    return f"{writing.money(each)} per {writing.number(1_000)} credits"


@_BESIDES.form
def unit_slash(writing: Writing, price: Decimal, credits_: int) -> str:
    each = (price * 1_000 / credits_).quantize(Decimal("0.01"))
    return f"{writing.money(each)} / {writing.number(1_000)} credits"


@_BESIDES.form
def bonus(writing: Writing, price: Decimal, credits_: int) -> str:
    del price
    return f"+{writing.number(credits_ // 10)} bonus credits"


@_BESIDES.form
def former_price(writing: Writing, price: Decimal, credits_: int) -> Box:
    del credits_
    return box("s", writing.money(price * 2))


@_BESIDES.form
def badge(writing: Writing, price: Decimal, credits_: int) -> str:
    del writing, price, credits_
    return "Most popular"


@_BESIDES.form
def saving(writing: Writing, price: Decimal, credits_: int) -> str:
    del price, credits_
    return f"Save 10 % ({writing.money(Decimal(5))})"


_FOLDED = box("div", "Credit package", role="combobox", tabindex="0", aria_expanded="false", aria_haspopup="listbox")
_NOTES = (
    "Choose the amount that fits your team.", "Minimum purchase: {least} credits.", "Credits stay until they are used.",
    "You have {least} add-on credits left.", "Prices exclude tax.", "1 credit is about 10 words.",
)  # fmt: skip


def packages(dice: Dice) -> World:
    """A pop-up of packages over Billing."""
    writing = draw_writing(dice)
    sold = PACKAGES[: dice.pick((11, 3, 1, 6))]
    besides = dice.some(list(_BESIDES), 2)
    bold = dice.pick(("", "b", "span"))
    unit_word = dice.pick((" credits", " Credits", " credits "))
    offers, shown = [], []
    price_each = [draw_price(dice, amount) for amount in sold]
    for amount, price in zip(sold, price_each, strict=True):
        number = writing.number(amount)
        pieces = (box(bold, number), unit_word.rstrip()) if bold else (number + unit_word.rstrip(),)
        shown.append(Shown(pieces, number, writing.money(price), tuple(one(writing, price, amount) for one in besides)))
        offers.append(Offer(amount, price, writing.code))
    notes = [box("p", one.format(least=writing.number(2_000))) for one in dice.some(_NOTES, 2)]
    form, more, folded = OFFERS.pick(dice), dice.chance(5), dice.chance(8)
    listed = _FOLDED if folded else form(dice, shown)
    close = box("button", dice.pick(("Close", "Cancel", "\u00d7")))
    after = [box("button", "Show more")] if more else []
    confirm = [box("button", "Continue to payment", disabled="")] if dice.chance(2) else []
    inside = [box(dice.pick(("h2", "h3", "div")), "Add credits"), *notes, listed, *after, *confirm, close]
    modal = dice.pick(("true", ""))
    named = {"aria_modal": modal} if modal else {}
    front = box("div", *inside, flow=dice.pick(("popup", "sheet")), role="dialog", aria_label="Add credits", **named)
    page, _ = draw_page(dice, draw_account(dice), writing, Words())
    profile = Profile(base_url="https://site.example", thousands=writing.thousands)  # type: ignore[arg-type]
    truth = Offers(() if folded else tuple(offers), more=more, folded=folded)
    return World("packages", box("body", *page.inside, front), truth, profile, before=page)
