"""Accounts and saved sessions: signed in once, kept private, and honest about their end."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.targets.capabilities import lacking
from steps.targets.profile import AccountEntry, Limits, Payments, Profile, SignIn
from steps.targets.saved_sessions import SharedStates, session_file
from steps.targets.site_target import SiteTarget, describe_target, session_troubles
from steps.targets.state_directory import state_directory, write_privately
from steps.targets.target import WorkspaceSetup
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

    from steps.targets.profile import Action
    from steps.targets.target import Account

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


@pytest.fixture(autouse=True)
def state_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the state of these tests away from the user's own."""
    place = tmp_path / "state"
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(place))
    return place


def _site(entries: list[AccountEntry], tmp_path: Path, sign_in: Any = None) -> SiteTarget:
    way = "session" if entries and entries[0].session else "password"
    profile = Profile(
        base_url="https://staging.example.com",
        sign_in=SignIn(cast("Any", way)),
        accounts=entries,
        limits=Limits(account=0.5),
    )
    return SiteTarget(profile, "staging", sign_in or (lambda _: _state()), tmp_path / "shared")


def _state(expires: float = -1, value: str = "secret-value", domain: str = "staging.example.com") -> StorageState:
    cookie = {"name": "session", "value": value, "domain": domain, "path": "/", "expires": expires}
    return cast("StorageState", {"cookies": [cookie], "origins": []})


def test_an_account_is_signed_in_once_for_a_run(tmp_path: Path) -> None:
    asked: list[Account] = []

    def sign_in(account: Account) -> StorageState:
        asked.append(account)
        return _state()

    entries = [AccountEntry(email="ada@example.com", password="pw")]
    for _ in range(2):  # two workers
        site = _site(entries, tmp_path, sign_in)
        for _ in range(2):  # two scenarios
            with site.account() as account:
                assert site.signed_in(account) == _state()
    assert len(asked) == 1
    assert "pw" not in repr(asked)


def test_an_account_whose_session_has_ended_is_signed_in_again(tmp_path: Path) -> None:
    states = iter([_state(value="one"), _state(value="two")])
    site = _site([AccountEntry(email="ada@example.com", password="pw")], tmp_path, lambda _: next(states))
    with site.account() as account:
        assert site.signed_in(account)["cookies"][0]["value"] == "one"
        assert "ada@example.com has ended" in site.session_ended(account)
        assert site.signed_in(account)["cookies"][0]["value"] == "two"


def test_signing_in_anew_is_what_later_scenarios_go_on_with(tmp_path: Path) -> None:
    states = iter([_state(value="one"), _state(value="two")])
    site = _site([AccountEntry(email="ada@example.com", password="pw")], tmp_path, lambda _: next(states))
    with site.account() as account:
        site.signed_in(account)
        site.signed_in_anew(account)
    with site.account() as account:
        assert site.signed_in(account)["cookies"][0]["value"] == "two"


def test_an_account_that_cannot_get_in_is_asked_once(tmp_path: Path) -> None:
    asked = []

    def sign_in(account: Account) -> StorageState:
        asked.append(account)
        raise TargetUnavailableError("The site says no.")

    site = _site([AccountEntry(email="ada@example.com", password="pw")], tmp_path, sign_in)
    for _ in range(2):
        with site.account() as account, pytest.raises(TargetUnavailableError, match="The site says no"):
            site.signed_in(account)
    assert len(asked) == 1


def test_who_needs_colleagues_is_given_a_workspace_that_has_some(tmp_path: Path) -> None:
    of = {"solo@example.com": "one", "ada@example.com": "two", "ben@example.com": "two"}
    site = _site([AccountEntry(email=email, password="pw", workspace=name) for email, name in of.items()], tmp_path)
    with site.account(WorkspaceSetup(colleagues=1)) as account:
        assert account.workspace == "two"
        assert site.colleague(account).email == "ben@example.com"
        with site.account(WorkspaceSetup(colleagues=1)) as another:
            assert another.workspace == "one"


