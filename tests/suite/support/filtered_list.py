"""A list of three payments that controls filter, for tests of how a person filters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
TABLE = """<table><tr><th>Invoice</th><th>Date</th><th>Item</th><th>Amount</th></tr><tbody id=rows></tbody></table>"""
DRAW = """<script>const all = [["INV-3", "Nov 3, 2026", "6,000 credits", "$60.00"],
  ["INV-2", "Nov 2, 2026", "4,000 credits", "$40.00"], ["INV-1", "Nov 1, 2026", "Pro plan", "$49.00"]];
const wanted = (kind) => (kind === "All" ? "" : kind.slice(0, -1).toLowerCase());
const draw = (kind = "") => { rows.innerHTML = all.filter((one) => one[2].includes(wanted(kind)))
  .map((one) => `<tr>${one.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join(""); }; draw("");</script>"""


def show(page: Page, controls: str) -> Invoices:
    page.set_content(f"<h2>Invoices</h2>{controls}{TABLE}{DRAW}<h2>Help</h2><button>Credits</button>")
    return Invoices(page, PROFILE)


def numbers(invoices: Invoices) -> list[str]:
    return [one.number for one in invoices.all()]
