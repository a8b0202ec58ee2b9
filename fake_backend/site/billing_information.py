"""Billing information: what a company wants on its receipts. Nothing public says what the real form checks."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from fake_backend.site.model import Workspace
    from fake_backend.site.repository import Core

# Control and formatting characters, halves of characters, line and paragraph separators.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FIELDS = {"company_name": 120, "tax_id": 30, "po_number": 40, "email": 200}
_NEEDED = {
    "company_name": "Enter the company name.",
    "email": "Enter the e-mail address that receipts go to.",
}
_SHAPES = {
    "tax_id": (
        re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]*"),
        "Use letters, digits, spaces, dots, slashes and hyphens only.",
    ),
    "email": (
        re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"),
        "Enter an e-mail address such as accounts@example.com.",
    ),
}


def save(core: Core, workspace: Workspace, given: dict[str, Any]) -> dict[str, str] | None:
    """Keep the information; raises `RefusedError` whose `fields` say what is wrong with which field."""
    fields = {name: str(given.get(name) or "").strip() for name in FIELDS}
    hooks = core.hooks(workspace)
    wrong = {name: problem for name, value in fields.items() if (problem := _problem(name, value))}
    if wrong and (told := hooks.complaints(wrong, workspace)):
        _keep(core, workspace, hooks.kept_of_refused({}, dict(fields), workspace))
        raise RefusedError("Some details need your attention.", 422, **told)
    _keep(core, workspace, hooks.information(dict(fields), workspace))
    for other in hooks.informed([], lambda: core.others(workspace)):
        _keep(core, core.workspace(other), fields)
    return fields


def _keep(core: Core, workspace: Workspace, fields: dict[str, Any] | None) -> None:
    if fields:
        with core.db.transaction() as tx:
            tx.execute("UPDATE workspaces SET information = ? WHERE id = ?", [json.dumps(fields), workspace.id])


def _problem(name: str, value: str) -> str:
    """Return what is wrong with a field; an empty text for one that is right."""
    if len(value) > FIELDS[name]:
        return f"Use at most {FIELDS[name]} characters."
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in value):
        return "This holds characters that cannot be printed."
    if not value:
        return _NEEDED.get(name, "")
    pattern, words = _SHAPES.get(name, (None, ""))
    return words if pattern and not pattern.fullmatch(value) else ""
