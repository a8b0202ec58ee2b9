"""Secrets in whatever form a file holds them, and runs that write everything down but them."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import subprocess
import sys
import urllib.parse
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import pytest

from steps.safety.redactor import HIDDEN, Redactor
from steps.safety.trace_redactor import scrub_trace
from steps.targets.profile import Access, AccountEntry, ClockEntry, MailboxEntry, OwnCard, Payments, Profile
from steps.targets.target import Account
from tests.suite.support.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ODD = "pä\"'\\<&>%+ /=?#;,ß\U0001f511 end"
"""A secret with every character that some format writes otherwise."""

FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "JSON": json.dumps,
    "JSON in letters beyond ASCII": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)),
    "JSON in JSON in JSON": lambda text: json.dumps(json.dumps(json.dumps(text))),
    "Python": repr,
    "Python in ASCII": ascii,
    "HTML": html.escape,
    "HTML in HTML": lambda text: html.escape(html.escape(text)),
    "HTML in JSON": lambda text: json.dumps(html.escape(text)),
    "XML": quoteattr,
    "HTML in numbers": lambda text: "".join(f"&#{ord(char)};" if not char.isalnum() else char for char in text),
    "URL": urllib.parse.quote,
    "URL, all of it": lambda text: urllib.parse.quote(text, safe=""),
    "URL in small letters": lambda text: re.sub("%..", lambda found: found[0].lower(), urllib.parse.quote(text)),
    "form": lambda text: urllib.parse.urlencode({"password": text}),
    "URL in a URL": lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""),
    "URL in JSON": lambda text: json.dumps({"url": urllib.parse.quote(text)}),
}


def test_the_secrets_of_mailbox_clock_and_second_factor_are_hidden() -> None:
    account = AccountEntry(email="ada@example.com", password="pass-word-1", totp="JBSWY3DPEHPK3PXP")
    mailbox = MailboxEntry(url="https://mail.example.com", user="qa", password="pass-word-2")
    clock = ClockEntry(url="https://staging.example.com/clock", token="token-3")
    redactor = Redactor()
    redactor.add_profile(Profile(accounts=[account], mailbox=mailbox, clock=clock))
    basic = base64.b64encode(b"qa:pass-word-2").decode()
    for secret in ("pass-word-1", "JBSWY3DPEHPK3PXP", "pass-word-2", basic, "token-3"):
        assert redactor.redact(f"<{secret}>") == f"<{HIDDEN}>"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [ODD, "!!!%%%", "plain4word", "a/b+c==", "\\\\n\\u0041", "x" * 3000])
def test_a_secret_is_hidden_in_every_form(form: str, secret: str) -> None:
    written = FORMS[form](secret)
    around = f"before {written} between {written} after"
    hidden = Redactor(secret).redact(around)
    assert written.strip("\"'") not in hidden
    assert re.fullmatch(r"before .*\[hidden\].* between .*\[hidden\].* after", hidden, re.DOTALL)
    left = hidden.replace(HIDDEN, "")
    assert len(left) < len("before between after") + 40


@cache
def among_thousands(secret: str) -> Redactor:
    return Redactor(*(f"another{number:06}" for number in range(3000)), secret)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [ODD, "!!!%%%", "plain4word", "a/b+c=="])
def test_a_secret_among_thousands_is_hidden(form: str, secret: str) -> None:
    written = FORMS[form](secret)
    assert among_thousands(secret).redact(written) == Redactor(secret).redact(written) != written


def test_of_a_secret_that_holds_another_nothing_is_left() -> None:
    for secrets in (("inner7", "before-inner7-after"), ("before-inner7-after", "inner7")):
        assert Redactor(*secrets).redact("a before-inner7-after z, inner7") == f"a {HIDDEN} z, {HIDDEN}"


def test_what_is_no_secret_stays() -> None:
    text = "22,000 credits for $1,234.00; Plan 42424242; ada@example.com 123.45 1234"
    assert Redactor("123", "5,000", "secret").redact(text) is text
    assert Redactor("123").redact("cvc 123, '123' 1123 123.0 v123") == f"cvc {HIDDEN}, '{HIDDEN}' 1123 123.0 v123"


def test_the_beginning_and_the_end_of_a_cut_secret_are_hidden() -> None:
    token = "".join(f"{number:x}z" for number in range(100))
    cut = f"cookie = '{token[:40]}...{token[-40:]}'"
    assert Redactor(token).redact(cut) == f"cookie = '{HIDDEN}...{HIDDEN}'" or token[-20:] not in Redactor(
        token
    ).redact(cut)
    assert token[:16] not in Redactor(token).redact(cut)


def test_a_file_that_is_no_text_stays_as_it_is() -> None:
    content = bytes(range(256)) + b"secret-word" + bytes(range(256))
    hidden = Redactor("secret-word").redact_bytes(content)
    assert hidden == content.replace(b"secret-word", HIDDEN.encode())
    assert Redactor("other").redact_bytes(content) is content


def test_secrets_are_taken_from_profile_and_account() -> None:
    secrets = Redactor()
    secrets.add_profile(
        Profile(
            accounts=[AccountEntry(email="ada@example.com", password="pass-word-1")],
            access=Access(user="gate", password="gate-word-2"),
            payments=Payments(card=OwnCard(number="4000 0000 0000 1000", expiry="12/34", cvc="987")),
        )
    )
    stored = json.dumps({"theme": "dark", "access": {"jwt": "eyJhbGciOiJIUzI1NiJ9.e30.abc"}, "name": "Ada Lovelace"})
    state: Any = {
        "cookies": [{"name": "session", "value": "cookie-3"}, {"name": "lang", "value": "en"}],
        "origins": [{"origin": "x", "localStorage": [{"name": "auth", "value": stored}]}],
    }
    secrets.add_account(Account("Ada", "ada@example.com", "pass-word-4", storage_state=state))
    basic = base64.b64encode(b"gate:gate-word-2").decode()
    told = f"pass-word-1 gate-word-2 {basic} 4000000000001000 4000 0000 0000 1000 987 cookie-3 pass-word-4"
    assert secrets.redact(told) == " ".join([HIDDEN] * 8)
    assert secrets.redact("jwt eyJhbGciOiJIUzI1NiJ9.e30.abc") == f"jwt {HIDDEN}"
    assert secrets.redact("en dark Ada Lovelace ada@example.com 12/34") == "en dark Ada Lovelace ada@example.com 12/34"


def _trace(file: Path, **members: str) -> Path:
    with zipfile.ZipFile(file, "w") as trace:
        for name, content in members.items():
            trace.writestr(name.replace("__", "/").replace("_", "."), content)
    return file


def test_a_trace_keeps_no_session(tmp_path: Path) -> None:
    headers = [
        {"name": "Cookie", "value": "session=renewed-by-site; lang=en"},
        {"name": "authorization", "value": "Bearer abcdefgh-12345678"},
        {"name": "Accept", "value": "text/html"},
    ]
    answer = {
        "headers": [{"name": "Set-Cookie", "value": "session=renewed-again; Domain=staging.example.com; Path=/"}],
        "cookies": [{"name": "session", "value": "renewed-again"}],
    }
    entry = {"type": "resource-snapshot", "snapshot": {"request": {"headers": headers}, "response": answer}}
    file = _trace(
        tmp_path / "trace.zip",
        trace_network=json.dumps(entry) + "\n",
        trace_trace=json.dumps({"params": {"value": "typed-secret"}}) + "\n" + "no JSON typed-secret",
        resources__1_json='{"session": "renewed-by-site", "again": "renewed-again", "host": "staging.example.com"}',
        resources__2_png="typed-secret",
    )
    scrub_trace(file, Redactor("typed-secret"))
    with zipfile.ZipFile(file) as trace:
        told = {name: trace.read(name).decode() for name in trace.namelist()}
        assert trace.testzip() is None
    assert sorted(told) == ["resources/1.json", "resources/2.png", "trace.network", "trace.trace"]
    whole = "".join(text for name, text in told.items() if not name.endswith(".png"))
    for secret in ("renewed-by-site", "renewed-again", "abcdefgh-12345678", "typed-secret"):
        assert secret not in whole
    assert "text/html" in whole
    assert "staging.example.com" in whole
    before = file.stat().st_mtime_ns
    scrub_trace(file, Redactor("typed-secret"))
    assert file.stat().st_mtime_ns == before, "once is enough"


def test_a_trace_that_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "trace.zip"
    file.write_bytes(b"PK half a trace with typed-secret")
    scrub_trace(file, Redactor("typed-secret"))
    assert list(tmp_path.iterdir()) == []


PASSWORD = "p4ss\"'\\<&>%+ /=?#wörd"
GATE = 'g4te"&<ö>word'
TOKEN = "s3ss!on<&>+/=?#%~token"
CARD = "4000000000001000"
CRASH = """
import logging, pytest
from steps.runner.run_context import MEMBER
class Crashing:
    @pytest.hookimpl(trylast=True)
    def pytest_bdd_before_step(self, request):
        member = request.node.stash.get(MEMBER, None)
        password = member and member.account.password
        state = member and member.context.storage_state()
        logging.getLogger("app").warning("signing in with %s and %s", password, state)
        if member and {how!r} == "failing":
            assert password == state, f"{{password}} is not {{state}}"
    def pytest_runtest_teardown(self, item):
        member = item.stash.get(MEMBER, None)
        if member and {how!r} == "crashing":
            print("told", member.account.password)
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logfinish(self):
        if {how!r} == "crashing":
            secret = self.said
            raise RuntimeError(f"crashed with {{secret}}")
