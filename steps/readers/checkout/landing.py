"""What a site says to a buyer who comes back from the payment page: paid or not, and for how many credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.checkout.payment_messages import PaymentMessage, kinds_of, read_messages
from steps.readers.figures.numbers import Notation, notation_of, numbers_in
from steps.readers.money.money import amounts_in
from steps.readers.page.fact import Fact
from steps.readers.page.lines import layout_of
from steps.readers.page.positions import same_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from steps.readers.money.money import Money
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.labels import Labels
    from steps.targets.profile import Profile

_CREDITS = re.compile(r"\s*(?:add-?on\s+)?(?:credits?|cr)\b", re.IGNORECASE)
_ITEM = re.compile(
    r"\W*(?:\d+\s*[x\u00d7]\s*)?[\d.,'’\s]+(?:add-?on )?credits?\b[^\w]*(?:\W?[\d.,]+\W*)?", re.IGNORECASE
)
"""A line that does nothing but name credits, and perhaps what they cost."""
_GIVEN = re.compile(r"\b(?:added|bought|purchased|received|thanks?)\b", re.IGNORECASE)
_ADDED = re.compile(
    r"\bcredits (?:have (?:just )?been|were|are now) (?:added|credited|granted)\b"
    r"|\badded [\d.,\s]+(?:add-?on |extra )?credits\b|\d (?:add-?on |extra )?credits added\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bthank(?:s| you)\b.*\d[\d.,'\s]* (?:add-?on |extra )?credits will be (?:added|credited)\b", re.IGNORECASE
)
"""How a buyer is thanked for what is still to come."""
_THANKS_FOR_PAYING = re.compile(
    r"^(?!.*\b(?:cancel|abandon|fail))"
    r".*(?:\bthank(?:s| you)\b.*\b(?:payment|purchase)\b|\b(?:payment|purchase)\b.*\bthank)",
    re.IGNORECASE,
)
"""What nobody is told who has left the payment page: "Thank you! Your payment is on its way."."""
_READY = re.compile(
    r"\bcredits (?:are|is) (?:now )?(?:ready|yours)\b"
    r"|\b(?:card|account|you) (?:was|were|has been|have been) charged\b"
    r"|\bcredits will (?:be (?:added|credited|available)|appear|arrive)\b[^.]*\b(?:shortly|soon|moment|minutes?)\b",
    re.IGNORECASE,
)
"""What nobody is told either who has left it: that credits are ready or on their way, or that a card was charged."""
_NOT = re.compile(r"\b(?:no|not|never|none|nothing|if|when|once|as soon as|until|unless)\b|n['’]t\b", re.IGNORECASE)
_LATER = re.compile(
    r"\bcredits\b[^.]*\b(?:(?:will|should) (?:be (?:added|available|credited|granted)|appear|arrive|show)"
    r"|are (?:added|credited|granted|usable)|arrive|appear|show up|become (?:available|usable)|can be used)\b[^.]*"
    r"\b(?:(?:within|in|after|up to) [^.]*\b(?:hours?|days?|weeks?)|tomorrow"
    r"|\d+ (?:hours?|days?|weeks?) (?:after|later))\b",
    re.IGNORECASE,
)
"""How a buyer is told to wait for the credits; seconds and minutes are no waiting."""
_OF_THE_PLAN = re.compile(
    r"\bmonthly\b|\brenew|\b(?:each|every|per|next) month\b|\bnext (?:billing )?cycle\b", re.IGNORECASE
)
"""What a plan grants comes when it is due, whatever was bought."""
_OF_A_PURCHASE = re.compile(r"\bthank(?:s| you)\b|\b(?:order|purchase|payment)\b", re.IGNORECASE)
_THANKED = re.compile(
    r"\bthank(?:s| you)\b|\byour (?:order|purchase|payment) (?:of|for)\b"
    r"|\bpayment (?:was |has been )?(?:received|successful|succeeded|approved|confirmed|completed?)\W+"
    r"(?:\w+\W+){0,3}?[\d.,\s]+(?:add-?on |extra )?credits (?:were|have been|are now) (?:added|credited)\b",
    re.IGNORECASE,
)
"""What is said of nothing but a payment, so that it is a message wherever it stands."""
_PAID = re.compile(
    r"\bpayment of [^!?]{1,60}\b(?:was|is|has been) (?:successful|received|completed?|approved|confirmed)\b"
    r"|\byou(?:['\u2019]ve| have)? paid\b",
    re.IGNORECASE,
)
"""What a page says that is of a payment alone; a list says it of earlier ones."""
_MONTHLY = re.compile(
    r"\d[\d.,'\u2019\s]* (?:monthly|plan) credits (?:have (?:just )?been|were|are now) (?:added|credited)\b",
    re.IGNORECASE,
)
PAID_FOR = frozenset({"paid", "processing", "ended"})
"""What messages say of a payment that went through, on the site or on its page."""
_DEAD_END = re.compile(
    r"\W*(?:(?:http |error |status )+(?:404|410|500|502|503)\b.{0,40}"
    r"|(?:404|410|500|502|503)\W+(?:error|page|this page|not found|gone|internal|bad|service)\b.{0,40}"
    r"|(?:(?:this|the|that) )?page (?:was )?(?:not found|(?:could|can)(?:not| not|n['\u2019]t) be found).{0,20}"
    r"|(?:(?:this|the|that) )?page (?:does not|doesn['\u2019]t) exist.{0,20}"
    r"|(?:(?:internal )?server error|bad gateway|service unavailable|application error).{0,60}|not found\W*)",
    re.IGNORECASE,
)
"""How a page begins that is none: "404 Not Found", "This page could not be found.", "Internal Server Error"."""
_CODE = re.compile(r"\W*(?:404|410|500|502|503)\W*")
_FEW_LINES = 8
"""The most that a page says on which such a number alone is no count of something."""
_BALANCE = re.compile(r"\bbalance\b[^\d.!?]{0,20}$", re.IGNORECASE)
"""What stands before the number of credits that there are since."""
_NEW_BALANCE = re.compile(
    r"(?:\b(?:new|updated) (?:[\w-]+ ){0,2}balance\b|\bbalance is now\b|\byou (?:now have|have now)\b)[^\d.!?]{0,20}$",
    re.IGNORECASE,
)
"""The same on a page of its own, in whatever line."""
_MORE = re.compile(r"\s*(?:more|extra|additional|new)\b", re.IGNORECASE)


def said_of_payment(snapshot: Snapshot, labels: Labels | None = None, *, everywhere: bool) -> PaymentMessage | None:
    """Return what is said of the payment, where it is certain.

    On Billing that is said in a message; `everywhere` takes all lines, for a page of its own.
    """
    found = read_messages(snapshot, labels=labels)
    if not isinstance(found, Fact):
        return None
    layout = layout_of(snapshot)
    announced = {line.text for line in layout.lines if layout.is_message(line)}
    return found.value if everywhere or set(found.lines) <= announced else None


def claims_payment(
    snapshot: Snapshot, labels: Labels | None = None, *, everywhere: bool, known: Collection[str] = ()
) -> str:
    """Return the words that say that something was paid or that credits were added, "" for none; see above.

    Lines that were `known` before tell of earlier payments.
    """
    said = said_of_payment(snapshot, labels, everywhere=everywhere)
    if said is not None and said.kind == "paid" and said.text not in known:
        return said.text
    layout = layout_of(snapshot)
    new = [line for line in layout.told if line.text not in known]
    told = [line for line in new if everywhere or layout.is_message(line) or _THANKED.search(line.text)]
    paid = (line.text for line in told if layout.is_message(line) and "paid" in kinds_of(line.text))
    if text := next(paid, ""):
        return text
    claims = (_ADDED, _TO_COME, _THANKS_FOR_PAYING, _READY)
    claimed = (one.text for one in told if any(claim.search(one.text) for claim in claims))
    return next((text for text in claimed if not _NOT.search(text)), "")


def thanks_for_the_month(snapshot: Snapshot, *, everywhere: bool) -> str:
    """Return the line that thanks for credits of the plan: "2,000 monthly credits have been added"; "" for none."""
    layout = layout_of(snapshot)
    told = (line for line in layout.told if _MONTHLY.search(line.text))
    said = (one.text for one in told if everywhere or layout.is_message(one) or _THANKED.search(one.text))
    return next(said, "")


def denied(snapshot: Snapshot, known: Collection[str] = ()) -> str:
    """Return the message that says that the payment failed, whatever else is said, and was not `known` before."""
    layout = layout_of(snapshot)
    new = (line.text for line in layout.told if layout.is_message(line) and line.text not in known)
    return next((text for text in new if not PAID_FOR.issuperset(kinds_of(text))), "")


def put_off(snapshot: Snapshot, *, everywhere: bool) -> str:
    """Return the line that tells a buyer that what was bought is added later, "" for none.

    On Billing that is said in a message or of a purchase; `everywhere` takes all lines, for a page of its own.
    """
    layout = layout_of(snapshot)
    later = [line for line in layout.told if _LATER.search(line.text) and not _OF_THE_PLAN.search(line.text)]
    said = (line for line in later if everywhere or layout.is_message(line) or _OF_A_PURCHASE.search(line.text))
    return next((line.text for line in said), "")


def dead_end(snapshot: Snapshot) -> str:
    """Return the line of a page that says that there is no such page, or that it could not be made; "" for none."""
    texts = [line.text for line in layout_of(snapshot).lines]
    is_bare = len(texts) <= _FEW_LINES
    dead = (text for text in texts if _DEAD_END.fullmatch(text) or (is_bare and _CODE.fullmatch(text)))
    return next(dead, "")


def thanked_for(
    snapshot: Snapshot, profile: Profile, *, everywhere: bool = True, of_its_own: bool = False
) -> list[int]:
    """Return the credits that are said to have been added or bought: in any line, or in messages and thanks alone.

    So it is in a message of which the profile's `payment_success` says that all is paid, in whatever words.

    A page `of_its_own`, which says nothing but that something was paid, says it by credits beside a price too.
    """
    layout = layout_of(snapshot)
    notation = notation_of((line.text for line in layout.lines), profile.thousands)
    paid = said_of_payment(snapshot, profile.labels, everywhere=everywhere)
    labelled = paid.text if paid is not None and paid.kind == "paid" and paid.is_labelled else ""
    said = [
        line
        for line in layout.told
        if line.text == labelled
        or _THANKED.search(line.text)
        or (_GIVEN.search(line.text) and (everywhere or layout.is_message(line)))
        or (of_its_own and _PAID.search(line.text))
    ]
    found = [one for line in said for one in _credits_in(line.text, notation)]
    if found or not (everywhere and of_its_own):
        return found
    priced = [line for line in layout.lines if any(one.kind == "money" for one in numbers_in(line.text, notation))]
    items = [line for line in layout.lines if _ITEM.fullmatch(line.text)]
    beside = [line for line in items if any(same_row(line.box, one.box) for one in priced)]
    return [one for line in beside for one in _credits_in(line.text, notation)]


def paid_by_thanks(snapshot: Snapshot, profile: Profile) -> list[Money]:
    """Return the amounts of money that a page of a payment's own says were paid."""
    texts = (line.text for line in layout_of(snapshot).lines)
    said = [text for text in texts if _THANKED.search(text) or _PAID.search(text)]
    return [one for text in said for one in amounts_in(text, profile.locale, profile.thousands)]


