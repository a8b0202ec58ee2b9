"""What a payment page asks for, read from pages as a browser shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.checkout.checkout import CheckoutSummary, read_summary
from steps.readers.money.money import Money
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact, Unclear
from steps.targets.profile import Payments, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot

PROFILE = Profile(base_url="http://site.example")

ROWS = "<style>div{display:flex;justify-content:space-between}</style>"
TABLE = """<table><tr><th>Item</th><th>Total</th></tr><tr><td>4,000 credits</td><td>$39.00</td></tr>
<tr><td>Tax</td><td>$2.99</td></tr><tr><td>Total (USD)</td><td>$41.99</td></tr></table>"""


def shown(page: Page, html: str, **selectors: str) -> Snapshot:
    page.set_content(html)
    return capture(page, selectors)


def summary(page: Page, html: str, profile: Profile = PROFILE) -> CheckoutSummary:
    return read_summary(shown(page, html), profile)


def due(page: Page, html: str, profile: Profile = PROFILE) -> str:
    """Return the amount to pay as "20.00 USD", or the profile line that would settle it."""
    found = summary(page, html, profile).amount_due
    return str(found.value) if isinstance(found, Fact) else found.settle if isinstance(found, Unclear) else "none"


@pytest.mark.parametrize(
    ("html", "amount"),
    [
        ("<h1>Pay Diaflow</h1><p>4,000 credits $20.00</p><button>Pay $20.00</button>", "20.00 USD"),
        ("<p>Subtotal $39.00</p><p>Service fee $2.99</p><p>Total $41.99</p>", "41.99 USD"),
        ("<p>You save $500.00 Total $45.00</p>", "45.00 USD"),
        ("<p>You save $500.00</p><p>$45.00</p>", "45.00 USD"),
        ("<dl><dt>Subtotal</dt><dd>$39.00</dd><dt>Total due today</dt><dd>$41.99</dd></dl>", "41.99 USD"),
        (
            ROWS + "<div><span>Credits</span><span>$39.00</span></div><div><span>Total</span><b>$41.99</b></div>",
            "41.99 USD",
        ),
        (
            TABLE,
            "41.99 USD",
        ),
        ("<p>Qty 1</p><p data-testid='product-summary-total-amount'>$64.00</p><p>Tax $4.00</p>", "64.00 USD"),
        ("<p>$39.00</p><p>$2.99</p><p>$41.99</p>", "41.99 USD"),
        ("<p style='font-size:40px'>$41.99</p><p>$12.00</p><p>$2.99</p>", "41.99 USD"),
        ("<p>Total <s>$50.00</s> $45.00</p>", "45.00 USD"),
        ("<p>Total $45.00</p><p style='display:none'>Total $7,799.00</p>", "45.00 USD"),
        ("<p>4,000 credits $20.00</p><p>$5.00 per 1,000 credits</p>", "20.00 USD"),
        ("<p>Subtotal $50.00</p><p>Discount -$5.00</p><p>Total $45.00</p>", "45.00 USD"),
        ("<p>Total <span>$20</span><span>.00</span></p>", "20.00 USD"),
        ("<p>Total $20.00</p><p>about €16.50</p>", "20.00 USD"),
        ("<p>Total <b style='font-size:30px'>$20<small>.00</small></b></p>", "20.00 USD"),
        ("<p>$440.00 \u2248 \u20ac404.80 \u00b7 \u00a3348.10</p><p>You pay $440.00</p>", "440.00 USD"),
        (
            "<table><tr><th>Item<th>Amount<tr><td>11,000 credits<td>$95.00<tr><td>Grand Total:<td>$104.50</table>",
            "104.50 USD",
        ),
        ("<p>4,000 credits</p>", "none"),
    ],
)
def test_the_amount_to_pay_is_what_a_person_reads_as_the_total(page: Page, html: str, amount: str) -> None:
    assert due(page, html) == amount


@pytest.mark.parametrize(
    ("html", "settles"),
    [
        ("<p>$39.00</p><p>$12.00</p>", 'labels.total = "…"'),
        ("<p style='font-size:40px'>$18.00</p><p>€16.50</p>", 'labels.total = "…"'),
        ("<p>Total $18.00</p><p>Total €16.50</p>", 'labels.total = "…"'),
        ("<p>Total $45.00</p><button>Pay $50.00</button>", 'labels.total = "…"'),
        ("<p>Total ¥2,000</p>", 'payments.currency = "…"'),
        ("<p>Total $18.00</p><p>All prices in CAD.</p>", 'payments.currency = "…"'),
        ("<p>Total $20<sup style='font-size:8px'>990</sup></p>", 'locale = "…"'),
        ("<p>Total $2<sup style='font-size:8px'>0</sup></p>", 'locale = "…"'),
        ("<p>Total $1.234</p>", 'locale = "…"'),
        ("<style>b::before{content:'$7,7'}</style><p>Total <b>99.00</b></p>", 'locale = "…"'),
        ("<div style='display:flex'>Total&nbsp;<b>$7</b><b>,799.00</b></div>", 'locale = "…"'),
        ("<p>Total <bdo dir=rtl>00.02$</bdo></p>", 'locale = "…"'),
        ("<p>Total $5 million</p>", 'locale = "…"'),
    ],
)
def test_what_can_be_read_in_two_ways_is_unclear_and_names_the_line(page: Page, html: str, settles: str) -> None:
    assert due(page, html) == settles


def test_the_profile_settles_the_currency(page: Page) -> None:
    yen = msgspec.structs.replace(PROFILE, payments=Payments(currency="JPY"))
    assert due(page, "<p>Total ¥2,000</p>", yen) == "2000 JPY"


def test_a_selector_of_the_profile_settles_the_total(page: Page) -> None:
    snapshot = shown(page, "<p>$39.00</p><p id='sum'>$12.00</p><p>Total $1.00</p>", total="#sum")
    found = read_summary(snapshot, PROFILE).amount_due
    assert isinstance(found, Fact)
    assert found.value == Money(Decimal(12), "USD")


def test_taxes_and_credits_are_told_apart_from_the_rest(page: Page) -> None:
    found = summary(
        page,
        "<p>4,000 credits Qty 2 $39.00</p><p>Sales tax $3.00</p><p>Service fee $2.99</p><p>Subtotal $39.00</p>"
        "<p>Total $44.99</p>",
    )
    assert [(one.name, str(one.amount)) for one in found.taxes] == [("Sales tax", "3.00 USD")]
    assert found.credits == (4000,)


@pytest.mark.parametrize(
    ("note", "recurs"),
    [
        ("One-time payment. Your subscription is billed monthly, these credits are not.", False),
        ("Sold and secured by Paylane.", False),
        ("Renews automatically every month until you cancel.", True),
        ("You will be charged every month.", True),
        ("Then $20.00 per month until cancelled.", True),
        ("4,000 credits / month", True),
        ("Your Pro plan has 10,000 credits / month.", False),
        ("By paying you agree that we charge this card again whenever your credits run out.", True),
        ("This card is not charged again when your credits run out.", False),
    ],
)
def test_a_page_may_say_that_it_will_ask_again(page: Page, note: str, *, recurs: bool) -> None:
    found = summary(page, f"<p>4,000 credits</p><p>Total $39.00</p><p>{note}</p>")
    assert found.recurs == (note if recurs else "")


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>2,000 credits</p><p>Total $19.00</p>", (2_000,)),
        ("<p>2,000 add-on credits</p><p>Total $19.00</p>", (2_000,)),
        ("<p>2.000 credits</p><p>Total 19,00 €</p>", (2_000,)),
        ("<p>2,000 credits</p><p>Total 19,00 €</p>", None),
        ("<p>2,000 credits</p><p>Total $19</p>", None),
    ],
)
def test_a_payment_page_may_part_thousands_otherwise_than_the_site(
    page: Page, html: str, named: tuple[int, ...] | None
) -> None:
    told = summary(page, html, msgspec.structs.replace(PROFILE, thousands=" ")).credits
    assert told == named if named else isinstance(told, Unclear)


@pytest.mark.parametrize(
    ("html", "credits_"),
    [
        ("<p>Diaflow Credits \u2013 11,000 \u00d7 1 $95.00</p>", (11_000,)),
        ("<p>Credit pack: 2,000 $20.00</p>", (2_000,)),
        ("<p>1 Credits go to</p><p>11,000 credits</p>", (11_000,)),
        ("<p>11,000 credits</p><p>you have 12,400 credits now</p>", (11_000,)),
        ("<p>11,000 Diaflow add-on credits</p><p>$139.00 for 2 packs of credits</p>", (11_000,)),
    ],
)
def test_credits_are_named_before_their_number_too(page: Page, html: str, credits_: tuple[int, ...]) -> None:
    assert summary(page, html).credits == credits_


def test_credits_whose_thousands_are_written_otherwise_are_unclear(page: Page) -> None:
    html = "<p>44.000 credits</p><p>Total 390 $</p>"
    found = summary(page, html).credits
    assert isinstance(found, Unclear)
    assert found.settle == 'thousands = "."'
    assert summary(page, html, msgspec.structs.replace(PROFILE, thousands=".")).credits == (44_000,)


FRAME = "<iframe name='checkout' style='width:500px;height:300px' srcdoc=\"{}\"></iframe>"


def due_in_frame(page: Page, frame: str, around: str) -> str:
    page.set_content(around.format(FRAME.format(frame)))
    found = read_summary(capture(page.frames[1]), PROFILE, capture(page)).amount_due
    return str(found.value) if isinstance(found, Fact) else found.settle if isinstance(found, Unclear) else "none"


@pytest.mark.parametrize(
    ("frame", "around", "amount"),
    [
        ("<p>Total due today <b>$4,871.25</b></p>", "<h2>Plan</h2><p>$99.00 per month</p>{}", "4871.25 USD"),
        ("<input>", "<p>4,000 credits $20.00</p><form>{}<button>Pay $20.00</button></form>", "20.00 USD"),
        ("<input>", "<p>Plan $99.00</p><form>{}<p>$20.00</p></form>", "20.00 USD"),
        ("<p>$4,871.25</p><input>", "<p>Plan $99.00</p>{}", 'labels.total = "…"'),
        ("<p>Get $5.00 with Link</p><input>", "<p>Total $45.00</p>{}", 'labels.total = "…"'),
        ("<p>$45.00</p><input>", "<p>Total $45.00</p>{}", "45.00 USD"),
        ("<p>$45.00</p><input>", "<p>Diaflow</p>{}", "45.00 USD"),
        ("<input>", "<p>Diaflow</p>{}", "none"),
        (
            "<p>$4,871.25</p>",
            "<p>Plan $99.00</p><div role='dialog' aria-modal='true' style='position:fixed;inset:0'><p>Pay</p>{}</div>",
            "4871.25 USD",
        ),
    ],
)
def test_the_amount_comes_from_the_frame_with_the_form_and_its_surroundings(
    page: Page, frame: str, around: str, amount: str
) -> None:
    assert due_in_frame(page, frame, around) == amount


OVER = "position:fixed;inset:0;width:100%;height:100%;border:0"
BESIDE = "<p>You buy 4,000 credits</p>"


@pytest.mark.parametrize(("style", "credits_"), [(OVER, ()), ("width:500px;height:300px", (4_000,))])
def test_what_lies_behind_a_payment_page_over_the_site_is_none_of_it(
    page: Page, style: str, credits_: tuple[int, ...]
) -> None:
    page.set_content(f"{BESIDE}<iframe style='{style}' srcdoc='<p>Total due $45.00</p>'></iframe>")
    outer = capture(page)
    frame = next(at for at, one in enumerate(outer.elements) if one.tag == "iframe")
    assert read_summary(capture(page.frames[1]), PROFILE, outer, frame).credits == credits_


def test_what_is_due_beats_a_total_that_something_is_taken_off(page: Page) -> None:
    rows = "<p>Total <b>$62.06</b></p><p>Applied balance <b>-$12.06</b></p><p>Amount due <b>$50.00</b></p>"
    assert due(page, rows) == "50.00 USD"


@pytest.mark.parametrize("words", ["+ tax", "incl. VAT", "plus VAT"])
def test_a_price_that_tells_of_its_tax_is_none(page: Page, words: str) -> None:
    assert summary(page, f"<p>2,000 credits</p><p><b>$20.00 {words}</b></p>").taxes == ()


@pytest.mark.parametrize(
    "total", ["Total incl. 8.1% VAT", "Total (incl. VAT)", "Total to pay including tax", "Price with VAT"]
)
def test_a_total_that_tells_of_its_tax_is_none(page: Page, total: str) -> None:
    found = summary(
        page, f"<p>11,000 credits CHF 99.95</p><p>{total} <b>CHF 99.95</b></p><button>Pay CHF 99.95</button>"
    )
    assert found.taxes == ()
    assert isinstance(found.amount_due, Fact)
    assert str(found.amount_due.value) == "99.95 CHF"


def test_two_totals_that_nothing_explains_are_unclear(page: Page) -> None:
    found = summary(page, "<p>Total due today <b>$212.80</b></p><button>Pay $182.40</button>").amount_due
    assert isinstance(found, Unclear)


@pytest.mark.parametrize("tax", ["QST 9.975%", "IGST 18%", "CGST 9%", "HST (13%)"])
def test_taxes_go_by_many_names(page: Page, tax: str) -> None:
    rows = f"<p>Subtotal $20.00</p><p>{tax} <b>$2.00</b></p><p>Total $22.00</p>"
    assert [str(one.amount) for one in summary(page, rows).taxes] == ["2.00 USD"]


@pytest.mark.parametrize(
    ("line", "comes_to"),
    [
        ("66,000 \u00d7 $0.50", "33000 USD"),
        ("66,000 credits x $0.50", "33000 USD"),
        ("$0.07 \u00d7 66,000", "4620 USD"),
        ("66,000 \u00d7 $0.0074", ""),
        ("66,000 \u00d7 $0.01", ""),
        ("66,000 @ $0.0068", ""),  # before the tax
        ("Your plan renews on 30 November 2026 at $49.00", ""),
        ("or 4 \u00d7 $134.75 with interest", ""),
    ],
)
def test_credits_at_so_much_each_come_to_an_amount_of_the_page(page: Page, line: str, comes_to: str) -> None:
    found = summary(page, f"<p>66,000 credits</p><p>{line}</p><p>VAT $40.83</p><p>Total due $490.00</p>").miscounted
    assert found == (((line, comes_to),) if comes_to else ())


@pytest.mark.parametrize(
    ("below", "recurs"), [("per month", True), ("billed monthly", True), ("for 4,000 credits", False)]
)
def test_a_period_may_stand_below_the_amount(page: Page, below: str, *, recurs: bool) -> None:
    found = summary(page, f"<p>4,000 credits</p><h1>$39.00</h1><p>{below}</p><p>Card number</p>")
    assert bool(found.recurs) is recurs


@pytest.mark.parametrize(
    ("rows", "comes_to"),
    [
        ("Subtotal $199.00|Volume discount \u2212$10.00|Total due $199.00", "189.00 USD"),
        ("Subtotal $199.00|Discount -$10.00|Tax $19.90|Total $218.90", "189.00 USD"),
        ("Subtotal $199.00|Discount -$10.00|Total due $189.00", ""),
        ("Subtotal $199.00|Discount -$10.00|VAT $10.00|Total due $199.00", ""),
        ("22,000 credits $209.00|Discount -$10.00|Subtotal $199.00|Total due $199.00", ""),
    ],
)
def test_what_is_taken_off_is_not_asked_for(page: Page, rows: str, comes_to: str) -> None:
    shown = "".join(f"<p><span>{one}</span></p>" for one in rows.split("|"))
    assert [one for _, one in summary(page, shown).miscounted] == [comes_to] * bool(comes_to)


@pytest.mark.parametrize(("total", "is_told"), [("$54.00", True), ("$55.00", False)])
def test_a_total_far_from_the_form_may_contradict_the_button(page: Page, total: str, *, is_told: bool) -> None:
    page.set_content(
        f"<div><p>6,000 credits</p><p>Total due {total}</p></div>"
        "<form><iframe srcdoc='<input>'></iframe><button>Pay $54.00</button></form>"
    )
    around = capture(page)
    at = next(at for at, one in enumerate(around.elements) if one.tag == "iframe")
    found = read_summary(capture(page.frames[1]), PROFILE, around, at).amount_due
    assert isinstance(found, Fact if is_told else Unclear)
