"""What lists of invoices are called, and their columns."""

from __future__ import annotations

COLUMNS = {
    "number": (
        "invoice", "invoices", "invoice number", "invoice no.", "invoice no", "invoice id", "invoice #",
        "number", "no.", "#",
    ),
    "date": ("date", "invoice date", "issued", "issued on", "created", "paid on", "billing date", "due date"),
    "amount": (
        "amount", "total", "price", "sum", "invoiced", "billed", "charged", "charge", "cost", "gross", "amount due",
        "invoice amount", "invoice total", "total amount",
    ),
    "paid": ("amount paid", "paid"),
    "credits": ("credits", "credit"),
    "type": ("type", "kind", "document type", "payment type", "transaction type", "category"),
    "status": ("status", "state", "payment status"),
    "discount": ("discount", "coupon", "promotion", "promo code"),
    "other": (
        "description", "item", "details", "plan", "receipt", "download", "payment method", "action", "actions", "pdf",
        "net", "tax", "vat", "gst", "subtotal",
    ),
}  # fmt: skip
"""What the columns of such lists are called."""
OTHER_TITLES = frozenset({
    "invoice history", "billing history", "payment history", "purchase history", "transaction history", "payments",
    "past invoices", "past payments", "transactions", "receipts",
})  # fmt: skip
"""What else such a section is called: its rows are payments there, whether it should be called so or not."""
