"""What the foreign site's company has besides its pages: outgoing mail, a test clock, second factors."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyotp

if TYPE_CHECKING:
    from tests.tools.foreign_site.merchant import Account

CYCLE, DAYS_LEFT = 30, 18
"""Days of a billing cycle, and how many were left of the first one when the account was opened."""


@dataclass
class Mail:
    """A mail that has been sent."""

    to: str
    subject: str
    html: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Office:
    """The outbox, and codes and secrets of those who sign in."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(12)  # what the hook of the clock asks for
        self.outbox: list[Mail] = []
        self.codes: dict[str, str] = {}
        self.shared_seed = ""  # where all users have the same one
        self._seeds: dict[str, str] = {}
        self._used: set[tuple[str, str]] = set()

    def send(self, to: str, subject: str, *lines: str) -> None:
        """Send a mail of some lines."""
        body = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
        style = "<style>td { color: #123456 }</style>"
        foot = "<p>&copy; 2026 Kestrel, 4711 Harbour Road</p>"
        self.outbox.append(
            Mail(to, subject, f"<html><head>{style}</head><body><table>{body}</table>{foot}</body></html>")
        )

    def send_code(self, to: str, *, wrong: bool) -> None:
        """Mail a code to choose a new password with."""
        code = self.codes[to] = f"{secrets.randbelow(900_000) + 100_000}"
        told = f"{(int(code) + 1) % 1_000_000:06d}" if wrong else code
        self.send(to, "Reset your password", "Somebody asked for a new password. Your code:", f"<b>{told}</b>")

    def takes_code(self, email: str, code: str) -> bool:
        """Whether this is the code that was sent; it is good for one use."""
        return bool(code) and self.codes.pop(email, "") == code

    def seed(self, email: str) -> str:
        """Return the secret of a user's authenticator app."""
        return self.shared_seed or self._seeds.setdefault(email, pyotp.random_base32())

    def takes_password(self, email: str, given: str) -> bool:
        """Whether this is the present one-time password of a user, and was not used before."""
        if (email, given) in self._used or not pyotp.TOTP(self.seed(email)).verify(given):
            return False
        self._used.add((email, given))
        return True


def today(account: Account) -> datetime:
    """Return what the account's clock says."""
    return datetime.now(UTC) + timedelta(days=account.days)


def days_left(account: Account) -> int:
    """Return the days until the account's billing cycle ends."""
    return (DAYS_LEFT - account.days - 1) % CYCLE + 1


def cycles_ended(account: Account, days: int) -> int:
    """Return how many billing cycles end within some days."""
    left = days_left(account)
    return 0 if days < left else (days - left) // CYCLE + 1
