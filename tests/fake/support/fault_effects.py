"""What faults of a kind change of what the tour sees, by the names that the tour gives it."""

from __future__ import annotations

FIGURES = {"buying: anew", "buying: shown", "buying: shown again"}
SHOWN = {*FIGURES, "buying: bar"}
BUYING = {
    "what a colleague buys",
    "a minute after buying two", "after Log out", "after signing in", "being told twice of a payment",
    "buying a month later", "buying a smaller one", "buying at the month's end", "buying before a downgrade",
    "buying in mid-month", "buying on Basic", "buying three",
    "buying twice the same", "buying two", "buying with no credit left", "buying with used add-on ones",
    "closing the tab after paying", "later", "paying on a second page", "what a colleague sees",
}  # fmt: skip
AGAIN = {
    "a minute after buying two", "buying a smaller one", "buying three", "buying twice the same", "buying two",
}  # fmt: skip
PRICE = {
    "mailed", "price without credits",
    "a second payment page", "buying a smaller one", "buying at the month's end", "buying three",
    "buying twice the same", "buying two", "buying: charged", "buying: invoice", "choosing another after leaving",
}  # fmt: skip
BUTTONS = {
    "Billing afterwards", "buttons on Business", "buying a month later", "buying at the month's end", "sections",
}  # fmt: skip
CREDITS = {"credits", "credits with used add-on ones"}
RUNS = {"running", "running after buying", "running after buying on a long text", "running on a long text"}
PURCHASE_INVOICE = {
    "invoices after signing in", "mailed", "buying: invoice", "invoices a colleague sees", "invoices afterwards",
    "later", "mail afterwards",
}  # fmt: skip
POPUP = {"buying at the month's end", "packages", "packages afterwards"}
MENU = {"menu", "menu on users"}
GRANT = {"buying: granted", "shown of three", *SHOWN, *BUYING}

BOUGHT_RUNS = {
    "running on what was bought", "running on what was bought after that", "running on what a colleague bought",
}  # fmt: skip
