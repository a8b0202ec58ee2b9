"""What all scenarios of a run share: the target, its fake if it is one, and the directory of the reports."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.safety.redactor import Redactor
from steps.safety.spend_guard import SpendGuard
from steps.targets.fake_catalogue import check_choice, read_variant
from steps.targets.fake_process import FakeAddress, FakeProcess, address_as_dict
from steps.targets.fake_target import FakeTarget
from steps.targets.profile_loader import FoundProfile, ProfileError, find_profile
from steps.targets.site_target import SiteTarget, describe_target, session_troubles
from steps.targets.test_identities import PersonFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.targets.profile import Profile
    from steps.targets.target import Account, Target

    SignIn = Callable[[Account], StorageState]


class Run:
    """What one process of a run shares between its scenarios. The main process starts the fake for all workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        found = self._found()
        self.target_name, self._source = found.name, found.source
        self.profile = found.profile
        self.people = PersonFactory(seed_of(config))
        self.directory = reports_directory(config)
        self.guard = self._guard(self.profile)
        self.secrets = Redactor()
        self.secrets.add_profile(self.profile)
        self._fake: FakeProcess | None = None
        self._target: Target | None = None
        self._sessions: Path | None = None
        self.is_interrupted = False
        """Whether somebody, or an error of pytest itself, broke the run off."""
        self.late_looks_s = 0.0
        """How long the late looks took, until that is taken off the last scenario's time."""

    @property
    def is_worker(self) -> bool:
        """Whether this process is a worker of pytest-xdist."""
        return hasattr(self.config, "workerinput")

    def start_fake(self) -> None:
        """Start the fake, without waiting for it, if this run needs one and this process is to start it."""
        if self.profile.kind == "fake" and not self.is_worker and self._fake is None:
            log = self.directory / "fake.log"
            try:
                self._fake = FakeProcess(log)
            except OSError:  # the disk is full: the run's end says so, with its verdicts
                self._fake = FakeProcess(temporary_reports() / log.name)

    def target(self, sign_in: SignIn) -> Target:
        """Return the target, ready to use; `sign_in` signs an account in by the sign-in page."""
        if self._target is None:
            self._target = self._make_target(sign_in)
            self.guard = self._guard(self._target.profile)
        return self._target

    def request_shutdown(self) -> None:
        """Ask the fake to end, without waiting for it."""
        if self._fake is not None:
            self._fake.request_shutdown()

    def stop(self) -> None:
        """Stop what this process started."""
        if self._fake is not None:
            self._fake.stop()
        if self._sessions is not None and not self.is_worker:
            shutil.rmtree(self._sessions, ignore_errors=True)

    def header(self) -> list[str]:
        """Return the header's lines about the target, its accounts and saved sessions, and the spend guard."""
        if self.profile.kind == "fake":
            variant = (
                ", ".join(f"{question}={answer}" for question, answer in self.profile.variant.items()) or "default"
            )
            faults = ", ".join(self.config.getoption("--fault")) or "none"
            target = f"target: the bundled fake, variant: {variant}, faults: {faults}"
            return [target, self._profile_line(), "payments: test cards only, on the fake's own payment page"]
        name, workers = self.target_name, len(self.config.getoption("tx", None) or [1])
        known = [describe_target(self.profile, name, workers), self._profile_line()]
        return [*known, *session_troubles(self.profile, name), self.guard.header()]

    def _profile_line(self) -> str:
        named = "" if self.config.getoption("--target") else ", by default"
        return f"profile: {self.target_name}{named}, from {self._source}"

    def for_worker(self) -> dict[str, Any]:
        """Return what a worker has to know about the run."""
        self.start_fake()
        fake = address_as_dict(self._fake.address()) if self._fake else None
        return {
            "fake": fake,
            "seed": seed_of(self.config),
            "directory": str(self.directory),
            "sessions": str(self.shared()),
        }

    def shared(self) -> Path:
        """Return the private directory that this run's processes share until it ends, for its sessions above all."""
        if self._sessions is None:
            given = getattr(self.config, "workerinput", {}).get("acceptance")
            self._sessions = Path(given["sessions"] if given else tempfile.mkdtemp(prefix="diaflow-acceptance-"))
        return self._sessions

    def _make_target(self, sign_in: SignIn) -> Target:
        if self.profile.kind == "fake":
            faults: list[str] = self.config.getoption("--fault")
            address = self._fake_address()
            self.secrets.add(address.control_token)
            return FakeTarget(self.profile, address, self.people, faults, self._fake)
        return SiteTarget(self.profile, self.target_name, sign_in, self.shared())

    def _guard(self, profile: Profile) -> SpendGuard:
        allow_real = bool(self.config.getoption("--allow-real-payments"))
        return SpendGuard(profile, self.directory / "payments.jsonl", allow_real=allow_real)

    def _fake_address(self) -> FakeAddress:
        if self.is_worker:
            return FakeAddress(**self.config.workerinput["acceptance"]["fake"])  # type: ignore[attr-defined] # set by pytest-xdist
        self.start_fake()
        assert self._fake is not None
        return self._fake.address()

    def _found(self) -> FoundProfile:
        file = self.config.getoption("--targets-file")
        found = find_profile(self.config.getoption("--target"), Path(file) if file else None)
        profile = found.profile
        if profile.kind != "fake" and (self.config.getoption("--variant") or self.config.getoption("--fault")):
            raise ProfileError("--variant and --fault work with the fake only.")
        variant = profile.variant | read_variant(self.config.getoption("--variant"))
        if profile.kind == "fake" and not self.is_worker:
            check_choice(variant, self.config.getoption("--fault"))
        return replace(found, profile=msgspec.structs.replace(profile, variant=variant))


