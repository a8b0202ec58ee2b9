"""Steps about the pop-up with the packages, and the payment page it leads to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.actors.price_check import hold_package, hold_price
from steps.actors.purchase import Purchase, parse_credits
from steps.actors.thanks import others_of
from steps.documentation.packages import documented_packages
from steps.pages.base_page import LOST_CLICK, blame_promise
from steps.pages.polling import until
from steps.readers.checkout.alerts import errors_on, naming_others
from steps.readers.checkout.landing import put_off
from steps.readers.money.prices import reading_of, tax_included, tax_note
from steps.readers.packages.off_sale import none_sold, off_sale
from steps.readers.packages.price_sense import misfits
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.contrary import contrary_where_sold
from steps.readers.page.fact import Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.page.terms import is_unwritten
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.pages.packages import PackageChoice
    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Snapshot


@when("the member asks to add credits", target_fixture="choice")
def the_member_asks_to_add_credits(member: Member) -> PackageChoice:
    return member.billing().add_credits()


@when("the member asks to add credits and leaves without choosing", target_fixture="purchase")
def the_member_leaves_the_pop_up(member: Member) -> Purchase:
    billing = member.billing()
    purchase = Purchase(before=billing.settled_credits())
    purchase.note_contents(member.page, member.target.profile)
    before: list[int] = [parse_credits(amount) for amount in documented_packages()]
    for is_again in (False, True):  # it may open once only, or gather what it shows
        choice = billing.add_credits()
        shown = [offer.amount for offer in choice.settled_offers(before)]
        check(
            not is_again or not Counter(shown) - Counter(before),
            expected="the same packages whenever the pop-up is opened",
            actual=f"the second time {len(shown)}{_differing(shown, before, 'not there before')}",
        )
        wrong, before = choice.leave(), shown
        check(not wrong, expected="the pop-up can be left without choosing", actual=wrong)
    return purchase


@then("exactly these packages are on sale, in this order:")
def exactly_these_packages(choice: PackageChoice, datatable: list[list[str]]) -> None:
    """Hold the offers against the documented ones; where the pop-up's title alone says credits, none needs to."""
    instead = choice.place_instead()
    check(not instead, expected="a pop-up over Billing", actual=f"another page, {instead}")
    expected = [row[0] for row in datatable[1:]]
    amounts = [parse_credits(amount) for amount in expected]
    seen = choice.settled_offers(amounts)
    if not any(offer.is_free for offer in seen):
        choice.accept_terms()
        seen = choice.settled_offers(amounts)
    shown = [offer.amount for offer in seen]
    lacks_some = shown == [one for one in amounts if one in shown] != amounts
    doubt = choice.doubt or (choice.unexplored() if lacks_some else None)
    if doubt is not None:
        raise NotVerifiedError(str(doubt))
    is_named = all(offer.has_word for offer in seen) or not any(offer.word for offer in seen)
    check(
        shown == amounts and is_named,
        expected=f"these {len(expected)} packages: {', '.join(expected)}, each called credits",
        actual=f"these {len(seen)}: {', '.join(offer.label for offer in seen)}{_differing(shown, amounts)}",
    )
    barred = [offer.label for offer in seen if not offer.is_free]
    check(not barred, expected="each package can be chosen", actual=f"{', '.join(barred)}: disabled")
    covered = choice.covered(amounts)
    check(not covered, expected="each package can be chosen", actual=covered)
    page = capture(choice.page, selectors_of(choice.profile))
    unwritten = [line.text for line in layout_of(page).lines if is_unwritten(line.text)]
    check(not unwritten, expected="words that somebody wrote", actual=f"“{'”, “'.join(unwritten)}”")
    not_sold = off_sale(seen)
    check(not not_sold, expected="each package can be bought", actual=f"{', '.join(not_sold)}: not on sale")
    nothing = none_sold(page)
    check(not nothing, expected="packages that can be bought", actual=f"“{nothing}”")
    failed = errors_on(page)
    check(not failed, expected="packages without an error beside them", actual=f"“{'”, “'.join(failed)}”")
    _hold_prices(seen, page, choice)
    _hold_as_documented(page)
    later = put_off(page, everywhere=True)
    check(not later, expected="credits that are added at once", actual=f"“{later}”", promise="doc:buy-credits.4b")


@then(parsers.re(r"the same packages still show after the pop-up has stayed open for (?P<seconds>\d+) seconds"))
def the_pop_up_stays(choice: PackageChoice, seconds: str) -> None:
    """Watch for as long as a person may read; what is drawn anew in between counts once it has settled."""
    shown = [offer.amount for offer in choice.offers()]

    def differs() -> bool:
        return [offer.amount for offer in choice.offers()] != shown

    choice.until(lambda: differs() and not until(lambda: not differs(), LOST_CLICK), float(seconds))
    left = [offer.amount for offer in choice.offers()]
    check(
        left == shown,
        expected=f"the same {len(shown)} packages as long as the pop-up is open",
        actual=f"after a while {len(left)}{_differing(left, shown, 'not there before')}",
    )


