"""The last stop: visits the payment page and leaves it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.payment_intent import destination_of
from steps.actors.purchase import parse_credits
from steps.pages.base_page import ElementNotFoundError
from steps.pages.checkout_finder import LaterStepError, UnknownHostError
from steps.readers.page.fact import Fact, Unclear
from steps.targets.hosts import host_of, is_allowed, takes_real_money
from steps.targets.test_cards import PAID
from steps.tools.inspection.finding import Advice, State
from steps.verdicts.verdict import BlockedError, NotVerifiedError, RefusedError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.pages.checkout import PaymentPage
    from steps.pages.packages import PackageChoice
    from steps.readers.checkout.checkout import CheckoutSummary
    from steps.readers.money.money import Money
    from steps.tools.inspection.walkthrough import Walkthrough


def examine_payment(walk: Walkthrough, choice: PackageChoice) -> tuple[str, str] | None:
    """Choose the smallest package, inspect the payment page, and leave it without typing anything.

    Returns the package's amount and the price that the payment page shows, or None if nothing is known to be on sale,
    or there was no such page.
    """
    member = walk.member
    offers = choice.offers()
    on_sale = [f"{offer.amount:,}" for offer in offers]
    if not on_sale:
        return None
    amount = next((one for one in walk.documented if one in on_sale), on_sale[0])
    member.history.begin()
    before = len(member.context.pages)
    try:
        payment = choice.choose(amount)
    except (ElementNotFoundError, NotVerifiedError) as error:
        walk.capture("payment page", reached=False)
        hosts = walk.profile.payments.hosts
        advice = Advice("payments.hosts", [*hosts, error.host]) if isinstance(error, UnknownHostError) else None
        walk.report("payment page", str(error), State.MISSING, advice)
        return None
    tab = "a new tab" if len(member.context.pages) > before else "the same tab"
    asked = payment.read_summary()
    if payment.session != "live":
        walk.capture("payment page", payment.page)
    _examine_place(walk, payment, tab)
    _examine_summary(walk, asked, amount, [price for offer in offers for price in offer.prices])
    _examine_card_field(walk, payment)
    payment.leave()
    walk.report("way back", f"to {host_of(member.page.url) or 'the site'}, with nothing paid")
    return amount, _format_price(asked)


def ask_for_all(walk: Walkthrough, amounts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Choose each package in turn, and return the price that its payment page shows: "20.00 USD for 2,000".

    Ends at the first package that leads to no payment page.
    """
    member = walk.member
    for amount in amounts:
        for tab in member.context.pages:
            if tab is not member.page:
                tab.close()
        try:
            payment = member.navigation.go_to_billing().add_credits().choose(amount)
        except ElementNotFoundError:
            yield amount, "no payment page"
            return
        yield amount, _format_price(payment.read_summary())
        payment.leave()


def _examine_place(walk: Walkthrough, payment: PaymentPage, tab: str) -> None:
    address, payments = payment.page.url, walk.profile.payments
    if is_allowed(address, walk.profile.own_hosts):
        elsewhere = [one for one in payment.frames() if host_of(one) and not is_allowed(one, walk.profile.own_hosts)]
        address, tab = (elsewhere[0], f"a frame in {tab}") if elsewhere else (address, tab)
    host = host_of(address)
    kinds = {"test": "a test session", "live": "a LIVE session: real money"}
    where = f"{host}, in {tab}, {kinds.get(payment.session or '', 'no session named')}"
    if is_allowed(address, payments.all_hosts):
        walk.report("payment page", where)
    else:
        advice = Advice("payments.hosts", [*payments.hosts, host])
        walk.report("payment page", f"{where}; the host is not allowed yet", State.MISSING, advice)
    try:
        walk.member.guard.check_destination(lambda: destination_of(payment, PAID, walk.member.history))
    except UnverifiedError as error:
        page = host_of(payment.page.url) if takes_real_money(host) else host
        is_known = payment.session is not None or takes_real_money(page)
        sandbox = None if is_known else Advice("payments.test_hosts", [page])
        state = State.MISSING if isinstance(error, RefusedError) else State.DIFFERS
        walk.report("spend guard", f"would stop here: {error}", state, sandbox)
    else:
        walk.report("spend guard", "would let a test card be typed here")


def _examine_summary(walk: Walkthrough, asked: CheckoutSummary, amount: str, prices: list[Money]) -> None:
    due, named = asked.amount_due, asked.credits
    if isinstance(due, Fact):
        currency = due.value.currency
        is_told_here = any(currency in one.maybe for one in prices if not one.is_certain)
        advice = Advice("payments.currency", currency) if is_told_here else None
        walk.report("amount to pay", str(due.value), State.DIFFERS if advice else State.FOUND, advice)
    else:
        words = str(due) if isinstance(due, Unclear) else 'none that could be read; it is told by labels.total = "…"'
        walk.report("amount to pay", words, State.MISSING)
    if isinstance(named, Unclear):
        walk.report("package to pay for", str(named), State.MISSING)
        return
    state = State.FOUND if parse_credits(amount) in named or not named else State.DIFFERS
    walk.report("package to pay for", f"{_format_credits(asked) or 'not named'}; {amount} was chosen", state)


def _format_price(asked: CheckoutSummary) -> str:
    due = asked.amount_due
    price = str(due.value) if isinstance(due, Fact) else "no amount that is certain"
    return f"{price} for {_format_credits(asked) or 'something without a name'}"


def _format_credits(asked: CheckoutSummary) -> str:
    return ", ".join(
        asked.credits.candidates if isinstance(asked.credits, Unclear) else map("{:,}".format, asked.credits)
    )


def _examine_card_field(walk: Walkthrough, payment: PaymentPage) -> None:
    try:
        payment.stop_at_human_check()
        form = payment.form()
    except LaterStepError as error:
        walk.report("card field", str(error))
    except (BlockedError, ElementNotFoundError, NotVerifiedError) as error:
        lines = str(error).splitlines()
        walk.report("card field", " ".join(dict.fromkeys((lines[0], lines[-1]))), State.MISSING)
    else:
        frames = f"in a frame of {host_of(form.frame.url) or 'its own'}"
        where = "in the page itself" if form.frame.parent_frame is None else frames
        payments, known = walk.profile.payments, (*walk.profile.own_hosts, *walk.profile.payments.all_hosts)
        lacking = [host_of(one) for one in form.addresses() if host_of(one) and not is_allowed(one, known)]
        if not lacking or not is_allowed(payment.page.url, known):  # else the page's own host comes first
            walk.report("card field", where)
            return
        advice = Advice("payments.hosts", list(dict.fromkeys([*payments.hosts, *lacking])))
        walk.report("card field", f"{where}; the host is not allowed yet", State.MISSING, advice)
