"""`acceptance run` carries out what is named, from any directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from steps.cli.run import command
from steps.documentation.packages import FEATURES

if TYPE_CHECKING:
    from pathlib import Path

OWN = FEATURES / "see_users.feature"


@pytest.mark.parametrize(
    ("options", "carried_out"),
    [
        ([], [FEATURES]),
        (["-m", "smoke"], [FEATURES, "-m", "smoke"]),
        (["see_users.feature"], [OWN]),
        (["features/see_users.feature::test_everybody"], [f"{OWN}::test_everybody"]),
        ([str(OWN), "-q"], [OWN, "-q"]),
        (["other.feature"], ["other.feature"]),
        (["--deselect", "see_users.feature"], [FEATURES, "--deselect", "see_users.feature"]),
    ],
)
def test_features_that_are_named_are_carried_out_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], carried_out: list[Path | str]
) -> None:
    monkeypatch.chdir(tmp_path)
    seen: list[list[str]] = []
    monkeypatch.setattr(pytest, "main", seen.append)
    CliRunner().invoke(command, options)
    assert seen[0][3:] == [str(one) for one in carried_out]
