"""Scenarios about people who see or handle a site otherwise: what the browser tells, and which sites are asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.accessibility import use_display

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("look", "query"),
    [
        ("on a phone", "(width: 390px) and (height: 844px)"),
        ("with reduced motion", "(prefers-reduced-motion: reduce)"),
        ("at 200 % zoom", "(width: 640px) and (min-resolution: 2dppx)"),
        ("in dark mode", "(prefers-color-scheme: dark)"),
    ],
)
def test_a_site_is_told_how_it_is_seen(request: pytest.FixtureRequest, look: str, query: str) -> None:
    use_display(look, request)
    context: BrowserContext = request.getfixturevalue("new_context")()
    assert context.new_page().evaluate("(query) => matchMedia(query).matches", query)


@pytest.mark.nightly
def test_a_site_whose_profile_does_not_want_it_is_not_verified_and_told_how(tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text('[targets.staging]\nbase_url = "http://staging.example"\n', encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "features/accessibility.feature", "-q", "-k", "alone"]
    named = ["--target", "staging", "--targets-file", str(file), f"--output={tmp_path}/artefacts"]
    ran = subprocess.run([*command, *named], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 6, ran.stdout + ran.stderr
    assert "1 not verified" in ran.stdout
    assert "The profile line that settles it: accessible = true" in ran.stdout
