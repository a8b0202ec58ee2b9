"""What the foreign site can look like (switches) and which promise it can break (breakages)."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

PACKAGES = {  # credits: price in cents; the documentation names the credits, the prices are this company's own
    2_000: 20_00,
    4_000: 40_00,
    6_000: 59_00,
    11_000: 99_00,
    22_000: 195_00,
    44_000: 379_00,
    66_000: 550_00,
    115_000: 929_00,
    230_000: 1_799_00,
    480_000: 3_599_00,
    1_200_000: 8_499_00,
}
PLANS = {"Basic": 29_00, "Business": 199_00, "Scale": 499_00}  # name: cents a month, cheapest first
MONTHLY_TOTAL = 10_000
MONTHLY_USED = 2_000

SWITCHES: dict[str, tuple[str, ...]] = {  # the first value is the default; every combination is valid
    "sign_in": ("one-step", "two-step"),
    "second_factor": ("none", "app"),  # after the password, a one-time password of an authenticator app
    "routes": ("history", "hash"),
    "animation": ("on", "off"),
    "profile": ("name", "initials", "account"),
    "profile_menu": ("menu", "popover"),
    "settings": ("page", "modal"),
    "billing": ("tab", "link", "button"),
    "section_title": ("Current Plan", "Current Plan & Credits"),
    "section_tag": ("h2", "h3", "div"),
    "credits": ("dl", "slash", "colon", "label-above", "number-above", "sentence"),
    "zero_row": ("shown", "hidden"),
    "used": ("used", "of", "bar"),
    "actions": ("button", "link", "div"),
    "popup": ("dialog", "native", "drawer", "aside", "inline"),
    "popup_title": ("Top up your workspace", "Add credits", "Buy credits", "none"),
    "choice": ("cards", "buttons", "rows", "radios", "radio-cards", "select"),
    "step": ("direct", "confirm"),  # of cards and buttons; rows never need a confirm button, the rest always do
    "confirm": ("Continue", "Proceed to payment", "Buy now"),
    "row_button": ("Select", "Buy"),
    "preselected": ("off", "on"),  # where a confirm button follows
    "prices": ("none", "usd", "eur", "iso"),
    "payment_tab": ("same", "new"),
    "pay_layout": ("fields", "accordion", "iframe"),
    "save_box": ("clear", "ticked"),
    "decline_words": ("debit", "different"),
    "landing": ("billing", "success", "home"),
    "balance": ("fresh", "late", "reload"),
    "stock": ("none", "some"),
    "flows": ("inline", "links", "cards", "rows", "grid"),  # run in the list itself, or each on a page of its own
    "dates": ("since", "between"),  # how invoices are filtered by date
    "help": ("none", "shown"),  # whether the address for help stands beside the packages
    "other_buyer": ("off", "uses", "buys"),
}

BREAKAGES = {  # name: what the visitor meets; those of "one package" concern --broken-package
    "settings-missing": "the profile menu lacks Workspace Settings",
    "billing-missing": "Workspace Settings lacks Billing",
    "current-plan-missing": "Billing lacks the Current Plan section",
    "plan-name-missing": "Current Plan does not name the plan",
    "progress-bar-missing": "no progress bar of credits",
    "kinds-not-told-apart": "one number instead of Monthly credits and Add-on credits",
    "billing-information-missing": "Billing lacks Billing Information",
    "invoices-missing": "Billing lacks Invoices",
    "invoice-not-listed": "a purchase does not appear among the invoices",
    "upgrade-plan-missing": "no Upgrade plan button",
    "upgrade-plan-dead": "Upgrade plan opens nothing",
    "add-credits-missing": "no Add credits button",
    "add-credits-dead": "Add credits opens nothing",
    "add-credits-elsewhere": "Add credits stands in Invoices, outside Current Plan",
    "package-missing": "one package is not offered",
    "package-extra": "a twelfth package, 3,000 credits, is offered",
    "package-mislabelled": "one package bears another number",
    "package-wordless": "one package says tokens instead of credits",
    "package-reordered": "one package stands behind its successor",
    "package-duplicated": "one package is offered twice",
    "package-dead": "choosing one package leads nowhere",
    "choice-dead": "choosing any package leads nowhere",
    "payment-page-gone": "the payment page does not know the session",
    "wrong-package-on-payment-page": "the payment page names another package",
    "price-mismatch": "the payment page asks for more than the pop-up said (seen with prices shown)",
    "wrong-amount": "one package grants a tenth of its credits",
    "granted-to-monthly": "bought credits are added to the monthly ones",
    "never-granted": "nothing is granted after payment",
    "granted-twice": "bought credits are granted twice",
    "granted-late": "bought credits are granted 30 seconds after payment",
    "gone-after-reload": "bought credits are gone at the second page load after payment",
    "gone-after-sign-in": "bought credits are gone after signing in again",
    "granted-again-on-reopen": "opening the landing address again grants again",
    "plan-changed": "a purchase changes the plan",
    "grant-on-choose": "credits are granted when the package is chosen, before payment",
    "grant-on-close": "closing the pop-up grants 2,000 credits",
    "grant-on-cancel": "leaving the payment page unpaid grants the package",
    "grant-on-decline": "a declined card grants the package",
    "grant-on-failed-3ds": "a failed authentication grants the package",
    "second-purchase-fails": "after one purchase no further checkout can be started",
    "log-out-missing": "the profile menu lacks Log out",
    "reset-link-missing": "the sign-in page lacks Reset your password",
    "reset-code-not-mailed": "no code to reset a password is mailed",
    "reset-code-wrong": "the code that is mailed to reset a password is not the one that is taken",
    "receipt-not-mailed": "no receipt is mailed",
    "receipt-mailed-to-buyer": "the receipt is mailed to the buyer, not to the address for receipts",
    "downgrade-at-once": "a downgrade takes effect immediately",
    "downgrade-never": "a downgrade never takes effect",
    "month-end-refused": "on the last day of a month no checkout can be started",
}


@dataclass(frozen=True)
class Config:
    """One site: a value for each switch, the breakages, and the package that breakages of one package concern."""

    switches: dict[str, str]
    breakages: frozenset[str] = field(default_factory=frozenset)
    broken_package: int = 44_000
    renamed: dict[str, str] = field(default_factory=dict)
    """Words of the pages, and what they say instead."""

    def __getitem__(self, switch: str) -> str:
        """Value of a switch."""
        return self.switches[switch]

    def breaks(self, name: str) -> bool:
        """Whether this breakage is on; a name that is not listed is a mistake of the site's code."""
        if name not in BREAKAGES:
            raise KeyError(name)
        return name in self.breakages


def parse(pairs: tuple[str, ...], breakages: tuple[str, ...] = (), broken_package: int = 44_000) -> Config:
    """Configuration from name=value pairs; raises ValueError with the nearest right name."""
    switches = {name: values[0] for name, values in SWITCHES.items()}
    for pair in pairs:
        name, _, value = pair.partition("=")
        name = name.replace("-", "_")
        if name not in SWITCHES:
            raise ValueError(_unknown("switch", name, list(SWITCHES)))
        if value not in SWITCHES[name]:
            raise ValueError(_unknown(f"value of {name}", value, list(SWITCHES[name])))
        switches[name] = value
    for name in breakages:
        if name not in BREAKAGES:
            raise ValueError(_unknown("breakage", name, list(BREAKAGES)))
    if broken_package not in PACKAGES:
        raise ValueError(_unknown("package", str(broken_package), [str(credits_) for credits_ in PACKAGES]))
    return Config(switches, frozenset(breakages), broken_package)


def _unknown(kind: str, given: str, known: list[str]) -> str:
    nearest = get_close_matches(given, known, n=1)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else f". Known: {', '.join(known)}"
    return f"Unknown {kind} {given!r}{hint}"
