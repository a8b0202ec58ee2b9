"""Whether it is a tool that failed, and no promise: the browser, Playwright's driver, the disk."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_DISK = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOTDIR)
)
_DISK_OF_DRIVER = re.compile(r"\b(?:ENOSPC|EDQUOT|EROFS|EACCES|EIO|EMFILE|ENFILE|ENOTDIR|EEXIST)\b")
"""The same, as the driver (Node.js) writes them."""
_STARTING = ("BrowserType.", "Browser.new_", "BrowserContext.new_page")
"""What messages begin with when it is the browser itself that does not do as it should."""


def broken_tool(error: BaseException | None, browser: Browser | None) -> str | None:
    """Return in a sentence which tool broke, if one did while a scenario was carried out."""
    if isinstance(error, BaseExceptionGroup):  # of several fixtures that could not be put away
        return next(filter(None, (broken_tool(one, browser) for one in error.exceptions)), None)
    if isinstance(error, OSError) and error.errno in _DISK:
        return f"The disk is full or cannot be written to ({error.filename or 'a file'}: {error.strerror})."
    words = next(iter(str(error).splitlines()), "") if isinstance(error, PlaywrightError) else ""
    if "ffmpeg" in words:
        return "Videos need Playwright's ffmpeg: install it by `playwright install ffmpeg`, or leave out --video."
    if _DISK_OF_DRIVER.search(words):
        return f"The disk is full or cannot be written to ({words})."
    closed = "has been closed" in words if browser is None else not _answers(browser)
    if closed or "crashed" in words or "connection closed" in words.lower():
        return "The browser or its driver has ended: it crashed, or somebody closed it."
    return f"The browser cannot be used ({words})." if words.startswith(_STARTING) else None


def _answers(browser: Browser) -> bool:
    """Whether the browser still does something; it counts as connected when its driver has been killed."""
    try:
        browser.new_context().close()
    except PlaywrightError:
        return False
    return True
