"""How behave starts and ends: one fake, one browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.tools.benchmarks.bare import FLAGS, Fake

if TYPE_CHECKING:
    from collections.abc import Iterator


def before_all(context: Any) -> None:
    context.fake = Fake()
    context.playwright = sync_playwright().start()
    browser = os.environ.get("ACCEPTANCE_BROWSER")
    context.browser = context.playwright.chromium.launch(executable_path=browser, args=FLAGS)
    context.fake.ready()
    context.numbers = _numbers()


def after_scenario(context: Any, _scenario: Any) -> None:
    context.page.context.close()


def after_all(context: Any) -> None:
    context.browser.close()
    context.playwright.stop()
    context.fake.stop()


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
