"""Steps about people who see, hear or handle a site otherwise than most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, then, when

from steps.actors.balance_wait import wait_for_credits
from steps.actors.checkout import paid, understood
from steps.actors.purchase import parse_credits
from steps.actors.purchase_invoices import hold_invoiced
from steps.documentation.packages import documented_packages
from steps.pages.accessibility import axe_violations, still_clipped, wait_until_loaded
from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.input_device import KeyboardInput
from steps.pages.invoice_list import is_moved_sideways
from steps.pages.payment_outcome import shown_frames
from steps.readers.page.capture import capture
from steps.readers.page.lines import layout_of
from steps.readers.page.spoken_names import misnamed_controls
from steps.targets.test_cards import REFUSED
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from steps.actors.member import EssentialElements, Member
    from steps.actors.purchase import Purchase

_AMOUNT = "4,000"
_LOOKS: dict[str, dict[str, Any]] = {
    "on a phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "with reduced motion": {"reduced_motion": "reduce"},
    "at 200 % zoom": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "in dark mode": {"color_scheme": "dark"},
}
"""What a browser context is told for each way of looking; zoom halves the usual window, as browsers do."""
_CONTRAST = "color-contrast"
"""Axe's rule: text stands out from its ground."""


_BEGAN = "performance.timeOrigin"
_IS_AT_FOCUS = """(text) => {
  const at = document.activeElement;
  const ids = ["aria-describedby", "aria-errormessage"].map((one) => at?.getAttribute(one));
  const told = ids.join(" ").split(" ").map((id) => id && document.getElementById(id));
  return [at === document.body ? null : at, ...told].some((one) => one && one.innerText?.includes(text));
}"""
"""Whether a text is in what has the focus, or in what describes that."""


def use_display(look: str, request: pytest.FixtureRequest) -> None:
    """Let the contexts that are opened from now on show the site that way, as pytest-playwright is told."""
    request.node.add_marker(pytest.mark.browser_context_args(**_LOOKS[look]))


@given(parsers.parse("a member who uses the site {look}"))
def a_member_who_uses_the_site(look: str, request: pytest.FixtureRequest, impediments: list[str]) -> None:
    use_display(look, request)
    member: Member = request.getfixturevalue("member")

    def on_checkpoint(stop: str, page: Page, needed: EssentialElements) -> None:
        wait_until_loaded(page)
        # In their usual colours all stops are held to the guidelines as a whole, contrast among them.
        is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        found = [*still_clipped(needed, member.input), *(axe_violations(page, _CONTRAST) if is_dark else [])]
        impediments.extend(f"{stop}: {one}" for one in found)
        _nothing_is_in_the_way(impediments)  # what cannot be seen is not pressed either: the purchase ends here

    member.on_checkpoint = on_checkpoint


@when(parsers.parse("the member reaches {stop}"), target_fixture="reached")
def the_member_reaches(member: Member, stop: str) -> Page:
    with blame_promise("doc:buy-credits.4b"):
        return _STOPS[stop](member)


@then("nothing there is a barrier")
def nothing_is_a_barrier(reached: Page) -> None:
    found = [*axe_violations(reached), *misnamed_controls(capture(reached))]
    check(not found, expected="no barrier by axe and by ear (WCAG 2.2, levels A and AA)", actual="\n".join(found))


@when(parsers.re(r"the member buys (?P<amount>[\d,]+) credits by keyboard alone"), target_fixture="purchase")
def the_member_buys_by_keyboard(member: Member, amount: str) -> Purchase:
    member.input = KeyboardInput()
    try:
        purchase = member.buy(amount)
    except ElementNotFoundError as error:
        error.promise = ""  # what keys do not lead to may well be there for a mouse
        raise
    paid(purchase)
    return purchase


@then("the focus showed on everything that the member used")
def the_focus_showed(member: Member) -> None:
    assert isinstance(member.input, KeyboardInput)
    found = ", ".join(dict.fromkeys(member.input.unmarked))
    check(not found, expected="a mark on what has the focus (WCAG 2.2, 2.4.7)", actual=f"none on {found}")


