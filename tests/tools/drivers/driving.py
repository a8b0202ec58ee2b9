"""A driver: finds things in the page or in a frame of it, and does a sequence's steps to them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import stripe

from tests.tools.drivers.sequences import SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator, Page

    from fake_backend.processor_alone import ProcessorAlone
    from tests.tools.drivers.sequences import Step

_PATIENCE_S = 5.0
_PRICE = {"currency": "usd", "unit_amount": 2_000, "product_data": {"name": "Credits"}}


def pay(processor: ProcessorAlone, page: Page, name: str, layout: str) -> str:
    """Work the page of a new session by a sequence, and return how the session stands then."""
    client = stripe.StripeClient(processor.processor_key, base_addresses={"api": processor.processor_url})
    processor.change_settings(layout, {"layout": layout.partition(",")[0], "save_box_ticked": "ticked" in layout})
    done = f"{processor.processor_url}/static/icon.svg?paid"
    order: Any = {
        "mode": "payment",
        "line_items": [{"price_data": _PRICE, "quantity": 1}],
        "success_url": done,
        "client_reference_id": layout,
    }
    session = client.v1.checkout.sessions.create(order)
    page.goto(session.url or "")
    for step in SEQUENCES[name]:
        _do(page, step)
    page.wait_for_url(done, timeout=_PATIENCE_S * 1000)
    return str(client.v1.checkout.sessions.retrieve(session.id).payment_status)


def _do(page: Page, step: Step) -> None:
    if step.action == "absent":
        assert not any(_named(frame, step.thing).count() for frame in page.frames), f"{step.thing} is in the page"
        return
    if (found := _find(page, step)) is not None:
        _ACTIONS[step.action.removeprefix("?")](found, step.value)


_ACTIONS: dict[str, Callable[[Locator, str], object]] = {
    "fill": lambda found, value: found.fill(value),
    "type": lambda found, value: found.press_sequentially(value),
    "select": lambda found, value: found.select_option(value),
    "press": lambda found, _: found.click(timeout=_PATIENCE_S * 1000),
    "script-press": lambda found, _: found.dispatch_event("click"),
    "tick": lambda found, _: found.check(),
    "untick": lambda found, _: found.uncheck(),
    "wait": lambda found, _: found.wait_for(timeout=_PATIENCE_S * 1000),
}


def _find(page: Page, step: Step) -> Locator | None:
    """Return a thing in whichever frame has it; nothing where an optional one does not come."""
    page.locator("form, iframe").first.wait_for()
    page.wait_for_load_state("networkidle")
    until = time.monotonic() + (0 if step.optional else _PATIENCE_S)
    while True:
        for frame in page.frames:
            if _named(frame, step.thing).count():
                return _named(frame, step.thing).first
        if step.optional:
            return None
        assert time.monotonic() < until, f"The page has no {step.thing}"
        page.wait_for_timeout(50)


def _named(frame: Frame, thing: str) -> Locator:
    kind, sign, name = thing.partition(":")
    match kind if sign else "css":
        case "label":
            return frame.get_by_label(name, exact=True)
        case "placeholder":
            return frame.get_by_placeholder(name, exact=True)
        case "button":
            return frame.get_by_role("button", name=name, exact=True)
        case "testid":
            return frame.get_by_test_id(name)
        case _:
            return frame.locator(thing)
