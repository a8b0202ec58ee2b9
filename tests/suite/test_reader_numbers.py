"""Which numbers stand in a text, and which of them cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steps.readers.figures.numbers import exact_of, notation_of, numbers_in


def read(text: str, thousands: str = ",", page: str = "") -> list[tuple[str, str]]:
    """Return kind and value of each number; the line that would settle it where it is unclear."""
    found = numbers_in(text, notation_of([text, page], thousands))
    return [(one.kind, one.settle if one.value is None else f"{one.value:f}") for one in found]


@pytest.mark.parametrize(
    ("text", "thousands", "value"),
    [
        ("1250", ",", "1250"), ("10,000", ",", "10000"), ("1,200,000", ",", "1200000"), ("10.000", ".", "10000"),
        ("1.200.000", ".", "1200000"), ("10 000", " ", "10000"), ("10\u00a0000", " ", "10000"),
        ("10\u202f000", " ", "10000"), ("10\u2009000", " ", "10000"), ("10'000", "'", "10000"),
        ("10’000", "'", "10000"), ("6\u202f759,5", ",", "6759.5"), ("6\u00a0759.25", ",", "6759.25"),
        ("1,20,000", ",", "120000"), ("10K", ",", "10000"), ("2.5K", ",", "2500.0"), ("1.2M", ",", "1200000.0"),
        ("2,5K", ".", "2500.0"), ("0", ",", "0"), ("12.5", ",", "12.5"), ("credits10,000", ",", None),
    ],
)  # fmt: skip
def test_a_count_is_read_as_the_profile_writes_it(text: str, thousands: str, value: str | None) -> None:
    assert read(text, thousands) == ([("count", value)] if value else [])


@pytest.mark.parametrize(
    ("text", "thousands", "settle"),
    [
        ("10.000", ",", "."), ("1.200.000", ",", "."), ("10,000", ".", ","), ("10 000", ",", " "),
        ("10’000", ",", "'"), ("10,000", "", ","), ("10,000", " ", ","),
    ],
)  # fmt: skip
def test_what_the_profile_writes_otherwise_is_unclear_and_says_what_settles_it(
    text: str, thousands: str, settle: str
) -> None:
    assert read(text, thousands) == [("count", f'thousands = "{settle}"')]


@pytest.mark.parametrize("thousands", [",", ".", " ", "'", ""])
@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_spaces_that_hold_digits_together_part_thousands_whatever_the_profile_says(space: str, thousands: str) -> None:
    assert read(f"1{space}200{space}000", thousands) == [("count", "1200000")]
    assert [value for _, value in read(f"8{space}437 of 10{space}000", thousands)] == ["8437", "10000"]
    assert read(f"INV 20{space}26", ",") == [("count", "20"), ("count", "26")]


def test_a_point_that_stands_before_fractions_elsewhere_parts_no_thousands_for_certain() -> None:
    assert read("10.000", ".", page="$20.50 and 3.9") == [("count", 'thousands = "."')]
    assert read("10.000", ".", page="3.9 and 1.200.000") == [("count", "10000")]


def test_how_prices_write_fractions_says_nothing_of_counts() -> None:
    assert read("7,998", ",", page="20,00 €") == [("count", "7998")]
    assert read("7,998", ",", page="3,9 %") == [("count", 'thousands = ","')]


@pytest.mark.parametrize(
    "text",
    ["Nov 22, 2026", "22 November 2026", "2026-11-22", "11/22/2026", "22.11.2026", "10:42", "December 2027", "1st",
     "on 2026/12/14.", "2026. 12. 14", "2026年12月14日",
     "until 2027", "v1.2.3", "1.2.3.4", "INV-0007", "#17", "20GB", "© 2026"],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("Yours for $12.10. Renews", "money"), ("It is 29.00. Then", "count"), ("am 12.10. um 9 Uhr", "")],
)
def test_a_number_before_a_full_stop_is_no_day_if_it_is_a_price_or_none_of_a_month(text: str, found: str) -> None:
    assert [kind for kind, _ in read(text)][:1] == ([found] if found else ["count"])
    assert ["12.10" in value or "29.00" in value for _, value in read(text)][:1] == [bool(found)]


@pytest.mark.parametrize("text", ["$49.00", "US$ 49", "49,00 €", "CHF 11.50", "20 USD", "kr 200", "49.000 ₫"])
def test_a_price_is_no_count(text: str) -> None:
    assert [kind for kind, _ in read(text)] == ["money"]


def test_percents_are_told_from_counts() -> None:
    assert read("12.5 % of 10,000 credits") == [("percent", "12.5"), ("count", "10000")]
    assert read("5 of 12 seats") == [("count", "5"), ("count", "12")]


def test_a_shortened_number_says_how_coarse_it_is() -> None:
    assert numbers_in("10.2K", notation_of([], ","))[0].step == Decimal(100)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,220,000 412", ["2220000", "412"]), ("2000 412", ["2000", "412"]), ("1 200 412", ["1200412"]),
        ("900  412", ["900", "412"]), ("1'200 412", ["1200", "412"]),
    ],
)  # fmt: skip
def test_numbers_side_by_side_are_not_one(text: str, values: list[str]) -> None:
    thousands = " " if text == "1 200 412" else "'" if "'" in text else ","
    assert [value for _, value in read(text, thousands)] == values


@pytest.mark.parametrize(
    ("text", "title", "read_as"),
    [
        ("11.2K", "11,250 credits", "11,250"), ("11.3K", "11,250 credits", "11,250"), ("4K", "4,000", "4,000"),
        ("11,2K left", "11 250", "11 250 left"), ("1.2M", "1,200,000 credits", "1,200,000"), ("4K", "4499", "4499"),
        ("11.2K", "11,350 credits", "11.2K"), ("11.2K", "11,149 credits", "11.2K"), ("4K", "3,499", "4K"),
        ("11.2K", "1,250 of 12,500", "11.2K"), ("11.2K", "About your credits", "11.2K"),
        ("4K and 2K", "4,000", "4K and 2K"),
        ("11.2K", "11,250.50", "11.2K"), ("11.2K", "Nov 26, 2026", "11.2K"),
    ],
)  # fmt: skip
def test_a_title_tells_the_whole_number_that_rounds_to_the_text(text: str, title: str, read_as: str) -> None:
    assert exact_of(text, title) == read_as
