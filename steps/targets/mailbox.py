"""Mail of the target's members, as scenarios look for it: what came to an address since a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True)
class Mail:
    """One message. `id` tells it from all others of its mailbox; `files` are the names of its attachments."""

    id: str
    subject: str
    text: str
    files: tuple[str, ...] = ()


class MailboxError(NotVerifiedError):
    """A mailbox cannot be read; the message is a sentence that says why."""


class Mailbox(Protocol):
    """Where the mail of a target's members arrives."""

    limit: float
    """Seconds within which a mail must have arrived."""
    every: float
    """Seconds between two looks."""

    def known(self, address: str) -> frozenset[str]:
        """Return the ids of all messages to an address, so that those of before a request never count.

        Raises MailboxError.
        """

    def messages_to(self, address: str, since: AbstractSet[str]) -> list[Mail]:
        """Return the messages to an address that are not among those known `since`, the newest last.

        Raises MailboxError.
        """
