"""The one look at a page: a snapshot of a page or frame, and nothing where it has not changed.

Its script stands in `look/`, in chapters that make one function: of `given`, that is `selectors` and a `stamp`, it
returns {stamp} where nothing has changed since that stamp, else {stamp, json} with the JSON of snapshot.py. For who
wants to watch the page: `trees` are its shadow trees, `loose` its fields and what scrolls, `nodes` what `elements` are
on it. Nothing in it changes the page, and nothing is read that may have been typed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from playwright.sync_api import Error

from steps.readers.page.snapshot import VERSION, Snapshot, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import BrowserContext, ElementHandle, Frame, JSHandle, Page

    from steps.targets.profile import Profile


_kept: WeakKeyDictionary[Page | Frame, JSHandle] = WeakKeyDictionary()
"""The script as each document keeps it: a browser runs fast what it has run before."""
_newest: WeakKeyDictionary[Page | Frame, tuple[int, Snapshot]] = WeakKeyDictionary()
"""What came of the newest look at each, with that look's number: a page that stands still does not send it again."""


_CHAPTERS = (
    "tree", "roles", "names", "states", "boxes", "texts", "bars", "style_sheets", "walk", "layers", "covers", "stamp",
)  # fmt: skip
"""The files of `look/`, each of which uses what those before it define; the walk fills in what those after it judge."""


@cache
def _script() -> str:
    look = "\n".join(_text(f"look/{chapter}.js") for chapter in _CHAPTERS)
    again, numbers = map(_text, ("again.js", "numbers.js"))
    return f"() => ({again})((given) => {{\n{look}}}, ({numbers})())"


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


def watch_numbers(context: BrowserContext) -> None:
    """Have the numbers of all pages watched from the moment that they are drawn, for `rest_of_numbers` to tell."""
    context.add_init_script(f"({_text('numbers.js')})()")


def rest_of_numbers(place: Page | Frame) -> float:
    """Return for how many milliseconds numbers that have moved must still stay as they are; 0 where all are still."""
    return float(_run(place, "(look) => look.rest()", None))


def selectors_of(profile: Profile) -> dict[str, str]:
    """Return the selectors of the profile's labels, by label, for `capture` to mark what they match."""
    labels = profile.labels
    found = {name: labels.of(name).selector for name in labels.__struct_fields__}
    return {name: css for name, css in found.items() if css}


def capture(place: Page | Frame, selectors: Mapping[str, str] | None = None) -> Snapshot:
    """Return the page or frame as it shows at this moment; cheap where it stands still since the last look.

    `selectors` maps names of labels to CSS; what one matches carries the state `label:NAME`.
    """
    number, newest = _newest.get(place, (0, None))
    answer = _look(place, selectors, walk=number)
    if newest is not None and not answer.get("json"):
        return replace(newest, time=answer["time"])
    return _decoded(place, answer)


def changed_since(place: Page | Frame, stamp: str, selectors: Mapping[str, str] | None = None) -> Snapshot | None:
    """Return the page or frame as it shows now, or None where it looks as it did in the snapshot with this stamp.

    Cheap where nothing has changed: only the stamp leaves the page.
    """
    answer = _look(place, selectors, stamp=stamp)
    return _decoded(place, answer) if answer.get("json") else None


def element_at(place: Page | Frame, stamp: str, at: int) -> ElementHandle | None:
    """Return an element of the newest snapshot, by that one's stamp, as it is on the page, to be pressed or filled in.

    None where the page has been looked at since and looked otherwise, or the element is gone.
    """
    kept = _kept.get(place)
    if kept is None:
        return None
    return kept.evaluate_handle("(look, given) => look.node(given)", {"stamp": stamp, "at": at}).as_element()


def index_of(place: Page | Frame, element: ElementHandle) -> int:
    """Return which element of the newest snapshot something on the page is, or else stands in; -1 for none."""
    kept = _kept.get(place)
    return int(kept.evaluate("(look, el) => look.index(el)", element)) if kept is not None else -1


def _decoded(place: Page | Frame, answer: dict[str, Any]) -> Snapshot:
    snapshot = decode(answer["json"])
    _newest[place] = answer["walk"], snapshot
    return snapshot


def wait_for_change(place: Page | Frame, least: float, most: float) -> None:
    """Wait until a page or frame has changed since it was last looked at, from `least` to `most` milliseconds."""
    _run(place, "(look, given) => look.changed(given)", [least, most])


def _look(
    place: Page | Frame, selectors: Mapping[str, str] | None, *, stamp: str = "", walk: int = 0
) -> dict[str, Any]:
    given = {"stamp": stamp, "walk": walk, "selectors": dict(selectors or {}), "version": VERSION}
    answer: dict[str, Any] = _run(place, "(look, given) => look(given)", given)
    return answer


def _run(place: Page | Frame, script: str, given: object) -> Any:
    kept = _kept.get(place)
    if kept is not None:
        with suppress(Error):  # the document that it belongs to is gone
            return kept.evaluate(script, given)
    _kept[place] = fresh = place.evaluate_handle(_script())
    return fresh.evaluate(script, given)
