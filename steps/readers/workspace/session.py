"""Whether a page shows somebody signed in, or asks them to sign in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from steps.readers.page.lines import Layout, layout_of

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Element, Snapshot
    from steps.targets.labels import Labels
    from steps.targets.profile import Profile

Session = Literal["signed in", "asks to sign in", "neither"]
_PRESSED = frozenset({"button", "link", "tab", "menuitem"})
_FEW = 4
"""Words of what is pressed: what holds a whole form is no button."""
_CODE = re.compile(r"one-time-code")
CODE_NAMED = re.compile(
    r"^(?!.*\b(?:promo|promotion|discount|coupon|voucher|referral|invit\w+|country|postal|post|zip|area|tax)\b)"
    r".*\b(?:code|passcode|otp|pin)\b",
    re.IGNORECASE,
)
"""What a field for an e-mailed code is called; other fields are called codes too."""
_BESIDE = re.compile(
    r"\b(?:re-?send|again|new code|another|show|hide|reveal|toggle|back|cancel|close|menu|help|language|with)\b"
    r"|^(?:sign|log) ?(?:in|up)\b",
    re.IGNORECASE,
)
"""What a button is called that stands beside the fields of a step and does not send it."""


def read_session(snapshot: Snapshot, profile: Profile) -> Session:
    """Return what a page says of a session; "neither" where it says nothing yet, or only speaks to everybody."""
    layout, labels = layout_of(snapshot), profile.labels
    front = [_named(layout, at) for at in range(len(snapshot.elements)) if layout.is_front(at)]
    if _asks(front, labels):
        return "asks to sign in"
    pressed = [one for one in front if one.role in _PRESSED or "pressable" in one.states]
    inside = ("log_out", "workspace_settings", "profile_icon", "add_credits")
    if any(_is_called(one, labels, name) for one in pressed for name in inside):
        return "signed in"
    titles = {line.text.casefold() for line in layout.lines}
    sections = ("current_plan", "billing_information")
    if any(name.casefold() in titles for label in sections for name in labels.of(label).names):
        return "signed in"
    if any(_is_called(one, labels, "sign_in", strict=True) for one in pressed):
        return "asks to sign in"
    return "neither"


def sent_by(snapshot: Snapshot, profile: Profile, key: str) -> int | None:
    """Return what sends the fields of a step: what the label `key` names, or else the only button that may."""
    layout = layout_of(snapshot)
    front = [(at, one) for at, one in enumerate(snapshot.elements) if layout.is_front(at)]
    pressed = [(at, one) for at, one in front if one.role == "button" or "pressable" in one.states]
    pressed = [(at, one if one.name else _in_words(layout, at)) for at, one in pressed]
    others = [(at, one) for at, one in pressed if one.name and not _BESIDE.search(one.name)]
    found = [at for at, one in front if f"label:{key}" in one.states]
    found += [at for at, one in pressed if _is_called(one, profile.labels, key)]
    found += [at for at, one in others if _begins(one, profile.labels, key)]
    buttons = [at for at, one in others if one.role == "button"]
    return next(iter(found), buttons[0] if len(buttons) == 1 else None)


def _in_words(layout: Layout, at: int) -> Element:
    """Return an element that has no name, called by the few words that stand in it."""
    said = " ".join(line.text for line in layout.within(at) or layout.lines_of((at,)))
    name = said if len(said.split()) <= _FEW else ""
    return msgspec.structs.replace(layout.snapshot.elements[at], name=name)


def _named(layout: Layout, at: int) -> Element:
    """Return an element, a field without a name called by the words that stand before it."""
    one = layout.snapshot.elements[at]
    if one.name or not one.kind:
        return one
    before = [line.text for line in layout.lines if line.elements[0] < at]
    return msgspec.structs.replace(one, name=before[-1]) if before else one


def _asks(front: list[Element], labels: Labels) -> bool:
    """Whether there is a form to sign in: a field for a password or code, or for an address with a way to go on."""
    fields = [one for one in front if one.kind and "disabled" not in one.states]
    if any("new-password" in one.kind for one in fields):
        return False
    if any(one.kind.startswith("password") or _begins(one, labels, "password") for one in fields):
        return True
    if any(_CODE.search(one.kind) for one in fields):
        return True
    typed = [one for one in fields if one.role in {"textbox", "spinbutton", "combobox", "listbox"}]
    if typed and all(CODE_NAMED.match(one.name) for one in typed):
        return True
    addresses = [
        one for one in fields if one.kind.startswith("email") or _begins(one, labels, "email") or "@" in one.name
    ]
    buttons = [one for one in front if one.role == "button"]
    goes_on = any(_begins(one, labels, name) for one in buttons for name in ("sign_in", "send_code"))
    return bool(addresses) and all(one in addresses for one in typed) and goes_on


def _begins(one: Element, labels: Labels, name: str) -> bool:
    """Whether the name of an element begins with what a label names: fields append "(optional)", buttons "with …"."""
    label = labels.of(name)
    if label.selector:
        return f"label:{name}" in one.states
    return any(re.match(rf"\W*{re.escape(each)}(?![\w-])", one.name, re.IGNORECASE) for each in label.names)


def _is_called(one: Element, labels: Labels, name: str, *, strict: bool = False) -> bool:
    """Whether an element is what a label names; strictly, only the first words of the label count."""
    label = labels.of(name)
    if f"label:{name}" in one.states:
        return True
    names = label.names[:3] if strict else label.names
    called = re.sub(r"[\s.\u2026\u2192\u203a]+$", "", one.name).casefold().removesuffix(" again")
    return any(called == each.casefold() for each in names)