@pytest.mark.parametrize("accessible", [True, False])
def test_a_site_is_held_to_accessibility_only_where_its_profile_says_so(tmp_path: Path, accessible: bool) -> None:  # noqa: FBT001 - a parameter
    profile = Profile(base_url="https://staging.example.com", accessible=accessible)
    site = SiteTarget(profile, "staging", lambda _: _state(), tmp_path / "shared")
    assert ("accessibility" in site.capabilities) == accessible


def test_a_target_without_accounts_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(NotVerifiedError, match="has no accounts; add one to its profile"),
        _site([], tmp_path).account(),
    ):
        pass


@pytest.mark.parametrize(("allow", "is_told"), [("test", True), ("none", False)])
def test_the_header_tells_how_late_purchases_are_looked_at(tmp_path: Path, allow: Any, *, is_told: bool) -> None:
    profile = Profile(base_url="https://staging.example.com", limits=Limits(late=12), payments=Payments(allow=allow))
    site = SiteTarget(profile, "staging", lambda _: _state(), tmp_path / "shared")
    told = [line for line in site.header() if line.startswith("late look: 12 s after the last purchase")]
    assert bool(told) == is_told


def test_the_header_tells_who_will_wait() -> None:
    profile = Profile(base_url="https://staging.example.com", accounts=[AccountEntry(email="a", password="b")])
    assert describe_target(profile, "staging") == "target: staging at https://staging.example.com, 1 account"
    assert describe_target(profile, "staging", 4).endswith("1 account for 4 workers: scenarios wait for each other")


def _saved(tmp_path: Path, content: Any) -> tuple[Path, str]:
    """Save something as the session "default" and give its file, and what is said of it."""
    file = session_file("staging", "default")
    if isinstance(content, str):
        file.write_text(content)
        file.chmod(0o600)
    elif content is not None:
        write_privately(file, content)
    site = _site([AccountEntry(session="default")], tmp_path)
    said = session_troubles(site.profile, "staging")
    with site.account() as account:
        if said:
            with pytest.raises(TargetUnavailableError) as caught:
                site.signed_in(account)
            assert said == [f"session: {caught.value}"]
        else:
            site.signed_in(account)
    return file, "".join(said)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no saved session"),
        ("{", "does not contain a saved session"),
        ("[]", "does not contain a saved session"),
        ('{"cookies": 3}', "does not contain a saved session"),
        (_state(expires=86_400), "expired on 1970-01-02 at 00:00 UTC"),
        (_state(expires=86_400, domain=".example.com"), "expired on 1970-01-02 at 00:00 UTC"),
    ],
)
def test_a_session_of_no_use_is_told_in_a_sentence(tmp_path: Path, content: Any, words: str) -> None:
    _, said = _saved(tmp_path, content)
    assert words in said
    assert said.endswith("create a new one with `acceptance sign-in --target staging`.")


@pytest.mark.parametrize(
    "content",
    [
        _state(),
        _state(expires=time.time() + 3600),
        _state(expires=86_400, domain="other.example.org"),
        _state(expires=86_400) | {"origins": [{"origin": "https://staging.example.com", "localStorage": []}]},
    ],
)
def test_a_session_that_may_still_be_good_is_used(tmp_path: Path, content: Any) -> None:
    assert _saved(tmp_path, content)[1] == ""


@posix_only
def test_a_session_is_readable_by_its_owner_alone(tmp_path: Path, state_place: Path) -> None:
    file, said = _saved(tmp_path, _state())
    assert said == ""
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(place.stat().st_mode & 0o777 == 0o700 for place in (state_place, file.parent, file.parent.parent))
    file.chmod(0o640)
    said = "".join(session_troubles(_site([AccountEntry(session="default")], tmp_path).profile, "staging"))
    assert f"Other users can read the saved session {file}; run `chmod 600 {file}`." in said


