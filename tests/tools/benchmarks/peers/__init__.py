"""Other tools with the same purchases: behave, @playwright/test, playwright-bdd and cucumber-js.

Each is written as its users write it, with the browser and the fake that the suite uses. None of it is installed with
the project: `install` does that, for the benchmark only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.tools.benchmarks.contestants import FEATURE, ROOT, Contestant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
NODE = HERE / "node"
BEHAVE = ROOT / "build" / "benchmarks" / "behave"
BEHAVE_VERSION = "1.3.3"


class NoPeersError(Exception):
    """The peers cannot be installed; the message is one sentence that says what to do."""


def install() -> None:
    """Install behave and the Node.js packages, once. Raises NoPeersError."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoPeersError("The peers need Node.js 20 or newer with npm: install it, or leave --peers out.")
    if not BEHAVE.exists():
        _call([sys.executable, "-m", "pip", "install", "--quiet", f"--target={BEHAVE}", f"behave=={BEHAVE_VERSION}"])
    if not (NODE / "node_modules").exists():
        _call([npm, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"--prefix={NODE}"])


def _call(command: Sequence[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        last = next(iter((ended.stderr or ended.stdout).strip().splitlines()[-1:]), "no word")
        raise NoPeersError(f"`{command[0]}` could not install the peers: {last}")


@dataclass(frozen=True)
class Peer(Contestant):
    """Another tool; the seconds of each scenario are in its JUnit report."""

    def scenarios(self, place: Path) -> list[float]:
        """Return the seconds of each scenario from the report."""
        cases = [case for file in place.glob("*.xml") for case in ET.parse(file).iter("testcase")]  # noqa: S314 - our own
        return [float(case.get("time", "0")) for case in cases]

    def _feature(self, place: Path) -> Path:
        """Write the suite's own feature, with the rows of its outline."""
        rows = "".join(f"        | {package} |\n" for package in ("package", *self.packages))
        folder = place / "features"
        folder.mkdir(exist_ok=True)
        feature = folder / Path(FEATURE).name
        feature.write_text((ROOT / FEATURE).read_text("utf-8").rstrip() + "\n" + rows, encoding="utf-8")
        return feature


@dataclass(frozen=True)
class Behave(Peer):
    """behave, with Playwright's sync API."""

    def command(self, place: Path) -> Sequence[str]:
        shutil.copytree(HERE / "behave", place / "features", dirs_exist_ok=True)
        feature = self._feature(place)
        quiet = ["--no-summary", "--no-capture", "--format=progress"]
        return [sys.executable, "-m", "behave", "--junit", f"--junit-directory={place}", *quiet, str(feature)]

    def environment(self, place: Path) -> Mapping[str, str]:
        del place
        return {"PYTHONPATH": f"{BEHAVE}{';' if sys.platform == 'win32' else ':'}{ROOT}"}


@dataclass(frozen=True)
class NodePeer(Peer):
    """A tool that runs on Node.js."""

    def environment(self, place: Path) -> Mapping[str, str]:
        return {
            "BENCH_ROOT": str(ROOT),
            "BENCH_PYTHON": sys.executable,
            "BENCH_PACKAGES": " ".join(self.packages),
            "BENCH_WORKERS": str(self.workers),
            "BENCH_JUNIT": str(place / "junit.xml"),
            "BENCH_OUTPUT": str(place / "results"),
            "BENCH_FEATURES": str(place / "features"),
            "BENCH_FEATURE": str(place / "features" / Path(FEATURE).name),
            "BENCH_GENERATED": str(NODE / "playwright-bdd" / ".features-gen"),
        }


@dataclass(frozen=True)
class PlaywrightTest(NodePeer):
    """@playwright/test, without Gherkin."""

    def command(self, place: Path) -> Sequence[str]:
        del place
        config = NODE / "playwright-test" / "playwright.config.mjs"
        return [_node(), str(NODE / "node_modules/@playwright/test/cli.js"), "test", f"--config={config}"]


@dataclass(frozen=True)
class PlaywrightBdd(NodePeer):
    """playwright-bdd, which generates tests from the feature for @playwright/test."""

    def command(self, place: Path) -> Sequence[str]:
        self._feature(place)
        return [_node(), str(NODE / "playwright-bdd" / "run.mjs")]


@dataclass(frozen=True)
class CucumberJs(NodePeer):
    """cucumber-js, with Playwright."""

    def command(self, place: Path) -> Sequence[str]:
        steps, report = NODE / "cucumber-js" / "steps.mjs", place / "junit.xml"
        command = [_node(), str(NODE / "node_modules/@cucumber/cucumber/bin/cucumber.js"), str(self._feature(place))]
        return [*command, "--import", str(steps), "--format", "progress", "--format", f'"junit":"{report}"']


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise NoPeersError("The peers need Node.js 20 or newer: install it, or leave --peers out.")
    return node


def peers(packages: tuple[str, ...]) -> list[Contestant]:
    """Return all of them, after `install`."""
    return [
        Behave("behave", packages),
        PlaywrightTest("@playwright/test", packages),
        PlaywrightBdd("playwright-bdd", packages),
        CucumberJs("cucumber-js", packages),
    ]