def pytest_configure(config):
    plugin = Crashing()
    import os
    plugin.said = os.environ["SMALL_PASSWORD"] + os.environ["GATE_PASSWORD"]
    config.pluginmanager.register(plugin)
"""


@pytest.fixture
def small_site() -> Iterator[SmallSite]:
    site = SmallSite(password=PASSWORD, token=TOKEN).start()
    yield site
    site.stop()


@pytest.mark.parametrize(
    ("how", "workers"),
    [
        pytest.param("failing", 2, marks=pytest.mark.nightly),
        pytest.param("passing", 0, marks=pytest.mark.nightly),
        pytest.param("crashing", 0, marks=pytest.mark.nightly),
        ("failing", 0),
        pytest.param("crashing", 2, marks=pytest.mark.nightly),
    ],
)
def test_a_run_writes_no_secret_down(small_site: SmallSite, tmp_path: Path, how: str, workers: int) -> None:
    ended = _run(small_site, tmp_path, how, workers)
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert any(file.name.endswith(".zip") for file in files), ended.stdout
    assert any(file.suffix == ".xml" for file in files) or how == "crashing"
    for file in files:
        _holds_no_secret(file.name, file.read_bytes())
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as trace:
                for name in trace.namelist():
                    _holds_no_secret(f"{file.name}: {name}", trace.read(name))
    _holds_no_secret("the terminal", (ended.stdout + ended.stderr).encode())
    assert "passed" in ended.stdout if how == "passing" else ended.returncode != 0
    if how == "failing":
        assert HIDDEN in ended.stdout


def _run(site: SmallSite, tmp_path: Path, how: str, workers: int) -> subprocess.CompletedProcess[str]:
    out = tmp_path / "out"
    profile = tmp_path / "targets.toml"
    profile.write_text(
        f"""[targets.small]
        base_url = "{site.url}"
        access = {{ user = "gate", password = "${{GATE_PASSWORD}}" }}
        accounts = [{{ email = "ada@example.com", password = "${{SMALL_PASSWORD}}" }}]
        routes = {{ sign_in = "/sign-in" }}
        limits = {{ page = 5, payment = 5, immediately = 3 }}
        payments = {{ hosts = ["{site.payment_host}"] }}
        """
    )
    (tmp_path / "crashing.py").write_text(CRASH.format(how=how))
    command = [
        *(sys.executable, "-m", "pytest", "features", "-p", "crashing", "-k", "2,000 or starts or sign"),
        *("--target", "small", "--targets-file", str(profile), "-vv", "--showlocals", "--tb=long", "-rA"),
        *("--tracing=on", "--screenshot=on", f"--junitxml={out}/junit.xml", "-o", "junit_logging=all"),
        *("--log-level=DEBUG", f"--log-file={out}/log.txt", "--log-cli-level=DEBUG", f"--output={out}/artifacts"),
        *(["-n", str(workers)] if workers else []),
    ]
    environment = {
        "SMALL_PASSWORD": PASSWORD,
        "GATE_PASSWORD": GATE,
        "ACCEPTANCE_STATE_DIR": str(tmp_path / "state"),
        "PYTHONPATH": str(tmp_path),
    }
    root = Path(__file__).parents[2]
    return subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, timeout=300, check=False
    )


def _holds_no_secret(where: str, content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    plain = urllib.parse.unquote(html.unescape(text.replace("\\\\", "\\").replace('\\"', '"')))
    for secret in (PASSWORD, GATE, TOKEN):
        assert secret not in text, where
        assert secret not in plain, where
        assert secret[:9] not in plain, where
        assert json.dumps(secret)[1:-1] not in text, where
        assert urllib.parse.quote(secret, safe="") not in text, where
        assert html.escape(secret) not in text, where
