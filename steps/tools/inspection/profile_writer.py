"""Writes lines into a file of profiles, and keeps all that a person has written there: comments, order, values."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import AbstractTable, InlineTable

from steps.targets.profile_errors import invalid_toml
from steps.targets.profile_loader import FoundProfile, ProfileError, find_profile

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

HEAD = """Where the acceptance suite finds the site. `acceptance init` wrote this and keeps what you change here.
Secrets stand in environment variables, which "${NAME}" names. All keys: targets.toml of the suite."""


@dataclass(frozen=True)
class ProfileLine:
    """A line of a profile: a key such as "labels.add_credits", its value, and why it is needed."""

    key: str
    value: Any
    why: str = ""


class ProfileFile:
    """A file of profiles, in memory until it is saved."""

    def __init__(self, file: Path) -> None:
        """Read the file, or begin a new one. Raises ProfileError where it is no TOML or cannot be read."""
        self.file = file
        self.is_new = not file.exists()
        try:
            self._document: TOMLDocument = (
                tomlkit.document() if self.is_new else tomlkit.parse(file.read_text(encoding="utf-8-sig"))
            )
        except OSError as error:
            raise ProfileError(f"The targets file {file} cannot be read: {error.strerror}.") from None
        except ValueError as error:
            raise invalid_toml(file, error) from None
        if self.is_new:
            for line in HEAD.splitlines():
                self._document.add(tomlkit.comment(line))
            self._document.add(tomlkit.nl())

    @property
    def targets(self) -> list[str]:
        """The names of the targets in the file."""
        return list(self._document.get("targets", {}))

    @property
    def default(self) -> str | None:
        """The target that the file calls its default."""
        default = self._document.get("default")
        return str(default) if default else None

    def set_default(self, target: str) -> None:
        """Make a target that of `--target`, where the file names none and holds no other."""
        if "default" not in self._document and not self.targets:
            self._document.add("default", _commented(target, "taken without --target"))
            self._document.add(tomlkit.nl())

    def get(self, target: str, key: str) -> Any:
        """Return what a target's table says under a key, or None."""
        found: Any = self._document.get("targets", {}).get(target, {})
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found.unwrap() if hasattr(found, "unwrap") else found

    def put(self, target: str, line: ProfileLine, *, replace: bool = False) -> bool:
        """Write a line into a target's table unless it says something already, and return whether that changed it."""
        there = self.get(target, line.key)
        if there == line.value or (there is not None and not replace):
            return False
        *tables, key = line.key.split(".")
        place = self._table(target)
        for name in tables:
            if name not in place:
                place.add(name, tomlkit.table())
            place = place[name]
        if isinstance(place, InlineTable):  # has no room for a comment
            place[key] = line.value
        elif key in place:
            place[key] = _commented(line.value, line.why)
        else:
            place.add(key, _commented(line.value, line.why))
        return True

    def _table(self, target: str) -> Any:
        if "targets" not in self._document:
            self._document.add("targets", tomlkit.table(is_super_table=True))
        targets: Any = self._document["targets"]
        if target not in targets:
            targets.add(target, tomlkit.table())
        table = targets[target]
        if not isinstance(table, (AbstractTable, dict)):
            raise ProfileError(f"{self.file}: targets belong in tables named [targets.NAME].")
        return table

    def text(self) -> str:
        """Return the file as it would be written."""
        return tomlkit.dumps(self._document)

    def save(self) -> None:
        """Write the file. Raises ProfileError where it cannot be written."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(self.text(), encoding="utf-8")
        except OSError as error:
            raise ProfileError(f"{self.file} cannot be written ({error.strerror}).") from None

    def profile(self, target: str) -> FoundProfile:
        """Return the profile as it would be read from the file. Raises ProfileError."""
        with tempfile.TemporaryDirectory(prefix="diaflow-acceptance-") as place:
            copy = Path(place) / self.file.name
            copy.write_text(self.text(), encoding="utf-8")
            try:
                return find_profile(target, copy)
            except ProfileError as error:
                raise ProfileError(str(error).replace(str(copy), str(self.file))) from None


def _commented(value: Any, why: str) -> Any:
    item = tomlkit.item(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        item = tomlkit.array()
        for one in value:
            table = tomlkit.inline_table()
            table.update(one)
            item.append(table)
    elif isinstance(value, dict):
        item = tomlkit.inline_table()
        item.update(value)
    return item.comment(why) if why else item