def _hold_as_documented(page: Snapshot) -> None:
    """Raise BrokenPromiseError where the pop-up says that packages are paid for again, or are not sold at any time."""
    layout = layout_of(page)
    said = (contrary_where_sold(line.text) for line in layout.lines if layout.is_front(line.elements[0]))
    found = next(filter(None, said), "")
    check(not found, expected="credits that are bought once, at any time", actual=f"“{found}”")


def _hold_prices(offers: list[Offer], page: Snapshot, choice: PackageChoice) -> None:
    """Raise BrokenPromiseError where the prices that the pop-up shows contradict one another."""
    reading = reading_of(choice.profile, page.language, [line.text for line in layout_of(page).lines])
    may_be_taxed = bool(tax_note(page) or tax_included(page))
    wrong = "; ".join(misfits(offers, reading, choice.profile.thousands, may_be_taxed=may_be_taxed))
    check(not wrong, expected="prices that fit one another", actual=wrong)


def _differing(shown: list[int], amounts: list[int], others_called: str = "not documented") -> str:
    """Return in words which packages are lacking and which are there besides, for the end of a message."""
    lacking, besides = (
        [f"{one:,}" for one in (Counter(some) - Counter(others)).elements()]
        for some, others in ((amounts, shown), (shown, amounts))
    )
    told = [f"{what}: {', '.join(some)}" for what, some in (("lacking", lacking), (others_called, besides)) if some]
    return "".join(f"; {one}" for one in told)


@given(parsers.parse("the member has left the payment page for {amount} credits without paying"))
@when(
    parsers.parse("the member chooses {amount} credits and leaves the payment page without paying"),
    target_fixture="purchase",
)
def the_member_leaves_the_payment_page(member: Member, amount: str) -> Purchase:
    with blame_promise("doc:buy-credits.4a"):
        purchase = member.choose(amount)
    member.leave_payment(purchase)
    return purchase


@when(
    parsers.parse(
        "the member leaves the payment page for {amount} credits without paying, and opens the address paying leads to"
    ),
    target_fixture="purchase",
)
def the_member_opens_the_landing_unpaid(member: Member, amount: str) -> Purchase:
    paid = member.purchases[-1]
    purchase = the_member_leaves_the_payment_page(member, amount)
    address = purchase.landing_instead(paid)
    if not address:
        raise NotVerifiedError("The address that paying leads to does not name the session of a payment.")
    member.navigation.visit(address)
    member.landing.settle()
    return purchase


@when(parsers.re(r"the member chooses (?P<amount>[\d,]+) credits"), target_fixture="purchase")
def the_member_chooses(member: Member, amount: str) -> Purchase:
    return member.choose(amount, after_another=True)


@when(
    parsers.parse("the member chooses {amount} credits, and opens the payment page a second time"),
    target_fixture="purchase",
)
def the_member_loads_the_payment_page_again(member: Member, amount: str) -> Purchase:
    """Load it again once it asks for the payment. Raises NotVerifiedError where it is a part of the site's own page."""
    purchase = member.choose(amount)
    assert purchase.payment is not None
    purchase.payment.read_summary()
    page = purchase.payment.page
    if not member.target.profile.is_payment_address(page.url):
        raise NotVerifiedError("The payment page is a part of the site's own page, and is not loaded by itself.")
    page.reload(wait_until="domcontentloaded")
    purchase.asked_last = purchase.payment.read_summary()
    return purchase


@then(parsers.parse("the payment page asks for the payment of {amount} credits"))
def the_payment_page_asks_for(member: Member, purchase: Purchase, amount: str) -> None:
    assert purchase.payment is not None
    assert purchase.offer is not None
    asked = purchase.payment.read_summary()
    named, due = asked.credits, asked.amount_due
    assert purchase.amount == parse_credits(amount)
    hold_package(purchase, asked)
    hold_price(purchase)
    lines = [line.text for line in layout_of(capture(purchase.payment.page)).lines]
    others = others_of(member) - {*member.account.everybody}  # a colleague may keep the books
    strangers = naming_others(lines, member.account.email, others)
    check(not strangers, expected="nobody else is named as the buyer", actual=f"“{'”, “'.join(strangers)}”")
    for doubt in (named, due):
        if isinstance(doubt, Unclear):
            raise NotVerifiedError(str(doubt))
    if not named and not (purchase.offer.prices and isinstance(due, Fact)):
        raise NotVerifiedError("The payment page shows neither the package nor a price to compare.")
