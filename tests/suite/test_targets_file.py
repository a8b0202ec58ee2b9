"""The targets file: what it may say, and what is said of each mistake in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import msgspec
import pytest

from steps.targets.labels import Label
from steps.targets.profile import Profile
from steps.targets.profile_loader import TARGETS_FILE, ProfileError, load_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Loading = Callable[[str], Profile]

_SITE = '[targets.staging]\nbase_url = "https://staging.example.com"\n'


@pytest.fixture
def loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loading:
    """Load the target "staging" from a text, with a few variables set."""
    monkeypatch.setenv("STAGING_EMAIL", "ada@example.com")
    monkeypatch.setenv("STAGING_PASSWORD", "s3cret'\"<&")
    monkeypatch.setenv("EMPTY", "")
    monkeypatch.setenv("CARD_NUMBER", "4000 0000 0000 1000")
    monkeypatch.setenv("BROKEN_NUMBER", "4000 0000 0000 1001")
    monkeypatch.setenv("TEST_NUMBER", "4242 4242 4242 4242")
    monkeypatch.setenv("CARD_EXPIRY", "12/34")
    monkeypatch.setenv("CARD_CVC", "987")
    monkeypatch.setenv("TOTP", "JBSW Y3DP EHPK 3PXP")
    file = tmp_path / "own.toml"

    def load(text: str, name: str = "staging") -> Profile:
        file.write_text(text, encoding="utf-8")
        return load_profile(name, file)

    return load


def _said(loading: Loading, text: str) -> str:
    with pytest.raises(ProfileError) as caught:
        loading(text)
    said = str(caught.value)
    assert "s3cret" not in said
    assert "4000 0000" not in said
    return said


def test_three_lines_are_a_target(loading: Loading) -> None:
    profile = loading(_SITE + 'accounts = [{ email = "${STAGING_EMAIL}", password = "${STAGING_PASSWORD}" }]')
    assert profile.accounts[0].email == "ada@example.com"
    assert profile.accounts[0].password == "s3cret'\"<&"
    assert profile.payments.allow == "test"
    assert profile.payments.hosts == ["checkout.stripe.com"]
    assert "s3cret" not in repr(profile)


def test_a_session_needs_no_account(loading: Loading) -> None:
    profile = loading(_SITE + 'sign_in = { way = "session" }')
    assert [account.session for account in profile.accounts] == ["default"]


def test_labels_have_three_forms(loading: Loading) -> None:
    labels = loading(
        _SITE + 'labels = { billing = "Payments", close = ["Shut", "Leave"], add_credits = { selector = "#top-up" } }'
    ).labels
    assert labels.of("billing") == Label(names=("Payments",))
    assert labels.of("close") == Label(names=("Shut", "Leave"))
    assert labels.of("add_credits") == Label(selector="#top-up")


def test_a_variable_may_stand_inside_a_text(loading: Loading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANCH", "fix-7")
    assert loading('[targets.staging]\nbase_url = "https://${BRANCH}.example.com/"').base == "https://fix-7.example.com"


def test_own_file_precedes_the_one_of_the_checkout(loading: Loading) -> None:
    own = loading('[targets.fake]\nkind = "fake"\nlimits = { immediately = 3 }', "fake")  # type: ignore[call-arg] # a name
    assert own.limits.immediately == 3
    assert loading(_SITE, "fake").limits.immediately == 10  # type: ignore[call-arg] # a name


def test_the_variable_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(_SITE, encoding="utf-8")
    monkeypatch.setenv("ACCEPTANCE_TARGETS_FILE", str(file))
    assert load_profile("staging").base == "https://staging.example.com"


MISTAKES = [
    # what the file says after the address, and what must be said of it
    ("labls = {}", 'line 3, [targets.staging]: unknown key "labls". Did you mean "labels"?'),
    ("[targets.staging.labels]\n\nadd_credit = 'x'", 'line 5, [targets.staging]: unknown key "labels.add_credit". '),
    ("labels = { add_credit = 'x' }", 'Did you mean "add_credits"?'),
    ("labels = { billing = { nmes = ['x'] } }", 'unknown key "labels.billing.nmes". Did you mean "names"?'),
    (
        "accounts = [\n  { mail = 'x' },\n]",
        'line 4, [targets.staging]: unknown key "accounts[0].mail". Did you mean "email"?',
    ),
    ("limits = { page = 'soon' }", "limits.page: a number is expected, not text in quotes."),
    ("accessible = 'yes'", "accessible: true or false is expected, not text in quotes."),
    ("limits = { page = 0 }", "limits.page: the number must be above 0."),
    ("limits = { immediately = 90 }", "limits.immediately: more than 60 s is not immediately; to allow it, say why"),
    ("limits = { page = 3600 }", "limits.page: the number must be at most 600."),
    (
        "labels = { billing = 3 }",
        "labels.billing: text in quotes or a list in brackets or a table is expected, not a whole number.",
    ),
    ("labels = { billing = '' }", "labels.billing: set a name, several names, or a selector."),
    ("labels = { billing = { role = 'tab' } }", "labels.billing: set a name, several names, or a selector."),
    ("labels = { billing = ['Billing', ' '] }", "labels.billing: one of the names is empty."),
    ("labels = { billing = { names = ['B'], role = 'buton' } }", 'there is no role "buton". Did you mean "button"?'),
    ("accounts = {}", "accounts: a list in brackets is expected, not a table."),
    ("payments = { allow = 'tests' }", 'payments.allow: "tests" is not a valid value. Did you mean "test"?'),
    ("sign_in = { way = 'pasword' }", 'sign_in.way: "pasword" is not a valid value. Did you mean "password"?'),
    ("thousands = ';'", 'thousands: ";" is not a valid value. Known: ","'),
    (
        "payments = { currency = 'usd' }",
        'payments.currency: write a currency of three capital letters, such as "USD".',
    ),
    ("payments = { max_payments = -1 }", "payments.max_payments: the number must be at least 0."),
    ("locale = 'english'", 'locale: write a language such as "en-US".'),
    ("timezone = 'Europe/Berln'", 'there is no time zone "Europe/Berln". Did you mean "Europe/Berlin"?'),
    ("allowed_hosts = ['https://sso.example.com/']", 'is a URL; write only its host, such as "sso.example.com".'),
    ("payments = { hosts = ['*.com'] }", '"*.com" would allow too many hosts;'),
    ("payments = { hosts = ['*'] }", '"*" is not a host;'),
    (
        "payments = { test_hosts = ['*.stripe.com'] }",
        'payments.test_hosts: "*.stripe.com" takes real payments too;',
    ),
    ("payments = { test_hosts = ['a b'] }", 'payments.test_hosts: "a b" is not a host;'),
    (
        "accounts = [{ email = 'a@b.c', password = 'open' }]",
        "accounts[0].password: a secret may not stand in the file;",
    ),
    ("access = { user = 'a', password = 'open' }", "access.password: a secret may not stand in the file;"),
    ("access = { user = 'a' }", "access: set both user and password, or neither."),
    ("accounts = [{ email = '${STAGING_EMIAL}' }]", 'STAGING_EMIAL is not set. Did you mean "STAGING_EMAIL"?'),
    (
        "accounts = [{ email = '${STAGING_EMIAL}', password = '${STAGING_PASSWORD}' }]\n# not ${STAGING_EMAIL}",
        "STAGING_EMIAL is not set. Set it: export STAGING_EMIAL=…",  # the other one is taken
    ),
    ("accounts = [{ email = '${EMPTY}' }]", "the environment variable EMPTY is empty."),
    ("routes = { start = '/${A-B}' }", 'routes.start: write a variable as "${NAME}"'),
    ("accounts = [{ email = 'a@b.c' }]", "accounts[0]: password is missing;"),
    ("accounts = [{}]", "accounts[0]: email is missing;"),
    (
        "accounts = [{ email = 'a@b.c', password = '${STAGING_PASSWORD}', session = 'x' }]",
        "accounts[0]: set a password or a session, not both.",
    ),
    ("accounts = [{ session = 'x' }, { session = 'x' }]", "accounts[1]: x is listed twice;"),
    (
        "sign_in = { way = 'session' }\naccounts = [{ email = 'a@b.c' }]",
        'accounts[0]: sign_in.way is "session", so session = "NAME" is expected here.',
    ),
    ("variant = { a = 'b' }", "variant: only the fake has variants; leave the line out."),
    ("accounts = [{ email = 'a@b.c', totp = 'JBSWY3DPEHPK3PXP' }]", "accounts[0].totp: a secret may not stand"),
    ("accounts = [{ session = 'x', totp = '${TOTP}' }]", "accounts[0]: totp belongs to an account with a password."),
    (
        "accounts = [{ email = 'a@b.c', password = '${STAGING_PASSWORD}', totp = '${STAGING_PASSWORD}' }]",
        "accounts[0].totp: that is not the secret of an authenticator app",
    ),
    ("mailbox = { url = 'imap.example.com' }", 'mailbox.url: "imap.example.com" is not such an address;'),
    ("mailbox = { url = 'imap://a.b' }", 'write it like "imaps://imap.example.com".'),
    ("mailbox = { url = 'https://ada:pw@a.b' }", "mailbox.url: user and password stand in keys of their own."),
    ("mailbox = { url = 'imaps://a.b' }", "mailbox: set both user and password."),
    ("mailbox = { url = 'https://a.b', user = 'a' }", "mailbox: set both user and password, or neither."),
    ("mailbox = { url = 'imaps://a.b', user = 'a', password = 'pw' }", "mailbox.password: a secret may not stand"),
    (
        "mailbox = { url = 'http://a.b', user = 'a', password = '${STAGING_PASSWORD}' }",
        "mailbox.url: a secret is sent there, so that it must begin with https://.",
    ),
    ("mailbox = { url = 'https://a.b', receipts = 'ada' }", "mailbox.receipts: that is not an e-mail address."),
    ("mailbox = { url = 'https://a.b', limit = 0 }", "mailbox.limit: the number must be above 0."),
    ("clock = { url = 'https://a.b', token = 'x' }", "clock.token: a secret may not stand in the file;"),
    ("clock = { url = 'http://a.b' }", "clock.url: a secret is sent there, so that it must begin with https://."),
    ("clock = { url = 'a.b' }", 'clock.url: "a.b" is not such an address;'),
    ("clock = { token = '${STAGING_PASSWORD}' }", 'clock: the key "url" is missing.'),
    ("payments = { allow = 'real' }", "payments.max_amount is missing:"),
    ("payments = { allow = 'real', max_amount = 9 }", "payments.currency is missing:"),
    ("payments = { allow = 'real', max_amount = 9, currency = 'USD' }", "payments.card is missing:"),
    ("payments = { card = { number = '4000' } }", "payments.card.number: a secret may not stand in the file;"),
    ("payments = { card = { number = '${CARD_NUMBER}' } }", 'payments.card: the key "expiry" is missing.'),
    (
        "payments = { card = { number = '${CARD_NUMBER}', expiry = '${CARD_CVC}', cvc = '${CARD_CVC}' } }",
        'payments.card.expiry: write a month and a year, such as "12/34".',
    ),
    (
        "payments = { card = { number = '${CARD_NUMBER}', expiry = '${CARD_EXPIRY}', cvc = '${CARD_EXPIRY}' } }",
        "payments.card.cvc: write three or four digits.",
    ),
    (
        "payments = { card = { number = '${CARD_NUMBER}', expiry = '${CARD_EXPIRY}', cvc = '${CARD_CVC}' } }",
        'payments.card: only payments with allow = "real" use a card of your own.',
    ),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES, ids=[text.replace("\n", " ")[:60] for text, _ in MISTAKES])
def test_a_mistake_ends_in_one_sentence(loading: Loading, text: str, words: str) -> None:
    said = _said(loading, _SITE + text)
    assert words in said
    assert "own.toml" in said
    assert "[targets.staging]" in said
    assert "\n" not in said
    assert re.search(r"line \d+, ", said)


_REAL = """payments = {{ allow = "real", max_amount = 9, currency = "USD",
  card = {{ number = "${{{number}}}", expiry = "${{CARD_EXPIRY}}", cvc = "${{CARD_CVC}}" }} }}"""


def test_real_money_wants_everything_said(loading: Loading) -> None:
    payments = loading(_SITE + _REAL.format(number="CARD_NUMBER").replace("\n", "")).payments
    assert payments.card is not None
    assert payments.most_payments == 1
    assert "4000" not in repr(payments)


def test_no_clock_is_moved_where_payments_are_real(loading: Loading) -> None:
    real = _SITE + _REAL.format(number="CARD_NUMBER").replace("\n", "")
    said = _said(loading, real + "\nclock = { url = 'https://a.b' }")
    assert 'clock: no clock is moved where payments are real; use allow = "test".' in said


def test_mailbox_clock_and_second_factor(loading: Loading) -> None:
    account = "email = 'a@b.c', password = '${STAGING_PASSWORD}', totp = '${TOTP}'"
    mailbox = "url = 'imaps://a.b/Tests', user = 'a', password = '${STAGING_PASSWORD}'"
    clock = "url = 'http://127.0.0.1:1/', token = '${STAGING_PASSWORD}'"
    profile = loading(f"{_SITE}accounts = [{{ {account} }}]\nmailbox = {{ {mailbox} }}\nclock = {{ {clock} }}")
    assert profile.mailbox is not None
    assert profile.clock is not None
    assert (profile.mailbox.limit, profile.mailbox.password, profile.clock.token) == (60, "s3cret'\"<&", "s3cret'\"<&")
    assert not any(secret in repr(profile) for secret in ("s3cret", "JBSW"))


@pytest.mark.parametrize(
    ("number", "words"),
    [("BROKEN_NUMBER", "that is not a valid card number;"), ("TEST_NUMBER", "that is a test card,")],
)
def test_real_money_wants_a_real_card(loading: Loading, number: str, words: str) -> None:
    assert words in _said(loading, _SITE + _REAL.format(number=number).replace("\n", ""))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[targets.staging]", "base_url is missing;"),
        ("[targets.staging]\nbase_url = 'staging.example.com'", "is not the address of a site;"),
        ("[targets.staging]\nbase_url = 'https://a.b/?x=1'", "is not the address of a site;"),
        ("[targets.staging]\nbase_url = 'https://ada:pw@a.b/'", "is not the address of a site;"),
        ("[targets.staging]\nkind = 'fake'\nbase_url = 'https://a.b'", "base_url: the fake has its own;"),
        ("[targets.staging\nbase_url = 3", "is not valid TOML: Expected"),
        ("[staging]", 'unknown key "staging"; targets belong in tables named [targets.NAME].'),
        ("targets = 3", "targets belong in tables named [targets.NAME]."),
        ("[targets.stagin]", 'There is no target "staging"'),
        ("[targets.stagin]", 'Did you mean "stagin"? Known: fake, stagin.'),
    ],
)
def test_a_file_that_is_no_targets_file(loading: Loading, text: str, words: str) -> None:
    said = _said(loading, text)
    assert words in said
    assert "own.toml" in said


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nowhere.toml cannot be read: No such file"):
        load_profile("staging", tmp_path / "nowhere.toml")


def test_the_example_documents_every_key(loading: Loading, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TARGETS_FILE.read_text(encoding="utf-8").partition("# ---")[2]
    example = "\n".join(line[1:] for line in text.splitlines() if re.match(r"#(?:\w+ =|\[|\]|    \{)", line))
    for variable in set(re.findall(r"\$\{(\w+)\}", example)):
        monkeypatch.setenv(variable, {"CARD_NUMBER": "4000000000001000", "CARD_EXPIRY": "12/34"}.get(variable, "987"))
    for number in "12":
        monkeypatch.setenv(f"STAGING_EMAIL_{number}", f"{number}@example.com")
    without_clock = re.sub(r"^clock = .*$", "", example, flags=re.MULTILINE)
    profile = loading(without_clock.replace('allow = "test"', 'allow = "real"'))
    assert profile.payments.card is not None
    missing = [
        key for key in _keys(Profile) if not re.search(rf"^#?{key} = |[{{ ]{key} = |\.{key}\]$", text, re.MULTILINE)
    ]
    assert missing == ["kind", "variant"], "of the fake alone"


def _keys(struct: type[msgspec.Struct]) -> list[str]:
    keys = []
    for field in msgspec.structs.fields(struct):
        keys.append(field.name)
        for one in (field.type, *get_args(field.type)):
            keys += _keys(one) if isinstance(one, type) and issubclass(one, msgspec.Struct) else []
    return keys


def test_what_the_suite_may_do_is_one_of_a_few_things(loading: Loading) -> None:
    assert loading(_SITE + 'may = ["buy", "run workflows", "change plan", "sign out", "invite"]').permits("change plan")
    assert not loading(_SITE).permits("change plan")
    said = _said(loading, _SITE + 'may = ["run workflow"]')
    assert re.search(r'line 3, .* "run workflow" is not a valid value. Did you mean "run workflows"\?', said)
