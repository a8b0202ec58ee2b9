"""Rows of a list that is scrolled, put together though several of them say the same."""

from __future__ import annotations

from steps.readers.invoices.invoice_windows import scrolled
from steps.readers.invoices.invoices import Invoice
from steps.readers.page.fact import Unclear

WORDS = "AABBBACAAAAAB"
"""What the rows say, from the first one on."""


def window(
    first: int, last: int, *, numbered: bool = False, placed: bool = True, receipts: bool = False
) -> list[Invoice]:
    return [
        Invoice(
            WORDS[at], "", None, None, 2_000, "", "", at, -1,
            place=(at + 1 if numbered else 0, 40.0 * at if placed else 40.0 * (at - first)),
            receipt_number=f"INV-{at}" if receipts else "",
        )
        for at in range(first, last)
    ]  # fmt: skip


def read(**told: bool) -> str | Unclear:
    seen, before = window(0, 4, **told), window(0, 4, **told)
    for first in range(3, 10, 3):
        now = window(first, first + 4, **told)
        joined = scrolled(seen, before, now)
        if isinstance(joined, Unclear):
            return joined
        seen, before = joined, now
    return "".join(one.text for one in seen)


def test_rows_that_say_the_same_are_told_apart_by_their_numbers() -> None:
    assert read(numbered=True, placed=False) == WORDS


def test_rows_that_say_the_same_are_told_apart_by_their_places() -> None:
    assert read() == WORDS


def test_rows_that_say_the_same_are_told_apart_by_their_receipts() -> None:
    assert read(placed=False, receipts=True) == WORDS


def test_rows_that_nothing_tells_apart_are_unclear() -> None:
    assert isinstance(read(placed=False), Unclear)


def test_rows_that_became_others_are_unclear() -> None:
    before = window(0, 4, numbered=True)
    others = [*window(4, 8, numbered=True)]
    now = [Invoice("D", "", None, None, 2_000, "", "", 0, -1, place=(4, 0.0)), *others]
    assert isinstance(scrolled(before, before, now), Unclear)
