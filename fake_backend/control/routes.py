"""The control API's routes: one table for Flask and for the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fake_backend.control import models
from fake_backend.control.backend import show_seeded
from fake_backend.processor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from fake_backend.control.backend import Backend


@dataclass(frozen=True)
class Call:
    """A request that passed its checks: the workspace of its path, its body, its query."""

    backend: Backend
    workspace_id: str
    body: Any
    query: dict[str, Any]


@dataclass(frozen=True)
class Route:
    """One operation. Its path is as Flask writes it; `work` gives the answer as JSON."""

    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    work: Callable[[Call], dict[str, Any]]
    takes: type[BaseModel] | None = None
    status: int = 200
    query: tuple[str, ...] = ()


def _health(call: Call) -> dict[str, Any]:
    site_url, processor_url = call.backend.site.config.site_url, call.backend.processor.url
    return {"status": "ok", "site_url": site_url, "processor_url": processor_url}


def _request_log(call: Call) -> dict[str, Any]:
    return {"entries": call.backend.request_log.entries(**call.query)}


_WORKSPACE = "/workspaces/<workspace_id>"

ROUTES = (
    Route("GET", "/health", "Whether the fake answers", models.Health, _health),
    Route(
        "GET", "/journal", "What was asked of the fake", models.LoggedRequests, _request_log,
        query=("workspace", "unexpected"),
    ),
    Route(
        "POST", "/workspaces", "Make a workspace", models.Workspace,
        lambda call: show_seeded(*call.backend.seed(call.body)), models.NewWorkspace, 201,
    ),
    Route(
        "GET", _WORKSPACE, "All that is known of a workspace", models.State,
        lambda call: call.backend.state(call.workspace_id),
    ),
    Route(
        "POST", _WORKSPACE + "/clock", "Move a workspace's clock on, and with it what was to come", models.Now,
        lambda call: call.backend.advance(call.workspace_id, call.body), models.Advance,
    ),
    Route(
        "GET", _WORKSPACE + "/ledger", "What was added and used, and what is still to come", models.Ledger,
        lambda call: call.backend.ledger(call.workspace_id),
    ),
    Route(
        "POST", _WORKSPACE + "/webhooks/drain", "Deliver now what webhooks are on their way", models.Drained,
        lambda call: call.backend.drain(call.workspace_id),
    ),
    Route(
        "PUT", _WORKSPACE + "/faults", "Set the faults", models.Chosen,
        lambda call: call.backend.set_faults(call.workspace_id, call.body.faults), models.Faults,
    ),
    Route(
        "PUT", _WORKSPACE + "/processor", "Change how payment page and webhooks behave", models.Chosen,
        lambda call: call.backend.set_processor(call.workspace_id, call.body.model_dump(exclude_unset=True)), Settings,
    ),
    Route(
        "POST", _WORKSPACE + "/sign-in", "Sign a member in", models.StorageState,
        lambda call: call.backend.sign_in(call.workspace_id, call.body.member_id), models.SignIn,
    ),
)  # fmt: skip
