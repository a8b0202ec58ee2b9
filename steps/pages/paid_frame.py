"""A form in a frame of the site's own page, which may stay there until the buyer closes it: once paid, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK
from steps.pages.input_device import OutOfReachError, UnpressableError
from steps.pages.payment_outcome import is_frame_visible
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.packages.package_controls import buttons_in_front, controls_named
from steps.readers.packages.package_presses import begins, name_of
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import ElementHandle, Frame

    from steps.pages.input_device import InputDevice
    from steps.targets.profile import Profile


def put_away(frames: Sequence[Frame], profile: Profile, device: InputDevice, *, is_over: bool = True) -> None:
    """Press what closes in frames that still show, or where all `is_over` leads back: "Done", "Close checkout".

    Where nothing in them does, what lies over the page around them may be closed.
    """
    showing = [frame for frame in frames if _shows(frame)]
    for frame in [*showing, *(one.page.main_frame for one in showing[:1])]:
        way = _way_out(frame, profile, is_over=is_over)
        if way is None:
            continue
        try:
            with ignore_navigation_errors():
                device.press(way)
        except (UnpressableError, OutOfReachError):
            continue
        gone = frame if frame.parent_frame else showing[0]
        if until(lambda at=gone: not _shows(at), LOST_CLICK):  # type: ignore[misc]
            return


def _shows(frame: Frame) -> bool:
    return not frame.is_detached() and is_frame_visible(frame)


def _way_out(frame: Frame, profile: Profile, *, is_over: bool) -> ElementHandle | None:
    now = capture(frame, selectors_of(profile))
    if frame.parent_frame is None and not now.layers:
        return None
    layout, close = layout_of(now), [name.casefold() for name in profile.labels.of("close").names]
    back = controls_named(now, profile, "back_to_billing") if is_over else []
    ways = back or [at for at in buttons_in_front(now) if begins(name_of(layout, at), close)]
    return element_at(frame, now.stamp, ways[-1]) if ways else None