RUN = pytest.StashKey[Run]()
_DIRECTORY = pytest.StashKey[Path]()
ELSEWHERE = pytest.StashKey[str]()
"""Why the reports are not where they are usually."""
MEMBER: pytest.StashKey[Member] = pytest.StashKey()
"""The member of the running scenario."""


def is_listing(config: pytest.Config) -> bool:
    """Whether pytest was asked to list something: nothing is set up, nothing is run."""
    option = config.option
    return bool(option.collectonly or option.setupplan or option.show_fixtures_per_test or option.promises)


def is_run(config: pytest.Config) -> bool:
    """Whether scenarios are carried out, so that there is something to report."""
    return not (is_listing(config) or config.option.setuponly)


def seed_of(config: pytest.Config) -> int:
    """Return the seed of the generated people: from the main process, from the option, or a new one."""
    worker = getattr(config, "workerinput", {}).get("acceptance")
    if worker:
        return int(worker["seed"])
    if config.option.seed is None:
        config.option.seed = int(time.time())
    return int(config.option.seed)


def reports_directory(config: pytest.Config) -> Path:
    """Return this run's own directory below `reports/`, so that concurrent runs do not overwrite each other."""
    worker = getattr(config, "workerinput", {}).get("acceptance")
    if worker:
        return Path(worker["directory"])
    if _DIRECTORY not in config.stash:
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        reports = Path(config.rootpath) / "reports"
        if is_run(config) and (why := _unwritable(reports)):
            config.stash[ELSEWHERE] = why
            reports = temporary_reports()
        config.stash[_DIRECTORY] = reports / name
    return config.stash[_DIRECTORY]


def temporary_reports() -> Path:
    """Make a directory for reports that have no place in the checkout."""
    return Path(tempfile.mkdtemp(prefix="diaflow-acceptance-reports-"))


def _unwritable(place: Path) -> str:
    """Return why a directory, or the one that it would be made in, cannot be written to; "" if it can."""
    there = next(one for one in (place, *place.parents) if one.exists())
    if not there.is_dir():
        return f"{there} is a file"
    return "" if os.access(there, os.W_OK) else f"{there} cannot be written to"
