"""The places where a deployment of the site may differ from the documentation.

The site asks a workspace's hooks at each of them, with what the documentation leads to expect as the first argument.
`Hooks` itself returns just that; a fault puts something else in its place (see `fake_backend.control.fault`).
"""

# ruff: noqa: ARG002 - a hook is told more than some of its versions need

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fake_backend.site.model import Grant, Package, Pool, Purchase, Workspace

View = dict[str, Any]


class UnknownFaultError(ValueError):
    """A fault that is in no catalogue."""


@dataclass(frozen=True)
class BillingContext:
    """Who looks at Billing: since when they are signed in (real seconds since 1970), and what was bought.

    `landed` is the purchase that the buyer just came back from, only on the first view after the payment page.
    """

    workspace: Workspace
    signed_in_at: float
    landed: Purchase | None
    paid: Sequence[Purchase]


@dataclass(frozen=True)
class GrantContext:
    """The moment of a sale or grant.

    The workspace and its time, what it has paid for before, its monthly credits that are left, and the id of a
    workspace that is nobody's.
    """

    workspace: Workspace
    now: float
    earlier: Sequence[Purchase]
    monthly_left: Callable[[], int]
    neighbour: Callable[[], str]


class Hooks:
    """The documented behaviour at every hook."""

    def with_faults(self, faults: Sequence[str]) -> Hooks:
        """Return the hooks of a workspace that has these faults; raises `UnknownFaultError`."""
        if faults:
            raise UnknownFaultError(f"There is no fault named {faults[0]!r}.")
        return self

    # What is shown

    def shell(self, view: View, workspace: Workspace, /) -> View:
        """Return sidebar, profile menu and settings tabs: {"nav": […], "menu": […], "tabs": […]}."""
        return view

    def billing(self, view: View, context: BillingContext, /) -> View:
        """Return all that the Billing tab shows."""
        return view

    def packages(self, view: View, workspace: Workspace, /) -> View:
        """Return the pop-up with the packages."""
        return view

    def plans(self, view: View, workspace: Workspace, /) -> View:
        """Return the list of plans."""
        return view

    def invoices(self, view: View, workspace: Workspace, /) -> View:
        """Return one page of invoices."""
        return view

    def invoice_type(self, kind: str | None, /) -> str | None:
        """Return the type of invoices to look for."""
        return kind

    def receipt(self, fields: View, workspace: Workspace, /) -> View:
        """Return what a receipt says."""
        return fields

    def members(self, view: View, workspace: Workspace, /) -> View:
        """Return the list of users."""
        return view

    # What is bought

    def sold(self, package: Package, context: GrantContext, /) -> Package:
        """Return the package that goes to the payment page; raises `RefusedError` to sell nothing."""
        return package

    def charged(self, cents: int, package: Package, /) -> int:
        """Return the price on the payment page, in cents."""
        return cents

    def payment_name(self, name: str, package: Package, /) -> str:
        """Return the name of the goods on the payment page."""
        return name

    def checkout(self, answer: View, workspace: Workspace, /) -> View:
        """Return the answer to choosing a package: {"url": …} of the payment page."""
        return answer

    # What is granted

    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext, /) -> list[Grant]:
        """Return what a paid package adds to the ledger."""
        return grants

    def grant_delay(self, delay: float, purchase: Purchase, /) -> float:
        """Return the seconds between the processor's word and the grant."""
        return delay

    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace, /) -> str:
        """Return the workspace's plan after a purchase: the same after a package, the new one after an upgrade."""
        return plan

    def on_landing(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what opening the landing address adds besides; `purchase.landings` counts the earlier times."""
        return grants

    def on_cancel(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what coming back without paying adds."""
        return grants

    def on_failure(self, grants: list[Grant], purchase: Purchase, code: str, /) -> list[Grant]:
        """Return what a failed attempt to pay adds; `code` is Stripe's, such as card_declined."""
        return grants

    def on_dismiss(self, grants: list[Grant], workspace: Workspace, /) -> list[Grant]:
        """Return what closing the pop-up adds."""
        return grants

    def invoiced(self, fields: View, purchase: Purchase, /) -> View | None:
        """Return the invoice of a paid purchase, or None."""
        return fields

    def session_after(self, session: View, purchase: Purchase, /) -> View:
        """Return the buyer's session after landing; an empty one signs them out."""
        return session

    def downgraded_at(self, moment: float, workspace: Workspace, /) -> float:
        """Return when a downgrade takes effect; a moment that is over means at once."""
        return moment

    # What is entered and run

    def information(self, fields: View, workspace: Workspace, /) -> View | None:
        """Return what of the billing information is kept; nothing keeps what was there."""
        return fields

    def complaints(self, wrong: Mapping[str, str], workspace: Workspace, /) -> dict[str, str]:
        """Return what is said to be wrong, by the fields beside which it is said; nothing lets all of it pass."""
        return dict(wrong)

    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int, /) -> int:
        """Return the credits that a run uses, of `left` that there are; raises `RefusedError` to refuse it."""
        return credits_

    def use_order(self, pools: Sequence[Pool], workspace: Workspace, /) -> Sequence[Pool]:
        """Return the pools in the order in which a run uses them up."""
        return pools

    # Who gets in

    def password(self, typed: str, workspace: Workspace, /) -> str:
        """Return the password that is checked."""
        return typed

    def mailed_code(self, code: str, purpose: str, workspace: Workspace, /) -> str | None:
        """Return the code ("sign-in", "reset") that is mailed to a member who asks for one; None mails nothing."""
        return code
