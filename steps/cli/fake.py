"""`acceptance fake`: serve the fake for manual use."""

from __future__ import annotations

import runpy
import sys

import click


@click.command(
    "fake", context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def command(options: tuple[str, ...]) -> None:
    """Serve the fake for manual use (`acceptance fake --help` lists its options)."""
    sys.argv = ["acceptance fake", *options]
    runpy.run_module("fake_backend", run_name="__main__")
