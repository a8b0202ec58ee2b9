"""Packages as cards that only their look shows to be pressed, in what listens for presses itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.packages import PackageChoice
from tests.suite.support.package_pop_up import AMOUNTS, BEHIND, PAY, PROFILE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

GO = f'<button id=go disabled onclick="{PAY}">Continue to payment</button>'
TAKE = "document.title = this.innerText; go.disabled = false;"
_CARDS = "".join(
    f"<div style='cursor:pointer;border:1px solid' onclick='{TAKE}'><div>{amount:,}</div><div>credits</div>"
    f"<div>${amount // 100}.00</div></div>"
    for amount in AMOUNTS
)


@pytest.mark.parametrize(
    ("overlay", "content"), [("", ""), ("cursor:pointer", "cursor:default"), ("display:grid;place-items:center", "")]
)
def test_what_closes_when_the_ground_beside_it_is_pressed_is_no_card_itself(
    page: Page, overlay: str, content: str
) -> None:
    page.set_content(BEHIND)
    choice = PackageChoice(page, PROFILE)
    page.set_content(
        f"{BEHIND}<div style='position:fixed;inset:0;background:rgba(0,0,0,.5);{overlay}' onclick='"
        f"if (event.target === this) this.hidden = true'><div style='background:#fff;{content}'><h2>Add credits</h2>"
        f"{_CARDS}{GO}</div></div>"
    )
    assert choice.is_open()
    assert [(one.amount, one.kind) for one in choice.settled_offers(AMOUNTS)] == [(one, "card") for one in AMOUNTS]


def test_a_list_that_listens_for_all_of_its_cards_is_no_card_itself(page: Page) -> None:
    cards = "".join(f"<p style='cursor:pointer'>{amount:,} credits, ${amount // 100}.00</p>" for amount in AMOUNTS)
    choice = opened(
        page, f"<div onclick='document.title = event.target.innerText; go.disabled = false'>{cards}</div>{GO}"
    )
    assert [(one.amount, one.kind) for one in choice.settled_offers(AMOUNTS)] == [(one, "card") for one in AMOUNTS]
