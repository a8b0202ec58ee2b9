"""Holding what a payment page asks for against the price that the pop-up showed."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.money.prices import unclear_money
from steps.readers.page.fact import Fact, Unclear
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.actors.purchase import Purchase
    from steps.readers.checkout.checkout import CheckoutSummary
    from steps.readers.money.money import Money


_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*%")
_ROUNDED = Decimal("0.05")
"""How far a tax may be off its rate, in units of the currency: each line may be rounded."""


def hold_price(purchase: Purchase) -> None:
    """Raise BrokenPromiseError where a payment page asked for another price than the pop-up showed, for certain."""
    for asked in (purchase.summary, purchase.asked_last):
        if asked is not None:
            with suppress(NotVerifiedError):  # which matters to the scenarios about prices
                check_price(purchase, asked)


@contextmanager
def refused_for_price(purchase: Purchase) -> Iterator[None]:
    """Raise BrokenPromiseError where the spend guard refuses a payment whose price is not that of the pop-up."""
    try:
        yield
    except RefusedError:
        hold_price(purchase)
        raise


def hold_package(purchase: Purchase, asked: CheckoutSummary) -> None:
    """Raise BrokenPromiseError where a payment page is for other credits than were chosen, for certain, or for more."""
    extras = "”, “".join(asked.extras) if purchase.amount else ""
    check(
        not extras,
        expected="the payment page adds nothing to what was chosen",
        actual=f"“{extras}” is ticked from the start; nothing was paid",
        promise="doc:buy-credits.4a",
    )
    _hold_once(purchase, asked)
    check(
        not asked.amiss,
        expected="a payment page that can be paid, and tells one price",
        actual=f"“{asked.amiss}”; nothing was paid",
        promise="doc:buy-credits.4a",
    )
    wrong_sums = "; ".join(f"“{text}” is {comes_to}" for text, comes_to in asked.miscounted)
    check(
        not wrong_sums,
        expected="the credits times their price are an amount of the payment page",
        actual=f"{wrong_sums}; nothing was paid",
        promise="doc:buy-credits.4a",
    )
    named = asked.credits
    if isinstance(named, Unclear) or not named or not purchase.amount:
        return
    in_parts = {many * part for many in asked.times for part in named}  # four of 1,000 credits
    check(
        purchase.amount in {*named, *in_parts},
        expected=f"the payment page names {purchase.amount:,} credits",
        actual=f"it names {', '.join(f'{one:,}' for one in named)}; nothing was paid",
        promise="doc:buy-credits.4a",
    )
    wrong = [one for one in asked.times if not any(one * part == purchase.amount for part in named)]
    check(
        not wrong,
        expected=f"the payment page is for {purchase.amount:,} credits once",
        actual=f"it asks for them {', '.join(map(str, wrong))} times; nothing was paid",
        promise="doc:buy-credits.4a",
    )


def is_price_shown(purchase: Purchase, asked: CheckoutSummary) -> bool:
    """Whether the price that the pop-up showed is asked for; True where it showed none.

    Taxes may be added, unless the pop-up said that its prices include them.
    """
    due, shown = asked.amount_due, purchase.offer.prices if purchase.offer else ()
    if not shown or not isinstance(due, Fact):
        return True
    fitting = {due.value} if purchase.tax_included else {due.value, asked.before_taxes}
    return not fitting.isdisjoint(shown)


def check_price(purchase: Purchase, asked: CheckoutSummary) -> bool:
    """Hold the amount to pay against the pop-up's price; what the page itself calls a tax may be added to it.

    Returns whether there was anything to hold. Raises NotVerifiedError where an amount cannot be told, or where the
    pop-up says that its prices are without tax and the payment page names none.
    """
    due, shown = asked.amount_due, purchase.offer.prices if purchase.offer else ()
    if isinstance(due, Unclear):
        _hold_button(purchase, asked, due)
        raise NotVerifiedError(str(due))
    if not isinstance(due, Fact) or not (shown or purchase.total_told):
        return False
    fits = is_price_shown(purchase, asked)
    if not fits and any(not one.is_certain for one in shown):
        raise NotVerifiedError(str(unclear_money("the price of the pop-up", shown)))
    if not fits and not asked.taxes and purchase.tax_note and _may_be_taxed(due.value, shown):
        raise NotVerifiedError(
            f"Whether {due.value} is {' or '.join(map(str, shown))} and tax cannot be told: the pop-up says"
            f" “{purchase.tax_note}”, and the payment page names no tax."
        )
    _hold_tax_rate(asked)
    _hold_once(purchase, asked)
    taxes = " and ".join(str(one.amount) for one in asked.taxes)
    taxed = f", {taxes} of it tax" if taxes else ""
    included = f" (“{purchase.tax_included}”)" if purchase.tax_included else ""
    check(
        fits,
        expected=f"the price of the pop-up, {' or '.join(map(str, shown))}{included}, is asked for",
        actual=f"the payment page asks for {due.value}{taxed}: {'; '.join(due.lines)}",
        promise="doc:buy-credits.4a",
    )
    _hold_total(purchase, asked, due.value, taxed)
    return True


def _hold_total(purchase: Purchase, asked: CheckoutSummary, due: Money, taxed: str) -> None:
    """Raise BrokenPromiseError where the pop-up said that all comes to something else, unless tax may have come."""
    total = purchase.total_told
    may_be_taxed = total is not None and bool(purchase.tax_note) and _may_be_taxed(due, (total,))
    is_asked = total is None or total.currency != due.currency or total in (due, asked.before_taxes) or may_be_taxed
    check(
        is_asked,
        expected=f"the total of the pop-up, {total}, is asked for",
        actual=f"the payment page asks for {due}{taxed}",
        promise="doc:buy-credits.4a",
    )


def _hold_once(purchase: Purchase, asked: CheckoutSummary) -> None:
    """Raise BrokenPromiseError where the pop-up or the payment page says that a package is paid for again and again."""
    offered = purchase.offer.recurs if purchase.offer is not None else ""
    told = f"the payment page asks for it again and again: “{asked.recurs}”" if asked.recurs else ""
    check(
        not (purchase.amount and (asked.recurs or offered)),
        expected="a package is paid for once",
        actual=told or f"the pop-up offers it for “{offered}”",
        promise="doc:buy-credits.4a",
    )


def _hold_button(purchase: Purchase, asked: CheckoutSummary, due: Unclear) -> None:
    """Raise BrokenPromiseError where the button that pays for a package names another amount, without any tax."""
    shown, pays = purchase.offer.prices if purchase.offer else (), asked.on_button
    is_explained = asked.taxes or purchase.tax_note or not purchase.amount
    if pays is None or is_explained or any(one.currency != pays.currency or not one.is_certain for one in shown):
        return
    check(
        not shown or pays in shown,
        expected=f"the price of the pop-up, {' or '.join(map(str, shown))}, is asked for",
        actual=f"the payment page asks for {pays} where it is paid: {'; '.join(due.candidates)}",
        promise="doc:buy-credits.4a",
    )


def _hold_tax_rate(asked: CheckoutSummary) -> None:
    """Raise BrokenPromiseError where the only tax is not as many per cent of the rest as its name says."""
    net, due = asked.before_taxes, asked.amount_due
    found = _RATE.search(asked.taxes[0].name) if len(asked.taxes) == 1 else None
    if found is None or net is None or not isinstance(due, Fact):
        return
    rate, tax = Decimal(found[1].replace(",", ".")) / 100, asked.taxes[0].amount
    right = rate * net.amount, rate / (1 + rate) * due.value.amount
    check(
        any(abs(tax.amount - one) <= max(_ROUNDED, due.value.amount / 1000) for one in right),
        expected=f"{found[0]} of {net} is asked for as tax",
        actual=f"the payment page asks for {tax}: {'; '.join(due.lines)}",
        promise="doc:buy-credits.4a",
    )


def _may_be_taxed(due: Money, shown: tuple[Money, ...]) -> bool:
    """Whether an amount is a price and a tax of at most 30 per cent of it."""
    return any(one.currency == due.currency and one.amount < due.amount <= one.amount * 13 / 10 for one in shown)


def price_paid(purchase: Purchase) -> Money:
    """Return what was paid: what the payment page asked for. Raises NotVerifiedError where that is not certain."""
    due = purchase.paid_for.amount_due if purchase.paid_for is not None else None
    if isinstance(due, Fact):
        return due.value
    raise NotVerifiedError(str(due) if isinstance(due, Unclear) else "The payment page showed no price to compare.")
