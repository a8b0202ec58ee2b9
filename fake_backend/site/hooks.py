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

    from fake_backend.site.model import Grant, InvoiceFilter, Member, Order, Package, Pool, Purchase, Workspace

View = dict[str, Any]


class UnknownFaultError(ValueError):
    """A fault that is in no catalogue."""


@dataclass(frozen=True)
class BillingContext:
    """Who looks at Billing, since when they are signed in (real seconds since 1970), and what was bought.

    `now` is the workspace's time. `landed` is the purchase that the buyer just came back from, `cancelled` the one
    that they just left without paying; each only on the first view after the payment page. `looks` is how often
    the page that is open has asked again by itself.
    """

    workspace: Workspace
    member: Member
    now: float
    signed_in_at: float
    paid: Sequence[Purchase]
    landed: Purchase | None = None
    cancelled: Purchase | None = None
    looks: int = 0


@dataclass(frozen=True)
class GrantContext:
    """The moment of a sale or grant.

    The workspace and its time, the packages it has paid for before, those that wait for their payment, its balance
    (as `ledger.summary` has it), the id of a workspace that is nobody's, those of all others with its faults, and of
    the member who owns it.
    """

    workspace: Workspace
    now: float
    earlier: Sequence[Purchase]
    pending: Sequence[Purchase]
    balance: Callable[[], View]
    neighbour: Callable[[], str]
    others: Callable[[], Sequence[str]]
    owner: Callable[[], str]


