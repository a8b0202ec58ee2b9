"""Pages with workflows, as a browser shows them to the readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.page.capture import capture, selectors_of
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot

PROFILE = Profile(base_url="http://site.example")


def shown(page: Page, html: str, profile: Profile = PROFILE) -> Snapshot:
    page.route(
        "**/*", lambda route: route.fulfill(body=f"<!doctype html>{html}", content_type="text/html; charset=utf-8")
    )
    page.goto("http://site.example/flows")
    return capture(page, selectors_of(profile))


def labelled(**labels: str | list[str] | Label) -> Profile:
    return Profile(base_url="http://site.example", labels=Labels(**labels))
