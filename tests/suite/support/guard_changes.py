"""Payment pages that change while a card is typed into them: none of these payments is made."""

from __future__ import annotations

from tests.suite.support.guard_situations import Situation, when_typed

MOVED = {
    # What changes while the card is typed: what was typed by then is not paid with
    "total that grows as the security code is typed": Situation(
        "asked for 18.00 USD, and for 7799.00 USD",
        when_typed("cardCvc", "document.querySelector('p').textContent = '$7,799.00'"),
    ),
    "total that falls": Situation(
        "asked for 18.00 USD, and for 1.00 USD",
        when_typed("cardCvc", "document.querySelector('p').textContent = '$1.00'"),
    ),
    "currency that changes": Situation(
        "asked for 18.00 USD, and for 18.00 EUR",
        when_typed("cardCvc", "document.querySelector('p').textContent = '€18.00'"),
    ),
    "total that goes": Situation(
        "No amount could be read", when_typed("cardCvc", "document.querySelector('p').remove()")
    ),
    "total that becomes unclear": Situation(
        "labels.total", when_typed("cardCvc", "document.body.insertAdjacentHTML('beforeend', '<p>Total $99.00</p>')")
    ),
    "session that becomes a live one": Situation(
        "went elsewhere", when_typed("cardExpiry", "history.replaceState(0, '', '/c/pay/cs_' + 'live_1')")
    ),
    "session that becomes a live one at the end": Situation(
        "session is live", when_typed("cardCvc", "history.replaceState(0, '', '/c/pay/cs_' + 'live_1')")
    ),
    "session that becomes another": Situation(
        "went elsewhere", when_typed("cardCvc", "history.replaceState(0, '', '/c/pay/cs_test_2')")
    ),
    "page that goes elsewhere as the number is typed": Situation(
        "", when_typed("cardNumber", "location = location.href.replace('pay.localhost', 'evil.localhost')")
    ),
}
