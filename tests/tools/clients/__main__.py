"""Install each client package aside, carry its script out against a processor, and print what held as a table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from fake_backend.processor_alone import ProcessorAlone

HERE = Path(__file__).parent
PYTHON = ("8", "10", "12", "newest")
NODE = ("14", "18", "newest")
OLD_UI = {"8", "10", "12", "14", "18"}  # these call the hosted page "hosted"
_STEPS = 12


def install(kind: str, version: str, place: Path) -> list[str]:
    """Install a package into a directory and return the command for its script there."""
    if kind == "python":
        wanted = "stripe" if version == "newest" else f"stripe=={version}.*"
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-warn-conflicts",
            "--target",
            str(place),
        ]
        subprocess.run([*pip, wanted], check=True)
        return [sys.executable, str(HERE / "script.py")]
    wanted = "stripe" if version == "newest" else f"stripe@{version}"
    (place / "package.json").write_text('{"private": true}', encoding="utf-8")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", wanted], check=True, cwd=place)  # noqa: S607
    return ["node", str(HERE / "script.mjs")]


def carry_out(processor: ProcessorAlone, kind: str, version: str) -> tuple[int, str]:
    """Return how many steps held with a package, and what was said of the one that did not."""
    with tempfile.TemporaryDirectory() as name:
        command = install(kind, version, Path(name))
        environment = os.environ | {
            "STRIPE_SECRET_KEY": processor.processor_key,
            "STRIPE_API_BASE": processor.processor_url,
            "UI_MODE": "hosted" if version in OLD_UI else "hosted_page",
            "PYTHONPATH": name,
            "NO_PROXY": "127.0.0.1",
        }
        done = subprocess.run(command, cwd=name, env=environment, capture_output=True, text=True, check=False)
    steps = done.stdout.splitlines()
    trouble = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    return len(steps), "".join(trouble)


@click.command()
def main() -> None:
    """Print a row for each client package; exit code 1 when a step does not hold with one of them."""
    processor = ProcessorAlone()
    processor.start()
    wrong = 0
    for kind, versions in (("python", PYTHON), ("node", NODE)):
        for version in versions:
            held, trouble = carry_out(processor, kind, version)
            wrong += held != _STEPS
            click.echo(f"{kind:<7} {version:<7} {held:>2} of {_STEPS}  {trouble}")
    processor.stop()
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
