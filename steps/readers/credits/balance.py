"""What a page says of one kind of credits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Balance:
    """What a page says of one kind of credits. None: not said. `plain` are numbers that no word explains."""

    left: int | None = None
    used: int | None = None
    whole: int | None = None
    plain: tuple[int, ...] = ()

    @property
    def amount(self) -> int | None:
        """The number that stands for it: the whole where it is told, else the only number, else what is left."""
        if self.whole is not None:
            return self.whole
        return self.plain[0] if len(self.plain) == 1 else max(self.plain) if self.plain else self.left

    @property
    def likely_left(self) -> int | None:
        """What is left, or else the first number that no word explains; None where there is neither."""
        return self.left if self.left is not None else next(iter(self.plain), None)

    @property
    def numbers(self) -> frozenset[int]:
        """All numbers that are said of it."""
        return frozenset({*self.plain, *(one for one in (self.left, self.used, self.whole) if one is not None)})
