"""What was typed into a field is left out of messages and of saved snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import BasePage
from steps.safety.typed_text import without_typed_text
from steps.targets.profile import Profile
from steps.tools.inspection.aria_snapshot import snapshot_of
from steps.tools.inspection.label_suggestions import named_elements

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIELDS = {
    "text": "<label>Field <input value=typed></label>",
    "password": "<label>Field <input type=password value=typed></label>",
    "beside a placeholder": "<label>Field <input placeholder=hint value=typed></label>",
    "search": "<label>Field <input type=search value=typed></label>",
    "number": "<label>Field <input type=number value=4242></label>",
    "several lines": "<label>Field: it's <textarea>typed\nsecond: typed</textarea></label>",
    "rich text": "<div role=textbox aria-label=Field contenteditable><p>typed</p><ul><li>typed</ul></div>",
    "combobox": "<label>Field <input role=combobox placeholder=hint value=typed></label>",
    "combobox of suggestions": "<label>Field <input list=l value=typed></label><datalist id=l><option>A</datalist>",
    "combobox of text": "<div role=combobox aria-label=Field tabindex=0>typed</div>",
    "a name in quotes": "<input title='Field \"a\": b' aria-invalid=true value=typed>",
    "no name": "<input value=typed>",
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_is_in_no_snapshot(page: Page, field: str) -> None:
    page.set_content(f"<p>before</p>{FIELDS[field]}<p>after</p>")
    screen = BasePage(page, Profile())
    elements = " ".join(map(str, named_elements(page.locator("body"))))
    for text in (snapshot_of(page.main_frame), screen.describe_page(), elements):
        assert "typed" not in text
        assert "4242" not in text
    assert "after" in snapshot_of(page.main_frame)
    assert field == "no name" or "Field" in snapshot_of(page.main_frame)


def test_what_a_field_offers_stays(page: Page) -> None:
    page.set_content(
        "<select aria-label=Type><option>A<option selected>B</select>"
        "<label>City <input placeholder=hint value=typed></label>"
    )
    raw = page.locator("body").aria_snapshot()
    kept = without_typed_text(raw)
    assert [line for line in raw.splitlines() if "typed" not in line] == kept.splitlines()
    assert 'option "B" [selected]' in kept
    assert "/placeholder: hint" in kept
