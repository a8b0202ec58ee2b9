"""Options that several commands have, with what they take: for `--help`, and for completion in a shell."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from steps.targets.profile_loader import known_targets

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Output(click.Path):
    """A file or directory to write: one that cannot be is a mistake that is told before anything starts."""

    def __init__(self, kind: str) -> None:
        super().__init__(path_type=Path)
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path. Fails where something is in its way."""
        path = Path(str(super().convert(value, param, ctx)))
        there = next((place for place in (path, *path.parents) if place.exists()), path)
        wanted = "directory" if there != path else self._kind
        if there.exists() and there.is_dir() is not (wanted == "directory"):
            self.fail(f"{path} cannot be written: {there} is no {wanted}. Name another place.", param, ctx)
        if not os.access(there, os.W_OK):
            self.fail(f"{path} cannot be written: {there} may not be changed. Name another place.", param, ctx)
        return path


class WithChoices(click.Command):
    """A command whose help ends with all targets, and with all that `--variant` and `--fault` take."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write targets, open questions with their answers, and faults."""
        super().format_epilog(ctx, formatter)
        from steps.targets.fake_catalogue import fake_catalogue

        known = fake_catalogue()
        with formatter.section("Known targets"):
            formatter.write_text(", ".join(known_targets()))
        with formatter.section("--variant takes"):
            formatter.write_dl([(f"{name}=", " or ".join(answers)) for name, answers in known.variants.items()])
        with formatter.section("--fault takes"):
            names = ", ".join(fault.name for fault in known.faults)
            lines = wrap(names, formatter.width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
            formatter.write("\n".join([*lines, ""]))


class Minutes(click.FloatRange):
    """A time to wait."""

    name = "number of minutes"


class TargetName(click.ParamType[str]):
    """The name of a target; completed from the files of profiles."""

    name = "NAME"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        """Return the targets that begin so."""
        names = known_targets(ctx.params.get("targets_file"))
        return [click.shell_completion.CompletionItem(name) for name in names if name.startswith(incomplete)]


class TargetOption(click.Option):
    """An option whose help names the targets that there are."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        self.help = f"{(self.help or '').partition(' Known')[0]} Known: {', '.join(known_targets())}."
        return super().get_help_record(ctx)


def target_option(words: str) -> Decorator:
    """Return the option `--target`, whose help begins with `words`."""
    says = f"{words} (default: what the file of profiles calls its default, else fake)."
    return click.option("--target", "named", type=TargetName(), cls=TargetOption, metavar="NAME", help=says)


targets_file_option = click.option(
    "--targets-file", type=click.Path(path_type=Path), metavar="FILE",
    help="Your own file with profiles (default: as for pytest, ./acceptance.toml or the one in your configuration "
    "directory).",
)  # fmt: skip
browser_path_option = click.option(
    "--browser-path", metavar="PATH", help="Use this browser instead of the first one found."
)
