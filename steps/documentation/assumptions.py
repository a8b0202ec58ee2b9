"""What scenarios rest on although no page of the documentation says it."""

from __future__ import annotations

from steps.documentation.model import Assumption

_ALL = (
    Assumption("sign-in", "A member can sign in with what the sign-in page asks for."),
    Assumption(
        "leaving-the-pop-up-changes-nothing", "Someone who leaves the pop-up without choosing a package buys nothing."
    ),
    Assumption(
        "unpaid-adds-nothing",
        "Leaving the payment page without paying adds no credits, and does not stand in the way of the next try.",
    ),
    Assumption(
        "declined-adds-nothing",
        "A declined card adds no credits, the buyer is told, and another card can be tried.",
    ),
    Assumption(
        "challenge-decides",
        "A payment that needs 3-D Secure adds credits when it is completed, and none when it fails.",
    ),
    Assumption("paid-once", "A payment is taken once, though a buyer presses Pay twice or goes back after paying."),
    Assumption(
        "each-payment-page-for-itself",
        "Several payment pages can be open: each is for the package that it was opened for, and can be paid.",
    ),
    Assumption(
        "invalid-information-is-refused",
        "Invalid billing information is not saved: the member is told, and loses nothing that was entered.",
    ),
    Assumption(
        "leaving-the-form-changes-nothing", "Someone who leaves the form without saving changes no billing information."
    ),
    Assumption("monthly-first", "Add-on credits are used once the monthly ones are gone."),
    Assumption("add-on-credits-outlast-the-month", "Add-on credits stay when a month ends."),
    Assumption(
        "monthly-credits-begin-anew",
        "Each month begins with all monthly credits of the plan, and they last until it ends.",
    ),
    Assumption(
        "no-credits-no-run", "Without credits a workflow does not complete, and says so; with credits it runs again."
    ),
    Assumption("accessible", "No guideline for web accessibility is broken on the way to more credits."),
    Assumption("keyboard-alone", "Credits can be bought by keyboard alone."),
    Assumption(
        "every-display",
        "Credits can be bought on a phone, zoomed in, in dark mode or with reduced motion; what is needed is in sight.",
    ),
    Assumption("isolation", "Nothing of one workspace shows in another, and nothing that is done there changes it."),
)

ASSUMPTIONS: dict[str, Assumption] = {assumption.name: assumption for assumption in _ALL}
"""Every assumption by its name, in the order in which reports show them."""
