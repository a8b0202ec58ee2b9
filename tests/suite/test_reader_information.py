"""Which value of the billing information stands below which label."""

from __future__ import annotations

import pytest

from steps.readers.workspace.information import misplaced, shown_under_labels
from steps.targets.profile import Profile

PROFILE = Profile(base_url="http://site.example")
VALUES = {"tax_id": "GB 1", "po_number": "PO-7", "receipts_email": "a@b.example"}


@pytest.mark.parametrize(
    ("lines", "shown", "wrong"),
    [
        ("Tax ID|GB 1|PO Number|PO-7|Email|a@b.example", VALUES, []),
        ("Tax ID:|GB 1|PO Number:|PO-7", {"tax_id": "GB 1", "po_number": "PO-7"}, []),
        (
            "Tax ID|PO-7|PO Number|GB 1",
            {"tax_id": "PO-7", "po_number": "GB 1"},
            ["PO-7 below “Tax ID”", "GB 1 below “PO Number”"],
        ),
        ("Tax ID|PO Number|GB 1|PO-7", {}, []),
        ("GB 1|Tax ID|PO-7|PO Number", {}, []),
        ("Used on your invoices|Tax ID|GB 1|PO Number|PO-7", {"tax_id": "GB 1", "po_number": "PO-7"}, []),
    ],
)
def test_values_stand_below_their_labels(lines: str, shown: dict[str, str], wrong: list[str]) -> None:
    assert shown_under_labels(lines.split("|"), PROFILE) == shown
    assert misplaced(lines.split("|"), VALUES, PROFILE) == wrong
