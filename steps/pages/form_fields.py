"""Where the fields of a payment page's form are, and what they hold: in one frame or in several.

Fields are found by their published ids first, then by the names that browsers use for autofill, else by what they are
called (the words behind "~~"), in the frame with the card number and in those that hold the rest of its form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError

from steps.pages.card_fields import CARD_NUMBER, CONTACT, TERMS
from steps.pages.page_scripts import script
from steps.pages.polling import is_navigation_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from playwright.sync_api import ElementHandle, Frame

_ROUND_THE_FRAME = "form:has(iframe), [role=dialog]:has(iframe), dialog:has(iframe)"
"""What holds the frame of a card and the rest of its form, on the page around the frame."""


@dataclass(frozen=True)
class Field:
    """A field as it was found."""

    frame: Frame
    scope: str
    selector: str
    now: Any


class FormFields:
    """The fields around the card's; `frame` is the frame with the card number."""

    def __init__(self, frame: Frame, others: Iterable[Frame] = ()) -> None:
        self.frame = frame
        self._others = tuple(others)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames that may be typed into, the one with the card number first."""
        return (self.frame, *self._others)

    def addresses(self) -> tuple[str, ...]:
        """Return the URLs of the frames that are typed into and of those around them, but for that of the page."""
        return tuple(frame.url for frame in self.around())

    def frame_elements(self) -> list[ElementHandle]:
        """Return the elements of those frames, that with the card number first."""
        return [frame.frame_element() for frame in dict.fromkeys(self.around())]

    def around(self) -> Iterator[Frame]:
        """Yield the frames that are typed into and those around them, each from the inmost on, without the page."""
        for frame in self.frames:
            if frame.is_detached():
                raise PlaywrightError("A frame with the card's fields has gone.")
            at: Frame | None = frame
            while at is not None and at.parent_frame is not None:
                yield at
                at = at.parent_frame

    def left_empty(self) -> list[str]:
        """Return what the fields are called that are empty, whether they must be filled or not."""
        return [str(one["name"]) for frame, scope in self._places() for one in self._wanted(frame, scope, every=True)]

    def _wanted(self, frame: Frame, scope: str, *, every: bool = False) -> list[Any]:
        given = {"scope": scope, "anchors": anchors_of(scope), "all": every}
        found: list[Any] = frame.evaluate(script("wanted"), given)
        return found

    def _not_held(self, typed: Sequence[tuple[Field, str]]) -> list[str]:
        """Return the selectors of the fields that do not hold what was typed; lists are chosen from for certain."""
        lost: list[str] = []
        written = [(field, text) for field, text in typed if not field.now["list"]]
        for place in dict.fromkeys((field.frame, field.scope) for field, _ in written):
            here = [[field.selector, text] for field, text in written if (field.frame, field.scope) == place]
            held = place[0].evaluate(script("held"), {"scope": place[1], "typed": here})
            lost += [selector for (selector, _), is_held in zip(here, held, strict=True) if not is_held]
        return lost

    def _handle(self, field: Field) -> ElementHandle | None:
        given = {"scope": field.scope, "selector": field.selector}
        return field.frame.evaluate_handle(script("field"), given).as_element()

    def _places(self) -> list[tuple[Frame, str]]:
        """Return where the form is: whole frames, and of a page around a frame only what holds it."""
        around = [(one, _scope_round(one)) if _is_around(one, self.frame) else (one, "") for one in self._others]
        return [(self.frame, ""), *around]

    def _find(self, *selectors: str) -> dict[str, Field]:
        """Return each field, from the first place that has it ready."""
        found: dict[str, Field] = {}
        for frame, scope in self._places():
            left = [one for one in selectors if one not in found or not found[one].now["ready"]]
            if not left:
                break
            states = frame.evaluate(script("fields"), {"scope": scope, "selectors": left})
            for selector, now in zip(left, states, strict=True):
                if selector not in found or now["ready"]:
                    found[selector] = Field(frame, scope, selector, now)
        return found


def shows_field(frame: Frame, *selectors: str) -> bool:
    """Whether one of the fields shows in a frame; in one that is being replaced none does by its words."""
    if any(frame.locator(one.partition(" ~~ ")[0]).first.is_visible() for one in selectors):
        return True
    try:
        found = frame.evaluate(script("fields"), {"scope": "", "selectors": list(selectors)})
    except PlaywrightError as error:
        if not is_navigation_error(error):
            raise
        return False
    return any(one["shown"] for one in found)


def anchors_of(scope: str) -> tuple[str, ...]:
    """Return what stands in the form: the card's number, in a step before it the buyer, in one behind it the terms."""
    return ("iframe",) if scope else (CARD_NUMBER, *CONTACT, TERMS)


def _is_around(outer: Frame, inner: Frame) -> bool:
    at = inner.parent_frame
    while at is not None and at is not outer:
        at = at.parent_frame
    return at is outer


def _scope_round(frame: Frame) -> str:
    return _ROUND_THE_FRAME if frame.locator(_ROUND_THE_FRAME).count() else ":root"
