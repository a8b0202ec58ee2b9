"""`acceptance check`: check features, steps, tags and promises against each other."""

from __future__ import annotations

import sys

import click


@click.command("check")
@click.option("--fix", is_flag=True, help="Write the documented packages into every outline that lists others.")
def command(*, fix: bool) -> None:
    """Check features, steps, tags and promises, without a browser.

    Prints file, line and what to do for each finding. Exit code 0 without findings, 1 with any.
    """
    from steps.documentation.packages import FEATURES
    from steps.plugin import MODULES
    from steps.tools.lint.feature_reader import read_features
    from steps.tools.lint.lint import check_tree
    from steps.tools.lint.package_table import fix_packages

    if not (FEATURES.parent / "CONTRIBUTING.md").exists():
        raise click.UsageError("This checks a checkout of the suite; what is installed has been checked already.")
    if fix:
        for place in fix_packages(read_features(FEATURES)):
            click.echo(f"{place}: The documented packages are written here.")
    checked = check_tree(FEATURES.parent, MODULES)
    for finding in checked.findings:
        click.echo(str(finding))
    count = len(checked.findings)
    total = "No findings" if not count else "1 finding" if count == 1 else f"{count} findings"
    click.echo(f"{total} in {checked.scope}.")
    sys.exit(1 if count else 0)
