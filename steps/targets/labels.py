"""What things are called on a site: the words of the documentation, each of which a profile can replace."""

from __future__ import annotations

import msgspec
from msgspec import field

ROLES = (
    "button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "radio", "option", "treeitem", "checkbox",
    "switch", "listitem", "heading", "combobox", "textbox", "img", "row", "cell", "gridcell", "article", "region",
)  # fmt: skip
"""The roles that can narrow a label. Source: WAI-ARIA 1.2, roles that people press or read."""


class Label(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How a documented word appears on a site: any of `names`, narrowed by `role`; `selector` (CSS) replaces both."""

    names: tuple[str, ...] = ()
    role: str | None = None
    selector: str | None = None

    @property
    def said(self) -> str:
        """What a message calls it: its first name, or else its selector."""
        return self.names[0] if self.names else self.selector or ""


Words = str | list[str] | Label


def words(*names: str) -> Words:
    """Return the default of a label: the documented name first, then other ways to write it."""
    return list(names)


class Labels(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The documented words that the page objects look for; a profile can replace each."""

    menu: Words = field(default_factory=lambda: words(
            "Menu", "Open menu", "Toggle menu", "Open main menu", "Navigation", "Open navigation", "Toggle navigation",
            "Open sidebar", "Toggle sidebar", "Show sidebar",
        )
    )  # fmt: skip
    more_tabs: Words = field(
        default_factory=lambda: words("More", "More tabs", "Show more tabs", "Sections", "\u2026", "...")
    )
    """Opens the tabs that a narrow page has no room for."""
    profile_icon: Words = field(
        default_factory=lambda: words(
            "Profile",
            "Account",
            "User menu",
            "User profile",
            "Profile menu",
            "Account menu",
            "Open user menu",
            "My account",
        )
    )
    workspace_settings: Words = field(default_factory=lambda: words("Workspace Settings"))
    billing: Words = field(default_factory=lambda: words("Billing"))
    current_plan: Words = field(default_factory=lambda: words("Current Plan", "Current Plan & Credits"))
    billing_information: Words = field(default_factory=lambda: words("Billing Information"))
    invoices: Words = field(default_factory=lambda: words("Invoices"))
    add_credits: Words = field(default_factory=lambda: words("Add credits"))
    upgrade_plan: Words = field(default_factory=lambda: words("Upgrade plan"))
    monthly_credits: Words = field(default_factory=lambda: words("Monthly credits"))
    add_on_credits: Words = field(default_factory=lambda: words("Add-on credits", "Add on credits", "Addon credits"))
    used_credits: Words = field(default_factory=lambda: words("Used credits", "Credits used", "Used", "Consumed"))
    credit_bar: Words = field(default_factory=lambda: words("Credits", "Credit usage", "Credit balance"))
    plan_name: Words = field(
        default_factory=lambda: words(
            "Pro Internal", "Pro Trial", "Enterprise", "Professional", "Business", "Premium", "Starter", "Standard",
            "Advanced", "Ultimate", "Growth", "Basic", "Scale", "Team", "Free", "Plus", "Pro",
        )
    )  # fmt: skip
    confirm: Words = field(
        default_factory=lambda: words(
            "Continue to payment", "Proceed to payment", "Continue to checkout", "Proceed to checkout",
            "Go to payment", "Go to checkout", "Continue", "Proceed", "Checkout", "Check out", "Buy now",
            "Buy credits", "Buy", "Pay now", "Pay", "Purchase", "Confirm", "Next", "Add credits",
            "Place order", "Order", "Review", "Yes",
        )
    )  # fmt: skip
    more_packages: Words = field(
        default_factory=lambda: words(
            "Show more", "See more", "View more", "Load more", "More packages", "More", "Show all", "See all",
            "View all", "All packages", "Next", "Next packages",
        )
    )  # fmt: skip
    dismiss: Words = field(
        default_factory=lambda: words(
            "Got it", "OK", "Okay", "Skip", "Skip tour", "Skip for now", "No thanks", "No, thanks", "Maybe later",
            "Later", "Not now", "Dismiss", "Done", "Accept", "Accept all", "Accept cookies", "Accept all cookies",
            "Allow all", "I agree", "Agree", "Reject", "Reject all", "Decline", "Decline all", "Only necessary",
            "Use necessary only", "Necessary only", "Pay without Link", "Pay without saving", "Continue without Link",
            "Continue without saving", "Pay without it",
        )
    )  # fmt: skip
    """Closes what a site lays over its pages by itself: news, a tour, a question about cookies."""
    close: Words = field(
        default_factory=lambda: words("Close", "Cancel", "Dismiss", "Not now", "\u00d7", "\u2715", "X", "Back")
    )
    pay_by_card: Words = field(
        default_factory=lambda: words(
            "Card", "Cards", "Pay with card", "Pay by card", "Credit card", "Debit card", "Credit or debit card",
            "Credit/debit card", "Debit or credit card", "Bank card", "New card", "Add a card", "Use a card",
        )
    )  # fmt: skip
    """Chooses a card on a payment page that offers other ways to pay too."""
    pay: Words = field(
        default_factory=lambda: words("Pay", "Subscribe", "Complete", "Confirm", "Place order", "Submit payment")
    )
    """Begins the name of what pays on the payment page; one that says the amount is known without it."""
    back_to_billing: Words = field(
        default_factory=lambda: words(
            "Back to Billing", "Return to Billing", "Go to Billing", "View Billing", "Back to Workspace Settings",
            "Return to", "Continue", "Done", "OK", "Close", "Back",
        )
    )  # fmt: skip
    email: Words = field(default_factory=lambda: words("Email", "E-mail", "Email address", "Work email"))
    password: Words = field(default_factory=lambda: words("Password"))
    sign_in: Words = field(
        default_factory=lambda: words("Sign in", "Log in", "Login", "Continue", "Next", "Continue with email")
    )
    reset_password: Words = field(default_factory=lambda: words("Reset your password"))
    send_code: Words = field(
        default_factory=lambda: words(
            "Send code", "Send", "Reset password", "Continue", "Next", "Email me a code", "Get code", "Get a code",
        )
    )  # fmt: skip
    choose_password: Words = field(
        default_factory=lambda: words(
            "Change password", "Reset password", "Set password", "Save password", "Update password", "Choose password",
            "Create password", "Confirm password", "Set new password", "Save new password", "Choose new password",
            "Create new password", "Change my password", "Reset my password", "Verify", "Verify code", "Confirm code",
            "Check code", "Submit code", "Submit", "Confirm", "Save", "Save changes", "Continue", "Next", "Done",
        )
    )  # fmt: skip
    """Sends the e-mailed code and the new password."""
    log_out: Words = field(default_factory=lambda: words("Log out", "Logout", "Sign out", "Log off", "Sign off"))
    manage_information: Words = field(default_factory=lambda: words("Enter billing information", "Manage"))
    company_name: Words = field(default_factory=lambda: words("Company Name", "Company", "Business name"))
    tax_id: Words = field(default_factory=lambda: words("Tax ID", "Tax number", "VAT number", "VAT ID"))
    po_number: Words = field(default_factory=lambda: words("PO Number", "Purchase order number", "Purchase order"))
    receipts_email: Words = field(
        default_factory=lambda: words("Email for receipts", "E-mail for receipts", "Receipt email", "Email", "E-mail")
    )
    total: Words = field(
        default_factory=lambda: words(
            "Total", "Total due", "Total due today", "Total due now", "Total today", "Today’s total", "Total amount",
            "Total price", "Total cost", "Total to pay", "Total payable", "Total charge", "Total payment",
            "Order total", "Grand total", "Your total", "Purchase total", "Amount", "Amount due", "Amount due today",
            "Amount due now", "Amount to pay", "Amount payable", "Balance due", "Due today", "Due now", "To pay",
            "To pay now", "You pay", "You pay today", "You’ll pay", "You will pay", "Pay today",
            "Total including tax", "Total incl. tax", "Total including VAT", "Total incl. VAT", "Your total is",
            "Your total today is",
        )
    )  # fmt: skip
    payment_message: Words = field(default_factory=lambda: words("Your card was declined.", "Payment failed"))
    """Refuses a payment."""
    payment_success: Words = field(default_factory=lambda: words("Payment successful", "Thank you for your payment"))
    """Says on the payment page that all is paid."""
    complete_challenge: Words = field(
        default_factory=lambda: words(
            "Complete", "Authorize", "Authorise", "Authenticate", "Approve", "Confirm", "Verify", "Pass"
        )
    )  # fmt: skip
    """Passes a bank's challenge (3-D Secure)."""
    fail_challenge: Words = field(
        default_factory=lambda: words("Fail", "Reject", "Refuse", "Deny", "Decline", "Cancel")
    )
    """Does not pass it."""
    save: Words = field(default_factory=lambda: words("Save", "Save changes", "Update", "Submit", "Confirm"))
    paid: Words = field(
        default_factory=lambda: words(
            "Paid", "Complete", "Completed", "Succeeded", "Success", "Successful", "Settled", "Processed", "Received",
            "Confirmed", "Approved", "Captured", "Closed",
        )
    )  # fmt: skip
    """How an invoice is marked that is paid."""
    invoice_type: Words = field(default_factory=lambda: words("Type"))
    credit_payments: Words = field(default_factory=lambda: words("Credits", "Add-on"))
    """What payments for credits are called, in that filter and in the list."""
    plan_payments: Words = field(default_factory=lambda: words("Plan", "Subscription"))
    invoices_from: Words = field(default_factory=lambda: words("From", "Start date", "Date"))
    invoices_to: Words = field(default_factory=lambda: words("To", "Until", "End date"))
    apply_filter: Words = field(default_factory=lambda: words("Apply", "Filter", "Search", "Show results"))
    next_invoices: Words = field(
        default_factory=lambda: words(
            "Next", "Load more", "Show more", "See more", "View more", "More invoices", "More payments", "Older",
            "Load older", "Show older", "See older", "View older", "Earlier", "Load earlier", "Show earlier",
            "Show all", "View all", "See all", "Load all",
        )
    )  # fmt: skip
    """Leads to further rows, of the invoices and of the users."""
    receipt: Words = field(default_factory=lambda: words("Download receipt", "Receipt", "Download PDF", "Download"))
    users: Words = field(default_factory=lambda: words("Users"))
    role: Words = field(default_factory=lambda: words("Role"))
    access: Words = field(default_factory=lambda: words("Access"))
    last_login: Words = field(default_factory=lambda: words("Last login", "Last log in", "Last sign-in"))
    flows: Words = field(default_factory=lambda: words("Flows", "Workflows"))
    workflow: Words = field(
        default_factory=lambda: words("Open", "Open workflow", "View", "View workflow", "Launch", "Use")
    )
    """What opens a workflow from a list that has no way to run it; a profile's own names the one to open."""
    run: Words = field(default_factory=lambda: words("Run", "Run workflow", "Run flow", "Run now"))
    run_completed: Words = field(
        default_factory=lambda: words("Completed", "Complete", "Succeeded", "Success", "Successful", "Finished", "Done")
    )

    def of(self, name: str) -> Label:
        """Return a label in its full form, whichever of the three forms the profile uses."""
        return as_label(getattr(self, name))


def as_label(value: Words) -> Label:
    """Convert a name, a list of names or a table of a profile into a label."""
    if isinstance(value, Label):
        return value
    return Label(names=(value,) if isinstance(value, str) else tuple(value))