@then("the pop-up offers all documented packages that way, too")
def the_pop_up_offers_all(member: Member) -> None:
    amounts = [parse_credits(amount) for amount in documented_packages()]
    choice = member.billing().add_credits()
    shown = {offer.amount for offer in choice.settled_offers(amounts)}
    lacking = [f"{one:,}" for one in amounts if one not in shown]
    doubt = choice.doubt or (choice.unexplored() if lacking else None)
    if doubt is not None:
        raise NotVerifiedError(str(doubt))
    check(not lacking, expected=f"all {len(amounts)} packages", actual=f"lacking: {', '.join(lacking)}")


@pytest.fixture
def impediments() -> list[str]:
    """Gather what is in the way of seeing what is needed."""
    return []


@then("everything the member needed was visible and readable")
def everything_was_visible(member: Member, impediments: list[str]) -> None:
    billing = member.billing()
    member.on_checkpoint("Billing after the purchase", billing.page, billing.essential_elements)
    _nothing_is_in_the_way(impediments)


@then(parsers.parse("the invoice for {amount} credits shows with its price"))
def the_invoice_shows(member: Member, purchase: Purchase, amount: str) -> None:
    """Hold it; tables may be moved sideways on a small screen, by WCAG 2.2, 1.4.10, and then nothing is told of it."""
    try:
        hold_invoiced(member, purchase, parse_credits(amount), f"{amount} credits", promise="")
    except BrokenPromiseError:
        if not is_moved_sideways(member.page, member.target.profile):
            raise
        told = "The list of invoices has to be moved sideways here, so that a row does not show as a whole."
        raise NotVerifiedError(told) from None


def _nothing_is_in_the_way(impediments: list[str]) -> None:
    check(
        not impediments,
        expected="all that is needed shows, and stands out from its ground",
        actual="\n".join(impediments),
    )


def _on_billing(member: Member) -> Page:
    member.billing().credits()
    return member.page


def _before_the_packages(member: Member) -> Page:
    return member.billing().add_credits().page


def _before_paying(member: Member) -> Page:
    payment = member.choose(_AMOUNT).payment
    assert payment is not None
    payment.read_summary()
    return payment.page


def _after_paying(member: Member) -> Page:
    purchase = member.buy(_AMOUNT)
    wait_for_credits(member, purchase, purchase.amount)
    return member.page


def _after_a_decline(member: Member) -> Page:
    """Have a card declined. Raises BrokenPromiseError where a screen reader is not told that it was."""
    purchase = member.choose(_AMOUNT)
    assert purchase.payment is not None
    page = purchase.payment.page
    began = {frame: frame.evaluate(_BEGAN) for frame in shown_frames(page)}
    member.pay(purchase, REFUSED["declined"])
    outcome = understood(purchase)
    if outcome.kind != "refused":
        raise NotVerifiedError(f"The payment page did not decline the card: {outcome.message or outcome.kind}.")
    for frame in shown_frames(page):
        layout = layout_of(capture(frame))
        lines = [line for line in layout.lines if outcome.message and outcome.message in line.text]
        is_read_out = any(layout.is_message(line) or layout.is_announced(line) for line in lines)
        is_new = frame.evaluate(_BEGAN) != began.get(frame)  # a page that is loaded is read as a whole
        check(
            not lines or is_new or is_read_out or frame.evaluate(_IS_AT_FOCUS, lines[0].text),
            expected="a screen reader is told that the card was declined (WCAG 2.2, 4.1.3)",
            actual=f"“{outcome.message}” shows, and is in no live region",
        )
    return page


_STOPS: dict[str, Callable[[Member], Page]] = {
    "Billing": _on_billing,
    "the pop-up of packages": _before_the_packages,
    "the payment page": _before_paying,
    "the payment page after a decline": _after_a_decline,
    "Billing after the purchase": _after_paying,
}
