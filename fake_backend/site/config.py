"""How a site is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fake_backend.site.seams import Seams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fake_backend.journal import Journal
    from fake_backend.store import Database


class LiveKeyError(ValueError):
    """A key that moves real money was given to a stand-in."""


@dataclass(frozen=True)
class SiteConfig:
    """A site's surroundings.

    `processor_api` is the base address of the processor's API; empty means Stripe's own (with a test key).
    `default_variant` is how a visitor who is not known yet is met. `seams` decides how faults change the site:
    `Seams()` knows none, `fake_backend.control.faults.SEAMS` all. Raises `LiveKeyError` for a live key.
    """

    database: Database
    site_url: str
    processor_api: str
    processor_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    journal: Journal
    seams: Seams = field(default_factory=Seams)
    default_variant: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is not plainly a test key."""
        if not self.processor_key.startswith(("sk_test_", "rk_test_")):
            raise LiveKeyError("The fake takes test keys only (sk_test_… or rk_test_…): it must never move real money.")
