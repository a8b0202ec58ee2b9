"""People and companies that scenarios act as: made up by Faker from the run's seed, the same on every run."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faker import Faker


@dataclass(frozen=True)
class Person:
    """A made-up member and their company."""

    name: str
    company: str
    email: str
    password: str


class People:
    """Makes people for each scenario; who they are depends on seed and scenario, not on the order of the run."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._scenario = ""
        self._made: Counter[str] = Counter()

    def of_scenario(self, scenario: str) -> None:
        """Say which scenario the next person is for, by its node id."""
        self._scenario = scenario

    def person(self) -> Person:
        """Make a person of this scenario: another one each time, and each time it is carried out."""
        faker = _faker()
        nth = f" {self._made[self._scenario]}" if self._made[self._scenario] else ""
        self._made[self._scenario] += 1
        digest = hashlib.sha256(f"{self._seed} {self._scenario}{nth}".encode()).digest()
        faker.seed_instance(int.from_bytes(digest[:8], "big"))
        name, company = faker.name(), faker.company()
        mailbox = re.sub(r"[^a-z]+", ".", name.lower()).strip(".")
        return Person(name, company, f"{mailbox}.{faker.hexify('^' * 10)}@example.com", faker.password(length=16))


@cache
def _faker() -> Faker:
    from faker import Faker  # a third of a second that a run against a site does not need
    from faker.config import DEFAULT_LOCALE

    return Faker(DEFAULT_LOCALE, use_weighting=False)
