"""The merchant's books: accounts, add-on credits, invoices and checkouts. Breakages of the books live here."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.tools.foreign_site.config import MONTHLY_TOTAL, MONTHLY_USED, PACKAGES, PLANS, Config
from tests.tools.foreign_site.office import Office, cycles_ended, days_left, today

LETTERS_FOR_A_CREDIT = 50
LATE_S, VERY_LATE_S = 2.0, 30.0
STOCK, OTHERS_PURCHASE = 7_500, 6_000
OTHERS_PURCHASE_NAME = f"{OTHERS_PURCHASE:,} credits"
PEOPLE = ("Ana Weber", "Noor Haddad", "Liam Byrne", "Mei Tan", "Ivo Novak", "Zoe Martin", "Kofi Mensah", "Eva Lund")


@dataclass
class Grant:
    """Add-on credits of an account, visible from a moment on (monotonic seconds)."""

    credits: int
    visible_at: float = 0.0
    bought: bool = True
    page_loads: int = 0


@dataclass
class Account:
    """One user with a workspace of their own."""

    email: str
    password: str
    name: str
    plan: str = "Business"
    next_plan: str = ""
    gift: int = 0  # credits that a breakage put among the monthly ones
    purchases: int = 0
    spent: int = 0  # credits that flows have used since the month began
    used_before: int = MONTHLY_USED  # credits that were used of the first month when the account was opened
    beyond: int = 0  # add-on credits that were used in months that are over
    days: int = 0  # how far the account's test clock is ahead
    flows_changed: int = 0  # how often a flow was made or deleted
    colleague: str = ""  # e-mail of a second user of the workspace
    colleague_password: str = ""  # where it is another one
    grants: list[Grant] = field(default_factory=list)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    billing_information: dict[str, str] = field(default_factory=dict)


@dataclass
class Checkout:
    """A payment session: what is sold to whom, and what became of it."""

    account: Account
    name: str
    amount: int  # cents
    credits: int = 0
    plan: str = ""
    id: str = field(default_factory=lambda: "cs_test_" + secrets.token_urlsafe(24).replace("-", "x").replace("_", "y"))
    status: str = "open"
    challenged: str = ""  # card number that waits for 3-D Secure
    success_url: str = ""
    cancel_url: str = ""
    landings: int = 0


class Merchant:
    """Everything the company stores; safe to use from several threads."""

    def __init__(self, config: Config, accounts: int) -> None:
        self.config = config
        self.lock = threading.RLock()
        self.started = time.monotonic()
        self.site_url = self.payment_url = ""
        self.office = Office()
        self.sessions: dict[str, Account] = {}
        self.checkouts: dict[str, Checkout] = {}
        self.accounts = [self._open_account(n) for n in range(accounts)]

    @property
    def currency(self) -> str:
        """ISO code of what this company charges in."""
        return "EUR" if self.config["prices"] == "eur" else "USD"

    def _open_account(self, n: int) -> Account:
        name = PEOPLE[n % len(PEOPLE)]
        email = f"{name.split()[0].lower()}{n or ''}@kestrel.example"
        account = Account(email, "Kestrel-" + secrets.token_urlsafe(9), name, colleague=f"bea{n or ''}@kestrel.example")
        if self.config["stock"] == "some":
            account.grants.append(Grant(STOCK, bought=False))
        self._invoice(account, "Subscription", "Business plan", PLANS["Business"], days_ago=12)
        return account

    def sign_in(self, email: str, password: str) -> str:
        """Token of a new session, or nothing when e-mail and password do not belong together."""
        for account in self.accounts:
            if email.strip().lower() in (account.email, account.colleague) and secrets.compare_digest(
                self._password(account, email).encode(), password.encode()
            ):
                if self.config.breaks("gone-after-sign-in"):
                    account.grants = [grant for grant in account.grants if not grant.bought]
                token = secrets.token_urlsafe(24)
                self.sessions[token] = account
                return token
        return ""

    def _password(self, account: Account, email: str) -> str:
        own = email.strip().lower() == account.email
        return account.password if own else account.colleague_password or account.password

    def new_password(self, email: str, password: str) -> None:
        """Change a user's password; the sessions of the workspace end."""
        for account in self.accounts:
            if email == account.email:
                account.colleague_password = account.colleague_password or account.password
                account.password = password
            elif email == account.colleague:
                account.colleague_password = password
            else:
                continue
            self.sessions = {token: one for token, one in self.sessions.items() if one is not account}

    def advance(self, account: Account, days: int) -> None:
        """Move an account's test clock; at the end of a cycle the month's credits and the chosen plan begin."""
        with self.lock:
            if cycles_ended(account, days):
                account.beyond += max(account.used_before + account.spent - MONTHLY_TOTAL - account.gift, 0)
                account.spent = account.used_before = 0
                if not self.config.breaks("downgrade-never"):
                    account.plan, account.next_plan = account.next_plan or account.plan, ""
            account.days += days

    def page_loaded(self, account: Account) -> None:
        """Count page loads, for credits that vanish."""
        for grant in account.grants:
            grant.page_loads += 1

    def balance(self, account: Account) -> dict[str, Any]:
        """What Billing shows of an account."""
        now = time.monotonic()
        shown = [grant for grant in account.grants if grant.visible_at <= now]
        if self.config.breaks("gone-after-reload"):
            shown = [grant for grant in shown if not grant.bought or grant.page_loads < 2]
        total = MONTHLY_TOTAL + account.gift
        used = min(account.used_before + account.spent, total)
        beyond = account.beyond + account.used_before + account.spent - used
        if self.config["other_buyer"] == "uses":  # someone's flow uses a credit every second
            used += min(int(now - self.started), MONTHLY_TOTAL // 2)
        return {
            "name": account.name,
            "email": account.email,
            "plan": account.plan,
            "nextPlan": account.next_plan,
            "used": used,
            "total": total,
            "addOn": sum(grant.credits for grant in shown) - beyond,
            "members": [[account.name, account.email, "Owner"], ["Bea Santos", account.colleague, "Member"]],
            "billingInformation": account.billing_information,
        }

    def run(self, account: Account, letters: int) -> int:
        """Run a flow on a text: gives the credits used, 0 when there are not enough."""
        with self.lock:
            cost, now = max(1, round(letters / LETTERS_FOR_A_CREDIT)), self.balance(account)
            if cost > now["total"] - now["used"] + now["addOn"]:
                return 0
            account.spent += cost
            return cost

    def packages(self) -> list[dict[str, Any]]:
        """The packages as offered: credits (how a package is told from another), label, price in cents."""
        odd, breaks = self.config.broken_package, self.config.breaks
        offered = list(PACKAGES)
        at = offered.index(odd)
        if breaks("package-reordered"):
            other = at + 1 if at + 1 < len(offered) else at - 1
            offered[at], offered[other] = offered[other], offered[at]
        if breaks("package-duplicated"):
            offered.insert(at, odd)
        if breaks("package-missing"):
            offered.remove(odd)
        if breaks("package-extra"):
            offered.insert(1, 3_000)
        shown = {odd: odd + 1_000} if breaks("package-mislabelled") else {}
        word = {odd: "tokens"} if breaks("package-wordless") else {}
        return [
            {"credits": n, "label": f"{shown.get(n, n):,} {word.get(n, 'credits')}", "price": PACKAGES.get(n, n)}
            for n in offered
        ]

    def start_checkout(self, account: Account, credits_: int, plan: str) -> Checkout | None:
        """A payment session for a package or a plan; None when this cannot be sold."""
        if self.config.breaks("second-purchase-fails") and account.purchases:
            return None
        if self.config.breaks("month-end-refused") and days_left(account) == 1:
            return None
        if plan in PLANS:
            checkout = Checkout(account, f"{plan} plan", PLANS[plan], plan=plan)
        elif any(package["credits"] == credits_ for package in self.packages()):
            sold, amount = credits_, PACKAGES.get(credits_, credits_)
            if self.config.breaks("wrong-package-on-payment-page"):
                sold = next((n for n in PACKAGES if n > credits_), 2_000)
            if self.config.breaks("price-mismatch"):
                amount += 5_00
            checkout = Checkout(account, f"{sold:,} credits", amount, credits=credits_)
        else:
            return None
        with self.lock:
            self.checkouts[checkout.id] = checkout
            if self.config["other_buyer"] == "buys":
                account.grants.append(Grant(OTHERS_PURCHASE))
                self._invoice(account, "Credits", OTHERS_PURCHASE_NAME, PACKAGES[OTHERS_PURCHASE], by="Bea Santos")
            if self.config.breaks("grant-on-choose"):
                self.grant(checkout)
        return checkout

    def fulfil(self, checkout: Checkout) -> None:
        """Complete a paid checkout: once, however often it is asked for."""
        with self.lock:
            if checkout.status == "complete":
                return
            checkout.status = "complete"
            account = checkout.account
            if checkout.plan:
                account.plan, account.next_plan = checkout.plan, ""
            else:
                account.purchases += 1
                if not self.config.breaks("never-granted") and not self.config.breaks("grant-on-choose"):
                    self.grant(checkout)
                if self.config.breaks("granted-twice"):
                    self.grant(checkout)
                if self.config.breaks("plan-changed"):
                    account.plan = "Basic"
            if not self.config.breaks("invoice-not-listed"):
                kind = "Subscription" if checkout.plan else "Credits"
                self._invoice(account, kind, checkout.name, checkout.amount)
            self._mail_receipt(checkout)

    def _mail_receipt(self, checkout: Checkout) -> None:
        account = checkout.account
        to = account.billing_information.get("Email for receipts") or account.email
        to = account.email if self.config.breaks("receipt-mailed-to-buyer") else to
        if not self.config.breaks("receipt-not-mailed"):
            paid = f"{checkout.amount / 100:,.2f} {self.currency}"
            self.office.send(to, "Your receipt from Kestrel", f"Paid for {checkout.name}: {paid}")

    def grant(self, checkout: Checkout) -> None:
        """Add the credits of a checkout to its account."""
        amount = checkout.credits
        if self.config.breaks("wrong-amount") and amount == self.config.broken_package:
            amount //= 10
        if self.config.breaks("granted-to-monthly"):
            checkout.account.gift += amount
            return
        delay = LATE_S if self.config["balance"] == "late" else 0.0
        if self.config.breaks("granted-late"):
            delay = VERY_LATE_S
        checkout.account.grants.append(Grant(amount, time.monotonic() + delay))

    def landed(self, checkout: Checkout) -> None:
        """The buyer's browser opened the landing address."""
        with self.lock:
            checkout.landings += 1
            if checkout.landings > 1 and self.config.breaks("granted-again-on-reopen"):
                self.grant(checkout)

    def downgrade(self, account: Account, plan: str) -> bool:
        """Note a cheaper plan for the end of the billing cycle; False when the plan is not cheaper."""
        cheaper = plan in PLANS and PLANS[plan] < PLANS[account.plan]
        if cheaper and self.config.breaks("downgrade-at-once"):
            account.plan = plan
        elif cheaper:
            account.next_plan = plan
        return cheaper

    def _invoice(self, account: Account, kind: str, what: str, amount: int, *, days_ago: int = 0, by: str = "") -> None:
        invoice = {
            "number": f"KST-{secrets.randbelow(90_000) + 10_000}",
            "date": (today(account) - timedelta(days=days_ago)).date().isoformat(),
            "type": kind,
            "what": what,
            "amount": amount,
            "by": by or account.name,
        }
        account.invoices.insert(0, invoice)
