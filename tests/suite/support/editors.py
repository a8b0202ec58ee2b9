"""A plugin that takes scenarios apart as editors do when they look for tests, and writes down what they show.

VS Code's plugin (`vscode_pytest` of its Python extension) cuts the file off the ids of parametrised tests at ".py", and
nests what it finds by path; PyCharm's runner makes names of ids and of `location`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    shown = [_in_vs_code(item) | {"pycharm": _in_pycharm(item)} for item in session.items]
    Path(os.environ["SHOWN_IN_EDITORS"]).write_text(json.dumps(shown), encoding="utf-8")


def _in_vs_code(item: pytest.Item) -> dict[str, Any]:
    parent, name = item.path, item.name
    if hasattr(item, "callspec"):
        name = "[" + item.name.split("[", 1)[1]
        within = item.nodeid.rsplit("::", 1)[0].rsplit(".py", 1)[1]  # IndexError where the file is no Python
        parent = Path(f"{item.path}{within}")
    line = item.location[1]
    run = "::".join([str(item.path), *item.nodeid.split("::")[1:]])
    return {"parent": str(parent), "name": name, "line": None if line is None else line + 1, "run": run}


def _in_pycharm(item: pytest.Item) -> str:
    file, _, title = item.location
    if not (isinstance(file, str) and isinstance(title, str)):
        raise TypeError(item.location)
    function, bracket, example = item.nodeid.partition("[")
    dotted = re.sub(r"\.pyc?::", "::", function).replace(".", "_").replace("/", ".").replace("::", ".")
    return dotted + (bracket and f"({example[:-1].replace('.', '_')})")
