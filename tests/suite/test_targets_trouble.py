"""A site in trouble: whatever it is, the verdict says so in a sentence, in time, and blames no promise."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.actors.authentication import signed_in_state
from steps.actors.member import Member
from steps.browser.session_storage import open_context
from steps.pages.base_page import ElementNotFoundError
from steps.readers.credits.balance import Balance
from steps.readers.page.fact import Fact
from steps.runner.failure_triage import find_trouble, pytest_bdd_step_error
from steps.runner.late_look import LateLooks
from steps.runner.run_context import MEMBER
from steps.sign_in import nobody_is_signed_in, somebody_tries_to_sign_in
from steps.targets.profile import AccountEntry, Limits, Profile, Routes
from steps.targets.site_target import SiteTarget
from steps.verdicts.expectations import BrokenPromiseError, SignedOutError
from steps.verdicts.verdict import HttpServerError, NotVerifiedError, TargetUnavailableError
from tests.suite.support.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext

LIMITS = Limits(page=1, payment=2, account=1)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(tmp_path / "state"))
    site = SmallSite().start()
    yield site
    site.stop()


def _profile(url: str, **more: Any) -> Profile:
    entry = AccountEntry(email="ada@example.com", password=more.pop("password", "correct horse"))
    limits = more.pop("limits", LIMITS)
    return Profile(base_url=url, accounts=[entry], limits=limits, routes=Routes(sign_in="/sign-in"), **more)


@pytest.fixture
def member_of(new_context: Callable[..., BrowserContext], tmp_path: Path) -> Iterator[Callable[[Profile], Member]]:
    """A function that returns a member of a site, signed in if the site allows it."""
    leases = []

    def make(profile: Profile, *, signed_in: bool = True) -> Member:
        def sign_in(account: Any) -> Any:
            return signed_in_state(Member(target, account, guard, new_context()))

        guard = cast("Any", SimpleNamespace())
        target = SiteTarget(profile, "small", sign_in, tmp_path / "shared")
        lease = target.account()
        account = lease.__enter__()
        leases.append(lease)
        state = target.signed_in(account) if signed_in else None
        return Member(target, account, guard, open_context(new_context, state))

    yield make
    for lease in leases:
        lease.__exit__(None, None, None)


def test_what_a_site_asks_between_signing_in_and_the_product_is_passed_by(
    site: SmallSite, member_of: Callable[..., Member]
) -> None:
    site.between = True
    visitor = member_of(_profile(site.url), signed_in=False)
    visitor.sign_in()
    assert visitor.navigation.open_billing().credits().monthly == Fact(
        Balance(plain=(8000, 10000)), ("Monthly credits 8,000 of 10,000",)
    )


def test_a_session_that_is_kept_in_a_tab_holds_in_others(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    site.in_tab = True
    member = member_of(_profile(site.url))
    assert member.navigation.go_to_billing().credits().monthly == Fact(
        Balance(plain=(8000, 10000)), ("Monthly credits 8,000 of 10,000",)
    )


def test_who_signs_out_of_a_tab_is_out(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    site.in_tab = True
    member = member_of(_profile(site.url))
    member.navigation.go_to_billing()
    member.page.evaluate("sessionStorage.removeItem('who')")
    member.page.reload()
    member.page.wait_for_url("**/sign-in")


def test_a_sound_site_is_not_blamed(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    member = member_of(_profile(site.url))
    assert member.navigation.go_to_billing().credits().monthly == Fact(
        Balance(plain=(8000, 10000)), ("Monthly credits 8,000 of 10,000",)
    )
    assert find_trouble(member) is None
    assert len(member.context.pages) == 1


def test_a_promise_that_a_sound_site_breaks_stays_broken(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    site.renamed = {"Billing": "Fees"}
    member = member_of(_profile(site.url))
    with pytest.raises(ElementNotFoundError):
        member.navigation.go_to_billing()
    assert find_trouble(member) is None


def _goes_wrong(member: Member) -> str:
    """Go to Billing, which fails one way or the other; gives the sentence that the verdict would have."""
    try:
        member.navigation.go_to_billing().credits()
    except TargetUnavailableError as error:
        return str(error)
    except AssertionError:
        return find_trouble(member) or ""
    raise AssertionError("nothing went wrong")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"/": 500}, r"answered with 500 Internal Server Error: the site itself is in trouble\."),
        ({"/": 429}, r"answered with 429 Too Many Requests: the site itself is in trouble\."),
        ({"/": "hang"}, r"cannot be reached: it did not answer within the time limit of the profile\."),
        ({"/": "drip"}, r"never finishes loading\."),
        ({"/api": "hang"}, r"The site does not answer GET /api/me, so its page never finishes loading\."),
        ({"/api": 500}, r"The site answers GET /api/me with 500 repeatedly\."),
        ({"/api": 503}, r"The site answers GET /api/me with 503: it is down or overloaded\."),
        ({"/api": 429}, r"The site answers GET /api/me with 429: too many requests\."),
    ],
    ids=str,
)
def test_a_site_in_trouble_during_a_run(
    site: SmallSite, member_of: Callable[[Profile], Member], trouble: dict[str, int | str], words: str
) -> None:
    member = member_of(_profile(site.url))
    site.trouble = trouble
    began = time.monotonic()
    assert re.search(words, _goes_wrong(member))
    assert time.monotonic() - began < 15


def test_a_page_that_breaks_on_a_sound_site_is_a_broken_promise(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    member = member_of(_profile(site.url))
    site.trouble = {"/settings/billing": 500}
    assert _goes_wrong(member) == ""


def _judged(member: Member, error: Exception) -> Exception:
    """Return what a step's failure becomes."""
    request = SimpleNamespace(node=SimpleNamespace(stash={MEMBER: member}))
    try:
        pytest_bdd_step_error(cast("pytest.FixtureRequest", request), error)
    except Exception as judged:  # noqa: BLE001 - whatever it is
        return judged
    return error


