"""A page laid out without a browser: blocks stack, rows flow, tables stand in columns, inline text runs in lines.

What comes out is the snapshot that the capture script would take in a browser, pixels aside. `--rendered` holds the
two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from steps.readers.page.snapshot import Box as Rectangle
from steps.readers.page.snapshot import Element, Snapshot, Text
from tests.tools.worlds.boxes import Box
from tests.tools.worlds.measuring import GAP, LETTER, SIZES, breadth, fill_of, weight_of, words_of
from tests.tools.worlds.semantics import PRESSED, name_of, role_of, states_of, value_of

WIDTH, HEIGHT = 1280, 900
_LINE = 1.5
_INDENT = {"dd": 40, "ul": 40, "ol": 40}
_BOXED = frozenset({"button", "input", "select"})
"""What stands in a line of text as a box of its own."""
_APART = {"floating", "sheet", "popup"}


@dataclass(slots=True)
class _From:
    """What an element hands down to what is inside."""

    element: int = -1
    block: int = -1
    size: float = 16.0
    weight: int = 400
    struck: bool = False
    inert: bool = False
    disabled: bool = False
    pressing: bool = False
    label: str = ""


@dataclass(slots=True)
class _Pen:
    x: float
    y: float
    left: float
    right: float
    line: float = 0.0

    def wrap(self, x: float, width: float, line: float) -> tuple[float, float, float]:
        """Return where a text goes that is too wide for its line: left edge, width and height of all its lines."""
        room = max(1.0, self.right - self.left)
        if width <= room and x > self.left:
            self.down()
            return self.x, width, line
        return self.left, min(width, room), line * -(-(x - self.left + width) // room)

    def down(self) -> None:
        """Go to the beginning of a new line, if anything stands in this one."""
        if self.line:
            self.x, self.y, self.line = self.left, self.y + self.line, 0.0


class _Layout:
    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.front = -1
        self.flows: dict[int, list[bool]] = {}

    def open(self, one: Box, given: _From, *, inline: bool) -> _From:
        role = role_of(one)
        inert = given.inert or "inert" in one.attributes
        states = states_of(one, role, inert=inert, disabled=given.disabled, pressing=given.pressing)
        value, value_text = value_of(one, role)
        index = len(self.elements)
        kind = one.attributes.get("type", "text") if one.tag == "input" else one.tag if one.tag == "select" else ""
        kind = f"{kind} {one.attributes.get('autocomplete', '')}".rstrip()
        label = " ".join(filter(None, words_of(one))) if one.tag == "label" else given.label
        level = (
            0 if role != "heading" else int(one.attributes.get("aria-level", one.tag[1:2] if one.tag[0] == "h" else 2))
        )
        self.elements.append(
            Element(
                tag=one.tag, parent=given.element, box=_NOWHERE, role=role, states=states, inline=inline, level=level,
                name=name_of(one, role, label) if role or kind else "", kind=kind,
                id=one.attributes.get("data-testid") or one.attributes.get("id", ""),
                href=_whole(one.attributes.get("href", "")), value=value, value_text=value_text,
                fill=fill_of(one, role),
            )
        )  # fmt: skip
        return _From(
            index, given.block if inline else index, SIZES.get(one.tag, given.size),
            weight_of(one.tag, given.weight),
            given.struck or one.tag in {"s", "del"}, inert, given.disabled or "disabled" in one.attributes,
            given.pressing or role in PRESSED or "pressable" in states, label,
        )  # fmt: skip

    def say(self, text: str, pen: _Pen, given: _From) -> None:
        flow = self.flows.setdefault(given.block, [False, False, False])  # space, broken, any
        plain = text.strip(" \n")
        if not plain:
            flow[0] = True
            return
        space, broken = flow[2] and (flow[0] or text[0] in " \n"), flow[2] and flow[1]
        if space:
            pen.x += given.size * LETTER
        width, line = len(plain) * given.size * LETTER, given.size * _LINE
        x, tall = pen.x, line
        if x + width > pen.right and " " in plain:
            x, width, tall = pen.wrap(x, width, line)
        where = Rectangle(round(x), round(pen.y), round(width), round(tall))
        self.texts.append(
            Text(
                plain, given.element, given.block, where, given.size, given.weight, space_before=space, broken=broken,
                struck=given.struck,
            )
        )  # fmt: skip
        pen.x = x + width
        pen.line = max(pen.line, tall)
        flow[0], flow[1], flow[2] = text[-1] in " \n", False, True

    def close(self, index: int, x: float, y: float, width: float, height: float) -> None:
        where = Rectangle(round(x), round(y), round(width), round(height))
        one = self.elements[index]
        states = (*one.states, "offscreen") if y >= HEIGHT and width > 0 and height > 0 else one.states
        self.elements[index] = _moved(one, where, states)

    def inline(self, one: Box, pen: _Pen, given: _From) -> None:
        own = self.open(one, given, inline=one.tag not in _BOXED)
        x, y = pen.x, pen.y
        for part in one.inside:
            self.part(part, pen, own)
        if one.tag in {"input", "progress", "meter"} or one.width:
            pen.x += one.width or (160 if one.tag == "progress" else 20)
            pen.line = max(pen.line, one.height or 20)
        self.close(own.element, x, y, pen.x - x if pen.y == y else pen.right - pen.left, max(pen.line, pen.y - y))

    def part(self, part: Box | str, pen: _Pen, given: _From) -> None:
        if isinstance(part, str):
            self.say(part, pen, given)
        elif part.tag == "br":
            pen.down()
            self.flows.setdefault(given.block, [False, False, False])[1] = True
        elif part.flow in _APART:
            self.apart(part, given)
        elif part.flow == "inline":
            self.inline(part, pen, given)
        else:
            pen.down()
            _, height = self.block(part, pen.left, pen.y, pen.right - pen.left, given)
            pen.y += height

    def block(self, one: Box, x: float, y: float, width: float, given: _From) -> tuple[float, float]:
        flow = self.flows.setdefault(given.block, [False, False, False])
        if flow[2]:
            flow[1] = True
        before = len(self.texts)
        own = self.open(one, given, inline=False)
        x, width = x + _INDENT.get(one.tag, 0), width - _INDENT.get(one.tag, 0)
        width = one.width or width
        height = self.fill(one, x, y, width, own)
        self.close(own.element, x, y, width, one.height or height)
        if flow[2] or len(self.texts) > before:
            flow[1] = True
        return width, (one.height or height) + (8 if one.tag[0] in "hpdu" else 0)

    def apart(self, one: Box, given: _From) -> None:
        """Lay out what is fixed to the viewport, over whatever else there is."""
        x, y, width = {"sheet": (0, 0, WIDTH), "popup": (300, 60, 640)}.get(one.flow, (0, HEIGHT - 60, WIDTH))
        own = self.open(one, given, inline=False)
        height = self.fill(one, x, y, width, own)
        self.close(own.element, x, y, width, HEIGHT if one.flow == "sheet" else height)
        dialog = self.elements[own.element]
        middle = x < WIDTH / 2 < x + width and y < HEIGHT / 2 < y + height
        if dialog.role == "dialog" and ("modal" in dialog.states or middle or one.flow == "sheet"):
            self.front = own.element

    def fill(self, one: Box, x: float, y: float, width: float, own: _From) -> float:
        if one.fill >= 0 and one.height:
            if width * one.fill > 0.5:
                where = Rectangle(round(x), round(y), round(width * one.fill), one.height)
                self.elements.append(Element("div", own.element, where))
            return one.height
        if one.flow == "row":
            return self.row(one, x, y, width, own)
        if one.flow == "table":
            return self.table(one, x, y, own)
        pen = _Pen(x, y, x, x + width)
        for part in one.inside:
            self.part(part, pen, own)
        pen.down()
        return pen.y - y

    def row(self, one: Box, x: float, y: float, width: float, own: _From) -> float:
        items = [part for part in one.inside if isinstance(part, Box) and part.flow not in _APART]
        even = (width - GAP * (len(items) - 1)) / max(1, len(items))
        tallest = 0.0
        for part in one.inside:
            if not isinstance(part, Box) or part.flow in _APART:
                continue
            share = even if one.even else min(width, part.width or breadth(part, own.size))
            _, height = self.block(part, x, y, share, own)
            tallest = max(tallest, height)
            x += share + GAP
        return tallest

    def table(self, one: Box, x: float, y: float, own: _From) -> float:
        lines = [line for part in one.inside if isinstance(part, Box) for line in _rows_in(part)]
        columns: list[float] = []
        for line in lines:
            for at, cell in enumerate(line.inside):
                wide = breadth(cell, own.size) + 24
                if at == len(columns):
                    columns.append(wide)
                columns[at] = max(columns[at], wide)
        top = y
        for part in one.inside:
            if isinstance(part, Box):
                y = self.table_part(part, x, y, columns, own)
        return y - top

    def table_part(self, part: Box, x: float, y: float, columns: list[float], own: _From) -> float:
        if part.flow not in {"rows", "tr"}:
            return y + self.block(part, x, y, sum(columns), own)[1]
        opened, top = self.open(part, own, inline=False), y
        if part.flow == "rows":
            for line in part.inside:
                if isinstance(line, Box):
                    y = self.table_part(line, x, y, columns, opened)
        else:
            left, tallest = x, 0.0
            for cell, wide in zip(part.inside, columns, strict=False):
                if isinstance(cell, Box):
                    tallest = max(tallest, self.block(cell, left, y, wide, opened)[1])
                left += wide
            y += max(tallest, 20)
        self.close(opened.element, x, top, sum(columns), y - top)
        return y


_NOWHERE = Rectangle(0, 0, 0, 0)


def _rows_in(part: Box) -> list[Box]:
    if part.flow == "tr":
        return [part]
    return [line for line in part.inside if isinstance(line, Box)] if part.flow == "rows" else []


def _whole(address: str) -> str:
    return f"about:blank{address}" if address.startswith("#") else address


def _moved(one: Element, where: Rectangle, states: tuple[str, ...]) -> Element:
    return Element(
        one.tag, one.parent, where, one.role, one.name, one.id, one.kind, one.level, states, one.inline, one.href,
        one.value, one.value_text, one.fill, one.covered_by,
    )  # fmt: skip


def _in_front(layout: _Layout) -> None:
    """Mark what lies in front, and what it lies over where that would be pressed."""
    front = layout.front
    inside, where = {front}, layout.elements[front].box
    for at, one in enumerate(layout.elements):
        if at == front or (at > front and "floating" in one.states):
            layout.elements[at] = _moved(one, one.box, (*one.states, "top"))
            inside.add(at)
        elif one.parent in inside:
            inside.add(at)
        elif one.role in PRESSED or "pressable" in one.states:
            x, y = one.box.x + one.box.width / 2, one.box.y + one.box.height / 2
            over = where.x <= x <= where.right and where.y <= y <= where.bottom
            if over and "offscreen" not in one.states and "inert" not in one.states:
                layout.elements[at] = _moved(one, one.box, (*one.states, "covered"))


def to_snapshot(body: Box, *, url: str = "about:blank", title: str = "") -> Snapshot:
    """Return the page as a snapshot."""
    layout = _Layout()
    own = layout.open(body, _From(), inline=False)
    height = layout.fill(body, 8, 8, WIDTH - 16, own)
    layout.close(own.element, 8, 8, WIDTH - 16, height)
    if layout.front >= 0:
        _in_front(layout)
    return Snapshot(
        url=url, time=1.0, title=title, width=WIDTH, height=HEIGHT, language="en", ready="complete",
        elements=tuple(layout.elements), texts=tuple(layout.texts), stamp=f"{len(layout.texts)}",
    )  # fmt: skip
