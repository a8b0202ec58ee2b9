"""`acceptance compare` between fakes: exactly what a variant changes, and exactly what a fault breaks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from fake_backend.control.faults import CATALOGUE
from fake_backend.control.variants import VARIANTS
from steps.tools.comparison.compare import compare
from tests.suite.support.comparing import Fakes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from steps.tools.comparison.recording import Recording

NO_POP_UP = "Add credits opens no pop-up with packages on B"
NO_PAYMENT = "choosing a package leads to no payment page on B"
SEEN: dict[str, str | list[str]] = {
    "add-credits-dead": f"{NO_POP_UP}; nothing else comes either",
    "add-credits-elsewhere": ("button “Add credits” stands below “Billing Information” on B, not below “Current Plan”"),
    "add-credits-missing": "button “Add credits” is missing on B, below “Current Plan”",
    "add-credits-renamed": "button “Add credits” is called “Buy tokens” on B",
    "billing-shows-error": (
        "Billing does not show its sections on B; it leads to /settings/billing; what comes instead: "
        "text “Something went wrong. Billing could not be loaded.”, button “Try again”"
    ),
    "billing-tab-dead": "Billing does not show its sections on B; nothing else comes either",
    "billing-tab-missing": "tab “Billing” is missing on B, below “Workspace Settings”",
    "billing-tab-renamed": "tab “Billing” is called “Payments” on B",
    "closing-adds-credits": "credits at the end: as they were on A, +2,000 add-on credits on B",
    "credit-bar-unnamed": "progressbar “Credits” is called “” on B",
    "current-plan-missing": (
        "the section “Current Plan” is missing on B, with button “Upgrade plan”, button “Add credits”, term “Plan”, "
        "progressbar “Credits”, columnheader “Credits” and 4 more"
    ),
    "current-plan-renamed": "heading “Current Plan” is called “Subscription” on B",
    "information-renamed": "heading “Billing Information” is called “Company details” on B",
    "invoices-missing": (
        "the section “Invoices” is missing on B, with combobox “Type”, option “All types”, option “Credits”, "
        "option “Plan”, textbox “From” and 1 more"
    ),
    "log-out-missing": "menuitem “Log out” is missing on B",
    "neighbour-among-invoices": (
        "below “Invoices” it says otherwise: “No invoices yet. Your payments will be listed here.” on A only; "
        "“Number Date Description Amount Status Receipt” on B only; "
        "“[a number] [a date] 4,000 credits $39.00 Paid Download receipt [a number]” on B only"
    ),
    "neighbour-among-users": (
        "below “Users” it says otherwise: “Somebody Else [an e-mail address] Owner Full access [a date]” on B only"
    ),
    "package-amount-wrong": "the package “22,000 credits” is called “23,000 credits” on B",
    "package-extra": "the package “88,000 credits” is only on B",
    "package-misnamed": "the package “44,000 credits” is called “44,000 tokens” on B",
    "package-missing": "the package “44,000 credits” is missing on B",
    "package-twice": "the package “6,000 credits” is offered once more on B",
    "packages-empty": (
        f"{NO_POP_UP}; what comes instead: heading “Add credits”, button “Close”, "
        "text “Choose the amount that fits your team's usage. Add-on credits do not change your plan.”"
    ),
    "packages-reordered": "“11,000 credits” stands in another place among the packages on B",
    "plan-misnamed": "plan: Pro Internal on A, Free on B",
    "pools-swapped": (
        "below “Current Plan” it says otherwise: "
        "Monthly credits: “15,000” on A, “0” on B; Add-on credits: “0” on A, “15,000” on B"
    ),
    "role-not-shown": (
        "below “Users” it says otherwise: “[the member] [the e-mail address] Owner Full access [a date], [a time]” on"
        " A, “[the member] [the e-mail address] Full access [a date], [a time]” on B"
    ),
    "settings-entry-missing": "menuitem “Workspace Settings” is missing on B",
    "settings-entry-renamed": "menuitem “Workspace Settings” is called “Preferences” on B",
    "upgrade-plan-elsewhere": "button “Upgrade plan” stands below “Billing Information” on B, not below “Current Plan”",
    "support-address-wrong": "link “support@diaflow.io” is called “help@example.com” on B",
    "upgrade-plan-missing": "button “Upgrade plan” is missing on B, below “Current Plan”",
}
"""The faults that a walk to the packages meets, and the one difference that each makes, or the two."""
ASKS = "the payment page asks for something else:"
SEEN_ON_THE_WAY_TO_PAYING = {
    "leads-to-another": f"{ASKS} 22,000 credits: 189.00 USD for 22,000 on A, 359.00 USD for 44,000 on B",
    "choosing-does-nothing": f"{NO_PAYMENT}; nothing else comes either",
    "choosing-fails": f"{NO_PAYMENT}; what comes instead: text “Something went wrong. Please try again later.”",
    "choosing-returns-home": f"{NO_PAYMENT}; it leads to /flows",
    "grant-on-cancel": "credits at the end: as they were on A, +2,000 add-on credits on B",
    "payment-misnamed": f"{ASKS} 6,000 credits: 57.00 USD for 6,000 on A, 57.00 USD for 60,000 on B",
    "payment-shows-other-amount": f"{ASKS} 2,000 credits: 20.00 USD for 2,000 on A, 25.00 USD for 2,000 on B",
    "price-differs": f"{ASKS} 2,000 credits: 20.00 USD for 2,000 on A, 23.00 USD for 2,000 on B",
}
"""The faults that take --to-payment."""
OF_ONE_PACKAGE = {"leads-to-another": "22,000", "payment-misnamed": "6,000"}
SEEN_OF_EARLIER_PAYMENTS = {
    "invoice-filter-dead": [
        f"invoices for {kind}: filtered on A, all others too on B" for kind in ("credits", "plans")
    ],
    "receipt-wrong": ["receipt: names the invoice's amount on A, names another amount on B"],
}
"""The faults that take invoices to be seen."""
UNSEEN = {
    "only after paying": {
        "bar-stays", "gone-after-reload", "gone-after-sign-in", "granted-again-on-landing", "granted-as-monthly",
        "granted-late", "granted-nothing", "granted-one-less", "granted-to-neighbour", "granted-twice",
        "invoice-amount-wrong", "invoice-missing", "one-package-wrong", "plan-changes", "purchase-adds-use",
        "purchase-uses-monthly", "second-purchase-lost", "second-purchase-refused", "session-lost", "used-reset",
        "runs-stay-stopped", "same-package-lost", "upgrade-without-effect", "payment-never-returns",
    },
    "only by trying to pay": {
        "declined-yet-granted", "unauthenticated-yet-granted", "payment-never-ends", "decline-without-a-word",
        "grant-on-decline", "grant-on-failed-challenge",
    },
    "only by moving the clock": {"month-end-lost", "month-end-refused"},
    "only by changing something, which a walk that reads does not": {
        "add-on-used-first", "complaint-misplaced", "downgrade-at-once", "information-lost", "run-overcharged",
        "runs-without-credits", "want-of-credits-unsaid", "wrong-address-saved",
    },
    "only by asking for another plan": {"plans-missing", "upgrade-plan-dead"},
    "only by signing in, or by having forgotten how": {"password-refused", "reset-code-missing"},
    "only by keys alone, or on a phone": {"packages-need-a-mouse", "popup-too-wide", "popup-cut-off-on-phone",
        "package-focus-unseen", "packages-lacking-on-phone"},
}  # fmt: skip
TOGETHER = (
    ("log-out-missing", "plan-misnamed", "package-missing", "role-not-shown", "upgrade-plan-elsewhere"),
    ("support-address-wrong",),
    ("upgrade-plan-missing", "pools-swapped", "package-extra", "neighbour-among-users"),
    ("billing-tab-renamed", "neighbour-among-invoices", "package-misnamed", "closing-adds-credits"),
    ("settings-entry-renamed", "add-credits-elsewhere", "package-amount-wrong"),
    ("current-plan-renamed", "packages-reordered", "information-renamed"),
    ("add-credits-renamed", "package-twice", "credit-bar-unnamed"),
)
"""Faults that keep nobody from walking on: several are met on one walk, each as the one difference that it makes."""
ALONE = tuple((fault,) for fault in SEEN if not any(fault in faults for faults in TOGETHER))
CONTINUE = "button “Continue to payment” is only on B, below “Add credits”"
VARIANT_CHANGES = {
    "package_choice=cards section_title=current-plan-and-credits balance=delayed": [
        "heading “Current Plan” is called “Current Plan & Credits” on B",
        CONTINUE,
    ],
    "package_choice=radios prices=hidden balance=after-reload": [
        "a package is chosen by radio on B, by button on A",
        "B tells no prices of the packages",
        CONTINUE,
        "below “Add credits” it says otherwise: “Packages” on B only",
    ],
    # What these change is seen by who signs in or has paid.
    "popup_motion=animated landing=success sign_in=code": [
        "button “Sign in” is called “Continue” on B",
        "textbox “Password”, link “Reset your password” are missing on B, below “Sign in”",
        "below “Sign in” it says otherwise: “Password” on A only",
    ],
}
BEHIND = [
    (
        "textbox “Card number”, textbox “Expiration”, textbox “CVC”, textbox “Cardholder name”, "
        "combobox “Country or region” and 2 more are missing on B, below “Payment method”"
    ),
    (
        "radio “Card”, button “Pay with card”, radio “US bank account”, button “Pay with US bank account” "
        "are only on B, below “Payment method”"
    ),
]
IN_A_FRAME = "card field: in the page itself on A, in a frame of its host on B"
PAYMENT_CHANGES = {
    "payment_page=card-choice": BEHIND,
    "payment_page=nested-frame": [IN_A_FRAME, *BEHIND],
    "payment_page=save-box payment_tab=new": [
        "payment page: its host, in the same tab, a test session on A, its host, in a new tab, a test session on B",
        "checkbox “Save my information for faster checkout” is checked on B only",
        "textbox “Phone number” is only on B, below “Payment method”",
    ],
    "payment_page=payment-element": [
        IN_A_FRAME,
        "combobox “Country or region” is called “Country” on B",
        (
            "textbox “Expiration”, textbox “CVC”, textbox “Cardholder name”, "
            "checkbox “Save my information for faster checkout” are missing on B, below “Payment method”"
        ),
        "textbox “Expiration date”, textbox “Security code” are only on B, below “Payment method”",
    ],
    "payment_page=field-frames": [
        IN_A_FRAME,
        "textbox “Card number” is called “Credit or debit card number” on B",
        "textbox “Expiration” is called “Credit or debit card expiration date” on B",
        "textbox “CVC” is called “Credit or debit card CVC/CVV” on B",
        "checkbox “Save my information for faster checkout” is missing on B, below “Payment method”",
    ],
    "payment_tab=embedded": [
        (
            "payment page: its host, in the same tab, a test session on A, its host, in a frame in the same tab, "
            "a test session on B"
        ),
        IN_A_FRAME,
        "link “Back to Diaflow” is missing on B",
        (
            "link “Skip to content”, link “Diaflow”, link “Flows”, link “Users”, "
            "button “User profile: [the member]” are only on B"
        ),
        "the section “Payment” is only on B",
    ],
    "payment_summary=promotion-code": ["button “Add promotion code” is only on B, below “Pay Diaflow”"],
    "payment_summary=tax-line": ["term “VAT (20% included)” is only on B, below “Pay Diaflow”"],
    "payment_summary=local-currency": ["radio “USD”, radio “EUR” are only on B, below “Pay Diaflow”"],
}


@pytest.fixture(scope="module")
def fakes(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Fakes]:
    fakes = Fakes(tmp_path_factory.mktemp("fakes"), browser)
    yield fakes
    fakes.stop()


@pytest.fixture(scope="module")
def sound(fakes: Fakes) -> Recording:
    return fakes.walked(signing_in=True)


@pytest.fixture(scope="module")
def sound_to_payment(fakes: Fakes) -> Recording:
    return fakes.walked(paying=("2,000", "6,000", "22,000"), signing_in=True)


def both_ways(a: Recording, b: Recording) -> list[str]:
    """Return the differences that matter, which are as many the other way round."""
    found = compare(a, b).matters
    back = compare(b, a).matters
    assert len(back) == len(found), f"{found} one way, {back} the other"
    return found


def test_no_fault_has_two_places() -> None:
    placed = [set(SEEN), set(SEEN_ON_THE_WAY_TO_PAYING), set(SEEN_OF_EARLIER_PAYMENTS), *UNSEEN.values()]
    assert set().union(*placed) <= set(CATALOGUE)
    assert sum(map(len, placed)) == len(set().union(*placed))


def test_every_answer_to_an_open_question_has_its_place() -> None:
    tried = {pair for words in (*VARIANT_CHANGES, *PAYMENT_CHANGES) for pair in words.split()}
    assert tried == {f"{question}={one}" for question, answers in VARIANTS.items() for one in answers[1:]}


@pytest.mark.nightly
def test_two_sound_fakes_are_the_same(sound: Recording, sound_to_payment: Recording) -> None:
    comparison = compare(sound, sound_to_payment)
    assert (comparison.matters, comparison.complete) == ([], True)
    assert comparison.notes == ["Not looked at on A: payment page."]
    apart = [says for stop in comparison.stops for says in stop.expected]
    assert any(says.startswith("below “General” it says otherwise: Workspace ID: ") for says in apart)


@pytest.mark.nightly
@pytest.mark.parametrize(
    "faults",
    [*TOGETHER, *ALONE],
    ids=" ".join,
)
def test_each_fault_is_one_difference(faults: tuple[str, ...], fakes: Fakes, sound: Recording) -> None:
    expected = [[made] if isinstance(made := SEEN[fault], str) else made for fault in faults]
    assert sorted(both_ways(sound, fakes.walked(faults))) == sorted(chain.from_iterable(expected))


@pytest.mark.nightly
@pytest.mark.parametrize("fault", SEEN_ON_THE_WAY_TO_PAYING)
def test_a_fault_on_the_way_to_paying(fault: str, fakes: Fakes, sound_to_payment: Recording) -> None:
    package = OF_ONE_PACKAGE.get(fault, "2,000")
    there = fakes.walked([fault], paying=(package,), patience=1 if fault.startswith("choosing") else 3)
    assert both_ways(sound_to_payment, there) == [SEEN_ON_THE_WAY_TO_PAYING[fault]]


@pytest.mark.nightly
def test_faults_of_invoices(fakes: Fakes) -> None:
    sound = fakes.walked(payments=5, page=20)
    there = fakes.walked(SEEN_OF_EARLIER_PAYMENTS, payments=5, page=20)
    expected = [says for listed in SEEN_OF_EARLIER_PAYMENTS.values() for says in listed]
    assert sorted(both_ways(sound, there)) == sorted(expected)
    stranger = fakes.walked(["neighbour-among-invoices"], payments=5, page=20)
    row = "“[a number] [a date] 4,000 credits $39.00 Paid Download receipt [a number]”"
    assert both_ways(sound, stranger) == [f"below “Invoices” it says otherwise: {row} on B only"]


@pytest.mark.nightly
@pytest.mark.parametrize("answers", VARIANT_CHANGES)
def test_a_variant_changes_so_much(answers: str, fakes: Fakes, sound: Recording) -> None:
    assert both_ways(sound, fakes.walked(variant=_variant(answers), signing_in=True)) == VARIANT_CHANGES[answers]


@pytest.mark.nightly
@pytest.mark.parametrize("answers", PAYMENT_CHANGES)
def test_a_variant_changes_so_much_on_the_payment_page(answers: str, fakes: Fakes, sound_to_payment: Recording) -> None:
    there = fakes.walked(variant=_variant(answers), paying=("2,000",))
    found = [says for says in both_ways(sound_to_payment, there) if "it says otherwise" not in says]
    assert found == PAYMENT_CHANGES[answers]


def _variant(answers: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in answers.split())
