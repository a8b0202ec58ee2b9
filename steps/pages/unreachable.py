"""Why a page could not be opened, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Error as PlaywrightError


def reason_of(error: PlaywrightError) -> str:
    """Return what is wrong in a sentence; what Playwright says where that is not known."""
    words = str(error).splitlines()[0]
    known = {
        "ERR_CONNECTION_REFUSED": "nothing answers there (connection refused).",
        "ERR_NAME_NOT_RESOLVED": "there is no host of that name (DNS).",
        "ERR_CERT": "its certificate is not valid.",
        "ERR_SSL": "its https connection failed.",
        "ERR_CONNECTION_RESET": "it ended the connection.",
        "ERR_EMPTY_RESPONSE": "it ended the connection without an answer.",
        "ERR_CONNECTION_TIMED_OUT": "nothing answers there.",
        "ERR_ADDRESS_UNREACHABLE": "it cannot be reached from this machine.",
        "ERR_TOO_MANY_REDIRECTS": "it redirects in a circle.",
        "ERR_INVALID_AUTH": "it asks for a user and password; set access in the profile.",
        "ERR_INTERNET_DISCONNECTED": "this machine has no network.",
        "Timeout": "it did not answer within the time limit of the profile.",
    }
    return next((sentence for key, sentence in known.items() if key in words), words)
