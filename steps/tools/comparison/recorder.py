"""Walking a target and writing down what it shows: at each stop a snapshot and a picture, and the packages on sale."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Container
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing import BillingPage
from steps.pages.polling import until
from steps.pages.users import UsersPage
from steps.readers.credits.changes import add_on_growth, unchanged
from steps.readers.page.fact import Unclear
from steps.safety.redactor import Redactor
from steps.tools.comparison.invoice_probe import FOUND, look_at_invoices
from steps.tools.comparison.recording import VERSION, Manifest, OfferedPackage, Recording, Stop
from steps.tools.inspection.aria_snapshot import snapshot_of
from steps.tools.inspection.checkout_probe import ask_for_all, examine_payment
from steps.tools.inspection.finding import Finding, State
from steps.tools.inspection.inspection import examine, picture_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.pages.packages import PackageChoice
    from steps.readers.credits.credits import CreditsReading
    from steps.tools.inspection.target_session import Visit
    from steps.tools.inspection.walkthrough import Walkthrough

_KEPT = ("plan", "payment page", "card field", "credits at the end", *FOUND)
"""The findings that no snapshot tells."""


class Look(NamedTuple):
    """How to look at a stop."""

    rest: float = 0.4
    """Seconds for which nothing may change before."""
    pictures: bool = True


LOOK = Look()


class Everything(Container[str]):
    """All packages that there are."""

    def __contains__(self, amount: object) -> bool:
        """Hold whatever is asked for."""
        return True


_SETTLING = 5.0
"""Seconds in which a page comes to rest, or is looked at as it is."""
_NUMBERED = re.compile(r"(?<=/)(?=[^/]*\d)[^/]{8,}")
"""A part of an address that names one thing among many."""


def look_at(visit: Visit, name: str, paying: Container[str] = (), look: Look = LOOK) -> Recording:
    """Walk the target of that name without buying anything.

    `paying` are the packages whose payment pages are looked at, by their amounts ("44,000").

    Raises UnverifiedError when the target cannot be walked.
    """
    recorder = _Recorder(visit, name, look)
    examine(visit, recorder, lambda walk, choice: _go_beyond(walk, choice, recorder, paying))
    return recorder.recording


def _go_beyond(walk: Walkthrough, choice: PackageChoice, recorder: _Recorder, paying: Container[str]) -> None:
    """Write down what is on sale, and look whether it changes anything to leave without buying; then at Users."""
    offers = choice.offers()
    packages = [OfferedPackage(offer.label, offer.kind, str(next(iter(offer.prices), ""))) for offer in offers]
    recorder.recording.stops["packages"].packages = packages
    before = BillingPage(walk.page, walk.profile).credits_behind()  # the pop-up lies over it
    if wanted := [f"{offer.amount:,}" for offer in offers if f"{offer.amount:,}" in paying]:
        if first := examine_payment(walk, choice):
            asked = dict([first, *ask_for_all(walk, [amount for amount in wanted if amount != first[0]])])
            for package, offer in zip(packages, offers, strict=True):
                package.asked = asked.get(f"{offer.amount:,}", "")
    else:
        choice.leave()
    after = walk.member.navigation.go_to_billing().settled_credits()
    walk.report("credits at the end", _format_growth(before, after))
    for name, how in look_at_invoices(walk):
        walk.report(name, how)
    _look_at_users(walk)


def _look_at_users(walk: Walkthrough) -> None:
    users = UsersPage(walk.page, walk.profile)
    try:
        shown = users.click_until(walk.profile.labels.of("users"), users.shows)
    except ElementNotFoundError:
        shown = False
    walk.capture("Users", reached=shown)


class _Recorder:
    """Follows an examination, and writes down what there is to see."""

    def __init__(self, visit: Visit, name: str, look: Look) -> None:
        self.secrets = Redactor()
        self.secrets.add_profile(visit.target.profile)
        self._account = visit.account
        self._how = look
        self._missing = False
        facts, profile = visit.target.facts(), visit.target.profile
        self.recording = Recording(
            Manifest(
                version=VERSION,
                target=name,
                address=profile.base,
                recorded=datetime.now(UTC).isoformat(timespec="seconds"),
                browser=visit.browser_name,
                suite=version("diaflow-acceptance"),
                variant=profile.variant,
                faults=list(facts.get("faults", [])),
                start="as the fake begins" if profile.kind == "fake" else "",
            )
        )

    def has(self, state: State) -> bool:
        """Whether something was missing, which is all that is asked."""
        return state is State.MISSING and self._missing

    def on_finding(self, finding: Finding) -> None:
        """Keep a finding, if no snapshot tells it."""
        self._missing = self._missing or finding.state is State.MISSING
        if finding.what in _KEPT:
            self.recording.manifest.findings[finding.what] = self._hide(finding.how)

    def on_stop(self, page: Page, stop: str, reached: bool) -> None:  # noqa: FBT001 - as the walk calls it
        """Write down what a stop shows, once it is at rest."""
        snapshot = self._settled(page)
        name = stop if stop not in self.recording.stops else f"{stop}, again"
        address = _NUMBERED.sub("…", urlsplit(page.url).path)
        self.recording.manifest.stops.append(Stop(name, self._hide(address), reached))
        self.recording.snapshots[name] = self._hide(snapshot)
        if self._how.pictures:
            with contextlib.suppress(PlaywrightError):  # it is on its way: the snapshot says what there was
                self.recording.pictures[name] = picture_of(page)

    def _settled(self, page: Page) -> str:
        """Take the snapshot that stays the same for as long as a rest lasts."""
        last, since = snapshot_of(page.main_frame), time.monotonic()

        def rested() -> bool:
            nonlocal last, since
            now = snapshot_of(page.main_frame)
            if now != last or not now:
                last, since = now, time.monotonic()
            return time.monotonic() - since >= self._how.rest

        until(rested, _SETTLING, page=page)
        return last

    def _hide(self, text: str) -> str:
        """Return a text without secrets, and without what identifies the account."""
        account = self._account
        for known, describe_page in ((account.email, "[the e-mail address]"), (account.name, "[the member]")):
            text = text.replace(known, describe_page) if known else text
        return self.secrets.redact(text)


def _format_growth(before: CreditsReading | None, after: CreditsReading) -> str:
    grown = add_on_growth(before, after) if before else 0
    if grown and not isinstance(grown, Unclear):
        return f"{grown:+,} add-on credits"
    changes = unchanged(before, after) if before else None
    return str(changes) if changes and changes.verdict == "broken" else "as they were"
