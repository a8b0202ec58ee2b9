"""The run's own things: the target, its fake if it is one, and the reports' place."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.safety.redactor import Redactor
from steps.safety.spend_guard import SpendGuard
from steps.targets.fake_process import FakeAddress, FakeProcess, address_as_dict
from steps.targets.fake_target import FakeTarget
from steps.targets.profile_loader import ProfileError, load_profile
from steps.targets.site_target import SiteTarget, described, session_troubles
from steps.targets.test_identities import People

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.targets.profile import Profile
    from steps.targets.target import Account, Target

    SignIn = Callable[[Account], StorageState]


class Run:
    """What one process of a run shares between its scenarios. The first process starts the fake; workers reach it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.profile = self._profile()
        self.people = People(seed_of(config))
        self.directory = reports_directory(config)
        self.guard = self._guard(self.profile)
        self.secrets = Redactor()
        self.secrets.add_profile(self.profile)
        self._fake: FakeProcess | None = None
        self._target: Target | None = None
        self._sessions: Path | None = None

    @property
    def is_worker(self) -> bool:
        """Tell a worker of pytest-xdist."""
        return hasattr(self.config, "workerinput")

    def start_fake(self) -> None:
        """Start the fake, without waiting for it, if this run needs one and this process is the one to start it."""
        if self.profile.kind == "fake" and not self.is_worker and self._fake is None:
            log = self.directory / "fake.log"
            try:
                self._fake = FakeProcess(log)
            except OSError:  # the disk is full, or not to be written to: the run's end says so, with its verdicts
                self._fake = FakeProcess(Path(tempfile.mkdtemp(prefix="diaflow-acceptance-")) / log.name)

    def target(self, sign_in: SignIn) -> Target:
        """Give the target, ready to be asked; `sign_in` gets an account in by the sign-in page."""
        if self._target is None:
            self._target = self._make_target(sign_in)
            self.guard = self._guard(self._target.profile)
        return self._target

    def request_shutdown(self) -> None:
        """Tell the fake to end, without waiting for it."""
        if self._fake is not None:
            self._fake.request_shutdown()

    def stop(self) -> None:
        """End what this process started."""
        if self._fake is not None:
            self._fake.stop()
        if self._sessions is not None and not self.is_worker:
            shutil.rmtree(self._sessions, ignore_errors=True)

    def header(self) -> list[str]:
        """Say before anything runs what is known of a site: where it is, its accounts, its saved sessions."""
        if self.profile.kind == "fake":
            variant = (
                ", ".join(f"{question}={answer}" for question, answer in self.profile.variant.items()) or "default"
            )
            faults = ", ".join(self.config.getoption("--fault")) or "none"
            target = f"target: the bundled fake, variant: {variant}, faults: {faults}"
            return [target, "payments: test cards only, on the fake's own payment page"]
        name, workers = self.config.getoption("--target"), len(self.config.getoption("tx", None) or [1])
        known = [described(self.profile, name, workers), *session_troubles(self.profile, name)]
        return [*known, self.guard.header()]

    def for_worker(self) -> dict[str, Any]:
        """Give what a worker must know of the run."""
        self.start_fake()
        fake = address_as_dict(self._fake.address()) if self._fake else None
        return {
            "fake": fake,
            "seed": seed_of(self.config),
            "directory": str(self.directory),
            "sessions": str(self._shared()),
        }

    def _shared(self) -> Path:
        """Give the directory, this user's alone, where the run keeps sessions while it lasts."""
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
        return SiteTarget(self.profile, self.config.getoption("--target"), sign_in, self._shared())

    def _guard(self, profile: Profile) -> SpendGuard:
        allow_real = bool(self.config.getoption("--allow-real-payments"))
        return SpendGuard(profile, self.directory / "payments.jsonl", allow_real=allow_real)

    def _fake_address(self) -> FakeAddress:
        if self.is_worker:
            return FakeAddress(**self.config.workerinput["acceptance"]["fake"])  # type: ignore[attr-defined] # set by pytest-xdist
        self.start_fake()
        assert self._fake is not None
        return self._fake.address()

    def _profile(self) -> Profile:
        file = self.config.getoption("--targets-file")
        profile = load_profile(self.config.getoption("--target"), Path(file) if file else None)
        if profile.kind != "fake" and (self.config.getoption("--variant") or self.config.getoption("--fault")):
            raise ProfileError("--variant and --fault are for the fake alone: no other site can be told to differ.")
        return msgspec.structs.replace(profile, variant=profile.variant | self._chosen_variant())

    def _chosen_variant(self) -> dict[str, str]:
        pairs = [pair.partition("=") for pair in self.config.getoption("--variant")]
        wrong = next((question for question, sign, _ in pairs if not sign), None)
        if wrong is not None:
            raise ProfileError(f'--variant {wrong}: say QUESTION=ANSWER, as in "--variant package_choice=radios".')
        return {question: answer for question, _, answer in pairs}


RUN = pytest.StashKey[Run]()
MEMBER: pytest.StashKey[Member] = pytest.StashKey()
"""The member of a scenario, while it is carried out."""


def seed_of(config: pytest.Config) -> int:
    """Give the seed of the run's made-up people: the option's, the one of the run's first process, or a new one."""
    worker = getattr(config, "workerinput", {}).get("acceptance")
    if worker:
        return int(worker["seed"])
    if config.option.seed is None:
        config.option.seed = int(time.time())
    return int(config.option.seed)


def reports_directory(config: pytest.Config) -> Path:
    """Give this run's own directory below `reports/`, so that two runs at once do not wipe each other's artefacts."""
    worker = getattr(config, "workerinput", {}).get("acceptance")
    if worker:
        return Path(worker["directory"])
    if not hasattr(config, "_acceptance_directory"):
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        config._acceptance_directory = Path(config.rootpath) / "reports" / name  # type: ignore[attr-defined] # noqa: SLF001 - kept with the run
    directory: Path = config._acceptance_directory  # type: ignore[attr-defined] # noqa: SLF001 - kept with the run
    return directory
