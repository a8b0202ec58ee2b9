"""What a payment page says of a payment: in its own texts, and in none that was there before."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.labels import Labels

ABOUT = "what the payment page says of the payment"
SETTLE = 'labels.payment_message = "…" where it refuses, labels.payment_success = "…" where all is paid'
_OF = r"(?:(?:of|for) (?:(?!\b(?:not|never|no)\b|n't)[^;:!?]){1,60}? )?"
"""What was to be paid, or for what, behind "payment"."""

Kind = Literal[
    "insufficient funds", "expired card", "wrong security code", "invalid number", "processing error",
    "not authenticated", "declined", "failed", "refused", "incomplete", "timed out", "ended", "paid", "processing",
]  # fmt: skip

_FAILED = (
    r"(?:(?:has|was|is|could|did)? ?(?:n't|not) (?:been? )?(?:success\w*|succeed\w*|completed?|passed)"
    r"|(?:has |was |is )?(?:been )?(?:failed|unsuccessful|declined|rejected|refused|cancell?ed))"
)
"""What is said of an authentication that was not passed."""
_UNABLE = r"(?:(?:not|n't)(?: able to)?|unable to|failed to)"
_DEAL = r"(?:payment|transaction|purchase|order|checkout|top-?up)"
"""What a payment is called."""
_BEEN = r"(?:(?:was|is|has been|has|is now) )?"
_PUBLISHED: dict[Kind, tuple[str, ...]] = {
    "insufficient funds": (
        r"insufficient (?:funds|balance)",
        r"(?:not|n't) (?:have )?(?:enough|sufficient|adequate) (?:funds|money|balance|credit)",
        r"(?:funds|balance) (?:is|are|was|were) (?:too low|not (?:enough|sufficient)|insufficient)",
        r"exceeds the (?:funds|balance|money)",
        r"(?:lacks|without) (?:the |sufficient |enough )?funds",
    ),
    "expired card": (
        r"card (?:is|has|seems to have) expired",
        r"expired card",
        r"card (?:that )?expired",
        r"card (?:ran|has run) out",
        r"expiry date (?:is in the past|has passed)",
    ),
    "wrong security code": (
        r"(?:cvc|cvv|security code) (?:is|was) (?:incorrect|wrong|invalid)",
        r"(?:cvc|cvv|security code|verification code) (?:does not|doesn't|did not|didn't) match",
        r"(?:incorrect|wrong|invalid) (?:card )?(?:cvc|cvv|security code|verification code)",
    ),
    "invalid number": (
        r"card number (?:is|was) (?:invalid|incorrect|not valid)",
        r"invalid card number",
        r"(?:non[ -]test|(?:not an? |un)(?:\w+ )?test|unknown test|invalid test) card",
        r"test card (?:number )?(?:is |was )?(?:not |un)(?:recogni[sz]ed|known|supported|valid)",
    ),
    "processing error": (
        r"(?:error (?:has )?occurred|(?:went|gone) wrong) (?:while|when) processing (?:your|the) (?:card|payment)",
    ),
    "not authenticated": (
        rf"{_UNABLE} (?:be )?authenticated?",
        rf"authentication (?:(?:with|by|at|from|of) (?:your |the )?(?:card )?(?:bank|issuer) )?{_FAILED}",
        (
            r"(?:not|n't) (?:complete|pass|finish)(?:ed)? (?:the |your )?(?:\w+ )?"
            r"(?:authentication|verification|3-?d ?secure)"
        ),
        rf"(?:^|your |identity |card |bank |payment |3-?d ?secure )verification {_FAILED}",
        rf"3-?d ?secure (?:check )?{_FAILED}",
        (
            rf"{_UNABLE} (?:confirm|verify) (?:that )?"
            r"(?:it(?:'s| is| was) (?:really )?you|(?:your|this) (?:identity|card|payment))"
        ),
        r"(?:not|n't) be verified",
    ),
    "ended": (r"completed your payment or this checkout session has timed out",),
    "timed out": (r"session (?:has |is )?(?:timed out|expired)", r"(?:page|link) has expired"),
    "incomplete": (
        r"\bis incomplete\b",
        r"expiration (?:year|date) is in the past",
        r"^required$",
        r"invalid (?:expiry|expiration)",
        r"\b(?:is|are) required\b",
        r"^(?:please )?(?:fill|enter|provide|complete|choose|select|specify)\b(?!.*\b(?:code|otp|pin|password)\b)",
        r"\b(?:must not|cannot|can't|may not) be (?:empty|blank)\b",
    ),
    "declined": (r"\bdeclined\b",),
    "failed": (
        rf"payment {_OF}(?:has )?failed",
        rf"payment {_OF}(?:was |is )?(?:unsuccessful|not (?:successful|accepted|completed?))",
        rf"payment {_OF}(?:did not|didn't|has not|hasn't) (?:go|gone) through",
        r"not be (?:charged|processed)",
        r"(?:refused|rejected) by your bank",
    ),
    "refused": (
        rf"(?:{_DEAL}|charge|authori[sz]ation) {_OF}{_BEEN}(?:failed|unsuccessful|rejected|refused|denied)",
        rf"(?:{_DEAL}|card) {_OF}{_BEEN}{_UNABLE} (?:been |be )?(?:accepted|approved|authori[sz]ed|successful)",
        rf"(?:{_DEAL}|card) {_OF}(?:could|can) ?{_UNABLE} be (?:completed?|confirmed|made|used|taken)",
        rf"{_UNABLE} (?:process|charge|complete|take|accept|authori[sz]e) (?:your|the|this) (?:{_DEAL}|card)",
        rf"{_UNABLE} process {_DEAL}",
        r"(?:card|issuer|bank) (?:was |has been |has )?(?:refused|rejected|denied)",
        r"(?:not|n't) (?:been )?charged(?! yet)",
        r"\b(?:no money|nothing) was (?:taken|charged|paid)",
        rf"(?:problem|error|issue|trouble) (?:with|processing|taking|completing) (?:your|the) (?:{_DEAL}|card)",
        rf"{_DEAL} (?:error|failure)",
        r"(?:try|use) (?:a different|another) (?:card|payment method)",
        r"check (?:your|the) card (?:details|number)",
        r"do not hono(?:u)?r",
    ),
    "paid": (
        rf"{_DEAL} (?:#?[\w-]*\d[\w-]* )?{_OF}{_BEEN}(?:successful|succeeded|completed?|received)",
        rf"{_DEAL} (?:#?[\w-]*\d[\w-]* )?{_OF}{_BEEN}(?:approved|accepted|confirmed|authori[sz]ed|paid)",
        rf"{_DEAL} {_OF}(?:went|has gone) through",
        rf"{_DEAL} {_OF}(?:(?:was|has been) )?processed(?! (?:(?:safely|securely) )?(?:by|via|through|with)\b)",
        r"\bcharge succeeded\b",
        r"\breceived your payment",
        r"\byou paid\b",
        r"thank(?:s| you)(?: very much| so much)? for your (?:payment|purchase|order)",
        r"thank(?:s| you)(?: very much| so much)? for (?:buying|purchasing|ordering|paying)",
        r"you(?:'ve| have) (?:successfully )?paid",
        r"paid successfully",
        r"successfully paid",
        r"(?<!no )(?<!any )\bcredits? (?:have|has|were|was) (?:now |just )?(?:been )?added",
    ),
    "processing": (
        r"^processing\W*$",
        rf"(?:processing|verifying|confirming|checking) (?:(?:your|the) )?(?:{_DEAL}|card)",
        rf"{_DEAL} is (?:being )?process",
        rf"{_DEAL} (?:is )?pending\b",
        r"^waiting for (?:your|the) (?:bank|card|payment)",
        r"^(?:hang tight|one moment|just a moment)",
        r"^please wait\b",
        r"\b(?:do not|don't) (?:close|leave|refresh|reload)\b",
        r"(?:\u2026|\.\.\.)$",
        r"^(?:please )?(?:confirm|approve|verify) (?:this|the|your) (?:payment|purchase)",
    ),
}
"""Each kind with its published sentences, matched loosely, the narrower kind first: a card declined for insufficient
funds is "insufficient funds". Source: docs.stripe.com/testing and the texts of hosted payment pages."""

_WIDER: dict[Kind, int] = {"processing": 0, "refused": 1, "failed": 2, "incomplete": 2, "declined": 3}
"""What gives way to any narrower kind beside it: "Payment failed. Your card was declined." is "declined"."""
_LABELLED: dict[Kind, str] = {"failed": "payment_message", "paid": "payment_success"}
_ENDS = frozenset({"paid", "ended", "timed out"})
_LEADS_ON = re.compile(
    r"\bredirect(?:ing|ed)\b|\b(?:tak|bring|send|return|lead)ing you\b"
    r"|\byou(?:'ll| will| are)(?: now| soon| shortly)?(?: be| being) (?:taken|brought|sent|returned|led|forwarded)\b",
    re.IGNORECASE,
)
"""What is said where a page leads on by itself."""
_OF_BUTTONS: frozenset[Kind] = frozenset({"processing", "paid"})
"""What a button says of the payment that it has sent; else it says what it does: "Complete", "Try another card"."""
_CHARGED = re.compile(r"\b(?:card|account|you) (?:was|were|has been|have been) charged\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|unless|when|whether|may|might|in case|once|as soon as|until)\b")
_ALREADY = re.compile(
    rf"\b(?:{_DEAL}|invoice|session|link|page)\b[^.]*\balready (?:been )?(?:paid|made|completed|processed|used)\b"
    rf"|\balready (?:paid|completed) (?:for )?(?:this|the|your) (?:{_DEAL}|invoice|session)\b"
    rf"|\b(?:{_DEAL}|invoice|session|link|page) (?:is |has )?no longer (?:valid|active|available)\b",
    re.IGNORECASE,
)
"""How a payment page says that there is nothing more to pay on it."""
_DENIED = re.compile(r"(?:\b(?:not|never|without being)|n't)(?: been| be)?\s*$")


@dataclass(frozen=True)
class PaymentMessage:
    """What the page says: one of the known kinds, in its own words."""

    kind: Kind
    text: str
    is_labelled: bool = False
    """Whether only the profile says what it means: why it refuses the payment, its words do not tell."""


def read_messages(
    snapshot: Snapshot, earlier: Snapshot | None = None, labels: Labels | None = None
) -> Fact[PaymentMessage] | Unclear | Absent:
    """Return what the payment page says now and did not say in `earlier`, the look before Pay was pressed.

    What another page says is no answer of the payment page: Absent. Without `earlier` all that is said counts.
    What the profile's `payment_message` names or marks refuses a payment, in whatever words; what its
    `payment_success` does says that all is paid.
    """
    if earlier is not None and _place(snapshot.url) != _place(earlier.url):
        return Absent(ABOUT)
    layout = layout_of(snapshot)
    new = list(_new(layout, earlier))
    pressed = {line.number for line in new if layout.is_pressed(line)}
    said = [
        (kind, line.text) for line in new for kind in kinds_of(line.text)
        if line.number not in pressed or kind in _OF_BUTTONS
    ]  # fmt: skip
    for kind, name in _LABELLED.items() if not said else ():
        labelled = tuple(line.text for line in new if labels and _is_labelled(layout, line, labels, name))
        if labelled:
            return Fact(PaymentMessage(kind, " ".join(labelled), is_labelled=True), labelled)
    if not said:
        vague = tuple(line.text for line in new if _announced(layout, line) and _is_strange(line.text))
        return Unclear(ABOUT, vague, SETTLE) if vague else Absent(ABOUT)
    kinds = {kind for kind, _ in said}
    most = max(_WIDER.get(kind, 4) for kind in kinds)
    narrow = sorted(kind for kind in kinds if _WIDER.get(kind, 4) == most)
    texts = tuple(dict.fromkeys(text for kind, text in said if kind != "processing" or most == 0))
    contradicts = bool(kinds & _ENDS) and bool(kinds - _ENDS - {"processing"})
    if len(narrow) > 1 or contradicts:
        return Unclear(ABOUT, texts, SETTLE)
    return Fact(PaymentMessage(narrow[0], " ".join(texts)), texts)


def _place(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, parts.path


def _new(layout: Layout, earlier: Snapshot | None) -> Iterator[Line]:
    """Yield the lines in front that were not there before, or not as often."""
    before = Counter(line.text for line in layout_of(earlier).lines) if earlier is not None else Counter[str]()
    for line in layout.lines:
        if before[line.text]:
            before[line.text] -= 1
        else:
            yield line


def kinds_of(text: str) -> Iterator[Kind]:
    """Yield what the sentences of a line state; what they ask, suppose or deny is no statement."""
    plain = text.replace("’", "'").casefold()
    for sentence in re.split(r"(?<=[.!?…])\s+", plain):
        stated = (
            (kind, found) for kind, words in _PUBLISHED.items() if (found := re.search("|".join(words), sentence))
        )
        kind, found = next(stated, (None, None))
        if kind is None or found is None or sentence.endswith("?"):
            continue
        before = sentence[: found.start()]
        if not _SUPPOSED.search(before) and not _DENIED.search(before):
            yield kind


def unread(snapshot: Snapshot, earlier: Snapshot) -> Unclear | None:
    """Return what a payment page has come to say that cannot be understood."""
    strange = tuple(line.text for line in _new(layout_of(snapshot), earlier) if _is_strange(line.text))
    return Unclear(ABOUT, strange, SETTLE) if strange else None


def _is_labelled(layout: Layout, line: Line, labels: Labels, name: str) -> bool:
    """Whether the profile says by a label what a line of the payment page means, or by how the line begins."""
    names = tuple(one.casefold() for one in labels.of(name).names)
    marked = any(f"label:{name}" in layout.snapshot.elements[at].states for at in layout.around(line.block))
    return marked or (bool(names) and line.text.casefold().startswith(names))


def says(text: str, *kinds: Kind) -> bool:
    """Whether a message has words of one of some kinds."""
    plain = text.replace("’", "'").casefold()
    return any(re.search(words, plain) for kind in kinds for words in _PUBLISHED[kind])


def says_charged(text: str) -> bool:
    """Whether a message says that money was taken."""
    return bool(_CHARGED.search(text))


def is_over(snapshot: Snapshot) -> bool:
    """Whether a payment page says that it was paid already, or is none any more."""
    return any(_ALREADY.search(line.text) for line in layout_of(snapshot).lines)


def leads_on(text: str) -> bool:
    """Whether a message says that the page will lead somewhere by itself."""
    return bool(_LEADS_ON.search(text.replace("’", "'")))


def only_messages(snapshot: Snapshot) -> bool:
    """Whether a page says nothing but messages of a payment: no site that a buyer could be sent back to does."""
    layout = layout_of(snapshot)
    return bool(layout.lines) and all(any(kinds_of(one.text)) or layout.is_pressed(one) for one in layout.lines)


def _announced(layout: Layout, line: Line) -> bool:
    """Whether a line is announced as a message."""
    elements = layout.snapshot.elements
    return any("live" in elements[at].states or elements[at].role == "alert" for at in layout.around(line.block))


def _is_strange(text: str) -> bool:
    """Whether a text is some sentence and not even supposes or denies one of the known ones."""
    return not says(text, *_PUBLISHED) and len(re.findall(r"[^\W\d_]{2,}", text)) > 1
