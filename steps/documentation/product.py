"""Other pages of the documentation that buying credits touches: signing in, users, and what uses credits."""

from __future__ import annotations

from steps.documentation.model import Page, Promise

_HOME = "https://docs.diaflow.io"
"""Where the pages lie whose own address is not known."""

SIGN_IN = Page(
    name="sign-in",
    title="Login",
    address=_HOME,
    promises=(
        Promise(
            "sign-in.1",
            "The login page asks for a password, and below it offers to reset it by an e-mailed code",
            labels=("Reset your password",),
        ),
        Promise("sign-in.2", "Log out is in the profile menu", labels=("Log out",)),
    ),
)

USERS = Page(
    name="users",
    title="Users",
    address=_HOME,
    promises=(Promise("users.1", "Users lists the members with their role, access and last login", labels=("Users",)),),
)

CREDIT_USE = Page(
    name="credit-use",
    title="Component list and view credits",
    address="https://docs.diaflow.io/flows/component-list-and-view-credits",
    promises=(Promise("credit-use.1", "What a run uses is rounded to whole credits, and is at least one"),),
)
