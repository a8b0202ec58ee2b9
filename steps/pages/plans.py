"""The list of plans that Upgrade plan opens, and switching to another plan."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from steps.pages.base_page import LOST_CLICK, POPUP, BasePage, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.billing import BillingPage
from steps.pages.checkout import PaymentPage, payment_page_of
from steps.pages.input_device import UnpressableError
from steps.pages.money import money_in
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.capture import capture, element_at, selectors_of
from steps.readers.fact import Fact
from steps.readers.package_controls import confirmations
from steps.readers.plan_prices import begins_with_plan, read_plan_order
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from steps.pages.input_device import ElementLike
    from steps.readers.fact import Unclear
    from steps.readers.plan_prices import OwnPlan
    from steps.targets.profile import Profile

T = TypeVar("T")
_PRESSED = "button, a[href], [role=button], [role=link], [role=radio], input[type=radio]"
_AROUND = (
    "xpath=ancestor-or-self::*[.//button or .//a[@href] or .//*[@role='button'] or self::button or self::a[@href]][1]"
)
"""The closest ancestor of a plan's name that contains something to press."""


class PlanChoice(BasePage):
    """What Upgrade plan opens. Plans that the page named before do not count as available."""

    def __init__(self, page: Page, profile: Profile) -> None:
        super().__init__(page, profile)
        self._before = page.url, Counter(self._named())
        self._snapshot_before = capture(page, selectors_of(profile))

    def is_open(self) -> bool:
        """Whether more plans are named than before, in a pop-up or on a page of their own."""
        return len(self.plans()) > 1

    def plans(self) -> list[str]:
        """Return the available plans, without duplicates."""
        address, before = self._before
        named = Counter(self._named())
        return list(named if self.page.url != address else named - before)

    def order(self, own: OwnPlan) -> Fact[tuple[str, ...]] | Unclear:
        """Return the available plans and the workspace's own, the cheapest first, once the list is seen whole."""

        def read() -> Fact[tuple[str, ...]] | Unclear:
            now = capture(self.page, selectors_of(self.profile))
            return read_plan_order(now, self.profile, self.plans(), own, self._snapshot_before)

        def settled() -> Fact[tuple[str, ...]] | None:
            order = read()
            return order if isinstance(order, Fact) else None

        return until(settled, self.limits.page / 3, page=self.page) or read()

    @blame_promise("doc:upgrade-downgrade.3")
    def pay_for(self, plan: str) -> PaymentPage:
        """Choose a plan that has to be paid for, and arrive at the payment page. Raises ElementNotFoundError."""
        found = self._choose(plan, lambda: payment_page_of(self.page, self.profile, self.input), self.limits.payment)
        if found is None:
            raise ElementNotFoundError(
                f"Choosing the plan {plan} does not lead to a payment page. {self.describe_page()}"
            )
        return found

    def take(self, plan: str) -> None:
        """Choose a plan that is not paid for now, confirm if the site asks for it, and wait until the list closes."""
        if not until(lambda: self._button(plan), self.limits.page / 3):
            raise NotVerifiedError(f"The list offers no way to the plan {plan}: it may be the one to come already.")
        self._choose(plan, lambda: None if self.is_open() else True, self.limits.page)

    @blame_promise("doc:upgrade-downgrade.2")
    def _choose(self, plan: str, done: Callable[[], T | None], limit: float) -> T | None:
        button = until(lambda: self._button(plan), self.limits.page)
        if button is None:
            raise ElementNotFoundError(f"There is no way to the plan {plan}. {self.describe_page()}")
        address = self.page.url
        self.input.press(button)

        def arrived() -> T | None:
            answer = until(done, LOST_CLICK)
            if not answer:
                with ignore_navigation_errors():
                    self._confirm(address)
            return answer

        return until(arrived, limit)

    def _confirm(self, address: str) -> None:
        """Confirm the choice, in what has opened over the page or on the page that the choice has led to."""
        scope = self._popup()
        again: ElementLike | None = self.first(self.labels.of("confirm"), scope) if scope is not None else None
        if scope is None and self.page.url != address:
            now = capture(self.page, selectors_of(self.profile))
            found = [at for at in confirmations(now, self.profile, ()) if "disabled" not in now.elements[at].states]
            again = element_at(self.page, now.stamp, found[0]) if found else None
        if again is not None:
            self.input.press(again)

    def _button(self, plan: str) -> Locator | None:
        """Find the button that chooses a plan: one that names it, or one beside its name."""
        own = re.compile(rf"(?:^|\s){re.escape(plan)}\W*$", re.IGNORECASE)
        named = _pressed(self.page, own).filter(visible=True)
        if named.count():
            return named.last
        heading = self.page.get_by_text(re.compile(rf"^\W*{re.escape(plan)}\W*$", re.IGNORECASE)).filter(visible=True)
        if not heading.count():
            return None
        around = heading.last.locator(_AROUND)
        if not around.count() or self._names_another(around.inner_text(), plan):
            return None  # what is there to press is another plan's
        beside = around.locator(_PRESSED).filter(visible=True)
        return beside.first if beside.count() else None

    def _names_another(self, text: str, plan: str) -> bool:
        """Whether a line of a text begins with another available plan."""
        others = [one for one in self.plans() if one.casefold() != plan.casefold()]
        lines = text.splitlines()
        return any(begins_with_plan(line.strip(), one) for line in lines for one in others)

    def covers(self) -> bool:
        """Whether something has opened over the page."""
        return self._popup() is not None

    def _popup(self) -> Locator | None:
        found = self.page.locator(POPUP).filter(visible=True)
        return found.last if found.count() else None

    def _named(self) -> list[str]:
        """Return the plans whose names start a line, and other names that have a price."""
        text = self.page.locator("body").inner_text()
        words = "|".join([*map(re.escape, self.profile.plans), pattern_of(self.labels.of("plan_name"))])
        names = re.compile(rf"^\W*({words})(?![\w-])", re.IGNORECASE | re.MULTILINE)
        known = [found[1] for found in names.finditer(text)]
        return known if len(set(known)) > 1 else known + [name for name in _priced(text) if name not in known]


def _priced(text: str) -> Iterator[str]:
    """Return the name before a price, on its line or the line before: a few words, no number."""
    before = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if prices := money_in(line):
            name = re.split(r"\W*(?:[A-Z]{2,3})?[$€£¥]|\W*\d", line, maxsplit=1)[0].strip() or before
            if prices and re.fullmatch(r"[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}", name):
                yield name
        before = line


def _pressed(page: Page, name: re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))


class Subscription(BillingPage):
    """The plan of the workspace, as Billing shows it."""

    @blame_promise("doc:upgrade-downgrade.2")
    def upgrade_plan(self, *, several: bool = True) -> PlanChoice:
        """Open the list of available plans, `several` of them. Raises ElementNotFoundError."""
        choice = PlanChoice(self.page, self.profile)
        with blame_promise("doc:upgrade-downgrade.1"):
            try:
                opened = self.click_until(self.labels.of("upgrade_plan"), choice.is_open)
            except UnpressableError:
                if not choice.covers():  # what it has opened lies over it now
                    raise
                opened = False
        if not opened and (several or not (choice.covers() and choice.plans())):
            raise ElementNotFoundError(f'"Upgrade plan" opens no list of several plans. {self.describe_page()}')
        return choice
