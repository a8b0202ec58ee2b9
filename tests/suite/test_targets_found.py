"""Profiles are found without being named: here, or in the user's configuration directory; a named file comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.targets.profile_loader import TARGETS_FILE, TARGETS_FILE_VARIABLE, ProfileError, find_profile, user_file
from tests.suite.support.reported import Project

if TYPE_CHECKING:
    from pathlib import Path

_SITE = '[targets.{name}]\nbase_url = "https://{name}.example.com"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own home and working directory, in which nothing names a file."""
    monkeypatch.delenv(TARGETS_FILE_VARIABLE)
    for variable in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    user_file().parent.mkdir(parents=True)
    return tmp_path


def _write(file: Path, *names: str, default: str = "") -> Path:
    first = f'default = "{default}"\n' if default else ""
    file.write_text(first + "".join(_SITE.format(name=name) for name in names), encoding="utf-8")
    return file


def test_nothing_found_means_the_fake_of_the_suite(home: Path) -> None:
    del home
    found = find_profile()
    assert (found.name, found.profile.kind, found.file) == ("fake", "fake", TARGETS_FILE)
    assert found.source == "the suite's own targets.toml"


def test_the_file_here_precedes_the_users_own(home: Path) -> None:
    _write(user_file(), "staging", "live")
    assert find_profile("staging").source.startswith("~/")
    _write(home / "work" / "acceptance.toml", "staging")
    assert find_profile("staging").source == "./acceptance.toml"
    with pytest.raises(ProfileError, match=r'There is no target "live" in \./acceptance\.toml or '):
        find_profile("live")


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_named_file_precedes_both(home: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    _write(home / "work" / "acceptance.toml", "staging")
    named = _write(home / "named.toml", "other")
    if way == "variable":
        monkeypatch.setenv(TARGETS_FILE_VARIABLE, str(named))
    found = find_profile("other", named if way == "option" else None)
    assert found.file == named
    with pytest.raises(ProfileError):
        find_profile("staging", named if way == "option" else None)


def test_a_lone_target_is_the_default_only_where_the_file_says_so(home: Path) -> None:
    _write(home / "work" / "acceptance.toml", "staging")
    assert find_profile().name == "fake"
    _write(home / "work" / "acceptance.toml", "staging", default="staging")
    assert find_profile().name == "staging"
    assert find_profile("fake").name == "fake"
    _write(home / "work" / "acceptance.toml", "staging", default="stagin")
    with pytest.raises(ProfileError, match=r'no target "stagin" .* Did you mean "staging"'):
        find_profile()
    (home / "work" / "acceptance.toml").write_text("default = 3\n", encoding="utf-8")
    with pytest.raises(ProfileError, match="default takes the name of a target in quotes"):
        find_profile()


def test_the_header_says_which_profile_and_from_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    monkeypatch.setenv(TARGETS_FILE_VARIABLE, "")
    _write(tmp_path / "acceptance.toml", "mine", default="mine")
    ended = project.pytest("-k", "nothing", target=None)
    assert "target: mine at https://mine.example.com, no accounts" in ended.text
    assert "profile: mine, by default, from ./acceptance.toml" in ended.text
