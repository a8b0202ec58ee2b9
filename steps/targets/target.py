"""What a scenario knows about the deployment it runs against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections import defaultdict
    from contextlib import AbstractContextManager
    from datetime import datetime

    from playwright.sync_api import StorageState

    from steps.targets.mailbox import Mailbox
    from steps.targets.profile import Profile


@dataclass(frozen=True)
class Account:
    """A member of a workspace, as whom a scenario acts. Its representation never contains the password."""

    name: str
    email: str
    password: str | None = field(default=None, repr=False)
    workspace: str | None = None
    storage_state: StorageState | None = field(default=None, repr=False)
    totp: str | None = field(default=None, repr=False)
    """The secret of the account's authenticator app, if that is its second factor."""
    key: str = ""
    """Identifies the account among those of its target."""
    turn: int = 0
    """The number of this use of the account, counted over all runs on this machine."""
    everybody: tuple[str, ...] = ()
    """The e-mail addresses of all members of the workspace, where the target knows them."""


@dataclass
class Paid:
    """What a run leaves with an account: packages paid for, by credits, plans ("" for none), days of its clock."""

    packages: Counter[int] = field(default_factory=Counter)
    since: datetime | None = None
    """When the first of them was paid for, by the account's clock."""
    plan: str = ""
    plan_before: str = ""
    """The plan that it had before, where the list of plans offered that too."""
    next_plan: str = ""
    """The cheaper plan that was chosen for the end of the billing cycle."""
    downgraded_to: str = ""
    """The cheaper plan that has taken effect since."""
    days: int = 0
    in_vain: bool = False
    """Whether credits that had not come in time were waited for, and did not come later either."""

    def __str__(self) -> str:
        """Describe it in words for people; "" where nothing was left."""
        left = [f"{count} times {amount:,} credits" for amount, count in sorted(self.packages.items())]
        left += [f"the plan {self.plan}"] if self.plan else []
        left += [f"a downgrade to {self.downgraded_to}"] if self.downgraded_to else []
        left += [f"the plan {self.next_plan} from the next billing cycle on"] if self.next_plan else []
        return ", ".join([*left, *([f"its clock moved by {self.days} days"] if self.days else [])])


Need = Literal[
    "several payments", "payments of both types", "payments of several days",
    "monthly credits", "add-on credits", "no add-on credits", "used credits", "used add-on credits", "gone credits",
    "few credits",
    "billing information", "no billing information", "receipts address", "chosen plan", "dear plan", "dearest plan",
    "cheapest plan", "upgradable plan",
]  # fmt: skip
"""What must be so where a scenario begins, in the order in which it is brought about."""


@dataclass(frozen=True)
class WorkspaceSetup:
    """How a scenario's workspace begins.

    `needs` is what must be so. The rest is one such state, in whole credits, for targets that can be set up; None
    leaves a value to the target.
    """

    needs: tuple[Need, ...] = ()
    plan: str | None = None
    monthly_credits: int | None = None
    used_credits: int | None = None
    add_on_credits: int | None = None
    payments: int | None = None
    """Number of past payments."""
    information: dict[str, str] | None = None
    """Billing information: company_name, tax_id, po_number, receipts_email."""
    colleagues: int = 0
    """Number of other members."""


class Target(Protocol):
    """A deployment: it provides accounts, and declares what can be asked of it."""

    profile: Profile
    paid: defaultdict[str, Paid]
    """What was paid for in this run, by the account's key."""

    offered: frozenset[int]
    """The amounts of the packages that the pop-up has shown at once, where those were all; it must go on to."""

    sets_up: bool
    """Whether a workspace begins as a WorkspaceSetup says; else a member earns what the setup needs."""

    @property
    def is_exclusive(self) -> bool:
        """Whether nobody else uses the workspaces of this target while a scenario runs."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What can be asked of it: some of `steps.targets.capabilities.CAPABILITIES`."""

    def account(
        self, start: WorkspaceSetup | None = None, *, with_another: bool = False
    ) -> AbstractContextManager[Account]:
        """Acquire an account for one scenario, that is going to acquire another one too where it says so.

        Where the target sets up, the workspace begins as `start` says.
        """

    def signed_in(self, account: Account) -> StorageState | None:
        """Return the storage state of a browser in which the account is signed in.

        Raises TargetUnavailableError if it cannot sign in.
        """

    def session_ended(self, account: Account) -> str:
        """Record that the site asks the account to sign in again, and return the message for it."""

    def signed_in_anew(self, account: Account) -> StorageState | None:
        """Return the state of a new sign-in without the sign-in page, or None where only the page can sign in."""

    def move_clock(self, account: Account, to: str) -> None:
        """Move the account's clock to "mid-month", "month-end" or "next-month" (needs "clock")."""

    def unexpected_requests(self, account: Account) -> list[str]:
        """Describe the account's requests that the site could not answer, where the target knows them."""

    def mailbox(self, account: Account) -> Mailbox:
        """Return where the mail of the account's workspace arrives. Raises NotVerifiedError without "mail"."""

    def receipts_address(self, account: Account) -> str:
        """Return an address for receipts whose mail can be read, and that is not the account's own (needs "mail")."""

    def one_time_password(self, account: Account) -> str | None:
        """Return the next one-time password of the account's authenticator app, or None until there is a new one."""

    def now(self, account: Account) -> datetime:
        """Return the day and time that it is for the account's workspace."""

    def colleague(self, account: Account) -> Account:
        """Return another member of the account's workspace, with the storage state of a browser (needs "colleague")."""

    def same_account(self, account: Account) -> AbstractContextManager[bool]:
        """Acquire the account of an earlier scenario; yields whether nobody else had it in between."""

    def let_time_pass(self, account: Account) -> float:
        """Let come what is on its way to the account, and return the seconds by which its clock was moved for that."""

    def added_credits(self, account: Account) -> int | None:
        """Return the add-on credits added to the account's workspace, by the target's own books if they can be read."""

    def trouble(self) -> str | None:
        """Return a sentence about what is wrong with the target itself, or None."""

    def header(self) -> list[str]:
        """Return lines about the target for the run's header."""

    def facts(self) -> dict[str, Any]:
        """Return what the report shows about the target."""
