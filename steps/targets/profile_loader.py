"""Reads `targets.toml`; every error is one sentence that names file, line and key."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from steps.targets.profile import AccountEntry, Profile
from steps.targets.profile_errors import ProfileError, SourceLocation, nearest
from steps.targets.profile_validation import check

__all__ = ["TARGETS_FILE", "TARGETS_FILE_VARIABLE", "ProfileError", "load_profile"]

TARGETS_FILE = Path(__file__).parents[2] / "targets.toml"
TARGETS_FILE_VARIABLE = "ACCEPTANCE_TARGETS_FILE"
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SECRET = re.compile(r"accounts\[\d+\]\.password|access\.password|payments\.card\.(?:number|expiry|cvc)")
"""The keys whose values may not be written into a file."""


def load_profile(name: str, own_file: Path | None = None) -> Profile:
    """Read the profile called `name` from the user's own file, or else from the file of the checkout.

    Raises ProfileError if there is no such profile, or if it is wrong.
    """
    found = {file: _read(file) for file in _files(own_file)}
    for file, (text, tables) in found.items():
        if name in tables:
            return _profile(SourceLocation(file, name, text), tables[name])
    known = sorted({key for _, tables in found.values() for key in tables})
    raise ProfileError(f'There is no target "{name}" in {" or ".join(map(str, found))}. {nearest(name, known)}')


def _files(own_file: Path | None) -> list[Path]:
    named = own_file or (Path(value) if (value := os.environ.get(TARGETS_FILE_VARIABLE)) else None)
    return [named, TARGETS_FILE] if named else [TARGETS_FILE]


def _read(file: Path) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the text of a targets file, and its tables by target name."""
    try:
        text = file.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise ProfileError(f"The targets file {file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file} is not valid TOML: {error}.") from None
    unknown = sorted(set(content) - {"targets"})
    tables = content.get("targets", {})
    if unknown:
        raise ProfileError(f'{file}: unknown key "{unknown[0]}"; targets belong in tables named [targets.NAME].')
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ProfileError(f"{file}: targets belong in tables named [targets.NAME].")
    return text, tables


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
    near = nearest(variable, os.environ).partition("? ")
    meant = f" {near[0]}?" if near[1] else ""
    raise place.mistake(key, f"{key}: the environment variable {variable} is not set.{meant}")
