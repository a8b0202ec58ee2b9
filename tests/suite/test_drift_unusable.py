"""What is not the page, or not all of it, is refused in one sentence; what is hostile does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from steps.cli.drift import command
from tests.suite.support.drift_pages import Page, drift, html

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page()


UNUSABLE: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "is empty"),
    "spaces alone": (" \n\t\n", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
    "a binary file": (b"Buy credits\x00\x00", "not text in UTF-8"),
    "another encoding": ("Buy credits, año".encode("latin-1"), "not text in UTF-8"),
    "no Markdown": ('{"title": "Buy credits", "packages": [2000, 4000]}', "holds no step"),
    "words alone": ("The quick brown fox jumps over the lazy dog.\n" * 50, "holds no step"),
    "the title alone": ("# Buy credits\n\nThis page has moved.\n", "holds no step"),
    "10 MB of letters that take two bytes": ("é" * 5_000_000, "larger than"),
    "another page": (
        "# Invoices\n\n1. Open **Billing**.\n2. Look at the list of all your payments.\n",
        "holds no step",
    ),
    "an error page": ("<!doctype html><html><body><main><h1>Not found</h1></main></body></html>", "holds no step"),
    "10 MB of words": ("Buy credits. " * 800_000, "larger than"),
    "10 MB after the page": (PAGE.markdown() + "\n" * 10_000_000, "larger than"),
    "1 MB of brackets": ("[" * 1_000_000, "larger than"),
    "HTML nested without end": ("<html><body>" + "<div>" * 100_000 + "Buy credits</body></html>", "nested too deeply"),
    "HTML with 1 MB of words": (html("Buy credits. " * 80_000), "more text than a documentation page"),
    "Markdown nested without end": (PAGE.markdown() + "\n" + "> " * 200 + "Credits expire.", "nested too deeply"),
    "cut within the packages": (PAGE.markdown().partition("22,000")[0], "cut short"),
    "cut after the second step": (PAGE.markdown().partition("3. ")[0], "cut short"),
    "cut within the last step": (PAGE.markdown().partition("successful")[0], "cut short"),
    "HTML cut within the packages": (html(PAGE.markdown()).partition("22,000")[0], "cut short"),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", UNUSABLE)
def test_a_page_that_cannot_be_compared_is_refused(tmp_path: Path, name: str) -> None:
    text, says = UNUSABLE[name]
    result = drift(tmp_path, text)
    assert result.exit_code == 2, result.output
    assert says in result.output
    assert result.output.count("\n") == 1, "one sentence"


def test_a_missing_page_and_a_folder_are_refused(tmp_path: Path) -> None:
    for name in (tmp_path / "none.md", tmp_path, "\0"):
        result = CliRunner().invoke(command, [str(name)])
        assert result.exit_code == 2, result.output
        assert "cannot be read" in result.output


def test_a_page_cannot_write_to_the_terminal_but_words(tmp_path: Path) -> None:
    page = PAGE.saying(
        "without interruption.", "without interruption. \x1b[31mCredits expire\u202e \x07[bold]soon[/bold]."
    )
    result = drift(tmp_path, page)
    assert result.exit_code == 1
    assert "expire" in result.output
    assert not set(result.output) & set("\x1b\x07\u202e")


@pytest.mark.nightly
def test_hostile_markup_ends_soon(tmp_path: Path) -> None:
    for piece in ("[", "![](", "*a ", "> ", "<b>", "|a", "{% step %}\n", "\n1. ", "`", "&#x41;"):
        result = drift(tmp_path, PAGE.markdown() + piece * (5_000 // len(piece)))
        assert result.exit_code in (0, 1, 2)
