"""The image for CI: of the Playwright that is locked, by the field's rules, and made of what the wheel is made of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent))


def _copied() -> list[str]:
    lines = re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_the_image_holds_the_browsers_of_the_locked_playwright() -> None:
    (image,) = re.findall(r"^FROM mcr\.microsoft\.com/playwright/python:v([\d.]+)-", DOCKERFILE, re.MULTILINE)
    assert f"playwright=={image}" in LOCK.splitlines()


@pytest.mark.skipif(HADOLINT is None, reason="hadolint has no package for this system")
def test_hadolint_finds_nothing() -> None:
    command = [str(HADOLINT), "--failure-threshold", "warning", "--no-color", "Dockerfile"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, "error" in ended.stdout) == (0, False), ended.stdout


def test_the_image_gets_what_the_wheel_is_made_of_and_nothing_more() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert {*wheel["packages"], *wheel["force-include"], "README.md", "LICENSE", "requirements.lock"} == {*_copied()}
    ignored, *kept = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")
    ]
    assert ignored == "*"
    assert {line[1:] for line in kept if line.startswith("!")} == {*_copied()}
    assert any(fnmatch("steps/__pycache__", line) for line in kept)
