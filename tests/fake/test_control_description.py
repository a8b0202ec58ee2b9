"""The description of the control API: valid, whole, and what the API itself holds to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_spec_validator import validate

from fake_backend.control import faults as catalogue

if TYPE_CHECKING:
    from tests.fake.conftest import Control


def test_the_description_is_valid_and_needs_no_token(control: Control) -> None:
    answer = control.http.request("GET", f"{control.fake.control_url}/openapi.json")
    document = answer.json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    for path in document["paths"]:
        assert not path.startswith("/__control__"), "the prefix is the server's"
    assert len(document["paths"]) == 10
    new = document["components"]["schemas"]["NewWorkspace"]["properties"]
    assert {name: new["used_credits"].get(name) for name in ("minimum", "maximum", "ge", "le")} == {
        "minimum": 0, "maximum": 10**12, "ge": None, "le": None,
    }  # fmt: skip
    [names] = [one for one in new["faults"]["anyOf"] if one["type"] == "array"]
    assert names["items"]["enum"] == sorted(catalogue.CATALOGUE)
    bodies = {
        operation["operationId"]: operation["requestBody"]["required"]
        for path in document["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    }
    assert [name for name, required in bodies.items() if required] == ["put_workspaces_one_faults"]
    assert all(operation["tags"] for path in document["paths"].values() for operation in path.values())


def test_a_body_that_is_required_is_missed_and_another_is_not(control: Control) -> None:
    workspace = control.seed()["id"]
    assert control.call("PUT", f"/workspaces/{workspace}/faults").status == 422
    assert control.call("PUT", f"/workspaces/{workspace}/processor").status == 200
    wrong = control.call("DELETE", f"/workspaces/{workspace}")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
