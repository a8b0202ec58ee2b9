"""How a person operates a page: with a mouse, or with the keyboard alone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Protocol

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.pages.page_scripts import script
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Keyboard, Locator

    ElementLike = Locator | ElementHandle

_MOST_PRESSES = 100
"""Number of Tab presses after which an element counts as out of reach, if no end of the page is reached."""


class OutOfReachError(BrokenPromiseError):
    """Tab does not lead to an element; `way` names the elements that it reached instead, in order."""

    def __init__(self, name: str, way: list[str]) -> None:
        seen = f"Tab leads to {', '.join(way)}, and not there" if way else "Tab leads nowhere"
        super().__init__(f"{name} can be reached by keyboard", seen, "assumption:keyboard-alone")


class InputDevice(Protocol):
    """What page objects use to operate a page."""

    def press(self, target: ElementLike) -> None:
        """Press once the element is still, and even if another element covers it, if nothing else helps."""

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """Press exactly once; with `expect_navigation`, do not wait for the page that it leads to."""

    def force_click(self, target: ElementLike) -> None:
        """Press an element that may be behind its own graphics."""

    def fill(self, field: ElementLike, text: str) -> None:
        """Replace the content of a field."""

    def select(self, choice: ElementLike, index: int) -> None:
        """Select the option of a list by its index."""


class MouseInput:
    """A mouse; text is entered at once."""

    def press(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        try:
            target.click(timeout=2000)
        except PlaywrightTimeoutError:
            if target.is_visible() and not self._clear(target):
                target.dispatch_event("click")

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """See `InputDevice`."""
        try:
            target.click(timeout=5000, no_wait_after=expect_navigation)
        except PlaywrightTimeoutError:
            if expect_navigation or not target.evaluate(script("clear")):  # else it was not pressed
                raise
            target.click(timeout=5000)

    def _clear(self, target: ElementLike) -> bool:
        """Close whatever the site has put over an element, and press it then. Returns whether that was so."""
        if not target.evaluate(script("clear")):
            return False
        with contextlib.suppress(PlaywrightTimeoutError):
            target.click(timeout=2000)
            return True
        return False

    def force_click(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        target.dispatch_event("click")

    def fill(self, field: ElementLike, text: str) -> None:
        """See `InputDevice`."""
        field.fill(text)

    def select(self, choice: ElementLike, index: int) -> None:
        """See `InputDevice`."""
        choice.select_option(index=index)


class ImpatientMouse(MouseInput):
    """A mouse that presses Pay twice in a row."""

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
        self._keyboard(choice).type(choice.evaluate("(list, index) => list.options[index].text", index))

    def tab_to(self, target: ElementLike) -> None:
        """Press Tab until the target has the focus, and arrow keys within a group that Tab enters only once."""
        way: list[str] = []
        first = None
        for _ in range(_MOST_PRESSES):
            seen = self._look(target)
            if seen["is_there"]:
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
        from playwright.sync_api import Locator

        if isinstance(target, Locator):
            return target.page.keyboard
        frame = target.owner_frame()
        assert frame is not None
        return frame.page.keyboard
