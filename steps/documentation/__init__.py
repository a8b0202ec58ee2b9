"""What the documentation promises, and what no page says: the one place that names pages, promises and assumptions.

Tags in the features point here (`@doc:buy-credits.4b`, `@assumption:sign-in`); reports take titles and order from here,
`acceptance check` holds the features against it, and `acceptance drift` holds the published page against it.
"""

from __future__ import annotations

from steps.documentation.assumptions import ASSUMPTIONS
from steps.documentation.billing import BILLING, UPGRADE_DOWNGRADE
from steps.documentation.buy_credits import BUY_CREDITS
from steps.documentation.model import Assumption, Page, Promise
from steps.documentation.product import CREDIT_USE, SIGN_IN, USERS

PAGES: tuple[Page, ...] = (BUY_CREDITS, BILLING, UPGRADE_DOWNGRADE, SIGN_IN, USERS, CREDIT_USE)
"""The documentation pages that have features: the one that the suite is about, then those that it touches."""

PROMISES: dict[str, Promise] = {promise.tag: promise for page in PAGES for promise in page.promises}
"""Every promise by what `@doc:` names, in the documentation's order."""

__all__ = ["ASSUMPTIONS", "PAGES", "PROMISES", "Assumption", "Page", "Promise", "page_of"]


def page_of(tag: str) -> Page | None:
    """Return the page that a tag like "buy-credits.3" or "buy-credits" points to."""
    return next((page for page in PAGES if page.name == tag.partition(".")[0]), None)
