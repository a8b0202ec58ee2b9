"""What scenarios get: a target, an account of their own, a signed-in member in front of a browser."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from steps.actors.authentication import signed_in_state
from steps.actors.member import Member
from steps.browser.discovery import QUIET, NoBrowserError, choose_browser, context_options
from steps.browser.session_storage import context_with
from steps.runner.run_context import MEMBER, RUN
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright, StorageState

    from steps.runner.run_context import Run
    from steps.targets.target import Account, Target, WorkspaceSetup


_WANTED = {
    "accessibility": "No page documents this; to hold the site to it, put accessible = true into its profile.",
}
"""What to say of an ability that a target can be given."""


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """The run that this process takes part in."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """How the browser is started: the one that is here, quiet where there is no network."""
    if browser_type_launch_args.get("channel") or pytestconfig.getoption("--browser-endpoint"):
        return browser_type_launch_args
    headed = browser_type_launch_args.get("headless") is False
    named = pytestconfig.getoption("--browser-path")
    try:
        choice = choose_browser(browser_type.name, named, Path(browser_type.executable_path), headed=headed)
    except NoBrowserError as error:
        _stop(str(error), pytestconfig)
    arguments = {"args": list(QUIET)} if browser_type.name == "chromium" else {}
    return browser_type_launch_args | arguments | ({"executable_path": str(choice.path)} if choice.path else {})


@pytest.fixture(scope="session")
def launch_browser(
    launch_browser: Callable[..., Browser], browser_type: BrowserType, pytestconfig: pytest.Config
) -> Callable[..., Browser]:
    """Start a browser, or reach the one that runs elsewhere."""
    endpoint = pytestconfig.getoption("--browser-endpoint")
    if endpoint is None:
        return launch_browser

    def reach(**_: Any) -> Browser:
        from steps.browser.remote import reach_browser

        try:
            return reach_browser(browser_type, endpoint)
        except NoBrowserError as error:
            _stop(str(error), pytestconfig)

    return reach


@pytest.fixture(scope="session")
def device(device: str | None, playwright: Playwright, pytestconfig: pytest.Config) -> str | None:
    """Name the device that is played, if Playwright knows it."""
    if device is not None and device not in playwright.devices:
        near = get_close_matches(device, playwright.devices, n=3, cutoff=0.3)
        _stop(f'Playwright knows no device "{device}"; the nearest are {", ".join(near)}.', pytestconfig)
    return device


def _stop(sentence: str, config: pytest.Config) -> NoReturn:
    """End the run with a sentence; a worker cannot, so there each scenario ends with it."""
    if hasattr(config, "workerinput"):
        raise TargetUnavailableError(sentence)
    pytest.exit(sentence, returncode=pytest.ExitCode.USAGE_ERROR)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], run: Run) -> dict[str, Any]:
    """How each context looks to a site: its language and time zone are pinned, for they change what pages show."""
    return context_options(run.profile) | browser_context_args


@pytest.fixture(scope="session")
def sign_in(run: Run, request: pytest.FixtureRequest) -> Callable[[Account], StorageState]:
    """Get an account in, by the sign-in page or its saved session, in a context of its own that no trace records."""

    def state_of(account: Account) -> StorageState:
        browser: Browser = request.getfixturevalue("browser")
        arguments = request.getfixturevalue("browser_context_args")
        context = context_with(partial(browser.new_context, **arguments), account.storage_state)
        try:
            return signed_in_state(Member(run.target(state_of), account, run.guard, context))
        finally:
            context.close()

    return state_of


@pytest.fixture(scope="session")
def served(browser: Browser) -> None:
    """The fake, if the run has one: it starts while the browser does, and ends with the run, after every scenario."""
    del browser


@pytest.fixture
def target(run: Run, sign_in: Callable[[Account], StorageState], request: pytest.FixtureRequest) -> Target:
    """The target, if it can be asked what the scenario needs."""
    run.people.of_scenario(re.sub(r"^.*/", "", request.node.nodeid))
    request.getfixturevalue("served")
    target = run.target(sign_in)
    for marker in request.node.iter_markers("needs"):
        if (name := marker.args[0]) not in target.capabilities:
            raise NotVerifiedError(_WANTED.get(name, f"This target cannot be asked: it has no {name}."))
    return target


@pytest.fixture
def start() -> WorkspaceSetup | None:
    """How the scenario's workspace begins: as the target likes, unless a first step says otherwise."""
    return None


@pytest.fixture
def account(target: Target, run: Run, start: WorkspaceSetup | None) -> Iterator[Account]:
    """An account that no other scenario uses at the same time."""
    with target.account(start) as account:
        run.secrets.add_account(account)
        yield account


@pytest.fixture
def member(
    run: Run,
    target: Target,
    account: Account,
    new_context: Callable[..., BrowserContext],
    request: pytest.FixtureRequest,
) -> Iterator[Member]:
    """A member who is signed in already, with the account of this scenario."""
    state = target.signed_in(account)
    run.secrets.add_state(state)
    member = Member(target, account, run.guard, context_with(new_context, state))
    request.node.stash[MEMBER] = member
    yield member
    member.forget()
    del request.node.stash[MEMBER]  # or it would be held, with all that its pages did, until the end of the run
    unexpected = target.unexpected_requests(account)
    assert not unexpected, f"The target had no answer for: {'; '.join(unexpected)}"


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str, float], None]:
    """Keep a measured time, in seconds, for the report."""
    return lambda name, seconds: record_property(f"measured {name}", f"{seconds:.3f}")
