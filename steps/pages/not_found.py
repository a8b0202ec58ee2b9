"""The error of what the documentation names and a page does not offer."""

from __future__ import annotations


class ElementNotFoundError(AssertionError):
    """Something that the documentation names is not there; the message lists what is.

    `promise` is the tag of the promise that names it, "doc:buy-credits.2", if known.
    """

    promise = ""
