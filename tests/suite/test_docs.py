"""Every command that the documents quote is one that the suite takes, option by option."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from fake_backend.__main__ import main as fake
from steps.cli import main

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
QUOTED = re.compile(r"`([^`\n]+)`")
TARGET = re.compile(r"^([a-z-]+):.*##", re.MULTILINE)


def quoted(program: str) -> list[str]:
    """Return what the documents quote of a program: lines of console blocks, and words in backticks."""
    found: dict[str, None] = {}
    for file in DOCS:
        text = file.read_text(encoding="utf-8")
        blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
        lines = [line.partition("  #")[0] for block in blocks for line in block.splitlines()]
        for line in [*lines, *QUOTED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))]:
            words = re.sub(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?", "", line.strip())
            if re.match(rf"{program}(?: |$)", words):
                found[words] = None
    return list(found)


@pytest.mark.parametrize("line", quoted("acceptance"))
def test_a_quoted_command_is_taken(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, *words = shlex.split(line.replace("…", ""))
    if not words or words[0].startswith("-"):
        return
    command = main.get_command(click.Context(main), words[0])
    assert command is not None
    if words[0] == "fake":
        command = fake
    if words[0] == "run":
        return
    context = command.make_context(words[0], words[1:], resilient_parsing=True)
    known = {option for one in command.params for option in one.opts}
    assert {word.partition("=")[0] for word in words[1:] if word.startswith("--")} <= known
    assert context.args == []


def test_a_quoted_option_of_a_run_is_there(pytestconfig: pytest.Config) -> None:
    parser = pytestconfig._parser  # noqa: SLF001 - pytest has no other way to its options
    for line in quoted("pytest"):
        words = [word for word in shlex.split(line.replace("N", "1"))[1:] if word not in ("…", "--help")]
        assert parser.parse_known_and_unknown_args(words)[1] == [], line


def test_a_quoted_target_of_make_is_there() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = {line.split()[1] for line in quoted("make") if len(line.split()) > 1}
    assert named <= targets, named - targets
