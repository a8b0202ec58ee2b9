"""The import contracts of pyproject.toml hold here, and a wrong import breaks them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.suite.support.planting import ROOT, Planted, planted

if TYPE_CHECKING:
    from pathlib import Path

_LINT = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--no-logo'])"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {_LINT}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return planted(tmp_path_factory.mktemp("contracts"))


def test_the_contracts_hold() -> None:
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout
    assert "5 kept, 0 broken" in ran.stdout


NIGHTLY = pytest.mark.nightly
ROOMS = "The rooms of steps/ import one way only"
INSIDE = "The rooms of steps/readers/ import one way only"
APART = "The suite and the fake do not import each other"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("file", "code", "contract"),
    [
        ("steps/tools/planted.py", "import steps.cli\n", ROOMS),
        pytest.param("steps/runner/planted.py", "import steps.tools\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/runner/planted.py", "import steps.reporting\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/billing.py", "import steps.runner.run_context\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/actors/planted.py", "import steps.billing\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/pages/planted.py", "import steps.actors.member\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/safety/planted.py", "import steps.pages.billing\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/browser/planted.py", "import steps.safety.redactor\n", ROOMS, marks=NIGHTLY),
        pytest.param("steps/targets/planted.py", "import steps.browser.discovery\n", ROOMS, marks=NIGHTLY),
        pytest.param(
            "steps/documentation/planted.py", "import steps.targets.profile\n", ROOMS, marks=pytest.mark.nightly
        ),
        pytest.param("steps/verdicts/planted.py", "import steps.documentation\n", ROOMS, marks=NIGHTLY),
        pytest.param(
            "steps/documentation/planted.py", "import steps.verdicts.verdict\n", ROOMS, marks=pytest.mark.nightly
        ),
        ("steps/room_of_no_layer.py", "", ROOMS),
        ("steps/pages/planted.py", "def read():\n    import fake_backend.site\n", APART),
        ("fake_backend/planted.py", "import steps.targets.profile\n", APART),
        ("fake_backend/site/planted.py", "import fake_backend.processor\n", "site and processor meet over HTTP only"),
        ("fake_backend/processor/planted.py", "import fake_backend.site\n", "site and processor meet over HTTP only"),
        ("steps/readers/figures/planted.py", "import steps.readers.money.money\n", INSIDE),
        ("steps/pages/checkout_form.py", "import steps.pages.checkout\n", "No import cycles"),
    ],
)
def test_a_wrong_import_breaks_its_contract(tree: Planted, file: str, code: str, contract: str) -> None:
    path = tree.root / file
    before = path.read_bytes() if path.exists() else None
    tree.add(file, "\n" + code)
    try:
        ran = lint_imports(tree.root)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
    assert ran.returncode == 1, ran.stdout
    broken = [line for line in ran.stdout.splitlines() if line.endswith(" BROKEN")]
    assert any(contract in line for line in broken), ran.stdout