def told_with_thanks(
    snapshot: Snapshot, credits_: int, profile: Profile, *, everywhere: bool = False
) -> tuple[list[Money], list[int]]:
    """Return what the line that thanks for so many credits says was paid, and what it says is the balance since.

    On Billing that is a message, for a list may say of each purchase what it cost; `everywhere` takes all lines, and
    what other lines say is the new balance.
    """
    layout = layout_of(snapshot)
    notation = notation_of((line.text for line in layout.lines), profile.thousands)
    thanks = (
        line for line in layout.told
        if _THANKED.search(line.text) or (_GIVEN.search(line.text) and (everywhere or layout.is_message(line)))
    )  # fmt: skip
    said = [line.text for line in thanks if credits_ in _credits_in(line.text, notation)]
    money = [one for text in said for one in amounts_in(text, profile.locale, profile.thousands)]
    balances = list(dict.fromkeys([*_behind(_BALANCE, said, notation), *_behind(_NEW_BALANCE, said, notation)]))
    if everywhere:
        balances += _behind(_NEW_BALANCE, (line.text for line in layout.told if line.text not in said), notation)
    return money, balances


def _behind(words: re.Pattern[str], texts: Iterable[str], notation: Notation) -> list[int]:
    """Return the whole numbers in front of which some words stand, but for those of what came on top."""
    numbers = [(text, one) for text in texts for one in numbers_in(text, notation) if one.value is not None]
    counts = [(text, one) for text, one in numbers if one.step <= 1 and not _MORE.match(text, one.end)]
    return [int(one.value or 0) for text, one in counts if words.search(text[: one.start])]


def _credits_in(text: str, notation: Notation) -> list[int]:
    found = (one for one in numbers_in(text, notation) if _CREDITS.match(text, one.end))
    return [int(one.value) for one in found if one.value is not None]
