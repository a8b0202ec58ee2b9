"""Whether a page shows somebody signed in, or asks them to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.page.capture import capture
from steps.readers.workspace.session import read_session
from steps.targets.labels import Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page


EMAIL = "<label>Email <input type=email></label>"
NEW = "<label>New password <input type=password autocomplete=new-password></label>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (EMAIL + "<input type=password aria-label=Password><button>Sign in</button>", "asks to sign in"),
        ("<label>Work email <input></label><button>Continue</button>", "asks to sign in"),
        ("<input autocomplete=one-time-code aria-label=Code><button>Verify</button>", "asks to sign in"),
        ("<div inputmode=numeric><label>Code <input></label></div><button>Verify</button>", "asks to sign in"),
        (EMAIL + "<button>Send code</button>", "asks to sign in"),
        ("<input placeholder='you@company.com'><button>Continue with email</button>", "asks to sign in"),
        (EMAIL + "<button>Sign in with email</button>", "asks to sign in"),
        ("<label>Promo code <input></label><button>Apply</button>", "neither"),
        ("<label>Code <input></label><label>City <input></label>", "neither"),
        ("<h1>Welcome</h1><a href='#'>Log in</a>", "asks to sign in"),
        ("<p>You have logged out.</p><a href='#'>Sign in again</a>", "asks to sign in"),
        ("<nav><button aria-label='User menu'>QA</button></nav><h1>Home</h1>", "signed in"),
        ("<h2>Current Plan</h2><p>Pro</p>", "signed in"),
        ("<h2>Profile</h2>" + NEW + "<button>Log out</button>", "signed in"),
        ("<form>E-mail address<br><input name=user><p><input type=submit value='Next >'></form>", "asks to sign in"),
        ("<form>First name<br><input name=user><p><input type=submit value='Next >'></form>", "neither"),
        ("<p>Loading…</p>", "neither"),
        ("<h1>News</h1>" + EMAIL + "<label>Name <input></label><button>Send</button>", "neither"),
    ],
)
def test_a_session_is_read_from_what_shows(page: Page, html: str, said: str) -> None:
    page.set_content(html)
    assert read_session(capture(page), Profile(base_url="http://site.example")) == said


def test_the_password_field_of_a_profile_asks_to_sign_in(page: Page) -> None:
    page.set_content("<label>Work id <input></label><label>Secret word: <input></label><button>Enter</button>")
    snapshot = capture(page)
    assert read_session(snapshot, Profile(labels=Labels(password="Secret word"))) == "asks to sign in"
    assert read_session(snapshot, Profile(labels=Labels(email="Work id"))) == "neither"
