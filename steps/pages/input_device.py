"""How a person operates a page: with a mouse, or with the keyboard alone."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Protocol

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.pages.not_found import ElementNotFoundError
from steps.pages.page_scripts import script
from steps.targets.labels import Labels
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import ElementHandle, Keyboard

    ElementLike = Locator | ElementHandle

_MOST_PRESSES = 100
"""Number of Tab presses after which an element counts as out of reach, if no end of the page is reached."""


_PATIENCE = 2_000
"""Milliseconds in which an element comes to stand still, and to be pressed."""
_IS_SLIDER = "one => one.getAttribute('role') === 'slider' || one.type === 'range'"
DISMISS = Labels().of("dismiss").names


class OutOfReachError(BrokenPromiseError):
    """Tab does not lead to an element; `way` names the elements that it reached instead, in order."""

    def __init__(self, name: str, way: list[str]) -> None:
        seen = f"Tab leads to {', '.join(way)}, and not there" if way else "Tab leads nowhere"
        super().__init__(f"{name} can be reached by keyboard", seen, "assumption:keyboard-alone")


class InputDevice(Protocol):
    """What page objects use to operate a page."""

    def press(self, target: ElementLike) -> None:
        """Press as a person does. Raises UnpressableError where a person could not: disabled, hidden, covered."""

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """Press exactly once; with `expect_navigation`, do not wait for the page that it leads to."""

    def force_click(self, target: ElementLike) -> None:
        """Press what lies at the place of an element, which may be behind its own graphics."""

    def fill(self, field: ElementLike, text: str) -> None:
        """Replace the content of a field."""

    def select(self, choice: ElementLike, index: int) -> None:
        """Select the option of a list, or the place of a slider, by its index."""


class UnpressableError(ElementNotFoundError):
    """A person could not press it: it is disabled, hidden, or lies under something else."""


class MouseInput:
    """A mouse; text is entered at once. Nothing is pressed that a person could not press.

    What a site lays over its pages by itself (news, a tour, a question about cookies) is closed by its own control
    first, one that is called as `dismiss` says (a profile's `labels.dismiss`).
    """

    def __init__(self, dismiss: Sequence[str] = DISMISS) -> None:
        words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in dismiss)
        self._dismiss = rf"^\W*(?:{words})\W*$" if dismiss else ""

    def press(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        try:
            target.click(timeout=_PATIENCE)
        except PlaywrightTimeoutError as error:
            if not _is_pressed(error):
                self._press_like_a_person(target)

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """See `InputDevice`."""
        try:
            target.click(timeout=2 * _PATIENCE, no_wait_after=expect_navigation)
        except PlaywrightTimeoutError as error:
            if not _is_pressed(error):
                self._press_like_a_person(target, may_uncover=not expect_navigation)

    def _press_like_a_person(self, target: ElementLike, *, may_uncover: bool = True) -> None:
        """Press what did not hold still; say why where it cannot be pressed. Raises UnpressableError."""
        try:
            seen = target.evaluate(script("pressable"))
        except PlaywrightTimeoutError:
            raise UnpressableError("What was to be pressed is gone.") from None
        if seen["state"] == "covered" and may_uncover and self.uncover(target):
            with contextlib.suppress(PlaywrightTimeoutError):
                target.click(timeout=_PATIENCE)
                return
            seen |= {"why": "is gone since what lay over it was closed"}  # a menu closes with it
        _check_free(seen)
        self._press_at(target, is_free=True)

    def _press_at(self, target: ElementLike, *, is_free: bool = False) -> None:
        """Press whatever lies at the middle of an element, or that element alone where it is to be `is_free`."""
        frame = None if isinstance(target, Locator) else target.owner_frame()
        page = target.page if isinstance(target, Locator) else frame.page if frame else None
        with contextlib.suppress(PlaywrightTimeoutError):  # what never holds still can be pressed where it is
            target.scroll_into_view_if_needed(timeout=_PATIENCE)
        box = target.bounding_box()
        if box is None:  # its label stands for what is drawn by it
            label = target.evaluate_handle("(el) => el.labels?.[0] ?? null").as_element()
            box = label.bounding_box() if label else None
        if page and box:
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            window = page.viewport_size or {"width": x + 1, "height": y + 1}
            if not (0 <= x < window["width"] and 0 <= y < window["height"]):
                name = target.evaluate(script("pressable"))["name"]
                raise UnpressableError(f"“{name}” lies beyond the edge of the window, and cannot be scrolled to.")
            if is_free:  # what it has opened may have come over it meanwhile
                _check_free(target.evaluate(script("pressable")))
            page.mouse.click(x, y)

    def uncover(self, target: ElementLike) -> bool:
        """Close what lies over an element by its own control. Returns whether there was one."""
        way = target.evaluate_handle(script("cover"), self._dismiss).as_element() if self._dismiss else None
        if way is None:
            return False
        with contextlib.suppress(PlaywrightTimeoutError):
            way.click(timeout=_PATIENCE)
            return True
        return False

    def force_click(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        self._press_at(target)

    def fill(self, field: ElementLike, text: str) -> None:
        """See `InputDevice`."""
        field.fill(text)

    def select(self, choice: ElementLike, index: int) -> None:
        """See `InputDevice`."""
        if choice.evaluate(_IS_SLIDER):
            slide(choice, index)
        else:
            choice.select_option(index=index)


def _is_pressed(error: PlaywrightTimeoutError) -> bool:
    """Whether what timed out is only the answer that a press asked for."""
    return "click action done" in str(error)


def _check_free(seen: dict[str, str]) -> None:
    if seen["state"] != "free":
        raise UnpressableError(f"“{seen['name']}” {seen['why']}.")


def slide(slider: ElementLike, place: int) -> None:
    """Lead a slider to one of its places by its keys; 0 is the first."""
    slider.press("Home")
    for _ in range(place):
        slider.press("ArrowRight")


class ImpatientMouse(MouseInput):
    """A mouse that presses Pay twice in a row, and the way back before a page that thanks leads back by itself."""

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """See `InputDevice`."""
        if expect_navigation:
            target.dblclick(timeout=5000, no_wait_after=True)
        else:
            super().click_once(target)


MOUSE = MouseInput()
press = MOUSE.press


class KeyboardInput:
    """Only Tab, Enter, Space, arrow keys and letters. What they cannot reach raises OutOfReachError."""

    def __init__(self) -> None:
        self.unmarked: list[str] = []
        """The names of what had the focus without showing it."""

    def press(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        self.tab_to(target)
        self._keyboard(target).press(self._look(target)["key"])

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:  # noqa: ARG002 - keys never wait
        """See `InputDevice`."""
        self.press(target)

    def force_click(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        seen = self._look(target)
        if not seen["is_for_tab"]:  # one of several ways: not worth going round the page to be sure
            raise OutOfReachError(seen["name"], [])
        self.press(target)

    def fill(self, field: ElementLike, text: str) -> None:
        """See `InputDevice`."""
        self.tab_to(field)
        for key in ("ControlOrMeta+a", *text):
            field.press(key)  # into this field only, even if the page moves the focus

    def select(self, choice: ElementLike, index: int) -> None:
        """See `InputDevice`."""
        self.tab_to(choice)
        if choice.evaluate(_IS_SLIDER):
            slide(choice, index)
            return
        self._keyboard(choice).type(choice.evaluate("(list, index) => list.options[index].text", index))

    def tab_to(self, target: ElementLike) -> None:
        """Press Tab until the target has the focus, and arrow keys within a group that Tab enters only once."""
        way: list[str] = []
        first = None
        for _ in range(_MOST_PRESSES):
            seen = self._look(target)
            if seen["is_there"]:
                if not target.evaluate(script("focus_mark")):
                    self.unmarked.append(seen["name"])
                return
            if seen["stop"] is not None and not seen["is_in_group"] and way and seen["stop"] == first:
                break
            first = seen["stop"] if first is None else first
            way += [seen["at"]] if seen["at"] not in way else []
            self._keyboard(target).press("ArrowDown" if seen["is_in_group"] else "Tab")
        raise OutOfReachError(self._look(target)["name"], way)

    def _look(self, target: ElementLike) -> Any:
        return target.evaluate(script("focus"))

    def _keyboard(self, target: ElementLike) -> Keyboard:
        if isinstance(target, Locator):
            return target.page.keyboard
        frame = target.owner_frame()
        assert frame is not None
        return frame.page.keyboard
