"""In which order a site writes days, where the profile does not say: "09/06/2027" alone says neither day nor month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.figures.dates import orders_told
from steps.readers.page.capture import capture
from steps.readers.page.lines import layout_of
from steps.targets.profile import USUAL_LOCALE
from steps.tools.inspection.finding import Advice, Finding, State

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.targets.profile import Profile

_DAY_FIRST = re.compile(r"\b(?:1[3-9]|2\d|3[01])[/-]\d\d?[/-]\d{2,4}\b")


def day_order(page: Page, profile: Profile) -> Finding | None:
    """Return the line that says that days come first, where a page shows that and the profile does not say it."""
    seen = capture(page)
    texts = [line.text for line in layout_of(seen).lines]
    if profile.locale != USUAL_LOCALE or orders_told(texts) != {"dmy"}:
        return None
    shown = next((found[0] for text in texts if (found := _DAY_FIRST.search(text))), "")
    locale = seen.language if "-" in seen.language or seen.language[:2] not in {"", "en"} else "en-GB"
    return Finding("days", State.DIFFERS, f"the day before the month: {shown}", Advice("locale", locale))
