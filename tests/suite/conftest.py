"""What several tests of the suite begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.desk import Desk
from tests.suite.support.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def site() -> Iterator[SmallSite]:
    site = SmallSite().start()
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def _impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press for a second at most on the small pages of tests: what is covered there stays so."""
    if "page" in request.fixturenames:
        monkeypatch.setattr("steps.pages.input_device._PATIENCE", 1000)
