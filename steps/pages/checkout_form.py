"""Filling in the form of a payment page: the buyer, the card, and whatever else it is configured to ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from steps.pages.card_fields import (
    CARD_NUMBER,
    COUNTRY,
    CVC,
    EMAIL,
    EXPIRY,
    FIRST_NAME,
    INSTALLMENTS,
    KIND,
    LAST_NAME,
    MONTH,
    NAME,
    PHONE,
    POSTCODE,
    SAVE,
    STATE,
    STREET,
    TERMS,
    TOWN,
    YEAR,
)
from steps.pages.form_fields import Field, FormFields, anchors_of
from steps.pages.page_scripts import script
from steps.readers.checkout.card_kinds import kind_among
from steps.safety.payment_session import place_of
from steps.verdicts.verdict import NotVerifiedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from playwright.sync_api import ElementHandle, Frame

    from steps.pages.input_device import InputDevice
    from steps.targets.test_cards import Card

_HOME = ("US", "United States", "United States of America", "USA")
"""The country of the generated buyer: in ISO 3166-1, and as lists call it."""
_CHOICE = """(list, words) => [...list.options].findIndex(
  (one) => words.some((word) => one.value === word || one.text.trim() === word))"""
_BEGINS = """(list, begin) => [...list.options].findIndex((one) => new RegExp(begin, 'iu').test(one.text))"""
_AT_ONCE = r"^\W*(1 ?[x\u00d7]|(1|one|a single) (payment|instal+ment)\b|(full payment|(pay|payment) in full|in full)\b)"
"""How the choice to pay all at once begins, in a list of installments."""
_NAMED = {
    CARD_NUMBER: "card number",
    EXPIRY: "expiry",
    CVC: "security code",
    MONTH: "month of expiry",
    YEAR: "year of expiry",
}
_OF_A_CARD = re.compile(r"\b(?:card|cvc|cvv|security code|expir\w*|valid|mm)\b", re.IGNORECASE)
_FREE = {
    "number": "1",
    "tel": "+12015550123",
    "email": "qa@example.com",
    "date": "2034-12-31",
    "url": "https://example.com",
}
"""What is given to a field of a merchant's own that must be filled, by its type."""


