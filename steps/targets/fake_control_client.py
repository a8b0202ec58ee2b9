"""A typed client of the fake's control API, which only tests may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import urllib3


class ControlError(Exception):
    """The control API refused a request or did not answer; the message names the request and the response."""


@dataclass(frozen=True)
class Seed:
    """The initial state of a new workspace, in whole credits; None leaves a value to the fake."""

    name: str
    member_name: str
    member_email: str
    member_password: str
    plan: str | None = None
    monthly_credits: int | None = None
    used_credits: int | None = None
    add_on_credits: int | None = None
    invoices: int | None = None
    billing_information: dict[str, str] | None = None
    colleagues: tuple[str, ...] = ()
    """Names of the other members."""
    variant: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def as_request(self) -> dict[str, Any]:
        """Return the request body: the fields that were set, with the member as the first of the workspace."""
        person = {"name": self.member_name, "email": self.member_email, "password": self.member_password}
        given = {
            "plan": self.plan,
            "monthly_credits": self.monthly_credits,
            "used_credits": self.used_credits,
            "add_on_credits": self.add_on_credits,
            "invoices": self.invoices,
            "billing_information": self.billing_information,
            "variant": self.variant or None,
            "faults": self.faults or None,
        }
        members = [person, *({"name": name, "role": "Member"} for name in self.colleagues)]
        return {"name": self.name, "members": members} | {key: v for key, v in given.items() if v is not None}


class Control:
    """The control API at a URL, with the token that the fake generated when it started."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._http = urllib3.PoolManager(
            headers={"Authorization": f"Bearer {token}"}, retries=False, timeout=urllib3.Timeout(30)
        )

    def silence(self) -> str | None:
        """Return a sentence about why the fake does not answer, or None if it does."""
        try:
            self._call("GET", "/health")
        except ControlError as error:
            return str(error)
        return None

    def seed(self, seed: Seed) -> dict[str, Any]:
        """Create a workspace and return its id, members, storage state and variant."""
        return self._call("POST", "/workspaces", seed.as_request())

    def workspace(self, workspace: str) -> dict[str, Any]:
        """Return all that is stored about a workspace: credits, ledger, purchases, mail, invoices."""
        return self._call("GET", f"/workspaces/{workspace}")

    def sign_in(self, workspace: str) -> dict[str, Any]:
        """Sign the workspace's member in again and return a Playwright storage state."""
        return self._call("POST", f"/workspaces/{workspace}/sign-in", {})

    def move_clock(self, workspace: str, to: str) -> None:
        """Move the workspace's clock forward to "mid-month", "month-end" or "next-month"."""
        self._call("POST", f"/workspaces/{workspace}/clock", {"to": to})

    def unexpected(self, workspace: str | None = None) -> list[dict[str, Any]]:
        """Return the requests that no route answered or that failed, of one workspace or of all."""
        query = f"&workspace={workspace}" if workspace else ""
        entries: list[dict[str, Any]] = self._call("GET", f"/journal?unexpected=true{query}")["entries"]
        return entries

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            answer = self._http.request(method, self._url + path, json=body)
        except urllib3.exceptions.HTTPError as error:
            raise ControlError(f"The fake does not answer at {self._url} ({type(error).__name__}).") from None
        if answer.status >= 400:
            raise ControlError(f"The fake refused {method} {path} ({answer.status}): {_said(answer)}")
        result: dict[str, Any] = answer.json()
        return result


def _said(answer: urllib3.BaseHTTPResponse) -> str:
    """Return the control API's own error message, or the beginning of the response if it has none."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, LookupError, TypeError):
        return repr(answer.data[:300])
