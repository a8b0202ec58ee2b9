"""What a member does, in the terms of the scenarios, carried out on the page objects."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.actors.landing import SETTLED, USUAL, Landing, stayed
from steps.actors.mail import SignInCodes
from steps.actors.network_monitor import NetworkMonitor
from steps.actors.payment import Buyer
from steps.actors.payment_intent import NavigationHistory
from steps.actors.price_check import is_price_shown
from steps.actors.purchase import Purchase, parse_credits
from steps.browser.session_storage import open_context
from steps.documentation.packages import documented_packages
from steps.pages.billing import BillingPage
from steps.pages.input_device import MouseInput
from steps.pages.navigation import AppNavigation
from steps.pages.sign_in import SignInPage
from steps.readers.page.capture import watch_numbers
from steps.readers.page.fact import Fact
from steps.targets.test_cards import PAID, Card
from steps.verdicts.expectations import SignedOutError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import BrowserContext, Dialog, Page, StorageState

    from steps.actors.mail import Inbox
    from steps.pages.checkout import PaymentPage
    from steps.pages.input_device import ElementLike, InputDevice
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.invoices.invoices import Invoice
    from steps.safety.spend_guard import SpendGuard
    from steps.targets.target import Account, Target

    EssentialElements = Callable[[], Mapping[str, ElementLike]]

_ONE_LOOK = 5_000
"""Time limit of a single query of a page, in milliseconds; `until` repeats queries."""


def _say_yes(dialog: Dialog) -> None:
    """Answer a question of the browser's own as who wants what was pressed; without an answer it would be No."""
    with suppress(PlaywrightError):
        dialog.accept()


