"""What was seen on a target, kept in a directory: a manifest, and for each stop a snapshot (YAML) and a picture (PNG).

A directory can stand for a target in a later comparison, without a browser. Its files are named by number and stop, so
that a manifest from elsewhere can name no other file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec
import yaml
from msgspec import Struct, field

from steps.tools.inspection.aria_snapshot import tree_of

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Literal[2] = 2
"""The number of the form: a reader that knows another one should stop."""
MANIFEST = "manifest.json"
_LARGEST = 20_000_000
"""Bytes of one file."""
_PNG = b"\x89PNG\r\n\x1a\n"


class RecordingError(Exception):
    """A directory is no recording, or one cannot be written; the message is one sentence that names it."""


class OfferedPackage(Struct):
    """A package as the pop-up offers it, and what its payment page asks for."""

    label: str
    """As written, with the word "credits"."""
    kind: str
    """What is pressed to choose it."""
    price: str = ""
    """As money with its currency; "" where none is told."""
    asked: str = ""
    """What its payment page asks for ("20.00 USD for 2,000"); "" where none was visited."""


class Stop(Struct):
    """One stop of the walk. `reached` is whether the page showed what the stop is about."""

    name: str
    address: str
    """The page's path, without what it names."""
    reached: bool = True
    packages: list[OfferedPackage] = field(default_factory=list)


class Manifest(Struct):
    """Of what, when and by what a recording was made."""

    version: Literal[2]
    target: str
    address: str
    recorded: str
    """The moment, in ISO 8601 (UTC)."""
    browser: str
    suite: str
    """The version of the suite."""
    variant: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    start: str = ""
    """What the workspace began with, where that is known: two that began alike differ in nothing by themselves."""
    findings: dict[str, str] = field(default_factory=dict)
    """What the walk found out that no snapshot tells, by name."""
    stops: list[Stop] = field(default_factory=list)


class Recording:
    """What was seen on a target."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.snapshots: dict[str, str] = {}
        """What each stop shows, by its name."""
        self.pictures: dict[str, bytes] = {}

    @property
    def stops(self) -> dict[str, Stop]:
        """The stops by their names, in the order of the walk."""
        return {stop.name: stop for stop in self.manifest.stops}

    def save(self, directory: Path) -> None:
        """Write the recording. Raises RecordingError, also where something else lies already."""
        try:
            directory.mkdir(parents=True, exist_ok=True)
            if any(directory.iterdir()) and not (directory / MANIFEST).is_file():
                raise RecordingError(f"{directory} holds something else; name an empty directory or a new one.")
            for name, file in _files(self.manifest, directory):
                file.with_suffix(".yaml").write_text(self.snapshots.get(name, "") + "\n", encoding="utf-8")
                if name in self.pictures:
                    file.with_suffix(".png").write_bytes(self.pictures[name])
            (directory / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(self.manifest), indent=2))
        except OSError as error:
            raise RecordingError(f"{directory} cannot be written ({error.strerror}).") from None


def load(directory: Path) -> Recording:
    """Read a recording. Raises RecordingError."""
    try:
        manifest = msgspec.json.decode(_read(directory / MANIFEST), type=Manifest)
        recording = Recording(manifest)
        for name, file in _files(manifest, directory):
            recording.snapshots[name] = _read(file.with_suffix(".yaml")).decode("utf-8")
            tree_of(recording.snapshots[name])
            picture = file.with_suffix(".png")
            if picture.is_file() and (content := _read(picture)).startswith(_PNG):
                recording.pictures[name] = content
    except msgspec.ValidationError as error:
        raise RecordingError(f"{directory / MANIFEST} is no manifest that this version reads: {error}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, yaml.YAMLError):
        raise RecordingError(f"{directory} is damaged; record it again.") from None
    except OSError as error:
        raise RecordingError(f"{error.filename} cannot be read ({error.strerror}); record it again.") from None
    return recording


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise RecordingError(f"{file} is too large to be part of a recording.")
    return content


def _files(manifest: Manifest, directory: Path) -> list[tuple[str, Path]]:
    """Name the files of each stop, without their endings."""
    slugs = [re.sub(r"[^a-z]+", "-", stop.name.lower()).strip("-") for stop in manifest.stops]
    files = [directory / f"{number:02}-{slug}" for number, slug in enumerate(slugs, 1)]
    return [(stop.name, file) for stop, file in zip(manifest.stops, files, strict=True)]
