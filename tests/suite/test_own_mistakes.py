"""A mistake of the suite's own code breaks no promise: it is not verified, with its place, and never green."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import msgspec
import pytest
from playwright._impl._errors import Error as NamedError
from playwright.sync_api import Error, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from steps.pages.not_found import ElementNotFoundError
from steps.receipts import each_receipt_is_a_pdf
from steps.reporting.attempts import RUN_AGAIN, combined
from steps.reporting.own_mistakes import is_own_mistake
from steps.reporting.run_document import Failure, Result
from steps.targets.profile import Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import UndefinedStepError
from tests.suite.support.reported import FEATURE, Ended, Project, scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.readers.invoices.invoices import Invoice

MORE = "".join(
    [
        scenario("Wrong", "Given something", "Then the step itself is wrong"),
        scenario("Wrong again", "Given something", "Then the step itself is wrong", rule="Two"),
        scenario("Undefined", "Given something", "Then nobody has written this", rule="Three"),
        scenario("Untidy", "Given something that breaks when it is put away", "Then it is so", rule="Four"),
        scenario("Red", "Given something that breaks when it is put away", "Then it is not so", rule="Five"),
        scenario("Untold", "Given something that breaks when it is put away", "Then nobody can tell", rule="Six"),
        scenario("Both", "Given something that cannot be put away", "Then the step itself is wrong", rule="Seven"),
    ]
)
BREAKS = """

@given("something that breaks when it is put away")
def breaks(request):
    request.addfinalizer(lambda: {}["gone"])
