"""A typed client of the fake's control API, which only tests may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import urllib3

if TYPE_CHECKING:
    from steps.targets.target import WorkspaceSetup
    from steps.targets.test_identities import Person


class ControlError(Exception):
    """The control API refused a request or did not answer; the message names the request and the response."""


class FakeControlClient:
    """The control API at a URL, with the token that the fake generated when it started."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._http = urllib3.PoolManager(
            headers={"Authorization": f"Bearer {token}"}, retries=False, timeout=urllib3.Timeout(30)
        )

    def unreachable_reason(self) -> str | None:
        """Return a sentence about why the fake does not answer, or None if it does."""
        try:
            self._call("GET", "/health")
        except ControlError as error:
            return str(error)
        return None

    def create_workspace(
        self, members: list[Person], setup: WorkspaceSetup, variant: dict[str, str], faults: list[str]
    ) -> dict[str, Any]:
        """Create a workspace and return its id, members, storage state and variant.

        The first of `members` can sign in; of the others only the names are used.
        """
        first, *others = members
        member = {"name": first.name, "email": first.email, "password": first.password}
        request = {
            "name": first.company,
            "members": [member, *({"name": other.name, "role": "Member"} for other in others)],
            "plan": setup.plan,
            "monthly_credits": setup.monthly_credits,
            "used_credits": setup.used_credits,
            "add_on_credits": setup.add_on_credits,
            "invoices": setup.payments,
            "billing_information": _as_stored(setup.information),
            "variant": variant or None,
            "faults": faults or None,
        }
        return self._call("POST", "/workspaces", {key: value for key, value in request.items() if value is not None})

    def workspace(self, workspace: str) -> dict[str, Any]:
        """Return all that is stored about a workspace: credits, ledger, purchases, mail, invoices."""
        return self._call("GET", f"/workspaces/{workspace}")

    def sign_in(self, workspace: str, member: str | None = None) -> dict[str, Any]:
        """Sign a member of the workspace in, or the first one, and return a Playwright storage state."""
        return self._call("POST", f"/workspaces/{workspace}/sign-in", {"member_id": member} if member else {})

    def move_clock(self, workspace: str, to: str) -> float:
        """Move the workspace's clock forward to "mid-month", "month-end" or "next-month"; return its time (Unix s)."""
        return float(self._call("POST", f"/workspaces/{workspace}/clock", {"to": to})["now"])

    def advance_clock(self, workspace: str, seconds: float) -> float:
        """Move the clock forward by some seconds, and return its time; what was to come by then has come."""
        return float(self._call("POST", f"/workspaces/{workspace}/clock", {"advance_s": seconds})["now"])

    def drain_webhooks(self, workspace: str) -> None:
        """Deliver the workspace's webhooks that are on their way."""
        self._call("POST", f"/workspaces/{workspace}/webhooks/drain")

    def ledger(self, workspace: str) -> dict[str, Any]:
        """Return what the workspace was given and has used, and what is still to come."""
        return self._call("GET", f"/workspaces/{workspace}/ledger")

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
            raise ControlError(f"The fake refused {method} {path} ({answer.status}): {_error_message(answer)}")
        result: dict[str, Any] = answer.json()
        return result


def _error_message(answer: urllib3.BaseHTTPResponse) -> str:
    """Return the control API's own error message, or the beginning of the response if it has none."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, LookupError, TypeError):
        return repr(answer.data[:300])


def _as_stored(information: dict[str, str] | None) -> dict[str, str] | None:
    """Return billing information under the names that the fake stores it by."""
    return information and {"email" if name == "receipts_email" else name: text for name, text in information.items()}
