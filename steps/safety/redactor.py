"""Removes secrets from reports, traces, logs and messages, in whatever encoding a file contains them.

Characters that a format escapes are found wherever they stand (`_forms`); encodings that change every character are a
small list in `encodings`.
"""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from html.entities import codepoint2name
from typing import TYPE_CHECKING, Any

from steps.browser.session_storage import TABS
from steps.safety.encodings import ENCODINGS, written_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from steps.targets.profile import Profile
    from steps.targets.target import Account

HIDDEN = "[hidden]"
_TOKEN = 8
"""Minimal length of a cookie's value that counts as a secret; shorter ones are settings ("en", "dark")."""
_STORED = 16
"""Minimal length of a word in web storage that counts as a secret; most of what is stored there is none."""
_COMMON = 6
"""Minimal length of a secret that is redacted inside a word or number: "123" is a part of many numbers."""
_PIECE = 3
"""Minimal length of a run of letters and digits that is searched for first, because no encoding changes it."""
_CUT = 12
"""Length of the beginning and the end of a secret that are redacted on their own, since messages may be truncated."""
_RUN = re.compile(rf"[A-Za-z0-9]{{{_PIECE},}}")


def in_another_case(password: str) -> str:
    """Return a password with its last letter in the other case, "" where only its first character is a letter."""
    at = max((place for place, one in enumerate(password) if place and one.swapcase() != one), default=0)
    return password[:at] + password[at].swapcase() + password[at + 1 :] if at else ""


