"""Steps about the way to Billing."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.actors.billing_contents import hold_kept
from steps.actors.plans import hold_terms
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import BillingPage
    from steps.pages.profile_menu import ProfileMenu


@given("a signed-in member")
def a_signed_in_member(member: Member) -> None:
    member.navigation.start()


@given("a signed-in member who is looking at something else")
def a_member_elsewhere(member: Member) -> None:
    member.navigation.start()
    any(member.navigation.look_at(part) for part in member.navigation.other_parts())


@given("a member who has Billing open")
def a_member_who_has_billing_open(member: Member) -> None:
    member.navigation.go_to_billing()


@when("the member goes to Billing in Workspace Settings", target_fixture="billing")
def the_member_goes_to_billing(member: Member) -> BillingPage:
    return member.navigation.open_billing()


@when("the member goes to Billing in Workspace Settings from other parts of the product", target_fixture="billing")
def the_member_goes_to_billing_from_elsewhere(member: Member) -> BillingPage:
    """Go there from each of them anew, and from the last one twice: what worked once may be dead until a reload."""
    navigation = member.navigation
    navigation.start()
    seen = 0
    for part in navigation.other_parts():
        navigation.start()
        if navigation.look_at(part):
            navigation.open_billing()
            seen += 1
            last = part
    with suppress(UnpressableError, OutOfReachError):  # Workspace Settings may lie over it
        if seen and navigation.look_at(last):
            navigation.open_billing()
    if not seen:
        raise NotVerifiedError('No other part of the product was found; labels.users = "…" names one.')
    return member.billing()


@then("Billing is open")
def billing_is_open(billing: BillingPage) -> None:
    check(
        billing.has_current_plan(),
        expected="Billing shows the Current Plan section",
        actual=billing.describe_page,
        promise="doc:buy-credits.2",
    )


@then("its icon is at the bottom left of the sidebar")
def the_icon_is_at_the_bottom_left(menu: ProfileMenu) -> None:
    place = menu.icon_place()
    if not place:
        told = "Where the profile icon stands cannot be told for certain here."
        raise NotVerifiedError(told, line='labels.profile_icon = "…"')
    check(place == "bottom left", expected="the profile icon is at the bottom left", actual=f"it is at the {place}")


@then(parsers.parse('the Current Plan section offers "{name}"'))
def the_section_offers(billing: BillingPage, name: str) -> None:
    place = billing.section_of(billing.labels.of(name.lower().replace(" ", "_")))
    # Where there is no such section at all, that is what is broken, and not what stands in it.
    broken = "" if place == "current_plan" or billing.has_current_plan() else "doc:buy-credits.2"
    seen = partial(billing.describe_section_of, place, name)
    check(place == "current_plan", expected=f'"{name}" is in the Current Plan section', actual=seen, promise=broken)
    _check_pressable(billing, name)


def _check_pressable(billing: BillingPage, name: str, promise: str = "") -> None:
    found = billing.first(billing.labels.of(name.lower().replace(" ", "_")))
    why = billing.obstacle_of(found) if found is not None else "is gone"
    check(not why, expected=f'"{name}" can be pressed', actual=f"it {why}", promise=promise)


@then("Billing shows the current plan, the billing information and the invoices")
def billing_shows_its_sections(billing: BillingPage) -> None:
    missing = billing.missing_sections()
    seen = f"there is no section for {', '.join(missing)}"
    check(not missing, expected="Billing shows current plan, billing information and invoices", actual=seen)


@then("what Billing says of the plan is unchanged")
def the_terms_are_unchanged(member: Member, purchase: Purchase) -> None:
    hold_terms(member, purchase, member.billing().settled_credits())


@then("Billing is as complete as before")
def billing_is_as_complete(member: Member, purchase: Purchase) -> None:
    billing = member.billing()
    missing = billing.missing_sections()
    check(
        not missing,
        expected="Billing shows current plan, billing information and invoices after a purchase too",
        actual=f"there is no section for {', '.join(missing)}",
        promise="doc:billing.1",
    )
    for name, promise in (("Upgrade plan", "doc:upgrade-downgrade.1"), ("Add credits", "doc:buy-credits.2")):
        place = billing.section_of(billing.labels.of(name.lower().replace(" ", "_")))
        check(
            place == "current_plan",
            expected=f'the Current Plan section offers "{name}" after a purchase too',
            actual=billing.describe_section_of(place, name),
            promise=promise,
        )
        _check_pressable(billing, name, promise)
    hold_kept(member, purchase, "as before")
