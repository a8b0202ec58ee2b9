"""What a scenario knows of the deployment it runs against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import StorageState

    from steps.targets.profile import Profile


@dataclass(frozen=True)
class Account:
    """A member of a workspace: the one a scenario acts as. The password never shows in a representation."""

    name: str
    email: str
    password: str | None = field(default=None, repr=False)
    workspace: str | None = None
    storage_state: StorageState | None = field(default=None, repr=False)
    key: str = ""
    """What tells the account from the target's others."""
    everybody: tuple[str, ...] = ()
    """The e-mail addresses of all members of the workspace, where the target knows them."""


@dataclass(frozen=True)
class WorkspaceSetup:
    """How a workspace begins, where a scenario says so; None leaves it to the target. Credits are whole numbers."""

    plan: str | None = None
    monthly_credits: int | None = None
    used_credits: int | None = None
    add_on_credits: int | None = None
    payments: int | None = None
    """How many past payments there are."""
    information: dict[str, str] | None = None
    """Billing information: company_name, tax_id, po_number, receipts_email."""
    colleagues: int = 0
    """How many other members there are."""


class Target(Protocol):
    """A deployment: it lends accounts, and says what it can be asked."""

    profile: Profile

    @property
    def capabilities(self) -> frozenset[str]:
        """What can be asked of it: any of "clock", "seeding", "mail", "sign-in", "payments", "accessibility"."""

    def account(self, start: WorkspaceSetup | None = None) -> AbstractContextManager[Account]:
        """Lend an account to one scenario alone, in a workspace that begins as `start` says (needs "seeding")."""

    def signed_in(self, account: Account) -> StorageState | None:
        """Give the state of a browser in which the account is signed in.

        Raises TargetUnavailableError when it cannot get in.
        """

    def session_ended(self, account: Account) -> str:
        """Take note that the site asks the account to sign in again; gives the sentence to say."""

    def signed_in_anew(self, account: Account) -> StorageState | None:
        """Give the state of a new sign-in that goes round the sign-in page; None where only the page can do it."""

    def move_clock(self, account: Account, to: str) -> None:
        """Move the account's clock to "mid-month", "month-end" or "next-month"; needs the ability "clock"."""

    def unexpected_requests(self, account: Account) -> list[str]:
        """Describe the requests of the account that the site had no answer for, where it can tell."""

    def mailed_code(self, account: Account) -> str | None:
        """Give the newest sign-in code in the account's mail, where mail can be read."""

    def receipts_sent_to(self, account: Account) -> list[str]:
        """Give the addresses that receipts of the account's workspace were mailed to; needs the ability "mail"."""

    def trouble(self) -> str | None:
        """Say in a sentence what is wrong with the target itself, if anything is."""

    def header(self) -> list[str]:
        """Describe the target in lines for the run's header."""

    def facts(self) -> dict[str, Any]:
        """Give what the report says of the target."""
