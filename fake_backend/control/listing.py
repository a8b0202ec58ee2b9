"""Everything that the fake can be told: open questions with their answers, and faults with what each breaks."""

from __future__ import annotations

from typing import Any

from fake_backend.control.faults import CATALOGUE
from fake_backend.control.variants import QUESTIONS, VARIANTS


def show_catalogue() -> dict[str, Any]:
    """Return all open questions, their answers and all faults."""
    variants = {name: list(values) for name, values in VARIANTS.items()}
    faults = [{"name": it.name, "breaks": it.breaks, "sees": it.sees} for it in CATALOGUE.values()]
    return {"questions": dict(QUESTIONS), "variants": variants, "faults": faults}
