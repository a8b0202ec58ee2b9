"""What the fake can be told, as it lists it itself, and whether a choice is one of that."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from steps.targets.profile_errors import ProfileError, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ALL = "`acceptance fake --list` shows all."


class Fault(msgspec.Struct):
    """A defect that the fake can have: the tag of what it breaks, and what a user sees."""

    name: str
    breaks: str
    sees: str


class Catalogue(msgspec.Struct):
    """Open questions, their answers (the default first) and faults."""

    questions: dict[str, str]
    variants: dict[str, list[str]]
    faults: list[Fault]


@cache
def fake_catalogue() -> Catalogue:
    """Ask the fake for its catalogue, without serving it."""
    command = [sys.executable, "-m", "fake_backend", "--list", "--json"]
    answer = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - the suite's own fake
    return msgspec.json.decode(answer.stdout, type=Catalogue)


def read_variant(pairs: Iterable[str]) -> dict[str, str]:
    """Read `QUESTION=ANSWER` pairs. Raises ProfileError for one of another form."""
    answers = {}
    for pair in pairs:
        question, sign, answer = pair.partition("=")
        if not sign:
            known = fake_catalogue().variants
            meant = next((f"{one}={pair}" for one, takes in known.items() if pair in takes), "package_choice=radios")
            raise ProfileError(f"--variant {pair}: write QUESTION=ANSWER, such as {meant}. {_ALL}")
        answers[question] = answer
    return answers


def check_choice(variant: Mapping[str, str], faults: Iterable[str]) -> None:
    """Raise ProfileError for the first question, answer or fault that the fake does not know."""
    faults = list(faults)
    if not (variant or faults):
        return
    known = fake_catalogue()
    for question, answer in variant.items():
        if question not in known.variants:
            near = closest(question, known.variants)
            raise ProfileError(f'variant: there is no open question "{question}". {near}{_ALL}')
        if answer not in (answers := known.variants[question]):
            raise ProfileError(
                f'variant: "{answer}" does not answer {question}. {closest(answer, answers)}It takes: '
                f"{', '.join(answers)}."
            )
    names = [fault.name for fault in known.faults]
    for name in faults:
        if name not in names:
            raise ProfileError(f'fault: the fake knows no "{name}". {closest(name, names)}{_ALL}')
