"""In which order scenarios run on a site, where they share accounts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = """[targets.site]
base_url = "https://site.example"
accounts = [{ session = "saved" }]
"""


def collected(*options: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in ran.stdout.splitlines() if "::" in line]


@pytest.mark.nightly
def test_scenarios_that_use_credits_come_first_on_a_site_and_those_that_change_the_plan_last(tmp_path: Path) -> None:
    profile = tmp_path / "targets.toml"
    profile.write_text(SITE, encoding="utf-8")
    site = collected("--target", "site", "--targets-file", str(profile))
    fake = collected()
    changing = [one for one in fake if "test_upgrading" in one or "billing_cycle" in one or "month_after_an" in one]
    assert len(changing) == 4
    assert fake.index(changing[0]) < len(fake) // 2
    assert sorted(site) == sorted(fake)
    assert min(site.index(one) for one in changing) >= len(site) - 8
    using = [one for one in fake if "last_one" in one or "credits_are_left" in one]
    assert {*using} == {one for one in site[: len(site) // 4] if one in using}
    left = next(one for one in site if "monthly_credits_are_left" in one)
    using_up = [one for one in site if "last_one" in one or "no_credits_are_left" in one or "credits_are_gone" in one]
    assert len(using_up) == 4
    assert site.index(left) < min(map(site.index, using_up))
    assert max(site.index(one) for one in using) < len(site) // 4
