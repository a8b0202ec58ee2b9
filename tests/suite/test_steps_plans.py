"""The plan that was paid for, as others than the buyer see it."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps import plans as steps
from steps.pages.not_found import ElementNotFoundError
from steps.targets.target import Account, WorkspaceSetup
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError


@pytest.mark.parametrize(
    ("raised", "is_ours", "red", "doubts"),
    [
        (None, False, False, 0),
        (NotVerifiedError("The plan cannot be told."), False, False, 1),
        (ElementNotFoundError("There is no Billing."), False, False, 1),
        (ElementNotFoundError("There is no Billing."), True, True, 0),
        (BrokenPromiseError("Pro", "Basic"), False, True, 0),
    ],
)
def test_what_cannot_be_told_of_a_colleague_is_a_doubt(
    monkeypatch: pytest.MonkeyPatch, raised: Exception | None, *, is_ours: bool, red: bool, doubts: int
) -> None:
    def hold(one: Any, _: str) -> None:
        if one.name == "Ben" and raised is not None:
            raise raised

    target = SimpleNamespace(
        is_exclusive=is_ours,
        paid={"a": SimpleNamespace(plan="Pro")},
        colleague=lambda _: Account("Ben", ""),
        signed_in=lambda _: None,
    )
    member = SimpleNamespace(
        name="Ada", target=target, account=Account("Ada", "", key="a"), doubts=[], sign_in_anew=lambda _: None
    )
    monkeypatch.setattr(steps, "_hold_plan", hold)
    with pytest.raises(AssertionError) if red else nullcontext():
        steps.everybody_sees_the_plan(
            cast("Any", member), WorkspaceSetup(), lambda: None, cast("Any", lambda *_: SimpleNamespace(name="Ben"))
        )
    assert len(member.doubts) == doubts
