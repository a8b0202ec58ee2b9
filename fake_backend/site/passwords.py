"""Passwords and codes are kept as hashes only."""

from __future__ import annotations

import secrets

from werkzeug.security import check_password_hash, generate_password_hash

# A stand-in holds made-up passwords, and a test seeds a member for each scenario: a thousand rounds take 0.7 ms,
# where the hundreds of thousands that a real site needs would take most of a scenario's time.
METHOD = "pbkdf2:sha256:1000"

_NOBODY = generate_password_hash(secrets.token_hex(8), method=METHOD)


def hashed(secret: str) -> str:
    """Return what is kept of a password or code."""
    return generate_password_hash(secret, method=METHOD)


def matches(kept: str | None, secret: str) -> bool:
    """Whether a secret is the one that was kept; takes the same time when nothing was."""
    return check_password_hash(kept or _NOBODY, secret) and kept is not None
