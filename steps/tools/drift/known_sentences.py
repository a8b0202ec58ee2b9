"""The sentences that a page is known to say: a digest of each, its promise, and what people have decided since."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from steps.tools.drift.source import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_T = TypeVar("_T")
FOLDER = Path(__file__).parents[2] / "documentation"
PACKAGES = "packages"
"""Stands for the list of packages, where a sentence has its digest."""


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of the page."""

    digest: str
    says: str
    """What it says, in this project's words; an accepted one in the page's."""
    promise: str = ""
    """Which promise it belongs to; none for what the publishing tool adds, which may come and go."""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person decided about a sentence that is new or gone."""

    digest: str
    decision: Literal["said", "gone"]
    promise: str
    sentence: str
    after: str = ""
    """The digest of the sentence before it."""
    by: str = ""
    at: datetime | None = None


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    sentence: list[Sentence]


class _Decisions(msgspec.Struct, forbid_unknown_fields=True):
    decision: list[Decision] = []


class Known(msgspec.Struct):
    """The sentences of a page in their order."""

    documented: list[Sentence]
    """Those that the promises were written from."""
    expected: list[Sentence]
    """The same, with what was decided since."""
    publisher: frozenset[str]
    """Digests of what the publishing tool adds."""


def known_sentences(name: str) -> Known:
    """Return the known sentences of the page called `name`. Raises UnusableInputError."""
    sentences = _read(FOLDER / f"{name}.toml", _Page).sentence
    documented = [sentence for sentence in sentences if sentence.promise]
    expected = list(documented)
    file = accepted_file(name)
    for decision in _read(file, _Decisions).decision if file.is_file() else []:
        expected = [sentence for sentence in expected if sentence.digest != decision.digest]
        if decision.decision == "said":
            before = [at for at, sentence in enumerate(expected) if sentence.digest == decision.after]
            at = before[0] + 1 if before else len(expected) if decision.after else 0
            expected.insert(at, Sentence(decision.digest, decision.sentence, decision.promise))
    return Known(documented, expected, frozenset(one.digest for one in sentences if not one.promise))


def accept(name: str, decisions: Iterable[Decision], by: str) -> Path:
    """Add a person's decisions to the committed file, and return it. Raises UnusableInputError."""
    file = accepted_file(name)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = (
        "" if file.is_file() else "# Sentences that a person has read and accepted: `acceptance drift PAGE --accept`.\n"
    )
    for decision in decisions:
        fields = {"by": by, "digest": decision.digest, "decision": decision.decision, "promise": decision.promise}
        fields |= {"after": decision.after} if decision.after else {}
        written = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
        sentence = json.dumps(decision.sentence, ensure_ascii=False)
        text += "\n".join(["", "[[decision]]", f"at = {now}", *written, f"sentence = {sentence}", ""])
    try:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise UnusableInputError(f"{file} cannot be written ({error.strerror}); nothing is accepted.") from None
    return file


def accepted_file(name: str) -> Path:
    """Return the file with what people have decided about a page."""
    return FOLDER / f"{name}.accepted.toml"


def digest(sentence: str) -> str:
    """Return a short mark of a cleaned sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def _read(file: Path, kind: type[_T]) -> _T:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=kind)
    except (OSError, ValueError) as error:
        raise UnusableInputError(f"{file} cannot be read ({error}); mend it by hand.") from None
