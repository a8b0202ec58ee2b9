"""What a check has to say: where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, with the place where it stands."""

    file: str
    """Relative to the checkout, with forward slashes."""
    line: int
    says: str

    def __str__(self) -> str:
        """Write it as compilers do, so that editors and CI find the place."""
        return f"{self.file}:{self.line}: {self.says}"
