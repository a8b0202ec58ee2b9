"""Twelve ways to work a hosted payment page: what each looks for, and in which order.

A step is an action, what it is done to, and a value. "?" before an action marks what is done where the page has it.
Things are named as in CSS, or as "label:…", "placeholder:…", "button:…" and "testid:…".
"""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One step; `optional` ones are left out where the page does not have the thing."""

    action: str
    thing: str
    value: str = ""

    @property
    def optional(self) -> bool:
        """Whether the page may lack it."""
        return self.action.startswith("?")


GOOD, DECLINED = "4242424242424242", "4000000000000002"
SUBMIT = "testid:hosted-payment-submit-button"

HOSTED = ("fields", "card-choice", "nested-frame", "save-box", "card-choice, ticked")
FRAMES = ("payment-element", "field-frames")

_EMAIL = Step("?fill", "#email", "ada@example.com")
_NO_SAVING = Step("?untick", "#enableStripePass")


def _choice(action: str, thing: str) -> Step:
    """Return the step that chooses the card where there is a choice."""
    return Step(f"?{action}", thing)


def _by(pattern: str, **more: str) -> tuple[Step, ...]:
    """Return the steps that fill a card in, each field found by a pattern of its id."""
    values = {"cardNumber": GOOD, "cardExpiry": "1234", "cardCvc": "123", "billingName": "Ada Lovelace"} | more
    steps = [Step("fill", pattern.format(name), value) for name, value in values.items()]
    return (*steps, Step("select", pattern.format("billingCountry"), "US"), Step("fill", "#billingPostalCode", "94107"))


SEQUENCES: dict[str, tuple[Step, ...]] = {
    "ids": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL, *_by("#{}"), _NO_SAVING, Step("press", SUBMIT),
    ),
    "icon in the button": (
        Step("wait", "#ProductSummary-totalAmount"),
        _choice("press", "testid:card-accordion-item-button"),
        _EMAIL, *_by("#{}"), _NO_SAVING,
        Step("press", "div.SubmitButton-IconContainer"),
    ),
    "radio by script": (
        Step("wait", ".TestModeBadge"),
        _choice("script-press", "#payment-method-accordion-item-title-card"),
        Step("wait", "#cardNumber"), _EMAIL, *_by("#{}"), _NO_SAVING, Step("press", SUBMIT),
    ),
    "label of the method": (
        _choice("press", "#payment-method-label-card"), _EMAIL, *_by("#{}"), _NO_SAVING,
        Step("press", ".SubmitButton--complete"),
    ),
    "accordion item by script": (
        Step("wait", ".CurrencyAmount"),
        _choice("script-press", "[data-testid=card-accordion-item] button"),
        _NO_SAVING, Step("absent", "#phoneNumber"), _EMAIL, *_by("#{}"), Step("press", SUBMIT),
    ),
    "labels": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL,
        Step("fill", "label:Card number", GOOD), Step("fill", "label:Expiration", "12 / 34"),
        Step("fill", "label:CVC", "123"), Step("fill", "label:Cardholder name", "Ada"),
        Step("select", "label:Country or region", "US"), Step("fill", "label:ZIP", "94107"),
        _NO_SAVING, Step("press", "button:Pay"),
    ),
    "placeholders": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL,
        Step("fill", "placeholder:1234 1234 1234 1234", GOOD), Step("fill", "placeholder:MM / YY", "12/34"),
        Step("fill", "placeholder:CVC", "123"), Step("?fill", "placeholder:Full name on card", "Ada"),
        Step("?fill", "placeholder:ZIP", "94107"), _NO_SAVING, Step("press", SUBMIT),
    ),
    "autocomplete": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL,
        Step("fill", "[autocomplete~=cc-number]", GOOD), Step("fill", "[autocomplete~=cc-exp]", "1234"),
        Step("fill", "[autocomplete~=cc-csc]", "123"), Step("?fill", "[autocomplete~=cc-name]", "Ada"),
        Step("select", "[autocomplete~=country]", "US"), Step("?fill", "[autocomplete~=postal-code]", "94107"),
        _NO_SAVING, Step("press", SUBMIT),
    ),
    "names, typed": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL,
        *(step._replace(action="type") if step.action == "fill" else step for step in _by("[name={}]")),
        _NO_SAVING, Step("press", "form.PaymentForm-form [type=submit]"),
    ),
    "country without a postcode": (
        _choice("press", "testid:card-accordion-item-button"), _EMAIL, *_by("#{}")[:4],
        Step("select", "#billingCountry", "VN"), Step("absent", "#billingPostalCode"), _NO_SAVING,
        Step("press", SUBMIT),
    ),
    "declined first": (
        Step("wait", "#OrderDetails-TotalAmount"),
        _choice("press", "testid:card-accordion-item-button"), _EMAIL, *_by("#{}", cardNumber=DECLINED), _NO_SAVING,
        Step("press", SUBMIT),
        Step("wait", "#cardNumber[aria-invalid=true]"), Step("wait", ".FieldError span[role=alert]"),
        Step("fill", "#cardNumber", GOOD), Step("wait", "#cardNumber[aria-invalid=false]"), Step("press", SUBMIT),
    ),
    "saved with a phone number": (
        Step("wait", "testid:order-details-footer-subtotal-amount"), Step("wait", "testid:line-item-product-name"),
        _choice("press", "testid:card-accordion-item-button"), _EMAIL, *_by("#{}"),
        Step("tick", "#enableStripePass"), Step("fill", "#phoneNumber", "2015550123"), Step("press", SUBMIT),
    ),
}  # fmt: skip

EVERYWHERE = ("placeholders", "autocomplete")
"""Those that go by no name that only the whole page has: they run through where fields have frames of their own too."""

CASES = [
    (name, layout) for name in SEQUENCES for layout in (*HOSTED, *FRAMES) if layout in HOSTED or name in EVERYWHERE
]
