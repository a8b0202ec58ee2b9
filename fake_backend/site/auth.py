"""Who is asking: sessions, sign-in by password or by an e-mailed code, and new passwords."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from flask import g, session

from fake_backend.site import passwords
from fake_backend.site.model import RefusedError
from fake_backend.site.repository import member_of

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.site.model import Member
    from fake_backend.site.repository import Core
    from fake_backend.site.service import Site

CODE_LIFE = 600.0  # seconds
CODE_TRIES = 5
SHORTEST_PASSWORD = 8
_WRONG_CODE = "That code is wrong or no longer valid."


def load(core: Core) -> Member | None:
    """Find out who is signed in, and remember them and their workspace in `flask.g`."""
    member = core.member(str(session.get("member", "")))
    if member is None or session.get("epoch") != member.epoch:
        return None
    g.member = member
    g.workspace_id = member.workspace_id
    g.workspace = core.workspace(member.workspace_id)
    g.signed_in_at = float(session.get("since", 0))
    return member


def session_of(member: Member) -> dict[str, object]:
    """Return what a session says of a member who signs in now."""
    return {"member": member.id, "epoch": member.epoch, "since": time.time()}


def sign_in(site: Site, member: Member) -> None:
    """Begin a session for somebody who has come in by the sign-in page."""
    core, workspace = site.core, site.core.workspace(member.workspace_id)
    grants = core.hooks(workspace).on_sign_in([], core.grant_context(workspace))
    site.fulfilment.give(grants, workspace)
    session.clear()
    session.update(session_of(member))
    now = core.now(workspace)
    with core.db.transaction() as tx:
        tx.execute("UPDATE members SET last_login = ? WHERE id = ?", [now, member.id])


def by_email(core: Core, email: str) -> sqlite3.Row | None:
    """Find a member by e-mail address."""
    return core.db.row("SELECT * FROM members WHERE email = ?", [email.strip()])


def check_password(core: Core, email: str, password: str) -> Member:
    """Return the member whose password this is; raises `RefusedError` without telling which of the two was wrong."""
    row = by_email(core, email)
    right = passwords.matches(row["password_hash"] if row else None, password)
    refusal = "" if right else "The e-mail address or the password is wrong."
    if row is not None:
        workspace = core.workspace(row["workspace_id"])
        refusal = core.hooks(workspace).password_refusal(refusal, workspace)
    if refusal or row is None:
        raise RefusedError(refusal, status=401)
    return member_of(row)


def send_code(core: Core, email: str, purpose: str) -> None:
    """E-mail a code of six digits, to a member only; the caller cannot tell whether there is one."""
    row = by_email(core, email)
    if row is None:
        return
    workspace = core.workspace(row["workspace_id"])
    code = f"{secrets.randbelow(1_000_000):06d}"
    hooks = core.hooks(workspace)
    mailed = hooks.mailed_code(code, purpose, workspace)
    if mailed is None:
        return
    subject = "Your sign-in code" if purpose == "sign-in" else "Reset your password"
    now = core.now(workspace)
    with core.db.transaction() as tx:
        tx.execute(
            "INSERT OR REPLACE INTO codes (member_id, purpose, code_hash, expires, tries) VALUES (?, ?, ?, ?, 0)",
            [row["id"], purpose, passwords.hashed(hooks.compared_code(code, purpose, workspace)), now + CODE_LIFE],
        )
        tx.execute(
            "INSERT INTO mail (workspace_id, at, recipient, subject, body) VALUES (?, ?, ?, ?, ?)",
            [row["workspace_id"], now, row["email"], subject, f"Your code is {mailed}. It is valid for 10 minutes."],
        )


def check_code(core: Core, email: str, code: str, purpose: str) -> Member:
    """Return the member whom the code was sent to; a code is good for one use and a few tries."""
    row = by_email(core, email)
    if row is None:
        passwords.matches(None, code)
        raise RefusedError(_WRONG_CODE, status=401)
    kept, workspace = _try(core, row, purpose), core.workspace(row["workspace_id"])
    hooks = core.hooks(workspace)
    typed = hooks.compared_code(code.strip(), purpose, workspace)
    right = passwords.matches(kept["code_hash"] if kept else None, typed)
    refusal = hooks.code_refusal("" if right else _WRONG_CODE, purpose, workspace)
    if refusal or not _use_up(core, row, purpose):
        raise RefusedError(refusal or _WRONG_CODE, status=401)
    return member_of(row)


def _try(core: Core, member: sqlite3.Row, purpose: str) -> sqlite3.Row | None:
    """Count a try before it is judged, so that many at once are not worth more; nothing when there is none left."""
    key = [member["id"], purpose]
    now = core.now(core.workspace(member["workspace_id"]))
    with core.db.transaction() as tx:
        counted = tx.execute(
            "UPDATE codes SET tries = tries + 1 WHERE member_id = ? AND purpose = ? AND tries < ? AND expires > ?",
            [*key, CODE_TRIES, now],
        )
        return tx.row("SELECT * FROM codes WHERE member_id = ? AND purpose = ?", key) if counted else None


def _use_up(core: Core, member: sqlite3.Row, purpose: str) -> bool:
    """Take a code out of use; of two who have it only one can."""
    with core.db.transaction() as tx:
        return bool(tx.execute("DELETE FROM codes WHERE member_id = ? AND purpose = ?", [member["id"], purpose]))


def check_length(password: str) -> None:
    """Refuse a password that is too short, before a code is used up for it."""
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError(f"Choose a password of at least {SHORTEST_PASSWORD} characters.", status=422)


def new_password(core: Core, member: Member, password: str) -> None:
    """Change a password; every session that was open ends."""
    workspace = core.workspace(member.workspace_id)
    kept = core.hooks(workspace).new_password(password, workspace)
    with core.db.transaction() as tx:
        tx.execute(
            "UPDATE members SET password_hash = ?, epoch = epoch + 1 WHERE id = ?",
            [passwords.hashed(kept), member.id],
        )
