"""The open questions of the documentation, and the answers that the fake can give. The first answer is the default."""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIANTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "package_choice": ("buttons", "cards", "radios"),
        "popup_motion": ("still", "animated"),
        "payment_tab": ("same", "new"),
        "landing": ("billing", "success"),
        "balance": ("fresh", "delayed", "after-reload"),
        "payment_page": ("fields", "card-choice", "nested-frame", "save-box", "payment-element", "field-frames"),
        "payment_summary": ("plain", "promotion-code", "tax-line", "local-currency"),
        "prices": ("shown", "hidden"),
        "section_title": ("current-plan", "current-plan-and-credits"),
        "sign_in": ("password", "code"),
    }
)

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "package_choice": "How a package is chosen: buttons go at once, cards and radio buttons need a confirm button.",
        "popup_motion": "Whether the pop-up slides in.",
        "payment_tab": "Where the payment page opens.",
        "landing": "Where the buyer lands after paying.",
        "balance": "When the balance on Billing shows what was bought.",
        "payment_page": "How the payment page asks for the card.",
        "payment_summary": "What the payment page's summary of the order has besides.",
        "prices": "Whether the pop-up tells prices.",
        "section_title": "What the section with the plan is called.",
        "sign_in": "How a member signs in.",
    }
)
"""What each open question is about."""

DEFAULT_VARIANT: Mapping[str, str] = MappingProxyType({name: values[0] for name, values in VARIANTS.items()})


class UnknownVariantError(ValueError):
    """A question or an answer that is not in the table; the message lists what is."""


def complete(answers: Mapping[str, str], base: Mapping[str, str] = DEFAULT_VARIANT) -> dict[str, str]:
    """Return an answer to every question: the given ones, else those of `base`.

    Raises `UnknownVariantError` with a sentence that names the nearest right word.
    """
    for name, value in answers.items():
        if name not in VARIANTS:
            raise UnknownVariantError(f"There is no open question named {name!r}{_nearest(name, VARIANTS)}.")
        if value not in VARIANTS[name]:
            known = ", ".join(VARIANTS[name])
            raise UnknownVariantError(f"{value!r} is no answer to {name}: it takes {known}.")
    return {**base, **answers}


def _nearest(word: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {near[0]!r}?)" if near else f" (there are {', '.join(known)})"
