"""Ways to write what a balance is, as the value of a line, as a sentence, and as a bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.tools.worlds.boxes import Box, bar_box, box, row
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.truth import Balance

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.account import Account
    from tests.tools.worlds.dice import Dice
    from tests.tools.worlds.writing import Writing

Pieces = tuple[Box | str, ...]


@dataclass(frozen=True)
class Say:
    """Writes the numbers of one page, in bold or not."""

    writing: Writing
    bold: str = ""
    bar: str = "used"
    """What bars are filled by: used or left."""
    nothing: str = ""
    """What stands for no add-on credits at all: "" for a 0, "hidden" for no line."""
    later: bool = False
    """Whether a purchase has been made meanwhile."""

    def __call__(self, amount: int) -> Box | str:
        """Write a number."""
        text = self.writing.number(amount)
        return box(self.bold, text) if self.bold else text


VALUES: Registry[Callable[[Say, Balance], tuple[Pieces, Balance]]] = Registry()
"""What stands beside the label of monthly or add-on credits, and what a person learns from it."""


def _left(it: Balance) -> int:
    return it.left or 0


def _used(it: Balance) -> int:
    return it.used or 0


def _whole(it: Balance) -> int:
    return it.whole or 0


@VALUES.form
def what_is_left(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)),), Balance(plain=(_left(it),))


@VALUES.form
def with_unit(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " credits"), Balance(plain=(_left(it),))


@VALUES.form
def said_to_be_left(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " left"), Balance(left=_left(it))


@VALUES.form
def remaining(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " credits remaining"), Balance(left=_left(it))


@VALUES.form
def used_of_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_used(it)), " of ", say(_whole(it)), " used"), Balance(used=_used(it), whole=_whole(it))


@VALUES.form
def used_by_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_used(it)), " / ", say(_whole(it)), " used"), Balance(used=_used(it), whole=_whole(it))


@VALUES.form
def used_glued_by_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_used(it)), "/", say(_whole(it)), " credits used"), Balance(used=_used(it), whole=_whole(it))


@VALUES.form
def left_of_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " of ", say(_whole(it)), " left"), Balance(left=_left(it), whole=_whole(it))


@VALUES.form
def left_by_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " left of ", say(_whole(it))), Balance(left=_left(it), whole=_whole(it))


@VALUES.form
def the_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_whole(it)),), Balance(plain=(_whole(it),))


@VALUES.form
def bare_used_by_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_used(it)), " / ", say(_whole(it))), Balance(plain=(_used(it), _whole(it)))


@VALUES.form
def bare_left_by_whole(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " / ", say(_whole(it))), Balance(plain=(_left(it), _whole(it)))


@VALUES.form
def left_of_whole_until(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    pieces = (say(_left(it)), " of ", say(_whole(it)), ", reset on Dec 1, 2026")
    return pieces, Balance(plain=(_left(it), _whole(it)))


@VALUES.form
def each_month(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_whole(it)), " / month"), Balance(plain=(_whole(it),))


EXTRAS: Registry[Callable[[Say, Balance], tuple[Pieces, Balance]]] = Registry()
"""What stands beside the label of add-on credits alone."""


@EXTRAS.form
def plus(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return ("+", say(_left(it))), Balance(plain=(_left(it),))


@EXTRAS.form
def never_expiring(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), " (never expire)"), Balance(plain=(_left(it),))


@EXTRAS.form
def until_a_year(say: Say, it: Balance) -> tuple[Pieces, Balance]:
    return (say(_left(it)), box("small", " until 2027")), Balance(plain=(_left(it),))


SENTENCES: Registry[Callable[[Say, Account], tuple[Pieces, Balance]]] = Registry()
"""What a sentence says of all credits together."""


@SENTENCES.form
def sentence_used_of(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say(it.used), " of ", say(it.whole), " credits used"), Balance(used=it.used, whole=it.whole)


@SENTENCES.form
def sentence_left_of(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say(it.left), " left of ", say(it.whole)), Balance(left=it.left, whole=it.whole)


@SENTENCES.form
def sentence_remaining(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say(it.left), " of ", say(it.whole), " credits remaining"), Balance(left=it.left, whole=it.whole)


@SENTENCES.form
def sentence_you_have_used(say: Say, it: Account) -> tuple[Pieces, Balance]:
    pieces = ("You have used ", say(it.used), " of your ", say(it.whole), " credits.")
    return pieces, Balance(used=it.used, whole=it.whole)


@SENTENCES.form
def sentence_left(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say(it.left), " credits left"), Balance(left=it.left)


@SENTENCES.form
def sentence_percent_left(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say.writing.share(1 - it.share), " % left"), Balance()


@SENTENCES.form
def sentence_percent_used(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say.writing.share(it.share), "% of credits used"), Balance()


@SENTENCES.form
def sentence_slash(say: Say, it: Account) -> tuple[Pieces, Balance]:
    return (say(it.used), " / ", say(it.whole), " credits used"), Balance(used=it.used, whole=it.whole)


PROSE: Registry[Callable[[Say, Balance, Balance, str, str], tuple[Pieces, Balance, Balance]]] = Registry()
"""What a sentence says of monthly credits and then of add-on credits, by what a site calls them."""


@PROSE.form
def left_of_plus(say: Say, it: Balance, add: Balance, monthly: str, add_on: str) -> tuple[Pieces, Balance, Balance]:
    pieces = ("You have ", say(_left(it)), " of your ", say(_whole(it)), f" {monthly} left, plus ", say(_left(add)))
    return (*pieces, f" {add_on}."), Balance(left=it.left, whole=it.whole), Balance(plain=(_left(add),))


@PROSE.form
def used_of_another(say: Say, it: Balance, add: Balance, monthly: str, add_on: str) -> tuple[Pieces, Balance, Balance]:
    pieces = ("You’ve used ", say(it.used or 0), " of your ", say(_whole(it)), f" {monthly}. Another ", say(_left(add)))
    return (*pieces, f" {add_on} are available."), Balance(used=it.used, whole=it.whole), Balance(left=add.left)


@PROSE.form
def both_that_are_left(
    say: Say, it: Balance, add: Balance, monthly: str, add_on: str
) -> tuple[Pieces, Balance, Balance]:
    pieces = ("Your workspace has ", say(_left(it)), f" {monthly} left and ", say(_left(add)))
    return (*pieces, f" {add_on} that never expire."), Balance(left=it.left), Balance(plain=(_left(add),))


BARS: Registry[Callable[[Dice, Say, Account], tuple[Box, Balance]]] = Registry()
"""Bars of all credits together; a bar that counts credits says what a sentence could."""


def _shown(say: Say, it: Account) -> tuple[float, int, Balance]:
    if say.bar == "used":
        return it.share, it.used, Balance(used=it.used, whole=it.whole)
    return 1 - it.share, it.left, Balance(left=it.left, whole=it.whole)


def _name(dice: Dice) -> dict[str, str]:
    name = dice.pick(("Credit usage", "", "Credits", "Credit balance"))
    return {"aria_label": name} if name else {}


@BARS.form
def drawn_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    del dice
    return bar_box(_shown(say, it)[0]), Balance()


@BARS.form
def percent_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    fill = _shown(say, it)[0]
    fine = dice.pick((0, 1))
    now = f"{fill * 100:.{fine}f}"
    bounds = {"aria_valuemin": "0", "aria_valuemax": "100"}
    return bar_box(fill, role="progressbar", aria_valuenow=now, **bounds, **_name(dice)), Balance()


@BARS.form
def counting_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    fill, now, _ = _shown(say, it)
    role = dice.pick(("progressbar", "meter"))
    bounds = {"aria_valuemin": "0", "aria_valuemax": str(max(1, it.whole - it.stale_share))}
    return bar_box(fill, role=role, aria_valuenow=str(now), **bounds, **_name(dice)), Balance()


@BARS.form
def speaking_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    fill = _shown(say, it)[0]
    number = say.writing.number
    said, truth = dice.pick((
        (f"{number(it.used)} of {number(it.whole)} credits used", Balance(used=it.used, whole=it.whole)),
        (f"{number(it.left)} of {number(it.whole)} credits left", Balance(left=it.left, whole=it.whole)),
        (f"{say.writing.share(it.share)}% used", Balance()),
    ))  # fmt: skip
    values = {"aria_valuemin": "0", "aria_valuemax": "100", "aria_valuenow": f"{fill * 100:.0f}"}
    return bar_box(fill, role="progressbar", aria_valuetext=said, **values, **_name(dice)), truth


@BARS.form
def bar_of_each_kind(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    number = say.writing.number
    kinds = f"{number(it.monthly - it.monthly_used)} monthly credits and {number(it.add_on - it.add_on_used)} add-on"
    said = f"{kinds} credits of {number(it.whole)} available"
    values = {"aria_valuemin": "0", "aria_valuemax": str(max(1, it.whole)), "aria_valuenow": str(it.left)}
    return bar_box(1 - it.share, role="progressbar", aria_valuetext=said, **values, **_name(dice)), Balance()


@BARS.form
def pictured_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    """Draw it in SVG: nothing but its name tells how much is left or used."""
    number = say.writing.number
    said, truth = dice.pick((
        (f"{number(it.used)} of {number(it.whole)} credits used", Balance(used=it.used, whole=it.whole)),
        (f"{number(it.left)} credits left, {number(it.used)} used", Balance(left=it.left, used=it.used)),
        ("Credit usage", Balance()),
    ))  # fmt: skip
    return Box("svg", (), {"role": "img", "aria-label": said}, "block", height=8, width=300), truth


@BARS.form
def bar_with_percent(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    del dice
    fill = _shown(say, it)[0]
    return row(bar_box(fill), box("span", f"{say.writing.share(fill)} %")), Balance()


@BARS.form
def native_bar(dice: Dice, say: Say, it: Account) -> tuple[Box, Balance]:
    fill, now, _ = _shown(say, it)
    tag = dice.pick(("progress", "meter"))
    counts = dice.chance(2)
    value, most = (now, max(1, it.whole - it.stale_share)) if counts else (f"{fill * 100:.0f}", 100)
    return box("div", box(tag, value=str(value), max=str(most), flow="inline", **_name(dice))), Balance()
