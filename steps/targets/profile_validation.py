"""Checks of a profile beyond its keys and types; each error is one sentence."""

from __future__ import annotations

import re
import zoneinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.targets.hosts import host_of, takes_real_money, wrong_host
from steps.targets.labels import ROLES
from steps.targets.profile import MOST_IMMEDIATELY
from steps.targets.profile_errors import closest, nearest
from steps.targets.service_validation import check_services
from steps.targets.test_cards import TEST_NUMBERS

if TYPE_CHECKING:
    from steps.targets.profile import Payments, Profile
    from steps.targets.profile_errors import SourceLocation

_EXAMPLE = 'base_url = "https://staging.example.com"'


def check(place: SourceLocation, profile: Profile) -> None:
    """Raise ProfileError for the first error found in a profile."""
    _check_address(place, profile)
    _check_hosts(place, profile)
    _check_accounts(place, profile)
    _check_labels(place, profile)
    _check_money(place, profile.payments)
    check_services(place, profile)
    limits = profile.limits
    if limits.immediately > MOST_IMMEDIATELY and not limits.immediately_waived.strip():
        raise place.mistake(
            "limits.immediately",
            f"limits.immediately: more than {MOST_IMMEDIATELY} s is not immediately; to allow it, say why with "
            'limits.immediately_waived = "…", which the report shows.',
        )
    _check_names(place, profile)
    zones = zoneinfo.available_timezones()
    if zones and profile.zone not in zones:
        near = nearest(profile.timezone, sorted(zones)).partition(" Known:")[0]
        meant = near if near.startswith("Did") else 'Write it as "Europe/Berlin".'
        raise place.mistake("timezone", f'timezone: there is no time zone "{profile.timezone}". {meant}')


def _check_names(place: SourceLocation, profile: Profile) -> None:
    """Raise ProfileError for a language or a currency that there is not."""
    language = profile.locale.partition("-")[0]
    if language != "en":
        from babel.localedata import exists

        if not exists(language):
            words = f'locale: there is no language "{language}"; write one such as "de-DE".'
            raise place.mistake("locale", words)
    currency = profile.payments.currency
    if currency not in (None, "USD", "EUR"):
        from babel.numbers import list_currencies

        if currency not in (known := list_currencies()):
            near = closest(currency, sorted(known))
            raise place.mistake(
                "payments.currency",
                f'payments.currency: there is no currency "{currency}". {near}Write its ISO code, such as "USD".',
            )


def _check_address(place: SourceLocation, profile: Profile) -> None:
    address = profile.base_url
    if profile.kind == "fake":
        if address or profile.accounts:
            key = "base_url" if address else "accounts"
            raise place.mistake(key, f'{key}: the fake has its own; for a site, write kind = "site".')
        return
    if not address:
        raise place.mistake("base_url", f"base_url is missing; set it to the address of the site, such as {_EXAMPLE}.")
    parts = urlsplit(address)
    if not host_of(address) or parts.query or parts.fragment:
        raise place.mistake(
            "base_url", f'base_url: "{address}" is not the address of a site; write it like {_EXAMPLE}.'
        )
    if profile.variant:
        raise place.mistake("variant", "variant: only the fake has variants; leave the line out.")


def _check_hosts(place: SourceLocation, profile: Profile) -> None:
    payments = profile.payments
    for key, hosts in (
        ("allowed_hosts", profile.allowed_hosts),
        ("payments.hosts", payments.hosts),
        ("payments.test_hosts", payments.test_hosts),
    ):
        for host in hosts:
            if words := wrong_host(host):
                raise place.mistake(key, f"{key}: {words}.")
    for host in payments.test_hosts:
        if takes_real_money(host):
            raise place.mistake(
                "payments.test_hosts",
                f'payments.test_hosts: "{host}" takes real payments too; name it in payments.hosts, where only '
                "sessions that are test sessions by their own address are paid for.",
            )


def _check_accounts(place: SourceLocation, profile: Profile) -> None:
    seen = set()
    for index, account in enumerate(profile.accounts):
        key = f"accounts[{index}]"
        if account.session and account.password:
            raise place.mistake(key, f"{key}: set a password or a session, not both.")
        if profile.sign_in.way == "session" and not account.session:
            raise place.mistake(key, f'{key}: sign_in.way is "session", so session = "NAME" is expected here.')
        if not account.session and not (account.email and account.password):
            missing = "password" if account.email else "email"
            raise place.mistake(
                key, f'{key}: {missing} is missing; use a variable, such as {missing} = "${{STAGING_…}}".'
            )
        who = account.session or account.email
        if who in seen:
            raise place.mistake(key, f"{key}: {who} is listed twice; only one scenario at a time can use an account.")
        seen.add(who)
    access = profile.access
    if bool(access.user) != bool(access.password):
        raise place.mistake("access", "access: set both user and password, or neither.")


def _check_labels(place: SourceLocation, profile: Profile) -> None:
    for key in profile.labels.__struct_fields__:
        label = profile.labels.of(key)
        if not label.selector and not any(name.strip() for name in label.names):
            raise place.mistake(f"labels.{key}", f"labels.{key}: set a name, several names, or a selector.")
        if any(not name.strip() for name in label.names):
            raise place.mistake(f"labels.{key}", f"labels.{key}: one of the names is empty.")
        if label.role and label.role not in ROLES:
            words = f'labels.{key}: there is no role "{label.role}". {nearest(label.role, ROLES)}'
            raise place.mistake(f"labels.{key}", words)


def _check_money(place: SourceLocation, payments: Payments) -> None:
    if payments.allow != "real":
        if payments.card:
            raise place.mistake(
                "payments.card", 'payments.card: only payments with allow = "real" use a card of your own.'
            )
        return
    for key, given in (
        ("max_amount", payments.max_amount),
        ("currency", payments.currency),
        ("card", payments.card),
    ):
        if given is None:
            words = f'payments.{key} is missing: allow = "real" needs max_amount, currency and card.'
            raise place.mistake("payments", words)
    assert payments.card is not None
    digits = re.sub(r"[ -]", "", payments.card.number)
    if not _is_card_number(digits):
        raise place.mistake(
            "payments.card", "payments.card.number: that is not a valid card number; a digit may be missing."
        )
    if digits in TEST_NUMBERS:
        raise place.mistake(
            "payments.card", "payments.card.number: that is a test card, which cannot make real payments."
        )


def _is_card_number(digits: str) -> bool:
    """Whether length and check digit are those of a card number. Source: ISO/IEC 7812-1, annex B (Luhn)."""
    if not re.fullmatch(r"[0-9]{12,19}", digits):
        return False
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
