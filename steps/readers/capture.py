"""The one look at a page: a snapshot of a page or frame, and nothing where it has not changed."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Error

from steps.readers.snapshot import VERSION, Snapshot, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import ElementHandle, Frame, JSHandle, Page

    from steps.targets.profile import Profile


_kept: WeakKeyDictionary[Page | Frame, JSHandle] = WeakKeyDictionary()
"""The script as each document keeps it: a browser runs fast what it has run before."""


@cache
def _script() -> str:
    look, again = ((Path(__file__).parent / name).read_text("utf-8") for name in ("snapshot.js", "again.js"))
    return f"() => ({again})({look})"


def selectors_of(profile: Profile) -> dict[str, str]:
    """Return the selectors of the profile's labels, by label, for `capture` to mark what they match."""
    labels = profile.labels
    found = {name: labels.of(name).selector for name in labels.__struct_fields__}
    return {name: css for name, css in found.items() if css}


def capture(place: Page | Frame, selectors: Mapping[str, str] | None = None) -> Snapshot:
    """Return the page or frame as it shows at this moment.

    `selectors` maps names of labels to CSS; what one matches carries the state `label:NAME`.
    """
    return decode(_look(place, "", selectors)["json"])


def changed_since(place: Page | Frame, stamp: str, selectors: Mapping[str, str] | None = None) -> Snapshot | None:
    """Return the page or frame as it shows now, or None where it looks as it did in the snapshot with this stamp.

    Cheap where nothing has changed: only the stamp leaves the page.
    """
    answer = _look(place, stamp, selectors)
    return decode(answer["json"]) if answer.get("json") else None


def element_at(place: Page | Frame, stamp: str, at: int) -> ElementHandle | None:
    """Return an element of the newest snapshot, by that one's stamp, as it is on the page, to be pressed or filled in.

    None where the page has been looked at since and looked otherwise, or the element is gone.
    """
    kept = _kept.get(place)
    if kept is None:
        return None
    return kept.evaluate_handle("(look, given) => look.node(given)", {"stamp": stamp, "at": at}).as_element()


def wait_for_change(place: Page | Frame, least: float, most: float) -> None:
    """Wait until a page or frame has changed since it was last looked at, from `least` to `most` milliseconds."""
    _run(place, "(look, given) => look.changed(given)", [least, most])


def _look(place: Page | Frame, stamp: str, selectors: Mapping[str, str] | None) -> dict[str, Any]:
    given = {"stamp": stamp, "selectors": dict(selectors or {}), "version": VERSION}
    answer: dict[str, Any] = _run(place, "(look, given) => look(given)", given)
    return answer


def _run(place: Page | Frame, script: str, given: object) -> Any:
    kept = _kept.get(place)
    if kept is not None:
        with suppress(Error):  # the document that it belongs to is gone
            return kept.evaluate(script, given)
    _kept[place] = fresh = place.evaluate_handle(_script())
    return fresh.evaluate(script, given)
