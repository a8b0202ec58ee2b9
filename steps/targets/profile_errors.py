"""Errors in a targets file, each one sentence: where it is, what is wrong, and the likely intention."""

from __future__ import annotations

import difflib
import re
import types
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from steps.targets.labels import Label
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_KINDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table",
}
_FORMS = {
    "locale": 'a language such as "en-US"',
    "currency": 'a currency of three capital letters, such as "USD"',
    "expiry": 'a month and a year, such as "12/34"',
    "cvc": "three or four digits",
}
_LIMITS = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


class ProfileError(Exception):
    """A profile cannot be used; the message is one sentence that says what to change, and where."""


class SourceLocation:
    """The place of a target in its file, for error messages."""

    def __init__(self, file: Path, target: str, text: str) -> None:
        self._file = file
        self._target = target
        self._lines = text.splitlines()

    def mistake(self, key: str, words: str) -> ProfileError:
        """Return the error for a key like "labels.billing" or "accounts[0].password"."""
        line = line_of(self._lines, ["targets", self._target, *re.split(r"\.", re.sub(r"\[.*?\]", "", key))])
        where = f"{self._file}, line {line}" if line else str(self._file)
        return ProfileError(f"{where}, [targets.{self._target}]: {words}")

    def names_variable(self, name: str) -> bool:
        """Whether the file takes something from an environment variable."""
        return any(f"${{{name}}}" in line for line in self._lines)

    def rejected(self, error: msgspec.ValidationError) -> ProfileError:
        """Return the error for a failed validation."""
        text, _, place = str(error).partition(" - at `$")
        key = place.rstrip("`").lstrip(".")
        unknown = re.fullmatch(r"Object contains unknown field `(.+)`", text)
        if unknown:
            whole = f"{key}.{unknown[1]}" if key else unknown[1]
            return self.mistake(whole, f'unknown key "{whole}". {nearest(unknown[1], fields_at(key))}')
        return self.mistake(key, f"{key}: {_sentence(text, key)}")


def invalid_toml(file: Path, error: ValueError) -> ProfileError:
    """Return the error for a file that is no TOML, with the likely remedy."""
    if isinstance(error, UnicodeDecodeError):
        return ProfileError(f"{file} is not text in UTF-8: save it with that encoding.")
    remedies = {
        "Cannot overwrite a value": " A key stands there twice: keep one of them.",
        "Cannot declare": " A table stands there twice: put its keys together below one heading.",
        "Invalid value": ' Text stands in quotes: "…".',
    }
    remedy = next((words for beginning, words in remedies.items() if str(error).startswith(beginning)), "")
    return ProfileError(f"{file} is not valid TOML: {error}.{remedy}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the most similar known name, if any, and all known names."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=1) or [one for one in known if one.lower() == name.lower()]
    return (f'Did you mean "{near[0]}"? ' if near else "") + f"Known: {', '.join(known) or 'none'}."


def closest(name: str, known: Iterable[str]) -> str:
    """Return a question with up to three similar names and a space after it, or "" if none is similar."""
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}? " if near else ""


def fields_at(key: str) -> list[str]:
    """Return the known keys at a place like "labels" or "accounts[0]"."""
    struct = _type_at(key)
    options = [struct, *get_args(struct)]
    found = next((one for one in options if isinstance(one, type) and issubclass(one, msgspec.Struct)), Label)
    return list(found.__struct_fields__)


def line_of(lines: list[str], path: list[str]) -> int | None:
    """Return the number of the line, from 1, that holds a key of a TOML file, or else the nearest enclosing table."""
    best: tuple[int, int] | None = None
    for number, found in _keys(lines):
        if path[: len(found)] == found and (best is None or len(found) > best[0]):
            best = (len(found), number)
    if best is None:
        return None
    depth, number = best
    for part in path[depth:]:
        inner = re.compile(rf"(?<![\w-])[\"']?{re.escape(part)}[\"']?\s*=")
        number = next((n for n in range(number, len(lines) + 1) if inner.search(lines[n - 1])), number)
    return number


def _keys(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    table: list[str] = []
    for number, line in enumerate(lines, 1):
        header = re.match(r"\s*\[\[?\s*([^\]#]+?)\s*\]", line)
        key = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if header:
            table = _parts(header[1])
            yield number, table
        elif key:
            yield number, table + _parts(key[1])


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _type_at(key: str) -> Any:
    """Return the type expected at a key: `labels.billing` → Words."""
    found: Any = Profile
    for part in filter(None, re.split(r"\.|\[.*?\]", key)):
        options = [found, *get_args(found)]
        struct = next((one for one in options if isinstance(one, type) and issubclass(one, msgspec.Struct)), None)
        found = get_type_hints(struct)[part] if struct and part in struct.__struct_fields__ else found
        if get_origin(found) is list:
            found = get_args(found)[0]
    return found


def _sentence(text: str, key: str) -> str:
    """Turn a message of msgspec's into a plain sentence."""
    name = key.rsplit(".", 1)[-1]
    if match := re.fullmatch(r"Expected `(.+)`, got `(.+)`", text):
        return f"{_kinds(match[1])} is expected, not {_kinds(match[2])}."
    if match := re.fullmatch(r"Expected `.+` (>=?|<=?) ([\d.]+)", text):
        return f"the number must be {_LIMITS[match[1]]} {float(match[2]):g}."
    if match := re.fullmatch(r"Invalid enum value (?:'(.*)'|(.*))", text):
        known = _choices(_type_at(key))
        shown = known if all(map(str.strip, known)) else [f'"{one}"' for one in known]
        return f'"{match[1] or match[2]}" is not a valid value. {nearest(match[1] or match[2], shown)}'
    if match := re.fullmatch(r"Object missing required field `(.+)`", text):
        return f'the key "{match[1]}" is missing.'
    if "matching regex" in text and name in _FORMS:
        return f"write {_FORMS[name]}."
    return f"{text}."


def _kinds(names: str) -> str:
    given = {name.strip() for name in names.split("|")}
    return " or ".join(words for name, words in _KINDS.items() if name in given) or "nothing"


def _choices(kind: Any) -> list[str]:
    options = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    literal = next((one for one in options if get_origin(one) is Literal), None)
    return [f"{value}" for value in get_args(literal)] if literal else []
