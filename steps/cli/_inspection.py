"""How commands show an inspection of a target: a line and a picture for each stop, and what the profile needs."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steps.safety.redactor import Redactor
from steps.tools.inspection.finding import Advice, Finding, State, as_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from steps.targets.profile import Profile
    from steps.targets.profile_loader import FoundProfile
    from steps.tools.inspection.profile_writer import ProfileLine

_MARKS = {
    State.FOUND: click.style("✓", fg="green"),
    State.DIFFERS: click.style("!", fg="yellow"),
    State.MISSING: click.style("✗", fg="red"),
    State.TROUBLE: click.style("✗", fg="red"),
}
CANNOT_RUN, IN_TROUBLE = 1, 7
"""Exit codes; 7 has the same meaning as in a run, see steps/reporting/exit_codes.py."""
_SHOWN = 24
_LINES = 4


class CannotInspectError(click.ClickException):
    """No browser, or no place for pictures: the message is one sentence that says what to do."""

    exit_code = IN_TROUBLE


_BY_HAND = "payments.test_hosts"


class InspectionReport:
    """Prints the findings of an inspection, and decides how it ends."""

    def __init__(self, found: FoundProfile, pictures: Path) -> None:
        self.secrets = Redactor()
        self.secrets.add_profile(found.profile)
        self._target = found.name
        self._profile = found.profile
        self.pictures = pictures
        self._taken = 0
        self.findings: list[Finding] = []

    def advice(self) -> list[tuple[Finding, Advice]]:
        """Return the lines that can be written as they are; which hosts take test payments only, a person says."""
        suggested = [(one, one.advice) for one in self.findings if one.advice]
        return [(one, advice) for one, advice in suggested if advice.is_certain and advice.key != _BY_HAND]

    def has(self, state: State) -> bool:
        """Whether any finding has that state."""
        return any(finding.state is state for finding in self.findings)

    def on_finding(self, finding: Finding) -> None:
        """Print one finding."""
        self.findings.append(finding)
        words, *page = finding.how.split("\n")
        if page:  # what a page shows instead, in short: a picture of it is taken
            words += " " + "; ".join(one.strip() for one in page[:_LINES]) + (" …" if page[_LINES:] else "")
        line = self.secrets.redact(f"{finding.what:27} {words}")
        click.echo(f"{_MARKS[finding.state]} {line}")
        if finding.alternatives:
            more = len(finding.alternatives) - _SHOWN
            shown = ", ".join(finding.alternatives[:_SHOWN]) + (f", and {more} more" if more > 0 else "")
            click.echo(self.secrets.redact(f"  {'':27} found instead: {shown}"))
        if finding.advice:
            click.echo(self.secrets.redact(f"  {'':27} this may help: {finding.advice}"))

    def on_stop(self, page: Page, stop: str, reached: bool) -> None:  # noqa: FBT001 - as the walk calls it
        """Take a picture of a stop."""
        from playwright.sync_api import Error

        from steps.reporting.page_snapshots import save
        from steps.tools.inspection.inspection import picture_of

        self._taken += 1
        self.pictures.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z]+", "-", (stop if reached else f"no {stop}").lower())
        save(page, self._profile, self.secrets, self.pictures, f"{self._taken:02}-{name}")
        try:
            (self.pictures / f"{self._taken:02}-{name}.png").write_bytes(picture_of(page))
        except Error as error:
            click.echo(f"  {'':27} no picture: {str(error).splitlines()[0]}")

    def end(self, *, to_payment: bool, suggest: bool = True) -> int:
        """Print what to do next, with the suggested lines unless they have been written, and return the exit code."""
        advice = [finding.advice for finding in self.findings if finding.advice]
        click.echo()
        if advice and suggest:
            click.echo("Suggested lines for the profile; check each of them:\n")
            click.echo(self.secrets.redact("\n".join(as_profile(self._target, advice))) + "\n")
        if self._taken:
            click.echo(f"Pictures: {self.pictures}")
        if self.has(State.TROUBLE):
            click.echo("The target could not be inspected completely.")
            return IN_TROUBLE
        if self.has(State.MISSING):
            click.echo("The suite cannot run here yet.")
            by_hand = {str(one) for one in advice if one.key == _BY_HAND}
            for line in () if suggest else sorted(by_hand):
                key, table = line.removeprefix("payments."), f"[targets.{self._target}.payments]"
                click.echo(f"If no real money is taken there, and only you can know, write this below {table}: {key}")
            return CANNOT_RUN
        for line in _forecast(self._profile):
            click.echo(line)
        rest = "" if to_payment else "; --to-payment visits the payment page too"
        payments = " The profile allows no payments." if self._profile.payments.allow == "none" else ""
        click.echo(f"The suite can run here{rest}.{payments}")
        return 0


def _forecast(profile: Profile) -> Iterator[str]:
    from steps.documentation.packages import FEATURES
    from steps.tools.inspection.coverage_forecast import forecast
    from steps.tools.lint.feature_reader import read_features

    return forecast(read_features(FEATURES), profile)


def pictures_directory(command: str, target: str) -> Path:
    """Return where the pictures of an inspection go that begins now."""
    return Path("reports") / f"{command}-{target}-{time.strftime('%Y%m%d-%H%M%S')}"


def inspect_target(  # noqa: PLR0913 - one for each option of the commands
    found: FoundProfile,
    report: InspectionReport,
    browser_path: str | None,
    *,
    endpoint: str | None = None,
    to_payment: bool,
    headed: bool,
) -> None:
    """Walk through a target; the report receives what is found."""
    from playwright.sync_api import Error as PlaywrightError

    from steps.browser.discovery import NoBrowserError
    from steps.browser.launch import NoWindowError, open_browser
    from steps.tools.inspection.checkout_probe import examine_payment
    from steps.tools.inspection.inspection import examine
    from steps.tools.inspection.target_session import open_visit
    from steps.verdicts.verdict import UnverifiedError

    try:
        with (
            open_browser(browser_path, headed=headed, endpoint=endpoint) as browser,
            open_visit(found.profile, found.name, browser) as visit,
        ):
            examine(visit, report, examine_payment if to_payment else None)
    except (NoBrowserError, NoWindowError) as error:
        raise CannotInspectError(str(error)) from None
    except OSError as error:
        where = f"The pictures cannot be written to {report.pictures} ({error.strerror}); name another directory."
        raise CannotInspectError(where) from None
    except UnverifiedError as error:
        report.on_finding(Finding("the target", State.TROUBLE, str(error)))
    except PlaywrightError as error:
        words = f"The walk cannot go on from here ({str(error).splitlines()[0]})."
        report.on_finding(Finding("the target", State.TROUBLE, words))


def write_advice(found: FoundProfile, report: InspectionReport) -> None:
    """Write the suggested lines into the profile's file."""
    from steps.targets.profile_errors import ProfileError
    from steps.tools.inspection.profile_writer import ProfileFile

    try:
        file = ProfileFile(found.file)
        written = [
            advice
            for finding, advice in report.advice()
            if file.put(found.name, line_of(finding, advice), replace=True)
        ]
        file.save()
    except ProfileError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Written into {found.source}: {', '.join(advice.key for advice in written) or 'nothing new'}.")


def line_of(finding: Finding, advice: Advice) -> ProfileLine:
    """Return a suggested line with its reason."""
    from steps.tools.inspection.profile_writer import ProfileLine

    known = {
        "payments.hosts": "the payment page is there",
        "payments.currency": "the payment page asks for that",
        "routes.sign_in": "the sign-in page is there",
    }
    return ProfileLine(advice.key, advice.value, known.get(advice.key, f"what the site calls “{finding.what}”"))
