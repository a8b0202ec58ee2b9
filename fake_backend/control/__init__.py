"""What only tests may do: seed, move the clock, set faults and variants, read the request log."""

from fake_backend.control.api import PREFIX, mount
from fake_backend.control.backend import Backend, ControlConfig

__all__ = ["PREFIX", "Backend", "ControlConfig", "mount"]
