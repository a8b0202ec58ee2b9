"""Past payments: rows, days, filters, pages and receipts."""
