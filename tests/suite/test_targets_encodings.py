"""Secrets in encodings that change every character, each of the list tried by its name."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from steps.safety.encodings import ENCODINGS
from steps.safety.redactor import HIDDEN, Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

ODD = "pä\"'\\<&>%+ /=?#;,ß\U0001f511 end"


@pytest.mark.parametrize("name", [one.name for one in ENCODINGS])
@pytest.mark.parametrize("secret", [ODD, "plain4word", "a/b+c=="])
def test_a_secret_is_hidden_in_every_encoding_of_the_list(name: str, secret: str) -> None:
    (encoding,) = (one for one in ENCODINGS if one.name == name)
    for written in encoding.forms_of(secret):
        assert Redactor(secret).redact(f"before {written} after") == f"before {HIDDEN} after"


WHOLE: dict[str, Callable[[str], str]] = {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 with one letter before": lambda text: base64.b64encode(f"a{text}".encode()).decode(),
    "base64 with a user's name": lambda text: base64.b64encode(f"ab@example.com:{text}".encode()).decode(),
    "base64 of JSON": lambda text: base64.b64encode(json.dumps({"password": text, "b": 1}).encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "hex in capitals": lambda text: text.encode().hex().upper(),
    "hex with spaces": lambda text: text.encode().hex(" "),
    "HTML in numbers": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "HTML in hexadecimal numbers": lambda text: "".join(f"&#x{ord(char):X};" for char in text),
    "URL, every byte": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "JSON, every character": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "bytes of Python": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "UTF-16": lambda text: text.encode("utf-16-le").decode(),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be").decode(),
}


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("secret", ["plain4word", "s3cret-pass", "correct horse 7"])
def test_of_a_secret_that_is_encoded_whole_nothing_is_left(form: str, secret: str) -> None:
    written = WHOLE[form](secret)
    others = [f"another{number:06}" for number in range(300)]
    for redactor in (Redactor(secret), Redactor(*others, secret)):
        assert redactor.redact(f"before {written} after") == f"before {HIDDEN} after"


def test_a_file_in_utf_16_is_hidden() -> None:
    content = "the secret-word is here".encode("utf-16")
    assert b"s\0e\0c\0r\0e\0t" not in Redactor("secret-word").redact_bytes(content)


def test_short_secrets_are_not_looked_for_in_encodings() -> None:
    assert Redactor("123").redact("MTIz 313233") == "MTIz 313233"