def test_a_session_may_be_a_file_of_ones_own(tmp_path: Path) -> None:
    assert session_file("staging", "~/x.json") == Path("~/x.json").expanduser()
    assert session_file("staging", str(tmp_path / "x")) == tmp_path / "x"
    assert session_file("staging", "ada").parent == state_directory("sessions", "staging")


@posix_only
def test_what_workers_tell_each_other_is_private(tmp_path: Path) -> None:
    states = SharedStates(tmp_path / "shared")
    states.put("ada@example.com", _state())
    assert [file.stat().st_mode & 0o777 for file in (tmp_path / "shared").iterdir()] == [0o600]
    assert "ada" not in json.dumps([file.name for file in (tmp_path / "shared").iterdir()])
    states.forget("ada@example.com")
    assert states.get("ada@example.com") is None


def _named(*workspaces: str) -> list[AccountEntry]:
    """Return accounts of these workspaces, one for each name."""
    return [
        AccountEntry(email=f"{place}@example.com", password="pw", workspace=name)
        for place, name in enumerate(workspaces)
    ]


def test_accounts_of_one_workspace_are_colleagues_and_are_lent_together(tmp_path: Path) -> None:
    site = _site(_named("first", "first", "second"), tmp_path)
    with site.account() as account, site.account() as other:
        assert (account.email, other.email) == ("0@example.com", "2@example.com")
        assert site.colleague(account).email == "1@example.com"
        assert account.everybody == ("0@example.com", "1@example.com")
        with pytest.raises(NotVerifiedError, match=r"No second member .* The profile line that settles it: accounts"):
            site.colleague(other)


def test_credits_are_used_up_in_the_last_workspace(tmp_path: Path) -> None:
    site = _site(_named("first", "second"), tmp_path)
    with site.account(WorkspaceSetup(("gone credits",))) as account:
        assert account.workspace == "second"
    with site.account(WorkspaceSetup(("add-on credits",))) as account:
        assert account.workspace == "first"


@pytest.mark.parametrize(
    ("workspaces", "known"),
    [("", set()), ("aa", {"colleague"}), ("ab", {"two-workspaces"}), ("aab", {"colleague", "two-workspaces"})],
)
def test_what_the_names_of_workspaces_tell(tmp_path: Path, workspaces: str, known: set[str]) -> None:
    site = _site(_named(*workspaces), tmp_path)
    assert site.capabilities & {"colleague", "two-workspaces"} == known


@pytest.mark.parametrize(
    ("may", "able"),
    [(["run workflows"], "workflows"), (["change plan"], "plans"), (["sign out"], "log-out")],
)
def test_nothing_is_done_that_the_profile_does_not_permit(tmp_path: Path, may: list[Action], able: str) -> None:
    entry = AccountEntry(email="ada@example.com", password="pw")
    permitting = Profile(base_url="https://example.com", accounts=[entry], may=may)
    assert able not in _site([entry], tmp_path).capabilities
    assert able in SiteTarget(permitting, "staging", lambda _: _state(), tmp_path).capabilities
    assert f'may = ["{may[0]}"]' in str(lacking(able))


def test_test_payments_permit_buying_and_real_ones_do_not() -> None:
    real = Profile(payments=Payments(allow="real"))
    assert Profile().permits("buy")
    assert not real.permits("buy")
    assert Profile(payments=Payments(allow="real"), may=["buy"]).permits("buy")


def test_what_was_paid_for_and_stays_is_told(tmp_path: Path) -> None:
    site = _site(_named("first", "second"), tmp_path)
    assert "left behind" not in site.facts()
    with site.account() as account:
        site.paid[account.key].packages.update([2_000, 2_000, 11_000])
        site.paid[account.key].plan = "Business"
    assert site.facts()["left behind"] == "account 1: 2 times 2,000 credits, 1 times 11,000 credits, the plan Business"
