"""What Billing offers stays once a payment has come to nothing."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors.unchanged import hold_offered
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOTH = ("Current Plan", "Upgrade plan", "Add credits")


@pytest.mark.parametrize(
    ("before", "shown", "is_red"),
    [
        (BOTH, "<button>Upgrade plan</button><button>Add credits</button>", False),
        (BOTH, "<button>Add credits</button>", True),
        (BOTH, "<button>UPGRADE PLAN</button><p>Pro</p>", True),
        (("Current Plan", "Add credits"), "<button>Add credits</button>", False),
        ((), "", False),
    ],
)
def test_what_could_be_bought_before_can_be_bought_still(
    page: Page, before: tuple[str, ...], shown: str, *, is_red: bool
) -> None:
    page.set_content(f"<h2>Current Plan</h2>{shown}")
    profile = Profile(base_url="http://site.example", limits=Limits(page=1))
    member: Any = SimpleNamespace(page=page, target=SimpleNamespace(profile=profile))
    purchase: Any = SimpleNamespace(lines_before=before)
    with pytest.raises(BrokenPromiseError, match="as before") if is_red else nullcontext():
        hold_offered(member, purchase)
