"""Finds and reads profiles of targets; every error is one sentence that names file, line and key.

A profile stands in the file that is named (an option, or ACCEPTANCE_TARGETS_FILE), else in `acceptance.toml` of the
working directory, else in the one of the user's configuration directory; the suite's own `targets.toml` comes last.
"""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_config_path

from steps.documentation.places import bundled
from steps.targets.profile import AccountEntry, Profile
from steps.targets.profile_errors import ProfileError, SourceLocation, invalid_toml, nearest
from steps.targets.profile_validation import check

__all__ = ["TARGETS_FILE", "TARGETS_FILE_VARIABLE", "FoundProfile", "ProfileError", "find_profile", "load_profile"]

TARGETS_FILE = bundled("targets.toml")
TARGETS_FILE_VARIABLE = "ACCEPTANCE_TARGETS_FILE"
OWN_NAME = "acceptance.toml"
"""The name of a file of profiles that is found without being named."""
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SECRET = re.compile(
    r"accounts\[\d+\]\.(?:password|totp)|(?:access|mailbox)\.password|clock\.token|payments\.card\.(?:number|expiry|cvc)"
)
"""The keys whose values may not be written into a file."""


@dataclass(frozen=True)
class FoundProfile:
    """A profile, the name of its target, and the file that it stands in."""

    name: str
    profile: Profile
    file: Path

    @property
    def source(self) -> str:
        """Where the profile stands, as a person would write it."""
        return "the suite's own targets.toml" if self.file == TARGETS_FILE else shown_file(self.file)


def load_profile(name: str, own_file: Path | None = None) -> Profile:
    """Return the profile called `name`; see `find_profile`."""
    return find_profile(name, own_file).profile


def find_profile(name: str | None = None, own_file: Path | None = None) -> FoundProfile:
    """Read the profile called `name`, or else the one that a file calls its default, or else that of the fake.

    Raises ProfileError if there is no such profile, or if it is wrong.
    """
    found = {file: _read(file) for file in profile_files(own_file)}
    wanted = name or next(filter(None, (default for _, _, default in found.values())), "fake")
    for file, (text, tables, _) in found.items():
        if wanted in tables:
            return FoundProfile(wanted, _profile(SourceLocation(file, wanted, text), tables[wanted]), file)
    known = sorted({key for _, tables, _ in found.values() for key in tables})
    raise ProfileError(
        f'There is no target "{wanted}" in {" or ".join(map(shown_file, found))}. {nearest(wanted, known)}'
    )


def profile_files(own_file: Path | None = None) -> list[Path]:
    """Return the files that may hold a profile, the one that takes precedence first."""
    named = os.environ.get(TARGETS_FILE_VARIABLE)
    if own_file or named:
        first = [own_file or Path(str(named)).expanduser()]
    else:
        first = [file for file in (here_file(), user_file()) if file.is_file()][:1]
    return [*(file for file in first if file.absolute() != TARGETS_FILE), TARGETS_FILE]


def known_targets(own_file: Path | None = None) -> list[str]:
    """Return the names of all targets that can be found, without those of files that cannot be read."""
    names: dict[str, None] = {}
    for file in profile_files(own_file):
        with contextlib.suppress(ProfileError):
            names.update(dict.fromkeys(_read(file)[1]))
    return list(names)


def here_file() -> Path:
    """Return the working directory's own file of profiles."""
    return Path.cwd() / OWN_NAME


def user_file() -> Path:
    """Return the user's own file of profiles, in the directory where this system keeps configurations."""
    return user_config_path("diaflow-acceptance", appauthor=False) / OWN_NAME


def shown_file(file: Path) -> str:
    """Return a file's name as short as it is certain: below the working directory or the home, or whole."""
    for base, sign in ((Path.cwd(), "."), (Path.home(), "~")):
        if file.is_relative_to(base):
            return f"{sign}/{file.relative_to(base).as_posix()}"
    return str(file)


def _read(file: Path) -> tuple[str, dict[str, dict[str, Any]], str | None]:
    """Return the text of a targets file, its tables by target name, and the target that it calls its default."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        words = (
            f"The targets file {file} cannot be read: {error.strerror}. Check the path; `acceptance init` writes one."
        )
        raise ProfileError(words) from None
    except ValueError as error:
        raise invalid_toml(file, error) from None
    unknown = sorted(set(content) - {"targets", "default"})
    tables, default = content.get("targets", {}), content.get("default")
    if unknown:
        raise ProfileError(f'{file}: unknown key "{unknown[0]}"; targets belong in tables named [targets.NAME].')
    if default is not None and not isinstance(default, str):
        raise ProfileError(f'{file}: default takes the name of a target in quotes, such as default = "staging".')
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ProfileError(f"{file}: targets belong in tables named [targets.NAME].")
    return text, tables, default


def _profile(place: SourceLocation, table: dict[str, Any]) -> Profile:
    try:
        profile = msgspec.convert(_filled(place, "", table), Profile)
    except msgspec.ValidationError as error:
        raise place.rejected(error) from None
    if profile.kind == "site" and profile.sign_in.way == "session" and not profile.accounts:
        profile = msgspec.structs.replace(profile, accounts=[AccountEntry(session="default")])
    check(place, profile)
    return profile


def _filled(place: SourceLocation, key: str, value: Any) -> Any:
    """Replace the variables in a value by their contents; `key` is the place of the value in the table."""
    if isinstance(value, dict):
        return {name: _filled(place, f"{key}.{name}" if key else name, part) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(place, f"{key}[{index}]", part) for index, part in enumerate(value)]
    if not isinstance(value, str):
        return value
    if _SECRET.fullmatch(key) and not _VARIABLE.fullmatch(value):
        raise place.mistake(
            key,
            f'{key}: a secret may not stand in the file; use an environment variable, such as "${{STAGING_SECRET}}".',
        )
    if "${" in _VARIABLE.sub("", value):
        raise place.mistake(key, f'{key}: write a variable as "${{NAME}}", with letters, digits and "_".')
    return _VARIABLE.sub(lambda found: _variable(place, key, found[1]), value)


def _variable(place: SourceLocation, key: str, variable: str) -> str:
    value = os.environ.get(variable)
    if value:
        return value
    if value is not None:
        raise place.mistake(key, f"{key}: the environment variable {variable} is empty.")
    near = nearest(variable, (one for one in os.environ if not place.names_variable(one))).partition("? ")
    meant = f" {near[0]}?" if near[1] else ""
    raise place.mistake(
        key, f"{key}: the environment variable {variable} is not set.{meant} Set it: export {variable}=…"
    )
