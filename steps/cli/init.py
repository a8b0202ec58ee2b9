"""`acceptance init [ADDRESS]`: from an address and an account to a profile that runs can use."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from steps.cli._inspection import IN_TROUBLE, InspectionReport, inspect_target, line_of, pictures_directory
from steps.cli._options import Output, browser_path_option
from steps.targets.hosts import host_of
from steps.targets.labels import Labels
from steps.targets.profile import Payments
from steps.targets.profile_errors import ProfileError, nearest
from steps.targets.profile_loader import here_file, profile_files, shown_file
from steps.tools.inspection.finding import SIGNED_IN, State
from steps.tools.inspection.profile_writer import ProfileFile, ProfileLine

if TYPE_CHECKING:
    from pathlib import Path

    from steps.tools.inspection.finding import Finding

_WALKS = 3
"""How often a site is walked at most: what is found on one walk may lead further on the next."""
_VARIABLE = re.compile(r"[A-Za-z_]\w*")


@click.command("init")
@click.argument("address", required=False)
@click.option("--target", "named", metavar="NAME", help="What to call the site (default: from its address).")
@click.option("--targets-file", type=Output("file"), metavar="FILE",
              help="Where to write the profile (default: the one that runs find, else ./acceptance.toml).")  # fmt: skip
@click.option(
    "--email", metavar="VARIABLE", help="Environment variable with the account's e-mail (default: NAME_EMAIL)."
)
@click.option("--password", metavar="VARIABLE", help="… and with its password (default: NAME_PASSWORD).")
@click.option(
    "--session", is_flag=True, help="Sign in by hand in a window, and save the session, instead of a password."
)
@click.option("--payments", type=click.Choice(["test", "none"]),
              help="test: published test cards, in test sessions; none: no payments (default with --yes).")  # fmt: skip
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="KEY=WORDS",
    help=f'What the site says, as add_credits="Top up". Keys: {", ".join(Labels.__struct_fields__)}.',
)
@click.option("--yes", is_flag=True, help="Ask nothing: take the options, and what the site suggests.")
@click.option("--headed", is_flag=True, help="Show the browser.")
@browser_path_option
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    address: str | None,
    named: str | None,
    targets_file: Path | None,
    email: str | None,
    password: str | None,
    session: bool,
    payments: str | None,
    labels: tuple[str, ...],
    yes: bool,
    headed: bool,
    browser_path: str | None,
) -> None:
    """Write a profile for the site at ADDRESS, with just the lines that it needs.

    Asks what it cannot find out, signs in, walks the site without buying anything, and proposes what the site calls
    things. No secret is written: the profile names the environment variables that hold them. Run again, it keeps what
    you wrote. Exit code: 0 the suite can run there, 1 questions are open, 2 wrong usage, 7 the site is in trouble.
    """
    try:
        file = ProfileFile(targets_file or _own_file())
        setup = Setup(file, yes=yes)
        setup.name_site(address, named)
        setup.sign_in(email, password, by_session=session, browser_path=browser_path)
        setup.allow_payments(payments)
        setup.label(labels)
        code = setup.walk(browser_path, headed=headed)
        if code != IN_TROUBLE or setup.came_in:
            file.save()
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    except click.Abort:
        raise click.ClickException("Nothing was written. With --yes and options init asks nothing.") from None
    setup.end(code)
    raise SystemExit(code)


def _own_file() -> Path:
    """Return the file that runs find, or the one to begin."""
    found = profile_files()
    return found[0] if len(found) > 1 else here_file()


class Setup:
    """A profile in the making."""

    def __init__(self, file: ProfileFile, *, yes: bool) -> None:
        self._file = file
        self._yes = yes
        self._name = ""
        self._unset: list[str] = []
        self.came_in = False
        """Whether a walk got past the sign-in: what was learnt before it broke off is kept then."""

    def _put(self, key: str, value: object, why: str = "", *, replace: bool = False) -> None:
        self._file.put(self._name, ProfileLine(key, value, why), replace=replace)

    def name_site(self, address: str | None, named: str | None) -> None:
        """Set the target's name and address."""
        file = self._file
        known = named or file.default or (file.targets[0] if len(file.targets) == 1 and not address else "")
        before = file.get(known, "base_url") if known else None
        if address is None and before is None:
            if self._yes:
                raise click.UsageError(
                    "Name the address of the site: acceptance init https://staging.example.com --yes"
                )
            address = click.prompt("Address of the site")
        base = _site_address(address) if address else str(before)
        self._name = known if named or (before and host_of(str(before)) == host_of(base)) else _name_of(base)
        file.set_default(self._name)
        self._put("base_url", base, replace=address is not None)

    def sign_in(self, email: str | None, password: str | None, *, by_session: bool, browser_path: str | None) -> None:
        """Set the way to sign in: variables with e-mail and password, or a session that a person begins."""
        if self._file.get(self._name, "accounts") and not (email or password or by_session):
            return
        if not (self._yes or email or password or by_session):
            question = "Does an account sign in with e-mail and password? (no: a window opens, and you sign in once)"
            by_session = not click.confirm(question, default=True)
        if by_session:
            self._put("sign_in", {"way": "session"}, "by `acceptance sign-in`", replace=True)
            self._save_session(browser_path)
            return
        prefix = re.sub(r"\W+", "_", self._name).upper()
        names = (
            self._variable("email", email, f"{prefix}_EMAIL"),
            self._variable("password", password, f"{prefix}_PASSWORD"),
        )
        account = {"email": f"${{{names[0]}}}", "password": f"${{{names[1]}}}"}
        if os.environ.get(f"{prefix}_TOTP"):  # of an authenticator app, where the account has one
            account["totp"] = f"${{{prefix}_TOTP}}"
        self._put(
            "accounts", [account], "environment variables; no secret stands here", replace=bool(email or password)
        )

    def _variable(self, what: str, given: str | None, usual: str) -> str:
        """Return the name of a variable that is set; one that is not is asked for, and kept for this walk alone."""
        name = given or (usual if self._yes else click.prompt(f"Environment variable with the {what}", default=usual))
        if not _VARIABLE.fullmatch(name):
            raise click.UsageError(
                f"--{what} takes the name of an environment variable, such as {usual}, not the {what} itself."
            )
        if not os.environ.get(name):
            if self._yes and given:  # it may be the secret itself, so it is not repeated
                raise click.UsageError(f"The environment variable that --{what} names is not set.")
            if self._yes:
                raise click.UsageError(f"{usual} is not set. Set it to the {what} of the account: export {usual}=…")
            hidden = what == "password"
            os.environ[name] = click.prompt(f"{name} is not set. The {what}, for this walk alone", hide_input=hidden)
            self._unset.append(name)
        return name

    def _save_session(self, browser_path: str | None) -> None:
        from steps.cli.sign_in import save_session
        from steps.targets.saved_sessions import session_file

        if self._yes:
            if not session_file(self._name, "default").exists():
                raise click.UsageError("--session needs a person: leave out --yes, or run `acceptance sign-in` first.")
            return
        save_session(self._file.profile(self._name), "default", browser_path, 10)

    def allow_payments(self, given: str | None) -> None:
        """Set whether test payments are allowed."""
        if given is None and self._file.get(self._name, "payments.allow") is None:
            asked = (
                "May scenarios pay with published test cards, in test sessions? (Real cards are refused in any case)"
            )
            given = "none" if self._yes or not click.confirm(asked, default=False) else "test"
        if given:
            why = (
                "published test cards, in test sessions alone" if given == "test" else '"test" lets test cards through'
            )
            self._put("payments.allow", given, why, replace=True)

    def label(self, pairs: tuple[str, ...]) -> None:
        """Set what the site calls things."""
        for pair in pairs:
            key, sign, words = pair.partition("=")
            key = key.removeprefix("labels.").strip()
            if key not in Labels.__struct_fields__ or not (sign and words.strip()):
                raise click.UsageError(f"--label {pair}: write KEY=WORDS. {nearest(key, Labels.__struct_fields__)}")
            self._put(f"labels.{key}", words.strip().strip('"'), "", replace=True)

    def walk(self, browser_path: str | None, *, headed: bool) -> int:
        """Walk the site until nothing more is learnt, and return the exit code."""
        for number in range(1, _WALKS + 1):
            found = self._file.profile(self._name)
            click.echo(f"Walking {found.profile.base}; nothing is bought …")
            report = InspectionReport(found, pictures_directory("init", self._name))
            to_payment = found.profile.payments.allow != "none"
            inspect_target(found, report, browser_path, to_payment=to_payment, headed=headed)
            self.came_in |= any(one.what == SIGNED_IN and one.state is State.FOUND for one in report.findings)
            is_new = self.learn(report)
            if report.has(State.TROUBLE) or not is_new or number == _WALKS:
                return report.end(to_payment=to_payment, suggest=False)
            click.echo("\nOnce more, with what was learnt.")
        raise AssertionError

    def learn(self, report: InspectionReport) -> bool:
        """Take over what the site suggests and what a person answers, and return whether that is anything new."""
        new, asked = False, {advice.key for _, advice in report.advice()}
        for finding, advice in report.advice():
            line = line_of(finding, advice)
            if line.key == "payments.hosts":  # without the usual host, which the site does not use
                known = self._file.get(self._name, line.key) or []
                hosts = dict.fromkeys([*known, *(one for one in line.value if one not in Payments().hosts)])
                line = ProfileLine(line.key, list(hosts), line.why)
            elif not self._yes and line.key != "payments.currency":
                words = click.prompt(f"What is “{finding.what}” there? The site seems to say", default=str(line.value))
                line = ProfileLine(line.key, words, line.why)
            new |= self._file.put(self._name, line, replace=True)
        for finding in report.findings:
            if self._yes and (said := _said_alike(report.findings, finding)):
                new |= self._file.put(self._name, said, replace=False)
            elif finding.settle and not finding.advice and finding.state in (State.MISSING, State.DIFFERS):
                key = finding.settle.partition(" = ")[0]
                if key not in asked:  # one line settles all that rests on it
                    new |= self.ask(finding)
                asked.add(key)
        return new

    def ask(self, finding: Finding) -> bool:
        """Ask what the suite cannot tell, and return whether there was an answer."""
        key, _, form = finding.settle.partition(" = ")
        if not re.fullmatch(r"labels\.\w+|thousands|locale|timezone", key):
            return False
        what = "CSS selector" if "selector" in form else "words on the page"
        if self._yes:
            option = f"--label {key.removeprefix('labels.')}=…, or " if key.startswith("labels.") else ""
            click.echo(f"  Open: {finding.what}. Answer it with {option}the profile's line {finding.settle}")
            return False
        likely = re.fullmatch(r'"([^"…]+)"', form)
        words = f"{finding.what}: which {what} are it? (Enter leaves it open)"
        if likely:  # a value that can be taken as it is
            words = f"{finding.how.partition(' The profile line')[0]} {key} ="
        answer = click.prompt(words, default=likely[1] if likely else "", show_default=bool(likely))
        value = {"selector": answer} if "selector" in form else answer
        line = ProfileLine(key, value, f"settles “{finding.what}”")
        return bool(answer) and self._file.put(self._name, line, replace=True)

    def end(self, code: int) -> None:
        """Print where the profile is, and what to do next."""
        if code == IN_TROUBLE and not self.came_in:
            click.echo("Nothing was written.")
            return
        place = shown_file(self._file.file)
        click.echo(f"\nThe profile “{self._name}” stands in {place}.")
        for variable in self._unset:
            click.echo(f"Set before each run: export {variable}=…")
        options = "" if self._file.default == self._name else f" --target {self._name}"
        if self._file.file.absolute() not in [file.absolute() for file in profile_files()]:
            options += f" --targets-file {self._file.file}"
        following = f"pytest features{options}" if code == 0 else f"acceptance init{options}"
        click.echo("Next: " + click.style(following, bold=True))


def _said_alike(findings: list[Finding], finding: Finding) -> ProfileLine | None:
    """Return the line on how the site writes numbers that a finding proposes, if no other proposes another."""
    said = {one.settle for one in findings if one.settle.startswith("thousands = ") and "…" not in one.settle}
    if len(said) != 1 or finding.settle not in said:
        return None
    return ProfileLine("thousands", json.loads(finding.settle.partition(" = ")[2]), f"settles “{finding.what}”")


def _site_address(address: str) -> str:
    """Return an address as profiles have it: with a scheme, without a path."""
    whole = address.strip() if "://" in address else f"https://{address.strip()}"
    parts = urlsplit(whole)
    if not host_of(whole) or parts.username:
        raise click.UsageError(f'"{address}" is not the address of a site; write it like https://staging.example.com.')
    return f"{parts.scheme}://{parts.netloc}"


def _name_of(base: str) -> str:
    """Return a name for a site: the first part of its host that says something."""
    host = urlsplit(base).hostname or ""
    first = host.removeprefix("www.").split(".")[0]
    return first if re.fullmatch(r"[a-z][\w-]*", first) and first != "localhost" else "site"
