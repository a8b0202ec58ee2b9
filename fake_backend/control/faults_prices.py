"""Faults of what the payment page asks for: goods, price, currency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault, part_of, processor_fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Order, Package

DAY = 86_400.0
_FROM_THE_PRICE = "doc:buy-credits.4a"
BILLED_TOO = {"doc:billing.6": "The invoice is for the price that was paid, which is not the one that was shown."}


def _dearer(order: Order, cents: int) -> Order:
    (name, price, quantity), *more = order.lines
    return replace(order, lines=((name, price + cents, quantity), *more))


@fault(
    Hooks.order,
    _FROM_THE_PRICE,
    also={
        "doc:buy-credits.0a": "Prices are compared at any time of the month.",
        "assumption:unpaid-adds-nothing": "Prices are compared after a payment page was left, too.",
    },
)
def price_differs(order: Order, _: Package, __: GrantContext) -> Order:
    """The payment page asks for $3.00 more than the pop-up said."""
    return _dearer(order, 300)


@fault(Hooks.packages, "doc:buy-credits.3")
def smaller_package_dearer(view: View, _: BillingContext) -> View:
    """Of all packages 22,000 credits cost $1,990.00, more than 44,000 do; the payment page asks for it, too."""
    offered = [{**one, "price": "$1,990.00"} if one["id"] == "credits-22000" else one for one in view["packages"]]
    return {**view, "packages": offered}


@part_of("smaller-package-dearer", Hooks.order)
def smaller_package_asked_for(order: Order, package: Package, _: GrantContext) -> Order:
    return _dearer(order, 199_000 - order.amount) if package.credits == 22_000 else order


@fault(Hooks.order, _FROM_THE_PRICE)
def price_differs_for_smallest(order: Order, package: Package, _: GrantContext) -> Order:
    """For 2,000 credits the payment page asks for $1.00 more than the pop-up said; all others are right."""
    return _dearer(order, 100) if package.credits == 2_000 else order


@fault(Hooks.order, _FROM_THE_PRICE)
def price_differs_for_one(order: Order, package: Package, _: GrantContext) -> Order:
    """For 230,000 credits the payment page asks for $100.00 more than the pop-up said; all others are right."""
    return _dearer(order, 10_000) if package.credits == 230_000 else order


@fault(Hooks.order, _FROM_THE_PRICE)
def price_differs_for_largest(order: Order, package: Package, _: GrantContext) -> Order:
    """For 1,200,000 credits the payment page asks for $7,979.00, two digits swapped; all others are right."""
    return _dearer(order, 18_000) if package.credits == 1_200_000 else order


@fault(Hooks.order, _FROM_THE_PRICE)
def price_lower_for_one(order: Order, package: Package, _: GrantContext) -> Order:
    """For 480,000 credits the payment page asks for a tenth of what the pop-up said; all others are right."""
    return _dearer(order, -order.amount * 9 // 10) if package.credits == 480_000 else order


@fault(Hooks.order, _FROM_THE_PRICE)
def service_fee(order: Order, _: Package, __: GrantContext) -> Order:
    """The payment page lists a service fee of $2.50 beside the credits, and asks for both."""
    return replace(order, lines=(*order.lines, ("Service fee", 250, 1)))


@fault(Hooks.order, _FROM_THE_PRICE)
def quantity_doubled(order: Order, _: Package, __: GrantContext) -> Order:
    """The payment page asks for the package twice; once is what is added."""
    return replace(order, lines=tuple((name, price, 2 * quantity) for name, price, quantity in order.lines))


@fault(Hooks.order, _FROM_THE_PRICE)
def currency_differs(order: Order, _: Package, __: GrantContext) -> Order:
    """The payment page asks for the same number of Australian dollars: $20.00 becomes A$20.00."""
    return replace(order, currency="aud")


@fault(Hooks.order, _FROM_THE_PRICE)
def payment_misnamed(order: Order, package: Package, _: GrantContext) -> Order:
    """The payment page names 6,000 credits as "60,000 credits"."""
    lines = tuple(("60,000 credits", *rest) for _, *rest in order.lines)
    return replace(order, lines=lines) if package.credits == 6_000 else order  # type: ignore[arg-type] # three parts


@fault(Hooks.order, _FROM_THE_PRICE)
def payment_unwritten(order: Order, package: Package, _: GrantContext) -> Order:
    """With 44,000 credits the payment page has the name of a text for what is bought."""
    lines = tuple(("billing.packages.p44000.title", *rest) for _, *rest in order.lines)
    return replace(order, lines=lines) if package.credits == 44_000 else order  # type: ignore[arg-type] # three parts


@fault(Hooks.order, _FROM_THE_PRICE)
def payment_lists_another(order: Order, package: Package, _: GrantContext) -> Order:
    """With 22,000 credits the payment page sells 2,000 credits too, for $20.00 more."""
    return replace(order, lines=(*order.lines, ("2,000 credits", 2_000, 1))) if package.credits == 22_000 else order


@fault(Hooks.order, "doc:buy-credits.0a")
def month_end_surcharge(order: Order, _: Package, context: GrantContext) -> Order:
    """In the last three days of the month the payment page asks for $5.00 more than the pop-up said."""
    return _dearer(order, 500) if context.workspace.cycle_end - context.now < 3 * DAY else order


@fault(Hooks.order, _FROM_THE_PRICE, also={"doc:buy-credits.0b": "There credits are bought after the last was used."})
def surcharge_without_credits(order: Order, _: Package, context: GrantContext) -> Order:
    """Once all credits are used, the payment page asks for $4.00 more than the pop-up said."""
    return order if context.balance()["total_usable"] else _dearer(order, 400)


@fault(Hooks.order, "doc:buy-credits.0a")
def second_purchase_dearer(order: Order, _: Package, context: GrantContext) -> Order:
    """From the second purchase on the payment page asks for twice what the pop-up said."""
    return _dearer(order, order.amount) if context.earlier else order


processor_fault(
    "payment-shows-other-amount",
    _FROM_THE_PRICE,
    "The payment page shows a total that is $5.00 higher than the price in the pop-up.",
    also=BILLED_TOO,
    amount_shown_delta=500,
)
processor_fault(
    "payment-total-differs",
    _FROM_THE_PRICE,
    "The payment page names the price of the pop-up beside the goods, and asks for $1.00 more in all.",
    also=BILLED_TOO,
    total_shown_delta=100,
)
processor_fault(
    "payment-dearer-when-opened-again",
    _FROM_THE_PRICE,
    "The payment page asks for $5.00 more when it is opened a second time.",
    dearer_again=500,
)
processor_fault(
    "payment-shows-other-currency",
    _FROM_THE_PRICE,
    "The payment page shows the price of the pop-up in euros.",
    also=BILLED_TOO,
    currency_shown="eur",
)
