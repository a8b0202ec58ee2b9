"""`acceptance drift PAGE`: hold the documentation page against what the features check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from steps.tools.drift.comparing import Comparison

_SAME, _CHANGED, _UNUSABLE = 0, 1, 2
_MOST = 12
"""How many scenarios are named below one change."""


@click.command("drift")
@click.argument("page")
@click.option("--accept-wording", is_flag=True, help="Take the page's words as read, if it promises the same.")
def command(page: str, *, accept_wording: bool) -> None:
    """Hold a documentation page against the features.

    PAGE is an address or a file: the page's Markdown or its HTML.

    Exit code 0 if the page promises what the features check, in whatever words; 1 if it promises something else;
    2 if PAGE is not the page, is cut short, or cannot be read.
    """
    from steps.documentation import PAGES
    from steps.documentation.packages import documented_packages
    from steps.tools.drift.comparing import compare
    from steps.tools.drift.reading import read_page
    from steps.tools.drift.source import UnusablePageError, get_source
    from steps.tools.drift.wording import accept_wording as accept
    from steps.tools.drift.wording import accepted_wording

    documented = PAGES[0]
    try:
        reading = read_page(get_source(page), documented)
        comparison = compare(reading, documented, documented_packages(), accepted_wording(documented))
    except UnusablePageError as error:
        click.echo(str(error), err=True)
        sys.exit(_UNUSABLE)
    _tell(comparison)
    if accept_wording and comparison.changes:
        click.echo("\nIts words are not taken as read, for it promises something else.")
    elif accept_wording:
        click.echo(f"\nIts words are taken as read: {accept(documented, reading)}.")
    sys.exit(_CHANGED if comparison.changes else _SAME)


def _tell(comparison: Comparison) -> None:
    """Say what was read, what is promised otherwise, and what is only worded otherwise."""
    reading = comparison.reading
    click.echo(
        f"{reading.name}: {_count(len(reading.steps), 'step')}, {_count(len(reading.packages), 'package')}, "
        f"{_count(len(reading.links), 'link')}."
    )
    for heading in reading.unread:
        click.echo(f'Not read: the section "{heading}", which is addressed to programs.')
    if comparison.changes:
        _tell_changes(comparison)
    else:
        click.echo("It promises what the features check.")
    if comparison.wording:
        click.echo("\nWorded otherwise, which changes no promise:")
        for line in comparison.wording:
            click.echo(f"  {line}")


def _tell_changes(comparison: Comparison) -> None:
    from steps.documentation.packages import FEATURES
    from steps.tools.drift.touched import touched_by
    from steps.tools.lint.feature_reader import read_features

    features = read_features(FEATURES)
    click.echo(f"\nPromised otherwise ({len(comparison.changes)}):")
    for change in comparison.changes:
        click.echo(f"  {change.says}")
        touched = touched_by(change, features)
        for line in touched[:_MOST]:
            click.echo(f"    touches {line}")
        if len(touched) > _MOST:
            click.echo(f"    and {len(touched) - _MOST} more below {', '.join(f'@doc:{tag}' for tag in change.tags)}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
