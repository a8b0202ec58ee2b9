"""What another company changes is changed: its form takes it, or nothing is claimed of what that does to others."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps import workspace_isolation
from steps.readers.money.money import Money
from steps.verdicts.verdict import NotVerifiedError


@pytest.mark.parametrize(("complaint", "is_taken"), [("", True), ("Enter a company name", False)])
def test_the_other_company_enters_what_is_empty_too(
    monkeypatch: pytest.MonkeyPatch, complaint: str, *, is_taken: bool
) -> None:
    entered: dict[str, str] = {}
    form = SimpleNamespace(
        enter=entered.update, save=lambda: None, is_open=lambda: True, invalid_fields=list[str],
        complaint=lambda: complaint, describe_page=str,
    )  # fmt: skip
    there = {"company_name": "", "tax_id": "", "receipts_email": "billing@example.com"}
    monkeypatch.setattr(workspace_isolation, "manage", lambda _: (form, there))
    monkeypatch.setattr(workspace_isolation, "_as_it_is", lambda _: "as it is")
    nobody = cast("Any", None)
    with nullcontext() if is_taken else pytest.raises(NotVerifiedError, match="the other company enters"):
        workspace_isolation.the_other_company_changes_information(nobody, nobody)
    assert (entered["company_name"], "tax_id" in entered, "receipts_email" in entered) == (
        "Difference Engines Inc", True, False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "is_page", "is_given"),
    [
        ("Receipt INV-7, 29 Nov 2026: 4,000 credits, $1,036.00. Ask the owner for the PDF.", False, True),
        ("You may not see INV-7.", False, False),
        ("Receipt INV-7", True, True),
        ("Sign in", True, False),
    ],
)
def test_what_tells_of_another_company_s_invoice_gives_it_away(said: str, *, is_page: bool, is_given: bool) -> None:
    answer: Any = SimpleNamespace(body=said.encode, text=lambda: said)
    invoice: Any = SimpleNamespace(number="INV-7", amount=Money(Decimal(1_036), "USD"))
    assert workspace_isolation.tells_of(answer, invoice, is_page=is_page) is is_given
