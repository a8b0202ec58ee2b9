"""A scenario goes to another workspace where the first one has what it begins without."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors import preconditions
from steps.actors.preconditions import WorkspaceUsedError
from steps.runner.fixtures import where_it_fits

if TYPE_CHECKING:
    from collections.abc import Sequence


def _member(name: str, workspaces: Sequence[str]) -> Any:
    accounts = [SimpleNamespace(workspace=one, email=f"{at}@{one}", session=None) for at, one in enumerate(workspaces)]
    return SimpleNamespace(name=name, target=SimpleNamespace(profile=SimpleNamespace(accounts=accounts)))


@pytest.mark.parametrize(
    ("workspaces", "used", "asked"),
    [
        ([], "", "a"),
        (["north"], "", "a"),
        (["north", "north", "south"], "a", "ab"),
        (["north", "south", "west"], "ab", "abc"),
        (["north", "south"], "ab", "ab"),
        (["north", "north"], "a", "a"),
    ],
)
def test_another_workspace_is_asked_where_one_is_used(workspaces: list[str], used: str, asked: str) -> None:
    seen: list[str] = []
    others = iter("bcdef")

    def prepare(member: Any) -> None:
        seen.append(member.name)
        if member.name in used:
            raise WorkspaceUsedError("The account has billing information already.")

    def find() -> str:
        member = _member("a", workspaces)
        name: str = where_it_fits(member, lambda: _member(next(others), workspaces), prepare).name  # type: ignore[attr-defined]
        return name

    if asked[-1] in used:
        with pytest.raises(WorkspaceUsedError):
            find()
    else:
        assert find() == asked[-1]
    assert "".join(seen) == asked


@pytest.mark.parametrize("left", [0, 30])
def test_a_workspace_whose_monthly_credits_are_used_up_is_left_for_another_one(
    monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr(preconditions, "monthly_left", lambda _: left)
    member: Any = SimpleNamespace(target=SimpleNamespace(capabilities=set()))
    with nullcontext() if left else pytest.raises(WorkspaceUsedError, match="used up until"):
        preconditions.earn(member, ["monthly credits"])
