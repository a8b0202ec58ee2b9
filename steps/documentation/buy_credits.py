"""The page "Buy credits": its promises, and the facts by which each is known again in other words.

The page's text is not kept here: a statement lists words that mean the same, so that a page which only says it
otherwise is told apart from one which promises something else.
"""

from __future__ import annotations

from steps.documentation.model import Page, Promise, Statement

_BUY = "buy* | bought | purchas* | get | order* | top up | topping up"
_CHOOSE = "choos* | chose* | select* | pick* | choice"
_CREDITS = "credit | credits"
_PACKAGE = "package* | pack | packs | bundle* | amount* | option* | one"

_ANY_TIME = Statement(
    "extra credits can be bought at any time",
    (
        _BUY,
        "extra | more | additional | add-on | further",
        _CREDITS,
        "any time | anytime | any moment | any point | whenever",
    ),
)
_BEFORE_THE_MONTH_ENDS = Statement(
    "this is so before the month ends",
    (
        "before | until | during | within | mid | middle of",
        "month | monthly | months | month's | billing cycle | billing period",
    ),
)
_KEEP_RUNNING = Statement(
    "workflows keep running without interruption",
    (
        "workflow* | automation* | flows",
        """
        keep* … run* | keep* … work* | keep* going | kept … running | continu* … run* | continu* … work* |
        stay* up | stay* active | go on | without … interruption* | without stopping | without … break |
        uninterrupted | never stop | never pause | won't stop | will not stop | won't be interrupted |
        not be interrupted
        """,
    ),
)
_POP_UP = Statement(
    "a pop-up shows the packages",
    (
        "pop-up* | popup* | dialog* | modal* | window | overlay",
        "show* | list* | display* | appear* | open* | present* | see | offer* | comes up",
        _PACKAGE,
    ),
)
_ONE_CHOOSES = Statement("one chooses a package", (_CHOOSE, _PACKAGE))
_TO_THE_PAYMENT_PAGE = Statement(
    "choosing a package takes the buyer to the payment page",
    (
        _CHOOSE,
        """
        taken | take* | redirect* | sent | send* | brought | bring* | forward* | led | lead* | land* | direct* |
        guide* | go | arrive*
        """,
        "payment page | checkout page | payment screen | checkout screen | checkout",
    ),
)
_FINISH_CHECKOUT = Statement(
    "checkout is finished there",
    ("finish* | complet* | conclud* | pay", "checkout | check out | purchase | payment | order | pay"),
)
_ADDED_IMMEDIATELY = Statement(
    "once payment is successful, the credits are added to the account immediately",
    (
        """
        payment is success* | payment was success* | payment has been success* | successful payment | payment succeed* |
        payment has succeeded | payment goes through | payment has gone through | payment went through |
        payment is complete* | payment has been completed | payment completes | payment is confirmed |
        payment has been confirmed | payment is processed | payment has been processed | payment is received |
        payment has been received | payment is approved | successful purchase | purchase is successful |
        it succeed* | it goes through | it has gone through | you have paid | you've paid | you pay | after paying
        """,
        _CREDITS,
        """
        add* | credited | appear* | available | applied | land* | top* up | show* up | in your account |
        on your account | in your balance
        """,
        "account* | balance | workspace",
        """
        immediate* | instant* | straight away | right away | at once | without delay | without any delay |
        as soon as | the moment
        """,
    ),
)
_BETTER_SUBSCRIPTION = Statement(
    "another subscription may serve those better who buy often",
    (
        "often | frequent* | regular* | a lot | repeated* | again and again | every month",
        "cost-effective | cheaper | save* | economical | better value | worth | pays off | cost less | costs less",
    ),
)
_SUPPORT = Statement(
    "support helps with trouble during checkout",
    (
        "trouble* | problem* | issue* | stuck | difficult* | help | question* | wrong | support",
        "contact* | write | e-mail* | email* | reach* | ask | get in touch | drop",
    ),
)

BUY_CREDITS = Page(
    name="buy-credits",
    title="Buy credits",
    address="https://docs.diaflow.io/workspace/billing/buy-credits",
    promises=(
        Promise(
            "buy-credits.0a",
            "Extra credits can be bought at any time before the month ends",
            statements=(_ANY_TIME, _BEFORE_THE_MONTH_ENDS),
        ),
        Promise("buy-credits.0b", "With bought credits workflows keep running", statements=(_KEEP_RUNNING,)),
        Promise(
            "buy-credits.1",
            "Workspace Settings has a Billing tab",
            step=1,
            labels=("Workspace Settings", "Billing"),
        ),
        Promise(
            "buy-credits.2",
            "The Current Plan section has Add credits",
            step=2,
            labels=("Current Plan", "Add credits"),
        ),
        Promise(
            "buy-credits.3",
            "Add credits opens a pop-up that shows the available credit packages",
            step=3,
            statements=(_POP_UP, _ONE_CHOOSES),
            packages=True,
        ),
        Promise(
            "buy-credits.4a",
            "Choosing a package takes the buyer to the payment page, for that package",
            step=4,
            statements=(_TO_THE_PAYMENT_PAGE, _FINISH_CHECKOUT),
        ),
        Promise(
            "buy-credits.4b",
            "Once payment is successful, the credits are added to the account immediately",
            statements=(_ADDED_IMMEDIATELY,),
        ),
        Promise(
            "buy-credits.help",
            "Those who buy often can change the subscription, those in trouble can write to the support address",
            statements=(_BETTER_SUBSCRIPTION, _SUPPORT),
            links=("/workspace/billing/upgrade-downgrade-a-subscription",),
            addresses=("support@diaflow.io",),
        ),
    ),
)
