"""Wrong words on pytest's command line are answered before anything starts, in a sentence that names the way out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.browser.discovery import NoBrowserError, named_browser
from steps.targets.profile_errors import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_OTHER_TOOLS = {
    "--shard": "--splits 4 --group 1 runs the first of four shards.",
    "--url": "An address stands in a profile: `acceptance init https://staging.example.com` writes one.",
    "--env": "--target NAME picks a deployment.",
    "--profile": "--target NAME picks a deployment.",
    "--project": "--browser NAME picks a browser, --target NAME a deployment.",
    "--grep": "-k WORDS selects scenarios by title, -m TAG by tag.",
    "--tags": "-m TAG selects scenarios by tag.",
    "--workers": "-n 2 runs two scenarios at a time.",
    "--retries": "--reruns 1 runs again what failed.",
    "--debug-browser": "--headed --slowmo 300 shows the browser.",
}
"""Options that Playwright Test, Cucumber and others have, and what is meant here."""


_GRAMMAR = {"and", "or", "not"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Keep pytest's own usage errors short: without the settings file and the root directory below them."""
    parser.extra_info.clear()
    if parser.optparser.prog == "pytest.main()":
        parser.optparser.prog = "acceptance run"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(parser: pytest.Parser, args: list[str]) -> Iterator[None]:
    """Raise UsageError for an option that there is not, once all plugins have named theirs."""
    yield
    unknown = [word for word in parser.parse_known_and_unknown_args(args)[1] if word.startswith("-")]
    if unknown:
        option = unknown[0].partition("=")[0]
        known = set(re.findall(r"(?<![\w-])--[a-z][\w-]+", parser.optparser.format_help()))
        meant = _OF_OTHER_TOOLS.get(option)
        meant = f"{meant} " if meant else closest(option, sorted(known))
        raise pytest.UsageError(f"There is no option {option}. {meant}`pytest --help` lists all.")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Raise UsageError for values that cannot be meant."""
    if hasattr(config, "workerinput"):
        return
    option = config.option
    if option.base_url:
        raise pytest.UsageError(
            f"--base-url (or PYTEST_BASE_URL) {option.base_url}: an address stands in a profile. "
            "`acceptance init ADDRESS` writes one, --target NAME picks it."
        )
    if isinstance(workers := getattr(option, "numprocesses", None), int) and workers < 0:
        raise pytest.UsageError(f"-n {workers}: that is no number of workers. Write -n 2, or -n auto.")
    if (bare := re.sub("[\"']", "", option.keyword)) != option.keyword:
        raise pytest.UsageError(f'-k takes no quotes within: -k "{bare}".')
    words = option.keyword.split()
    if len(words) > 1 and not _GRAMMAR & {*words} and re.fullmatch(r"[\w ,.-]+", option.keyword):
        raise pytest.UsageError(f'-k "{option.keyword}": join words by and, or, not: -k "{" and ".join(words)}".')
    if config.args_source is pytest.Config.ArgsSource.ARGS and not option.pyargs:
        for word in config.args:
            _check_path(config.invocation_params.dir, word)
    if option.browser_path and not option.browser_endpoint:
        try:
            named_browser(option.browser_path, "--browser-path")
        except NoBrowserError as error:
            raise pytest.UsageError(str(error)) from None


def _check_path(here: Path, word: str) -> None:
    """Raise UsageError for a file or directory that there is not, with the one that may be meant."""
    path = word.partition("::")[0]
    if (here / path).exists():
        return
    slashed = path.replace("\\", "/")
    whole, _, line = path.rpartition(":")
    if "\\" in path and (here / slashed).exists():
        meant = f"Write {slashed}. "
    elif line.isdigit() and (here / whole).exists():
        meant = f"Lines are not taken: {whole} runs the whole feature, -k WORDS the scenarios of that title. "
    else:
        near = (here / slashed).parent
        known = [*near.iterdir()] if near.is_dir() else []
        names = {file.name: file for file in [*known, *(here / "features").glob("*.feature")]}
        meant = closest(Path(slashed).name, names)
    raise pytest.UsageError(f"There is no file or directory {path}. {meant}The scenarios stand in features/.")
