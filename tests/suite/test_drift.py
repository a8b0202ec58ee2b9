"""A page that promises something else is told, and the scenarios that this touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.documentation import PAGES
from steps.documentation.packages import FEATURES
from tests.suite.support.drift_pages import FOR_PROGRAMS, SUBSCRIPTION, Page, drift, packages, step_more

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page()
FIRST, SECOND, *_, LAST = PAGE.packages


PROMISED_OTHERWISE: dict[str, tuple[Page, str, str]] = {
    "a package added": (
        packages(*PAGE.packages[:7], "88,000 credits", *PAGE.packages[7:]),
        "The page now offers 88,000 credits",
        "The packages on sale",
    ),
    "a package removed": (
        packages(*PAGE.packages[:5], *PAGE.packages[6:]),
        "The page no longer offers 44,000 credits",
        "Buying 44,000 credits",
    ),
    "a package changed": (PAGE.saying("115,000", "120,000"), "now offers 120,000 credits", "The packages on sale"),
    "packages in another order": (
        packages(SECOND, FIRST, *PAGE.packages[2:]),
        "another order: 4,000 credits stand where the suite expects 2,000",
        "The packages on sale",
    ),
    "a package told twice": (packages(*PAGE.packages, LAST), "1,200,000 credits 2 times", "Buying 1,200,000 credits"),
    "a package struck out": (
        packages(*PAGE.packages[:-1], f"~~{LAST}~~"),
        "no longer offers 1,200,000 credits",
        "Choosing 1,200,000 credits",
    ),
    "another unit": (
        PAGE.saying("22,000 credits", "22,000 tokens"),
        "now sells 22,000 tokens",
        "Buying 22,000 credits",
    ),
    "a price with a package": (
        PAGE.saying("6,000 credits", "6,000 credits – $57"),  # noqa: RUF001 - as pages write it
        'With 6,000 credits the page now says "$57"',
        "Buying 6,000 credits",
    ),
    "no packages": (packages(), "names none of the 11 packages", "The packages on sale"),
    "a button renamed": (
        PAGE.saying("**Add credits**", "**Top up**"),
        'now says "Top up" where the suite looks for "Add credits"',
        "Add credits is in the Current Plan section",
    ),
    "a tab renamed": (
        PAGE.step(1, body="Open **Workspace Settings**, then the **Payments** tab.", title="Find your way."),
        'now says "Payments" where the suite looks for "Billing"',
        "From where a member starts",
    ),
    "a section renamed": (
        PAGE.saying("**Current Plan**", "**Subscription**"),
        'now says "Subscription" where the suite looks for "Current Plan"',
        "Add credits is in the Current Plan section",
    ),
    "all labels of a step renamed": (
        PAGE.step(2, body="Look for the **Subscription** section and click **Top up**."),
        'now says "Subscription" and "Top up" where the suite looks for "Current Plan" and "Add credits"',
        "Add credits is in the Current Plan section",
    ),
    "a label more": (
        PAGE.saying("Select the amount you want.", "Select the amount you want and click **Continue**."),
        'now names "Continue"',
        "The packages on sale",
    ),
    "a step added": (
        step_more("Tell us about your company.", "Enter its name in the form.", 3),
        'a new step, "Tell us about your company."',
        "Buying <package> credits",
    ),
    "a step added that speaks of what is known": (
        step_more("Look again.", "Check the chosen package before you go to the payment page.", 3),
        'a new step, "Look again."',
        "Choosing <package> credits",
    ),
    "a step dropped": (
        PAGE.but(steps=(PAGE.steps[0], *PAGE.steps[2:])),
        'no longer has the step "The Current Plan section has Add credits"',
        "Add credits is in the Current Plan section",
    ),
    "the last step dropped": (
        PAGE.but(steps=PAGE.steps[:3]),
        'no longer has the step "Choosing a package leads to the payment page',
        "Buying <package> credits",
    ),
    "steps swapped": (
        PAGE.but(steps=(PAGE.steps[1], PAGE.steps[0], *PAGE.steps[2:])),
        "steps in another order",
        "From where a member starts",
    ),
    "a link changed": (
        PAGE.saying(SUBSCRIPTION, "/workspace/billing/talk-to-sales.md"),
        f"no longer links to {SUBSCRIPTION.removesuffix('.md')}",
        "Upgrade plan is in the same section",
    ),
    "a link to another site": (
        PAGE.saying(SUBSCRIPTION, f"https://example.com{SUBSCRIPTION}"),
        f"to https://example.com{SUBSCRIPTION}",
        "Upgrade plan is in the same section",
    ),
    "another support address": (
        PAGE.saying("support@diaflow.io", "help@diaflow.io"),
        "no longer names support@diaflow.io",
        "Upgrade plan is in the same section",
    ),
    "another address behind the one shown": (
        PAGE.saying("mailto:support@diaflow.io", "mailto:support@example.com"),
        "now names support@example.com",
        "Upgrade plan is in the same section",
    ),
    "later instead of immediately": (
        PAGE.saying("account immediately", "account within 24 hours"),
        "no longer says that once payment is successful, the credits are added to the account immediately",
        "Buying <package> credits",
    ),
    "immediately said of something else": (
        PAGE.saying("account immediately", "account").saying("are taken", "are immediately taken"),
        "no longer says that once payment is successful",
        "Buying <package> credits",
    ),
    "immediately denied": (
        PAGE.saying("are added to your account immediately", "are not added to your account immediately"),
        "(not), which the suite does not check",
        "Buying <package> credits",
    ),
    "no pop-up": (
        PAGE.saying("A pop-up shows", "The page shows"),
        "no longer says that a pop-up shows the packages",
        "The packages on sale",
    ),
    "no payment page": (
        PAGE.saying("taken to the payment page to complete checkout", "charged on the card that you left with us"),
        "no longer says that choosing a package takes the buyer to the payment page",
        "Choosing <package> credits",
    ),
    "not at any time": (
        PAGE.saying("at any time", "on its last day"),
        "no longer says that extra credits can be bought at any time",
        "The same package twice",
    ),
    "a condition": (
        PAGE.saying("can be bought at any time", "can be bought by owners at any time"),
        "(owners), which the suite does not check",
        "The same package twice",
    ),
    "a promise more": (
        PAGE.saying("without interruption.", "without interruption. Credits that were bought never expire."),
        'now says "Credits that were bought never expire."',
        "The same package twice",
    ),
    "a promise more, without any of the usual words": (
        PAGE.saying("without interruption.", "without interruption. All members of a workspace share its credits."),
        'now says "All members of a workspace share its credits."',
        "The same package twice",
    ),
    "a section more": (
        PAGE.but(more="#### Refunds\n\nAsk us, and you get your money back."),
        'now says "Refunds"',
        "The same package twice",
    ),
    "no help": (
        PAGE.but(help=("Good luck.",)),
        "no longer names support@diaflow.io",
        "Upgrade plan is in the same section",
    ),
    "orders to programs beside a package removed": (
        packages(*PAGE.packages[1:]).but(more=FOR_PROGRAMS),
        "no longer offers 2,000 credits",
        "Buying 2,000 credits",
    ),
    "a link that is none": (
        PAGE.but(more="See <a href='https://[bad'>more</a>."),
        "to https://[bad",
        "Upgrade plan is in the same section",
    ),
    "a script link": (
        PAGE.but(more="See <a href='javascript:alert(1)'>more</a>."),
        "to javascript:alert(1)",
        "Upgrade plan is in the same section",
    ),
}


@pytest.mark.parametrize("name", PROMISED_OTHERWISE)
def test_another_promise_is_told(tmp_path: Path, name: str) -> None:
    page, says, touches = PROMISED_OTHERWISE[name]
    result = drift(tmp_path, page)
    assert result.exit_code == 1, result.output
    lines = result.output.splitlines()
    at = next(at for at, line in enumerate(lines) if says in line)
    assert any(touches in line for line in lines[at + 1 : at + 14]), result.output


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a package added", 1),
        ("a package removed", 1),
        ("a package changed", 2),
        ("packages in another order", 1),
        ("a button renamed", 1),
        ("a step added", 1),
        ("a step dropped", 1),
        ("steps swapped", 1),
        ("another support address", 2),
        ("immediately denied", 1),
    ],
)
def test_nothing_else_is_told(tmp_path: Path, name: str, expected: int) -> None:
    assert f"Promised otherwise ({expected}):" in drift(tmp_path, PROMISED_OTHERWISE[name][0]).output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the credits are added", "half of the credits are added"),
        ("the credits are added", "twice the credits are added"),
        ("extra credits can be bought", "extra seats can be bought, like credits,"),
        ("without interruption", "with a short interruption"),
        ("Select the amount you want.", "Select the amount you want and enter a code."),
        ("at any time", "at any time with $5 for each order"),
        ("at any time", "at any time during the day"),
        ("After your payment is successful,", "After your payment is successful, unless you pay by invoice,"),
        ("**Workspace Settings**", "**Account Settings**"),
        ("click **Add credits**", "click **Buy credits** to Add credits"),
    ],
)
def test_a_word_can_change_a_promise(tmp_path: Path, old: str, new: str) -> None:
    result = drift(tmp_path, PAGE.saying(old, new))
    assert result.exit_code == 1, result.output


def test_what_is_documented_is_what_the_features_say() -> None:
    features = "\n".join(file.read_text(encoding="utf-8") for file in FEATURES.glob("*.feature"))
    for promise in PAGES[0].promises:
        assert all(label in features for label in promise.labels), promise
