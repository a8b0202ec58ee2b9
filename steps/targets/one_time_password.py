"""One-time passwords of an authenticator app (TOTP), each given once, as sites take each once only."""

from __future__ import annotations

from typing import ClassVar

import pyotp


class _Totp(pyotp.TOTP):
    """Takes the secrets of 80 bits that many sites hand out."""

    min_secret_length_bits = 80


class OneTimePasswords:
    """The one-time passwords of accounts, by their shared secrets."""

    _given: ClassVar[dict[str, str]] = {}
    """The last one of each secret that this process has given, whichever target asked for it."""

    def next(self, secret: str) -> str | None:
        """Return the present one-time password, or None until there is one that was not given yet."""
        now = _Totp(_bare(secret)).now()
        if self._given.get(secret) == now:
            return None
        self._given[secret] = now
        return now


def is_totp_secret(secret: str) -> bool:
    """Whether this is a secret that a site hands out for an authenticator app: base32, in groups or not."""
    try:
        _Totp(_bare(secret))
    except ValueError:
        return False
    return True


def _bare(secret: str) -> str:
    return secret.replace(" ", "").replace("-", "")
