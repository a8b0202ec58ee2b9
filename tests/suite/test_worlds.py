"""Readers on generated pages: two thousand worlds in each run of the tests, and proof that a bad reader is noticed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from steps.readers.credits.judgement import Breach, Changes
from steps.readers.page.fact import Absent, Fact, Unclear
from tests.tools.worlds import __main__ as program
from tests.tools.worlds import held
from tests.tools.worlds.boxes import document
from tests.tools.worlds.dice import repeated, seeded, thrown_by_hypothesis
from tests.tools.worlds.kinds import KINDS, draw_world
from tests.tools.worlds.layout import to_snapshot
from tests.tools.worlds.rendering import render
from tests.tools.worlds.running import Tally, run, save
from tests.tools.worlds.truth import Credits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot
    from tests.tools.worlds.dice import Dice


def told(tally: Tally) -> str:
    """What went wrong, for the message of a failed test."""
    return "\n".join(f"seed {one.seed}: {one.kind}: {one.finding.detail}" for one in tally.failures[:10])


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.nightly) for part in (1, 2, 3))])
def test_no_world_is_read_wrong_and_hardly_one_is_unclear(part: int) -> None:
    tally = run(range(500 * part, 500 * part + 500))
    assert not tally.failures, told(tally)
    assert tally.is_good, tally.reasons.most_common(5)


@pytest.mark.nightly
def test_no_rendered_world_is_read_wrong(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    tally = run(range(7_000, 7_060), lambda body, world, url: render(page, body, world.profile, url))
    assert not tally.failures, told(tally)


def test_a_world_laid_out_without_a_browser_is_as_a_browser_shows_it(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for seed in range(60):
        world = draw_world(seeded(seed))
        shown = render(page, world.page, world.profile, world.url)
        assert pieces(to_snapshot(world.page)) == pieces(shown), f"seed {seed}"


def pieces(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What readers go by, pixels aside."""
    elements = snapshot.elements
    return [
        (one.text, elements[one.element].tag, elements[one.block].tag, elements[one.element].role, one.broken)
        for one in snapshot.texts
    ]


def spoil(monkeypatch: pytest.MonkeyPatch, reader: str, worse: Callable[[Any], Any]) -> None:
    """Put a worse reader in the place of one."""
    monkeypatch.setattr(held, reader, worse(getattr(held, reader)))


def swapped(read: Any) -> Any:
    return lambda *given: replace(found := read(*given), monthly=found.add_on, add_on=found.monthly)


def seats_for_use(read: Any) -> Any:
    return lambda *given: replace(read(*given), used=Fact(3))


def blind_to_faults(judge: Any) -> Any:
    del judge
    return lambda *_: Changes()


def strict_with_sound_ones(judge: Any) -> Any:
    del judge
    return lambda *_: Changes(broken=(Breach("total", "all of it"),))


def fewer_packages(read: Any) -> Any:
    return lambda *given: Fact(found.value[1:]) if isinstance(found := read(*given), Fact) else found


def first_alone(read: Any) -> Any:
    return lambda *given: Fact(found.value[:1]) if isinstance(found := read(*given), Fact) else found


def subtotal_for_total(read: Any) -> Any:
    def read_less(*given: Any) -> Any:
        found = read(*given)
        due = found.amount_due
        return replace(found, amount_due=Fact(replace(due.value, amount=due.value.amount - 1))) if due else found

    return read_less


def deaf(read: Any) -> Any:
    del read
    return lambda *_: Absent("what the payment page says")


def never_sure(read: Any) -> Any:
    doubt = Unclear("the credits", (), 'labels.monthly_credits = "\u2026"')
    return lambda *given: replace(read(*given), monthly=doubt)


WORSE = [
    ("read_credits", swapped, "wrong"),
    ("read_credits", seats_for_use, "wrong"),
    ("changes_after_purchase", blind_to_faults, "passed as sound"),
    ("changes_after_purchase", strict_with_sound_ones, "wrong"),
    ("read_packages", fewer_packages, "wrong"),
    ("read_summary", subtotal_for_total, "wrong"),
    ("read_messages", deaf, "wrong"),
    ("read_invoices", first_alone, "wrong"),
    ("read_users", first_alone, "wrong"),
    ("unchanged", blind_to_faults, "passed as sound"),
]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("reader", "worse", "noticed"),
    WORSE,
)
def test_a_reader_that_is_broken_on_purpose_is_noticed(
    monkeypatch: pytest.MonkeyPatch, reader: str, worse: Any, noticed: str
) -> None:
    spoil(monkeypatch, reader, worse)
    tally = run(range(150))
    assert noticed in {one.finding.kind for one in tally.failures}
    assert not tally.is_good


def test_a_reader_that_is_never_sure_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, "read_credits", never_sure)
    tally = run(range(100))
    assert tally.unclear_share > 0.1
    assert not tally.is_good


def test_the_program_fails_and_writes_the_smallest_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(monkeypatch, "read_credits", swapped)
    given = ["worlds", "--count", "40", "--processes", "1", "--most", "1", "--save", str(tmp_path)]
    monkeypatch.setattr("sys.argv", given)
    assert program.main() == 1
    assert "WRONG" in capsys.readouterr().out
    pages = list(tmp_path.glob("*.html"))
    assert pages
    assert all("the reader" in one.read_text("utf-8") for one in pages)


def test_new_worlds_are_told_by_their_seed_and_drawn_again_by_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(seed: str) -> str:
        monkeypatch.setattr("sys.argv", ["worlds", "--count", "20", "--processes", "1", "--seed", seed])
        assert program.main() == 0
        return re.sub(r" in [\d.]+ s \(.*", "", capsys.readouterr().out)

    monkeypatch.setattr("time.time", lambda: 1_800_000_000)  # new ones at any time might find what is wrong
    new = said("new")
    seed = re.search(r"from seed (\d+)", new)
    assert seed
    assert int(seed[1]) > 10**9
    assert said(seed[1]) == new


def test_a_failing_world_is_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spoil(monkeypatch, "read_credits", swapped)
    failure = next(one for one in run(range(60)).failures if one.kind == "billing")
    large = document(draw_world(repeated(failure.numbers)).page, "")
    assert len(save(failure, tmp_path).read_text("utf-8")) < len(large) + 900
    assert "Monthly credits" in save(failure, tmp_path).read_text("utf-8")


@pytest.mark.nightly
def test_every_kind_of_world_is_drawn() -> None:
    tally = run(range(120))
    assert len(tally.kinds) == len({one.__name__ for one in KINDS}) - 1  # broken purchases and reloads are one kind


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(dice=thrown_by_hypothesis())
def test_what_is_true_of_a_world_stands_on_its_page(dice: Dice) -> None:
    world = draw_world(dice)
    if isinstance(world.truth, Credits) and world.truth.plan:
        said = "".join(one for one in document(world.page, "") if one.isalnum())
        assert world.truth.plan.replace(" ", "") in said
        for balance in (world.truth.monthly, world.truth.add_on, world.truth.overall):
            assert all(str(number) in said for number in (balance.numbers if balance else ()))


def test_the_same_numbers_draw_the_same_world() -> None:
    dice = seeded(4711)
    world = draw_world(dice)
    assert draw_world(repeated(dice.thrown)) == world
    assert draw_world(seeded(4711)) == world
