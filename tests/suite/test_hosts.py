"""Hosts: which a profile allows, which take real money, and which are encrypted."""

from __future__ import annotations

import pytest

from steps.targets.hosts import host_of, is_allowed, is_encrypted, takes_real_money, wrong_host


@pytest.mark.parametrize(
    ("address", "hosts", "allowed"),
    [
        ("https://pay.example.com/x", ["pay.example.com"], True),
        ("https://PAY.example.com:443/x", ["pay.Example.com"], True),
        ("https://pay.example.com./x", ["pay.example.com"], True),
        ("http://pay.example.com/x", ["pay.example.com:80"], True),
        ("https://pay.example.com:8443/", ["pay.example.com:*"], True),
        ("https://a.b.example.com/", ["*.example.com"], True),
        ("https://[::1]:8080/", ["[::1]:8080"], True),
        ("https://example.com/", ["*.example.com"], False),
        ("https://evilexample.com/", ["*.example.com"], False),
        ("https://pay.example.com.evil.org/", ["pay.example.com"], False),
        ("https://pay.example.com:8443/", ["pay.example.com"], False),
        ("https://pay.example.com@evil.org/", ["pay.example.com"], False),
        ("https://evil.org\\@pay.example.com/", ["pay.example.com"], False),
        ("https://pay.example.com%00.evil.org/", ["pay.example.com"], False),
        ("blob:https://pay.example.com/1", ["pay.example.com"], False),
        ("file:///pay.example.com", ["pay.example.com"], False),
        ("https://pay.example.com:99999/", ["pay.example.com:*"], False),
        ("javascript:alert(1)", ["*.example.com"], False),
        ("", ["pay.example.com"], False),
    ],
)
def test_hosts(address: str, hosts: list[str], allowed: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_allowed(address, hosts) is allowed


@pytest.mark.parametrize("host", ["*.com", "*.co.uk", "*.com.au", "*.vercel.app", "*.github.io", "*.localhost"])
def test_what_anybody_may_register_under_is_no_pattern(host: str) -> None:
    assert "too many hosts" in (wrong_host(host) or "")


@pytest.mark.parametrize("host", ["*.example.com", "*.example.co.uk", "*.shop.vercel.app", "co.example"])
def test_the_domain_of_one_owner_is_a_pattern(host: str) -> None:
    assert wrong_host(host) is None


@pytest.mark.parametrize(
    ("host", "takes"),
    [
        ("checkout.stripe.com", True),
        ("*.stripe.com", True),
        ("Checkout.Stripe.com:443", True),
        ("stripe.com.example.org", False),
        ("sandbox.example.com", False),
    ],
)
def test_the_processor_takes_real_money_on_its_own_hosts(host: str, takes: bool) -> None:  # noqa: FBT001 - a parameter
    assert takes_real_money(host) is takes


def test_hosts_are_told_shortly() -> None:
    assert host_of("https://Pay.example.com:443/x") == "pay.example.com"
    assert host_of("http://127.0.0.1:8080/x") == "127.0.0.1:8080"
    assert host_of("data:text/html,x") == ""


@pytest.mark.parametrize(
    ("address", "encrypted"),
    [
        ("https://pay.example.com/", True),
        ("http://pay.example.com/", False),
        ("http://localhost:8080/", True),
        ("http://127.0.0.1/", True),
        ("http://pay.localhost/", True),
        ("http://localhost.evil.org/", False),
        ("data:text/html,x", False),
    ],
)
def test_encryption(address: str, encrypted: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_encrypted(address) is encrypted
