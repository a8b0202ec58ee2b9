"""Packages that a slider leads through: each of them shows once the slider stands at its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.pages.input_device import slide
from steps.readers.packages.offer import CREDITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ElementHandle

_MOST_PLACES = 60
_SPOKEN = "one => one.getAttribute('aria-valuetext') ?? ''"
_PLACE = "one => one.getAttribute('aria-valuenow') ?? String(one.value ?? '')"


@dataclass(frozen=True)
class Place:
    """A place of a slider: its value as the page keeps it, and what shows there and nowhere else."""

    value: str
    text: str


def place_of(slider: ElementHandle) -> str:
    """Return the value of a slider as the page keeps it."""
    return str(slider.evaluate(_PLACE))


def places_of(slider: ElementHandle, lines: Callable[[], list[str]]) -> list[Place]:
    """Lead a slider through all its places by its keys, and back; [] where none of them tells of credits."""
    before, seen = place_of(slider), list[tuple[str, list[str]]]()
    slide(slider, 0)
    while len(seen) < _MOST_PLACES and place_of(slider) not in {value for value, _ in seen}:
        seen.append((place_of(slider), [*lines(), slider.evaluate(_SPOKEN)]))
        slider.press("ArrowRight")
    slide(slider, next((at for at, (value, _) in enumerate(seen) if value == before), 0))
    always = Counter(seen[0][1])
    for _, texts in seen:
        always &= Counter(texts)
    places = [Place(value, _own(texts, always)) for value, texts in seen]
    return places if len(places) > 1 and all(CREDITS.search(one.text) for one in places) else []


def _own(texts: list[str], always: Counter[str]) -> str:
    """Return what is told at one place alone: first what shows, or else what is spoken."""
    shown = [text for text, many in Counter(texts[:-1]).items() if many > always[text]]
    return " ".join(shown if any(map(CREDITS.search, shown)) else [texts[-1], *shown])