def test_one_address_that_breaks_on_a_sound_site_is_a_broken_promise(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    member = member_of(_profile(site.url))
    site.trouble = {"/landing": 500, "/away": 503}
    for route, expected in (("/landing", ElementNotFoundError), ("/away", HttpServerError)):
        with pytest.raises(TargetUnavailableError) as caught:
            member.navigation.visit(route)
        assert isinstance(_judged(member, caught.value), expected)
    site.trouble = {"/": 500}
    with pytest.raises(TargetUnavailableError) as caught:
        member.navigation.visit("/landing")
    assert isinstance(_judged(member, caught.value), TargetUnavailableError)
    assert isinstance(_judged(member, ElementNotFoundError("There is no Billing.")), TargetUnavailableError)


def test_a_page_that_changes_while_it_is_looked_at_breaks_no_promise(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    member = member_of(_profile(site.url))
    replaced = PlaywrightError("Execution context was destroyed, most likely because of a navigation")
    late = PlaywrightTimeoutError("Timeout 2000ms exceeded: waiting for scheduled navigations, because of a navigation")
    assert isinstance(_judged(member, replaced), NotVerifiedError)
    assert _judged(member, late) is late


def test_being_signed_out_by_paying_is_no_session_that_has_ended(
    site: SmallSite, member_of: Callable[..., Member]
) -> None:
    stranger = member_of(_profile(site.url), signed_in=False)
    assert isinstance(_judged(stranger, ElementNotFoundError("There is no Billing.")), TargetUnavailableError)

    error = SignedOutError("/return asks to sign in")
    assert _judged(stranger, error) is error
    assert error.promise == "doc:buy-credits.4b"


def test_being_signed_out_by_leaving_unpaid_is_told_as_that(site: SmallSite, member_of: Callable[..., Member]) -> None:
    stranger = member_of(_profile(site.url), signed_in=False)
    stranger.page.goto(site.url)
    purchase = SimpleNamespace(payment=SimpleNamespace(leave=lambda: None, page=stranger.page))
    with pytest.raises(SignedOutError) as caught:
        stranger.leave_payment(cast("Any", purchase))
    assert caught.value.promise == "assumption:unpaid-adds-nothing"


def test_an_order_that_is_answered_with_500_is_a_broken_promise(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    member = member_of(_profile(site.url))
    member.navigation.start()
    site.trouble = {"/api/checkout": 500}
    member.page.evaluate("fetch('/api/checkout', {method: 'POST'})")
    assert find_trouble(member) is None


def test_an_answer_that_was_bad_once_is_no_trouble(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    member = member_of(_profile(site.url))
    site.trouble = {"/api": 500}
    member.navigation.start()
    member.page.wait_for_load_state("networkidle")
    site.trouble = {}
    assert find_trouble(member) is None


@pytest.mark.nightly
def test_a_stream_is_no_trouble(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    member = member_of(_profile(site.url))
    site.trouble = {"/api/events": "hang"}
    member.navigation.start()
    member.page.evaluate("void fetch('/api/events')")
    member.page.wait_for_function("performance.now() > 800")  # longer than a page may keep one waiting here
    assert find_trouble(member) is None


def test_a_site_that_goes_down_during_a_run(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    member = member_of(_profile(site.url))
    member.navigation.start()
    url = site.url
    site.stop()
    # the browser may hold a connection already, made ahead and never accepted
    ends = ("nothing answers there (connection refused)", "it ended the connection")
    assert _goes_wrong(member) in [f"{url}/ cannot be reached: {end}." for end in ends]


@pytest.mark.nightly
def test_a_session_that_ends_during_a_run(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    member = member_of(_profile(site.url))
    member.navigation.go_to_billing()
    site.sessions.clear()
    assert _goes_wrong(member) == (
        "The session of ada@example.com has ended during the scenario: the site asks to sign in again."
    )
    member.target.signed_in(member.account)
    assert site.asked.count(("POST", "/sign-in")) == 2, "the next scenario signs in anew"


def test_a_session_that_is_over_before_the_late_look(
    site: SmallSite, member_of: Callable[[Profile], Member], new_context: Callable[..., BrowserContext]
) -> None:
    member = member_of(_profile(site.url))
    member.last_seen = member.navigation.go_to_billing().credits()
    looks = LateLooks(cast("Any", SimpleNamespace(guard=member.guard)), new_context)
    looks.note("one", member, {})
    site.sessions.clear()
    ((_, error),) = looks.look()
    assert re.search("once more, 0 s after the scenario: The session of ada@example.com has ended", str(error))


def test_a_wrong_password_is_no_word_on_any_promise(site: SmallSite, member_of: Callable[[Profile], Member]) -> None:
    with pytest.raises(
        TargetUnavailableError, match=r"ada@example.com could not be signed in\. Signing in did not work"
    ):
        member_of(
            _profile(site.url, password="wrong", limits=Limits(page=5))
        )  # the form is there, however busy it is here


def test_who_comes_in_with_another_password_breaks_the_promise_of_the_password(
    site: SmallSite, member_of: Callable[[Profile], Member]
) -> None:
    inside = member_of(_profile(site.url, limits=Limits(page=5, immediately=1)))
    with pytest.raises(BrokenPromiseError, match="after another password") as raised:
        nobody_is_signed_in(inside)
    assert raised.value.promise == "doc:sign-in.1"


@pytest.mark.nightly
@pytest.mark.parametrize("forgiven", ["", "correct horses", "correct horsE"])
def test_a_password_is_taken_as_it_is_alone(site: SmallSite, member_of: Callable[..., Member], forgiven: str) -> None:
    site.forgives = forgiven
    visitor = member_of(_profile(site.url, limits=Limits(page=5, immediately=1)), signed_in=False)
    with pytest.raises(BrokenPromiseError, match="after another password") if forgiven else nullcontext():
        somebody_tries_to_sign_in(visitor)
