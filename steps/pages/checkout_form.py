"""The form of a payment page: the buyer, the card, and whatever else such pages are configured to ask for.

Fields are found by their published ids first, then by the names that browsers use for autofill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from steps.pages.page_scripts import script

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

    from steps.pages.input_device import InputDevice
    from steps.targets.test_cards import Card

CARD_NUMBER = "#cardNumber, input[autocomplete='cc-number'], input[name='cardNumber'], input[name='cardnumber']"
EXPIRY = "#cardExpiry, input[autocomplete='cc-exp'], input[name='cardExpiry'], input[name='exp-date']"
CVC = "#cardCvc, input[autocomplete='cc-csc'], input[name='cardCvc'], input[name='cvc']"
_NAME = "#billingName, input[autocomplete='cc-name'], input[name='billingName']"
_EMAIL = "#email, input[type=email]"
_HOME = "US"
"""The country of the generated buyer, in ISO 3166-1."""
_PLACE = "(list, code) => [...list.options].findIndex((one) => one.value === code)"
_COUNTRY = "#billingCountry, select[name='billingCountry']"
_STREET = "#billingAddressLine1, input[autocomplete~='address-line1'], input[autocomplete~='street-address']"
_TOWN = "#billingLocality, input[autocomplete~='address-level2']"
_STATE = "#billingAdministrativeArea, select[autocomplete~='address-level1'], input[autocomplete~='address-level1']"
_POSTCODE = "#billingPostalCode, input[autocomplete~='postal-code'], input[name='billingPostalCode']"
_PHONE = "#phoneNumber, input[name='phoneNumber'], input[autocomplete~='tel']"
_SAVE = "#enableStripePass, input[name='enableStripePass']"
_TERMS = "#termsOfServiceConsentCheckbox, input[name='termsOfServiceConsentCheckbox'], input[type=checkbox][required]"


class CheckoutForm:
    """The form that contains the card's fields; `frame` is the frame that contains it."""

    def __init__(self, frame: Frame, device: InputDevice) -> None:
        self._frame = frame
        self._device = device

    def fill_contact_details(self, email: str) -> None:
        """Fill in name and address: nothing of a card yet, but the country may change what is asked for."""
        mail, country = self._now(_EMAIL, _COUNTRY)
        if not mail["filled"]:
            self._enter(_EMAIL, mail, email)
        if country["choice"] != _HOME:
            self._enter(_COUNTRY, country, _HOME)

    def enter(self, card: Card) -> None:
        """Type the card and related fields, wherever they are asked for, and accept the terms."""
        always = {CARD_NUMBER: card.number, EXPIRY: card.expiry, CVC: card.cvc, _NAME: card.holder}
        always |= {_POSTCODE: card.postcode}
        entries = always | {_STREET: card.street, _TOWN: card.town, _STATE: card.state, _PHONE: card.phone}
        *fields, save, terms = self._now(*entries, _SAVE, _TERMS)
        now = dict(zip(entries, fields, strict=True))
        if save["checked"]:
            self._device.force_click(self._first(_SAVE))  # before the rest: it may be why a phone number is asked for
            now[_PHONE] = self._now(_PHONE)[0]
        for selector, field in now.items():
            self._enter(selector, field, entries[selector])
        # What was typed may have brought the fields that were not there before.
        late = [selector for selector in always if not now[selector]["ready"]]
        for selector, field in zip(late, self._now(*late) if late else [], strict=True):
            self._enter(selector, field, entries[selector])
        if terms["ready"] and not terms["checked"]:
            self._device.force_click(self._first(_TERMS))

    def _enter(self, selector: str, now: Any, text: str) -> None:
        """Fill in a field, if it is there and editable; a list without that option stays as it is."""
        if not now["ready"]:
            return
        if not now["list"]:
            self._device.fill(self._first(selector), text)
        elif (place := self._first(selector).evaluate(_PLACE, text)) >= 0:
            self._device.select(self._first(selector), place)

    def _first(self, selector: str) -> Locator:
        return self._frame.locator(selector).first

    def _now(self, *selectors: str) -> list[Any]:
        """Return the state of several fields at once: ready, filled, list, choice, checked."""
        return cast("list[Any]", self._frame.evaluate(script("fields"), selectors))
