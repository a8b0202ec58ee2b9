"""The list of plans that Upgrade plan opens, and switching to another plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from steps.pages.base_page import LOST_CLICK, POPUP, BasePage, ElementNotFoundError, blame_promise
from steps.pages.billing import BillingPage
from steps.pages.checkout import PaymentPage, other_tabs, payment_page_of
from steps.pages.input_device import UnpressableError
from steps.pages.package_view import PRESSED
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.checkout.alerts import errors_on
from steps.readers.money.prices import tax_note
from steps.readers.packages.package_controls import (
    buttons_in_front,
    confirmations,
    controls_named,
    only_way_on,
    terms_to_accept,
)
from steps.readers.packages.package_presses import name_of
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.fact import Fact
from steps.readers.page.lines import layout_of
from steps.readers.page.snapshot import fronts_of, is_behind
from steps.readers.page.terms import is_unwritten
from steps.readers.plans.plan_credits import read_plan_credits
from steps.readers.plans.plan_marks import marked_plans
from steps.readers.plans.plan_names import read_plan_names
from steps.readers.plans.plan_prices import contrary, new_lines, read_plan_order, read_plan_prices
from steps.readers.plans.plan_ways import folded_plan, way_to_plan
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ElementHandle, Locator, Page

    from steps.readers.money.money import Money
    from steps.readers.page.fact import Unclear
    from steps.readers.page.snapshot import Snapshot
    from steps.readers.plans.plan_prices import OwnPlan
    from steps.targets.profile import Profile

T = TypeVar("T")
_DECIDES = re.compile(r"\W*(?:yes\b|confirm\b|(?:downgrade|upgrade|switch|change|move)(?: |$))", re.IGNORECASE)
"""What a button says that decides about a change of the plan."""


class PlanChoice(BasePage):
    """What Upgrade plan opens. Plans that the page named before do not count as available."""

    def __init__(self, page: Page, profile: Profile) -> None:
        super().__init__(page, profile)
        self._before = self._look()
        self._other_tabs = other_tabs(page)
        self._confirmed = False
        """Whether something was pressed to confirm the choice."""
        self._stood: frozenset[str] = frozenset()
        """The buttons that were there when the plan was chosen, by name."""

    def is_open(self) -> bool:
        """Whether more plans are named than before, in a pop-up or on a page of their own."""
        return len(self.plans()) > 1

    def plans(self) -> list[str]:
        """Return the available plans, without duplicates."""
        return self._named(self._look())

    def amiss(self) -> list[str]:
        """Return what the list says that nobody wrote, or an error, and each button where all of them are disabled."""
        layout = layout_of(now := self._look())
        stood = {line.text for line in layout_of(self._before).all_lines}
        found = [line.text for line in layout.lines if is_unwritten(line.text) and line.text not in stood]
        named = self._named(now)
        ways = {plan: at for plan in named if (at := way_to_plan(now, plan, named)) >= 0}
        presses = {*ways.values()}
        prices = read_plan_prices(now, self.profile, named, self._before)
        found += contrary([(name_of(layout, at), prices.get(plan)) for plan, at in ways.items()])
        are_dead = len(presses) > 1 and all("disabled" in now.elements[at].states for at in presses)
        return [*found, *errors_on(now, stood), *(f"{name_of(layout, at)} is disabled" for at in presses if are_dead)]

    def marked(self) -> list[str]:
        """Return the plans that the list marks as the current one."""
        now = self._look()
        layout = layout_of(now)
        return marked_plans(layout, new_lines(layout, layout_of(self._before), self.profile), self._named(now))

    def settled_plans(self) -> list[str]:
        """Return the available plans once two looks agree on several of them: a page may draw its list twice."""
        last: list[str] = []

        def agree() -> bool:
            nonlocal last
            before, last = last, self.plans()
            return len(last) > 1 and before == last

        until(agree, LOST_CLICK)
        return last

    def order(self, own: OwnPlan) -> Fact[tuple[str, ...]] | Unclear:
        """Return the available plans and the workspace's own, the cheapest first, once the list says what they cost."""
        last: list[Fact[tuple[str, ...]] | Unclear] = []

        def read() -> bool:
            now = self._look()
            last.append(read_plan_order(now, self.profile, self._named(now), own, self._before))
            return isinstance(last[-1], Fact)

        self.until(read, LOST_CLICK)
        return last[-1]

    def credits_of(self, plan: str) -> int | None:
        """Return the credits that the list says a month of a plan has; None where it says none, or several."""
        now = self._look()
        return read_plan_credits(now, self.profile, self._named(now), self._before).get(plan)

    def price_of(self, plan: str) -> Money | None:
        """Return what a month of a plan costs by the list; None where it tells no one price, or one without tax."""
        now = self._look()
        found = read_plan_prices(now, self.profile, self._named(now), self._before).get(plan)
        return None if tax_note(now) else found

    @blame_promise("doc:upgrade-downgrade.3")
    def pay_for(self, plan: str) -> PaymentPage:
        """Choose a plan that has to be paid for, and arrive at the payment page. Raises ElementNotFoundError."""
        found = self._choose(plan, self._paying, self.limits.payment)
        if found is None:
            told = f"Choosing the plan {plan} does not lead to a payment page. {self.describe_page()}"
            if self.covers() and not self._confirmed:
                raise NotVerifiedError(told, line='labels.confirm = "…"')
            raise ElementNotFoundError(told)
        return found

    def _paying(self) -> PaymentPage | None:
        return payment_page_of(self.page, self.profile, self.input, self._other_tabs)

    def take(self, plan: str) -> None:
        """Choose a plan that is not paid for now, confirm if the site asks for it, and wait until nothing is asked."""
        address = self.page.url
        word = re.compile(rf"(?<![\w-]){re.escape(plan)}(?![\w-])", re.IGNORECASE)
        is_named = any(word.search(line.text) for line in layout_of(self._before).all_lines)
        if is_named and not until(lambda: self._button(plan), self.limits.page / 3):
            raise NotVerifiedError(
                f"The list offers no way to the plan {plan}, which Billing names: it may be to come."
            )

        def is_taken() -> bool:
            return (
                not self.is_open() and not until(lambda: self._confirmation(address), LOST_CLICK) and not self._asks()
            )

        if not self._choose(plan, lambda: is_taken() or None, self.limits.page) and self._asks():
            told = f"What confirms the change to {plan} is not known. {self.describe_page()}"
            raise NotVerifiedError(told, line='labels.confirm = "…"')

    @blame_promise("doc:upgrade-downgrade.2")
    def _choose(self, plan: str, done: Callable[[], T | None], limit: float) -> T | None:
        button = until(lambda: self._button(plan), self.limits.page)
        if button is None:
            raise ElementNotFoundError(f"There is no way to the plan {plan}. {self.describe_page()}")
        address = self.page.url
        self._stood = self._pressed_names(self._look())
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
        self._accept_terms(address)
        if (again := self._confirmation(address)) is not None:
            self._confirmed = True
            self.input.press(again)

    def _accept_terms(self, address: str) -> None:
        """Tick what has to be ticked where the choice is confirmed: over the list, or on another page."""
        now = self._look()
        if not is_behind(self._before, now) and self.page.url == address:
            return
        for at in terms_to_accept(now, confirmations(now, self.profile, ())):
            if (box := element_at(self.page, now.stamp, at)) is not None:
                self.input.press(box.evaluate_handle(PRESSED).as_element() or box)

    def _confirmation(self, address: str) -> ElementHandle | None:
        """Return what confirms the choice; None where nothing is asked, and on Billing, which asks for nothing."""
        now = self._look()
        is_over = is_behind(self._before, now)
        is_list = self.page.url == address and self.is_open()
        found = confirmations(now, self.profile, ())
        if not is_over and is_list:  # which may ask for it in the plan's own place
            found = [at for at in found if name_of(layout_of(now), at) not in self._stood]
        elif not is_over and BillingPage(self.page, self.profile).shows():
            return None
        else:
            found = found or only_way_on(now, self.profile) or self._deciding(now)
        if fronts_of(self._before):  # Settings lie over the page themselves, and their own buttons confirm nothing
            stood = self._pressed_names(self._before)
            found = [at for at in found if name_of(layout_of(now), at) not in stood]
        ways = (element_at(self.page, now.stamp, at) for at in found if "disabled" not in now.elements[at].states)
        return next(ways, None)

    def _pressed_names(self, now: Snapshot) -> frozenset[str]:
        layout = layout_of(now)
        return frozenset(name_of(layout, at) for at in buttons_in_front(now))

    def _deciding(self, now: Snapshot) -> list[int]:
        """Return the only button that says what it does to the plan ("Yes, downgrade"), once no list shows."""
        layout = layout_of(now)
        said = [at for at in buttons_in_front(now) if _DECIDES.match(name_of(layout, at))]
        return said if len(said) == 1 and not self.is_open() else []

    def _asks(self) -> bool:
        """Whether something to answer, not only to close, lies over the page, or is a form on one of its own."""
        now = self._look()
        known = {at for key in ("close", "dismiss") for at in controls_named(now, self.profile, key)}
        open_ = set(buttons_in_front(now)) - known
        if is_behind(self._before, now):
            return bool(open_)
        layout = layout_of(now)
        held = self._pressed_names(self._before)
        new = (at for at in open_ if name_of(layout, at) not in held)
        is_elsewhere = now.url != self._before.url and not BillingPage(self.page, self.profile).shows()
        in_form = any(now.elements[up].tag == "form" for at in new for up in layout.around(at))
        return is_elsewhere and in_form and not self.is_open()

    def _button(self, plan: str) -> ElementHandle | None:
        """Find what chooses a plan: one that names it, or one beside its name."""
        now = self._look()
        at = way_to_plan(now, plan, self._named(now))
        if at < 0 and (folded := element_at(self.page, now.stamp, folded_plan(now, plan))):
            self.input.press(folded)
        return element_at(self.page, now.stamp, at) if at >= 0 else None

    def covers(self) -> bool:
        """Whether something has opened over the page."""
        return is_behind(self._before, self._look()) or (not fronts_of(self._before) and self._popup() is not None)

    def _popup(self) -> Locator | None:
        found = self.page.locator(POPUP).filter(visible=True)
        return found.last if found.count() else None

    def _look(self) -> Snapshot:
        return capture(self.page, selectors_of(self.profile))

    def _named(self, now: Snapshot) -> list[str]:
        return read_plan_names(now, self.profile, self._before)


class Subscription(BillingPage):
    """The plan of the workspace, as Billing shows it."""

    @blame_promise("doc:upgrade-downgrade.2")
    def upgrade_plan(self, *, several: bool = True) -> PlanChoice:
        """Open the list of available plans, `several` of them. Raises ElementNotFoundError."""
        choice = PlanChoice(self.page, self.profile)
        self.bring_out(self.labels.of("upgrade_plan"))
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
