"""Credits that are told purchase by purchase: added up where a total bears it out, and unclear elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.balance import Balance
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact, Unclear
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.credits.credits import CreditsReading

PROFILE = Profile(base_url="http://site.example")


def read(page: Page, balances: str) -> CreditsReading:
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{balances}<h2>Invoices</h2>")
    return read_credits(capture(page, selectors_of(PROFILE)), PROFILE)


def table(*bought: int, total: int | None = None) -> str:
    def row(*cells: object) -> str:
        return (
            f"<tr>{''.join(f'<td>{one:,}</td>' if isinstance(one, int) else f'<td>{one}</td>' for one in cells)}</tr>"
        )

    whole = 10_000 + sum(bought) if total is None else total
    rows = "".join(row("Add-on", one, 0, one, f"Dec {at + 1}, 2027") for at, one in enumerate(bought))
    heads = row("Credits", "Granted", "Used", "Remaining", "Expires")
    monthly, foot = row("Monthly", 10_000, 2_500, 7_500, "Dec 12, 2026"), row("Total", whole, 2_500, whole - 2_500, "")
    return f"<table>{heads}{monthly}{rows}{foot if total != 0 else ''}</table>"


def items(*bought: int, total: int | None = None) -> str:
    rows = "".join(
        f"<li>Add-on credits <b>{one:,}</b> expires Dec {at + 1}, 2027</li>" for at, one in enumerate(bought)
    )
    left = 7_500 + sum(bought) if total is None else total
    return f"<p>Monthly credits 7,500 left of 10,000</p><ul>{rows}</ul><p>Total credits left: {left:,}</p>"


@pytest.mark.parametrize(
    ("balances", "added_up"),
    [
        (table(3_000, 11_000), Balance(14_000, 0, 14_000)),
        (table(2_000, 2_000), Balance(4_000, 0, 4_000)),
        (items(3_000, 11_000), Balance(plain=(14_000,))),
        (table(3_000, 11_000, total=20_000), None),
        (table(3_000, 11_000, total=0), None),
        (items(3_000, 11_000, total=10_500), None),
    ],
)
def test_rows_are_added_up_where_a_total_bears_it_out(page: Page, balances: str, added_up: Balance | None) -> None:
    add_on = read(page, balances).add_on
    if added_up is None:
        assert isinstance(add_on, Unclear)
    else:
        assert isinstance(add_on, Fact)
        assert add_on.value == added_up


@pytest.mark.parametrize("form", [table, items])
@pytest.mark.parametrize(("then", "is_sound"), [((3_000, 11_000, 2_000), True), ((3_000, 11_000, 4_000), False)])
def test_a_purchase_comes_as_a_row_of_its_own(
    page: Page, form: object, then: tuple[int, ...], *, is_sound: bool
) -> None:
    assert callable(form)
    before, after = (read(page, form(*some)) for some in ((3_000, 11_000), then))
    changes = changes_after_purchase(before, after, 2_000)
    assert (bool(changes.broken), bool(changes.unclear)) == (not is_sound, False)


@pytest.mark.parametrize("remark", ["expires Dec 1, 2027", "valid until 2027-12-01", "expires on 1 December 2027"])
def test_until_when_credits_last_is_no_part_of_their_number(page: Page, remark: str) -> None:
    add_on = read(
        page, f"<p>Monthly credits 7,500</p><div><span>Add-on credits</span> <b>3,000</b> {remark}</div>"
    ).add_on
    assert isinstance(add_on, Fact)
    assert add_on.value == Balance(plain=(3_000,))
