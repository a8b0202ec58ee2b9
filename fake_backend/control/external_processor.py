"""A processor that is not ours: Stripe's own test mode, which the control API can neither see into nor change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.processor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ExternalProcessor:
    """Stands where the control API expects a processor; `url` is where the real one answers."""

    def __init__(self, url: str) -> None:
        self.url = url

    def settings(self, reference: str) -> Settings:  # noqa: ARG002 - the processor's signature
        """Return what the processor documents: it is as it is."""
        return Settings()

    def non_default_settings(self, changes: Mapping[str, object]) -> dict[str, object]:
        """Return nothing. Raises `ValueError` for behaviour that a real processor cannot be told to have."""
        wanted = Settings.model_validate(changes).model_dump(exclude_defaults=True)
        if wanted:
            raise ValueError(
                f"Stripe's own payment page and webhooks cannot be told how to behave ({', '.join(wanted)}):"
                " use the bundled processor for that."
            )
        return {}

    def change_settings(self, reference: str, changes: Mapping[str, object]) -> Settings:
        """Change nothing. Raises `ValueError` where something would have to change."""
        self.non_default_settings(changes)
        return self.settings(reference)

    def defaults(self, names: Iterable[str]) -> dict[str, object]:
        """Return the documented values of these settings."""
        return {name: value for name, value in Settings().model_dump().items() if name in set(names)}

    def advance_clock(self, reference: str, seconds: float) -> None:
        """Leave its clock alone: only the site's can be moved."""

    def drain_webhooks(self, reference: str) -> dict[str, int]:  # noqa: ARG002 - the processor's signature
        """Deliver none: Stripe sends its webhooks when it does."""
        return {"delivered": 0, "failed": 0, "pending": 0}

    def list_sessions(self, reference: str) -> list[dict[str, Any]]:  # noqa: ARG002 - the processor's signature
        """Return none: Stripe's dashboard shows them."""
        return []

    def list_deliveries(self, reference: str) -> list[dict[str, Any]]:  # noqa: ARG002 - the processor's signature
        """Return none: Stripe's command-line tool shows them."""
        return []
