"""How a person acts on a page: with a mouse, as most do, or by keyboard alone."""

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
"""Presses of Tab after which something counts as out of reach, where the way round the page is not seen to end."""


class OutOfReachError(BrokenPromiseError):
    """Tab does not lead to something; `way` names what it led to instead, in order."""

    def __init__(self, name: str, way: list[str]) -> None:
        seen = f"Tab leads to {', '.join(way)}, and not there" if way else "Tab leads nowhere"
        super().__init__(f"{name} can be reached by keyboard", seen, "assumption:keyboard-alone")


class InputDevice(Protocol):
    """What page objects ask for."""

    def press(self, target: ElementLike) -> None:
        """Press once it holds still; something that lies over it is no reason not to, when nothing else happens."""

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:
        """Press exactly once, without waiting for the page that it leads to if it is `expect_navigation`."""

    def force_click(self, target: Locator) -> None:
        """Press what may lie behind its own drawing."""

    def fill(self, field: Locator, text: str) -> None:
        """Let a field hold a text and nothing else."""

    def select(self, choice: ElementLike, index: int) -> None:
        """Select from a list, by an option's place in it."""


class MouseInput:
    """Points and presses; texts come at once."""

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
        """Be done with what the site has put over it, and press then. Tells whether that was so."""
        if not target.evaluate(script("clear")):
            return False
        with contextlib.suppress(PlaywrightTimeoutError):
            target.click(timeout=2000)
            return True
        return False

    def force_click(self, target: Locator) -> None:
        """See `InputDevice`."""
        target.dispatch_event("click")

    def fill(self, field: Locator, text: str) -> None:
        """See `InputDevice`."""
        field.fill(text)

    def select(self, choice: ElementLike, index: int) -> None:
        """See `InputDevice`."""
        choice.select_option(index=index)


MOUSE = MouseInput()
press = MOUSE.press


class KeyboardInput:
    """Only Tab, Enter, Space, the arrows and letters: what cannot be reached raises OutOfReachError."""

    def press(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        self.tab_to(target)
        self._keyboard(target).press(self._look(target)["key"])

    def click_once(self, target: ElementLike, *, expect_navigation: bool = False) -> None:  # noqa: ARG002 - keys never wait
        """See `InputDevice`."""
        self.press(target)

    def force_click(self, target: Locator) -> None:
        """See `InputDevice`."""
        seen = self._look(target)
        if not seen["is_for_tab"]:  # one of several ways: not worth going round the page to be sure
            raise OutOfReachError(seen["name"], [])
        self.press(target)

    def fill(self, field: Locator, text: str) -> None:
        """See `InputDevice`."""
        self.tab_to(field)
        for key in ("ControlOrMeta+a", *text):
            field.press(key)  # into this field and no other, wherever the page would like the focus to go meanwhile

    def select(self, choice: ElementLike, index: int) -> None:
        """See `InputDevice`."""
        self.tab_to(choice)
        self._keyboard(choice).type(choice.evaluate("(list, index) => list.options[index].text", index))

    def tab_to(self, target: ElementLike) -> None:
        """Press Tab until the target has the focus, and arrows where it is one of a group that Tab enters once."""
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
