"""A step without a definition is the suite's mistake: the nearest definitions are named, and no promise is blamed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import steps.billing
import steps.checkout  # noqa: F401 - their definitions are known then
from steps.reporting.failure_message import failure_of
from steps.runner.undefined_steps import pytest_bdd_step_func_lookup_error
from steps.verdicts.verdict import UndefinedStepError


def looked_up(type_: str, keyword: str, name: str) -> pytest.ExceptionInfo[UndefinedStepError]:
    with pytest.raises(UndefinedStepError) as raised:
        pytest_bdd_step_func_lookup_error(SimpleNamespace(type=type_, keyword=keyword, name=name))  # type: ignore[arg-type]
    return raised


@pytest.mark.parametrize(
    ("type_", "name", "near"),
    [
        ("then", "Billing is opened", "Billing is open"),
        ("when", "the member buys some credits", "the member buys <amount> credits"),
        ("given", "a signed in member", "a signed-in member"),
    ],
)
def test_the_nearest_definitions_of_its_kind_are_named(type_: str, name: str, near: str) -> None:
    words = str(looked_up(type_, type_.capitalize(), name).value)
    assert words.startswith(f'No step definition matches "{type_.capitalize()} {name}". The nearest: ')
    assert near in words


def test_nothing_is_named_where_nothing_is_near() -> None:
    words = str(looked_up("then", "Then", "qqq 123").value)
    assert words == 'No step definition matches "Then qqq 123".'


def test_it_is_no_broken_promise_and_has_no_traceback(pytestconfig: pytest.Config) -> None:
    failure = failure_of(looked_up("then", "Then", "Billing is opened"), pytestconfig)
    assert (failure.kind, failure.promise, failure.traceback) == ("undefined step", "", None)
