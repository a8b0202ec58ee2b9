"""`acceptance run`: carry the scenarios out from any directory, also where no checkout is."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_ABOUT_FEATURES = frozenset({"--deselect", "--ignore", "--ignore-glob"})
"""Options whose value names a feature that is not to be carried out."""


@click.command("run", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def command(options: tuple[str, ...]) -> None:
    """Carry out the scenarios, as `pytest features` does in a checkout; takes pytest's options (`--help` lists them).

    Features that are named (see_users.feature) are carried out alone. Reports go to reports/ in this directory. Exit
    codes are those of a run.
    """
    import pytest

    from steps.documentation.packages import FEATURES
    from steps.documentation.places import bundled

    settings = ["-c", str(bundled("pyproject.toml")), f"--rootdir={Path.cwd()}"]
    pairs = zip(("", *options), options, strict=False)
    named = {word for before, word in pairs if _is_feature(word) and before not in _ABOUT_FEATURES}
    words = [_own(word, FEATURES) if word in named else word for word in options]
    sys.exit(pytest.main([*settings, *([] if named else [str(FEATURES)]), *words]))


def _is_feature(word: str) -> bool:
    return not word.startswith("-") and word.partition("::")[0].endswith(".feature")


def _own(word: str, features: Path) -> str:
    """Return the bundled feature where a word names one that is not in this directory, and any other word as it is."""
    path, colons, test = word.partition("::")
    own = features / Path(path).name
    return word if Path(path).exists() or not own.exists() else f"{own}{colons}{test}"
