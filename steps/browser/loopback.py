"""Keeps what is on this machine off proxies: the fake, its payment page, a browser's debugging port."""

from __future__ import annotations

import os

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def keep_off_proxies() -> None:
    """Let no client of this process, and of those that it starts, ask a proxy for an address of this machine."""
    for variable in ("no_proxy", "NO_PROXY"):
        named = [host for host in os.environ.get(variable, "").split(",") if host]
        if named != ["*"]:
            os.environ[variable] = ",".join(dict.fromkeys([*named, *_LOOPBACK]))
