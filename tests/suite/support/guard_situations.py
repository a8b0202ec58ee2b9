"""Situations in front of a payment page that the spend guard judges: those that it refuses, and those it lets pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from steps.targets.profile import OwnCard
from steps.targets.test_cards import CHALLENGED, PAID, REFUSED, Card
from steps.verdicts.verdict import BlockedError, NotVerifiedError, RefusedError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.suite.support.payment_stand import Stand

OWN = OwnCard(number="4000 0000 0000 1000", expiry="12/34", cvc="987")
REAL = {"allow": "real", "max_amount": 20.0, "currency": "USD", "card": OWN, "hosts": ["checkout.stripe.com"]}
LIVE = "https://checkout.stripe.com/c/pay/cs_live_1"


@dataclass(frozen=True)
class Situation:
    """What the buyer meets, what the profile and the command line say, and what the guard must answer."""

    words: str
    address: Callable[[Stand], str] = lambda stand: stand.at("pay")
    payments: dict[str, Any] = field(default_factory=dict)
    flag: bool = False
    card: Card = PAID
    error: type[UnverifiedError] = RefusedError


def _shows(html: str, **query: str) -> Callable[[Stand], str]:
    return lambda stand: stand.at("pay", shows=html, **query)


def when_typed(field: str, script: str) -> Callable[[Stand], str]:
    """Return the address of a page on which a script runs once something is typed into a field."""
    return lambda stand: stand.at(
        "pay",
        script=f"document.getElementById('{field}').addEventListener('input', () => {{ {script} }}, {{once: true}})",
    )


def _test_hosts(stand: Stand) -> str:
    return stand.at("sandbox", "/checkout")


STOPPED = {
    # Where the payment page is
    "live session": Situation("session is live", lambda s: s.at("pay", "/c/pay/cs_live_1")),
    "live session on the processor's host": Situation(
        "session is live", lambda _: LIVE, {"hosts": ["checkout.stripe.com"]}
    ),
    "live session in capitals": Situation("session is live", lambda s: s.at("pay", "/c/pay/CS_LIVE_1")),
    "live session with a test one in the query": Situation(
        "session is live", lambda s: s.at("pay", "/c/pay/cs_live_1", after="/cs_test_2")
    ),
    "test session with a live one in the query": Situation(
        "session is live", lambda s: s.at("pay", "/c/pay/cs_test_1", next="/c/pay/cs_live_2")
    ),
    "unknown host": Situation("is on evil.localhost", lambda s: s.at("evil")),
    "host that ends alike": Situation("is on notpay.localhost", lambda s: s.at("notpay")),
    "host below an allowed one": Situation("is on x.pay.localhost", lambda s: s.at("x.pay")),
    "allowed host at another port": Situation(
        "is on pay.localhost", payments={"hosts": ["pay.localhost", "pay.localhost:1"]}
    ),
    "allowed host as a user's name": Situation(
        "is on “http://evil.localhost", lambda s: f"http://pay.localhost@evil.localhost:{s.port}/c/pay/cs_test_1"
    ),
    "the site's own host": Situation("is on site.localhost", lambda s: s.at("site")),
    "profile that allows no host": Situation("is on pay.localhost", payments={"hosts": []}),
    "page without a host": Situation("which payments.hosts does not allow", lambda _: "data:text/html,<p>$18.00</p>"),
    "blank page": Situation("which payments.hosts does not allow", lambda _: "about:blank"),
    "processor's host named as one for tests": Situation(
        "Nothing shows that the payment session is a test session",
        lambda _: "https://checkout.stripe.com/pay/1",
        {"test_hosts": ["checkout.stripe.com"]},
    ),
    "every host of the processor's named as one for tests": Situation(
        "Nothing shows", lambda _: "https://checkout.stripe.com/pay/1", {"test_hosts": ["*.stripe.com"]}
    ),
    # What the session is
    "live session, encoded, before a test one": Situation(
        "session is live", lambda s: s.at("pay", "/c/pay/cs%5Flive_x/cs_test_1")
    ),
    "live session, encoded twice": Situation(
        "session is live", lambda s: s.at("pay", "/c/pay/cs%255Flive_x/cs_test_1")
    ),
    "live session in the fragment": Situation("session is live", lambda s: s.at("pay") + "#cs_live_1"),
    "two test sessions": Situation("Nothing shows", lambda s: s.at("pay", "/c/pay/cs_test_1/cs_test_2")),
    "test session, encoded": Situation("Nothing shows", lambda s: s.at("pay", "/c/pay/cs%5Ftest_1")),
    "test session in capitals": Situation("Nothing shows", lambda s: s.at("pay", "/c/pay/CS_TEST_1")),
    "test session without an id": Situation("Nothing shows", lambda s: s.at("pay", "/c/pay/cs_test_")),
    "test session as a part of a part": Situation("Nothing shows", lambda s: s.at("pay", "/c/pay/x-cs_test_1")),
    "no session in the address": Situation(
        "Nothing shows that the payment session is a test session", lambda s: s.at("pay", "/checkout")
    ),
    "test session only in the query": Situation(
        "Nothing shows that the payment session is a test session", lambda s: s.at("pay", "/checkout", id="cs_test_1")
    ),
    "test session only in the fragment": Situation(
        "Nothing shows that the payment session is a test session", lambda s: s.at("pay", "/checkout") + "#cs_test_1"
    ),
    "word that holds a test session": Situation(
        "Nothing shows that the payment session is a test session", lambda s: s.at("pay", "/c/pay/xcs_test_1")
    ),
    # What led there
    "redirect through an unknown host": Situation(
        "led through evil.localhost", lambda s: s.at("evil", "/hop", to=s.at("pay"))
    ),
    "two redirects, the second through an unknown host": Situation(
        "led through evil.localhost",
        lambda s: s.at("site", "/hop", to=s.at("evil", "/hop", to=s.at("pay"))),
    ),
    "redirect away from the allowed host": Situation(
        "is on evil.localhost", lambda s: s.at("pay", "/hop", to=s.at("evil"))
    ),
    "redirect from a live session": Situation(
        "session is live", lambda s: s.at("pay", "/hop", to=s.at("pay"), session="cs_live_1")
    ),
    # Where the card field is
    "card field in a frame of another origin": Situation(
        "in a frame of evil.localhost", lambda s: s.at("pay", frame=s.at("evil"))
    ),
    "card field in a frame within a frame of another origin": Situation(
        "in a frame of evil.localhost", lambda s: s.at("pay", frame=s.at("evil", frame=s.at("pay")))
    ),
    "card field in another origin's frame within an allowed one": Situation(
        "in a frame of evil.localhost", lambda s: s.at("pay", frame=s.at("pay", frame=s.at("evil")))
    ),
    "card field in a frame that redirects away": Situation(
        "in a frame of evil.localhost", lambda s: s.at("pay", frame=s.at("pay", "/hop", to=s.at("evil")))
    ),
    "card field in a frame with a live session": Situation(
        "session is live", lambda s: s.at("pay", frame=s.at("pay", "/c/pay/cs_live_1"))
    ),
    "card field in a frame without an address": Situation(
        "which payments.hosts does not allow",
        lambda s: s.at("pay", frame="data:text/html,<input id=cardNumber name=n>"),
    ),
    "page that goes elsewhere when its card fields unfold": Situation(
        "is on evil.localhost", lambda s: s.at("pay", unfold=f"location = '{s.at('evil')}'")
    ),
    "page whose address becomes a live one when its card fields unfold": Situation(
        "session is live",
        lambda s: s.at("pay", unfold="history.replaceState(0, '', '/c/pay/cs_live_1'); card.hidden = false"),
    ),
    # What is paid with
    "unpublished card": Situation("not one of the published test numbers", card=Card("4111111111111111")),
    "card of the profile's in a test session": Situation(
        "not one of the published test numbers",
        lambda _: "https://checkout.stripe.com/c/pay/cs_test_1",
        REAL,
        flag=True,
        card=Card("4000000000001000"),
    ),
    "empty card": Situation("not one of the published test numbers", card=Card("")),
    "test number written otherwise": Situation(
        "not one of the published test numbers", card=Card("4242 4242 4242 4242")
    ),
    # How much is paid
    "no payments at all": Situation("limit of 0 payments", payments={"max_payments": 0}),
    "amount above the limit": Situation(
        "18.00 USD would exceed the run's limit of 17.99 in total in each currency. The profile line that settles it:"
        " payments.max_amount = …",
        payments={"max_amount": 17.99},
    ),
    "no amount on the page": Situation("No amount could be read", lambda s: s.at("pay", total="Pay")),
    "amount without a currency": Situation("No amount could be read", lambda s: s.at("pay", total="18.00")),
    "amount of nothing": Situation("No amount could be read", lambda s: s.at("pay", total="$0.00")),
    "other currency": Situation(
        "asks for 18.00 in EUR; payments.currency is USD", lambda s: s.at("pay", total="€18.00"), {"currency": "USD"}
    ),
    "largest of several amounts above the limit": Situation(
        "99 USD would exceed",
        lambda s: s.at("pay", total="Tax $1, total $99, save $3", unmarked="1"),
        {"max_amount": 50},
    ),
    "amount that grows as the postcode is typed": Situation(
        "7799.00 USD would exceed",
        when_typed("billingPostalCode", "document.querySelector('p').textContent = '$7,799.00'"),
        {"max_amount": 50},
    ),
    "amount in a frame within the page of a plan": Situation(
        "4871.25 USD would exceed",
        lambda s: s.at("pay", total="$99.00", unmarked="1", frame=s.at("pay", total="$4,871.25")),
        {"max_amount": 100},
    ),
    "unmarked amount in a frame beside another around it": Situation(
        "labels.total",
        lambda s: s.at("pay", total="$9.00", unmarked="1", frame=s.at("pay", total="$4,871.25", unmarked="1")),
    ),
    "frame without an amount in a page without one": Situation(
        "No amount could be read", lambda s: s.at("pay", shows="<hr>", frame=s.at("pay", shows="<hr>"))
    ),
    "thin space in the thousands": Situation(
        "7799.00 USD would exceed", _shows("<p>Total $7&thinsp;799.00</p>"), {"max_amount": 50}
    ),
    "space in the thousands": Situation(
        "7799.00 USD would exceed", _shows("<p>Total $7 799.00</p>"), {"max_amount": 50}
    ),
    "zero-width space in the amount": Situation(
        "7799.00 USD would exceed", _shows("<p>Total $7&#8203;799.00</p>"), {"max_amount": 50}
    ),
    "direction turned by an element": Situation("cannot be checked", _shows("<p>Total <bdo dir=rtl>00.02$</bdo></p>")),
    "amount in thousands": Situation("5000 USD would exceed", _shows("<p>Total $5K</p>"), {"max_amount": 50}),
    "amount in words": Situation("cannot be checked", _shows("<p>Total $5 million</p>")),
    "saving larger than the total": Situation(
        "45.00 USD would exceed", _shows("<p>You save $5.00</p><p>Total $45.00</p>"), {"max_amount": 40}
    ),
    "quantity beside the amount": Situation(
        "20.00 USD would exceed", _shows("<p>Qty 1 $20.00</p>"), {"max_amount": 10}
    ),
    "dollars of another country": Situation(
        "asks for 20.00 in CAD; payments.currency is USD", _shows("<p>Total CA$20.00</p>"), {"currency": "USD"}
    ),
    "dollars of another country, by a word": Situation(
        "payments.currency", _shows("<p>Total $20.00</p><p>All prices in CAD.</p>")
    ),
    "sign of two currencies": Situation("payments.currency", _shows("<p>Total ¥2,000</p>")),
    "choice of currencies without a total": Situation(
        "labels.total", _shows("<p><label>$20.00</label></p><p><label>490.000 ₫</label></p>")
    ),
    "two totals": Situation("labels.total", _shows("<p>Total $20.00</p><p>Order total $90.00</p>")),
    "total in a hidden text": Situation("No amount could be read", _shows("<p hidden>Total $20.00</p>")),
    "total that a style sheet writes before another": Situation(
        "cannot be checked", _shows("<style>#t::before { content: '$7,7' }</style><p>Total <b id=t>99.00</b></p>")
    ),
    "small total beside a button for more": Situation(
        "labels.total", _shows("<p>Total $18.00</p><button>Pay $7,799.00</button>")
    ),
    # Real money
    "profile without payments": Situation("allows no payments", payments={"allow": "none"}, error=NotVerifiedError),
    "profile without payments, with the flag": Situation(
        "allows no payments", lambda _: LIVE, {"allow": "none"}, flag=True, error=NotVerifiedError
    ),
    "real money allowed by the profile alone": Situation("--allow-real-payments is not given", lambda _: LIVE, REAL),
    "real money allowed by the flag alone": Situation(
        "session is live", lambda _: LIVE, {"hosts": ["checkout.stripe.com"]}, flag=True
    ),
    "test session of a profile for real money, without the flag": Situation(
        "--allow-real-payments is not given", lambda _: "https://checkout.stripe.com/c/pay/cs_test_1", REAL
    ),
    "real money without encryption": Situation(
        "not encrypted", lambda _: LIVE.replace("https", "http"), REAL, flag=True
    ),
    "real money on an unknown host": Situation(
        "is on pay.localhost", lambda s: s.at("pay", "/c/pay/cs_live_1"), REAL, flag=True
    ),
    "real money above the limit": Situation("21 USD would exceed", lambda _: LIVE + "?total=%2421", REAL, flag=True),
    "real money in another currency": Situation("in EUR", lambda _: LIVE + "?total=%E2%82%AC18", REAL, flag=True),
    "real money without a card": Situation("names no card", lambda _: LIVE, REAL | {"card": None}, flag=True),
    "real money with a test card of the profile's": Situation(
        "declined charge",
        lambda _: LIVE,
        REAL | {"card": msgspec.structs.replace(OWN, number="4242-4242-4242-4242")},
        flag=True,
    ),
    "real money for a payment that is meant to fail": Situation(
        "only successful payments",
        lambda _: LIVE,
        REAL,
        flag=True,
        card=REFUSED["declined"],
        error=NotVerifiedError,
    ),
    "real money for a challenge": Situation(
        "only successful payments", lambda _: LIVE, REAL, flag=True, card=CHALLENGED, error=NotVerifiedError
    ),
    # What is no business of the guard's, and stops as early
    "proof of a human wanted": Situation("asks for a human", lambda s: s.at("pay", human="1"), error=BlockedError),
}


ALLOWED = {
    "test session": Situation(""),
    "through the site and back and forth": Situation(
        "", lambda s: s.at("site", "/hop", to=s.at("pay", "/hop", to=s.at("site", "/hop", to=s.at("pay"))))
    ),
    "card field in a frame of the same host": Situation("", lambda s: s.at("pay", frame=s.at("pay"))),
    "card field in a frame that the page itself wrote": Situation("", lambda s: s.at("pay", srcdoc="1")),
    "card field in a frame of another host that is allowed": Situation(
        "", lambda s: s.at("pay", frame=s.at("cards", "/")), {"hosts": ["*.localhost:*"]}
    ),
    "host for test payments only": Situation("", _test_hosts, {"test_hosts": ["*.localhost:*"]}),
    "test payment of millions": Situation("", _shows("<p>Total \u20b92,400,000.00</p>")),
    "sum that reaches the limit": Situation("", payments={"max_amount": 18, "max_payments": 1}),
    "right currency": Situation("", lambda s: s.at("pay", total="€18"), {"currency": "EUR"}),
}
