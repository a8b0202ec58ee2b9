"""Mailboxes for tests: a real IMAP server over TLS, and one that answers as Mailpit does."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

import trustme
from imap_tools import MailBoxUnencrypted

from steps.pages.polling import until
from steps.targets.profile import MailboxEntry
from tests.tools.foreign_site.__main__ import serve
from tests.tools.mailpit import Kept, mailpit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

USER, PASSWORD = "demouser", "demopass"
"""The one user of the server."""


@dataclass
class Server:
    """A server with one mailbox; `deliver` puts a mail there, as if it had been sent."""

    entry: MailboxEntry
    deliver: Callable[..., None]


@contextmanager
def imap_server(place: Path) -> Iterator[Server]:
    """Serve a mailbox by IMAP over TLS, with a certificate that SSL_CERT_FILE must name: `place`/ca.pem."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(place / "ca.pem")
    issued = authority.issue_cert("localhost")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issued.configure_cert(context)
    with _plain_imap() as behind, socket.create_server(("127.0.0.1", 0)) as front:
        threading.Thread(target=asyncio.run, args=(_relay(front, context, behind),), daemon=True).start()
        url = f"imaps://localhost:{front.getsockname()[1]}"
        entry = MailboxEntry(url=url, user=USER, password=PASSWORD, limit=5)
        yield Server(entry, lambda *mail, **more: _append(behind, *mail, **more))


@contextmanager
def _plain_imap() -> Iterator[int]:
    """Serve a mailbox by IMAP without TLS, on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    where = ["--host=127.0.0.1", f"--port={port}", "--no-tls"]
    command = [sys.executable, "-c", "from pymap.main import main; main()", *where, "dict", "--demo-data"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            assert until(lambda: _answers(port), 20, every=0.1)
            yield port
        finally:
            process.kill()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


async def _relay(front: socket.socket, context: ssl.SSLContext, port: int) -> None:
    """Pass on what comes by TLS to a port of this machine."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pump(reader, behind_writer), _pump(behind_reader, writer))

    server = await asyncio.start_server(pass_on, sock=front, ssl=context)
    await server.serve_forever()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


def _append(port: int, to: str, subject: str, text: str = "", *, html: str = "") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "no-reply@x.example", to, subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        box.append(message.as_bytes(), "INBOX")


@contextmanager
def mailpit_server() -> Iterator[Server]:
    """Serve a mailbox as Mailpit does, with a user and a password."""
    mails: list[Kept] = []

    def deliver(to: str, subject: str, text: str = "", html: str = "") -> None:
        mails.append(Kept(f"m{len(mails)}", to, subject, text, html))

    url = serve(mailpit(lambda: mails, (USER, PASSWORD)), 0)
    yield Server(MailboxEntry(url=url, user=USER, password=PASSWORD, limit=5), deliver)
