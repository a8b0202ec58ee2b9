"""Forms in which products offer packages in a pop-up: each amount is read once, with its price and its own control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.documentation.packages import documented_packages
from steps.readers.packages.packages import read_packages
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.labels import Labels, words
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
PRICES = {int(amount.replace(",", "")): int(amount.replace(",", "")) // 100 for amount in documented_packages()}
BILLING = """<h1>Billing</h1><h2>Current Plan</h2><p>Pro $49.00 / month</p><p>Monthly credits 12,500</p>
<p>Add-on credits 4,000</p><button>Add credits</button><h2>Invoices</h2><p>INV-1 Nov 1, 2026 4,000 credits $40.00</p>"""
POP_UP = (
    "<div role=dialog aria-modal=true style='position:fixed;inset:10px;background:#fff'><h2>Add credits</h2>{}</div>"
)
FORMS = {
    "a description of each term": "<dl>@<dt>{a} credits</dt><dd>${p} <button>Choose</button></dd>@</dl>",
    "terms beside descriptions": "<dl style='display:grid;grid-template-columns:1fr 1fr'>@<dt>{a} credits</dt>"
    "<dd>${p} <button>Choose</button></dd>@</dl>",
    "one below the other": "<div>@<h4>{a} credits</h4><p>${p}</p><button>Buy</button><hr>@</div>",
    "below a sentence": "<p>Credits never expire.</p>@<h4>{a} credits</h4><p>${p}</p><button>Buy</button>@",
    "an earlier price": "<div>@<button><b>{a} credits</b><br>was ${was} now ${p}</button>@</div>",
    "what is saved": "@<div>{a} credits<p>${p}</p><p>You save only $2.00</p><button>Select</button></div>@",
    "rows to press": "<table>@<tr style='cursor:pointer' onclick='1'><td>{a}<td>credits<td>${p}</tr>@</table>",
    "a link with both": "@<a href='/checkout/{raw}' style='display:flex'><span>{a} credits</span><b>${p} USD</b></a>@",
    "a hidden radio": "@<label><input type=radio name=x hidden><div>{a} credits<div>${p}</div></div></label>@",
    "a group": "@<fieldset><legend>{a} credits</legend><p>${p}</p><button>Select</button></fieldset>@",
    "a menu of choices": "<ul role=menu>@<li role=none><button role=menuitemradio aria-checked=false><span>{a} credits"
    "</span><span>${p}</span></button></li>@</ul>",
    "the price on the button": "@<button>{a}<br><small>(${p})</small></button>@<p>Credits never expire.</p>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_package_is_read_with_its_price_and_its_own_control(page: Page, form: str) -> None:
    head, item, end = form.split("@")
    items = "".join(
        item.format(a=f"{amount:,}", raw=amount, p=f"{price:,}.00", was=f"{price + 5:,}.00")
        for amount, price in PRICES.items()
    )
    page.set_content(BILLING)
    before = capture(page)
    page.set_content(BILLING + POP_UP.format(head + items + end))
    found = read_packages(capture(page), PROFILE, before)
    assert isinstance(found, Fact), found
    assert {one.amount: [int(price.amount) for price in one.prices] for one in found.value} == {
        amount: [price] for amount, price in PRICES.items()
    }
    assert len({one.element for one in found.value}) == len(PRICES)


def test_buy_beside_a_package_chooses_it_whatever_a_profile_calls_confirming(page: Page) -> None:
    profile = msgspec.structs.replace(PROFILE, labels=Labels(confirm=words("Confirm change")))
    page.set_content(POP_UP.format("".join(f"<p>{amount} credits $9.00 <button>Buy</button></p>" for amount in PRICES)))
    found = read_packages(capture(page), profile)
    assert isinstance(found, Fact)
    assert len(found.value) == len(PRICES)


@pytest.mark.parametrize(
    ("heading", "prices"),
    [("Price (USD)", ["19.00 USD"]), ("Price in \u20ac", ["19.00 EUR"]), ("USD", ["19.00 USD"]), ("Price", [])],
)
def test_the_heading_of_a_column_tells_its_currency_and_that_its_numbers_are_credits(
    page: Page, heading: str, prices: list[str]
) -> None:
    rows = "".join(
        f"<tr><td><input type=radio name=p id=p{n}> <label for=p{n}>{n},000</label><td>{n * 9.5:.2f}<td>9.50</tr>"
        for n in (2, 4, 6)
    )
    table = f"<table><tr><th>Credits<th>{heading}<th>Per 1,000</tr>{rows}</table>"
    page.set_content(POP_UP.format(table))
    reading = read_packages(capture(page), PROFILE)
    assert isinstance(reading, Fact), reading
    found = reading.value
    assert [one.amount for one in found] == [2_000, 4_000, 6_000]
    assert [str(one) for one in found[0].prices] == prices
    assert found[0].has_word
