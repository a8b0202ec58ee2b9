"""Ways to show pairs of label and value: each is one small function, and that is all it takes to add one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.tools.worlds.boxes import Box, box, row, text_of
from tests.tools.worlds.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.tools.worlds.dice import Dice


@dataclass(frozen=True)
class Line:
    """A label and what stands for it."""

    label: str
    value: tuple[Box | str, ...]


LINES: Registry[Callable[[Dice, Sequence[Line]], Box]] = Registry()


@LINES.form
def definition_list(dice: Dice, lines: Sequence[Line]) -> Box:
    if dice.chance(2):
        return box("dl", *(box("div", box("dt", one.label), box("dd", *one.value)) for one in lines))
    return box("dl", *(part for one in lines for part in (box("dt", one.label), box("dd", *one.value))))


@LINES.form
def paragraphs(dice: Dice, lines: Sequence[Line]) -> Box:
    join, tag = dice.pick((": ", " ", " \u2013 ", " \u00b7 ", ":\u00a0")), dice.pick(("p", "div", "li"))
    inside = [box(tag, one.label + join, *one.value) for one in lines]
    return box("ul" if tag == "li" else "div", *inside)


@LINES.form
def bold_values(dice: Dice, lines: Sequence[Line]) -> Box:
    value = dice.pick(("b", "strong", "span"))
    return box("div", *(box("p", one.label, " ", box(value, *one.value)) for one in lines))


@LINES.form
def bold_labels(dice: Dice, lines: Sequence[Line]) -> Box:
    label = dice.pick(("strong", "span", "small"))
    return box("div", *(box("div", box(label, one.label + dice.pick((": ", " "))), *one.value) for one in lines))


@LINES.form
def table_rows(dice: Dice, lines: Sequence[Line]) -> Box:
    head = dice.pick(("td", "th"))
    scope = {"scope": "row"} if head == "th" else {}
    rows = [box("tr", box(head, one.label, **scope), box("td", *one.value)) for one in lines]
    return box("table", box("tbody", *rows))


@LINES.form
def columns_under_headings(dice: Dice, lines: Sequence[Line]) -> Box:
    head = dice.pick(("th", "td"))
    top = box("tr", *(box(head, one.label) for one in lines))
    values = box("tr", *(box("td", *one.value) for one in lines))
    return (
        box("table", box("thead", top), box("tbody", values))
        if head == "th"
        else box("table", box("tbody", top, values))
    )


@LINES.form
def rows_of_boxes(dice: Dice, lines: Sequence[Line]) -> Box:
    part = dice.pick(("div", "span", "p"))
    return box("div", *(row(box(part, one.label), box(part, *one.value), even=dice.chance(2)) for one in lines))


@LINES.form
def remarks_below_labels(dice: Dice, lines: Sequence[Line]) -> Box:
    remark = dice.pick(("never expires", "resets Dec 1", "see how it is used", "first to be used"))
    named = [box("div", box("div", one.label), box("div", box("small", remark))) for one in lines]
    return box("div", *(row(name, box("div", *one.value)) for name, one in zip(named, lines, strict=True)))


@LINES.form
def stacked_boxes(dice: Dice, lines: Sequence[Line]) -> Box:
    deep = dice.chance(2)
    value = [box("div", box("div", *one.value)) if deep else box("div", *one.value) for one in lines]
    return box("div", *(box("div", box("div", one.label), it) for one, it in zip(lines, value, strict=True)))


@LINES.form
def cards(dice: Dice, lines: Sequence[Line]) -> Box:
    label, value = dice.pick((("div", "div"), ("h4", "p"), ("small", "div"), ("p", "p"))), dice.pick(("div", "article"))
    shown = [box(value, box("div", box(label[0], one.label)), box(label[1], *one.value)) for one in lines]
    return row(*shown, even=True)


@LINES.form
def cards_with_a_line_below_the_number(dice: Dice, lines: Sequence[Line]) -> Box:
    label, number = dice.pick((("div", "div"), ("p", "h3"), ("small", "b")))
    cut = [1 if any(char.isdigit() for char in text_of(one.value[0])) else len(one.value) for one in lines]
    parts = [(box("div", box(number, *one.value[:at])), one.value[at:]) for one, at in zip(lines, cut, strict=True)]
    below = [(top, *([box("div", *rest)] if rest else [])) for top, rest in parts]
    shown = [box("div", box("div", box(label, one.label)), *both) for one, both in zip(lines, below, strict=True)]
    return row(*shown, even=True)


@LINES.form
def value_above_label(dice: Dice, lines: Sequence[Line]) -> Box:
    label = dice.pick(("div", "small"))
    return row(*(box("div", box("h3", *one.value), box("div", box(label, one.label))) for one in lines), even=True)


@LINES.form
def grid_of_boxes(dice: Dice, lines: Sequence[Line]) -> Box:
    part = dice.pick(("div", "span"))
    top = row(*(box(part, one.label) for one in lines), even=True)
    return box("div", top, row(*(box(part, *one.value) for one in lines), even=True))


@LINES.form
def value_then_label(dice: Dice, lines: Sequence[Line]) -> Box:
    tag = dice.pick(("p", "div", "li"))
    inside = [box(tag, box("b", *one.value), " ", one.label) for one in lines]
    return box("ul" if tag == "li" else "div", *inside)


@LINES.form
def legend(dice: Dice, lines: Sequence[Line]) -> Box:
    colours = ("#4f46e5", "#14b8a6", "#f59e0b", "#94a3b8", "#111")
    dots = [Box("span", (), {"aria-hidden": "true"}, "block", height=8, width=8, colour=one) for one in colours]
    tag = dice.pick(("div", "li"))
    shown = [
        row(dots[at % len(dots)], box("span", one.label), box("span", *one.value), tag=tag)
        for at, one in enumerate(lines)
    ]
    return box("ul" if tag == "li" else "div", *shown)


@LINES.form
def custom_elements(dice: Dice, lines: Sequence[Line]) -> Box:
    shadow = dice.chance(2)
    return box(
        "credit-list",
        *(
            Box("credit-line", (box("div", box("span", one.label), " ", box("b", *one.value)),), shadow=shadow)
            for one in lines
        ),
        flow="block",
    )


@LINES.form
def groups(dice: Dice, lines: Sequence[Line]) -> Box:
    if dice.chance(2):
        made = [box("section", box("div", one.label), box("div", *one.value), aria_label=one.label) for one in lines]
        return box("div", *made)
    return box("div", *(box("fieldset", box("legend", one.label), box("div", *one.value)) for one in lines))


@LINES.form
def broken_lines(dice: Dice, lines: Sequence[Line]) -> Box:
    del dice
    return box("p", *(part for one in lines for part in (one.label, ": ", *one.value, box("br"))))


@LINES.form
def in_one_line(dice: Dice, lines: Sequence[Line]) -> Box:
    join = dice.pick((" \u00b7 ", " | ", ", ", "; "))
    parts = [part for one in lines for part in (join, f"{one.label}: ", *one.value)]
    return box("p", *parts[1:])


@LINES.form
def list_of_pairs(dice: Dice, lines: Sequence[Line]) -> Box:
    icon = box("i", dice.pick(("\u25cf", "\u2605", "\u26a1")), aria_hidden="true")
    shown = [box("li", row(box("span", icon, " ", one.label), box("strong", *one.value))) for one in lines]
    return box("ul", *shown)
