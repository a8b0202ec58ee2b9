"""The `acceptance` command: each subcommand is a module of this package, loaded when it is called."""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches

import click


class Commands(click.Group):
    """The subcommands, which are named after the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands."""
        modules = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in modules if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one subcommand: the attribute `command` of its module."""
        if cmd_name not in self.list_commands(ctx):
            if ctx.resilient_parsing:
                return None
            near = get_close_matches(cmd_name, self.list_commands(ctx), n=1)
            meant = f' Did you mean "{near[0]}"?' if near else ""
            raise click.UsageError(
                f'There is no command "{cmd_name}".{meant} Known: {", ".join(self.list_commands(ctx))}.', ctx
            )
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="diaflow-acceptance", message="%(version)s")
def main() -> None:
    """Test what Diaflow's documentation promises about buying credits.

    pytest runs the scenarios themselves: `pytest features`.
    """
    from steps.browser.loopback import keep_off_proxies

    keep_off_proxies()
