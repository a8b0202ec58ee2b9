"""The living documentation as a reader has it before them: in a browser, on a phone, on paper, without scripts."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from steps.reporting.html_report import write_page
from steps.reporting.run_document import Artifact, Run, Step, save
from steps.reporting.run_merge import changes_between, merge
from tests.suite.support.made_up import made_up_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from steps.reporting.run_document import VerdictName

MIXED: tuple[VerdictName, ...] = ("passed", "failed", "not verified", "refused", "blocked", "passed", "passed")
Opened = "Callable[..., Page]"


@pytest.fixture
def opened(tmp_path: Path, page: Page) -> Callable[..., Page]:
    """Write the page of runs and open it from the disk."""

    def open_(*runs: Run, changes: Any = None, hash_: str = "") -> Page:
        file = tmp_path / "reports" / "index.html"
        placed = [(run, tmp_path / "reports" / f"run-{number}") for number, run in enumerate(runs)]
        for run, place in placed:
            save(run, place / "run.json")
        write_page(file, placed, changes)
        page.goto(file.as_uri() + hash_)
        return page

    return open_


def test_what_billing_says_since_a_purchase_unfolds_below_its_steps(opened: Callable[..., Page]) -> None:
    run = made_up_run(1, ("passed",))
    run.scenarios[0].result.new_lines = ["4,000 credits were added", "Ask <b>us</b>"]
    page = opened(run)

    page.locator("tbody").first.get_by_role("button").click()
    page.get_by_text("New on Billing since the purchase: 2 lines").click()
    expect(page.locator("details li")).to_have_text(["4,000 credits were added", "Ask <b>us</b>"])


def test_a_failed_scenario_stands_open_with_what_was_expected_and_seen(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(14, MIXED))

    failed = page.locator("tbody[data-verdict=failed]").first
    expect(failed.get_by_role("button")).to_have_attribute("aria-expanded", "true")
    expect(failed.locator("li.failed")).to_contain_text("add-on credits are added immediately")
    expect(failed.locator("li.failed")).to_contain_text("Expected2,000 more add-on credits within 10 s")
    expect(failed.locator("li.failed")).to_contain_text("Seen0 add-on credits 10.0 s after payment, not 2,000")
    expect(failed.locator("li.not-run")).to_have_count(5)


@pytest.mark.parametrize(
    ("verdicts", "says"),
    [
        (("passed", "passed"), "holds"),
        (("passed", "not verified"), "is not verified"),
        (("refused", "passed"), "is not verified"),
        (("passed", "flaky"), "does not always hold"),
        (("not verified", "failed"), "does not hold"),
    ],
)
def test_the_headline_tells_of_one_promise_what_is_so(
    opened: Callable[..., Page], verdicts: tuple[VerdictName, ...], says: str
) -> None:
    expect(opened(made_up_run(2, verdicts, promises=1)).locator("h1")).to_have_text(f"The promise {says}")


def test_picture_and_trace_are_one_click_away(tmp_path: Path, opened: Callable[..., Page]) -> None:
    run = made_up_run(2, ("failed",))
    place = tmp_path / "reports" / "run-0" / "artifacts"
    place.mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(place / "a b.png")
    (place / "trace.zip").write_bytes(b"zip")
    run.scenarios[0].result.artifacts = [
        Artifact("screenshot", "artifacts/a b.png"), Artifact("trace", "artifacts/trace.zip"),
    ]  # fmt: skip
    page = opened(run)

    picture = page.get_by_role("img", name="What the browser showed")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    assert str(picture.get_attribute("src")).startswith("data:image/png;base64,")
    expect(page.get_by_role("link", name="Trace")).to_have_attribute("href", "run-0/artifacts/trace.zip")
    expect(page.locator("a.picture")).to_have_attribute("href", "run-0/artifacts/a%20b.png")


def test_what_is_not_green_stands_at_the_head_with_its_reason(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(14, MIXED))

    head = page.get_by_role("region", name="What to look at")
    for words in ("2 failed", "2 not verified", "2 refused", "2 blocked", "The payment page asked for a human."):
        expect(head).to_contain_text(words)
    head.get_by_role("link", name="Buying 3,000 credits").click()
    row = page.locator("tbody:target")
    expect(row).to_have_attribute("data-verdict", "not verified")
    expect(row.locator(".detail")).to_contain_text("This target cannot be asked: it has no clock.")


def test_verdicts_other_than_passed_are_never_green(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(14, MIXED))

    def look(verdict: str) -> Any:
        chip = page.locator(f"tbody[data-verdict='{verdict}'] tr:not(.detail) .chip").first
        return chip.evaluate("chip => getComputedStyle(chip).backgroundColor")

    red, green, green_ink, red_ink = *map(channels, (look("failed"), look("passed"))), 0, 0
    assert red[0] > red[1]
    assert green[1] > green[0]
    assert green_ink == red_ink
    for verdict in ("not verified", "refused", "blocked"):
        colour = channels(look(verdict))
        assert colour[0] > colour[1], verdict
        assert sum(colour) < 400, "as heavy as red"


def channels(colour: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", colour)[:3])


def test_search_and_filters_narrow_what_shows(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(14, MIXED))
    shown = page.locator("tbody[data-verdict]:not([hidden])")

    page.get_by_role("button", name="2 refused").click()
    expect(shown).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("2 of 14 scenarios")
    page.get_by_role("button", name="2 blocked").click()
    expect(shown).to_have_count(4)
    page.get_by_role("searchbox", name="Search").fill("human")
    expect(shown).to_have_count(2)
    expect(page.locator("article:not([hidden])")).to_have_count(2)
    page.get_by_role("searchbox", name="Search").fill("human elsewhere")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    expect(shown).to_have_count(14)
    expect(page.get_by_text("Nothing matches.")).to_be_hidden()


def test_an_outline_is_a_table_of_its_examples(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(24))

    table = page.get_by_role("table", name="Buying <package> credits").first
    expect(table.get_by_role("columnheader")).to_have_text(["Package", "Verdict", "Immediately", "Took"])
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_text("1,000")
    expect(row.get_by_role("cell")).to_have_text(["passed", "200 ms", "3.2 s"])
    row.get_by_role("button").press("Enter")
    expect(table.locator(".detail .steps li")).to_have_count(8)
    row.get_by_role("button").press("Enter")
    expect(table.locator(".detail")).to_be_hidden()


def test_the_order_is_the_documentations_and_assumptions_stand_apart(opened: Callable[..., Page]) -> None:
    run = made_up_run(24, MIXED)
    for number, name in ((1, "users"), (4, "upgrade-downgrade"), (5, "billing"), (6, "elsewhere")):
        run.promises[number].page = name
    page = opened(run)

    titles = page.locator("section.page h2").all_text_contents()
    assert [title.partition(" page of")[0].partition(" behav")[0] for title in titles] == [
        "Buy credits", "Billing", "Upgrade/Downgrade a subscription", "Users", "Elsewhere", "Assumptions",
    ]  # fmt: skip
    numbers = page.locator("section.page").first.locator("article h3 .number").all_text_contents()
    assert numbers == ["0", "2", "8", "9", "10"]
    expect(page.locator("section.page").last.get_by_role("heading", level=2)).to_contain_text("Assumptions")
    expect(page.locator("section.page").last.locator("article").first).to_contain_text("assumed-11")


def test_words_of_a_target_are_text_and_nothing_else(opened: Callable[..., Page]) -> None:
    run = made_up_run(3, ("failed", "not verified", "passed"))
    evil = "</script><script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\">"
    for scenario in run.scenarios:
        scenario.title, scenario.example, scenario.outline = evil, {"package": evil}, f"Buying {evil}"
        scenario.result.reason = evil if scenario.result.verdict == "not verified" else ""
        scenario.result.steps[1].text = evil
    page = opened(run)
    for _ in range(2):
        page.locator("article button[aria-expanded=false]").first.click()

    assert page.locator(".detail").count() == 3
    assert page.locator("main script:not([type])").count() == 0
    assert page.locator("main img").count() == 0
    assert "gone" not in page.title()


def test_the_page_asks_for_nothing_but_itself(opened: Callable[..., Page], page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    opened(made_up_run(14, MIXED))

    assert [address for address in asked if not address.startswith("data:")] == [page.url]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("look", ["phone", "light", "dark"])
def test_the_page_is_clean_for_axe_and_fits(browser: Browser, tmp_path: Path, look: str) -> None:
    runs = [made_up_run(14, MIXED), made_up_run(14, ("passed", "failed"))]
    for name, shown, changes in (("one", runs[:1], None), ("two", runs, changes_between(runs[1], runs[0]))):
        file = tmp_path / f"{name}.html"
        write_page(file, [(run, tmp_path) for run in shown], changes)
        page = browser.new_page(
            color_scheme="dark" if look == "dark" else "light",
            viewport={"width": 390, "height": 844} if look == "phone" else {"width": 1280, "height": 900},
        )
        page.goto(file.as_uri())
        tables = page.locator("article :has(> table)")
        fits = tables.evaluate_all("all => all.map((one) => one.scrollWidth <= one.clientWidth)")
        assert all(fits) or len(shown) > 1  # several verdicts side by side are scrolled to in their table
        page.locator("article button[aria-expanded=false]").first.click()
        page.locator(".filter").last.click()
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()


def test_paper_has_the_failures_open_and_no_controls(opened: Callable[..., Page]) -> None:
    page = opened(made_up_run(14, MIXED))
    page.emulate_media(media="print")

    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("tbody[data-verdict=failed] .detail").first).to_be_visible()


def test_without_scripts_all_verdicts_and_failures_show(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    write_page(file, [(made_up_run(14, MIXED), tmp_path)])
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())

    assert page.locator("tbody[data-verdict] .chip").count() == 14
    expect(page.locator("tbody[data-verdict=failed] .why").first).to_be_visible()
    expect(page.locator("tbody[data-verdict=blocked] .reason").first).to_be_visible()
    page.close()


@pytest.mark.nightly
def test_five_thousand_scenarios_open_and_filter_quickly(opened: Callable[..., Page], page: Page) -> None:
    many: tuple[VerdictName, ...] = ("passed",) * 40 + ("failed", "not verified")
    run = made_up_run(5000, many, promises=60)
    opened(run)
    opening = min(_seconds(page.reload) for _ in range(3))
    filtering = min(page.evaluate(_FILTER, word) for word in ("44,000", "credits", "number 7", ""))

    assert opening < 5
    assert filtering < 500, "milliseconds until the page has changed"


_FILTER = """word => new Promise(done => {
  const search = document.getElementById("search"), began = performance.now();
  search.value = word;
  search.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_two_targets_stand_side_by_side(opened: Callable[..., Page], tmp_path: Path) -> None:
    staging, fake = made_up_run(14, MIXED), made_up_run(14)
    fake.target.name, fake.target.kind, fake.answers = "fake", "fake", {"prices": "hidden"}
    page = opened(*merge([(fake, tmp_path), (staging, tmp_path)], tmp_path))

    heads = page.locator("article").first.get_by_role("columnheader")
    assert set(heads.all_inner_texts()[1:]) == {"fake", "staging"}
    page.get_by_role("button", name="8 differ").click()
    expect(page.locator("tbody[data-verdict]:not([hidden])")).to_have_count(8)
    page.get_by_role("button", name="8 differ").click()
    questions = page.get_by_role("region", name="Open questions")
    expect(questions).to_contain_text("hidden")
    expect(questions).to_contain_text("shown")


def test_what_changed_since_an_earlier_run_is_told(opened: Callable[..., Page]) -> None:
    earlier, later = made_up_run(8, ("passed", "failed")), made_up_run(9, ("failed", "passed", "passed", "failed"))
    page = opened(later, changes=changes_between(earlier, later))

    changes = page.get_by_role("region", name="What changed")
    expect(changes.get_by_role("heading", level=3)).to_have_text(["Broken since then 2", "Mended 2", "New 1"])
    changes.get_by_role("link", name="Buying 1,000 credits").click()
    expect(page.locator("tbody:target")).to_contain_text("1,000")


def test_step_pictures_make_a_picture_book(tmp_path: Path, opened: Callable[..., Page]) -> None:
    run = made_up_run(1)
    place = tmp_path / "reports" / "run-0" / "pictures"
    place.mkdir(parents=True)
    Image.new("RGB", (64, 48), "teal").save(place / "x.jpeg")
    run.scenarios[0].result.steps[0] = Step("Given", "a member", 3, "passed", 0.1, "pictures/x.jpeg")
    page = opened(run)
    page.locator("article button").click()

    picture = page.get_by_role("img", name="After: a member")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
