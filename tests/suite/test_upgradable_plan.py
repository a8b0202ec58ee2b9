"""A scenario that upgrades begins on a plan that has a dearer one: in another workspace, or after a downgrade."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from steps.actors import preconditions
from steps.actors.preconditions import WorkspaceUsedError


@pytest.mark.parametrize(
    ("is_cheaper", "can_wait", "ends", "is_changed"),
    [(True, False, None, False), (False, True, None, True), (False, False, WorkspaceUsedError, False)],
)
def test_a_workspace_on_the_dearest_plan_is_left_for_another_one(
    monkeypatch: pytest.MonkeyPatch,
    ends: type[Exception] | None,
    *,
    is_cheaper: bool,
    can_wait: bool,
    is_changed: bool,
) -> None:
    changed: list[Any] = []
    monkeypatch.setattr(preconditions, "can_be_upgraded", lambda _: is_cheaper)
    monkeypatch.setattr(preconditions, "_change_down", changed.append)
    member: Any = SimpleNamespace(target=SimpleNamespace(capabilities={"clock"} if can_wait else set()))
    with pytest.raises(ends) if ends else nullcontext():
        preconditions.earn(member, ["upgradable plan"])
    assert bool(changed) == is_changed


@pytest.mark.parametrize("is_cheaper", [True, False])
def test_a_plan_is_paid_for_in_a_workspace_that_has_a_dearer_one(
    monkeypatch: pytest.MonkeyPatch, *, is_cheaper: bool
) -> None:
    changed: list[Any] = []
    monkeypatch.setattr(preconditions, "can_be_upgraded", lambda _: is_cheaper)
    monkeypatch.setattr(preconditions, "require", lambda *_: None)
    monkeypatch.setattr(preconditions, "upgrade", lambda *given, to: changed.append((*given, to)))
    account = SimpleNamespace(key="ada")
    target = SimpleNamespace(profile=None, paid={"ada": SimpleNamespace(plan="")})
    member: Any = SimpleNamespace(target=target, account=account)
    with nullcontext() if is_cheaper else pytest.raises(WorkspaceUsedError):
        preconditions.earn(member, ["chosen plan"])
    assert bool(changed) == is_cheaper


@pytest.mark.parametrize("is_cheaper", [True, False])
def test_the_dearest_plan_is_paid_for_where_the_workspace_has_another_one(
    monkeypatch: pytest.MonkeyPatch, *, is_cheaper: bool
) -> None:
    changed: list[Any] = []
    monkeypatch.setattr(preconditions, "can_be_upgraded", lambda _: is_cheaper)
    monkeypatch.setattr(preconditions, "can_be_downgraded", lambda _: True)
    monkeypatch.setattr(preconditions, "require", lambda *_: None)
    monkeypatch.setattr(preconditions, "upgrade", lambda *_, to="last": changed.append(to))
    member: Any = SimpleNamespace(target=SimpleNamespace(profile=None))
    preconditions.earn(member, ["dearest plan"])
    assert changed == ["last"] * is_cheaper
