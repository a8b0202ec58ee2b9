"""`acceptance compare`: what it calls a difference, what it tells apart, recordings, and the command itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from steps.tools.comparison.compare import compare
from steps.tools.comparison.comparison_report import write_page
from steps.tools.comparison.recording import RecordingError, load
from tests.suite.support.comparing import recorded, selling

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.suite.support.small_site import SmallSite

ROOT = Path(__file__).parents[2]
MAIN = "from steps.cli import main; main()"
POP_UP = '- dialog "Add credits":\n  - heading "Add credits" [level=2]\n  - button "Close"'
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
ELEVEN = ("2,000 credits for 20 USD", "22,000 credits for 189 USD", "44,000 credits for 359 USD")


def told(a: str, b: str, start: str = "") -> tuple[list[str], list[str]]:
    """Compare what two sites show on Billing: what matters, and what is told apart."""
    sides = [recorded(start, Billing=snapshot, packages=POP_UP) for snapshot in (a, b)]
    comparison = compare(*sides)
    return comparison.matters, [says for stop in comparison.stops for says in stop.expected]


@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        ('- button "Add credits"', '- link "Add credits"', "button “Add credits” is a link on B"),
        ('- button "Add credits"', '- button "Add credits" [disabled]', "button “Add credits” is disabled on B only"),
        (
            '- heading "Plan"\n- button "Buy"\n- button "Go"',
            '- heading "Plan"\n- button "Go"\n- button "Buy"',
            "button “Go” stands in another place on B",
        ),
        (
            '- heading "Users"\n- table:\n  - row "Name Role":\n    - columnheader "Role"',
            '- heading "Users"\n- table:\n  - row "Name Rank":\n    - columnheader "Rank"',
            "columnheader “Role” is called “Rank” on B",
        ),
        ('- textbox "Email"\n- button', '- textbox "Email"', "a button without a name is missing on B"),
        (
            "- 'heading \"It''s: here\"'",
            "- 'heading \"It''s: there\"'",
            "heading “It's: here” is called “It's: there” on B",
        ),
    ],
)
def test_what_matters(a: str, b: str, says: str) -> None:
    assert told(a, b) == ([says], [])
    assert len(told(b, a)[0]) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("- paragraph: 1,200 of 2,000 used", "- paragraph: 7 of 9,000 used"),
        ('- heading "Members (3)"', '- heading "Members (12)"'),
        ('- link "Invoice of 22 December 2026"', '- link "Invoice of 1 May 2026"'),
        ("- paragraph: Renews on 22 December 2026", "- paragraph: Renews on Jan 3, 2027"),
        ("- paragraph: Sent to ada@example.com", "- paragraph: Sent to bob@example.org"),
        ("- paragraph: Ada Lovelace", "- paragraph: Bob Stone"),
        ("- text: Pick what you need", "- text: Choose what you like"),
        (
            '- heading "Invoices"\n- table:\n  - row "2026-01-02 $20":\n    - cell "$20"\n    - button "Receipt 1"',
            '- heading "Invoices"\n- paragraph: None yet',
        ),
    ],
)
def test_what_differs_by_itself_is_told_apart(a: str, b: str) -> None:
    matters, apart = told(a, b)
    assert matters == []
    assert len(apart) == 1


def test_numbers_matter_where_both_began_alike() -> None:
    a, b = (
        '- row "Monthly 9":\n  - rowheader "Monthly"\n  - cell "9"',
        '- row "Monthly 8":\n  - rowheader "Monthly"\n  - cell "8"',
    )
    assert told(a, b, start="as the fake begins") == (
        ["above all headings it says otherwise: Monthly: “9” on A, “8” on B"],
        [],
    )
    assert told(a, b)[0] == []


@pytest.mark.parametrize("number", ["8F2A91BC-0005", "91592531-0005", "INV2026-000123"])
def test_the_number_of_an_invoice_is_no_difference(number: str) -> None:
    row = '- heading "Invoices"\n- table:\n  - row "{0} $20":\n    - cell "{0}"\n    - cell "$20"'
    a, b = (row.format(one) for one in ("ABCD1234-0001", number))
    assert told(a, b, start="as the fake begins")[0] == []


def test_the_plan_matters_everywhere() -> None:
    sides = [recorded(plan=plan, Billing=f"- definition: {plan}", packages=POP_UP) for plan in ("Pro", "Business")]
    assert compare(*sides).matters == ["plan: Pro on A, Business on B"]


@pytest.mark.parametrize(
    ("there", "says"),
    [
        (ELEVEN[:2], ["the package “44,000 credits” is missing on B"]),
        ((*ELEVEN, "88,000 credits for 9 USD"), ["the package “88,000 credits” is only on B"]),
        ((ELEVEN[1], ELEVEN[0], ELEVEN[2]), ["“22,000 credits” stands in another place among the packages on B"]),
        (("2,500 credits for 20 USD", *ELEVEN[1:]), ["the package “2,000 credits” is called “2,500 credits” on B"]),
        (("2,000 credits for 25 USD", *ELEVEN[1:]), ["other prices: 2,000 credits: 20 USD on A, 25 USD on B"]),
        (tuple(one.partition(" for ")[0] for one in ELEVEN), ["B tells no prices of the packages"]),
    ],
)
def test_packages(there: tuple[str, ...], says: list[str]) -> None:
    a, b = (selling(recorded(Billing="", packages=POP_UP), *sold) for sold in (ELEVEN, there))
    assert compare(a, b).matters == says


def test_a_walk_that_ends_early_is_never_the_same() -> None:
    whole, part = recorded(Billing="- text: x", packages=POP_UP), recorded(Billing="- text: x")
    comparison = compare(whole, part)
    assert comparison.matters == ["the walk ends at Billing on B"]
    assert comparison.notes == ["The walk ends at Billing on B; not compared: packages."]
    assert not compare(part, part).complete


def test_a_recording_is_what_was_recorded(tmp_path: Path) -> None:
    made = selling(recorded("as the fake begins", Billing="- text: “ü”", packages=POP_UP), *ELEVEN)
    made.pictures["Billing"] = PNG
    made.save(tmp_path / "there")
    found = load(tmp_path / "there")
    assert found.manifest == made.manifest
    assert found.pictures == made.pictures
    assert (compare(made, found).matters, compare(made, found).complete) == ([], True)
    assert {"recorded", "address", "browser", "suite"} <= set(
        json.loads((tmp_path / "there" / "manifest.json").read_text())
    )


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("manifest.json", "{", "is damaged; record it again."),
        ("manifest.json", "[]", "is no manifest that this version reads"),
        ("manifest.json", '{"version": 1}', "is no manifest that this version reads"),
        ("01-billing.yaml", "- 'button", "is damaged; record it again."),
        ("01-billing.yaml", None, "01-billing.yaml cannot be read"),
    ],
)
def test_a_recording_that_cannot_be_read(tmp_path: Path, file: str, content: str | None, words: str) -> None:
    recorded(Billing="- text: x").save(tmp_path)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(content)
    with pytest.raises(RecordingError, match=words):
        load(tmp_path)


def test_a_recording_reads_and_writes_nothing_outside_its_directory(tmp_path: Path) -> None:
    made = recorded(Billing="- text: x")
    made.manifest.stops[0].name = "../../outside"
    made.snapshots = {"../../outside": "- text: x"}
    made.save(tmp_path / "a" / "b")
    assert sorted(one.name for one in tmp_path.rglob("*.yaml")) == ["01-outside.yaml"]
    assert (tmp_path / "a" / "b" / "01-outside.yaml").is_file()


def test_a_directory_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(RecordingError, match="holds something else"):
        recorded(Billing="").save(tmp_path)


def test_the_page_shows_both_sides(tmp_path: Path, page: Page) -> None:
    a = selling(recorded(Billing='- button "<b>Buy</b>"', packages=POP_UP), *ELEVEN)
    b = selling(recorded(Billing='- button "<script>x</script>"', packages=POP_UP), *ELEVEN[:2])
    write_page(tmp_path / "page.html", compare(a, b), a, b)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    assert page.get_by_role("heading", level=1).inner_text() == "2 differences that matter"
    listed = page.get_by_role("region", name="What differs").get_by_role("listitem").all_inner_texts()
    assert listed == [
        "Billing button “<b>Buy</b>” is called “<script>x</script>” on B",
        "Packages the package “44,000 credits” is missing on B",
    ]
    page.get_by_role("link", name="Packages").click()
    assert page.get_by_role("row", name="44,000 credits 359 USD").is_visible()
    assert not Axe().run(page).response["violations"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == [(tmp_path / "page.html").as_uri()]


def called(place: Path, *given: str, expected: int, **variables: str) -> str:
    """Call the command, and give what it prints."""
    command = [sys.executable, "-c", MAIN, "compare", *given]
    if "--help" not in given:
        command += ["--output", str(place / "page.html")]
    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, timeout=120, check=False
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == expected, said
    assert "Traceback" not in said
    return said


@pytest.mark.nightly
def test_a_site_is_held_against_what_was_recorded_of_it(tmp_path: Path, site: SmallSite) -> None:
    targets = tmp_path / "targets.toml"
    targets.write_text(
        f'[targets.small]\nbase_url = "{site.url}"\nlimits = {{ page = 3, payment = 3 }}\n'
        'accounts = [{ email = "ada@example.com", password = "${SMALL_PASSWORD}" }]\n'
        f'payments = {{ hosts = ["{site.payment_host}"] }}\n'
    )
    kept = tmp_path / "kept"
    own = {"SMALL_PASSWORD": "correct horse"}
    site.renamed = {"Home": "Home of ada@example.com", "Flows": "The correct horse"}
    said = called(tmp_path, "small", "--record", str(kept), "--targets-file", str(targets), expected=0, **own)
    assert f"What small shows is kept in {kept}." in said
    assert len(list(kept.glob("*.png"))) == len(list(kept.glob("*.yaml"))) >= 6
    home, flows = (f'link "{name}"' for name in ("Home of [the e-mail address]", "The [hidden]"))
    assert all(name in (kept / "04-billing.yaml").read_text("utf-8") for name in (home, flows))
    site.renamed |= {"Add credits": "Top up"}
    said = called(tmp_path, str(kept), "small", "--targets-file", str(targets), expected=1, **own)
    assert "“Add credits” is called “Top up” on B" in said
    assert "1 difference that matters." in said
    everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and file != targets)
    for secret in ("correct horse", site.token, "ada@example.com"):
        assert secret.encode() not in everything
        assert secret not in said
    assert site.add_on == 0
    site.stop()
    said = called(tmp_path, str(kept), "small", "--targets-file", str(targets), expected=2, **own)
    assert "small could not be walked: " in said


@pytest.mark.nightly
def test_recordings_are_compared_without_a_browser(tmp_path: Path) -> None:
    for name, label in (("a", "Billing"), ("b", "Fees")):
        recorded(settings=f'- tab "{label}"', Billing="- text: x", packages=POP_UP).save(tmp_path / name)
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    assert "No difference that matters." in called(tmp_path, a, a, expected=0, ACCEPTANCE_BROWSER="/nowhere")
    assert "✗ settings       tab “Billing” is called “Fees” on B" in called(tmp_path, a, b, expected=1)
    assert (tmp_path / "page.html").is_file()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("fake",), "Name two targets to compare, or keep what one shows with --record DIR."),
        (("fake", "fakes"), 'There is no target "fakes"'),
        (("fake", "tests/suite"), "tests/suite holds no manifest.json"),
        (("fake", "fake", "--variant", "prices"), "write QUESTION=ANSWER, such as prices=hidden."),
        (("fake", "fake", "--fault", "package-gone"), 'the fake knows no "package-gone".'),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, given: tuple[str, ...], words: str) -> None:
    assert words in called(tmp_path, *given, expected=2)
