"""What differs between deployments, as read from a profile: URLs, sign-in, accounts, payments, limits, labels.

The labels default to the words of the documentation (docs.diaflow.io, pages "Buy credits" and "Billing"). A profile
overrides only those that its deployment changes, so that testing another site needs no change of code.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, field

from steps.targets.hosts import host_of, is_allowed, plain_address
from steps.targets.labels import Labels

Seconds = Annotated[float, Meta(gt=0, le=600)]
Action = Literal["buy", "run workflows", "change plan", "sign out", "invite"]
"""What only a profile can permit: it costs something, or outlasts the run. Nothing invites anybody yet."""


class Routes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Addresses within the site, relative to its base URL. Without `billing` the suite walks through the menus."""

    start: str = "/"
    sign_in: str = "/"
    billing: str | None = None


class Limits(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How long the suite waits, in seconds."""

    immediately: Seconds = 10
    """From the end of payment to the balance that a person sees."""
    immediately_waived: str = ""
    """Why more than a minute may pass all the same; the report shows it."""
    page: Seconds = 15
    """For a page or a section to show."""
    payment: Seconds = 30
    """For the payment page to load, and for a payment to be processed."""
    late: Seconds = 30
    """From the end of a scenario that bought or used credits until its account is looked at once more."""
    account: Annotated[float, Meta(gt=0, le=7200)] = 600
    """For an account to become free while other scenarios and runs use all of them."""


MOST_IMMEDIATELY = 60
"""Seconds above which nobody calls it immediately."""


class SignIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How a member signs in: `password` by the site's form, `session` by one saved with `acceptance sign-in`."""

    way: Literal["password", "session"] = "password"


USUAL_LOCALE = "en-US"
"""The locale of a profile that names none, or this one: in which order a site writes days is not known by that."""


class AccountEntry(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An account of a target: e-mail and password as `${VARIABLE}`, or the name or file of a saved session."""

    email: str | None = None
    password: str | None = None
    session: str | None = None
    workspace: str | None = None
    """Names the workspace, where several accounts are given: the same name means the same workspace."""
    totp: str | None = None
    """The secret of the authenticator app that is the account's second factor, as `${VARIABLE}`."""

    def __repr__(self) -> str:
        """Describe the account without its password, since a representation may end up in a report."""
        return f"AccountEntry(email={self.email!r}, session={self.session!r})"


class Access(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a browser must accept before it sees the site: HTTP authentication, or a self-signed certificate."""

    user: str | None = None
    password: str | None = None
    any_certificate: bool = False

    def __repr__(self) -> str:
        """Describe the access without its password."""
        return f"Access(user={self.user!r}, any_certificate={self.any_certificate!r})"


class MailboxEntry(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A mailbox that receives the mail of all accounts: an `imaps://` URL, or the `https://` one of a Mailpit."""

    url: str
    """The folder may follow the host: `imaps://imap.example.com/Tests`."""
    user: str | None = None
    password: str | None = None
    receipts: str | None = None
    """Another address whose mail arrives there, for receipts; without one another account's is used."""
    code: str = ""
    """The words before a one-time code, where it is not the only one in its mail."""
    limit: Seconds = 60
    """Seconds within which a mail must have arrived."""

    def __repr__(self) -> str:
        """Describe the mailbox without its password."""
        return f"MailboxEntry(url={self.url!r}, user={self.user!r})"


class ClockEntry(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A hook of the site's that moves the billing clock of an account; `site_clock` says what it takes and answers."""

    url: str
    token: str | None = None

    def __repr__(self) -> str:
        """Describe the clock without its token."""
        return f"ClockEntry(url={self.url!r})"


class OwnCard(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A card that pays with real money, each field as `${VARIABLE}`."""

    number: str
    expiry: Annotated[str, Meta(pattern=r"^\s*(0?[1-9]|1[0-2])\s*/\s*(20)?\d\d\s*$")]
    cvc: Annotated[str, Meta(pattern=r"^\d{3,4}$")]
    holder: str = "Test Buyer"
    street: str = "1 Test Street"
    town: str = "New York"
    state: str = "NY"
    postcode: str = "10001"
    phone: str = "+12015550123"

    def __repr__(self) -> str:
        """Describe the card without any of its fields."""
        return "OwnCard(…)"


class Payments(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which payments the target allows, on which hosts, and how many in one run. Amounts are in units of `currency`."""

    allow: Literal["none", "test", "real"] = "test"
    hosts: list[str] = field(default_factory=lambda: ["checkout.stripe.com"])
    """Hosts of payment pages; `*.example.com` means every host below it."""
    test_hosts: list[str] = field(default_factory=list)
    """Hosts that take test payments only, where a payment page's URL need not contain `cs_test_`."""
    max_payments: Annotated[int, Meta(ge=0)] | None = None
    max_amount: Annotated[float, Meta(ge=0)] | None = None
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")] | None = None
    """The only currency that may be paid in. Without one, the limit applies to each currency separately."""
    card: OwnCard | None = None
    fields: dict[str, str] = field(default_factory=dict)
    """What a payment page asks for besides, by the words that its field begins with: `{ "CPF" = "…" }`."""

    @property
    def most_payments(self) -> int:
        """The largest number of payments in one run."""
        given = self.max_payments
        return given if given is not None else 1 if self.allow == "real" else 200

    @property
    def most_amount(self) -> Decimal | None:
        """The largest sum of payments in one run, in units of the currency; None for any, which real money never is.

        A number that is large in one currency is small in another.
        """
        return Decimal(str(self.max_amount)) if self.max_amount is not None else None

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """Every host that may serve a payment page."""
        return (*self.hosts, *self.test_hosts)

    @property
    def names_hosts(self) -> bool:
        """Whether the profile says where payment pages are."""
        return self.all_hosts != Payments().all_hosts


class Profile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One target of `targets.toml`."""

    kind: Literal["fake", "site"] = "site"
    base_url: str | None = None
    allowed_hosts: list[str] = field(default_factory=list)
    access: Access = field(default_factory=Access)
    sign_in: SignIn = field(default_factory=SignIn)
    accounts: list[AccountEntry] = field(default_factory=list)
    payments: Payments = field(default_factory=Payments)
    mailbox: MailboxEntry | None = None
    clock: ClockEntry | None = None
    may: list[Action] = field(default_factory=list)
    """What the suite may do besides, to bring an account into the state that a scenario begins with."""
    plans: list[str] = field(default_factory=list)
    """The plans from the cheapest to the dearest, where their prices do not tell."""
    limits: Limits = field(default_factory=Limits)
    labels: Labels = field(default_factory=Labels)
    routes: Routes = field(default_factory=Routes)
    locale: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = USUAL_LOCALE
    timezone: str = ""
    """In which the browser presents itself, and the site tells days; "" where nobody has said it."""
    thousands: Literal[",", ".", " ", "'", ""] = ","
    accessible: bool = False
    """Whether the site is also tested for accessibility, which no documentation page promises."""
    exclusive: bool = False
    """Whether nobody but this run uses the workspaces of its accounts."""
    variant: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The base URL as browsers write it, without a trailing slash."""
        return plain_address(self.base_url or "").rstrip("/")

    @property
    def zone(self) -> str:
        """The time zone in which the browser presents itself."""
        return self.timezone or "UTC"

    def permits(self, action: Action) -> bool:
        """Whether the suite may do this; test payments cost nothing, so that they permit buying."""
        return action in self.may or (action == "buy" and self.payments.allow == "test")

    @property
    def waivers(self) -> list[str]:
        """What the profile lets the site off, one sentence each, for the report."""
        waived = self.limits.immediately_waived
        return [f"“Immediately” may take {self.limits.immediately:g} s here: {waived}"] if waived else []

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """The hosts of the site itself."""
        return (host_of(self.base), *self.allowed_hosts)

    def address(self, route: str) -> str:
        """Return the URL of a route within the site; a route that is already a URL stays as it is."""
        return route if urlsplit(route).scheme else self.base + "/" + route.lstrip("/")

    def is_payment_address(self, address: str) -> bool:
        """Whether a URL may be that of a payment page of this target."""
        return is_allowed(address, self.payments.all_hosts)
