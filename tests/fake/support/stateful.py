"""How many steps the stateful tests take: a few thousand every day, as many as `STATEFUL_STEPS` says on demand."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

STEPS_EACH = 50


def thorough(steps: int) -> settings:
    """Return settings that take so many steps in all, three times as many at night, or those that are asked for."""
    tonight = 3 if os.environ.get("ACCEPTANCE_NIGHTLY") else 1
    wanted = int(os.environ.get("STATEFUL_STEPS", str(tonight * steps)))
    return settings(
        max_examples=max(1, wanted // STEPS_EACH),
        stateful_step_count=STEPS_EACH,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],  # the machine may be busy with other tests
    )
