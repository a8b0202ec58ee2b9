"""Receipts as PDF, one page each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_backend.site.view_data import SUPPORT, day

if TYPE_CHECKING:
    from fpdf import FPDF

# The fonts that every PDF reader has know Latin-1 only. A name in another script needs one of the machine's own.
_WIDE_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
_COMPANY = (("company_name", ""), ("tax_id", "Tax ID: "), ("po_number", "PO number: "), ("email", ""))
_ACCENT = (74, 54, 216)
_INK = (25, 26, 35)
_MUTED = (90, 93, 110)
_WIDTH = 170  # mm between the margins


def pdf(invoice: dict[str, Any], workspace: str) -> bytes:
    """Return the receipt of an invoice, with the company data it was issued for."""
    paper = _Paper(f"{workspace}{invoice['information']}{invoice['description']}")
    paper.heading(invoice)
    paper.billed_to(invoice["information"], workspace)
    paper.goods(invoice)
    paper.footer()
    return bytes(paper.document.output())


class _Paper:
    """An A4 page that is written from top to bottom."""

    def __init__(self, text: str) -> None:
        from fpdf import FPDF

        self.document: FPDF = FPDF(format="A4")
        self.document.set_margin(20)
        self.document.set_auto_page_break(auto=False)
        self.document.add_page()
        self._family = "helvetica"
        self._wide = self._take_wide_font() if not _is_latin(text) else False

    def _take_wide_font(self) -> bool:
        found = next((font for font in _WIDE_FONTS if Path(font).is_file()), None)
        if found is not None:
            self._family = "wide"
            self.document.add_font("wide", "", found)
            self.document.add_font("wide", "B", found)
        return found is not None

    def _say(self, text: str, width: float = 0, *, end: bool = True, align: str = "L") -> None:
        text = text if self._wide else _latin(text)
        self.document.cell(
            width, 6, text, align=align, new_x="LMARGIN" if end else "RIGHT", new_y="NEXT" if end else "TOP"
        )

    def _ink(self, size: float, colour: tuple[int, int, int] = _INK, style: str = "") -> None:
        self.document.set_font(self._family, style, size)
        self.document.set_text_color(*colour)

    def heading(self, invoice: dict[str, Any]) -> None:
        """Write the title, the invoice number and the day."""
        self._ink(20, _ACCENT, "B")
        self._say("Diaflow", 85, end=False)
        self._ink(20, style="B")
        self._say("Receipt", 85, align="R")
        self.document.ln(8)
        for label, value in (("Invoice number", invoice["number"]), ("Date paid", day(invoice["at"]))):
            self._ink(10, _MUTED)
            self._say(label, 40, end=False)
            self._ink(10)
            self._say(value)
        self.document.ln(6)

    def billed_to(self, information: dict[str, str], workspace: str) -> None:
        """Write the company data, as the company wants it on its receipts."""
        self._ink(10, _MUTED)
        self._say("Billed to")
        self._ink(10)
        lines = [f"{label}{information[name]}" for name, label in _COMPANY if information.get(name)]
        for line in lines or [workspace]:
            self.document.multi_cell(_WIDTH, 6, line if self._wide else _latin(line), align="L")
            self.document.set_x(20)
        self.document.ln(6)

    def goods(self, invoice: dict[str, Any]) -> None:
        """Write what was bought for how much."""
        self._ink(10, _MUTED)
        self._say("Description", 120, end=False)
        self._say("Amount", 50, align="R")
        self._rule()
        self._ink(11)
        self._say(invoice["description"], 120, end=False)
        self._say(invoice["amount_label"], 50, align="R")
        self._rule()
        self._ink(12, style="B")
        self._say("Amount paid", 120, end=False)
        self._say(invoice.get("total_label", invoice["amount_label"]), 50, align="R")

    def footer(self) -> None:
        """Write whom to ask, and that no money was moved."""
        self.document.set_y(-32)
        self._ink(9, _MUTED)
        self._say(f"Questions about this receipt? Contact {SUPPORT}.")
        self._say("Issued by a stand-in for tests: no money was moved.")

    def _rule(self) -> None:
        at = self.document.get_y() + 1.5
        self.document.set_draw_color(226, 227, 234)
        self.document.line(20, at, 20 + _WIDTH, at)
        self.document.ln(4)


def _is_latin(text: str) -> bool:
    return text == _latin(text)


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")
