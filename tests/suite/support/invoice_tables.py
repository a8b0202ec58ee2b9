"""Invoices as a table lists them, for tests of what is read from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.invoices.invoices import Invoice, read_invoices
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
TWO = (("INV-2", "Nov 2, 2026", "4,000 credits", "$40.00"), ("INV-1", "Nov 1, 2026", "Pro plan", "$49.00"))
HEAD = ("Invoice", "Date", "Description", "Amount", "Receipt")
LINK = "<a href='#r'>Download receipt</a>"


def invoices(page: Page, html: str, profile: Profile = PROFILE) -> tuple[Invoice, ...]:
    page.set_content(f"<h2>Current Plan</h2><p>Pro $49.00, renews Dec 1, 2026</p><h2>Invoices</h2>{html}")
    found = read_invoices(capture(page), profile)
    assert isinstance(found, Fact), found
    return found.value


def table(rows: tuple[tuple[str, ...], ...] = TWO, head: tuple[str, ...] = HEAD) -> str:
    top = "".join(f"<th>{one}</th>" for one in head)
    return (
        f"<table><tr>{top}</tr>" + "".join(f"<tr>{cells(row, 'td')}<td>{LINK}</td></tr>" for row in rows) + "</table>"
    )


def cells(row: tuple[str, ...], tag: str) -> str:
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in row)


FLEX = "<style>.r{display:flex}.r>*{flex:1}.g{display:grid;grid-template-columns:repeat(5,1fr)}</style>"
