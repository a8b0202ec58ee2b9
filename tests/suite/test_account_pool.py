"""Accounts are lent to one process at a time, and come back from those that are killed."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.targets.account_pool import AccountPool
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what these tests lend away from the user's own."""
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(tmp_path / "state"))


HOLDER = """
import sys
from steps.targets.account_pool import AccountPool
from steps.verdicts.verdict import NotVerifiedError
with AccountPool(sys.argv[1].split(","), 30).acquire() as place:
    print(place, flush=True)
    sys.stdin.read()
"""


class Holder:
    """Another process that holds an account until it is told to let go, or killed."""

    def __init__(self, accounts: str) -> None:
        command = [sys.executable, "-c", HOLDER, accounts]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.place = int(cast("Any", self.process.stdout).readline())

    def end(self) -> None:
        self.process.communicate(timeout=30)


@pytest.fixture
def holder() -> Iterator[type[Holder]]:
    made: list[Holder] = []

    class Kept(Holder):
        def __init__(self, accounts: str) -> None:
            super().__init__(accounts)
            made.append(self)

    yield Kept
    for one in made:
        if one.process.poll() is None:
            one.end()


def test_an_account_is_lent_to_one_process_at_a_time(holder: type[Holder]) -> None:
    first = holder("ada")
    with (
        pytest.raises(NotVerifiedError, match=r"No account became free within 0.5 s"),
        AccountPool(["ada"], 0.5).acquire(),
    ):
        pass
    first.end()
    with AccountPool(["ada"], 0.5).acquire() as place:
        assert place == 0


def test_an_account_comes_back_from_a_process_that_is_killed(holder: type[Holder]) -> None:
    killed = holder("ada")
    killed.process.kill()
    killed.process.communicate()
    with AccountPool(["ada"], 5).acquire() as place:
        assert place == 0


def test_whoever_waits_gets_the_first_account_that_is_free(holder: type[Holder]) -> None:
    first, second = holder("ada,bob"), holder("ada,bob")
    assert {first.place, second.place} == {0, 1}
    ending = threading.Timer(0.3, second.end)
    ending.start()
    with AccountPool(["ada", "bob"], 10).acquire() as place:
        assert place == second.place
    ending.join()


def test_accounts_of_different_sites_have_nothing_to_do_with_each_other(holder: type[Holder]) -> None:
    holder("https://a.example.com ada")
    with AccountPool(["https://b.example.com ada"], 0.2).acquire():
        pass


def test_two_that_need_two_accounts_each_do_not_wait_for_one_another() -> None:
    names, has_one, ends = ["ada", "bob"], threading.Event(), []

    def need_two() -> None:
        with AccountPool(names, 20).acquire_with_another() as first:
            has_one.set()
            ends.append(first)

    pool, other = AccountPool(names, 2), threading.Thread(target=need_two)
    with pool.acquire_with_another():
        other.start()
        assert not has_one.wait(0.5)
        with pool.acquire() as second:
            ends.append(second)
    other.join(20)
    assert len(ends) == 2


def test_who_holds_an_account_and_gets_no_second_one_is_told_so(
    holder: type[Holder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("steps.targets.account_pool._SECOND_S", 0.3)
    holder("ada,bob")
    pool = AccountPool(["ada", "bob"], 20)
    with (
        pool.acquire(),
        pytest.raises(NotVerifiedError, match=r"No second account .* 0.3 s, .*: add accounts .*, or run fewer workers"),
        pool.acquire(),
    ):
        pass


def test_the_account_used_last_is_lent_again_first() -> None:
    pool = AccountPool(["ada", "bob"], 1)
    with pool.acquire() as first, AccountPool(["ada", "bob"], 1).acquire() as second:
        assert (first, second) == (0, 1)
    other = AccountPool(["ada", "bob"], 1)
    with pool.acquire(), other.acquire() as second:
        assert second == 1
    with other.acquire() as again:
        assert again == 1


def test_the_last_of_several_is_spared_for_who_uses_credits_up(holder: type[Holder]) -> None:
    pool = AccountPool(["a", "b", "c"], 5)
    others = [holder("a,b,c"), holder("a,b,c")]
    with pool.acquire() as place:
        assert place == 2
    others[0].end()
    with pool.acquire() as place:
        assert place == others[0].place
    with pool.acquire(from_end=True) as place:
        assert place == 2
