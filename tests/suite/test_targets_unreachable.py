"""A site that cannot be reached: there is no such host, or nobody has signed its certificate."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING, cast

import pytest

from steps.browser.discovery import context_options
from steps.pages.navigation import AppNavigation
from steps.targets.profile import Access, Limits, Profile
from steps.verdicts.verdict import TargetUnavailableError
from tests.suite.support.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import ThreadingHTTPServer
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def _profile(url: str, access: Access | None = None) -> Profile:
    return Profile(base_url=url, limits=Limits(page=1, payment=2), access=access or Access())


def test_a_host_that_nobody_knows(page: Page) -> None:
    with pytest.raises(TargetUnavailableError, match=r"there is no host of that name \(DNS\)\."):
        AppNavigation(page, _profile("http://no-such-host.invalid")).start()


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[str]:
    """Serve https with a certificate that nobody signed."""
    openssl = shutil.which("openssl")
    assert openssl, "this test makes a certificate with openssl"
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    site = SmallSite().start()
    server = cast("ThreadingHTTPServer", site.servers[0])
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)
    server.socket = secure.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # the browser ends the connection
    yield site.url.replace("http:", "https:").replace("127.0.0.1", "localhost")
    site.stop()


def test_a_certificate_that_nobody_signed(page: Page, self_signed: str) -> None:
    with pytest.raises(TargetUnavailableError, match="its certificate is not valid"):
        AppNavigation(page, _profile(self_signed)).start()


def test_a_certificate_may_be_taken_as_it_is(browser: Browser, self_signed: str) -> None:
    context = browser.new_context(**context_options(_profile(self_signed, Access(any_certificate=True))))
    page = context.new_page()
    answer = page.goto(self_signed)
    assert answer is not None
    assert answer.ok
    context.close()