class Redactor:
    """The secrets of a run. They are found as they are, and as JSON, HTML, XML, URLs and Python encode them."""

    def __init__(self, *values: str) -> None:
        self._known: dict[str, _Secret] = {}
        self._by_piece: dict[str, list[_Secret]] = {}
        self.add(*values)

    def add(self, *values: str | None) -> None:
        """Add secrets; each line of a secret with several lines is one."""
        for value in values:
            for line in (value or "").splitlines():
                if line.strip() and line not in self._known:
                    secret = self._known[line] = _Secret(line)
                    for key in (*secret.fast_keys, *(form for forms in secret.encoded for form in forms)):
                        self._by_piece.setdefault(key[:_PIECE], []).append(secret)

    def add_profile(self, profile: Profile) -> None:
        """Add what a profile took from the environment: passwords, tokens and the card."""
        for account in profile.accounts:
            self.add(account.password, in_another_case(account.password or ""), account.totp)
        access, card = profile.access, profile.payments.card
        for gate in (access, profile.mailbox):
            if gate and gate.password:
                self.add(gate.password, base64.b64encode(f"{gate.user}:{gate.password}".encode()).decode())
        self.add(profile.clock.token if profile.clock else None)
        if card:
            digits = re.sub(r"\D", "", card.number)
            self.add(card.number, digits, " ".join(re.findall(r"\d{1,4}", digits)), card.cvc)

    def add_account(self, account: Account) -> None:
        """Add the password and the storage state of an account."""
        self.add(account.password, in_another_case(account.password or ""), account.totp)
        if account.storage_state:
            self.add_state(account.storage_state)

    def add_state(self, state: Any) -> None:
        """Add the cookies and tokens of a storage state, if there is one."""
        if not state:
            return
        self.add(*(cookie["value"] for cookie in state.get("cookies", []) if len(cookie["value"]) >= _TOKEN))
        for origin in state.get("origins", []):
            stored = [entry.get("value", "") for entry in origin.get("localStorage", [])]
            self.add(*_tokens([*stored, origin.get("indexedDB", [])]))
        self.add(*_tokens(state.get(TABS, {}).values()))

    def redact(self, text: str) -> str:
        """Return a text without the secrets that any file can hold; the same object if it is such already."""
        return _well_formed(self._hidden(text))

    def _hidden(self, text: str) -> str:
        near = list(self._near(text))
        used = written_in(text)
        found = [secret for secret in near if secret.is_encoded_in(text, used)]
        for secret in sorted(found, key=lambda one: -len(one.value)):
            text = secret.redact_encoded(text, used)
        found = [secret for secret in near if secret.may_be_in(text)]
        for secret in sorted(found, key=lambda one: -len(one.value)):
            text = secret.redact(text)
        return text

    def _near(self, text: str) -> Iterable[_Secret]:
        """Return the secrets that may be in a text, by their first characters if the text is shorter than the list.

        A run of a thousand scenarios knows thousands of secrets and searches for them in each line that it writes.
        """
        if len(text) > len(self._known):
            return self._known.values()
        pieces = {text[at : at + _PIECE] for at in range(len(text))} | {""}
        return {secret for piece in pieces & self._by_piece.keys() for secret in self._by_piece[piece]}

    def redact_bytes(self, content: bytes) -> bytes:
        """Return the content of a file without the secrets; binary content stays as it is."""
        text = content.decode("utf-8", "surrogateescape")
        hidden = self._hidden(text)
        return content if hidden is text else hidden.encode("utf-8", "surrogateescape")

    def redact_data(self, value: Any) -> Any:
        """Return plain data (dictionaries, lists, strings) without the secrets.

        pytest's representations of errors (objects with `toterminal`) are redacted in place.
        """
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, dict):
            return {self.redact_data(key): self.redact_data(part) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            parts = [self.redact_data(part) for part in value]
            return parts if isinstance(value, list) else tuple(parts)
        if hasattr(value, "toterminal"):
            for name, part in vars(value).items():
                object.__setattr__(value, name, self.redact_data(part))
        return value


class _Secret:
    """One secret, and how to find it."""

    __slots__ = ("encoded", "fast_keys", "fragments", "value")

    def __init__(self, value: str) -> None:
        self.value = value
        self.fragments = (value,) if len(value) < 2 * _CUT else (value[:_CUT], value[-_CUT:])
        self.fast_keys = tuple(max(_RUN.findall(end), key=len, default="") for end in self.fragments)
        """Letters and digits that a text contains wherever it contains a fragment: they are never escaped."""

        is_long = len(value) >= _COMMON
        self.encoded = tuple(one.forms_of(value) if is_long else () for one in ENCODINGS)
        """The secret in each of the encodings that change every character; short ones would be found by chance."""

    def is_encoded_in(self, text: str, used: Sequence[int]) -> bool:
        """Whether a text holds the secret in one of the encodings that it may use, by their places in the list."""
        return any(form in text for at in used for form in self.encoded[at])

    def redact_encoded(self, text: str, used: Sequence[int]) -> str:
        """Return a text without the secret in one of the encodings."""
        for at in used:
            for form in self.encoded[at]:
                if form in text:
                    text = ENCODINGS[at].without(form, text, HIDDEN)
        return text

    def may_be_in(self, text: str) -> bool:
        """Whether a text may contain the secret: a cheap test that excludes nearly all texts."""
        return any(key in text for key in self.fast_keys)

    def redact(self, text: str) -> str:
        """Return a text without the secret, or the same object if it is not there."""
        for end in self.fragments:
            text = self._without(end, text)
        return text

    def _without(self, end: str, text: str) -> str:
        kept: list[str] = []
        at = 0
        for found in re.finditer("".join(map(_forms, end)), text):
            alone = len(self.value) < _COMMON
            if found.start() < at or (alone and _is_part(text, found.start(), found.end())):
                continue
            kept += [text[at : found.start()], HIDDEN]
            at = self._end(text, found) if end is self.fragments[0] else found.end()
        return "".join([*kept, text[at:]]) if kept else text

    def _end(self, text: str, found: re.Match[str]) -> int:
        """Return where a secret ends that was found by its beginning."""
        at = found.end()
        for char in self.value[len(self.fragments[0]) :]:
            more = re.compile(_forms(char)).match(text, at)
            if not more:
                break
            at = more.end()
        return at


def _well_formed(text: str) -> str:
    """Return a text in which no half of a surrogate pair stands alone: a page can show one, no file can hold it."""
    if text.isascii():
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text if joined == text else joined


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a match is part of a longer word or number."""
    return bool(re.search(r"[A-Za-z0-9][.,]?$", text[max(0, start - 2) : start])) or bool(
        re.match(r"[.,]?[A-Za-z0-9]", text[end : end + 2])
    )


@cache
def _forms(char: str) -> str:
    """Return a regular expression for one character as JSON, HTML, XML, URLs and Python may encode it."""
    if re.fullmatch(r"[A-Za-z0-9]", char):
        return char
    encoded = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in char.encode())
    units = char.encode("utf-16-be")
    escaped = "".join(rf"\\+u(?i:{units[i]:02x}{units[i + 1]:02x})" for i in range(0, len(units), 2))
    number = ord(char)
    entities = [f"#0*{number}", f"#(?i:x)0*(?i:{number:x})"]
    entities += [codepoint2name[number]] if number in codepoint2name else []
    entities += ["apos"] if char == "'" else []
    forms = [
        rf"\\*{re.escape(char)}",
        encoded,
        escaped,
        rf"\\+(?:x|U0*)(?i:{number:02x})",
        f"&(?:amp;)*(?:{'|'.join(entities)});",
    ]
    forms += [r"\+"] if char == " " else []
    if char == "\\":
        forms[0] = r"\\+"
    return f"(?:{'|'.join(forms)})"


def _tokens(values: Iterable[Any]) -> Iterator[str]:
    """Return the words in web storage that look like tokens; a stored value may itself be JSON."""
    for value in values:
        if isinstance(value, str):
            inner = _as_json(value)
            if inner is not None:
                yield from _tokens([inner])
            elif len(value) >= _STORED and not re.search(r"\s", value) and re.search(r"\d", value):
                yield value
        elif isinstance(value, dict):
            yield from _tokens(value.values())
        elif isinstance(value, list):
            yield from _tokens(value)


def _as_json(text: str) -> Any:
    """Parse a text as JSON if it is a list, an object or a quoted string."""
    if not re.match(r'\s*[\[{"]', text):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
