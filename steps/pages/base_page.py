"""What every page can do: find elements by the names that people use, and describe the page in messages."""

from __future__ import annotations

import contextlib
import re
import time
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.sync_api import Error as PlaywrightError

from steps.pages.input_device import MOUSE, KeyboardInput, MouseInput, UnpressableError
from steps.pages.not_found import ElementNotFoundError as ElementNotFoundError  # noqa: PLC0414 - page objects take it from here
from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.packages.package_controls import controls_named
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.outline import outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from steps.pages.input_device import ElementLike, InputDevice
    from steps.targets.labels import Label
    from steps.targets.profile import Profile

T = TypeVar("T")
POPUP = "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]"
"""CSS selector of a pop-up."""
PRESSED = ("button", "link", "tab", "menuitem", "radio", "option", "menuitemradio", "treeitem")
"""The roles of elements that are pressed, the most likely first."""
TYPED = (
    "input:not([type=email], [type=password], [type=checkbox], [type=radio], [type=hidden], [type=submit],"
    " [type=button], [type=search]), textarea, [role=textbox]"
)
"""CSS selector of fields that say nothing of what is typed into them."""
_IN_THE_WAY = 3.0
"""Seconds in which what lies over something may go by itself."""
_MOMENT = 1000
"""Time limit for parsing, in milliseconds; a page may show everything while something still loads."""
_INTO_VIEW = """(el) => {
  const { top, left, bottom, right } = el.getBoundingClientRect();
  const isInView = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  if (!isInView) el.scrollIntoView({ block: "center", behavior: "instant" });
}"""
_SCROLLED = "(el, block) => el.scrollIntoView({ block, behavior: 'instant' })"
_ON = "(el) => el.ariaSelected === 'true' || !['', 'false', null].includes(el.ariaCurrent)"
LOST_CLICK = 1.5
"""Seconds after which a click without effect counts as lost."""


@contextlib.contextmanager
def blame_promise(tag: str) -> Iterator[None]:
    """Blame the promise or assumption of this tag for any element that is not found in this context."""
    try:
        yield
    except ElementNotFoundError as error:
        error.promise = error.promise or tag
        raise


def pattern_of(label: Label) -> str:
    """Return the alternatives of a label as part of a regular expression, valid in JavaScript too."""
    return "|".join(r"\s+".join(map(_escaped, name.split())) for name in label.names)


def starts_with_label(label: Label) -> re.Pattern[str]:
    """Return the pattern of a name that starts with a label; fields append "(optional)", an asterisk or a colon."""
    return re.compile(rf"^\W*(?:{pattern_of(label)})(?![\w-])", re.IGNORECASE)


def day_label(label: Label) -> re.Pattern[str]:
    """Return the pattern of a name that says of what a label names the first or last day: "Created from"."""
    of = r"(?:created|issued|paid|dated?|day|billed|invoiced|purchased|period)"
    return re.compile(rf"^\W*(?:\w+ )?{of}(?: (?:on|at))?\W+(?:{pattern_of(label)})\W*$", re.IGNORECASE)


def _escaped(word: str) -> str:
    return re.sub(r"([.*+?^${}()|\[\]\\/])", r"\\\1", word)


