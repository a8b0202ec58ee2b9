"""Checks of what a profile says of mailbox, clock and second factor; each error is one sentence."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.targets.one_time_password import is_totp_secret

if TYPE_CHECKING:
    from steps.targets.profile import Profile
    from steps.targets.profile_errors import SourceLocation


def check_services(place: SourceLocation, profile: Profile) -> None:
    """Raise ProfileError for the first error in what a profile says of mailbox, clock and second factor."""
    for key in ("mailbox", "clock"):
        if profile.kind == "fake" and getattr(profile, key) is not None:
            raise place.mistake(key, f'{key}: the fake has its own; for a site, write kind = "site".')
    _check_mailbox(place, profile)
    _check_clock(place, profile)
    for index, account in enumerate(profile.accounts):
        key = f"accounts[{index}]"
        if account.totp and not account.password:
            raise place.mistake(key, f"{key}: totp belongs to an account with a password.")
        if account.totp and not is_totp_secret(account.totp):
            raise place.mistake(
                key, f"{key}.totp: that is not the secret of an authenticator app (letters A to Z, digits 2 to 7)."
            )


def _check_mailbox(place: SourceLocation, profile: Profile) -> None:
    mailbox = profile.mailbox
    if mailbox is None:
        return
    _check_url(place, "mailbox.url", mailbox.url, "imaps://imap.example.com", ("imaps", "https", "http"))
    is_imap = mailbox.url.startswith("imaps:")
    if bool(mailbox.user) != bool(mailbox.password) or (is_imap and not mailbox.user):
        either = "" if is_imap else ", or neither"
        raise place.mistake("mailbox", f"mailbox: set both user and password{either}.")
    if mailbox.password and not is_imap:
        _check_secrecy(place, "mailbox.url", mailbox.url)
    if mailbox.receipts is not None and "@" not in mailbox.receipts:
        raise place.mistake("mailbox.receipts", "mailbox.receipts: that is not an e-mail address.")


def _check_clock(place: SourceLocation, profile: Profile) -> None:
    clock = profile.clock
    if clock is None:
        return
    _check_url(place, "clock.url", clock.url, "https://staging.example.com/internal/clock", ("https", "http"))
    _check_secrecy(place, "clock.url", clock.url)
    if profile.payments.allow == "real":
        raise place.mistake("clock", 'clock: no clock is moved where payments are real; use allow = "test".')


def _check_url(place: SourceLocation, key: str, url: str, example: str, schemes: tuple[str, ...]) -> None:
    parts = urlsplit(url)
    try:
        is_whole = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # the port is no number
        is_whole = False
    if not is_whole:
        raise place.mistake(key, f'{key}: "{url}" is not such an address; write it like "{example}".')
    if parts.username or parts.password:
        raise place.mistake(key, f"{key}: user and password stand in keys of their own.")


def _check_secrecy(place: SourceLocation, key: str, url: str) -> None:
    """Refuse to send a secret without TLS, but to this machine itself."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise place.mistake(key, f"{key}: a secret is sent there, so that it must begin with https://.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
