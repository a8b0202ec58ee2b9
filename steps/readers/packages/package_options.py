"""The packages in a list that the browser itself draws: its options are no part of a snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from steps.readers.packages.offer import CREDITS, Offer
from steps.readers.packages.packages import read_packages
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.snapshot import Box, Element, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile


def read_options(
    options: Sequence[tuple[str, tuple[str, ...]]], snapshot: Snapshot, element: int, profile: Profile
) -> Fact[tuple[Offer, ...]] | Unclear | Absent:
    """Return the packages among the options of a list that the browser draws: their texts and states.

    They are no part of a snapshot, because nobody sees them before the list is unfolded.
    """
    title = Element("h2", -1, Box(0, 0, 200, 20))
    drawn = (
        title,
        *(
            Element("option", -1, Box(0, 20 * at, 200, 20), "option", text, states=states)
            for at, (text, states) in enumerate(options, 1)
        ),
    )
    said = [snapshot.elements[element].name, *(one.text for one in snapshot.texts if CREDITS.search(one.text))]
    texts = [Text(" ".join(said), 0, 0, Box(0, 0, 200, 20))]
    texts += [Text(text, at, at, Box(0, 20 * at, 200, 20)) for at, (text, _) in enumerate(options, 1) if text]
    found = read_packages(msgspec.structs.replace(snapshot, elements=drawn, texts=tuple(texts)), profile)
    if isinstance(found, Fact):
        offers = tuple(replace(one, element=element, row=element, option=one.element - 1) for one in found.value)
        return Fact(offers, found.lines)
    return found
