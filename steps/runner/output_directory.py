"""Where a run writes: nothing is ever emptied or overwritten that a run has not written itself.

pytest-playwright deletes its `--output` directory with all that is in it; this does it instead, file by file, and only
where every file is one of its own.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from steps.runner.run_context import is_run, reports_directory

_MARK = ".acceptance-artifacts"
"""The file that says of a directory that runs write their artifacts there."""
_ARTIFACT = re.compile(r"(?:trace|video)(?:-\d+)?\.(?:zip|webm)|test-(?:failed|finished)-\d+\.png")
"""What pytest-playwright calls traces, videos and pictures."""
_FEW = 3


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the run's own output directory. Raises UsageError for one that holds anything else."""
    option = config.option
    if option.output == "test-results":
        option.output = str(reports_directory(config) / "artifacts")
    elif is_run(config) and not hasattr(config, "workerinput"):
        place = Path(option.output)
        if others := files_of_others(place):
            more = f" and {len(others) - _FEW} more" if len(others) > _FEW else ""
            raise pytest.UsageError(
                f"--output {option.output} would be emptied, and holds what no run has written: "
                f"{', '.join(others[:_FEW])}{more}. Name a new or an empty directory."
            )
        _empty(place)


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir() -> None:
    """Delete nothing, in place of pytest-playwright's fixture: the controlling process has emptied the directory."""


def files_of_others(place: Path) -> list[str]:
    """Return what stands in a directory that no run has written there, as paths relative to it."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        return [place.name]
    if not place.is_dir():
        return []
    if not (place / _MARK).is_file():
        return sorted(file.name for file in place.iterdir())
    return [
        file.relative_to(place).as_posix()
        for file in sorted(place.rglob("*"))
        if not (file.name == _MARK or _ARTIFACT.fullmatch(file.name) or _is_folder(file))
    ]


def _is_folder(file: Path) -> bool:
    return file.is_dir() and not file.is_symlink()


def _empty(place: Path) -> None:
    """Delete the artifacts of earlier runs, and mark the directory as one of runs."""
    with contextlib.suppress(OSError):  # told at the end, together with what could not be written there
        for file in sorted(place.rglob("*"), reverse=True):
            if _is_folder(file):
                file.rmdir()
            else:
                file.unlink()
        place.mkdir(parents=True, exist_ok=True)
        (place / _MARK).touch()