"""


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    project = Project(tmp_path_factory.mktemp("mistakes"), FEATURE + MORE)
    conftest = project.directory / "conftest.py"
    conftest.write_text(conftest.read_text() + BREAKS)
    return project.pytest("-k", "not Bad", "--junitxml", str(project.directory / "junit.xml"))


@pytest.mark.nightly
def test_it_is_not_verified_and_says_where_and_what(ended: Ended) -> None:
    result, place = ended.result("Wrong"), "conftest.py:"
    assert (result.verdict, result.is_own_mistake) == ("not verified", True)
    assert result.reason.startswith(f"error of the suite, please report it: KeyError: 'missing' ({place}")
    assert result.steps[-1].status == "stopped"
    assert ended.failure("Wrong").kind == "KeyError"
    assert ended.run.trouble == ""


def test_the_terminal_shows_each_mistake_once_with_its_traceback(ended: Ended) -> None:
    assert ended.text.count("Error of the suite, so this was not checked: Another promise (buy-credits.3)") == 1
    assert "not verified (2): error of the suite, please report it: KeyError: 'missing'" in ended.text
    assert 'return {}["missing"]' in ended.text
    assert "Promise broken: Another promise" not in ended.text


def test_a_step_without_a_definition_is_one_too(ended: Ended) -> None:
    reason = ended.result("Undefined").reason
    assert reason.startswith('error of the suite: No step definition matches "Then nobody has written this".')
    line = next(n for n, text in enumerate((FEATURE + MORE).splitlines(), 1) if "nobody has written" in text)
    assert reason.endswith(f"(features/all.feature:{line})")
    assert "! Then nobody has written this" in ended.text


@pytest.mark.parametrize(
    ("title", "verdict", "is_own"),
    [
        ("Untidy", "not verified", True),
        ("Red", "failed", False),
        ("Untold", "not verified", True),
        ("Both", "failed", False),
    ],
)
def test_one_afterwards_outweighs_green_and_takes_no_red_away(
    ended: Ended, title: str, verdict: str, *, is_own: bool
) -> None:
    assert (ended.result(title).verdict, ended.result(title).is_own_mistake) == (verdict, is_own)


def test_junit_calls_it_an_error(ended: Ended) -> None:
    cases = ET.parse((ended.directory or Path()).parents[1] / "junit.xml").iter("testcase")  # noqa: S314 - just written
    case = next(one for one in cases if one.get("name") == "test_wrong")
    error = case.find("error")
    assert error is not None
    assert str(error.get("message")).startswith("not verified: error of the suite, please report it: KeyError")
    assert 'return {}["missing"]' in str(error.text)


def test_the_page_shows_reason_and_traceback(ended: Ended) -> None:
    page = ((ended.directory or Path()) / "index.html").read_text(encoding="utf-8")
    assert "Error of the suite, please report it: KeyError" in page
    assert "return {}[&#34;missing&#34;]" in page


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("options", "code"),
    [(["-k", "Good or Wrong or Bad"], 1), (["-k", "Good or Wrong", "-n", "2", "--reruns", "1", "--allow-flaky"], 7)],
)
def test_the_exit_code_says_that_something_was_not_checked(tmp_path: Path, options: list[str], code: int) -> None:
    assert Project(tmp_path, FEATURE + MORE).pytest(*options).code == code


@pytest.mark.parametrize("other", ["passed", "not verified", "failed"])
@pytest.mark.parametrize("is_first", [True, False])
def test_it_does_not_go_away_in_another_run(other: str, *, is_first: bool) -> None:
    own = Result("not verified", "error of the suite", trouble=True, failure=Failure("x", "NameError", is_own=True))
    told = Failure("slow") if other != "passed" else None
    second = msgspec.convert({"verdict": other, "failure": msgspec.to_builtins(told)}, Result)
    result = combined(*((own, second) if is_first else (second, own)), RUN_AGAIN)
    assert (result.verdict, result.trouble) == (("failed", False) if other == "failed" else ("not verified", True))


def _named(words: str, name: str) -> Error:
    error = NamedError(words)
    error._name = name  # noqa: SLF001 - as the driver does
    return error


@pytest.mark.parametrize(
    ("error", "is_own"),
    [
        (NameError("name 'x' is not defined"), True),
        (AttributeError("'NoneType' object has no attribute 'text'"), True),
        (RecursionError("maximum recursion depth exceeded"), True),
        (UndefinedStepError("Then x", []), True),
        (_named("APIRequestContext.get: Invalid URL", "TypeError"), True),
        (Error("Page.goto: Protocol error (Page.navigate): Cannot navigate to invalid URL"), True),
        (ExceptionGroup("", [KeyError("a"), NameError("b")]), True),
        (ExceptionGroup("", [KeyError("a"), AssertionError("b")]), False),
        (BrokenPromiseError("2,000 more", "0 more"), False),
        (ElementNotFoundError("There is no pop-up."), False),
        (AssertionError("The target could not answer: GET /x"), False),
        (pytest.fail.Exception("Timeout >30 s"), False),
        (PlaywrightTimeoutError("Locator.fill: Timeout 300ms exceeded."), False),
        (Error("Page.goto: net::ERR_ABORTED at http://x/invalid"), False),
        (Error("ElementHandle.click: Element is not attached to the DOM"), True),
        (PlaywrightTimeoutError("Locator.get_attribute: Timeout 300ms exceeded."), True),
        (Error("Page.title: Target page, context or browser has been closed"), False),
    ],
)
def test_what_was_seen_of_the_site_is_told_from_a_mistake(error: BaseException, *, is_own: bool) -> None:
    assert is_own_mistake(error) is is_own


MISUSED: dict[str, Callable[[Page], object]] = {
    "an address that is none": lambda page: page.request.get("nowhere"),
    "a receipt without an address": lambda page: page.request.get("blob:http://x/1"),
    "a script that throws": lambda page: page.evaluate("() => null.text"),
    "an unknown variable": lambda page: page.evaluate("() => unknown"),
    "a selector that is none": lambda page: page.locator("[[").count(),
    "an unknown engine": lambda page: page.locator("xx=y").count(),
    "an unknown key": lambda page: page.keyboard.press("Foo"),
    "two of a kind": lambda page: page.locator("button").click(),
    "what takes no text": lambda page: page.locator("p").fill("x"),
    "no list": lambda page: page.locator("p").select_option("x"),
    "no checkbox": lambda page: page.locator("p").check(),
    "an argument of the wrong type": lambda page: page.locator("p").fill(3),  # type: ignore[arg-type] # on purpose
    "an argument out of range": lambda page: page.locator("p").wait_for(state="x"),  # type: ignore[arg-type] # on purpose
    "a value that cannot be sent": lambda page: page.evaluate("x => x", object()),
}
SEEN: dict[str, Callable[[Page], object]] = {
    "a field that stays disabled": lambda page: page.locator("input").fill("x"),
    "what never shows": lambda page: page.locator("#nowhere").click(),
    "what is expected": lambda page: expect(page.locator("#nowhere")).to_be_visible(timeout=50),
    "a site that does not answer": lambda page: page.goto("http://127.0.0.1:1/"),
}


@pytest.fixture
def spread(page: Page) -> Page:
    page.set_content("<p>Text</p><input disabled><button>A</button><button>B</button>")
    page.set_default_timeout(100)
    return page


def test_what_playwright_was_asked_for_wrongly_is_a_mistake(spread: Page) -> None:
    spread.set_default_timeout(5_000)  # each is refused at once, on a busy machine somewhat later
    assert [name for name, act in MISUSED.items() if not is_own_mistake(_error_of(act, spread))] == []


def test_what_playwright_observed_is_none(spread: Page) -> None:
    assert [name for name, act in SEEN.items() if is_own_mistake(_error_of(act, spread))] == []


def _error_of(act: Callable[[Page], object], page: Page) -> BaseException:
    with pytest.raises((Error, AssertionError)) as raised:
        act(page)
    return raised.value


def test_a_receipt_that_is_no_whole_pdf_breaks_the_promise() -> None:
    member = cast("Member", SimpleNamespace(doubts=[], target=SimpleNamespace(profile=Profile(), sets_up=True)))
    invoice = cast("Invoice", SimpleNamespace(unclear=[], text="INV-1"))
    with pytest.raises(BrokenPromiseError, match="a PDF that can be read"):
        each_receipt_is_a_pdf(member, [(invoice, b"%PDF-1.7\ncut off")])
