"""Fixtures of scenarios: a target, an account, a signed-in member with a browser context."""

from __future__ import annotations

import contextlib
import re
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from steps.actors.authentication import signed_in_state
from steps.actors.billing_information import put_back
from steps.actors.member import Member
from steps.actors.preconditions import WorkspaceUsedError, earn
from steps.browser.discovery import QUIET, NoBrowserError, choose_browser, context_options
from steps.browser.session_storage import open_context
from steps.runner.run_context import MEMBER, RUN
from steps.targets.capabilities import lacking
from steps.verdicts.verdict import TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright, StorageState

    from steps.runner.run_context import Run
    from steps.targets.target import Account, Target, WorkspaceSetup


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """The run that this process takes part in."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """The arguments that start the browser: the path of the one found, and options that avoid background traffic."""
    if browser_type_launch_args.get("channel") or pytestconfig.getoption("--browser-endpoint"):
        return browser_type_launch_args
    headed = browser_type_launch_args.get("headless") is False
    named = pytestconfig.getoption("--browser-path")
    try:
        choice = choose_browser(browser_type.name, named, Path(browser_type.executable_path), headed=headed)
    except NoBrowserError as error:
        raise TargetUnavailableError(str(error)) from None
    # The browser is closed by its fixture, once it has been pictured what the run was broken off at.
    arguments: dict[str, Any] = {"handle_sigint": False, "handle_sigterm": False}
    arguments |= {"args": list(QUIET)} if browser_type.name == "chromium" else {}
    return browser_type_launch_args | arguments | ({"executable_path": str(choice.path)} if choice.path else {})


@pytest.fixture(scope="session")
def launch_browser(
    launch_browser: Callable[..., Browser], browser_type: BrowserType, pytestconfig: pytest.Config
) -> Callable[..., Browser]:
    """A function that starts a browser, or connects to the one at the endpoint."""
    endpoint = pytestconfig.getoption("--browser-endpoint")
    if endpoint is None:
        return launch_browser

    def reach(**_: Any) -> Browser:
        from steps.browser.remote import connect_browser

        try:
            return connect_browser(browser_type, endpoint)
        except NoBrowserError as error:
            raise TargetUnavailableError(str(error)) from None

    return reach


@pytest.fixture(scope="session")
def device(device: str | None, playwright: Playwright, pytestconfig: pytest.Config) -> str | None:
    """The name of the emulated device; an unknown one ends the run."""
    if device is not None and device not in playwright.devices:
        near = get_close_matches(device, playwright.devices, n=3, cutoff=0.3)
        _stop(f'Playwright has no device "{device}"; the most similar are {", ".join(near)}.', pytestconfig)
    return device


def _stop(sentence: str, config: pytest.Config) -> NoReturn:
    """End the run with a message. A worker cannot, so there it becomes the reason of each scenario."""
    if hasattr(config, "workerinput"):
        raise TargetUnavailableError(sentence)
    pytest.exit(sentence, returncode=pytest.ExitCode.USAGE_ERROR)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], run: Run) -> dict[str, Any]:
    """The options of browser contexts; language and time zone are fixed, because pages depend on them."""
    return context_options(run.profile) | browser_context_args


@pytest.fixture(scope="session")
def sign_in(run: Run, request: pytest.FixtureRequest) -> Callable[[Account], StorageState]:
    """A function that signs an account in, in a browser context of its own that no trace records."""

    def state_of(account: Account) -> StorageState:
        browser: Browser = request.getfixturevalue("browser")
        arguments = request.getfixturevalue("browser_context_args")
        context = open_context(partial(browser.new_context, **arguments), account.storage_state)
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
    """The target; the scenario is not verified if the target lacks a capability that it needs."""
    run.people.use_scenario(re.sub(r"^.*/", "", request.node.nodeid))
    request.getfixturevalue("served")
    target = run.target(sign_in)
    for marker in request.node.iter_markers("needs"):
        if marker.args[0] not in target.capabilities:
            raise lacking(marker.args[0])
    return target


@pytest.fixture
def start() -> WorkspaceSetup | None:
    """The initial state of the scenario's workspace: the target's default, unless a step overrides it."""
    return None


@pytest.fixture
def account(
    target: Target, run: Run, start: WorkspaceSetup | None, request: pytest.FixtureRequest
) -> Iterator[Account]:
    """An account that no other scenario uses at the same time."""
    needs = {marker.args[0] for marker in request.node.iter_markers("needs")}
    with target.account(start, with_another="two-workspaces" in needs) as account:
        run.secrets.add_account(account)
        yield account


@pytest.fixture
def member_of(
    run: Run, target: Target, new_context: Callable[..., BrowserContext]
) -> Callable[[Account, StorageState | None], Member]:
    """A function that opens a browser context for an account, signed in if a storage state is passed."""

    def open_member(account: Account, state: StorageState | None) -> Member:
        run.secrets.add_account(account)
        run.secrets.add_state(state)
        return Member(target, account, run.guard, open_context(new_context, state))

    return open_member


@pytest.fixture
def prepared(target: Target) -> Callable[[Member, WorkspaceSetup | None], None]:
    """A function that brings about what a scenario needs of a member's workspace, where that was not set up."""

    def prepare(member: Member, start: WorkspaceSetup | None) -> None:
        put_back(member)  # what a run that was killed has left
        if start is not None and not target.sets_up:
            earn(member, start.needs)

    return prepare


