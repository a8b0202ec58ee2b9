"""How the score of `make mutation` is counted."""

from __future__ import annotations

from tests.mutation.__main__ import score


def test_the_score_is_the_share_of_changes_that_a_test_noticed() -> None:
    stats = {"killed": 90, "timeout": 5, "survived": 3, "no_tests": 2, "skipped": 10, "total": 110}
    assert score(stats) == 95.0
