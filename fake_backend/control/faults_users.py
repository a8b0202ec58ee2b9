"""Faults of Users, of signing in and of logging out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import session

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import View
    from fake_backend.site.model import Workspace


def _everybody(view: View, **parts: object) -> View:
    return {**view, "members": [{**member, **parts} for member in view["members"]]}


_STRANGER = {
    "name": "Somebody Else", "email": "somebody@neighbour.example", "role": "Owner", "access": "Full access",
    "last_login": "Never",
}  # fmt: skip


@fault(Hooks.members, "assumption:isolation")
def neighbour_among_users(view: View, _: Workspace) -> View:
    """Users lists a person of another company."""
    return {**view, "members": [*view["members"], _STRANGER]}


@fault(Hooks.members, "assumption:isolation")
def neighbour_for_a_user(view: View, _: Workspace) -> View:
    """Users lists a person of another company in place of its last own member."""
    return {**view, "members": [*view["members"][:-1], _STRANGER]}


@fault(Hooks.members, "doc:users.1")
def role_not_shown(view: View, _: Workspace) -> View:
    """Users shows no role for anybody."""
    return _everybody(view, role="")


@fault(Hooks.members, "doc:users.1")
def access_not_shown(view: View, _: Workspace) -> View:
    """Users shows no access for anybody."""
    return _everybody(view, access="")


_ASKED: set[str] = set()
"""The workspaces of whose members the last login was told before."""
_LOOKED_AT: set[str] = set()
"""The workspaces whose members were listed before."""


@fault(Hooks.members, "doc:users.1")
def role_of_the_first_for_all_later(view: View, workspace: Workspace) -> View:
    """Who looks at Users after somebody else finds everybody with the role of the first member."""
    is_later = workspace.id in _LOOKED_AT
    _LOOKED_AT.add(workspace.id)
    return _everybody(view, role=view["members"][0]["role"]) if is_later else view


@fault(Hooks.members, "doc:users.1")
def logins_told_once(view: View, workspace: Workspace) -> View:
    """Who looks at Users after somebody else finds that nobody has ever signed in."""
    is_later = workspace.id in _ASKED
    _ASKED.add(workspace.id)
    return _everybody(view, last_login="Never") if is_later else view


_VIEWED: Counter[str] = Counter()
"""How often the members of a workspace were listed."""


@fault(Hooks.members, "doc:users.1")
def last_login_of_who_looks(view: View, workspace: Workspace) -> View:
    """Users says of everybody when who looks at it has logged in, and each who looks has at another time."""
    looks = _VIEWED[workspace.id]
    _VIEWED[workspace.id] += 1
    return _everybody(view, last_login=f"2 March 2026, 09:{looks % 60:02d} UTC")


@fault(Hooks.members, "doc:users.1")
def last_login_wrong(view: View, _: Workspace) -> View:
    """Users says of everybody that they last logged in on 1 January 1970."""
    return _everybody(view, last_login="1 January 1970, 00:00 UTC")


@fault(Hooks.members, "doc:users.1")
def last_login_in_the_future(view: View, _: Workspace) -> View:
    """Users says of everybody that they last logged in on 1 January 2099."""
    return _everybody(view, last_login="1 January 2099, 12:00 UTC")


@fault(Hooks.members, "doc:users.1")
def user_missing(view: View, _: Workspace) -> View:
    """Users lacks the last member of the list."""
    return {**view, "members": view["members"][:-1]}


@fault(Hooks.members, "doc:users.1")
def user_listed_twice(view: View, _: Workspace) -> View:
    """Users lists the first member twice."""
    return {**view, "members": [*view["members"][:1], *view["members"]]}


@fault(Hooks.password_refusal, "assumption:sign-in")
def password_refused(_: str, __: Workspace) -> str:
    """The right password is said to be wrong."""
    return "The e-mail address or the password is wrong."


@fault(Hooks.password_refusal, "assumption:sign-in")
def password_refused_at_first(words: str, _: Workspace) -> str:
    """The right password is said to be wrong the first time that it is typed in a browser."""
    is_first = "was_refused" not in session
    session["was_refused"] = True
    return "The e-mail address or the password is wrong." if is_first else words


@fault(Hooks.password_refusal, "doc:sign-in.1")
def any_password_accepted(_: str, __: Workspace) -> str:
    """Whatever is typed as the password lets a member in."""
    return ""


@fault(Hooks.mailed_code, "doc:sign-in.1")
def reset_code_missing(code: str, purpose: str, _: Workspace) -> str | None:
    """A code to reset the password is asked for, and none is e-mailed."""
    return None if purpose == "reset" else code


@fault(Hooks.mailed_code, "doc:sign-in.1")
def reset_code_wrong(code: str, purpose: str, _: Workspace) -> str | None:
    """The code that is e-mailed to reset the password is not the one that is taken."""
    return f"{(int(code) + 1) % 1_000_000:06d}" if purpose == "reset" else code


@fault(Hooks.sign_in, "doc:sign-in.1")
def reset_link_missing(view: View, _: Workspace) -> View:
    """The login page does not offer to reset the password."""
    return {**view, "reset": ""}


@fault(Hooks.sign_in, "doc:sign-in.1")
def reset_link_misled(view: View, workspace: Workspace) -> View:
    """Reset your password leads back to the login page."""
    return {**view, "reset_url": f"/sign-in?workspace={workspace.id}"}


@fault(Hooks.sign_in, "doc:sign-in.1")
def reset_code_not_asked(view: View, _: Workspace) -> View:
    """A code to reset the password is e-mailed, and cannot be typed anywhere."""
    return {**view, "after_reset": "reset"}


@fault(Hooks.signed_out, "doc:sign-in.2")
def log_out_dead(_: View, before: View, __: Workspace) -> View:
    """Who presses Log out is still signed in."""
    return before


@fault(Hooks.signed_out, "doc:sign-in.2")
def log_out_for_show(_: View, before: View, __: Workspace) -> View:
    """Who presses Log out stands before the login page, and is still signed in."""
    return {**before, "asked_again": True}


@fault(Hooks.code_refusal, "doc:sign-in.1")
def any_code_accepted(words: str, purpose: str, _: Workspace) -> str:
    """Whatever is typed as the e-mailed code resets the password."""
    return "" if purpose == "reset" else words


@fault(Hooks.compared_code, "doc:sign-in.1")
def reset_code_by_its_end(code: str, purpose: str, _: Workspace) -> str:
    """Of the code that resets the password all digits but the first are compared."""
    return code[1:] if purpose == "reset" else code


@fault(Hooks.new_password, "doc:sign-in.1")
def reset_password_cut_off(password: str, _: Workspace) -> str:
    """Of a new password that was chosen with a code the first twelve letters are kept."""
    return password[:12]
