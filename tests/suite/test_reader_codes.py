"""One-time codes in mails of every form, and mails that are receipts."""

from __future__ import annotations

import pytest

from steps.readers.checkout.codes import is_receipt, other_codes, read_code
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.targets.mailbox import Mail

FOOT = "© 2026 Example Inc, 4711 Harbour Road, Springfield 62704\nCall 555-0100"


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("Your sign-in code", "Your code is 048213. It is valid for 10 minutes.", "048213"),
        ("048213 is your Example code", "Enter it to sign in.", "048213"),
        ("Reset your password", f"Somebody asked for a new password. Your code:\n\n 048213 \n\n{FOOT}", "048213"),
        ("Sign in", f"048 213\n{FOOT}", "048213"),
        ("Sign in", f"0 4 8 2 1 3\n{FOOT}", "048213"),
        ("Sign in", f"Use this passcode: 123-456\n{FOOT}", "123456"),
        ("Sign in", "PIN: 0482", "0482"),
        ("Sign in", f"Your verification code is: G7K2QX\n{FOOT}", "G7K2QX"),
        ("Sign in on 2026-11-26 at 12:30", "Enter 048213 to go on. Total: $1,234.50", "048213"),
        ("Sign in", "Enter 048213 to go on.\n© 2026 Example", "048213"),
        ("Sign in", "Your code: 048213\nOr open https://example.com/login?c=99887766", "048213"),
    ],
)
def test_a_code_is_found_in_its_mail(subject: str, text: str, code: str) -> None:
    found = read_code(Mail("1", subject, text))
    assert isinstance(found, Fact)
    assert found.value == code


def test_of_two_codes_the_words_of_the_profile_tell_which() -> None:
    mail = Mail("1", "Two codes", "Your support code is 111111.\nYour sign-in code is 222222.")
    unclear = read_code(mail)
    assert isinstance(unclear, Unclear)
    assert unclear.settle == 'mailbox.code = "…"'
    assert read_code(mail, "sign-in code is") == Fact("222222", ("sign-in code is",))
    assert isinstance(read_code(mail, "no such words"), Absent)


@pytest.mark.parametrize("text", ["Welcome to Example.", "© 2026 Example", "Paid on 2026-11-26: $1,234.50 at 12:30"])
def test_a_mail_without_a_code_has_none(text: str) -> None:
    assert isinstance(read_code(Mail("1", "Hello", text)), Absent)


@pytest.mark.parametrize(
    ("mail", "is_one"),
    [
        (Mail("1", "Your receipt from Example", ""), True),
        (Mail("1", "Thank you", "We have received your payment of $20.00."), True),
        (Mail("1", "Example", "See the file.", ("INV-17.pdf",)), True),
        (Mail("1", "Welcome", "Here is how to begin."), False),
    ],
)
def test_a_receipt_speaks_of_a_payment(mail: Mail, is_one: bool) -> None:  # noqa: FBT001 - a table
    assert is_receipt(mail) is is_one


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("135798", ("135799", "235798")),
        ("935799", ("935790", "035799")),
        ("AB-CZ", ("AB-CA", "BB-CZ")),
    ],
)
def test_other_codes_differ_in_their_last_or_first_character_alone(code: str, others: tuple[str, str]) -> None:
    assert other_codes(code) == others
