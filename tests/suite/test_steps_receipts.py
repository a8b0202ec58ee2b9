"""A receipt is asked for twice, each time from a page that was loaded anew: its link may hold for one load."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps import receipts as steps
from steps.actors import invoices as listing
from steps.pages.not_found import ElementNotFoundError
from steps.readers.invoices.invoices import Invoice

PAID = Invoice("INV-1 6,000 credits $57.00", "INV-1", None, None, 6_000, "", "Paid", 0, 0)


class Site:
    """Gives a receipt once for each load, or once for all."""

    def __init__(self, *, for_each_load: bool) -> None:
        self.for_each_load, self.asked, self.loads = for_each_load, 0, 0

    def invoices_of(self, _: object, *, anew: bool = False) -> Any:
        self.loads += anew
        return SimpleNamespace(on_this_page=lambda: [PAID], receipt=self.receipt)

    def receipt(self, invoice: Invoice) -> bytes:
        self.asked += 1
        if self.asked > (self.loads if self.for_each_load else 1):
            raise ElementNotFoundError(f"The receipt of {invoice.number} could not be downloaded.")
        return b"%PDF"


@pytest.mark.parametrize("for_each_load", [True, False])
def test_a_receipt_is_given_more_than_once(monkeypatch: pytest.MonkeyPatch, *, for_each_load: bool) -> None:
    site = Site(for_each_load=for_each_load)
    monkeypatch.setattr(steps, "invoices_of", site.invoices_of)
    for hold in ("_hold_receipts", "_hold_recipient"):
        monkeypatch.setattr(steps, hold, lambda *_: None)
    monkeypatch.setattr(listing, "days_of", lambda _: set[Any]())
    target = SimpleNamespace(now=lambda _: listing.MIDNIGHT, sets_up=True)
    member = cast("Any", SimpleNamespace(target=target, account=None))
    bought = cast("Any", SimpleNamespace(card=None))
    with nullcontext() if for_each_load else pytest.raises(ElementNotFoundError, match="INV-1 could not"):
        steps.its_receipt_is_a_pdf(member, bought, cast("Any", SimpleNamespace(invoice=PAID)))
    assert site.asked == 2
