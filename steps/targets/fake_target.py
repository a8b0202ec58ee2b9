"""The bundled fake as a target: a process of its own, reached only by its public address and its control API."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import msgspec

from steps.targets.capabilities import CAPABILITIES
from steps.targets.fake_control_client import FakeControlClient
from steps.targets.fake_mailbox import FakeMailbox
from steps.targets.target import Account, Paid, WorkspaceSetup
from steps.targets.test_identities import BILLING_INFORMATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import StorageState

    from steps.targets.fake_process import FakeAddress, FakeProcess
    from steps.targets.profile import Profile
    from steps.targets.test_identities import PersonFactory


_USED = 700
"""Used credits where a scenario sets none, so that a purchase that changes them is noticed."""


_LATER_S = 60.0
"""How far a workspace's clock is moved for a late look: further than any retry that a buyer would notice."""


class FakeTarget:
    """The fake: each scenario gets a workspace of its own, created and signed in through the control API."""

    capabilities = frozenset(CAPABILITIES)
    sets_up = True
    faults: list[str]
    """The faults of the workspaces created from now on."""

    def __init__(
        self,
        profile: Profile,
        address: FakeAddress,
        people: PersonFactory,
        faults: list[str],
        process: FakeProcess | None,
    ) -> None:
        self.profile = msgspec.structs.replace(
            profile,
            base_url=address.site_url,
            # The payment page may stand in a page of the site's.
            payments=msgspec.structs.replace(
                profile.payments, hosts=[_host(address.processor_url), _host(address.site_url)]
            ),
        )
        self.control = FakeControlClient(address.control_url, address.control_token)
        self._people = people
        self.faults = faults
        self._process = process
        self.paid: defaultdict[str, Paid] = defaultdict(Paid)
        self.offered: frozenset[int] = frozenset()
        self._answers: dict[str, str] = {}
        self._at_month_end: set[str] = set()
        self._ahead_s: dict[str, float] = {}
        """How far the clocks of workspaces are ahead, in seconds."""
        self._add_on_credits: dict[str, int] = {}
        self._colleagues: dict[str, list[dict[str, Any]]] = {}

    @property
    def is_exclusive(self) -> bool:
        """Each scenario has a workspace of its own."""
        return True

    @contextlib.contextmanager
    def account(self, start: WorkspaceSetup | None = None, *, with_another: bool = False) -> Iterator[Account]:  # noqa: ARG002 - there is always another
        """Create a workspace as `start` says, with one member whose data come from the seeded Faker."""
        start = start or WorkspaceSetup()
        person = self._people.person()
        if start.used_credits is start.monthly_credits is None:
            start = replace(start, used_credits=_USED)
        if start.information is None and "no billing information" not in start.needs:
            start = replace(start, information=BILLING_INFORMATION)
        colleagues = [self._people.person() for _ in range(start.colleagues)]
        made = self.control.create_workspace([person, *colleagues], start, self.profile.variant, self.faults)
        self._answers = made["variant"]
        self._add_on_credits[made["id"]] = start.add_on_credits or 0
        self._colleagues[made["id"]] = made["members"][1:]
        self._sign_in_at(made["sign_in_url"])
        everybody = tuple(member["email"] for member in made["members"])
        yield Account(
            person.name,
            person.email,
            person.password,
            made["id"],
            storage_state=made["storage_state"],
            everybody=everybody,
            key=str(made["id"]),
        )

    def _sign_in_at(self, url: str) -> None:
        """Let members sign in on their own workspace's page, which has that workspace's faults."""
        routes = msgspec.structs.replace(self.profile.routes, sign_in=url.removeprefix(self.profile.base))
        self.profile = msgspec.structs.replace(self.profile, routes=routes)

    def signed_in(self, account: Account) -> StorageState | None:
        """Return the storage state that came with the workspace."""
        return account.storage_state

    def session_ended(self, account: Account) -> str:
        """Return the message for an ended session, which on the fake only a fault can cause."""
        return f"The session of {account.email} has ended: the fake asks to sign in again."

    def signed_in_anew(self, account: Account) -> StorageState:
        """Sign in through the control API."""
        return cast("StorageState", self.control.sign_in(str(account.workspace)))

    def move_clock(self, account: Account, to: str) -> None:
        """Move the clock of the account's workspace."""
        self._note_clock(account, self.control.move_clock(str(account.workspace), to))
        if to == "month-end":
            self._at_month_end.add(str(account.workspace))

    def colleague(self, account: Account) -> Account:
        """Return the workspace's second member, signed in through the control API."""
        workspace = str(account.workspace)
        other = next(iter(self._colleagues[workspace]))
        state = self.control.sign_in(workspace, other["id"])
        return replace(account, name=other["name"], email=other["email"], storage_state=cast("StorageState", state))

    @contextlib.contextmanager
    def same_account(self, account: Account) -> Iterator[bool]:  # noqa: ARG002 - each scenario has its own
        """Yield true: no other scenario has the workspace."""
        yield True

    def let_time_pass(self, account: Account) -> float:
        """Deliver the webhooks that are on their way, and move the clock; at a month's end only as long as it lasts."""
        workspace = str(account.workspace)
        self.control.drain_webhooks(workspace)
        if workspace in self._at_month_end:
            return 0.0
        self._note_clock(account, self.control.advance_clock(workspace, _LATER_S))
        return _LATER_S

    def _note_clock(self, account: Account, now: float) -> None:
        self._ahead_s[str(account.workspace)] = now - time.time()

    def added_credits(self, account: Account) -> int:
        """Return what the ledger has of add-on credits beyond those that the workspace began with, used ones too."""
        entries = self.control.ledger(str(account.workspace))["ledger"]
        added: list[int] = [one["credits"] for one in entries if one["pool"] == "add_on" and one["kind"] != "use"]
        return sum(added) - self._add_on_credits[str(account.workspace)]

    def unexpected_requests(self, account: Account) -> list[str]:
        """Return the unexpected requests in the log of the account's workspace."""
        entries = self.control.unexpected(account.workspace)
        return [f"{entry['method']} {entry['path']} was answered with {entry['status']}" for entry in entries]

    def mailbox(self, account: Account) -> FakeMailbox:
        """Return the outbox of the account's workspace."""
        return FakeMailbox(self.control, str(account.workspace))

    def receipts_address(self, account: Account) -> str:
        """Return the address in the workspace's billing information."""
        stored = self.control.workspace(str(account.workspace))["information"]
        return str((stored or {}).get("email", ""))

    def one_time_password(self, account: Account) -> None:  # noqa: ARG002 - members have no authenticator app
        """Return nothing: no member of the fake has a second factor."""
        return

    def now(self, account: Account) -> datetime:
        """Return the time of the account's workspace."""
        ahead = timedelta(seconds=self._ahead_s.get(str(account.workspace), 0.0))
        return datetime.now(ZoneInfo(self.profile.zone)) + ahead

    def trouble(self) -> str | None:
        """Return how the fake stopped, if this process started it, or else that it does not answer; None if it runs."""
        ended = self._process.ended() if self._process else None
        return ended or self.control.unreachable_reason()

    def header(self) -> list[str]:
        """Return a line with the address, the variant where it differs from the default, and the faults."""
        variant = ", ".join(f"{key}={value}" for key, value in self.profile.variant.items()) or "default"
        faults = f", faults: {', '.join(self.faults)}" if self.faults else ""
        return [f"target: fake at {self.profile.base}, variant: {variant}{faults}"]

    def facts(self) -> dict[str, Any]:
        """Return address, variant, faults and the answers to all open questions, as of the newest workspace."""
        chosen = {"variant": self.profile.variant, "faults": self.faults}
        return {"address": self.profile.base, "answers": self._answers} | chosen


def _host(url: str) -> str:
    return url.split("://", 1)[1].strip("/")
