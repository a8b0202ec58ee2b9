"""A plugin that carries scenarios out on one fake with one fault after the other, as chosen by `selecting`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from fake_backend.control.faults import CATALOGUE
from steps.reporting.test_plan import SCENARIO, promise_of
from steps.runner.run_context import MEMBER
from tests.suite.support.variants import pairwise
from tests.tools.faults.selecting import NO_FAULT, SCOPES, Case, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.runner.run_context import Run
    from steps.targets.target import Account

_ID = re.compile(r"fault: ([\w -]+);")
_FAULTS, _SCOPE, _VARIED = "--faults", "--faults-scope", "--faults-varied"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose."""
    parser.addoption(_FAULTS, default="", metavar="NAME,NAME", help="Only these faults of the catalogue.")
    parser.addoption(_SCOPE, default="known", choices=SCOPES, help="How much is run with each fault.")
    parser.addoption(_VARIED, type=int, metavar="N", help="Let each fault meet the next variant, from the Nth on.")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Take no pictures of what is meant to fail."""
    config.option.screenshot = "off"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask for each scenario with each fault, and with none."""
    if "fault" in metafunc.fixturenames:
        names = _chosen(metafunc.config)
        metafunc.parametrize("fault", names, ids=[f"fault: {name};" for name in names], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has nothing to do with a fault."""
    cases = {item: Case(promise_of(item).tag, item.stash[SCENARIO]) for item in items if SCENARIO in item.stash}
    selection = Selection(cases.values(), config.getoption(_SCOPE), _named(config))
    wanted = [item for item, case in cases.items() if selection.wants(fault_in(item.nodeid), case)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
    items[:] = wanted


@pytest.fixture(autouse=True)
def fault(request: pytest.FixtureRequest, run: Run, sign_in: Callable[[Account], StorageState]) -> str:
    """Let the scenario's workspaces have this fault: the one fake has workspaces with each of them."""
    name = str(request.param)
    target = run.target(sign_in)
    target.faults = [] if name == NO_FAULT else [name]  # type: ignore[attr-defined] # it is the fake
    first = request.config.getoption(_VARIED)
    if first is not None:
        variants = pairwise()
        number = (first + [NO_FAULT, *CATALOGUE].index(name)) % len(variants)
        target.profile = msgspec.structs.replace(target.profile, variant=variants[number])
    return name


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Look late only at scenarios of what the fault breaks: at the others it was looked at their end."""
    fault, member = CATALOGUE.get(fault_in(request.node.nodeid)), request.node.stash.get(MEMBER, None)
    if fault is not None and member is not None and promise_of(request.node).tag not in {fault.breaks, *fault.also}:
        member.forget()
        member.purchases.clear()
        member.last_seen = None


def fault_in(scenario_id: str) -> str:
    """Return the fault that a scenario was run with."""
    found = _ID.search(scenario_id)
    assert found is not None, scenario_id
    return found[1]


def _chosen(config: pytest.Config) -> list[str]:
    return [NO_FAULT, *(_named(config) or CATALOGUE)]


def _named(config: pytest.Config) -> list[str]:
    return [name for name in config.getoption(_FAULTS).split(",") if name]
