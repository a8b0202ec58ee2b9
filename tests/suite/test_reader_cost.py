"""What a look at a heavy page costs, in time of the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.benchmarks.looks import measure

if TYPE_CHECKING:
    from playwright.sync_api import Page

GENEROUS = 4
"""So many times as much as on a machine that has nothing else to do."""


def test_a_look_at_a_page_that_stands_still_costs_next_to_nothing(page: Page) -> None:
    found = measure(page, 2000, rounds=5, seconds=0)
    assert found["a look at a page that stands still"] < found["a look after a change"] / 4


@pytest.mark.nightly
def test_a_look_at_a_page_as_heavy_as_real_ones_costs_little(page: Page) -> None:
    found = measure(page, 5000)
    assert found["a look while the page changes each 300 ms"] < 20 * GENEROUS
    assert found["a look at a page that stands still"] < 2 * GENEROUS
