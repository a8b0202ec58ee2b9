"""Rows of a list of invoices, for tests of how a person goes through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
HEAD = "<h2>Invoices</h2>"
ROW = "<tr><td>INV-{0}</td><td>Nov {0}, 2026</td><td style='display: inline'>{0},000 credits</td><td>${0}.00</td></tr>"
TABLE = "<table><tr><th>Invoice</th><th>Date</th><th>What</th><th>Amount</th></tr>{}</table>"


def rows(*numbers: int) -> str:
    return "".join(ROW.format(number) for number in numbers)


def numbers(page: Page) -> list[str]:
    return [one.number for one in Invoices(page, PROFILE).all()]
