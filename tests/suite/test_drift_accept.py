"""What a person has read and accepted raises nothing, until the page changes again."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from steps.tools.drift.known_sentences import digest
from tests.suite.support.drift_pages import CHOSEN, Page, drift, packages, step_more

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page()
USUALLY = PAGE.saying("credits are added", "credits are usually added")
MORE = PAGE.saying("without interruption.", 'without interruption. "Never" \\ expires.')


def test_a_decision_is_recorded_with_who_when_and_what(tmp_path: Path) -> None:
    result = drift(tmp_path, USUALLY, "--accept", "--by", 'Ada "Countess" Lovelace')
    assert result.exit_code == 0, result.output
    assert str(tmp_path / "buy-credits.accepted.toml") in result.output
    gone, said = tomllib.loads((tmp_path / "buy-credits.accepted.toml").read_text(encoding="utf-8"))["decision"]
    assert (gone["decision"], said["decision"]) == ("gone", "said")
    assert "usually" in said["sentence"]
    assert said["digest"] == digest(said["sentence"])
    assert said["promise"] == "buy-credits.4a"
    assert said["by"] == 'Ada "Countess" Lovelace'
    assert isinstance(said["at"], datetime)


@pytest.mark.parametrize(
    "changed",
    [
        USUALLY,
        MORE,
        PAGE.step(4, body=CHOSEN),
        PAGE.but(title="Buy more"),
        PAGE.but(more="## Refunds\n\nNone. Or not."),
    ],
)
def test_what_is_accepted_raises_nothing(tmp_path: Path, changed: Page) -> None:
    assert drift(tmp_path, changed).exit_code == 1
    assert drift(tmp_path, changed, "--accept", "--by", "Ada").exit_code == 0
    result = drift(tmp_path, changed)
    assert result.exit_code == 0, result.output


def test_the_page_before_is_another_one_then(tmp_path: Path) -> None:
    drift(tmp_path, USUALLY, "--accept", "--by", "Ada")
    result = drift(tmp_path, PAGE)
    assert result.exit_code == 1
    assert 'Now says: "After your payment is successful, the credits are added' in result.output
    assert "usually" in result.output
    assert drift(tmp_path, PAGE, "--accept", "--by", "Ada").exit_code == 0
    assert drift(tmp_path, PAGE).exit_code == 0
    assert drift(tmp_path, USUALLY).exit_code == 1


def test_an_accepted_sentence_has_its_place(tmp_path: Path) -> None:
    drift(tmp_path, MORE, "--accept", "--by", "Ada")
    elsewhere = PAGE.saying("account immediately.", 'account immediately. "Never" \\ expires.')
    result = drift(tmp_path, elsewhere)
    assert result.exit_code == 1
    assert "Stands in another place" in result.output


def test_facts_remain_beside_what_is_accepted(tmp_path: Path) -> None:
    page = packages(*PAGE.packages[1:]).saying("credits are added", "credits are usually added")
    result = drift(tmp_path, page, "--accept", "--by", "Ada")
    assert result.exit_code == 1
    again = drift(tmp_path, page)
    assert (again.exit_code, "usually" in again.output) == (1, False)
    assert "No longer offers 2,000 credits" in again.output


def test_a_label_is_looked_for_in_accepted_words_too(tmp_path: Path) -> None:
    page = PAGE.step(2, "Get more.", "Press **Top up** below **Current Plan**, not Add credits.")
    assert drift(tmp_path, page, "--accept", "--by", "Ada").exit_code == 1
    assert 'No longer names in bold: "Add credits", but: "Top up"' in drift(tmp_path, page).output
    fitting = PAGE.step(2, "Get more.", "Press **Add credits** below **Current Plan**.")
    drift(tmp_path, fitting, "--accept", "--by", "Ada")
    assert drift(tmp_path, fitting).exit_code == 0


def test_an_accepted_step_remains_a_step_more(tmp_path: Path) -> None:
    page = step_more("Introduce your company.", "Enter its name.", 1)
    drift(tmp_path, page, "--accept", "--by", "Ada")
    assert 'There is a new step: "Introduce your company."' in drift(tmp_path, page).output


def test_nothing_is_recorded_of_a_page_that_cannot_be_compared(tmp_path: Path) -> None:
    assert drift(tmp_path, "# Another page\n", "--accept", "--by", "Ada").exit_code == 2
    assert drift(tmp_path, PAGE, "--accept", "--by", "Ada").exit_code == 0
    assert not (tmp_path / "buy-credits.accepted.toml").exists()


def test_without_a_name_the_user_is_asked_of_git_or_of_the_system(tmp_path: Path) -> None:
    assert drift(tmp_path, USUALLY, "--accept").exit_code == 0
    decisions = tomllib.loads((tmp_path / "buy-credits.accepted.toml").read_text(encoding="utf-8"))["decision"]
    assert all(decision["by"] for decision in decisions)


@pytest.mark.parametrize("content", ["[[decision]]\n", "nothing", '[[decision]]\ndecision = "maybe"\n', "\udcff"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "buy-credits.accepted.toml").write_text(content, encoding="utf-8", errors="surrogateescape")
    result = drift(tmp_path, PAGE)
    assert result.exit_code == 2
    assert "buy-credits.accepted.toml cannot be read" in result.output
