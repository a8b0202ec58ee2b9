"""Faults of the figures on Billing: the credit bar, what stands beside it, and what a purchase does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.view_data import without

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View

_BAR, _ADDED = "doc:billing.3", "doc:buy-credits.4b"


def _bought(context: BillingContext) -> int:
    return sum(purchase.credits for purchase in context.paid)


def hide_add_on(credits_: View, amount: int) -> View:
    """Take add-on credits out of what is shown."""
    hidden = min(amount, credits_["add_on"]["remaining"])
    add_on = {
        **credits_["add_on"],
        "granted": credits_["add_on"]["granted"] - hidden,
        "remaining": credits_["add_on"]["remaining"] - hidden,
    }
    totals = {name: credits_[name] - hidden for name in ("total_usable", "total")}
    return {**credits_, "add_on": add_on, **totals}


@fault(
    Hooks.balance,
    _ADDED,
    also={
        "doc:buy-credits.0a": "What was bought before is gone after a reload, too.",
        "doc:billing.4": "What stands beside the plan is looked at after a reload, too.",
    },
)
def gone_after_reload(credits_: View, context: BillingContext) -> View:
    """The credits are shown on coming back and are gone after a reload."""
    return credits_ if context.landed else hide_add_on(credits_, _bought(context))


@fault(Hooks.balance, "doc:buy-credits.0a")
def third_purchase_gone_after_reload(credits_: View, context: BillingContext) -> View:
    """What was bought third is shown on coming back and is gone after a reload; the first two stay."""
    return credits_ if context.landed else hide_add_on(credits_, sum(purchase.credits for purchase in context.paid[2:]))


@fault(Hooks.balance, _ADDED)
def gone_after_sign_in(credits_: View, context: BillingContext) -> View:
    """The credits are shown until the buyer signs in anew."""
    before = [purchase for purchase in context.paid if (purchase.paid_at or 0) < context.signed_in_at]
    return hide_add_on(credits_, sum(purchase.credits for purchase in before))


@fault(Hooks.balance, _ADDED)
def colleague_sees_old_balance(credits_: View, context: BillingContext) -> View:
    """The credits are shown to the member who bought them, and to no other one."""
    others = [purchase for purchase in context.paid if purchase.member_id != context.member.id]
    return hide_add_on(credits_, sum(purchase.credits for purchase in others))


_LOOKED: dict[tuple[str, str], int] = {}
"""How many purchases a colleague found on looking first, by workspace and member."""


@fault(Hooks.balance, _ADDED)
def colleague_keeps_old_balance(credits_: View, context: BillingContext) -> View:
    """A colleague who has had Billing open before goes on seeing the credits of then."""
    if context.member.role == "Owner":
        return credits_
    known = _LOOKED.setdefault((context.workspace.id, context.member.id), len(context.paid))
    return hide_add_on(credits_, sum(purchase.credits for purchase in context.paid[known:]))


@fault(Hooks.balance, _ADDED)
def used_reset(credits_: View, context: BillingContext) -> View:
    """After a purchase the bar says that nothing has been used."""
    if not context.paid:
        return credits_
    pools = {name: {**credits_[name], "used": 0} for name in ("monthly", "add_on")}
    return {**credits_, **pools, "consumed": 0, "total": credits_["total_usable"]}


@fault(
    Hooks.balance,
    _BAR,
    also={
        _ADDED: "What is bought grows beside the wrong words.",
        "doc:billing.4": "The same: credits that are added show as monthly ones.",
    },
)
def pools_swapped(credits_: View, _: BillingContext) -> View:
    """Monthly credits stand beside the words Add-on credits, and the other way round."""
    return {**credits_, "monthly": credits_["add_on"], "add_on": credits_["monthly"]}


@fault(Hooks.balance, _BAR, also={_ADDED: "Each purchase looks at the bar's total."})
def bar_stays(credits_: View, context: BillingContext) -> View:
    """The credit bar and its total do not grow with a purchase, the figures beside it do."""
    bought = min(credits_["total_usable"], _bought(context))
    return {**credits_, **{name: credits_[name] - bought for name in ("total_usable", "total")}}


@fault(Hooks.balance, _BAR, also={_ADDED: "Each purchase looks at the bar's total."})
def bar_grows_twice(credits_: View, context: BillingContext) -> View:
    """The credit bar and its total grow by twice what was bought, the figures beside it by once."""
    return {**credits_, **{name: credits_[name] + _bought(context) for name in ("total_usable", "total")}}


@fault(Hooks.balance, _BAR)
def bar_counts_more(credits_: View, _: BillingContext) -> View:
    """The credit bar counts 1,000 usable credits more than there are; the figures beside it are right."""
    return {**credits_, **{name: credits_[name] + 1_000 for name in ("total_usable", "total")}}


@fault(Hooks.balance, _BAR)
def use_halved(credits_: View, _: BillingContext) -> View:
    """Of the monthly credits that were used half are shown as consumed, everywhere."""
    half = credits_["monthly"]["used"] // 2
    monthly = {**credits_["monthly"], "used": credits_["monthly"]["used"] - half}
    return {**credits_, "monthly": monthly, **{name: credits_[name] - half for name in ("consumed", "total")}}


@fault(Hooks.balance, _BAR, also={_ADDED: "Whoever buys with used add-on credits sees what is consumed."})
def used_not_consumed(credits_: View, _: BillingContext) -> View:
    """Add-on credits that were used are not counted as consumed."""
    used = credits_["add_on"]["used"]
    return {**credits_, "consumed": credits_["consumed"] - used, "total": credits_["total"] - used}


@fault(Hooks.billing, _BAR)
def bar_missing(view: View, _: BillingContext) -> View:
    """There is no credit bar, only figures."""
    return changed(view, "credits", "bar", times=0)


@fault(Hooks.billing, _BAR)
def bar_twice(view: View, _: BillingContext) -> View:
    """There are two credit bars, one below the other."""
    return changed(view, "credits", "bar", times=2)


@fault(Hooks.billing, _BAR)
def bar_drawn_full(view: View, _: BillingContext) -> View:
    """The credit bar is drawn as if nothing were used; what it says is right."""
    return changed(view, "credits", "bar", "parts", used=0)


@fault(Hooks.billing, _BAR)
def bar_drawn_without_add_on(view: View, _: BillingContext) -> View:
    """The credit bar is drawn without the add-on credits; what it says is right."""
    return changed(view, "credits", "bar", "parts", **{"add-on": 0})


@fault(Hooks.billing, _BAR)
def bar_drawn_for_the_other(view: View, _: BillingContext) -> View:
    """The credit bar draws the monthly credits in the colour of the add-on ones, and the other way round."""
    parts = view["credits"]["bar"]["parts"]
    return changed(view, "credits", "bar", "parts", **{"monthly": parts["add-on"], "add-on": parts["monthly"]})


@fault(Hooks.billing, _BAR)
def bar_usable_wrong(view: View, _: BillingContext) -> View:
    """The credit bar tells consumed credits where it should tell usable ones."""
    return changed(view, "credits", "bar", usable=view["credits"]["consumed"])


@fault(Hooks.billing, _BAR)
def bar_words_wrong(view: View, _: BillingContext) -> View:
    """The credit bar says in words that all credits are usable; its figures are right."""
    total = view["credits"]["total"]
    return changed(view, "credits", "bar", text=f"{total:,} of {total:,} credits usable")


@fault(Hooks.billing, _BAR, also={"doc:buy-credits.0a": "All that Billing says agrees at any time of the month."})
def headline_lacks_add_on(view: View, _: BillingContext) -> View:
    """The headline above the credit bar counts the monthly credits alone."""
    return changed(view, "credits", "bar", headline=f"{view['credits']['monthly']['remaining']:,}")


@fault(Hooks.billing, _BAR, also={"doc:buy-credits.0a": "All that Billing says agrees at any time of the month."})
def consumed_not_a_number(view: View, _: BillingContext) -> View:
    """Beside the headline NaN credits are said to be consumed."""
    return changed(view, "credits", "bar", consumed="NaN")


@fault(
    Hooks.billing, _BAR, also={_ADDED: "A purchase while credits are in use looks at all that Billing says of them."}
)
def consumed_misstated(view: View, _: BillingContext) -> View:
    """Beside the headline one credit more is said to be consumed than was used."""
    return changed(view, "credits", "bar", consumed=f"{view['credits']['consumed'] + 1:,}")


@fault(Hooks.billing, _BAR)
def pools_not_told_apart(view: View, _: BillingContext) -> View:
    """Both kinds of credits are called Credits."""
    legend = [{**kind, "label": "Credits"} for kind in view["credits"]["legend"]]
    return changed(view, "credits", legend=legend)


@fault(Hooks.billing, _BAR, also={_ADDED: "Where add-on credits are not told, nobody sees that they grew."})
def add_on_credits_missing(view: View, _: BillingContext) -> View:
    """Billing says nothing of add-on credits."""
    return changed(view, "credits", legend=view["credits"]["legend"][:1])


@fault(Hooks.balance, "doc:billing.3")
def add_on_gone_by_poll(view: View, context: BillingContext) -> View:
    """Billing asks for the balance again after 4 seconds, and shows no add-on credits from then on."""
    return without(view, view["add_on"]["remaining"]) if context.looks else view


@fault(Hooks.balance, "doc:billing.3")
def purchase_gone_by_poll(view: View, context: BillingContext) -> View:
    """Billing asks for the balance again after 4 seconds, and shows that of before the last purchase from then on."""
    return without(view, context.paid[-1].credits) if context.looks and context.paid else view


@part_of("add-on-gone-by-poll", Hooks.billing)
@part_of("purchase-gone-by-poll", Hooks.billing)
def billing_asks_again(view: View, _: BillingContext) -> View:
    return {**view, "look_again_ms": view["look_again_ms"] or 4_000}


_granted_at_first: dict[str, int] = {}
"""Monthly credits, by workspace, of the plan that Billing showed first."""


@fault(
    Hooks.balance,
    "doc:billing.3",
    also={"doc:upgrade-downgrade.3": "What Billing says is looked at after an upgrade."},
)
def bar_stays_after_upgrade(view: View, context: BillingContext) -> View:
    """The credit bar and the total are those of the plan before, once a dearer one is paid for."""
    granted = view["monthly"]["granted"]
    more = max(granted - _granted_at_first.setdefault(context.workspace.id, granted), 0)
    return {**view, "total_usable": view["total_usable"] - more, "total": view["total"] - more}


_left_at_first: dict[str, int] = {}
"""What was left of them then."""


@fault(
    Hooks.balance,
    "doc:billing.3",
    also={
        "assumption:monthly-credits-begin-anew": "What Billing says is looked at once a month has begun.",
        "assumption:add-on-credits-outlast-the-month": "The same is.",
        "doc:upgrade-downgrade.4": "The same is, on another plan.",
    },
)
def bar_stays_when_a_month_begins(view: View, context: BillingContext) -> View:
    """The credit bar and the total leave out what a new month has made usable again."""
    left = view["monthly"]["remaining"]
    more = max(left - _left_at_first.setdefault(context.workspace.id, left), 0)
    return {**view, "total_usable": view["total_usable"] - more}
