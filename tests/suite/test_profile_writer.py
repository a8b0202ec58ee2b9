"""A file of profiles that is written to keeps what a person has written there."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from steps.targets.profile_errors import ProfileError
from steps.tools.inspection.profile_writer import ProfileFile, ProfileLine

if TYPE_CHECKING:
    from pathlib import Path

_OWN = """# Mine.
[targets.other]
base_url = "https://other.example.com"   # stays

[targets.site]
base_url = "https://old.example.com" # the old one
payments = { allow = "none" }

# what they call it
[targets.site.labels]
billing = "Fees"   # asked Ada
"""


@pytest.fixture
def file(tmp_path: Path) -> ProfileFile:
    (tmp_path / "own.toml").write_text(_OWN, encoding="utf-8")
    return ProfileFile(tmp_path / "own.toml")


def test_what_is_there_stays(file: ProfileFile) -> None:
    assert not file.put("site", ProfileLine("labels.billing", "Costs"))
    assert not file.put("site", ProfileLine("labels.billing", "Fees", "why"), replace=True)
    assert file.text() == _OWN


def test_new_lines_stand_in_their_tables_with_their_reasons(file: ProfileFile) -> None:
    lines = [
        ProfileLine("labels.add_credits", "Top up", "what the site calls it"),
        ProfileLine("thousands", ".", "as the site writes numbers"),
        ProfileLine("payments.hosts", ["pay.example.com"], "no room for this"),
        ProfileLine("routes.sign_in", "/in", "there it is"),
        ProfileLine("accounts", [{"email": "${A}", "password": "${B}"}]),
        ProfileLine("labels.credit_bar", {"selector": "#bar"}),
    ]
    assert all(file.put("site", line) for line in lines)
    text = file.text()
    site = tomllib.loads(text)["targets"]["site"]
    assert site["labels"] == {"billing": "Fees", "add_credits": "Top up", "credit_bar": {"selector": "#bar"}}
    assert site["payments"] == {"allow": "none", "hosts": ["pay.example.com"]}
    assert (site["thousands"], site["routes"]) == (".", {"sign_in": "/in"})
    assert site["accounts"] == [{"email": "${A}", "password": "${B}"}]
    assert 'add_credits = "Top up" # what the site calls it\n' in text
    for kept in ("# Mine.", "# stays", "# what they call it", '"Fees"   # asked Ada'):
        assert kept in text


def test_what_is_replaced_tells_the_new_reason(file: ProfileFile) -> None:
    assert file.put("site", ProfileLine("base_url", "https://new.example.com", "moved"), replace=True)
    assert 'base_url = "https://new.example.com" # moved' in file.text()
    assert file.profile("other").profile.base == "https://other.example.com"


def test_a_new_file_names_its_only_target_the_default(tmp_path: Path, file: ProfileFile) -> None:
    new = ProfileFile(tmp_path / "deep" / "new.toml")
    new.set_default("site")
    new.put("site", ProfileLine("base_url", "https://site.example.com"))
    new.save()
    assert ProfileFile(new.file).default == "site"
    file.set_default("site")
    assert file.default is None


def test_what_cannot_be_read_or_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[targets", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"broken\.toml is not valid TOML"):
        ProfileFile(tmp_path / "broken.toml")
    with pytest.raises(ProfileError, match="cannot be written"):
        ProfileFile(tmp_path / "broken.toml" / "below.toml").save()
