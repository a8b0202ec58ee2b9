"""What `doctor` and `init` propose where a site writes the day before the month and its profile does not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.targets.profile import Profile
from steps.tools.inspection.day_order import day_order

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("language", "days", "locale", "proposed"),
    [
        ("en", "29/11/2026 and 09/06/2026", "en-US", "en-GB"),
        ("pt-BR", "29/11/2026", "en-US", "pt-BR"),
        ("en", "11/29/2026", "en-US", ""),
        ("en", "09/06/2026", "en-US", ""),
        ("en", "29/11/2026 and 11/29/2026", "en-US", ""),
        ("en", "29/11/2026", "en-IN", ""),
        ("en", "29 Nov 2026", "en-US", ""),
    ],
)
def test_the_locale_is_proposed_where_days_come_first(
    page: Page, language: str, days: str, locale: str, proposed: str
) -> None:
    page.set_content(f"<html lang={language}><h2>Invoices</h2><p>INV-1</p><p>{days}</p>")
    found = day_order(page, Profile(locale=locale))
    assert (str(found.advice) if found else "") == (f'locale = "{proposed}"' if proposed else "")
    assert found is None or "29/11/2026" in found.how
