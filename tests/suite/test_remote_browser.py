"""Scenarios in a browser that runs elsewhere, on a Playwright server or with a debugging port, and in none at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from steps.browser.discovery import system_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PURCHASE = ("features/finish_checkout.feature", "-k", "44,000 or 66,000", "-n", "2")
NOWHERE = "127.0.0.1:1"
MAIN = "from steps.cli import main; main()"


@contextmanager
def started(command: list[str], says: str) -> Iterator[str]:
    """Start a browser, and give the address that it says it can be reached at."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(says, line)))
        finally:
            started_by_it = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            for one in started_by_it:  # what starts a browser does not always end it
                with suppress(psutil.NoSuchProcess):
                    one.terminate()


def run(tmp_path: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", *PURCHASE, f"--output={tmp_path}/artefacts", *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def examined(tmp_path: Path, endpoint: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MAIN, "doctor", "--browser-endpoint", endpoint, "--pictures", str(tmp_path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)


@pytest.fixture
def browser_path() -> str:
    path = system_browser()
    if path is None:
        pytest.skip("needs a browser of the system's, which can be started by itself")
    return str(path)


@pytest.mark.nightly
def test_a_purchase_in_the_browser_of_a_playwright_server(tmp_path: Path, browser_path: str) -> None:
    settings = tmp_path / "server.json"
    settings.write_text(json.dumps({"executablePath": browser_path, "host": "127.0.0.1"}))
    server = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium", "--config", str(settings)]
    with started(server, r"ws://\S+") as endpoint:
        code, said = run(tmp_path, "--browser-endpoint", endpoint)
    assert (code, "2 passed" in said) == (0, True), said
    assert re.search(r"browser: ws://127.0.0.1:\d+ \(Playwright server\)", said)
    assert endpoint not in said  # what is behind the host lets anybody in who knows it


@pytest.mark.nightly
def test_a_purchase_in_a_browser_with_a_debugging_port(tmp_path: Path, browser_path: str) -> None:
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    with started([browser_path, "--remote-debugging-port=0", "--no-sandbox", profile], r"ws://\S+") as endpoint:
        address = endpoint.replace("ws://", "http://").partition("/devtools")[0]
        code, said = run(tmp_path, "--browser-endpoint", address)
        doctor = examined(tmp_path, address)
    assert (code, "2 passed" in said) == (0, True), said
    assert f"browser: {address} (CDP)" in said
    assert (doctor.returncode, "The suite can run here" in doctor.stdout) == (0, True), doctor.stdout + doctor.stderr


@pytest.mark.nightly
@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("endpoint", "sentence", "code"),
    [
        pytest.param(
            f"ws://{NOWHERE}/secret-token",
            f"Cannot connect to the browser at ws://{NOWHERE} (Playwright server): nothing",
            7,
            marks=pytest.mark.nightly,
        ),
        (f"http://{NOWHERE}", f"Cannot connect to the browser at http://{NOWHERE} (CDP): nothing listens there", 7),
        ("elsewhere", "--browser-endpoint takes the address of a Playwright server", 4),
    ],
)
@pytest.mark.parametrize("workers", ["0", pytest.param("2", marks=pytest.mark.nightly)])
def test_an_endpoint_where_no_browser_is(tmp_path: Path, endpoint: str, sentence: str, code: int, workers: str) -> None:
    ended, said = run(tmp_path, "--browser-endpoint", endpoint, "-n", workers)
    assert (ended, sentence in said) == (code, True), said
    assert "Traceback" not in said
    assert "secret-token" not in said


@pytest.mark.nightly
@pytest.mark.sampled(4)
@pytest.mark.parametrize("endpoint", ["elsewhere", f"ws://{NOWHERE}/secret-token"])
def test_doctor_says_where_no_browser_is(tmp_path: Path, endpoint: str) -> None:
    doctor = examined(tmp_path, endpoint)
    assert doctor.returncode == 7
    assert re.search(r"^Error: (Cannot connect to the browser at|--browser-endpoint takes)", doctor.stderr)
    assert "secret-token" not in doctor.stderr


@pytest.mark.nightly
@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("-n", "0", "--device=iPhone99"), 4, 'Playwright has no device "iPhone99"; the most similar are iPhone'),
        (("-n", "2", "--browser-path=nowhere"), 4, "--browser-path names nowhere, which is not a program"),
    ],
)
def test_a_browser_that_cannot_be_had(tmp_path: Path, options: tuple[str, ...], code: int, sentence: str) -> None:
    ended, said = run(tmp_path, *options)
    assert (ended, sentence in said) == (code, True), said
    assert "Traceback" not in said
    assert "INTERNALERROR" not in said
