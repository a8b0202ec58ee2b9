"""The scripts of the pages import each other one way only."""

from __future__ import annotations

import graphlib
import re
from pathlib import Path

import pytest

FAKE = Path(__file__).parents[2] / "fake_backend"


@pytest.mark.parametrize("app", ["site", "processor"])
def test_no_scripts_import_each_other(app: str) -> None:
    scripts = list((FAKE / app / "static").glob("*.js"))
    imports = {
        script.name: re.findall(r'^import .* from "\./([\w-]+\.js)";', script.read_text(encoding="utf-8"), re.MULTILINE)
        for script in scripts
    }
    order = tuple(graphlib.TopologicalSorter(imports).static_order())
    assert set(order) == {script.name for script in scripts}
