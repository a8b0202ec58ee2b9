"""How a site is set up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fake_backend.database import Database
    from fake_backend.request_log import RequestLog


_TEST_KEY = re.compile(r"[sr]k_test_[A-Za-z0-9_]{1,250}")


class LiveKeyError(ValueError):
    """A key that moves real money, or one that is not plainly a test key, was given to a stand-in."""


def check_key(key: str, name: str = "The key") -> None:
    """Let test keys pass. Raises `LiveKeyError`, whose sentence calls the key by `name` and does not repeat it."""
    if _TEST_KEY.fullmatch(key):
        return
    kind = "is a live key" if key.startswith(("sk_live_", "rk_live_")) else "is no test key"
    raise LiveKeyError(
        f"{name} {kind}: the fake takes test keys only (sk_test_… or rk_test_…), for it must never move real money."
    )


@dataclass(frozen=True)
class SiteConfig:
    """A site's surroundings.

    `processor_api` is the base address of the processor's API; empty means Stripe's own (with a test key). Without a
    `webhook_secret` no webhook is believed: purchases are settled when the buyer comes back, and at the next start.
    `default_variant` is how a visitor who is not known yet is met. `hooks` decides how faults change the site:
    `Hooks()` knows none, `fake_backend.control.faults.HOOKS` all. Raises `LiveKeyError` for a live key.
    """

    database: Database
    site_url: str
    processor_api: str
    processor_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    request_log: RequestLog
    hooks: Hooks = field(default_factory=Hooks)
    default_variant: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is not plainly a test key."""
        check_key(self.processor_key)
