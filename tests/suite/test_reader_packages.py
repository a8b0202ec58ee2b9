"""The packages on sale, read from pop-ups as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.packages.package_controls import unknown_controls, ways_on
from steps.readers.packages.package_options import read_options
from steps.readers.packages.packages import read_packages
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.packages.offer import Offer

PROFILE = Profile(base_url="http://site.example")
DIALOG = (
    "<div role=dialog aria-modal=true style='position:fixed;inset:40px;background:#fff'><h2>Add credits</h2>{}</div>"
)
BUTTONS = "<button>2,000 credits $20.00</button><button>4,000 credits $40.00</button>"


def offers(page: Page, html: str, profile: Profile = PROFILE) -> tuple[Offer, ...]:
    page.set_content(DIALOG.format(html))
    found = read_packages(capture(page), profile)
    assert isinstance(found, Fact), found
    return found.value


WAYS = [
    ("button", "<button>{n},000 credits ${n}0.00</button>"),
    ("link", "<a href='#'>{n},000 credits ${n}0.00</a> "),
    ("radio", "<label><input type=radio name=p> {n},000 credits ${n}0.00</label> "),
    ("radio", "<input type=radio name=p id=r{n}><label for=r{n}>{n},000 credits ${n}0.00</label>"),
    ("card", "<label><input type=radio name=p style='display:none'> {n},000 credits ${n}0.00</label> "),
    ("option", "<div role=option>{n},000 credits ${n}0.00</div>"),
    ("card", "<div style='cursor:pointer'><b>{n},000</b> credits <div>${n}0.00</div></div>"),
    ("row", "<div>{n},000 credits ${n}0.00 <i>${n}.00 / 1,000 credits</i> <button>Buy</button></div>"),
    ("button", "<button><b style='display:block'>{n},000</b><small>credits</small><p>${n}0.00</p></button>"),
    ("button", "<button>{n},000 add-on credits ${n}0.00</button>"),
    ("row", "<div><p>Credits</p><b>{n},000</b><p>${n}0.00</p><button>Buy</button></div>"),
    ("row", "<div><b>{n},000 credits</b><p>Save 3%</p><button>${n}0.00</button></div>"),
    ("row", "<div><b>{n},000 credits</b><p>${n}0.00 \u00b7 +$ 4.00 VAT</p><button>Add</button></div>"),
    ("radio", "<div><input type=radio name=p id=r{n}><p><label for=r{n}>{n},000 credits</label></p>${n}0.00</div>"),
    ("row", "<div><b>{n},000 credits</b><p>Save 3%</p><button>${n}0.00 \u2013 Select</button></div>"),
    (
        "row",
        "<div><b>{n},000</b><p>credits</p>${n}0.00<button aria-label='Buy {n},000 credits'>Buy</button></div>",
    ),
    (
        "row",
        "<div><p>{n},000 credits</p><p>+{n}00 bonus credits</p>${n}0.00<a href='#'>Info</a><button>Buy</button></div>",
    ),
    ("row", "<div><b>{n},000 credits</b><p>${n}0.00</p><small>or 4 \u00d7 $5.00</small><button>Buy</button></div>"),
    ("row", "<div><b>+{n},000 credits</b><p>${n}0.00</p><button>Buy</button></div>"),
    ("button", "<div><button>{n},000 credits</button><span>${n}0.00</span></div>"),
    ("button", "<div><h4>{n},000 credits</h4><p>${n}0.00</p><button>Buy {n},000 credits</button></div>"),
]
TABLES = [
    (
        "<table><tr><th>Package<th>Price per 1,000<th>You save<th>Price<th>{}</table>",
        "<tr><td>{n},000 credits<td>$9.75<td>$1.00<td>${n}0.00<td><button>Buy</button>",
    ),
    (
        "<table><tr><th>Add<th>New balance<th>Price<th>{}</table>",
        "<tr><td>{n},000 credits<td>1{n},240 credits<td>${n}0.00<td><button>Buy</button>",
    ),
    (
        "<div style='display:grid;grid-template-columns:1fr 1fr 1fr'>{}</div>",
        "<div>{n},000 credits</div><div>${n}0.00</div><button>Buy</button>",
    ),
]


@pytest.mark.parametrize(("kind", "way"), WAYS)
def test_packages_are_read_however_they_are_drawn(page: Page, kind: str, way: str) -> None:
    notes = "<p>You have 7,500 add-on credits left. Minimum purchase: 2,000 credits.</p>"
    html = way.format(n=2) + way.format(n=4)
    found = offers(page, notes + html + "<button>Continue to payment</button><button>Close</button>")
    assert [(one.amount, one.label.lower(), [str(price) for price in one.prices], one.kind) for one in found] == [
        (2_000, "2,000 credits", ["20.00 USD"], kind),
        (4_000, "4,000 credits", ["40.00 USD"], kind),
    ]


@pytest.mark.parametrize(("table", "row"), TABLES)
def test_the_columns_of_a_table_say_which_numbers_are_packages_and_prices(page: Page, table: str, row: str) -> None:
    found = offers(page, table.format("".join(row.format(n=n) for n in (2, 4, 6))))
    assert [(one.amount, [str(price) for price in one.prices], one.kind) for one in found] == [
        (n * 1_000, [f"{n}0.00 USD"], "row") for n in (2, 4, 6)
    ]


def test_the_face_of_an_open_list_is_no_second_package(page: Page) -> None:
    found = offers(
        page,
        "<button aria-haspopup=listbox aria-expanded=true>4,000 credits</button><ul role=listbox>"
        "<li role=option>2,000 credits $20.00</li><li role=option aria-selected=true>4,000 credits $40.00</li></ul>",
    )
    assert [(one.amount, one.kind) for one in found] == [(2_000, "option"), (4_000, "option")]


def test_a_label_that_is_a_part_of_another_one_names_its_own_choice(page: Page) -> None:
    row = "<tr><td><input type=radio name=p id=r{0}><td><label for=r{0}>{0:,} credits</label><td>${1}.00"
    rows = "".join(row.format(amount, amount // 100) for amount in (2_000, 22_000, 1_200_000))
    found = offers(page, f"<table>{rows}</table>")
    assert [(one.amount, [str(price) for price in one.prices]) for one in found] == [
        (2_000, ["20.00 USD"]), (22_000, ["220.00 USD"]), (1_200_000, ["12000.00 USD"]),
    ]  # fmt: skip


def test_what_is_pressed_is_the_button_of_the_own_row(page: Page) -> None:
    rows = "".join(f"<div><span>{n},000 credits</span> <button id=b{n}>Buy</button></div>" for n in (2, 4))
    page.set_content(DIALOG.format(rows))
    snapshot = capture(page)
    found = read_packages(snapshot, PROFILE)
    assert isinstance(found, Fact)
    assert [snapshot.elements[one.element].id for one in found.value] == ["b2", "b4"]


def test_another_word_than_credits_is_told(page: Page) -> None:
    (first, second) = offers(page, "<button>2,000 tokens $20.00</button><button>4,000 $40.00</button>")
    assert (first.label, first.has_word) == ("2,000 tokens", False)
    assert (second.label, second.has_word) == ("4,000", False)
    (third,) = offers(page, "<button>6,000 cr $60.00</button>")
    assert (third.label, third.has_word) == ("6,000 cr", True)


def test_what_is_chosen_and_what_is_disabled_is_told(page: Page) -> None:
    html = "<button aria-pressed=true>2,000 credits</button><button disabled>4,000 credits</button>"
    assert [(one.chosen, one.disabled) for one in offers(page, html)] == [(True, False), (False, True)]


def test_amounts_are_numbers_by_the_profile_and_unclear_against_it(page: Page) -> None:
    html = "<button>2.000 credits 10,00 $</button><button>1.200.000 credits 3.900,00 $</button>"
    found = offers(page, html, msgspec.structs.replace(PROFILE, thousands="."))
    assert [one.amount for one in found] == [2_000, 1_200_000]
    assert [[str(price) for price in one.prices] for one in found] == [["10.00 USD"], ["3900.00 USD"]]
    unclear = read_packages(capture(page), PROFILE)
    assert isinstance(unclear, Unclear)
    assert unclear.settle == 'thousands = "."'


def test_two_amounts_on_one_button_are_unclear(page: Page) -> None:
    page.set_content(DIALOG.format("<button>2,000 credits, 2,200 credits in all</button>"))
    assert isinstance(read_packages(capture(page), PROFILE), Unclear)


def test_what_lies_behind_the_dialog_is_not_on_sale(page: Page) -> None:
    page.set_content("<button>6,000 credits</button>" + DIALOG.format(BUTTONS))
    found = read_packages(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [one.amount for one in found.value] == [2_000, 4_000]


def test_digits_behind_the_dialog_go_on_with_none_in_front(page: Page) -> None:
    lies = "style='position:absolute;top:{}px;left:{}px;font:16px monospace;margin:0'"
    behind = f"<p {lies.format(100, 300)}>89.00</p>"
    front = f"<button {lies.format(60, 260)}>2,000 credits <span id=price>$20.00</span></button>"
    page.set_content(behind + DIALOG.format(front))
    page.evaluate("document.querySelector('p').style.left = price.getBoundingClientRect().right + 'px'")
    page.evaluate("document.querySelector('p').style.top = price.getBoundingClientRect().top + 'px'")
    found = read_packages(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [str(price) for one in found.value for price in one.prices] == ["20.00 USD"]
    assert all(price.is_certain for one in found.value for price in one.prices)


def test_what_was_offered_before_the_pop_up_is_not_on_sale_now(page: Page) -> None:
    page.set_content("<h2>Add credits</h2><button>6,000 credits</button>")
    before = capture(page)
    assert isinstance(read_packages(before, PROFILE, before), Absent)
    page.set_content(f"<h2>Add credits</h2><button>6,000 credits</button><div>{BUTTONS}</div>")
    found = read_packages(capture(page), PROFILE, before)
    assert isinstance(found, Fact)
    assert [one.amount for one in found.value] == [2_000, 4_000]


@pytest.mark.parametrize(
    "html",
    [
        "<p>4,000 credits</p><p>$40.00</p><button>Continue to payment</button><button>Close</button>",
        "<p>You have 4,000 credits left.</p><button>Close</button>",
        "<div><span>4,000 credits</span> <a href='#'>Download receipt</a></div>",
    ],
)
def test_an_amount_that_nothing_chooses_is_no_package(page: Page, html: str) -> None:
    page.set_content(DIALOG.format(html))
    assert isinstance(read_packages(capture(page), PROFILE), Absent)


def test_ways_to_more_packages_are_named(page: Page) -> None:
    page.set_content(
        "<button>Show more</button>"
        + DIALOG.format(
            "<div role=combobox tabindex=0 aria-expanded=false aria-haspopup=listbox id=list>Credit package</div>"
            "<div role=tab tabindex=0 id=tab aria-selected=false>Large</div><a href='#' id=more>Show more packages</a>"
            "<button>Close</button>"
        )
    )
    snapshot = capture(page)
    assert [snapshot.elements[at].id for at in ways_on(snapshot, PROFILE)] == ["list", "tab", "more"]


def test_a_confirm_button_that_repeats_the_choice_is_no_package(page: Page) -> None:
    html = BUTTONS + "<button>Continue with 2,000 credits</button>"
    assert [one.amount for one in offers(page, html)] == [2_000, 4_000]
    rows = "<button>Buy 2,000 credits</button><button>Buy 2,000 credits</button><button>Buy 4,000 credits</button>"
    assert [one.amount for one in offers(page, rows)] == [2_000, 2_000, 4_000]


def test_numbers_that_run_beside_the_packages_are_not_on_sale(page: Page) -> None:
    card = "<h2>Current Plan</h2><p>{0} monthly credits left</p><p>{1} of 10,000 used</p><button>Add credits</button>"
    page.set_content(card.format("7,996", "2,004") + "<button>Buy</button>")
    before = capture(page)
    page.set_content(card.format("7,995", "2,005") + f"<button>Buy</button><div>{BUTTONS}</div>")
    found = read_packages(capture(page), PROFILE, before)
    assert isinstance(found, Fact)
    assert [one.amount for one in found.value] == [2_000, 4_000]


def test_an_amount_with_misplaced_signs_is_on_sale_as_no_number(page: Page) -> None:
    (first, second) = offers(page, "<button>2,000 credits</button><button>1,2000,00 credits</button>")
    assert (first.amount, second.amount, second.label) == (2_000, 0, "1,2000,00 credits")


def test_the_same_words_behind_the_pop_up_do_not_keep_a_package_from_sale(page: Page) -> None:
    page.set_content(BUTTONS)
    before = capture(page)
    page.set_content(BUTTONS + DIALOG.format(BUTTONS))
    found = read_packages(capture(page), PROFILE, before)
    assert isinstance(found, Fact)
    assert [one.amount for one in found.value] == [2_000, 4_000]


def test_options_of_a_native_list_are_read_as_packages(page: Page) -> None:
    page.set_content(DIALOG.format("<select aria-label='Credit package'><option>Choose</select>"))
    snapshot = capture(page)
    at = next(at for at, one in enumerate(snapshot.elements) if one.tag == "select")
    options = [("Choose", ()), ("2,000 credits, $20.00", ()), ("4,000 credits, $40.00", ("selected",))]
    found = read_options(options, snapshot, at, PROFILE)
    assert isinstance(found, Fact)
    assert [(one.amount, one.element, one.option, one.chosen) for one in found.value] == [
        (2_000, at, 1, False),
        (4_000, at, 2, True),
    ]
    assert isinstance(read_options([("Germany (+49)", ()), ("France (+33)", ())], snapshot, at, PROFILE), Absent)


def test_what_is_not_known_by_a_label_may_bring_more(page: Page) -> None:
    html = (
        BUTTONS + "<button>Mehr</button><button>Close</button><button disabled>Continue</button><a href='/help'>?</a>"
    )
    page.set_content(DIALOG.format(html))
    snapshot = capture(page)
    found = read_packages(snapshot, PROFILE)
    assert isinstance(found, Fact)
    assert [snapshot.elements[at].name for at in unknown_controls(snapshot, PROFILE, found.value)] == ["Mehr"]


def test_an_opened_list_and_the_documented_hints_bring_no_more(page: Page) -> None:
    """Another list that is folded may."""
    options = "".join(f"<div role=option>{n},000 credits ${n}0.00</div>" for n in (2, 4))
    html = (
        "<button role=combobox aria-expanded=true aria-label=Package>Choose</button>"
        "<button role=combobox aria-expanded=false aria-label=Team>All</button>"
        f"<div role=listbox tabindex=0 aria-label=Package>{options}</div>"
        "<a href='#'>Upgrade/Downgrade a subscription</a><a href='#'>support@diaflow.io</a>"
    )
    page.set_content(DIALOG.format(html))
    snapshot = capture(page)
    found = read_packages(snapshot, PROFILE)
    assert isinstance(found, Fact)
    assert [snapshot.elements[at].name for at in unknown_controls(snapshot, PROFILE, found.value)] == ["Team"]


def test_payments_that_come_to_show_are_not_on_sale(page: Page) -> None:
    row = "<button style='display:block'><span>{0}</span> <b>{1:,} credits</b> <i>$18.00</i></button>"
    page.set_content("<h2>Current Plan</h2><button>Add credits</button>")
    before = capture(page)
    rows = "".join(row.format(f"{day} Nov 2026", day * 1_000) for day in (2, 4, 6))
    page.set_content(f"<h2>Current Plan</h2><button>Add credits</button>{rows}")
    assert isinstance(read_packages(capture(page), PROFILE, before), Absent)


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("2,000 credits $15<sup>00</sup>", "15.00 USD"),
        ("2,000 credits <sup>$</sup>15<sup>50</sup>", "15.50 USD"),
        ("2,000 credits 1,015<sup>50</sup> €", "1015.50 EUR"),
        ("2,000<sup>1</sup> credits $15.00", "$15.00"),
    ],
)
def test_cents_and_footnotes_that_are_written_small_are_no_digits_of_the_number_before(
    page: Page, written: str, price: str
) -> None:
    (first, _) = offers(page, f"<button>{written}</button><button>4,000 credits $30.00</button>")
    assert (first.amount, [str(one) for one in first.prices]) == (2_000, [price])