class BasePage:
    """A page of a target, found by the labels of its profile."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        self.page = page
        self.profile = profile
        self.input = device
        self.labels = profile.labels
        self.limits = profile.limits

    def until(self, state: Callable[[], T], limit: float) -> T | None:
        """Wait for a state of this page, and check it again on each change of the page; see `until`."""
        return until(state, limit, page=self.page)

    def wait_until_parsed(self) -> None:
        """Wait, for a moment at most, until a page that has started to load is parsed."""
        with ignore_navigation_errors():
            self.page.wait_for_load_state("domcontentloaded", timeout=_MOMENT)

    def field_called(self, called: re.Pattern[str], among: str = TYPED) -> Locator | None:
        """Return the field that shows and is called so: by its name, or else by the words before it."""
        shown = self.page.locator(among).filter(visible=True)
        names: list[list[str]] = shown.evaluate_all(script("called"))
        return next((shown.nth(at) for at, some in enumerate(names) if any(map(called.match, some))), None)

    def matching_elements(self, label: Label, scope: Page | Locator | None = None) -> Iterator[Locator]:
        """Yield visible elements that a label may mean: by role and name, then by text, then by part of the name."""
        scope = scope or self.page
        if label.selector:
            yield from _visible(scope.locator(label.selector))
            return
        words = pattern_of(label)
        exact = re.compile(rf"^\W*(?:{words})\W*$", re.IGNORECASE)
        part = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
        roles = (label.role,) if label.role else PRESSED
        likeliest = list(_visible(_by_role(scope, roles, exact)))
        yield from likeliest
        by_part = _by_role(scope, roles, part)
        if label.role:
            yield from _visible(by_part)
            return
        by_text = scope.get_by_text(exact).or_(scope.get_by_label(exact)).or_(scope.get_by_title(exact))
        # Pages are asked repeatedly for what is not there yet: that is one question more, not two.
        if likeliest or by_text.or_(by_part).filter(visible=True).count():
            yield from _visible(by_text)
            yield from _visible(by_part)

    def first(self, label: Label, scope: Page | Locator | None = None) -> Locator | None:
        """Return the most likely element for a label among those that are there now."""
        return next(self.matching_elements(label, scope), None)

    def click_until(
        self,
        label: Label,
        arrived: Callable[[], Any],
        scope: Page | Locator | None = None,
        *,
        force_first: bool = False,
        reopen: Callable[[], Any] | None = None,
    ) -> bool:
        """Click what is called `label` until `arrived`, and return whether that succeeded.

        A lost click is repeated, and further elements of that name are tried. With `force_first` the first click is
        made without asking `arrived`. `reopen` is called once if the element has disappeared for long, because the menu
        that contains it may have closed. Raises ElementNotFoundError if no such element shows.
        """
        limit = self.limits.page
        found = self.until(lambda: self.first(label, scope), limit / 3 if reopen else limit)
        if not found and reopen is not None:  # it has disappeared before it could be looked at
            once, reopen = reopen, None
            once()
            found = self.until(lambda: self.first(label, scope), 2 * limit / 3)
        if not found:
            raise ElementNotFoundError(f'There is no "{label.said}". {self.describe_page()}')
        tried, was_pressed, began = 0, False, time.monotonic()
        late, patient = began + limit / 3, began + 2 * limit / 3
        unpressable: list[UnpressableError] = []

        def press_and_see() -> bool:
            nonlocal found, tried, was_pressed, reopen
            if (tried or not force_first) and arrived():
                return True
            if tried:
                found = next(islice(self.matching_elements(label, scope), tried, None), None)
            if found is None:
                tried, found = 0, self.first(label, scope)
            if found is None and reopen is not None and time.monotonic() > late:
                once, reopen = reopen, None
                found = self.first(label, scope) if once() else None
            if found is not None and not (was_pressed and time.monotonic() < patient and _is_on(found)):
                self.press_or_note(found, unpressable)
                tried, was_pressed = tried + 1, True
            return bool(self.until(arrived, LOST_CLICK))

        return bool(self.until(press_and_see, limit))

    def press_or_note(self, found: ElementLike, unpressable: list[UnpressableError]) -> None:
        """Press an element. Raises UnpressableError once it has stayed one that a person cannot press."""
        try:
            with ignore_navigation_errors():
                self.input.press(found)
        except UnpressableError as error:
            unpressable.append(error)
            if [str(one) for one in unpressable].count(str(error)) > 1:
                raise

    def obstacle_of(self, found: ElementLike) -> str:
        """Return why a person could not press an element: "is disabled", "is covered by …"; "" where one could.

        It is brought into view, and what lies over it is closed by its own control first, where there is one.
        """

        def obstacle() -> str:
            found.evaluate(_INTO_VIEW)
            seen = found.evaluate(script("pressable"))
            for block in ("center", "start", "end"):  # away from what stays at an edge of something that is scrolled
                if seen["state"] == "covered":
                    found.evaluate(_SCROLLED, block)
                    seen = found.evaluate(script("pressable"))
            by_keys = seen["state"] == "covered" and isinstance(self.input, KeyboardInput)
            return "" if seen["state"] == "free" or by_keys else str(seen["why"])

        why = obstacle()
        if why and isinstance(self.input, MouseInput):
            self.input.uncover(found)
            why = obstacle()
        return "" if not why or until(lambda: not obstacle(), _IN_THE_WAY) else obstacle()

    def close_news(self) -> None:
        """Close what the site has laid over the page by itself, by its own control."""
        now = capture(self.page, selectors_of(self.profile))
        found = controls_named(now, self.profile, "dismiss") if now.layers else []
        if found and (way := element_at(self.page, now.stamp, found[0])) is not None:
            with ignore_navigation_errors(), contextlib.suppress(UnpressableError):
                self.input.press(way)

    def describe_page(self) -> str:
        """Return a list of what is in front, by role and name, for messages about missing elements."""
        try:
            return self._told("The page", outline(capture(self.page)))
        except PlaywrightError as error:
            return f"Nothing could be read at {self.page.url}: {str(error).splitlines()[0]}"

    def _told(self, what: str, lines: list[str]) -> str:
        listed = "\n  ".join(lines[:60]) or "nothing that has a name"
        return f"{what} at {self.page.url} shows instead:\n  {listed}"


def _is_on(found: Locator) -> bool:
    """Whether a tab or link says that what it leads to is open: then a press was not lost, and that may still load."""
    with contextlib.suppress(PlaywrightError):
        return bool(found.evaluate(_ON, timeout=_MOMENT))
    return False


def _by_role(scope: Page | Locator, roles: tuple[str, ...], name: re.Pattern[str]) -> Locator:
    union = scope.get_by_role(roles[0], name=name)  # type: ignore[arg-type] # a role from a profile
    for role in roles[1:]:
        union = union.or_(scope.get_by_role(role, name=name))  # type: ignore[arg-type] # from the tuple above
    return union


def _visible(found: Locator) -> Iterator[Locator]:
    shown = found.filter(visible=True)
    for index in range(min(shown.count(), 5)):
        yield shown.nth(index)
