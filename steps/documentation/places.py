"""Where features, profiles and pytest's settings lie: at the top of a checkout, or within an installed package."""

from __future__ import annotations

from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]
_INSTALLED = Path(__file__).parents[1] / "bundled"
"""Where `pyproject.toml` lets the wheel put them."""


def bundled(name: str) -> Path:
    """Return the place of "features", "targets.toml" or "pyproject.toml"."""
    return next((place / name for place in (_INSTALLED, _CHECKOUT) if (place / name).exists()), _CHECKOUT / name)
