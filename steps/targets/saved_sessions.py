"""Saved sessions: a person signs in once, and runs use the session until the site ends it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from steps.targets.state_directory import is_open_to_others, state_directory, write_privately
from steps.verdicts.verdict import TargetUnavailableError

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

    from steps.targets.profile import Profile


def session_file(target: str, session: str) -> Path:
    """Return the file of a session, which a profile names or gives the path of."""
    if "/" in session or "\\" in session or session.endswith(".json"):
        return Path(session).expanduser()
    return state_directory("sessions", target) / f"{session}.json"


def load_session(file: Path, profile: Profile, again: str) -> StorageState:
    """Read a saved session. Raises TargetUnavailableError if it cannot be used; `again` says how to save a new one."""
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
        usable = isinstance(state["cookies"], list) and isinstance(state.get("origins", []), list)
    except FileNotFoundError:
        raise TargetUnavailableError(f"There is no saved session {file}; {again}.") from None
    except OSError as error:
        raise TargetUnavailableError(f"The saved session {file} cannot be read ({error.strerror}); {again}.") from None
    except (ValueError, KeyError, TypeError):
        usable = False
    if not usable:
        raise TargetUnavailableError(f"{file} does not contain a saved session; {again}.")
    if is_open_to_others(file):
        raise TargetUnavailableError(f"Other users can read the saved session {file}; run `chmod 600 {file}`.")
    ended = ended_at(state, profile)
    if ended is not None:
        raise TargetUnavailableError(f"The saved session {file} expired on {ended:%Y-%m-%d at %H:%M} UTC; {again}.")
    return cast("StorageState", state)


def ended_at(state: Any, profile: Profile) -> datetime | None:
    """Return when the site's last persistent cookie expired, if all have expired and nothing else is stored.

    A cookie without an expiry lasts as long as the browser; only the site can tell whether it still accepts it.
    """
    if state.get("origins"):
        return None
    hosts = [host.partition(":")[0].removeprefix("*.") for host in profile.own_hosts]
    times = [float(cookie.get("expires", -1)) for cookie in state["cookies"] if _belongs(cookie, hosts)]
    if not times or any(one < 0 or one > time.time() for one in times):
        return None
    return datetime.fromtimestamp(max(times), UTC)


def _belongs(cookie: dict[str, Any], hosts: list[str]) -> bool:
    domain = str(cookie.get("domain", "")).lstrip(".")
    return any(host == domain or host.endswith(f".{domain}") or domain.endswith(f".{host}") for host in hosts)


class SharedStates:
    """The storage states of accounts signed in during this run, shared by its workers until the run ends."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, account: str) -> StorageState | None:
        """Return the state of an account, if a worker has signed it in."""
        with contextlib.suppress(OSError, ValueError):
            return cast("StorageState", json.loads(self._file(account).read_text(encoding="utf-8")))
        return None

    def put(self, account: str, state: StorageState) -> None:
        """Store the state of an account for the other workers."""
        write_privately(self._file(account), state)

    def forget(self, account: str) -> None:
        """Discard the state of an account, so that the next scenario that needs it signs in again."""
        self._file(account).unlink(missing_ok=True)

    def _file(self, account: str) -> Path:
        return self._directory / f"{hashlib.sha256(account.encode()).hexdigest()[:24]}.json"
