"""How the score of `make mutation` is counted."""

from __future__ import annotations

import pytest

from tests.tools.mutation.__main__ import alike, score


def test_the_score_is_the_share_of_changes_that_a_test_noticed() -> None:
    stats = {"killed": 90, "timeout": 5, "survived": 7, "no_tests": 2, "skipped": 10, "total": 114}
    assert score(stats, no_changes=4) == 95.0


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("""x("SELECT id FROM t WHERE a = 'open'")""", """x("select id from t where a = 'open'")""", True),
        ("""x("SELECT id FROM t WHERE a = 'open'")""", """x("SELECT ID FROM T WHERE A = 'OPEN'")""", False),
        ('" VALUES (?, ?)",', '" values (?, ?)",', True),
        ('f(row["id"], row["a"])', 'f(row["id"], row["A"])', True),
        ('f(row["id"])', 'f(row["XXidXX"])', False),
        ('say("No such plan")', 'say("no such plan")', False),
        ('if kind == "plan":', 'if kind == "PLAN":', False),
        ("if a < b:", "if a <= b:", False),
    ],
)
def test_a_change_of_sqls_letters_alone_is_none(before: str, after: str, same: bool) -> None:  # noqa: FBT001 - a table
    diff = f"--- a.py\n+++ a.py\n@@ -1 +1 @@\n def f():\n-    {before}\n+    {after}\n"
    assert alike(diff) == same
