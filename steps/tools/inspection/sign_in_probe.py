"""The first stop: the sign-in page, and what it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.pages.sign_in import SignInPage
from steps.tools.inspection.finding import Advice, Finding, State
from steps.tools.inspection.label_suggestions import named_elements

if TYPE_CHECKING:
    from steps.actors.member import Member

_WAY_IN = re.compile(r"^\W*(?:sign|log)[ -]?in\b|^\W*login\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:google|microsoft|sso|single sign|okta|github|apple|magic link|code)\b", re.IGNORECASE)


def inspect_sign_in(visitor: Member) -> Finding:
    """Report which fields the sign-in page shows. Raises TargetUnavailableError if the site does not answer."""
    profile = visitor.target.profile
    visitor.navigation.visit(profile.routes.sign_in)
    page = SignInPage(visitor.page, profile)
    among = named_elements(visitor.page.locator("body")) if not page.until(page.is_shown, profile.limits.page) else []
    if not among:
        fields = visitor.page.locator("input:visible")
        names = [fields.nth(index).get_attribute("type") or "text" for index in range(min(fields.count(), 5))]
        ways = [str(one) for one in named_elements(visitor.page.locator("body")) if _ELSEWHERE.search(one.name)][:4]
        others = f"; other ways: {', '.join(ways)}" if ways else ""
        return Finding("sign-in page", State.FOUND, f"asks for {' and '.join(names) or 'something'}{others}")
    link = visitor.page.get_by_role("link", name=_WAY_IN).first
    address = str(link.evaluate("el => el.href")) if link.count() else ""
    route = urlsplit(address)._replace(scheme="", netloc="").geturl() if address else ""
    advice = Advice("routes.sign_in", route) if route else None
    return Finding(
        "sign-in page", State.MISSING, "no field for an e-mail or a password", advice, tuple(map(str, among))
    )
