"""A bank's challenge (3-D Secure): what completes it, and what fails it, in whichever frame it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.pages.payment_outcome import is_frame_visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Frame, Locator

    from steps.targets.labels import Labels

_PUBLISHED = "three-ds-2-challenge"
"""What stands in the address of the frame that test cards are challenged in."""
_ANSWERS = {
    True: ("#test-source-authorize-3ds", "complete_challenge"),
    False: ("#test-source-fail-3ds", "fail_challenge"),
}
"""What completes a challenge and what fails it: its published id, and the label that its name begins with elsewhere."""
_CODE = re.compile(r"\b(?:one[- ]?time (?:pass)?(?:word|code|pin)|otp|passcode|verification code)\b", re.IGNORECASE)
_SENDS = re.compile(r"^\W*(?:submit|verify|confirm|continue|authenticate|next)\b", re.IGNORECASE)
_CANCELS = re.compile(r"^\W*(?:cancel|abort|decline|reject|refuse|deny)\b", re.IGNORECASE)
_OF_A_PAYMENT = r"\W+(?:the |this |my )?(?:payment|transaction|purchase)\W*$"
_OF_A_CHALLENGE = r"\W+(?:the )?(?:authentication|challenge|verification|3-?d secure)\b"

_OF_A_BANK = r"""(all, pays) => all.some((el) => {
  if ((el.innerText || el.value || '').trim() === pays) return false;
  for (let at = el.parentElement; at && at !== document.body; at = at.parentElement)
    if (/3-? ?ds|3-? ?d[ -]?secure|\bbank\b|authenticat|\bverif/i.test(at.innerText))
      return at.querySelectorAll('input:not([type=hidden])').length < 2;
  return false;
})"""
"""Whether the least part of a page around an answer that speaks of a bank's check asks for no card as well.

What has the name of the button that pays is none."""


_NAMES = "all => all.map((one) => one.labels?.[0]?.innerText ?? one.ariaLabel ?? one.placeholder ?? '')"


def is_published_challenge(frame: Frame) -> bool:
    """Whether a frame is the one that test cards are challenged in."""
    return _PUBLISHED in frame.url and is_frame_visible(frame)


def has_answer(frame: Frame, labels: Labels) -> bool:
    """Whether a challenge can be completed or failed in a frame."""
    answers = (answer_in(frame, labels, complete=one) for one in (True, False))
    return any(one is not None for one in answers) or code_in(frame) is not None


def asks_beside_form(frame: Frame, labels: Labels, pays: str) -> bool:
    """Whether what completes a challenge stands in a part of the page that speaks of a bank's check, such as a dialog.

    `pays` is the name of the button that pays.
    """
    ways = (way(frame, labels, complete=True) for way in (answer_in, approval_in))
    return any(one is not None and one.evaluate_all(_OF_A_BANK, pays) for one in ways)  # it may be gone: nobody waits


def approval_in(frame: Frame, labels: Labels, *, complete: bool) -> Locator | None:
    """Return what approves or rejects a payment in a frame that asks for that, in words that payment pages have too."""
    ways = {one: _named(frame, labels, _OF_A_PAYMENT, complete=one) for one in (True, False)}
    return ways[complete].first if all(one.count() for one in ways.values()) else None


@dataclass(frozen=True)
class CodeAsked:
    """A challenge by a code: what it is called, its field, and what sends and what cancels it."""

    name: str
    field: Locator
    send: Locator
    cancel: Locator


def code_in(frame: Frame) -> CodeAsked | None:
    """Return the one field of a frame, if a code of the bank's is typed there and sent."""
    typed = frame.locator("input:not([type=hidden],[type=submit],[type=button],[type=checkbox],[type=radio])")
    shown = typed.filter(visible=True)
    if shown.count() != 1:
        return None
    field, send = frame.get_by_label(_CODE).or_(frame.get_by_placeholder(_CODE)).and_(shown), _pressed(frame, _SENDS)
    if not (field.count() and send.count()):
        return None
    names = field.first.evaluate_all(_NAMES)
    return CodeAsked("".join(names).strip(), field.first, send.first, _pressed(frame, _CANCELS).first)


def code_of(name: str, fields: Mapping[str, str]) -> str:
    """Return what the profile gives for a field of that name, "" for nothing."""
    found = (value for words, value in fields.items() if name.casefold().startswith(words.casefold()))
    return next(found, "")


def answer_in(frame: Frame, labels: Labels, *, complete: bool) -> Locator | None:
    """Return what completes or fails a challenge in a frame; a word alone does where its opposite stands beside it."""
    if (sure := _sure(frame, labels, complete=complete)).count():
        return sure.first
    found, opposite = (_named(frame, labels, r"\W*$", complete=one) for one in (complete, not complete))
    opposite = opposite.or_(_sure(frame, labels, complete=not complete))
    return found.first if found.count() and opposite.count() else None


def _sure(frame: Frame, labels: Labels, *, complete: bool) -> Locator:
    """Return what completes or fails a challenge by its published id, its whole name or the profile's selector."""
    id_, key = _ANSWERS[complete]
    published = frame.locator(labels.of(key).selector or id_).filter(visible=True)
    return published.or_(_named(frame, labels, _OF_A_CHALLENGE, complete=complete))


def _named(frame: Frame, labels: Labels, behind: str, *, complete: bool) -> Locator:
    names = "|".join(map(re.escape, labels.of(_ANSWERS[complete][1]).names)) or "(?!)"
    return _pressed(frame, re.compile(rf"^\W*(?:{names}){behind}", re.IGNORECASE))


def _pressed(frame: Frame, name: re.Pattern[str]) -> Locator:
    return frame.get_by_role("button", name=name).or_(frame.get_by_role("link", name=name)).filter(visible=True)
