"""Accounts that a late look finds as they are made up, without a site."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading
from steps.readers.page.fact import Absent, Fact
from steps.runner.late_look import LateLooks
from steps.targets.fake_control_client import ControlError
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account, Paid

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class StandIn:
    """A target whose books are made up."""

    added: int = 4_000
    is_same: bool = True
    looked: list[str] = field(default_factory=list)
    is_exclusive: bool = False
    sets_up: bool = True
    moved: float = 60.0
    offered: frozenset[int] = frozenset({2_000, 4_000, 6_000})
    paid: defaultdict[str, Paid] = field(default_factory=lambda: defaultdict(Paid))
    profile = Profile(base_url="http://site.example", limits=Limits(late=1))

    def signed_in(self, account: Account) -> None:
        assert account

    @contextlib.contextmanager
    def same_account(self, account: Account) -> Iterator[bool]:
        assert account
        yield self.is_same

    def let_time_pass(self, account: Account) -> float:
        self.looked.append(account.name)
        return self.moved

    def added_credits(self, account: Account) -> int:
        assert account
        return self.added


class Silent(StandIn):
    """A target that does not answer."""

    def added_credits(self, account: Account) -> int:
        raise ControlError(account.name)


class Bought:
    """What a late look knows of a member who has paid for 4,000 credits."""

    own_state = None
    month_ends = False
    has_moved_clock = False
    others_bought = False
    listed = ()

    def __init__(
        self, target: StandIn, name: str = "one", key: str = "a", turn: int = 0, add_on: tuple[int, int] | None = None
    ) -> None:
        self.target, self.account = target, Account(name, "", key=key, turn=turn)
        before, self.last_seen = map(shown_credits, add_on or (None, None))
        self.credits_used: list[int] = []
        paid = SimpleNamespace(kind="left")
        self.purchases = [
            SimpleNamespace(
                amount=4_000,
                outcome=paid,
                is_invoiced=False,
                before=before,
                reopened="",
                follows_runs=False,
                information_before=(),
            )
        ]


def shown_credits(add_on: int | None, month: int = 0) -> CreditsReading | None:
    if add_on is None:
        return None
    no = Absent("")
    monthly = Fact(Balance(month), (f"{month} monthly credits",))
    return CreditsReading(no, monthly, Fact(Balance(add_on), (f"{add_on:,} add-on credits",)), no, no, (), ())


def looked_at(*members: Bought) -> list[tuple[str, Exception]]:
    looks = LateLooks(cast("Any", None), cast("Any", None))
    for member in members:
        looks.note(member.account.name, cast("Any", member), {})
    return list(looks.look())
