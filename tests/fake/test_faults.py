"""Every fault of the catalogue does what it says and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fake_backend.control.faults import CATALOGUE, HOOKS, UnknownFaultError, processor_settings
from fake_backend.site.hooks import Hooks
from tests.fake.support.fault_changes import CHANGES
from tests.fake.support.shop import Shop
from tests.fake.support.tour import Tour

BESIDE_THE_TOUR = {
    "declined-yet-granted", "declined-yet-granted-later", "unauthenticated-yet-granted",
    "unauthenticated-yet-granted-later", "back-offers-again", "payment-never-ends", "payment-never-returns",
    "pay-disabled", "decline-without-a-word", "grant-on-decline", "grant-on-failed-challenge",
    "grant-on-left-challenge", "grant-on-leaving-after-decline", "success-after-decline",
    "country-unnamed", "payment-unwritten",
    "payment-shows-other-amount", "payment-total-differs",
    "payment-dearer-when-opened-again", "receipt-thousands-lost", "payment-shows-other-currency",
    "declined-upgrade-counts", "dearer-with-each-refusal", "locked-after-decline",
    "refused-cards-invoiced-too", "amounts-of-three-invoices-rotated", "plans-listed-cheaper",
    "list-marks-plan-before",
}  # fmt: skip
"""Faults of the payment page, which the tour does not see: `test_faults_paying` tries them over HTTP."""


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop()


@pytest.fixture(scope="module")
def sound(shop: Shop) -> dict[str, Any]:
    return Tour(shop, ()).seen


DRAWN_ALONE = {"profile-icon-astray"}
"""Faults of where something is drawn: `test_faults_pages` looks at them in a browser."""


def test_each_fault_is_tried_here() -> None:
    assert set(CATALOGUE) == set(CHANGES) | BESIDE_THE_TOUR | DRAWN_ALONE


@pytest.mark.nightly
def test_a_sound_site_looks_the_same_twice(shop: Shop, sound: dict[str, Any]) -> None:
    assert Tour(shop, ()).seen == sound


@pytest.mark.sampled(20)
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_fault_changes_what_it_says_and_nothing_else(shop: Shop, sound: dict[str, Any], name: str) -> None:
    seen = Tour(shop, (name,)).seen
    assert {key for key in sound if seen.get(key) != sound[key]} == CHANGES[name]


@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_a_fault_is_described_for_its_readers(fault: Any) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", fault.name)
    assert re.fullmatch(r"(doc:[a-z-]+\.(\d+[ab]?|help)|assumption:[a-z-]+)", fault.breaks)
    assert fault.sees[0].isupper()
    assert fault.sees.endswith(".")
    assert fault.changes or fault.processor


def test_faults_stack(shop: Shop, sound: dict[str, Any]) -> None:
    seen = Tour(shop, ("billing-tab-renamed", "package-missing", "granted-one-less", "granted-twice")).seen
    assert seen["tabs"] == [("General", False), ("Payments", False)]
    assert len(seen["packages"]["packages"]) == 10
    assert seen["buying: granted"][2_000] == 2 * 1_999
    assert seen["menu"] == sound["menu"]


@pytest.mark.parametrize("name", ["second-purchase-refused", "second-purchase-lost", "same-package-lost"])
def test_a_payment_that_was_left_is_no_first_purchase(shop: Shop, name: str) -> None:
    seeded = shop.seed(faults=[name])
    member = shop.member(seeded)
    shop.choose(member, 2_000)
    shop.buy(member, 2_000)
    assert shop.add_on(seeded) == 2_000


def test_faults_can_be_set_and_taken_back(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    shop.site.set_faults(seeded.id, ["package-missing"])
    assert len(member.get("/api/billing/packages").json["packages"]) == 10
    shop.site.set_faults(seeded.id, [])
    assert len(member.get("/api/billing/packages").json["packages"]) == 11


def test_an_unknown_fault_is_named_with_the_nearest(shop: Shop) -> None:
    for refuse in (HOOKS.with_faults, processor_settings, lambda names: shop.seed(faults=names)):
        with pytest.raises(UnknownFaultError, match="did you mean 'package-missing'"):
            refuse(["package-mising"])
    with pytest.raises(UnknownFaultError):
        Hooks().with_faults(["package-missing"])


@pytest.mark.parametrize(
    ("name", "amounts"),
    {
        "granted-late": {0: 0, 19: 0, 21: 2_000, 60: 2_000},
        "granted-in-halves": {0: 1_000, 13: 1_000, 15: 2_000, 60: 2_000},
        "granted-again-soon": {0: 2_000, 2: 2_000, 4: 4_000, 60: 4_000},
        "granted-again-later": {0: 2_000, 24: 2_000, 26: 4_000, 60: 4_000},
        "taken-back-later": {0: 2_000, 14: 2_000, 16: 0, 60: 0},
        "rounded-down-later": {0: 2_000, 9: 2_000, 11: 1_999, 60: 1_999},
        "moved-to-monthly-later": {0: 2_000, 11: 2_000, 13: 0, 60: 0},
        "monthly-drains-later": {0: 2_000, 60: 2_000},
    }.items(),
    ids=str,
)
def test_what_comes_later_comes_by_the_clock(shop: Shop, name: str, amounts: dict[int, int]) -> None:
    seeded = shop.seed(faults=[name])
    shop.buy(shop.member(seeded), 2_000)
    monthly, at = shop.credits(seeded)["monthly"]["remaining"], 0
    for second, expected in amounts.items():
        shop.site.advance_clock(seeded.id, second - at)
        at = second
        assert shop.add_on(seeded) == expected, second
    changes = {"monthly-drains-later": -400, "moved-to-monthly-later": 2_000}
    assert shop.credits(seeded)["monthly"]["remaining"] - monthly == changes.get(name, 0)