class Member:
    """A signed-in member of a workspace, with a browser context."""

    def __init__(self, target: Target, account: Account, guard: SpendGuard, context: BrowserContext) -> None:
        self.target = target
        self.account = account
        self.guard = guard
        self.context = context
        self.purchases: list[Purchase] = []
        self.information: dict[str, str] = {}
        """The billing information that is known to be saved, where a scenario began with some."""
        self.receipts: Inbox | None = None
        """The mail to the address for receipts, where a scenario is about that."""
        self.doubts: list[str] = []
        """What could not be read for certain on the way: the scenario is not verified, unless it fails."""
        self.listed: tuple[Invoice, ...] = ()
        """The invoices that were listed once that of the last purchase was seen; () where it was not looked for."""
        self.last_seen: CreditsReading | None = None
        """What Billing showed when it was last found to be right; a late look is held against it."""
        self.credits_used: list[int] = []
        """What each workflow that was run has used, as Billing showed it; 0 where that is not known."""
        self.ran_at = ""
        """The address at which the last workflow was run."""
        self.month_ends = False
        """Whether a new month may have begun before a late look."""
        self.others_bought = False
        """Whether another company has bought meanwhile, which may show here late."""
        self.has_moved_clock = False
        """Whether another time has come for its account since the scenario began."""
        self.billing_at = ""
        """The address of Billing as it was opened: pages and filters of its lists may change it."""
        self._leaves_billing = False
        """Whether a reload has been seen to lead elsewhere."""
        self.own_state: StorageState | None = None
        """The state of the browser, if the member has signed in anew."""
        self.page: Page = self._new_page()
        self.input: InputDevice = MouseInput(target.profile.labels.of("dismiss").names)
        self.capture_screenshot: Callable[[str], None] = lambda what: None  # noqa: ARG005 - the report puts its camera here
        self.on_checkpoint: Callable[[str, Page, EssentialElements], None] = lambda *stop: None  # noqa: ARG005 - scenarios about looks do

    def _new_page(self) -> Page:
        """Open a tab. Queries are short, because what is not there yet is queried again."""
        self.context.set_default_timeout(_ONE_LOOK)
        watch_numbers(self.context)
        self.history = NavigationHistory(self.context)
        profile = self.target.profile
        # The fake keeps a journal of its own, and is asked for that.
        self.network = NetworkMonitor(self.context, () if profile.kind == "fake" else profile.own_hosts)
        self.context.on("dialog", _say_yes)  # in each tab: nobody would press on, and then say no
        return self.context.new_page()

    @property
    def immediate_timeout_s(self) -> float:
        """How many seconds "immediately" may take on this target."""
        return self.target.profile.limits.immediately

    @property
    def navigation(self) -> AppNavigation:
        """The site's navigation around the member's page."""
        return AppNavigation(self.page, self.target.profile, self.input)

    @property
    def landing(self) -> Landing:
        """What the member's page is after a payment, and the way on from it."""
        return Landing(self.page, self.target.profile, self.input)

    def billing(self) -> BillingPage:
        """Return the Billing tab, opening it if it does not show."""
        billing = BillingPage(self.page, self.target.profile, self.input)
        return billing if billing.shows() else self.navigation.go_to_billing()

    def choose(self, amount: str, *, after_another: bool = False) -> Purchase:
        """Open the packages, choose one, on second thoughts where there is time, and arrive at the payment page."""
        for earlier in self.purchases[-1:]:
            if earlier.payment is not None:
                earlier.payment.put_away()  # a refused one stays open over Billing on some sites
                self._close_what_waits_for(earlier.payment)
        billing = self.billing()
        runs = bool(self.credits_used)
        purchase = Purchase(before=billing.credits(), amount=parse_credits(amount), follows_runs=runs)
        self.purchases.append(purchase)
        self.listed = ()
        purchase.note_contents(self.page, self.target.profile)
        self.on_checkpoint("Billing", billing.page, billing.essential_elements)
        purchase.place = purchase.opened_at = self.page.url
        choice = billing.add_credits()
        purchase.before = self.balance_before_purchase(billing, purchase.before)
        self.on_checkpoint("the packages", choice.page, choice.essential_elements)
        self.capture_screenshot("the packages")
        self.history.begin()
        purchase.payment = choice.choose(amount, self.target.offered, after_another=after_another)
        if choice.shown.issuperset(map(parse_credits, documented_packages())):
            self.target.offered = choice.shown
        purchase.offer, purchase.total_told = choice.chosen, choice.total
        purchase.tax_note, purchase.tax_included = choice.tax_note, choice.tax_included
        purchase.summary = purchase.payment.read_summary(is_expected=partial(is_price_shown, purchase))
        purchase.addresses = [frame.url for frame in purchase.payment.page.frames]
        if purchase.payment.page is self.page:  # else Billing stays open beside it
            purchase.stay_at(purchase.addresses[0])
        self.capture_screenshot("the payment page")
        return purchase

    def note_packages(self) -> None:
        """Note which of the documented packages are on sale: a later pop-up of this run has to offer them too."""
        documented = [parse_credits(amount) for amount in documented_packages()]
        choice = self.billing().add_credits()
        on_sale = {one.amount for one in choice.settled_offers(documented)}
        self.target.offered |= on_sale & {*documented}
        choice.leave()

    def balance_before_purchase(self, billing: BillingPage, before: CreditsReading) -> CreditsReading:
        """Return the credits read before, or newer ones from behind the pop-up if they were on their way then."""
        now = billing.credits_behind()
        if now is not None and now != before:
            now = billing.at_rest(now, billing.credits_behind)
        if now is None or [one.form for one in now.shown] != [one.form for one in before.shown]:
            return before
        pairs = ((before.monthly, now.monthly), (before.add_on, now.add_on))
        return before if any(isinstance(one, Fact) and not isinstance(other, Fact) for one, other in pairs) else now

    def forget(self) -> None:
        """Release what the scenario observed; pytest keeps the results of steps until the end of the run."""
        for purchase in self.purchases:
            vars(purchase).clear()

    def leave_payment(self, purchase: Purchase) -> None:
        """Go back from the payment page without paying."""
        assert purchase.payment is not None
        purchase.payment.leave()
        self._come_back(purchase.payment)
        self._close_what_waits_for(purchase.payment)
        # As it loads, the page that the buyer returns to tells the site the outcome of the payment.
        landing = self.landing
        self.navigation.until(lambda: landing.kind() or self.navigation.is_signed_in(), SETTLED)
        if not landing.kind() and landing.asks_to_sign_in():
            raise SignedOutError(f"{urlsplit(self.page.url).path} asks to sign in", "assumption:unpaid-adds-nothing")
        if not landing.kind():
            landing.hold_no_dead_end()

    def leave_challenge(self, purchase: Purchase) -> None:
        """Leave a payment page on which a bank waits for an answer: close its tab, or open the site in it."""
        assert purchase.payment is not None
        if self.page is not purchase.payment.page:
            purchase.payment.page.close()
        self.history.end()
        self.navigation.start()

    def _close_what_waits_for(self, payment: PaymentPage) -> None:
        """Close what lies over Billing while a payment is made in another tab."""
        if self.page is not payment.page:
            BillingPage(self.page, self.target.profile, self.input).close_pop_up()

    def buy(self, amount: str, card: Card = PAID, *, complete: bool | None = None) -> Purchase:
        """Choose a package and pay for it; `complete` says how a 3-D Secure challenge is answered."""
        purchase = self.choose(amount)
        self.pay(purchase, card, complete=complete)
        return purchase

    def pay(self, purchase: Purchase, card: Card, *, complete: bool | None = None) -> None:
        """Pay on the payment page, if the spend guard authorizes it, and come back if that leads back."""
        buyer = Buyer(self.account.email, self.target.profile.base, self.guard, self.history, self.on_checkpoint)
        buyer.pay(purchase, card, complete=complete)
        self._note_paid(purchase)
        if purchase.outcome is not None and purchase.outcome.kind == "left" and purchase.payment is not None:
            self.history.end()
            self._come_back(purchase.payment)
            purchase.payment.put_away()
            purchase.stay_at(self.page.url)
            purchase.came_to = self.page.url

    def _note_paid(self, purchase: Purchase) -> None:
        """Note with the account what was paid for: lists of invoices are held against that."""
        if purchase.outcome is not None and purchase.outcome.kind == "left" and purchase.amount:
            paid = self.target.paid[self.account.key]
            paid.packages[purchase.amount] += 1
            paid.since = paid.since or self.target.now(self.account)

    def reload(self) -> BillingPage:
        """Reload the page and return Billing."""
        BillingPage(self.page, self.target.profile).reload()
        return self._loaded_billing()

    def billing_before(self, purchase: Purchase) -> BillingPage:
        """Load Billing at the address that it had before a purchase: a landing address may show what no other does."""
        if purchase.opened_at in {"", self.page.url}:
            return self.reload()
        self.navigation.visit(purchase.opened_at)
        return self._loaded_billing()

    def billing_anew(self) -> BillingPage:
        """Load Billing anew as it was opened first, whatever page or filter of a list its address names by now."""
        if self.billing_at in {"", self.page.url}:
            billing = self.reload()
        else:
            self.navigation.visit(self.billing_at)
            billing = self._loaded_billing()
        self.billing_at = self.page.url
        return billing

    def _loaded_billing(self) -> BillingPage:
        billing = BillingPage(self.page, self.target.profile)
        if billing.shows(USUAL if self._leaves_billing else SETTLED):
            return billing
        self._leaves_billing = True
        return self.navigation.go_to_billing()

    def move_clock(self, to: str) -> None:
        """Move the clock of the member's account; what was seen before says nothing of the credits since."""
        self.target.move_clock(self.account, to)
        self.last_seen, self.has_moved_clock = None, True

    def sign_in(self) -> list[str]:
        """Sign in by the sign-in page. Returns with what that refused a password that it took a moment later."""
        self.navigation.visit(self.target.profile.routes.sign_in)
        page = SignInPage(self.page, self.target.profile)
        codes = SignInCodes(self.target, self.account)
        refusals = page.sign_in(self.account.email, self.account.password, codes.code)
        if not self.navigation.until(self.navigation.is_signed_in, self.target.profile.limits.page / 3):
            self.navigation.start()  # past what a site asks in between, such as whether to remember this device
        return refusals

    def sign_in_anew(self, new_context: Callable[..., BrowserContext]) -> None:
        """Discard this session and continue in a new one."""
        state: StorageState | None = self.target.signed_in_anew(self.account)
        if state is None:
            raise NotVerifiedError("This target offers no way to sign in again.")
        self.context.close()
        self.context = open_context(new_context, state)
        self.page = self._new_page()

    def open_landing_again(self, purchase: Purchase) -> BillingPage:
        """Open again the address to which the buyer was sent, or else that on which they were thanked and stayed."""
        self.doubts += stayed(purchase, self.target.profile)
        base = self.target.profile.base
        address = next(iter(purchase.landings), "") or purchase.thanked_at(base) or purchase.place
        address = address or purchase.own_landing(base)
        if not address:
            raise NotVerifiedError("The payment page did not send the buyer to an address that could be opened again.")
        self.navigation.visit(address)
        purchase.reopened = address
        return self.landing.to_billing()

    def _come_back(self, payment: PaymentPage) -> None:
        """Continue in the tab that the payment page returns to, or else in the one that it was opened from."""
        if payment.page.is_closed():
            return
        if payment.page is not self.page and payment.is_at_an_end():
            payment.page.close()  # as it may have told the buyer to
        else:
            self.page = payment.page
