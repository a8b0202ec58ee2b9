"""The walk from the start page to the payment page, stop by stop, without buying anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from playwright.sync_api import Locator

from steps.actors.purchase import parse_credits
from steps.pages.base_page import LOST_CLICK, PRESSED, BasePage, ElementNotFoundError
from steps.pages.billing import BillingPage
from steps.pages.billing_tabs import SECTIONS
from steps.pages.input_device import press
from steps.pages.navigation import AppNavigation
from steps.pages.workflows import WorkflowsPage
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.tools.inspection.day_order import day_order
from steps.tools.inspection.finding import Advice, Finding, State
from steps.tools.inspection.label_suggestions import TO_PRESS, ElementLike, likely_labels, named_elements, suggest
from steps.tools.inspection.package_probe import packages_found
from steps.verdicts.verdict import SETTLES, NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import ElementHandle, Page

    from steps.actors.member import Member
    from steps.pages.packages import PackageChoice
    from steps.readers.credits.credits import CreditsReading

    OnStop = Callable[[Page, str, bool], None]
    """Receives each stop: the page, the stop's name, and whether the page shows what the stop is about."""

_SHOWN = """el => {
  const kind = {A: "link", DIV: "part", SPAN: "part"}[el.tagName] ?? el.tagName.toLowerCase();
  const shown = (el.innerText ?? "").replace(/\\s+/g, " ").trim();
  return [el.getAttribute("role") ?? kind, el.getAttribute("aria-label") || el.title || shown.slice(0, 40)]; }"""
"""Returns what an element is, and its name or text."""


