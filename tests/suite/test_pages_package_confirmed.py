"""A package that is chosen and then confirmed: on second thoughts, and with the total that the pop-up tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.package_pop_up import PAY, TEXTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

RADIO = "<label style=display:block><input type=radio name=p onclick='{take}'> {text}</label>"
FOOT = f'<p>Total <b id=total>$90.00</b></p><p>{{note}}</p><button onclick="{PAY}">Continue to payment</button>'
TAKE = "document.title = this.parentElement.innerText;"
TOLD = TAKE + "total.innerText = document.title.split(`, `)[1];"


def pop_up(take: str, note: str = "") -> str:
    return "".join(RADIO.format(take=take, text=text) for text in TEXTS) + FOOT.format(note=note)


@pytest.mark.parametrize(
    ("take", "note", "total"),
    [
        (TOLD, "", "30.00 USD"),
        (TAKE + "setTimeout(() => { total.innerText = `$30.00` }, 400)", "", "30.00 USD"),
        (TAKE, "", "90.00 USD"),
        (TAKE, "VAT (20 %) $15.00", "None"),
    ],
)
def test_the_total_that_is_told_with_the_choice_is_noted(page: Page, take: str, note: str, total: str) -> None:
    choice = opened(page, pop_up(take, note))
    choice.choose("3,000")
    assert str(choice.total) == total


KEEPS = "document.title = document.title || this.parentElement.innerText;"


@pytest.mark.parametrize(("take", "chosen"), [(TAKE, "3,000 credits"), (KEEPS, "1,000 credits")])
def test_another_package_is_chosen_first_where_the_choice_is_confirmed(page: Page, take: str, chosen: str) -> None:
    choice = opened(page, pop_up(take))
    choice.choose("3,000", after_another=True)
    assert chosen in page.url.replace("%20", " ")
