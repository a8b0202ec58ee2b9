"""Receipts as PDF."""

from __future__ import annotations

from typing import Any


def pdf(invoice: dict[str, Any], workspace: str) -> bytes:
    """Give the receipt of an invoice."""
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    page.cell(text=f"Receipt {invoice['number']} {workspace}".encode("latin-1", "replace").decode("latin-1"))
    return bytes(page.output())
