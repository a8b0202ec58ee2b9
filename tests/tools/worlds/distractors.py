"""What stands on pages beside what is read, and must not be taken for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.tools.worlds.boxes import Box, bar_box, box, row
from tests.tools.worlds.lines import Line
from tests.tools.worlds.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.account import Account
    from tests.tools.worlds.amounts import Say
    from tests.tools.worlds.dice import Dice

SOON = date(2026, 12, 1)
EARLIER = date(2026, 10, 7)
LINE_DISTRACTORS: Registry[Callable[[Say], Line]] = Registry()
"""Lines of Current Plan that are about something else; a purchase has no part in what they say."""
NOTES: Registry[Callable[[Say, Account], str]] = Registry()
"""Sentences in Current Plan that name numbers, and are no balance."""


@LINE_DISTRACTORS.form
def price(say: Say) -> Line:
    return Line("Price", (say.writing.money(Decimal(49)), " / month"))


@LINE_DISTRACTORS.form
def renewal(say: Say) -> Line:
    return Line("Renews on", (say.writing.day(SOON),))


@LINE_DISTRACTORS.form
def seats(say: Say) -> Line:
    del say
    return Line("Seats", ("3 of 5",))


@LINE_DISTRACTORS.form
def seats_used(say: Say) -> Line:
    del say
    return Line("Seats", ("3 / 5 used",))


@LINE_DISTRACTORS.form
def storage(say: Say) -> Line:
    del say
    return Line("Storage", ("12 of 50 GB used",))


@LINE_DISTRACTORS.form
def runs(say: Say) -> Line:
    return Line("Workflow runs", (say(1_240), " of ", say(20_000)))


@LINE_DISTRACTORS.form
def unit_price(say: Say) -> Line:
    return Line(f"Price per {say.writing.number(1_000)} credits", (say.writing.money(Decimal(10)),))


@LINE_DISTRACTORS.form
def expiry(say: Say) -> Line:
    return Line("Expires", (say.writing.day(SOON + timedelta(days=395)),))


@LINE_DISTRACTORS.form
def status(say: Say) -> Line:
    del say
    return Line("Status", (box("span", "Active"),))


@LINE_DISTRACTORS.form
def clock(say: Say) -> Line:
    return Line("Updated", ("10:44" if say.later else "10:42",))


@LINE_DISTRACTORS.form
def reset(say: Say) -> Line:
    return Line("Next reset", (say.writing.day(SOON),))


@NOTES.form
def minimum(say: Say, it: Account) -> str:
    del it
    return f"Add-on credits never expire. Minimum purchase: {say.writing.number(2_000)}."


@NOTES.form
def included(say: Say, it: Account) -> str:
    return f"Your plan includes {say.writing.number(it.monthly)} credits each month."


@NOTES.form
def first_of_the_month(say: Say, it: Account) -> str:
    del say, it
    return "Monthly credits reset on the 1st of each month."


@NOTES.form
def expire(say: Say, it: Account) -> str:
    del say, it
    return "Add-on credits expire 12 months after purchase."


@NOTES.form
def expiring_year(say: Say, it: Account) -> str:
    del it
    return f"Add-on credits are valid until {say.writing.day(date(2027, 12, 31))}."


@NOTES.form
def unit(say: Say, it: Account) -> str:
    del it
    return f"{say.writing.money(Decimal(10))} per {say.writing.number(1_000)} credits"


@NOTES.form
def billed(say: Say, it: Account) -> str:
    del it
    return f"{say.writing.money(Decimal(588))} billed annually, renews {say.writing.day(SOON)}"


@NOTES.form
def saving(say: Say, it: Account) -> str:
    del say, it
    return "Save 20 % with annual billing"


@NOTES.form
def order(say: Say, it: Account) -> str:
    del say, it
    return "Add-on credits are used once monthly credits are gone."


@NOTES.form
def discount(say: Say, it: Account) -> str:
    del it
    return f"Get {say.writing.number(500)} bonus credits when you buy {say.writing.number(44_000)} or more."


OUTSIDE: Registry[Callable[[Dice, Say, Account], Box]] = Registry()
"""What stands on the page outside Current Plan."""


@OUTSIDE.form
def navigation(dice: Dice, say: Say, it: Account) -> Box:
    del dice, say, it
    return box("nav", *(box("a", name, href="#" + name) for name in ("Home", "Flows", "Users 3", "Billing")))


@OUTSIDE.form
def usage(dice: Dice, say: Say, it: Account) -> Box:
    del it
    note = box("p", "Invoice reader: ", say(214), " credits used this month")
    return box("section", box("h2", "Usage"), note) if dice.chance(2) else box("aside", note)


@OUTSIDE.form
def usage_table(dice: Dice, say: Say, it: Account) -> Box:
    del dice, it
    rows = [box("tr", box("td", name), box("td", say(used))) for name, used in (("Invoice reader", 214), ("Chat", 88))]
    head = box("thead", box("tr", box("th", "Flow"), box("th", "Credits used")))
    return box("section", box("h2", "Usage"), box("table", head, box("tbody", *rows)))


@OUTSIDE.form
def pill(dice: Dice, say: Say, it: Account) -> Box:
    del dice
    return box("header", box("span", say.writing.number(it.left), " credits"))


@OUTSIDE.form
def news(dice: Dice, say: Say, it: Account) -> Box:
    del dice, it
    return box("div", "New: buy ", say(22_000), " credits and get 10 % off until 2027.", role="banner")


@OUTSIDE.form
def storage_bar(dice: Dice, say: Say, it: Account) -> Box:
    del dice, say, it
    bounds = {"aria_valuenow": "12", "aria_valuemin": "0", "aria_valuemax": "50"}
    return row(box("span", "12 GB of 50 GB storage"), bar_box(0.24, role="progressbar", aria_label="Storage", **bounds))


@OUTSIDE.form
def status_line(dice: Dice, say: Say, it: Account) -> Box:
    del dice, it
    return box("p", "Last import: ", say(2_500), " rows in 12 s")


FLOATING: Registry[Callable[[Say], Box]] = Registry()
"""What lies over the page without being in front of it."""


@FLOATING.form
def cookies(say: Say) -> Box:
    del say
    return box("div", box("p", "We use 3 kinds of cookies."), box("button", "Accept all"), flow="floating")


@FLOATING.form
def toast(say: Say) -> Box:
    return box(
        "div", "Monthly credits: ", say.writing.number(100), " were used by a flow", role="status", flow="floating"
    )


@FLOATING.form
def chat(say: Say) -> Box:
    del say
    return box("div", box("button", "Chat (1)"), flow="floating")
