"""`acceptance sign-in`, as a person calls it: once, and runs go on from there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.suite.support.desk import MAIN

if TYPE_CHECKING:
    from tests.suite.support.desk import Desk
    from tests.suite.support.small_site import SmallSite

SESSION = 'sign_in = { way = "session" }'


@pytest.mark.nightly
def test_a_person_signs_in_once_and_runs_go_on_from_there(desk: Desk, site: SmallSite) -> None:
    desk.write(site, SESSION, limits="page = 15")  # nothing is missing here: time is only for a machine that is busy
    assert "There is no saved session" in desk.acceptance("doctor", expected=7)
    site.person = True
    said = desk.acceptance("sign-in", "--headless", "--wait", "0.5")
    file = desk.place / "state" / "sessions" / "small" / "default.json"
    assert f"Saved, readable only by you: {file}" in said
    assert file.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    assert site.token not in said
    site.person = False
    said = desk.acceptance("doctor")
    assert '✓ sign-in                     by the session "default"' in said
    assert site.asked.count(("POST", "/sign-in")) == 1
    site.sessions.clear()
    said = desk.acceptance("doctor", expected=7)
    assert 'The saved session has ended: the site no longer accepts the session "default"; create a new one ' in said


@pytest.mark.nightly
def test_a_session_of_another_name(desk: Desk, site: SmallSite) -> None:
    site.person = True
    desk.write(site, 'accounts = [{ session = "default" }]')
    said = desk.acceptance("sign-in", "--headless", "--as", "second", "--wait", "0.5")
    assert (desk.place / "state" / "sessions" / "small" / "second.json").exists()
    assert 'Use it in the profile: accounts = [{ session = "second" }]' in said


@pytest.mark.nightly
def test_nobody_signs_in(desk: Desk, site: SmallSite) -> None:
    desk.write(site, SESSION)
    said = desk.acceptance("sign-in", "--headless", "--wait", "0.02", expected=1)
    assert "0.02 minutes were over before anybody had signed in. Nothing was saved." in said
    assert not (desk.place / "state" / "sessions" / "small" / "default.json").exists()


@pytest.mark.nightly
def test_a_session_that_cannot_be_saved(desk: Desk, site: SmallSite) -> None:
    site.person, site.forgetful = True, True
    desk.write(site, SESSION)
    said = desk.acceptance("sign-in", "--headless", "--wait", "0.15", expected=1)
    assert 'did not find "Workspace Settings" there: the session cannot be saved' in said


def test_the_fake_needs_no_session(desk: Desk) -> None:
    said = desk.call("-c", MAIN, "sign-in", "--target", "fake", expected=2)
    assert "The fake needs no saved session" in said
