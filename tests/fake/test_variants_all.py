"""Every combination of answers to the open questions is valid: each can be had, and a purchase works in it."""

from __future__ import annotations

import dataclasses
from itertools import product

from fake_backend.control.models import Variant
from fake_backend.control.variants import VARIANTS, complete
from fake_backend.processor.settings import Settings
from fake_backend.site import view_data
from fake_backend.site.hooks import BillingContext
from tests.fake.support.shop import Shop

# What the payment page's summary has besides concerns the site in nothing.
_SITES = {name: answers for name, answers in VARIANTS.items() if name != "payment_summary"}
COMBINATIONS = [
    dict(zip(_SITES, answers, strict=True)) | {"payment_summary": "plain"} for answers in product(*_SITES.values())
]


def test_each_combination_is_accepted_and_shown() -> None:
    shop = Shop()
    seeded = shop.seed()
    core = shop.site.core
    member = core.member(seeded.members[0].id)
    assert member is not None
    seen = set()
    for variant in COMBINATIONS:
        assert Variant.model_validate(variant).model_dump() == complete(variant)
        assert Settings(layout=variant["payment_page"]).layout == variant["payment_page"]  # type: ignore[arg-type]
        workspace = dataclasses.replace(core.workspace(seeded.id), variant=variant)
        context = BillingContext(workspace, member, core.now(workspace), 0, [])
        popup, billing = view_data.packages(core, context), view_data.billing(core, context)
        assert len(popup["packages"]) == 11
        seen.add((popup["choice"], popup["animated"], popup["new_tab"], popup["packages"][0]["price"] is None))
        assert billing["sections"][0]["title"].startswith("Current Plan")
    assert len(COMBINATIONS) == len({tuple(variant.values()) for variant in COMBINATIONS}) == 5_184
    assert len(seen) == 3 * 2 * 2 * 2


def test_a_purchase_works_with_every_way_of_landing_and_of_showing_the_balance() -> None:
    shop = Shop()
    for landing, balance, sign_in in product(VARIANTS["landing"], VARIANTS["balance"], VARIANTS["sign_in"]):
        seeded = shop.seed(variant={"landing": landing, "balance": balance, "sign_in": sign_in})
        landed = shop.buy(shop.member(seeded), 4_000)
        assert landed.status_code == 303
        assert landed.location.startswith("/billing/success" if landing == "success" else "/settings/billing")
        assert shop.add_on(seeded) == 4_000
