"""`acceptance run`: carry the scenarios out from any directory, also where no checkout is."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("run", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def command(options: tuple[str, ...]) -> None:
    """Carry out the scenarios, as `pytest features` does in a checkout; takes pytest's options (`--help` lists them).

    Reports go to reports/ in this directory. Exit codes are those of a run.
    """
    import pytest

    from steps.documentation.packages import FEATURES
    from steps.documentation.places import bundled

    settings = ["-c", str(bundled("pyproject.toml")), f"--rootdir={Path.cwd()}"]
    sys.exit(pytest.main([*settings, str(FEATURES), *options]))