class Walkthrough:
    """A member's walk through a target; where a documented name is missing, it goes on with the likeliest one."""

    def __init__(
        self,
        member: Member,
        documented: tuple[str, ...],
        on_finding: Callable[[Finding], None],
        on_stop: OnStop,
    ) -> None:
        self.member = member
        self.documented = documented
        self.profile = member.target.profile
        self._on_finding = on_finding
        self._on_stop = on_stop

    @property
    def page(self) -> Page:
        """The tab that the member looks at."""
        return self.member.page

    def capture(self, stop: str, page: Page | None = None, *, reached: bool = True) -> None:
        """Pass a stop to the listener."""
        self._on_stop(page or self.page, stop, reached)

    def go(self) -> PackageChoice | None:
        """Walk as far as possible, up to the packages, and return the pop-up if it opened.

        Raises TargetUnavailableError when the target itself is in trouble.
        """
        AppNavigation(self.page, self.profile).start()
        if not (self._open_settings() and self._open_billing()):
            return None
        for key, name in SECTIONS.items():
            self._find_section(key, name)
        self._read_credits()
        self.capture("Billing")  # its parts have loaded by now
        if found := day_order(self.page, self.profile):
            self._on_finding(found)
        self._find("upgrade_plan", "Upgrade plan", in_section=True)
        if self._find("add_credits", "Add credits", in_section=True) is None:
            return None
        return self._open_pop_up()

    def find_workflow(self) -> None:
        """Look for a way to run a workflow, and for the one that would be run, without running it."""
        flows = WorkflowsPage(self.page, self.profile)
        AppNavigation(self.page, self.profile).start()
        try:
            flows.open()
        except NotVerifiedError as error:
            short = str(error).partition(" The page at ")[0].partition(f" {SETTLES}")[0]
            self.report("running a workflow", f"{short} {SETTLES} {error.line}" if error.line else short, State.DIFFERS)
        else:
            self.report("running a workflow", f"by {flows.way}")
        self.capture("workflow")

    def find_users(self) -> None:
        """Look for the way to Users, in the sidebar, or for what may be called otherwise there."""
        AppNavigation(self.page, self.profile).start()
        found = self._screen().until(lambda: self._named("users"), self.profile.limits.page / 3)
        if found is not None:
            self.report("Users", describe_element(found))
            return
        if likely := suggest("users", self._on_page(), self.profile.labels):
            self.report("Users", "not found in the sidebar", State.DIFFERS, Advice("labels.users", likely.name))

    def report(self, what: str, how: str, state: State = State.FOUND, advice: Advice | None = None) -> None:
        """Report how something was found."""
        self._on_finding(Finding(what, state, how, advice))

    def _missing(self, what: str, among: Iterable[ElementLike], advice: Advice | None = None, settle: str = "") -> None:
        self._on_finding(Finding(what, State.MISSING, "not found", advice, tuple(map(str, among)), settle))

    def _screen(self) -> BasePage:
        return BasePage(self.page, self.profile)

    def _named(self, key: str) -> Locator | None:
        return self._screen().first(self.profile.labels.of(key))

    def _call(self, key: str, thing: ElementLike) -> Advice:
        """Use the site's own name for a label from now on, and return the line for the profile."""
        labels = msgspec.structs.replace(self.profile.labels, **{key: thing.name})
        self.profile = msgspec.structs.replace(self.profile, labels=labels)
        return Advice(f"labels.{key}", thing.name)

    def _guessed(self, key: str, what: str, among: list[ElementLike]) -> ElementLike | None:
        """Report that something is missing, and return the element that is likely meant."""
        likely = suggest(key, among, self.profile.labels)
        among = [one for one in among if one.role in PRESSED] or among if key in TO_PRESS else among
        self._missing(what, among, self._call(key, likely) if likely else None, f"labels.{key}")
        return likely

    def _find(self, key: str, what: str, *, in_section: bool = False) -> Locator | None:
        """Find something on Billing, by its documented name or the likeliest other, and report how."""
        found = self._screen().until(lambda: self._named(key), self.profile.limits.page / 3)
        if found is None:
            return self._named(key) if self._guessed(key, what, self._on_page()) else None
        where = ""
        if in_section:
            place = BillingPage(self.page, self.profile).section_of(self.profile.labels.of(key))
            where = f", in {SECTIONS.get(place or '', place or 'no section')}"
        state = State.DIFFERS if where and not where.endswith(("Current Plan", "in current_plan")) else State.FOUND
        self.report(what, describe_element(found) + where, state)
        return found

    def _find_section(self, key: str, what: str) -> None:
        """Find a section of Billing by its title as it is read, or else as `_find` does."""
        billing = BillingPage(self.page, self.profile)
        shows = billing.until(lambda: self._named(key) or billing.shows_section(key), self.profile.limits.page / 3)
        if shows is True:  # its words stand beside what only a program reads, such as an icon's name
            self.report(what, f'title "{self.profile.labels.of(key).said}"')
        else:
            self._find(key, what)

    def _on_page(self) -> list[ElementLike]:
        return named_elements(self.page.locator("body"))

    def _open_settings(self) -> bool:
        """Open the menu behind the profile icon, and find Workspace Settings in it."""
        navigation = AppNavigation(self.page, self.profile)
        icon = navigation.until(lambda: next(navigation.profile_icons(), None), self.profile.limits.page)
        behind = describe_element(icon) if icon else "nothing"
        try:
            navigation.open_profile_menu()
        except ElementNotFoundError:
            return self._guess_settings()
        found = self._named("workspace_settings")
        self.capture("profile menu")
        self.report("profile menu", "behind no profile icon" if navigation.is_beside_icons else f"behind {behind}")
        self.report("Workspace Settings", describe_element(found) if found else "found")
        return True

    def _guess_settings(self) -> bool:
        """Press possible profile icons, and look for the settings among what appears."""
        appeared: list[ElementLike] = []
        for icon in list(AppNavigation(self.page, self.profile).profile_icons()):
            if not icon.is_visible():
                continue
            before = self._on_page()
            press(icon)
            new = self._new_since(before)
            if new and not appeared:
                self.capture("profile menu")
            appeared += new
            if suggest("workspace_settings", new, self.profile.labels):
                return self._guessed("workspace_settings", "Workspace Settings", new) is not None
            self.page.keyboard.press("Escape")
        if not appeared:
            self.capture("profile menu", reached=False)
        return self._guessed("workspace_settings", "Workspace Settings", appeared or self._on_page()) is not None

    def _new_since(self, before: list[ElementLike]) -> list[ElementLike]:
        """Return what was not on the page before, as soon as there is anything."""
        new = self._screen().until(lambda: [one for one in self._on_page() if one not in before], LOST_CLICK)
        return new or []

    def _open_billing(self) -> bool:
        """Open the settings, and Billing from there."""
        before = self._on_page()
        labels = self.profile.labels
        screen, billing = self._screen(), BillingPage(self.page, self.profile)
        settings = self._named("workspace_settings")
        if settings is not None:
            press(settings)
        found = screen.until(lambda: self._named("billing"), self.profile.limits.page)
        self.capture("settings")
        if found is None:
            new = [one for one in self._on_page() if one not in before]
            if self._guessed("billing", "Billing", new) is None:
                return False
        else:
            self.report("Billing", describe_element(found))
        labels = self.profile.labels
        shown = screen.click_until(labels.of("billing"), lambda: billing.shows() or self._other_sections())
        if not shown:
            self.capture("Billing", reached=False)
            self._missing("the Billing tab", self._on_page())
        return bool(shown)

    def _other_sections(self) -> bool:
        """Whether this is a Billing tab with other titles: it mentions credits and offers ways to get more of them."""
        entries = tuple(name.casefold() for name in self.profile.labels.of("billing").names)
        among = [one for one in self._on_page() if not one.name.casefold().startswith(entries)]
        return all(
            suggest(key, among, self.profile.labels) for key in ("current_plan", "add_credits", "monthly_credits")
        )

    def _read_credits(self) -> None:
        """Read the plan and the balances."""
        billing = BillingPage(self.page, self.profile)
        try:
            credits_ = billing.settled_credits()
        except ElementNotFoundError:
            if self._guessed("monthly_credits", "Monthly credits", self._on_page()) is None:
                return
            try:
                credits_ = BillingPage(self.page, self.profile).settled_credits()
            except ElementNotFoundError:
                return
        self._report_credits(credits_)

    def _report_credits(self, credits_: CreditsReading) -> None:
        """Report what the readers of a run make of the credits: the same facts, the same doubts."""
        for name, key in (("Monthly credits", "monthly_credits"), ("Add-on credits", "add_on_credits")):
            fact = credits_.monthly if key == "monthly_credits" else credits_.add_on
            if not isinstance(fact, Absent):
                self._report_fact(name, fact, State.MISSING if self.profile.labels.of(key).selector else State.DIFFERS)
            elif among := likely_labels(key, credits_.shown, self._on_page(), self.profile.labels):
                self._guessed(key, name, among)
            elif key == "add_on_credits":
                self.report(name, "none shown, as a page may do with a zero")
            else:
                shown = tuple(f'"{one.text}"' for one in credits_.shown)
                self._on_finding(Finding(name, State.MISSING, "not found", None, shown, f"labels.{key}"))
        if isinstance(credits_.plan, Absent):
            names = [one for one in self._on_page() if one.role in {"text", "paragraph", "heading", "strong"}]
            self._missing("plan", names[:12], Advice("labels.plan_name", ["…"]))
        else:
            self._report_fact("plan", credits_.plan)
        bars = "; ".join(map(str, credits_.bars))
        several = f"{len(credits_.bars)} instead of the one that is documented: " if len(credits_.bars) > 1 else ""
        if isinstance(credits_.used, Absent):
            by_bar = "by the bar alone" if bars else "none shown"
            self.report("used credits", by_bar, State.FOUND if bars else State.DIFFERS)
        else:
            self._report_fact("used credits", credits_.used)
        if credits_.drawings:
            settle = 'labels.credit_bar = { selector = "…" }'
            self._report_fact("credit bar", Unclear("The credit bar", credits_.drawings, settle))
        else:
            is_one = len(credits_.bars) == 1
            self.report("credit bar", several + bars or "none shown", State.FOUND if is_one else State.DIFFERS)

    def _report_fact(self, name: str, fact: Fact[Any] | Unclear | Absent, doubtful: State = State.DIFFERS) -> None:
        """Report what was read; a doubt about what the profile itself selects is a mistake in the profile."""
        if isinstance(fact, Unclear):
            self._on_finding(Finding(name, doubtful, str(fact), None, fact.candidates, fact.settle))
        elif isinstance(fact, Fact):
            value = "" if isinstance(fact.value, str) else f" ({fact.value})" if isinstance(fact.value, int) else ""
            self.report(name, "; ".join(line.removeprefix(name).strip(" :") for line in fact.lines) + value)

    def _open_pop_up(self) -> PackageChoice | None:
        """Open the pop-up, and compare its packages with the documented ones."""
        try:
            choice = BillingPage(self.page, self.profile).add_credits()
        except ElementNotFoundError:
            self.capture("packages", reached=False)
            self._missing("packages", self._on_page())
            return None
        offers = choice.settled_offers([parse_credits(one) for one in self.documented])
        self.capture("packages")
        for found in packages_found(choice, offers, self.documented):
            self._on_finding(found)
        return choice


def describe_element(found: Locator | ElementHandle) -> str:
    """Describe an element by role and name, or else by what it is and shows."""
    first = next(iter(named_elements(found)), None) if isinstance(found, Locator) else None
    return str(first) if first else _format_drawn(found.evaluate(_SHOWN))


def _format_drawn(shown: list[str]) -> str:
    kind, name = shown
    return f'{kind} "{name}"' if name else f"a {kind} without a name"
