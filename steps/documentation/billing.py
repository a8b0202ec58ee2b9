"""The pages "Billing" and "Upgrade/Downgrade a subscription": what they promise about plan, credits and payments."""

from __future__ import annotations

from steps.documentation.model import Page, Promise

BILLING = Page(
    name="billing",
    title="Billing",
    address="https://docs.diaflow.io/workspace/billing",
    promises=(
        Promise(
            "billing.1",
            "Billing shows the current plan with its credits, the billing information and the invoices",
            labels=("Current Plan & Credits", "Billing Information", "Invoices"),
        ),
        Promise("billing.2", "The current plan is shown by name"),
        Promise(
            "billing.3",
            "One credit bar shows usable and consumed credits, and monthly credits separately from add-on credits",
            labels=("Monthly credits", "Add-on credits"),
        ),
        Promise(
            "billing.4",
            "The plan can be upgraded and credits can be added, and adding credits does not change the plan",
            labels=("Upgrade plan", "Add credits"),
        ),
        Promise(
            "billing.5",
            "Billing information can be entered and managed: company, tax ID, PO number, e-mail for receipts",
            labels=("Enter billing information", "Manage", "Company Name", "Tax ID", "PO Number"),
        ),
        Promise("billing.6", "Invoices list all past payments, filter them by type or date, and give receipts as PDF"),
    ),
)

UPGRADE_DOWNGRADE = Page(
    name="upgrade-downgrade",
    title="Upgrade/Downgrade a subscription",
    address="https://docs.diaflow.io/workspace/billing/upgrade-downgrade-a-subscription",
    promises=(
        Promise(
            "upgrade-downgrade.1",
            "Upgrade plan is found in Current Plan, on Billing in Workspace Settings",
            labels=("Workspace Settings", "Billing", "Current Plan", "Upgrade plan"),
        ),
        Promise("upgrade-downgrade.2", "Upgrade plan opens a list of the available plans"),
        Promise("upgrade-downgrade.3", "An upgrade takes effect immediately after successful payment"),
        Promise("upgrade-downgrade.4", "A downgrade takes effect at the end of the billing cycle"),
    ),
)
