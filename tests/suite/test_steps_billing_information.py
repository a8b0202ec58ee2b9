"""Steps about billing information: what a site needs cannot be taken out of it, and that breaks no promise."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from steps import billing_information as step_module
from steps.verdicts.verdict import NotVerifiedError


@pytest.mark.parametrize("is_needed", [True, False])
def test_what_a_site_needs_cannot_be_emptied(monkeypatch: pytest.MonkeyPatch, *, is_needed: bool) -> None:
    form = SimpleNamespace(
        enter=lambda _: None,
        save=lambda: None,
        is_open=lambda: is_needed,
        invalid_fields=lambda: ["tax_id"],
        error_message=lambda _: "",
        describe_page=lambda: "Enter a tax ID.",
    )
    monkeypatch.setattr(step_module, "manage", lambda _: (form, {"po_number": "7"}))
    monkeypatch.setattr(step_module, "shown_under_labels", lambda *_: {})
    member: Any = SimpleNamespace(
        target=SimpleNamespace(profile=None, sets_up=False),
        landing=SimpleNamespace(hold_no_dead_end=lambda _: None),
    )
    besides: Any = SimpleNamespace(information_before=())
    start: Any = None
    with pytest.raises(NotVerifiedError, match="Enter a tax ID") if is_needed else nullcontext():
        step_module.the_member_changes_a_part(member, start, besides, "tax ID to nothing", "company name")
