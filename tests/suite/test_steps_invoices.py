"""Invoices before and after a purchase, on a site that loads each page of its list as a page of its own."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from steps.actors import preconditions
from steps.actors.invoices import invoices_of
from steps.actors.member import Member
from steps.actors.whole_list import looked_through
from steps.invoices import (
    Added,
    Filtered,
    all_of_a_type,
    it_is_listed_among,
    it_is_listed_on_its_day,
    it_is_not_listed_among,
    no_payment_twice,
)
from steps.pages.invoice_walk import RepeatedPageError
from steps.readers.invoices.invoices import Invoice
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account, Paid
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

SITE = "http://site.example"
PROFILE = Profile(base_url=SITE, limits=Limits(page=2))
ROW = "<tr><td>INV-{0}</td><td>Nov 2, 2026</td><td>{1}</td><td>$9.00</td></tr>"
FORM = """<form><label>Type <select name=kind><option value="">All</option><option value=credit>Credits</option>
<option value=plan>Plans</option></select></label><button>Filter</button></form>"""
Row = tuple[int, str]


NOW = datetime(2026, 11, 29, tzinfo=UTC)


class Site:
    """Three invoices a page, the way to the next one is a link, and a filter is a form that is sent."""

    def __init__(self, fault: str = "") -> None:
        self.rows: list[Row] = [(n, "Pro plan" if n % 4 == 0 else "6,000 credits") for n in range(1, 8)]
        self.fault = fault
        self.is_newest_first = True
        self.served: list[str] = []

    def answer(self, route: Route) -> None:
        """Answer with the page of the list that the address names."""
        self.served.append(route.request.url)
        asked = parse_qs(urlsplit(route.request.url).query)
        kind, page = asked.get("kind", [""])[0], int(asked.get("page", ["1"])[0])
        rows = self._filtered(sorted(self.rows, reverse=self.is_newest_first), kind)
        shown = "".join(ROW.format(*row) for row in rows[3 * page - 3 : 3 * page])
        link = f"<a href='?kind={kind}&page={page + 1}'>Next</a>" if len(rows) > 3 * page else ""
        route.fulfill(
            content_type="text/html",
            body=f"<h2>Invoices</h2>{FORM}<table><tr><th>Invoice</th><th>Date</th><th>Item</th><th>Amount</th></tr>"
            f"{shown}</table>{link}",
        )

    def _filtered(self, rows: list[Row], kind: str) -> list[Row]:
        if not kind or self.fault == "ignores":
            return rows
        left = [row for row in rows if kind in row[1]]
        return {"drops the newest": left[1:], "drops an older one": left[:1] + left[2:]}.get(self.fault, left)


@pytest.fixture
def visit(page: Page) -> Callable[[Site], Member]:
    def visit_site(site: Site) -> Member:
        page.context.route(f"{SITE}/**", site.answer)
        target = cast("Any", SimpleNamespace(profile=PROFILE, is_exclusive=True, sets_up=True, now=lambda _: NOW))
        member = Member(target, Account("Ada", "ada@example.com"), cast("Any", None), page.context)
        member.page.goto(f"{SITE}/billing")
        return member

    return visit_site


def numbers(member: Member, *, anew: bool = False) -> list[int]:
    return sorted(int(one.number.removeprefix("INV-")) for one in invoices_of(member, anew=anew).all())


@pytest.mark.parametrize("order", ["newest first", "oldest first"])
def test_a_new_invoice_is_looked_for_from_the_first_page(visit: Callable[[Site], Member], order: str) -> None:
    site = Site()
    site.is_newest_first = order == "newest first"
    member = visit(site)
    assert numbers(member) == [1, 2, 3, 4, 5, 6, 7]
    assert "page=3" in member.page.url
    site.rows.append((9, "6,000 credits"))
    assert numbers(member, anew=True) == [1, 2, 3, 4, 5, 6, 7, 9]
    assert len(site.served) == 6  # each page once, and no reload between


def added(member: Member) -> Added:
    listed = invoices_of(member).all()
    return Added(max(listed, key=lambda one: one.number), listed)


def test_a_filter_that_has_to_be_sent_is_sent(visit: Callable[[Site], Member]) -> None:
    member = visit(Site())
    invoice = added(member)
    it_is_listed_among(member, invoice, "credits")
    it_is_not_listed_among(member, invoice, "plans")


@pytest.mark.parametrize("fault", ["ignores", "drops the newest", "drops an older one"])
def test_a_filter_that_filters_wrongly_breaks_the_promise(visit: Callable[[Site], Member], fault: str) -> None:
    member = visit(Site(fault))
    with pytest.raises(BrokenPromiseError):
        it_is_listed_among(member, added(member), "credits")


def test_a_purchase_is_not_passed_as_listed_on_its_day_where_no_day_can_be_chosen(
    visit: Callable[[Site], Member],
) -> None:
    member = visit(Site())
    with pytest.raises(NotVerifiedError):
        it_is_listed_on_its_day(member, added(member))


@pytest.mark.parametrize(
    ("counted_on", "zone", "is_last_day_in", "is_red"),
    [(29, "", True, False), (30, "", True, False), (29, "", False, True), (30, "UTC", True, True)],
)
def test_the_last_day_of_a_filter_counts(
    monkeypatch: pytest.MonkeyPatch, counted_on: int, zone: str, *, is_last_day_in: bool, is_red: bool
) -> None:
    """A site may count in another time zone, and then have the payment among those of the next day."""
    own = Invoice("6,000 credits", "INV-7", date(2026, 11, 29), None, 6_000, "Credits", "", 0, 0, day="29 Nov 2026")
    counted, asked = date(2026, 11, counted_on), list[date]()

    def found() -> list[Invoice]:
        first, last = asked[-2:]
        return [own] if first <= counted < last or (is_last_day_in and counted == last) else []

    list_ = SimpleNamespace(of_time=lambda *days: asked.extend(days), all=found)
    monkeypatch.setattr("steps.invoices.invoices_of", lambda *_, **__: list_)
    profile = SimpleNamespace(timezone=zone)
    target = SimpleNamespace(sets_up=False, now=lambda _: NOW, profile=profile)
    member: Any = SimpleNamespace(target=target, account=None)
    with pytest.raises(BrokenPromiseError, match="it is not") if is_red else nullcontext():
        it_is_listed_on_its_day(member, Added(own, [own]))


def test_a_filter_that_leaves_what_it_should_not_breaks_the_promise(visit: Callable[[Site], Member]) -> None:
    member = visit(Site("ignores"))
    with pytest.raises(BrokenPromiseError):
        it_is_not_listed_among(member, added(member), "plans")


@pytest.mark.parametrize(("numbers", "doubts"), [(("INV-1", "INV-2"), 0), (("", ""), 1), (("INV-1", "INV-1"), 1)])
def test_payments_that_say_the_same_are_told_apart_by_their_receipts(numbers: tuple[str, str], doubts: int) -> None:
    paid = {"ada": Paid()}
    member = SimpleNamespace(target=SimpleNamespace(paid=paid), account=SimpleNamespace(key="ada"), doubts=[])
    listed = [Invoice("", "", None, None, 4_000, "", "", 0, 0, receipt_number=one) for one in numbers]
    no_payment_twice(cast("Any", member), listed)
    assert len(member.doubts) == doubts


@pytest.mark.parametrize(
    ("numbers", "text", "is_wrong"),
    [
        (("7", "8", "9"), "", False),
        (("7", "7", "9"), "", True),
        (("7", "7", "9"), "Refund", False),
        (("7", "7", "7"), "", False),
    ],
)
def test_two_invoices_have_no_number_in_common(numbers: tuple[str, ...], text: str, *, is_wrong: bool) -> None:
    paid = {"ada": Paid()}
    member = SimpleNamespace(target=SimpleNamespace(paid=paid), account=SimpleNamespace(key="ada"), doubts=[])
    listed = [
        Invoice(text if at == 1 else f"{at}", number, date(2026, 11, at + 1), None, 4_000, "", "", 0, 0)
        for at, number in enumerate(numbers)
    ]
    with pytest.raises(BrokenPromiseError) if is_wrong else nullcontext():
        no_payment_twice(cast("Any", member), listed)


def test_a_list_without_any_payment_of_a_type_is_told_whole() -> None:
    bought = Invoice("1 4,000 credits", "1", None, None, 4_000, "credits", "", 0, 0)
    with pytest.raises(BrokenPromiseError, match=r"a payment for plans in the whole list\n.*4,000 credits"):
        all_of_a_type(cast("Any", None), Filtered([bought], [], cast("Any", None), "plans"), "plans")


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_that_repeats_the_one_before_is_looked_at_twice(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    looks: list[bool] = []

    def invoices(_: object, *, anew: bool = False) -> Any:
        looks.append(anew)
        return SimpleNamespace(all=lambda: read(len(looks)))

    def read(look: int) -> list[str]:
        if look <= times:
            raise RepeatedPageError("As before.")
        return ["all of them"]

    monkeypatch.setattr("steps.actors.whole_list.invoices_of", invoices)
    with nullcontext() if times < 2 else pytest.raises(BrokenPromiseError, match="As before"):
        assert cast("Any", looked_through(cast("Any", None))) == ["all of them"]
    assert looks == [False, True]


def test_a_page_that_repeats_the_one_before_has_payments_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def invoices(_: object, *, anew: bool = False) -> Any:
        return SimpleNamespace(all=repeats, on_this_page=lambda: ["one", "two"] if anew else [])

    def repeats() -> None:
        raise RepeatedPageError("As before.")

    monkeypatch.setattr(preconditions, "invoices_of", invoices)
    preconditions.earn(cast("Any", None), ["several payments"])


@pytest.mark.parametrize(("bought", "is_held"), [(0, True), (1, False)])
def test_what_this_run_bought_is_among_the_payments_for_credits(bought: int, *, is_held: bool) -> None:
    filed = Invoice("6,000 credits", "", None, None, None, "Plan", "", 0, 0, named=frozenset({6_000}))
    old = Invoice("4,000 credits", "", None, None, 4_000, "Credits", "", 0, 0)
    paid = {"ada": Paid(Counter({6_000: bought}))}
    target = SimpleNamespace(paid=paid, sets_up=False)
    member: Any = SimpleNamespace(target=target, account=SimpleNamespace(key="ada"))
    filtered = Filtered([filed, old], [old], cast("Any", None), "credits")
    with nullcontext() if is_held else pytest.raises(BrokenPromiseError, match="1 paid for 6,000 credits"):
        assert all_of_a_type(member, filtered, "credits") == [old]
