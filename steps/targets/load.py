"""Reading `targets.toml`: every mistake in it ends in one sentence that names file and key."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from steps.targets.profile import Label, Profile

TARGETS_FILE = Path(__file__).parents[2] / "targets.toml"
TARGETS_FILE_VARIABLE = "ACCEPTANCE_TARGETS_FILE"
_VARIABLE = re.compile(r"\$\{(\w+)\}")


class ProfileError(Exception):
    """A profile cannot be used; the message is one sentence that says what to change, and where."""


def load_profile(name: str, own_file: Path | None = None) -> Profile:
    """Read the profile called `name` from the user's own file, or else from the file of the checkout.

    Raises ProfileError if there is none of that name, or if something in it is wrong.
    """
    found = {file: _tables(file) for file in _files(own_file)}
    for file, tables in found.items():
        if name in tables:
            return _profile(file, name, tables[name])
    known = sorted({key for tables in found.values() for key in tables})
    raise ProfileError(f'There is no target "{name}" in {_names(found)}. {_nearest(name, known)}')


def _files(own_file: Path | None) -> list[Path]:
    named = own_file or (Path(value) if (value := os.environ.get(TARGETS_FILE_VARIABLE)) else None)
    return [named, TARGETS_FILE] if named else [TARGETS_FILE]


def _tables(file: Path) -> dict[str, dict[str, Any]]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProfileError(f"The targets file {file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file} is not valid TOML: {error}.") from None
    unknown = sorted(set(content) - {"targets"})
    if unknown:
        raise ProfileError(f'{file}: unknown key "{unknown[0]}"; targets stand in tables named [targets.NAME].')
    tables = content.get("targets", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ProfileError(f"{file}: targets stand in tables named [targets.NAME].")
    return tables


def _profile(file: Path, name: str, table: dict[str, Any]) -> Profile:
    where = f"{file}, [targets.{name}]"
    _no_literal_secrets(where, table)
    try:
        profile = msgspec.convert(_with_variables(where, table), Profile)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{where}: {_sentence(str(error))}") from None
    if profile.kind == "site" and not profile.base_url:
        raise ProfileError(f'{where}: base_url is missing; say where the site is, as base_url = "https://…".')
    _no_wrong_selector(where, profile)
    return profile


def _no_literal_secrets(where: str, table: dict[str, Any]) -> None:
    """Refuse a password that stands in the file itself."""
    accounts = table.get("accounts", [])
    for account in accounts if isinstance(accounts, list) else []:
        password = account.get("password") if isinstance(account, dict) else None
        if isinstance(password, str) and not _VARIABLE.fullmatch(password):
            raise ProfileError(
                f"{where}, accounts: a password may not stand in a file; "
                'name an environment variable, as password = "${STAGING_PASSWORD}".'
            )


def _no_wrong_selector(where: str, profile: Profile) -> None:
    for key in profile.labels.__struct_fields__:
        label = getattr(profile.labels, key)
        if isinstance(label, Label) and not (label.names or label.selector):
            raise ProfileError(f"{where}, labels.{key}: give names or a selector.")


def _with_variables(where: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_variables(where, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_variables(where, part) for part in value]
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: _variable(where, found[1]), value)
    return value


def _variable(where: str, variable: str) -> str:
    try:
        return os.environ[variable]
    except KeyError:
        raise ProfileError(f"{where}: the environment variable {variable} is not set.") from None


def _sentence(message: str) -> str:
    """Turn msgspec's message into a sentence with the key and the nearest right name."""
    match = re.fullmatch(r"Object contains unknown field `(.+?)`(?: - at `\$\.?(.*)`)?", message)
    if not match:
        text, _, place = message.partition(" - at `$.")
        return f"{place.rstrip('`')}: {text}." if place else f"{text}."
    key, place = match[1], match[2] or ""
    known = _fields(place)
    return f'unknown key "{f"{place}." if place else ""}{key}". {_nearest(key, known)}'


def _fields(place: str) -> list[str]:
    """Name the keys that are known at a place like `labels` or `accounts[0]`."""
    struct: Any = Profile
    for part in filter(None, re.split(r"\.|\[.*?\]", place)):
        hint = msgspec.structs.fields(struct)
        found = next((f.type for f in hint if f.name == part), None)
        candidates = [found, *getattr(found, "__args__", ())]
        struct = next((c for c in candidates if isinstance(c, type) and issubclass(c, msgspec.Struct)), Label)
    return list(struct.__struct_fields__)


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return (f'Did you mean "{near[0]}"? ' if near else "") + f"There are: {', '.join(known) or 'none'}."


def _names(files: dict[Path, Any]) -> str:
    return " or ".join(str(file) for file in files)
