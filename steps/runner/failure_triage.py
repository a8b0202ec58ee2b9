"""Finds out after a failed step whether the site or the session is the cause, instead of a broken promise.

A promise is blamed only if the site itself works. That is checked in a tab of its own, so that the scenario's tab stays
as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from steps.actors.member import Member
from steps.pages.base_page import ElementNotFoundError
from steps.pages.polling import tells_of_replaced_page
from steps.pages.sign_in_required import requires_sign_in
from steps.runner.run_context import MEMBER
from steps.verdicts.expectations import SignedOutError
from steps.verdicts.verdict import HttpServerError, NotVerifiedError, TargetUnavailableError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN_FAULT = 500
"""The status of a single broken page. Source: RFC 9110, section 15.6.1."""
_LOADING = "limit => document.readyState === 'loading' && performance.now() > limit"


@pytest.hookimpl(trylast=True)
def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: Exception) -> None:
    """Replace the error of a failed step if the site failed instead of the promise, or the other way round."""
    if MEMBER not in request.node.stash:
        return
    request.node.stash[MEMBER].doubts.clear()  # what failed says more than what could not be read
    alone = isinstance(exception, HttpServerError) and exception.status == _OWN_FAULT
    if isinstance(exception, (UnverifiedError, SignedOutError)) and not alone:
        return
    words = find_trouble(request.node.stash[MEMBER])
    if words:
        raise TargetUnavailableError(words) from exception
    if tells_of_replaced_page(exception):
        raise NotVerifiedError(f"The page changed while it was looked at: {exception}") from exception
    if isinstance(exception, HttpServerError):
        raise ElementNotFoundError(
            f"{exception.address} answered with {exception.status}; the rest of the site answers."
        ) from exception


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Raise NotVerifiedError where something could not be read for certain on the way and nothing failed."""
    member = request.node.stash.get(MEMBER, None)
    if member is not None and member.doubts:
        raise NotVerifiedError(member.doubts[0])


def find_trouble(member: Member) -> str | None:
    """Return a sentence about what is wrong with the site or with the member's session, or None."""
    try:
        return next(_troubles(member), None)
    except TargetUnavailableError as error:
        return str(error)
    except PlaywrightError:  # the browser itself has gone; what failed says so
        return None


def _troubles(member: Member) -> Iterator[str]:
    """Yield the problems found, checking one possible cause after the other."""
    patience = member.target.profile.limits.page / 2
    if words := member.network.server_error():
        yield words
    if words := member.network.unanswered(patience):
        yield words
    probe = Member(member.target, member.account, member.guard, member.context)
    try:
        probe.navigation.start()
        if requires_sign_in(probe.page, probe.target.profile):
            yield member.target.session_ended(member.account)
        if words := probe.network.unanswered(patience):
            yield words
        for page in (probe.page, member.page):
            if page.evaluate(_LOADING, patience * 1000):
                yield f"{page.url} never finishes loading."
    finally:
        probe.page.close()
    if member.page.url.startswith("chrome-error:"):
        yield "The browser could not reach the page that it was sent to; the site itself can be reached."