class Hooks:
    """The documented behaviour at every hook."""

    def with_faults(self, faults: Sequence[str]) -> Hooks:
        """Return the hooks of a workspace that has these faults; raises `UnknownFaultError`."""
        if faults:
            raise UnknownFaultError(f"There is no fault named {faults[0]!r}.")
        return self

    # What is shown

    def shell(self, view: View, page: str, workspace: Workspace, /) -> View:
        """Return sidebar, profile menu and settings tabs: {"nav": […], "menu": […], "tabs": […]}."""
        return view

    def balance(self, credits_: View, context: BillingContext, /) -> View:
        """Return the figures of both kinds of credits and their totals; bar and legend follow from them."""
        return credits_

    def billing(self, view: View, context: BillingContext, /) -> View:
        """Return all that the Billing tab shows."""
        return view

    def packages(self, view: View, context: BillingContext, /) -> View:
        """Return the pop-up with the packages."""
        return view

    def plans(self, view: View, workspace: Workspace, /) -> View:
        """Return the list of plans."""
        return view

    def invoice_filter(self, wanted: InvoiceFilter, workspace: Workspace, /) -> InvoiceFilter:
        """Return which invoices to look for."""
        return wanted

    def invoices(self, view: View, context: BillingContext, /) -> View:
        """Return one page of invoices."""
        return view

    def receipt_owner(self, workspace_id: str, /) -> str:
        """Return the workspace whose receipts may be downloaded; an empty id means everybody's."""
        return workspace_id

    def receipt(self, fields: View, workspace: Workspace, /) -> View:
        """Return what a receipt says. Raises `RefusedError` to withhold it.

        `newer` counts the later invoices, `is_own` is whether no other member has bought.
        """
        return fields

    def members(self, view: View, workspace: Workspace, /) -> View:
        """Return the list of users."""
        return view

    def thanks(self, bought: str, purchase: Purchase, /) -> str:
        """Return what the buyer is told to have bought."""
        return bought

    # What is bought

    def sold(self, package: Package, context: GrantContext, /) -> Package:
        """Return the package that goes to the payment page; raises `RefusedError` to sell nothing."""
        return package

    def order(self, order: Order, package: Package, context: GrantContext, /) -> Order:
        """Return what the payment page asks for."""
        return order

    def ended_sessions(self, sessions: list[str], opened: str, context: GrantContext, /) -> list[str]:
        """Return the payment sessions that end when another one is opened."""
        return sessions

    def checkout(self, answer: View, workspace: Workspace, /) -> View:
        """Return the answer to choosing a package: {"url": …} of the payment page."""
        return answer

    # What is granted

    def heard(self, session_id: str, purchase: Purchase, /) -> str | None:
        """Return the session that a webhook tells of; None takes no notice of it."""
        return session_id

    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext, /) -> list[Grant]:
        """Return what a paid package adds to the ledger."""
        return grants

    def upgrade_grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext, /) -> list[Grant]:
        """Return what a paid upgrade adds to the ledger."""
        return grants

    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace, /) -> str:
        """Return the workspace's plan after a purchase: the same after a package, the new one after an upgrade."""
        return plan

    def on_repeated_webhook(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what a webhook of a purchase that is paid already adds; with an invoice of its own."""
        return grants

    def on_landing(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what opening the landing address adds, paid or not; `purchase.landings` counts the earlier times."""
        return grants

    def on_plan_landing(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return the same for the landing address of an upgrade."""
        return grants

    def on_foreign_landing(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what is given to a workspace whose member opens the address that another one's payment led to."""
        return grants

    def on_cancel(self, grants: list[Grant], purchase: Purchase, workspace: Workspace, /) -> list[Grant]:
        """Return what coming back without paying adds."""
        return grants

    def on_failure(self, grants: list[Grant], purchase: Purchase, code: str, /) -> list[Grant]:
        """Return what a failed attempt to pay adds; `code` is Stripe's, such as card_declined."""
        return grants

    def plan_after_failure(self, plan: str, purchase: Purchase, /) -> str:
        """Return the workspace's plan after a failed attempt to pay: the same."""
        return plan

    def on_dismiss(self, grants: list[Grant], workspace: Workspace, /) -> list[Grant]:
        """Return what closing the pop-up adds."""
        return grants

    def invoiced(self, invoices: list[View], purchase: Purchase, workspace: Workspace, /) -> list[View]:
        """Return the invoices of a purchase that was just paid."""
        return invoices

    def receipt_mail(self, to: str, purchase: Purchase, /) -> str | None:
        """Return whom the receipt is mailed to; None mails nothing."""
        return to

    def receipt_text(self, text: str, purchase: Purchase, /) -> str:
        """Return what the mailed receipt says."""
        return text

    def session_after(self, session: View, purchase: Purchase, /) -> View:
        """Return the buyer's session after landing; an empty one signs them out."""
        return session

    # What a month brings

    def downgraded_at(self, moment: float, workspace: Workspace, /) -> float:
        """Return when a downgrade takes effect; a moment that is over means at once."""
        return moment

    def renewed_plan(self, plan: str, workspace: Workspace, /) -> str:
        """Return the plan of the month that begins."""
        return plan

    def renewed(self, grants: list[Grant], workspace: Workspace, months: int, balance: View, /) -> list[Grant]:
        """Return what a new month does to the ledger; `months` have been over before it."""
        return grants

    # What is entered and run

    def information(self, fields: View, workspace: Workspace, /) -> View | None:
        """Return what of the billing information is kept; nothing keeps what was there."""
        return fields

    def informed(self, workspaces: list[str], others: Callable[[], Sequence[str]], /) -> list[str]:
        """Return the workspaces that have the saved billing information, too: none. `others` have the same faults."""
        return workspaces

    def kept_of_refused(self, kept: View, fields: View, workspace: Workspace, /) -> View:
        """Return what is kept of billing information in which something is wrong: nothing."""
        return kept

    def complaints(self, wrong: Mapping[str, str], workspace: Workspace, /) -> dict[str, str]:
        """Return what is said to be wrong, by the fields beside which it is said; nothing lets all of it pass."""
        return dict(wrong)

    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int, /) -> int:
        """Return the credits that a run uses, of `left` that there are; raises `RefusedError` to refuse it."""
        return credits_

    def usable(self, left: int, member: Member, paid: Sequence[Purchase], monthly: int, /) -> int:
        """Return the credits that a member's runs may use: all that are `left`, of which `monthly` are monthly ones."""
        return left

    def run_result(self, text: str, used: int, /) -> str:
        """Return what is said of a run that is over."""
        return text

    def charged(self, workspaces: list[str], others: Callable[[], Sequence[str]], /) -> list[str]:
        """Return the workspaces whose credits a run uses besides: none. `others` are those with the same faults."""
        return workspaces

    def use_order(self, pools: Sequence[Pool], workspace: Workspace, /) -> Sequence[Pool]:
        """Return the pools in the order in which a run uses them up."""
        return pools

    # Who gets in

    def sign_in(self, view: View, workspace: Workspace, /) -> View:
        """Return what the sign-in page offers besides: {"reset": …, "reset_url": …, "after_reset": …}."""
        return view

    def password_refusal(self, words: str, workspace: Workspace, /) -> str:
        """Return why a password is refused; "" lets its owner in."""
        return words

    def mailed_code(self, code: str, purpose: str, workspace: Workspace, /) -> str | None:
        """Return the code ("sign-in", "reset") that is mailed to a member who asks for one; None mails nothing."""
        return code

    def compared_code(self, code: str, purpose: str, workspace: Workspace, /) -> str:
        """Return what of a code ("sign-in", "reset"), mailed or typed, is compared: all of it."""
        return code

    def new_password(self, password: str, workspace: Workspace, /) -> str:
        """Return the password that is kept of one that a member has chosen: the same."""
        return password

    def code_refusal(self, words: str, purpose: str, workspace: Workspace, /) -> str:
        """Return why a code ("sign-in", "reset") is refused; "" takes it."""
        return words

    def on_sign_in(self, grants: list[Grant], context: GrantContext, /) -> list[Grant]:
        """Return what signing in by the sign-in page adds."""
        return grants

    def on_sign_out(self, grants: list[Grant], context: GrantContext, /) -> list[Grant]:
        """Return what Log out adds."""
        return grants

    def signed_out(self, session: View, before: View, workspace: Workspace, /) -> View:
        """Return what is left of the session `before` after Log out: nothing."""
        return session
