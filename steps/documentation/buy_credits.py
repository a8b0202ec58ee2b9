"""The page "Buy credits": promises and the facts in them; its sentences are known by digest (buy-credits.toml)."""

from __future__ import annotations

from steps.documentation.model import Page, Promise

BUY_CREDITS = Page(
    name="buy-credits",
    title="Buy credits",
    address="https://docs.diaflow.io/workspace/billing/buy-credits",
    promises=(
        Promise(
            "buy-credits.0a",
            "Extra credits can be bought at any time before the month ends",
        ),
        Promise("buy-credits.0b", "With bought credits workflows keep running"),
        Promise(
            "buy-credits.1",
            "Workspace Settings has a Billing tab",
            step=1,
            labels=("Workspace Settings", "Billing"),
        ),
        Promise(
            "buy-credits.2",
            "The Current Plan section has Add credits",
            step=2,
            labels=("Current Plan", "Add credits"),
        ),
        Promise(
            "buy-credits.3",
            "Add credits opens a pop-up that shows the available credit packages",
            step=3,
            packages=True,
        ),
        Promise(
            "buy-credits.4a",
            "Choosing a package takes the buyer to the payment page, for that package",
            step=4,
        ),
        Promise(
            "buy-credits.4b",
            "Once payment is successful, the credits are added to the account immediately",
        ),
        Promise(
            "buy-credits.help",
            "Those who buy often can change the subscription, those in trouble can write to the support address",
            links=(
                ("Upgrade/Downgrade a subscription", "/workspace/billing/upgrade-downgrade-a-subscription"),
                ("support@diaflow.io", "mailto:support@diaflow.io"),
            ),
        ),
    ),
)
