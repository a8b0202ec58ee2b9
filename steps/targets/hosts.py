"""URLs, and whether their hosts are among those that a profile allows."""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publicsuffixlist import PublicSuffixList

PROCESSORS = ("stripe.com", "stripe.network")
"""Domains of the payment processor; their hosts serve test and live sessions alike."""
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?P<name>(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}|\*))?")
_ODD = re.compile(r"[\s\\@\x00-\x1f]")
"""Characters not allowed before the path of a URL, because parsers disagree on where its host is."""


def host_of(address: str) -> str:
    """Return a URL's host in lower case, with its port unless that is the scheme's default; "" if there is none."""
    parts = _split(address)
    if parts is None:
        return ""
    name, port = _name(parts), parts.port
    return name if port in (None, _PORTS.get(parts.scheme)) else f"{name}:{port}"


def plain_address(address: str) -> str:
    """Return an address as browsers write it, so that it can be compared with theirs; what is none stays as it is."""
    parts, host = urlsplit(address), host_of(address)
    return parts._replace(netloc=host).geturl() if host and not parts.username else address


def is_allowed(address: str, hosts: Iterable[str]) -> bool:
    """Whether a URL is on one of the hosts.

    A host is written as "pay.example.com", "*.example.com" for every host below it, or "127.0.0.1:8080". Without a port
    it means the scheme's default port; ":*" means any port. A URL that is not http or https, or that contains a user
    name, is on no host.
    """
    parts = _split(address)
    return parts is not None and any(_matches(parts, host.strip().lower()) for host in hosts)


def is_encrypted(address: str) -> bool:
    """Whether what is sent to a URL cannot be read on the way: it uses https, or stays on this machine."""
    parts = _split(address)
    return parts is not None and (parts.scheme == "https" or _is_loopback(parts.hostname or ""))


def wrong_host(host: str) -> str | None:
    """Return what is wrong with a host in a profile, or None."""
    text = host.strip().lower()
    if "://" in text or "/" in text:
        return f'"{host}" is a URL; write only its host, such as "{host_of(text) or "pay.example.com"}"'
    match = _HOST.fullmatch(_as_browsers_write(text))
    if not match:
        return f'"{host}" is not a host; write it like "pay.example.com", "*.example.com" or "127.0.0.1:8080"'
    name = match["name"]
    if name.startswith("*.") and _is_public_suffix(name[2:]):
        return f'"{host}" would allow too many hosts; use the company\'s own domain, such as "*.example.com"'
    return None


def takes_real_money(host: str) -> bool:
    """Whether a host, as profiles write it, is or covers the processor's own, which serves test and live sessions."""
    name = re.sub(r":(?:\d+|\*)$", "", _as_browsers_write(host.strip().lower())).removeprefix("*.")
    return any(name == one or name.endswith(f".{one}") for one in PROCESSORS)


def _is_public_suffix(name: str) -> bool:
    """Whether anybody may have a name below this one: "com", "co.uk", "github.io"."""
    return bool(_suffixes().is_public(name))


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()  # the list comes with the package: nothing is fetched


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    usable = parts.scheme in _PORTS and parts.hostname and port != 0 and not _ODD.search(parts.netloc)
    return parts if usable else None


def _as_browsers_write(host: str) -> str:
    """Return a host as browsers write it: "bücher.example" is "xn--bcher-kva.example".

    Source: UTS 46, as the URL standard uses it. What is no host stays as it is.
    """
    if host.isascii():
        return host
    import idna

    name, colon, port = host.removeprefix("*.").partition(":")
    try:
        plain = idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        return host
    return f"{'*.' if host.startswith('*.') else ''}{plain}{colon}{port}"


def _name(parts: SplitResult) -> str:
    name = _as_browsers_write((parts.hostname or "").rstrip("."))
    return f"[{name}]" if ":" in name else name


def _matches(parts: SplitResult, host: str) -> bool:
    match = _HOST.fullmatch(_as_browsers_write(host))
    if not match:
        return False
    own = _PORTS[parts.scheme]
    if match["port"] != "*" and (parts.port or own) != int(match["port"] or own):
        return False
    name = _name(parts)
    return name.endswith(match["name"][1:]) if match["name"].startswith("*.") else name == match["name"]


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
