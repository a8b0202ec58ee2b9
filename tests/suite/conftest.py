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
