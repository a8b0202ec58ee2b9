"""The mailbox that a profile names: one read by IMAP over TLS, or a catch-all with Mailpit's HTTP API."""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import urllib3
from bs4 import BeautifulSoup

from steps.targets.mailbox import Mail, MailboxError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from imap_tools import MailBox, MailMessage

    from steps.targets.mailbox import Mailbox
    from steps.targets.profile import MailboxEntry

_ANSWER_S = 10.0
"""Seconds within which the server must answer."""
_EVERY_S = 1.0
_PAGE = 100
"""Messages in one answer of Mailpit."""


def site_mailbox(entry: MailboxEntry) -> Mailbox:
    """Return the mailbox that a profile describes, by the scheme of its URL."""
    return ImapMailbox(entry) if urlsplit(entry.url).scheme == "imaps" else MailpitMailbox(entry)


class ImapMailbox:
    """A folder of an IMAP server, reached over TLS. Nothing is marked as read."""

    every = _EVERY_S

    def __init__(self, entry: MailboxEntry) -> None:
        self._entry = entry
        self.limit = entry.limit
        parts = urlsplit(entry.url)
        self._host, self._port = parts.hostname or "", parts.port or 993
        self._folder = parts.path.strip("/") or "INBOX"

    def known(self, address: str) -> frozenset[str]:
        """Return the ids of all messages to an address."""
        with self._open() as box:
            return frozenset(self._uids(box, address))

    def messages_to(self, address: str, since: AbstractSet[str]) -> list[Mail]:
        """Return the messages to an address that are not among those known `since`, the newest last."""
        from imap_tools import AND

        with self._open() as box:
            new = [uid for uid in self._uids(box, address) if uid not in since]
            found = box.fetch(AND(uid=new), mark_seen=False) if new else []
            return [_imap_mail(one) for one in found if _is_to(one, address)]

    def _uids(self, box: MailBox, address: str) -> list[str]:
        """Return the ids of messages that name an address as a recipient; ids of one folder stay and only grow."""
        from imap_tools import OR, H

        return box.uids(OR(to=address, cc=address, header=[H("Delivered-To", address)]))

    @contextlib.contextmanager
    def _open(self) -> Iterator[MailBox]:
        from imap_tools import MailBox, MailboxFolderSelectError, MailboxLoginError

        try:
            box = MailBox(self._host, self._port, _ANSWER_S, ssl_context=ssl.create_default_context())
            try:
                box.login(self._entry.user or "", self._entry.password or "", initial_folder=self._folder)
            except BaseException:
                box.client.shutdown()
                raise
            with box:
                yield box
        except MailboxLoginError:
            raise MailboxError(f"{self._described()} does not let its user in.") from None
        except MailboxFolderSelectError:
            raise MailboxError(f"{self._described()} has no folder “{self._folder}”.") from None
        except ssl.SSLError as error:
            raise MailboxError(f"{self._described()} cannot be reached over TLS ({error.reason}).") from None
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxError(f"{self._described()} cannot be reached ({type(error).__name__}).") from None

    def _described(self) -> str:
        return f"The mailbox at {self._host}"


def _is_to(message: MailMessage, address: str) -> bool:
    """Whether a message is to that very address: servers search for a part of it."""
    others = [one for name in ("delivered-to", "x-original-to") for one in message.headers.get(name, ())]
    return address.casefold() in {one.strip(" <>").casefold() for one in (*message.to, *message.cc, *others)}


def _imap_mail(message: MailMessage) -> Mail:
    files = tuple(one.filename for one in message.attachments if one.filename)
    return Mail(message.uid or "", message.subject, message.text.strip() or plain(message.html), files)


class MailpitMailbox:
    """A catch-all with Mailpit's HTTP API. Source: Mailpit, "API v1" (messages, search, message)."""

    every = _EVERY_S

    def __init__(self, entry: MailboxEntry) -> None:
        self.limit = entry.limit
        self._url = entry.url.rstrip("/")
        self._host = urlsplit(entry.url).hostname or ""
        headers = urllib3.make_headers(basic_auth=f"{entry.user}:{entry.password}") if entry.password else {}
        self._http = urllib3.PoolManager(headers=headers, retries=False, timeout=urllib3.Timeout(_ANSWER_S))

    def known(self, address: str) -> frozenset[str]:
        """Return the ids of all messages to an address."""
        return frozenset(self._ids(address, frozenset()))

    def messages_to(self, address: str, since: AbstractSet[str]) -> list[Mail]:
        """Return the messages to an address that are not among those known `since`, the newest last."""
        new = self._ids(address, since)
        return [self._message(one) for one in reversed(new)]

    def _ids(self, address: str, since: AbstractSet[str]) -> list[str]:
        """Return the ids of messages to an address, the newest first, up to the first known one."""
        found: list[str] = []
        for start in range(0, 100 * _PAGE, _PAGE):
            listed = self._ask(f"/api/v1/messages?start={start}&limit={_PAGE}")["messages"]
            for one in listed:
                if one["ID"] in since:
                    return found
                if _is_addressed(one, address):
                    found.append(one["ID"])
            if len(listed) < _PAGE:
                break
        return found

    def _message(self, message: str) -> Mail:
        one = self._ask(f"/api/v1/message/{quote(message, safe='')}")
        files = tuple(str(part.get("FileName") or "") for part in one.get("Attachments") or ())
        text = str(one.get("Text") or "").strip() or plain(str(one.get("HTML") or ""))
        return Mail(message, str(one.get("Subject") or ""), text, files)

    def _ask(self, path: str) -> Any:
        where = f"The mailbox at {self._host}"
        try:
            answer = self._http.request("GET", self._url + path)
            if answer.status in {401, 403}:
                raise MailboxError(f"{where} does not let its user in.")
            if answer.status != 200:
                raise MailboxError(f"{where} answered with {answer.status}.")
            told = answer.json()
        except urllib3.exceptions.HTTPError as error:
            raise MailboxError(f"{where} cannot be reached ({type(error).__name__}).") from None
        except ValueError:
            told = None
        if not isinstance(told, dict) or not ({"messages", "ID"} & told.keys()):
            raise MailboxError(f"{where} does not answer as Mailpit does.")
        return told


def _is_addressed(message: dict[str, Any], address: str) -> bool:
    to = [one for key in ("To", "Cc", "Bcc") for one in message.get(key) or ()]
    return address.casefold() in {str(one.get("Address", "")).casefold() for one in to}


def plain(html: str) -> str:
    """Return the text of an HTML message, a line for each block."""
    page = BeautifulSoup(html, "html.parser")
    for block in page.find_all(["p", "div", "br", "tr", "td", "li", "h1", "h2", "h3", "h4", "table"]):
        block.append("\n") if block.name != "br" else block.replace_with("\n")
    lines = (" ".join(line.split()) for line in page.get_text().splitlines())
    return "\n".join(line for line in lines if line)
