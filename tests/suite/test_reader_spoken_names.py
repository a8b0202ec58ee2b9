"""What screen readers hear of controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture
from steps.readers.page.spoken_names import misnamed_controls

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("control", "is_wrong"),
    [
        ("<button aria-label='2,000 credits $20.00'>22,000 credits <span>$189.00</span></button>", True),
        ("<button aria-label='22.000 credits for 189 dollars'>22,000 credits</button>", False),
        ("<button aria-label='Choose this package'>22,000 credits</button>", False),
        ("<button aria-label='Page 2'>2</button>", False),
        ("<button aria-label='3 new messages'><svg width=9 height=9></svg></button>", False),
        ("<a href='#' aria-label='Invoice 7'>Invoice 8</a>", True),
        ("<label>22,000 credits <input type=radio></label>", False),
    ],
)
def test_a_control_is_heard_by_the_numbers_that_it_shows(page: Page, control: str, *, is_wrong: bool) -> None:
    page.set_content(control)
    assert bool(misnamed_controls(capture(page))) == is_wrong