class CheckoutForm(FormFields):
    """The form around the card's fields; `frame` is the frame with the card number."""

    def __init__(self, frame: Frame, device: InputDevice, others: Iterable[Frame] = ()) -> None:
        super().__init__(frame, others)
        self._device = device
        self._place: tuple[str, ...] = ()
        self._number = ""
        self._besides: Mapping[str, str] = {}

    def handles(self) -> dict[str, ElementHandle]:
        """Return the fields of the card that show, by name."""
        found = self._find(CARD_NUMBER, EXPIRY, MONTH, YEAR, CVC)
        handles = {f"the {_NAMED[one]}": self._handle(field) for one, field in found.items() if field.now["ready"]}
        return {name: handle for name, handle in handles.items() if handle is not None}

    def fill_contact_details(self, email: str, buyer: Card, besides: Mapping[str, str] | None = None) -> None:
        """Fill in who buys: nothing of a card yet, but country and postcode may change what is asked for.

        `besides` maps the words that further fields begin with to what is typed, or how what is chosen there begins.
        """
        self._besides = besides or {}
        first = self._find(EMAIL, COUNTRY, SAVE)
        if not first[EMAIL].now["filled"]:
            self._enter(first[EMAIL], (email,))
        country = first[COUNTRY].now
        if country["choice"] not in _HOME and not (country["filled"] and not country["list"]):
            self._enter(first[COUNTRY], _HOME if country["list"] else _HOME[1:])
        if first[SAVE].now["checked"]:
            self._press(first[SAVE])  # before the rest: it may be why a phone number is asked for
        self._fill_details(buyer)

    def enter(self, card: Card, place: tuple[str, ...] = ()) -> None:
        """Type the card, field by field, while the form stays in the place that was judged, and what it wants besides.

        Raises RefusedError where it has moved, and NotVerifiedError where a field does not take what is typed.
        """
        self._place, self._number = place, card.number
        self._choose_kind()
        self._type_card(card)
        self._fill_details(card)  # what was typed may have brought fields that were not there before
        self.complete()

    def complete(self) -> None:
        """Accept the terms, and fill in what is asked for besides. Raises NotVerifiedError naming what is left."""
        terms = self._find(TERMS)[TERMS]
        if terms.now["ready"] and not terms.now["checked"]:
            self._press(terms)
        self._fill_the_rest()

    def _fill_details(self, buyer: Card) -> None:
        """Fill in whatever is asked for of the buyer and still empty: what the profile names before the usual."""
        self._fill_further()
        first, _, last = buyer.holder.partition(" ")
        entries = {
            NAME: buyer.holder, FIRST_NAME: first, LAST_NAME: last, STREET: buyer.street, TOWN: buyer.town,
            STATE: buyer.state,
            POSTCODE: buyer.postcode, PHONE: buyer.phone,
        }  # fmt: skip
        for selector, field in self._find(*entries).items():
            if not field.now["filled"]:
                self._enter(field, (entries[selector],))

    def _fill_further(self) -> None:
        further = {f":not(*) ~~ ^{_escaped(words)}": value for words, value in self._besides.items()}
        beginnings = {INSTALLMENTS: _AT_ONCE} | {one: f"^{_escaped(value)}" for one, value in further.items()}
        for selector, field in self._find(*beginnings).items():
            if field.now["ready"] and not field.now["filled"]:
                self._enter_further(field, further.get(selector, ""), beginnings[selector])

    def _enter_further(self, field: Field, value: str, begin: str) -> None:
        """Type a value into a field, or choose of a list what begins as a pattern says."""
        handle = self._handle(field)
        if handle is None:
            return
        self._check_place(handle)
        if not field.now["list"]:
            self._device.fill(handle, value)
        elif (place := handle.evaluate(_BEGINS, begin)) >= 0:
            self._device.select(handle, place)

    def _choose_kind(self) -> None:
        """Choose the kind of the card in a list of kinds, if there is one that has it."""
        field = self._find(KIND)[KIND]
        handle = self._handle(field) if field.now["ready"] else None
        if handle is None:
            return
        self._check_place(handle)
        kinds = handle.evaluate("(list) => [...list.options].map((one) => one.value && !one.disabled ? one.text : '')")
        if (at := kind_among(kinds, self._number)) >= 0:
            self._device.select(handle, at)

    def _type_card(self, card: Card) -> None:
        month, year = (part.strip() for part in card.expiry.split("/"))
        found = self._find(CARD_NUMBER, EXPIRY, CVC, MONTH, YEAR)
        years = (year[-2:], f"20{year[-2:]}")
        ways = {
            CARD_NUMBER: (card.number,),
            EXPIRY: _expiries(month.zfill(2), year[-2:], found[EXPIRY].now),
            CVC: (card.cvc,),
            MONTH: (month.zfill(2), month.lstrip("0")),
            YEAR: years if 0 <= found[YEAR].now["most"] < 4 else years[::-1],
        }
        ready = {selector: field for selector, field in found.items() if field.now["ready"]}
        for selector, field in ready.items():
            self._enter(field, ways[selector])
        for selector in self._not_held([(field, ways[selector][0]) for selector, field in ready.items()]):
            self._enter_otherwise(ready[selector], ways[selector])
        self._check_expiry(ready)

    def _check_expiry(self, ready: dict[str, Field]) -> None:
        if EXPIRY in ready or (MONTH in ready and YEAR in ready):
            return
        if wanted := [one["name"] for frame, scope in self._places() for one in self._wanted(frame, scope)]:
            raise NotVerifiedError(
                f"The payment page has no known field for the expiry; still empty: {', '.join(wanted)}."
            )

    def _enter_otherwise(self, field: Field, ways: Sequence[str]) -> None:
        """Type what a field has not kept once more, in each way to write it, and read it back."""
        for way in ways:
            self._enter(field, (way,))
            if not self._not_held([(field, way)]):
                return
        raise NotVerifiedError(
            f"The payment page's field for the {_NAMED[field.selector]} does not keep what is typed."
        )

    def _fill_the_rest(self) -> None:
        """Fill in what a merchant asks for besides and must be given. Raises NotVerifiedError naming what is left."""
        for frame, scope in self._places():
            self._press_kind(frame, scope)
            for at, one in reversed(list(enumerate(self._wanted(frame, scope)))):
                given = {"scope": scope, "anchors": anchors_of(scope), "pick": at}
                field = frame.evaluate_handle(script("wanted"), given).as_element()
                if field is None or one["kind"] == "radio" or _OF_A_CARD.search(one["name"]):
                    continue
                self._check_place(field)
                if one["kind"] == "list":
                    self._device.select(field, one["option"])
                elif one["kind"] == "checkbox":
                    self._device.force_click(field)
                else:
                    self._device.fill(field, _FREE.get(one["kind"], "Test"))
            if left := [str(one["name"]) for one in self._wanted(frame, scope)]:
                raise NotVerifiedError(f"The payment page wants “{'”, “'.join(left)}”, which the suite could not fill.")

    def _press_kind(self, frame: Frame, scope: str) -> None:
        """Press the kind of the card where kinds are radio buttons, and one of them must be chosen."""
        kinds = [one["name"] if one["kind"] == "radio" else "" for one in self._wanted(frame, scope)]
        if (at := kind_among(kinds, self._number)) < 0:
            return
        given = {"scope": scope, "anchors": anchors_of(scope), "pick": at}
        if field := frame.evaluate_handle(script("wanted"), given).as_element():
            self._check_place(field)
            self._device.force_click(field)

    def _enter(self, field: Field, ways: Sequence[str]) -> None:
        """Fill in a field, if it is there and editable; a list without that option stays as it is, unless of a card."""
        if not field.now["ready"]:
            return
        handle = self._handle(field)
        if handle is None:
            return
        self._check_place(handle)
        if not field.now["list"]:
            self._device.fill(handle, ways[0])
        elif (place := handle.evaluate(_CHOICE, list(ways))) >= 0:
            self._device.select(handle, place)
        elif field.selector in _NAMED:
            raise NotVerifiedError(f"The payment page's list for the {_NAMED[field.selector]} has no {ways[0]}.")

    def _press(self, field: Field) -> None:
        if (handle := self._handle(field)) is not None:
            self._device.force_click(handle)

    def _check_place(self, field: ElementHandle) -> None:
        """Stop where the page or a frame is no longer what was judged; a handle reaches no other document."""
        if not self._place:
            return
        own = str(field.evaluate("(el) => el.ownerDocument.location.href"))
        here = (self.frame.page.url, *self.addresses())
        frame = field.owner_frame()
        if tuple(map(place_of, here)) != self._place or (frame and place_of(own) != place_of(frame.url)):
            raise RefusedError(
                "The payment page or a frame of it went elsewhere while the card was typed: that stopped."
            )


def _escaped(words: str) -> str:
    """Return words as a pattern of a page's script."""
    return re.sub(r"([.*+?^${}()|\[\]\\/])", r"\\\1", words)


def _expiries(month: str, year: str, now: Any) -> tuple[str, ...]:
    """Return the ways to write an expiry, the one that a field is likely to want first."""
    ways = [f"{month} / {year}", f"{month}/{year}", f"{month}{year}", f"{month}/20{year}"]
    if now["kind"] == "month":
        ways.insert(0, f"20{year}-{month}")
    elif re.search(r"Y{4}|J{4}|A{4}", now["hint"], re.IGNORECASE):
        ways.insert(0, ways.pop())
    fitting = [way for way in ways if now["most"] < 0 or len(way) <= now["most"]]
    return tuple(fitting or ways)
