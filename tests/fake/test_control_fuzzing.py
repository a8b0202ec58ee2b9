"""The control API against its own description: made-up requests, right and wrong, by schemathesis."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

if TYPE_CHECKING:
    from tests.fake.conftest import Control


_THOROUGH = settings(
    max_examples=30 if os.environ.get("ACCEPTANCE_NIGHTLY") else 10,  # requests of each operation
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture(scope="module")
def description(control: Control) -> Any:
    return schemathesis.openapi.from_url(f"{control.fake.control_url}/openapi.json")


@pytest.mark.nightly
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_no_request_breaks_it(description: Any, control: Control, mode: schemathesis.GenerationMode) -> None:
    """Every answer has a status and a shape that the description tells, and none is 500 or above."""
    workspace = control.seed()["id"]
    checked = 0
    for operation in (found.ok() for found in description.get_all_operations()):
        try:
            cases = operation.as_strategy(generation_mode=mode)
        except schemathesis.errors.InvalidSchema:  # nothing can be wrong with a request without parameters
            continue

        @given(case=cases)
        @_THOROUGH
        def check(case: schemathesis.Case[Any]) -> None:
            nonlocal checked
            if "workspace_id" in case.path_parameters and checked % 2:  # else only unknown workspaces would be met
                case.path_parameters["workspace_id"] = workspace
            # A parameter without a value is not sent, and what is not sent cannot be refused.
            assume(all(value not in ([], {}, None) for value in (case.query or {}).values()))
            checked += 1
            # What a plan or a fault is called, or that a clock has an end, is no matter of the shape of a request.
            case.call_and_validate(
                headers={"Authorization": f"Bearer {control.fake.control_token}"},
                excluded_checks=[positive_data_acceptance],
            )

        check()
    assert checked >= 100
