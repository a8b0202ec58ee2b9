"""A cheaper plan that the list offered before is missed there, and none where nothing is known of one."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from steps.actors import plans
from steps.readers.checkout.checkout import Charge, CheckoutSummary
from steps.readers.money.money import Money
from steps.readers.page.fact import Fact
from steps.targets.target import Paid
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError


@pytest.mark.parametrize(
    ("left", "wrong"),
    [
        (Paid(plan="Business", plan_before="Pro"), BrokenPromiseError),
        (Paid(plan="Business"), NotVerifiedError),
        (Paid(plan="Pro", plan_before="Basic"), NotVerifiedError),
        (Paid(), NotVerifiedError),
    ],
)
def test_a_plan_that_was_left_is_still_on_offer(
    monkeypatch: pytest.MonkeyPatch, left: Paid, wrong: type[Exception]
) -> None:
    noted = SimpleNamespace(before=SimpleNamespace(plan=Fact("Business")))
    monkeypatch.setattr(plans, "_available", lambda _: (noted, None, ("Business", "Enterprise")))
    monkeypatch.setattr(plans, "subscription_of", lambda _: SimpleNamespace(page=SimpleNamespace(url="")))
    member: Any = SimpleNamespace(target=SimpleNamespace(paid={"ada": left}), account=SimpleNamespace(key="ada"))
    with pytest.raises(wrong, match="Pro, as it did before" if wrong is BrokenPromiseError else "the cheapest plan"):
        plans.downgrade(member)


@pytest.mark.parametrize(
    ("asked", "tax", "is_red"),
    [("249", "", False), ("299", "", True), ("117.50", "", False), ("306.27", "57.27", False)],
    ids=["as listed", "dearer", "what was left counts", "with tax"],
)
def test_an_upgrade_is_not_dearer_than_the_list_says(asked: str, tax: str, *, is_red: bool) -> None:
    taxes = (Charge("VAT", Money(Decimal(tax), "USD")),) if tax else ()
    summary = CheckoutSummary(Fact(Money(Decimal(asked), "USD"), ("Total",)), taxes)
    change: Any = SimpleNamespace(chosen="Business", purchase=SimpleNamespace(paid_for=summary))
    with pytest.raises(BrokenPromiseError, match="list of plans") if is_red else nullcontext():
        plans.hold_plan_price(change, Money(Decimal(249), "USD"))
