"""Lists of invoices and of users: each way to show one is one small function."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.targets.profile import Profile
from tests.tools.worlds.account import PACKAGES
from tests.tools.worlds.boxes import Box, box, row
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.truth import Invoice, Invoices, User, Users, World
from tests.tools.worlds.writing import Writing, draw_day, draw_price, draw_writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.dice import Dice

Cell = tuple[Box | str, ...]


@dataclass(frozen=True)
class Grid:
    """A list as it is written: headings, and cells of each line."""

    headings: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


GRIDS: Registry[Callable[[Dice, Grid], Box]] = Registry()


@GRIDS.form
def table(dice: Dice, grid: Grid) -> Box:
    del dice
    top = box("thead", box("tr", *(box("th", text) for text in grid.headings)))
    return box("table", top, box("tbody", *(box("tr", *(box("td", *cell) for cell in line)) for line in grid.cells)))


@GRIDS.form
def flex_rows(dice: Dice, grid: Grid) -> Box:
    part = dice.pick(("div", "span"))
    top = row(*(box(part, text) for text in grid.headings), even=True)
    return box("div", top, *(row(*(box(part, *cell) for cell in line), even=True) for line in grid.cells))


@GRIDS.form
def roles(dice: Dice, grid: Grid) -> Box:
    cell = dice.pick(("cell", "gridcell"))
    top = row(*(box("div", text, role="columnheader") for text in grid.headings), even=True, role="row")
    lines = [row(*(box("div", *one, role=cell) for one in line), even=True, role="row") for line in grid.cells]
    return box("div", top, *lines, role="table" if cell == "cell" else "grid")


@GRIDS.form
def table_without_head(dice: Dice, grid: Grid) -> Box:
    del dice
    lines = [[(text,) for text in grid.headings], *grid.cells]
    return box("table", box("tbody", *(box("tr", *(box("td", *cell) for cell in line)) for line in lines)))


@GRIDS.form
def list_items(dice: Dice, grid: Grid) -> Box:
    del dice
    top = row(*(box("span", text) for text in grid.headings), even=True)
    lines = [row(*(box("div", *cell) for cell in line), even=True, tag="li") for line in grid.cells]
    return box("div", top, box("ul", *lines))


@GRIDS.form
def cards(dice: Dice, grid: Grid) -> Box:
    apart = dice.chance(2)

    def pair(heading: str, cell: Cell) -> Box:
        return row(box("span", heading), box("div", *cell)) if apart else box("div", f"{heading}: ", *cell)

    made = (box("article", *(pair(*one) for one in zip(grid.headings, line, strict=True))) for line in grid.cells)
    return box("div", *made)


def _number(dice: Dice, at: int) -> str:
    return dice.pick(("INV-{:04}", "7507B3C1-{:04}", "INV/2026/{}", "#{}", "2026-{:04}")).format(at)


def invoices(dice: Dice) -> World:
    """A list of invoices below its title, with filters."""
    writing = draw_writing(dice)
    count = dice.pick((2, 1, 3, 6))
    day = draw_day(dice)
    made, cells = [], []
    style, receipt = dice.number(3), dice.pick(("Download receipt", "Receipt", "PDF", "Download"))
    numbered = _number(dice, 17)
    for at in range(count):
        credits_ = dice.pick((*PACKAGES, None))
        amount = draw_price(dice, credits_) if credits_ else Decimal(49)
        number = numbered.replace("17", str(17 + at))
        made.append(Invoice(number, day, credits_, amount, writing.code))
        what = _what(writing, credits_, style)
        link = box("a", receipt, href="#r")
        cells.append(((number,), (writing.day(day),), (what,), (writing.money(amount),), ("Paid",), (link,)))
    order = dice.pick(((0, 1, 2, 3, 4, 5), (1, 0, 2, 3, 5), (0, 1, 2, 3, 5), (1, 2, 3, 4, 0, 5)))
    headings = ("Invoice", "Date", "Description", "Amount", "Status", "Receipt")
    grid = Grid(tuple(headings[at] for at in order), tuple(tuple(line[at] for at in order) for line in cells))
    filters = [row(box("button", "All"), box("button", "Subscription"), box("button", "Add-on credits"))]
    title = box(dice.pick(("h2", "h3", "div")), "Invoices")
    before = [box("h2", "Current Plan"), box("p", "Pro"), box("p", f"{writing.number(4_000)} add-on credits")]
    parts = [*before, title, *(filters if dice.chance(2) else []), GRIDS.pick(dice)(dice, grid)]
    profile = Profile(base_url="https://site.example", thousands=writing.thousands)  # type: ignore[arg-type]
    return World("invoices", box("body", *parts), Invoices(tuple(made)), profile)


def _what(writing: Writing, credits_: int | None, style: int) -> str:
    if credits_ is None:
        return ("Pro plan", "Subscription", "Pro plan, 5 seats")[style]
    number = writing.number(credits_)
    return (f"{number} credits", f"Credit pack ({number} credits)", f"Add-on credits: {number} credits")[style]


_PEOPLE = (
    ("Quinn Adams", "qa@example.com"), ("Robin Meyer", "robin@example.com"), ("Sam O'Neil", "sam.oneil@example.org"),
    ("Anna-Lena M\u00fcller", "al@example.de"), ("Nguy\u1ec5n An", "an+test@example.vn"),
)  # fmt: skip
_ROLES = ("Owner", "Admin", "Member", "Billing manager")
_ACCESS = ("Full access", "Limited access", "All flows", "3 flows", "None")


def users(dice: Dice) -> World:
    """A list of users with role, access and last login."""
    writing = draw_writing(dice)
    made, cells = [], []
    together, badge = dice.pick((True, False)), dice.chance(4)
    for name, email in _PEOPLE[: dice.pick((2, 1, 3, 5))]:
        login = dice.pick((writing.day(draw_day(dice)), "2 hours ago", "Never", "Yesterday"))
        one = User(name, email, dice.pick(_ROLES), dice.pick(_ACCESS), login)
        made.append(one)
        mark = (" ", box("small", "You")) if badge and len(made) == 1 else ()
        who: tuple[Cell, ...] = (
            ((box("div", name, *mark), box("div", email)),) if together else ((name, *mark), (email,))
        )
        cells.append((*who, (one.role,), (one.access,), (one.last_login,)))
    who_heads = ("Member",) if together else ("Name", "Email")
    grid = Grid((*who_heads, "Role", "Access", dice.pick(("Last login", "Last sign-in"))), tuple(cells))
    top = [box("nav", box("a", "Home", href="#h"), " ", box("a", "Users", href="#u")), box("h1", "Users")]
    tools = [row(box("button", "Invite"), box("span", f"{len(made)} of 5 seats used"))] if dice.chance(2) else []
    profile = Profile(base_url="https://site.example", thousands=writing.thousands)  # type: ignore[arg-type]
    page = box("body", *top, *tools, GRIDS.pick(dice)(dice, grid))
    return World("users", page, Users(tuple(made)), profile, url="https://site.example/users")
