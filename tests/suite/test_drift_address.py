"""A page at an address: fetched within limits, and refused in one sentence when it cannot be."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tests.suite.support.drift_pages import Page, drift_at
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = Page().markdown().encode()


class Documentation(Quiet, BaseHTTPRequestHandler):
    """A documentation site with a page, and with all that can be in its way."""

    def do_GET(self) -> None:
        if self.path == "/page.md":
            self._answer(200, PAGE)
        elif self.path == "/moved":
            self._answer(302, b"", Location="/page.md")
        elif self.path == "/round":
            self._answer(302, b"", Location="/round")
        elif self.path == "/local":
            self._answer(302, b"", Location="file:///etc/hostname")
        elif self.path == "/short":
            self._answer(200, PAGE[:200], length=len(PAGE))
        elif self.path == "/endless":
            self._endless()
        else:
            self._answer(404, b"# Buy credits\n")

    def _answer(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"Buy credits. " * 10_000)
        except OSError:
            return


@pytest.fixture
def site() -> Iterator[str]:
    with serving(Documentation) as address:
        yield address


@pytest.mark.parametrize("path", ["/page.md", "/moved"])
def test_a_page_at_an_address(tmp_path: Path, site: str, path: str) -> None:
    result = drift_at(tmp_path, site + path)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{site}{path}: ")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/none.md", "answers with 404 instead of the page"),
        ("/round", "cannot be fetched"),
        ("/local", "cannot be fetched"),
        ("/short", "cannot be fetched"),
        ("/endless", "larger than"),
    ],
)
def test_a_page_that_cannot_be_had(tmp_path: Path, site: str, path: str, says: str) -> None:
    result = drift_at(tmp_path, site + path)
    assert result.exit_code == 2, result.output
    assert says in result.output
    assert result.output.count("\n") == 1, "one sentence"


def test_a_site_that_is_not_there(tmp_path: Path, site: str) -> None:
    unused = site.rpartition(":")[0] + ":1"
    result = drift_at(tmp_path, unused + "/page.md")
    assert result.exit_code == 2
    assert "cannot be fetched" in result.output


@pytest.mark.parametrize("address", ["http://", "https://[bad/page", "http://exa mple/page"])
def test_no_address(tmp_path: Path, address: str) -> None:
    result = drift_at(tmp_path, address)
    assert result.exit_code == 2, result.output
    assert result.output.count("\n") == 1


def test_a_password_in_the_address_is_not_shown(tmp_path: Path, site: str) -> None:
    result = drift_at(tmp_path, site.replace("http://", "http://reader:secret@") + "/page.md")
    assert result.exit_code == 0
    assert "secret" not in result.output
    missing = drift_at(tmp_path, site.replace("http://", "http://reader:secret@") + "/none.md")
    assert "secret" not in missing.output
