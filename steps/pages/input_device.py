"""How a person acts on a page: with a mouse, as most do, or by keyboard alone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Protocol

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.pages.page_scripts import script
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Keyboard, Locator

    Thing = Locator | ElementHandle

_MOST_PRESSES = 100
"""Presses of Tab after which something counts as out of reach, where the way round the page is not seen to end."""


class OutOfReachError(BrokenPromiseError):
    """Tab does not lead to something; `way` names what it led to instead, in order."""

    def __init__(self, name: str, way: list[str]) -> None:
        seen = f"Tab leads to {', '.join(way)}, and not there" if way else "Tab leads nowhere"
        super().__init__(f"{name} can be reached by keyboard", seen, "assumption:keyboard-alone")


class Hand(Protocol):
    """What page objects ask for."""

    def press(self, target: Thing) -> None:
        """Press once it holds still; something that lies over it is no reason not to, when nothing else happens."""

    def press_once(self, target: Thing, *, leaving: bool = False) -> None:
        """Press exactly once, without waiting for the page that it leads to if it is `leaving`."""

    def nudge(self, target: Locator) -> None:
        """Press what may lie behind its own drawing."""

    def fill(self, field: Locator, text: str) -> None:
        """Let a field hold a text and nothing else."""

    def select(self, choice: Thing, index: int) -> None:
        """Select from a list, by an option's place in it."""


class Mouse:
    """Points and presses; texts come at once."""

    def press(self, target: Thing) -> None:
        """See `Hand`."""
        try:
            target.click(timeout=2000)
        except PlaywrightTimeoutError:
            if target.is_visible() and not self._clear(target):
                target.dispatch_event("click")

    def press_once(self, target: Thing, *, leaving: bool = False) -> None:
        """See `Hand`."""
        try:
            target.click(timeout=5000, no_wait_after=leaving)
        except PlaywrightTimeoutError:
            if leaving or not target.evaluate(script("clear")):  # else it was not pressed
                raise
            target.click(timeout=5000)

    def _clear(self, target: Thing) -> bool:
        """Be done with what the site has put over it, and press then. Tells whether that was so."""
        if not target.evaluate(script("clear")):
            return False
        with contextlib.suppress(PlaywrightTimeoutError):
            target.click(timeout=2000)
            return True
        return False

    def nudge(self, target: Locator) -> None:
        """See `Hand`."""
        target.dispatch_event("click")

    def fill(self, field: Locator, text: str) -> None:
        """See `Hand`."""
        field.fill(text)

    def select(self, choice: Thing, index: int) -> None:
        """See `Hand`."""
        choice.select_option(index=index)


MOUSE = Mouse()
press = MOUSE.press


class Keys:
    """Only Tab, Enter, Space, the arrows and letters: what cannot be reached raises OutOfReachError."""

    def press(self, target: Thing) -> None:
        """See `Hand`."""
        self._reach(target)
        self._keyboard(target).press(self._look(target)["key"])

    def press_once(self, target: Thing, *, leaving: bool = False) -> None:  # noqa: ARG002 - keys never wait
        """See `Hand`."""
        self.press(target)

    def nudge(self, target: Locator) -> None:
        """See `Hand`."""
        seen = self._look(target)
        if not seen["is_for_tab"]:  # one of several ways: not worth going round the page to be sure
            raise OutOfReachError(seen["name"], [])
        self.press(target)

    def fill(self, field: Locator, text: str) -> None:
        """See `Hand`."""
        self._reach(field)
        for key in ("ControlOrMeta+a", *text):
            field.press(key)  # into this field and no other, wherever the page would like the focus to go meanwhile

    def select(self, choice: Thing, index: int) -> None:
        """See `Hand`."""
        self._reach(choice)
        self._keyboard(choice).type(choice.evaluate("(list, index) => list.options[index].text", index))

    def _reach(self, target: Thing) -> None:
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

    def _look(self, target: Thing) -> Any:
        return target.evaluate(script("focus"))

    def _keyboard(self, target: Thing) -> Keyboard:
        from playwright.sync_api import Locator

        if isinstance(target, Locator):
            return target.page.keyboard
        frame = target.owner_frame()
        assert frame is not None
        return frame.page.keyboard
