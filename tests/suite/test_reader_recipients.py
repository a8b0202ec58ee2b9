"""To whom a receipt is billed: the company, the buyer, whom the site names besides, or a stranger."""

from __future__ import annotations

import pytest

from steps.readers.invoices.recipients import another_order_on, stranger_on

KNOWN = ["Acme Studio Ltd", "Ada Byron", "ada@example.com"]
SHOWN = ["Acme’s workspace", "Billing", "Bill to the company"]


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("Receipt 7\nBill to: Acme Studio Ltd\nTotal $38.00", ""),
        ("Receipt 7\nBilled to\nAda Byron\nTotal $38.00", ""),
        ("Receipt 7\nBill to Date paid\nAcme Studio Ltd 2 May 2026", ""),
        ("Receipt 7\nBilled to\nAcme’s workspace\nTotal $38.00", ""),
        ("Receipt 7\nTotal $38.00", ""),
        ("Receipt 7\nBill to: Globex\nTotal $38.00", "Globex"),
        ("Receipt 7\nBilled to\nGlobex Trading\nTotal $38.00", "Globex Trading"),
        ("Receipt 7\nBilled to", ""),
    ],
)
def test_a_receipt_is_billed_to_somebody_who_is_known(text: str, stranger: str) -> None:
    assert stranger_on(text, KNOWN, SHOWN) == stranger


@pytest.mark.parametrize(
    ("line", "another"),
    [
        ("PO Number: 001871", ""), ("PO Number PO-7781", "PO Number PO-7781"), ("PO Number  Date 2 November 2026", ""),
        ("PO Number", ""), ("Purchase order PO-7781", ""),
    ],
)  # fmt: skip
def test_a_receipt_has_the_po_number_that_was_entered(line: str, another: str) -> None:
    assert another_order_on(line, "001871", ["PO Number", "PO No."]) == another
    assert another_order_on(f"{line}\n001871", "001871", ["PO Number"]) == ""
    assert another_order_on(line, "", ["PO Number"]) == ""
