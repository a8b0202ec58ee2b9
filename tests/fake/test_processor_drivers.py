"""Public drivers' sequences on the payment page: each in one layout, each layout by some; `make drivers` does all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from fake_backend.processor_alone import ProcessorAlone
from tests.tools.drivers.driving import pay
from tests.tools.drivers.sequences import CASES, EVERYWHERE, FRAMES, HOSTED, SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_SOME = [(name, HOSTED[number % len(HOSTED)]) for number, name in enumerate(SEQUENCES)]
_SOME += list(zip(EVERYWHERE, FRAMES, strict=True))


@pytest.fixture(scope="module")
def processor() -> Iterator[ProcessorAlone]:
    alone = ProcessorAlone()
    alone.start()
    yield alone
    alone.stop()


@pytest.mark.parametrize(("name", "layout"), CASES if os.environ.get("ALL_LAYOUTS") else _SOME)
def test_a_public_drivers_sequence_runs_through(processor: ProcessorAlone, page: Page, name: str, layout: str) -> None:
    assert pay(processor, page, name, layout) == "paid"
