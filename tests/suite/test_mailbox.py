"""The mailbox of a profile: a real IMAP server over TLS, and one that answers as Mailpit does."""

from __future__ import annotations

import sys
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.targets.mailbox import MailboxError
from steps.targets.profile import MailboxEntry
from steps.targets.site_mailbox import plain, site_mailbox
from tests.suite.support.mail_servers import Server, imap_server, mailpit_server
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ADA, OTHERS = "ada@example.com", ("bea@example.com", "ada@example.com.evil.example", "grand-ada@example.com")


@pytest.fixture(scope="module", params=["imap", "mailpit"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if request.param == "imap" and sys.platform == "win32":
        pytest.skip("The server is for POSIX systems.")
    place = tmp_path_factory.mktemp("mail")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(place / "ca.pem"))
        with imap_server(place) if request.param == "imap" else mailpit_server() as served:
            yield served


@pytest.mark.nightly
def test_mails_of_before_a_request_and_to_others_never_count(server: Server) -> None:
    box = site_mailbox(server.entry)
    server.deliver(ADA, "Old", "Your code is 111111.")
    known = box.known(ADA)
    assert box.messages_to(ADA, known) == []
    for other in OTHERS:
        server.deliver(other, "Not yours", "Your code is 222222.")
    server.deliver("Ada@Example.com", "New", "Your code is 333333.")
    server.deliver(ADA, "Newer", html="<style>b { color: #444444 }</style><p>Code:</p><b>555555</b>")
    new = box.messages_to(ADA, known)
    assert [one.subject for one in new] == ["New", "Newer"]
    assert "333333" in new[0].text
    assert [line for line in new[1].text.splitlines() if line.strip()] == ["Code:", "555555"]
    assert len({one.id for one in new} | known) == len(known) + 2


@pytest.mark.nightly
def test_more_mails_than_one_answer_holds_are_all_found(server: Server) -> None:
    box = site_mailbox(server.entry)
    known = box.known(ADA)
    server.deliver(ADA, "The first")
    for number in range(101 if server.entry.url.startswith("http") else 3):
        server.deliver(OTHERS[0], f"To another {number}")
    assert [one.subject for one in box.messages_to(ADA, known)] == ["The first"]


def test_a_mailbox_that_lets_nobody_in_is_one_sentence(server: Server) -> None:
    box = site_mailbox(msgspec.structs.replace(server.entry, password="wrong"))
    with pytest.raises(MailboxError, match=r"^The mailbox at (localhost|127\.0\.0\.1) does not let its user in\.$"):
        box.known(ADA)


@pytest.mark.parametrize("url", ["imaps://127.0.0.1:9", "http://127.0.0.1:9"])
def test_a_mailbox_that_is_not_there_is_one_sentence(url: str) -> None:
    box = site_mailbox(MailboxEntry(url=url, user="ada", password="pw"))
    with pytest.raises(MailboxError, match=r"^The mailbox at 127\.0\.0\.1 cannot be reached \(\w+\)\.$"):
        box.messages_to(ADA, frozenset())


def test_a_certificate_that_nobody_trusts_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if server.entry.url.startswith("http"):
        pytest.skip("There is no TLS here.")
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailboxError, match=r"cannot be reached over TLS \(CERTIFICATE_VERIFY_FAILED\)"):
        site_mailbox(server.entry).known(ADA)


def test_a_folder_that_is_not_there_is_one_sentence(server: Server) -> None:
    box = site_mailbox(msgspec.structs.replace(server.entry, url=server.entry.url + "/Nowhere"))
    with pytest.raises(MailboxError, match=r"has no folder “Nowhere”|answered with 404"):
        box.known(ADA)


def test_a_page_that_is_no_mailbox_is_one_sentence() -> None:
    class Page(Quiet, SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>Welcome</h1>")

    with serving(Page) as url, pytest.raises(MailboxError, match=r"does not answer as Mailpit does"):
        site_mailbox(MailboxEntry(url=url)).known(ADA)


def test_the_text_of_an_html_mail_keeps_its_blocks_apart() -> None:
    head, table = "<head><style>p { color: #123456 }</style></head>", "<table><tr><td>12</td><td>34</td></tr></table>"
    html = f"{head}<p>Your <b>code</b></p>{table}a<br>b"
    assert plain(html).splitlines() == ["Your code", "12", "34", "a", "b"]
