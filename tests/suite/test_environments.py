"""Whatever the environment is set to, a run does what it says, or says in one sentence why it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from steps.browser.loopback import keep_off_proxies
from steps.safety.redactor import Redactor
from steps.targets.hosts import host_of, is_allowed, takes_real_money, wrong_host
from steps.targets.profile import Profile
from tests.suite.support.planting import ROOT
from tests.suite.support.reported import FEATURE, Project, scenario

if TYPE_CHECKING:
    from pathlib import Path

_NOWHERE = "http://127.0.0.1:9"
_HALF = """

@then("half a character is shown")
def half():
    check(False, expected="a smile: \\\\U0001f600", actual="half of one: \\\\ud83d!")
"""


@pytest.mark.nightly
def test_neither_a_proxy_nor_warnings_of_encodings_keep_a_purchase_from_passing(tmp_path: Path) -> None:
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"), _NOWHERE)
    command = [sys.executable, "-m", "pytest", "features", "-q", "-k", "2,000 and buying", f"--output={tmp_path}/out"]
    told = os.environ | proxies | {"PYTHONWARNDEFAULTENCODING": "1"}
    ended = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert (ended.returncode, "1 passed" in ended.stdout) == (0, True), ended.stdout + ended.stderr


@pytest.mark.nightly
def test_python_without_assertions_is_refused_in_one_sentence() -> None:
    whole = subprocess.run(
        [sys.executable, "-O", "-m", "pytest", "features", "-q"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = (whole.stdout + whole.stderr).strip().splitlines()
    assert (whole.returncode, len(said)) == (7, 1), said
    assert "switches assertions off: nothing would be verified." in said[0]


@pytest.mark.nightly
def test_half_a_surrogate_pair_in_a_message_can_be_reported(tmp_path: Path) -> None:
    project = Project(tmp_path, FEATURE + scenario("Half", "Given something", "Then half a character is shown"))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + _HALF.replace("\\\\", "\\"))
    ended = project.pytest("-k", "Half", "--junitxml", "junit.xml", "--cucumberjson", "cucumber.json")
    assert (ended.code, ended.failure("Half").seen) == (1, "half of one: \ufffd!"), ended.text
    assert "INTERNALERROR" not in ended.text
    failures = list(ET.parse(tmp_path / "junit.xml").iter("failure"))  # noqa: S314 - just written
    assert "half of one" in failures[0].get("message", "")
    assert "half of one" in (tmp_path / "cucumber.json").read_text()


def test_whole_pairs_and_bytes_that_are_no_text_stay() -> None:
    redactor = Redactor("correct horse")
    assert redactor.redact("\ud83d\ude00 correct horse \udc00") == "\U0001f600 ••• \ufffd".replace(
        "•••", redactor.redact("correct horse")
    )
    assert redactor.redact_bytes(b"\xff\xed\xa0\xbd") == b"\xff\xed\xa0\xbd"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("https://bücher.example", "https://xn--bcher-kva.example/pay"),
        ("https://BÜCHER.example:443/", "https://xn--bcher-kva.example/pay"),
        ("https://straße.example", "https://xn--strae-oqa.example/pay"),
        ("https://Staging.Example.com", "https://staging.example.com/pay"),
    ],
)
def test_a_host_is_the_same_however_it_is_written(written: str, seen: str) -> None:
    profile = Profile(base_url=written)
    assert profile.own_hosts[0] == host_of(seen)
    assert seen.startswith(profile.base + "/")
    host = written.partition("://")[2].strip("/")
    assert wrong_host(host) is None
    assert is_allowed(seen, [host.removesuffix(":443")])
    assert is_allowed(seen.replace("://", "://pay."), [f"*.{host.removesuffix(':443')}"])


def test_a_look_alike_is_another_host() -> None:
    assert not is_allowed("https://xn--strpe-m6a.com/", ["stripe.com"])
    assert takes_real_money("\uff53tripe.com")
    assert wrong_host("*.рф") is not None
    assert wrong_host("bü cher.example") is not None


def test_what_is_on_this_machine_is_kept_off_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    monkeypatch.setenv("no_proxy", "*")
    keep_off_proxies()
    assert os.environ["NO_PROXY"] == "intranet.example,127.0.0.1,localhost,::1"
    assert os.environ["no_proxy"] == "*"
