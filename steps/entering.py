"""Getting an account in: by the sign-in page, or by a saved session that the site still takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.screen import NotFoundError
from steps.pages.sign_in import SignInPage
from steps.pages.waiting import until
from steps.targets.verdict import TroubleError

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

    from steps.member import Member

_SETTLED = 3.0
"""Seconds in which a page that was signed in shows it; what the browser keeps may be written last."""


def signed_in_state(visitor: Member) -> StorageState:
    """Give the state of the visitor's browser once the site has let it in. Raises TroubleError when it does not."""
    if visitor.account.storage_state is not None:
        visitor.shell.start()
        if asks_to_sign_in(visitor):
            raise TroubleError(visitor.target.session_ended(visitor.account))
    else:
        try:
            visitor.sign_in()
        except NotFoundError as error:
            raise TroubleError(f"{visitor.account.name} could not be signed in. {error}") from None
        until(visitor.shell.is_signed_in, _SETTLED)
    return visitor.context.storage_state(indexed_db=True)


def asks_to_sign_in(member: Member) -> bool:
    """Tell whether the page that the member is on wants to know who they are, once it shows what it is."""
    page = SignInPage(member.page, member.target.profile)
    until(lambda: member.shell.is_signed_in() or page.is_shown(), member.target.profile.limits.page)
    return page.is_shown() and not member.shell.is_signed_in()
