"""`acceptance drift PAGE`: compare the documentation page with what the features check."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from steps.tools.drift.facts import Drift
    from steps.tools.lint.feature_reader import Features

_SAME, _CHANGED, _UNUSABLE = 0, 1, 2
_MOST = 6
"""How many scenarios are named below one finding."""


@click.command("drift")
@click.argument("page")
@click.option("--accept", is_flag=True, help="Record that you read the new and the missing sentences and accept them.")
@click.option("--by", help="Who accepts; by default the user's name in git.")
def command(page: str, *, accept: bool, by: str | None) -> None:
    """Compare a documentation page with the features.

    PAGE is an address or a file: the page's Markdown or its HTML.

    Exit code 0 if the page says what is documented or accepted; 1 if a sentence is new or gone, or a step, label,
    package or link is another one; 2 if PAGE is not the page, is cut short, or cannot be read.
    """
    from steps.tools.drift.source import UnusableInputError

    try:
        sys.exit(_CHANGED if _compare(page, (by or _user()) if accept else None) else _SAME)
    except UnusableInputError as error:
        click.echo(str(error), err=True)
        sys.exit(_UNUSABLE)


def _compare(page: str, accepted_by: str | None) -> bool:
    """Print what was found, record what is accepted, and return whether anything is left."""
    from steps.documentation import PAGES
    from steps.documentation.packages import FEATURES, documented_packages
    from steps.tools.drift import known_sentences, page_diff, page_reader, source
    from steps.tools.lint.feature_reader import read_features

    documented = PAGES[0]
    known = known_sentences.known_sentences(documented.name)
    reading = page_reader.read_page(source.get_source(page), documented.address)
    findings = page_diff.compare(reading, documented, documented_packages(), known)
    count = "no finding" if not findings else "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    click.echo(f"{reading.name}: {len(reading.lines)} lines, {count}.")
    for heading in reading.skipped:
        click.echo(f'Not read: the section "{heading}", which is addressed to programs.')
    features = read_features(FEATURES) if findings else None
    for finding in findings:
        click.echo(f"\n{finding.promise}: {finding.says}")
        for line in _touched(finding, features):
            click.echo(f"  checked by {line}")
    decisions = [decision for finding in findings for decision in finding.decisions]
    facts = any(not finding.decisions for finding in findings)
    if accepted_by is None or not decisions:
        hint = "Read the sentences, then accept them with --accept. " if decisions else ""
        hint += "Facts are not accepted: change features and steps/documentation." if facts else ""
        click.echo(f"\n{hint}" if findings else "It says what the features check.")
        return bool(findings)
    file = known_sentences.accept(documented.name, decisions, accepted_by)
    click.echo(f"\n{accepted_by} accepted the sentences: commit {file}.")
    if facts:
        click.echo("The other findings are facts and stay: change features and steps/documentation.")
    return facts


def _touched(finding: Drift, features: Features | None) -> list[str]:
    """Return file, line and title of the scenarios below a promise, or of those that name the finding's packages."""
    places = {
        f"{case.file}:{case.line} {case.shown(row) if finding.amounts else case.title}": None
        for case in (features.cases if features else ())
        for row in case.examples
        if (finding.amounts and set(finding.amounts) & set(row.values()))
        or (not finding.amounts and finding.promise in case.values("doc"))
    }
    more = [f"{len(places) - _MOST} more scenarios"] if len(places) > _MOST else []
    return [*list(places)[:_MOST], *more]


def _user() -> str:
    """Return the user's name as git knows it, else as the system does."""
    if git := shutil.which("git"):
        asked = [git, "config", "user.name"]
        name = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).stdout.strip()  # noqa: S603 - git's own
        if name:
            return name
    return getpass.getuser()
