"""Where this machine keeps what outlives a run: saved sessions, and the locks of accounts in use."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

STATE_VARIABLE = "ACCEPTANCE_STATE_DIR"
_OWNER_ONLY = 0o700
_OWNER_READS = 0o600


def state_directory(*below: str) -> Path:
    """Return a directory of this user's, creating missing parts so that nobody else can read them.

    It is the system's usual place for application state, or the directory in ACCEPTANCE_STATE_DIR.
    """
    named = os.environ.get(STATE_VARIABLE)
    base = Path(named).expanduser() if named else user_state_path("diaflow-acceptance", appauthor=False)
    directory = base.joinpath(*below)
    for place in reversed([directory, *directory.parents]):  # a mode given to mkdir is for the last one only
        if not place.exists():
            place.mkdir(exist_ok=True, mode=_OWNER_ONLY)
    return directory


def write_privately(file: Path, content: Any) -> None:
    """Write JSON atomically to a file that only this user can read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # made with mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream)
        Path(part).chmod(_OWNER_READS)
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def is_open_to_others(file: Path) -> bool:
    """Whether other users may read a file, on systems that have such permissions."""
    return os.name == "posix" and bool(file.stat().st_mode & 0o077)
