"""Recordings to compare: of a fake whose workspaces have every fault and variant, and ones made up line by line."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import msgspec

from steps.targets.fake_process import FakeProcess
from steps.targets.fake_target import FakeTarget
from steps.targets.profile_loader import load_profile
from steps.targets.target import WorkspaceSetup
from steps.targets.test_identities import Person, PersonFactory
from steps.tools.comparison.recorder import Look, look_at
from steps.tools.comparison.recording import VERSION, Manifest, OfferedPackage, Recording, Stop
from steps.tools.inspection.target_session import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

_NUMBERS = count()
_QUICK = Look(rest=0.1, pictures=False)


class Fakes:
    """One fake and one browser for all walks: each workspace has its own faults and variant."""

    def __init__(self, place: Path, browser: Browser) -> None:
        self._process = FakeProcess(place / "fake.log")
        self._place = place
        self._browser = browser
        profile = load_profile("fake")
        self._profile = msgspec.structs.replace(
            profile, limits=msgspec.structs.replace(profile.limits, page=2, payment=3)
        )

    def walked(
        self,
        faults: Iterable[str] = (),
        variant: Mapping[str, str] | None = None,
        *,
        paying: tuple[str, ...] = (),
        payments: int = 0,
        signing_in: bool = False,
        page: float = 2,
        patience: float = 3,
    ) -> Recording:
        """Walk a new workspace of the same company and person; `page` and `patience` (for paying) are in seconds.

        The sign-in page is passed by unless `signing_in`: it costs time, and is the same whatever the workspace.
        """
        limits = msgspec.structs.replace(self._profile.limits, page=page, payment=patience)
        profile = msgspec.structs.replace(self._profile, limits=limits, variant=dict(variant or {}))
        target = FakeTarget(profile, self._process.address(), _Same(), list(faults), self._process)
        with target.account(WorkspaceSetup(payments=payments, used_credits=0)) as account:
            known = account if signing_in else replace(account, password=None)
            visit = Visit(target, known, self._browser, self._place / "payments.jsonl")
            return look_at(visit, "fake", paying, _QUICK)

    def stop(self) -> None:
        """End the fake."""
        self._process.stop()


class _Same(PersonFactory):
    """The same person repeatedly, but for the e-mail address: no two members may have one."""

    def __init__(self) -> None:
        super().__init__(seed=1)

    def person(self) -> Person:
        """Return the person, with an address that nobody had."""
        return replace(super().person(), email=f"member.{next(_NUMBERS)}@example.com")


def recorded(start: str = "", plan: str = "", **stops: str) -> Recording:
    """Make up a recording from snapshots; "_" in the name of a stop is a space."""
    names = {name.replace("_", " "): snapshot for name, snapshot in stops.items()}
    manifest = Manifest(
        VERSION, "made-up", "https://site.example", "2026-01-02T03:04:05+00:00", "none 1", "1", start=start
    )
    manifest.findings = {"plan": plan} if plan else {}
    manifest.stops = [Stop(name, f"/{name}") for name in names]
    recording = Recording(manifest)
    recording.snapshots = names
    return recording


def selling(recording: Recording, *packages: str) -> Recording:
    """Let a recording's pop-up offer packages, each as "2,000 credits" or "2,000 credits for 20.00 USD"."""
    offers = [package.partition(" for ") for package in packages]
    recording.stops["packages"].packages = [OfferedPackage(label, "button", price) for label, _, price in offers]
    return recording