@pytest.fixture
def arriving(
    target: Target, member_of: Callable[[Account, StorageState | None], Member], request: pytest.FixtureRequest
) -> Callable[[Account], AbstractContextManager[Member]]:
    """A function that signs a member in; what is changed for a while is put back at the end."""

    @contextlib.contextmanager
    def arrive(account: Account) -> Iterator[Member]:
        member = member_of(account, target.signed_in(account))
        request.node.stash[MEMBER] = member
        try:
            yield member
        finally:
            try:
                put_back(member)
            finally:
                member.forget()
                if MEMBER in request.node.stash:  # or it would be held, with its pages, until the end of the run
                    del request.node.stash[MEMBER]
        unexpected = target.unexpected_requests(account)
        assert not unexpected, f"The target could not answer: {'; '.join(unexpected)}"

    return arrive


@pytest.fixture
def arrived(account: Account, arriving: Callable[[Account], AbstractContextManager[Member]]) -> Iterator[Member]:
    """The scenario's member, already signed in."""
    with arriving(account) as member:
        yield member


@pytest.fixture
def member(
    arrived: Member,
    start: WorkspaceSetup | None,
    prepared: Callable[[Member, WorkspaceSetup | None], None],
    arriving: Callable[[Account], AbstractContextManager[Member]],
) -> Iterator[Member]:
    """The scenario's member, in a workspace that is as the scenario needs it: another one where the first is not."""
    target = arrived.target
    with contextlib.ExitStack() as stack:

        def elsewhere() -> Member:
            return stack.enter_context(arriving(stack.enter_context(target.account(start))))

        yield where_it_fits(arrived, elsewhere, lambda member: prepared(member, start))


def where_it_fits(member: Member, elsewhere: Callable[[], Member], prepare: Callable[[Member], None]) -> Member:
    """Return the member, or one of another of the profile's workspaces where that one can be prepared.

    Raises WorkspaceUsedError where none can.
    """
    accounts = member.target.profile.accounts
    workspaces = max(1, len({one.workspace or f"{one.email} {one.session}" for one in accounts}))
    for others in range(workspaces - 1, -1, -1):
        try:
            prepare(member)
            break
        except WorkspaceUsedError:
            if not others:
                raise
            member = elsewhere()
    return member


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str, float], None]:
    """A function that records a measured time, in seconds, for the report."""
    return lambda name, seconds: record_property(f"measured {name}", f"{seconds:.3f}")


@pytest.fixture
def note_new_lines(record_property: Callable[[str, object], None]) -> Callable[[Iterable[str]], None]:
    """A function that records what a page says since a purchase, for a person to read in the report."""

    def note(lines: Iterable[str]) -> None:
        for one in lines:
            record_property("new line", one)

    return note
