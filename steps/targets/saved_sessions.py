"""Saved sessions: signed in once by a person, used by runs until the site ends them."""

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
    """Give the file of a session: of one called by a name, or the path that a profile gives."""
    if "/" in session or "\\" in session or session.endswith(".json"):
        return Path(session).expanduser()
    return state_directory("sessions", target) / f"{session}.json"


def load_session(file: Path, profile: Profile, again: str) -> StorageState:
    """Read a saved session. Raises TargetUnavailableError when it is of no use; `again` says how to make it anew."""
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
        raise TargetUnavailableError(f"{file} holds no saved session; {again}.")
    if is_open_to_others(file):
        raise TargetUnavailableError(
            f"Others on this machine can read the saved session {file}; say `chmod 600 {file}`."
        )
    ended = ended_at(state, profile)
    if ended is not None:
        raise TargetUnavailableError(f"The saved session {file} expired on {ended:%Y-%m-%d at %H:%M} UTC; {again}.")
    return cast("StorageState", state)


def ended_at(state: Any, profile: Profile) -> datetime | None:
    """Give the time when the last of the site's lasting cookies expired, if all have and nothing else is kept.

    A cookie without a time lasts as long as the browser; whether the site still takes it shows only there.
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
    """The states of accounts that were signed in during this run, for all its workers; they end with the run."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, account: str) -> StorageState | None:
        """Give the state of an account, if one of the workers has signed it in."""
        with contextlib.suppress(OSError, ValueError):
            return cast("StorageState", json.loads(self._file(account).read_text(encoding="utf-8")))
        return None

    def put(self, account: str, state: StorageState) -> None:
        """Keep the state of an account for the other workers."""
        write_privately(self._file(account), state)

    def forget(self, account: str) -> None:
        """Let the account be signed in anew by whoever needs it next."""
        self._file(account).unlink(missing_ok=True)

    def _file(self, account: str) -> Path:
        return self._directory / f"{hashlib.sha256(account.encode()).hexdigest()[:24]}.json"
