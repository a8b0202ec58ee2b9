"""The pytest plugin of the suite: its options and its modules."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from steps.browser.discovery import NoBrowserError, choose_browser, playwright_build_path
from steps.browser.loopback import keep_off_proxies
from steps.reporting.exit_codes import COULD_NOT_RUN
from steps.runner.run_context import RUN, Run, is_listing, seed_of
from steps.targets.fake_process import FakeStartError
from steps.targets.profile_loader import ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = (
    "steps.runner.command_line",
    "steps.runner.feature_collector",
    "steps.runner.fixtures",
    "steps.runner.output_directory",
    "steps.runner.termination",
    "steps.runner.tag_selection",
    "steps.runner.scenario_order",
    "steps.runner.redaction",
    "steps.runner.late_look",
    "steps.runner.failure_triage",
    "steps.runner.undefined_steps",
    "steps.billing",
    "steps.package_selection",
    "steps.checkout",
    "steps.credits",
    "steps.workspace",
    "steps.plans",
    "steps.billing_information",
    "steps.invoices",
    "steps.receipts",
    "steps.workflows",
    "steps.users",
    "steps.workspace_isolation",
    "steps.sign_in",
    "steps.help",
    "steps.accessibility",
    "steps.reporting.test_plan",
    "steps.reporting.promise_list",
    "steps.reporting.step_screenshots",
    "steps.reporting.failure_screenshots",
    "steps.reporting.scenario_recorder",
    "steps.reporting.verdict_hooks",
    "steps.reporting.result_collector",
    "steps.reporting.late_verdicts",
    "steps.reporting.session_finish",
    "steps.reporting.terminal_plugin",
)
"""Hooks, fixtures and step definitions. `pytest_plugins` would look through all that is installed for each of them."""


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    """Register the modules of the suite as soon as this one is."""
    if plugin is not sys.modules[__name__]:
        return
    pytest.register_assert_rewrite(*MODULES)
    for name in MODULES:
        manager.register(import_module(name), name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    group = parser.getgroup("acceptance", "Diaflow acceptance")
    group.addoption(
        "--target", metavar="NAME",
        help="Run against this profile (default: what the file of profiles calls its default, else the bundled fake).",
    )  # fmt: skip
    group.addoption(
        "--targets-file", metavar="FILE",
        help="Your own file with profiles (default: ACCEPTANCE_TARGETS_FILE, else ./acceptance.toml, else the one in "
        "your configuration directory).",
    )  # fmt: skip
    group.addoption("--browser-path", metavar="PATH", help="Use this browser instead of the first one found.")
    group.addoption(
        "--browser-endpoint",
        metavar="URL",
        help="Use a browser that runs elsewhere, through a Playwright server (ws://…) or CDP (http://HOST:PORT).",
    )
    group.addoption(
        "--seed", type=int, metavar="N", help="Seed of the generated people and companies (shown in the header)."
    )
    group.addoption(
        "--variant",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="Fake only: the answer to an open question (listed below).",
    )
    group.addoption(
        "--fault", action="append", default=[], metavar="NAME", help="Fake only: a defect to enable (listed below)."
    )
    group.addoption(
        "--require-verified", action="store_true", help="Fail the run when something could not be verified."
    )
    group.addoption(
        "--allow-flaky", action="store_true", help="Do not fail the run when a scenario passed only when run again."
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set up the run, and turn a mistake in a profile into one sentence."""
    if sys.flags.optimize:
        words = "Python runs with -O or PYTHONOPTIMIZE, which switches assertions off: nothing would be verified."
        pytest.exit(words, returncode=COULD_NOT_RUN)
    keep_off_proxies()
    for line in (
        "doc(step): the promise of the documentation that a scenario checks, as PAGE.STEP",
        "assumption(name): what a scenario rests on that no page documents",
        "needs(ability): what the target must be able to be asked",
    ):
        config.addinivalue_line("markers", line)
    try:
        config.stash[RUN] = Run(config)
        _browser_elsewhere(config)
    except (ProfileError, NoBrowserError) as error:
        raise pytest.UsageError(str(error)) from None
    if config.option.screenshot == "off":
        config.option.screenshot = "only-on-failure"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make Playwright's driver cache its compiled code, which starts it 25 % faster.

    Source: Node.js, "Module compile cache".
    """
    cache = getattr(session.config, "cache", None)
    with contextlib.suppress(OSError):  # it starts without as well
        if cache is not None:
            os.environ.setdefault("NODE_COMPILE_CACHE", str(cache.mkdir("playwright-driver")))


def pytest_collect_file(file_path: object, parent: pytest.Collector) -> None:
    """Start the fake as soon as a feature is found, while collection continues."""
    if str(file_path).endswith(".feature") and not is_listing(parent.config):
        parent.config.stash[RUN].start_fake()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Import slow modules in the background while the browser and the fake start."""
    scenarios = any(item.path.suffix == ".feature" for item in session.items)
    if scenarios and not is_listing(session.config):
        threading.Thread(target=_prepare, args=(session.config.stash[RUN],), name="prepare").start()
    gc.freeze()  # all that is there now stays until the end: looking through it repeatedly finds nothing


def _prepare(run: Run) -> None:
    """Import slow modules that the first scenario and the final report need; on a full disk they come later."""
    if run.profile.kind == "fake":
        import_module("faker")
    if not run.is_worker:
        from steps.reporting.html_kit import template_at
        from steps.reporting.html_report import TEMPLATE

        with contextlib.suppress(OSError):
            template_at(TEMPLATE)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Ask the fake to end while the report is written, which also covers runs with workers."""
    yield
    session.config.stash[RUN].request_shutdown()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Send each worker of pytest-xdist the address of the fake, the seed and the reports' directory."""
    try:
        node.workerinput["acceptance"] = node.config.stash[RUN].for_worker()  # type: ignore[attr-defined] # pytest-xdist's node
    except FakeStartError as error:
        pytest.exit(str(error), returncode=COULD_NOT_RUN)


@pytest.hookimpl(wrapper=True)
def pytest_unconfigure(config: pytest.Config) -> Iterator[None]:
    """Stop what the run started."""
    yield
    if RUN in config.stash:
        config.stash[RUN].stop()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Return the lines of the run's header: seed, target, payments and browser."""
    run = config.stash[RUN]
    return [f"seed: {seed_of(config)}", *run.header(), f"browser: {_browser(config)}"]


def _browser_elsewhere(config: pytest.Config) -> str | None:
    """Return the host of the browser's endpoint, or None without one. Raises NoBrowserError for an invalid endpoint."""
    endpoint = config.getoption("--browser-endpoint")
    if endpoint is None:
        return None
    from steps.browser.remote import endpoint_host

    return endpoint_host(endpoint)


def _browser(config: pytest.Config) -> str:
    """Return which browser will be used, and why."""
    if elsewhere := _browser_elsewhere(config):
        return elsewhere
    if config.getoption("--browser-channel"):
        return str(config.getoption("--browser-channel"))
    engine = (config.getoption("--browser") or ["chromium"])[0]
    headed = bool(config.getoption("--headed"))
    try:
        own = playwright_build_path(engine, headed=headed)
        return str(choose_browser(engine, config.getoption("--browser-path"), own, headed=headed))
    except NoBrowserError as error:
        return f"none. {error}"
