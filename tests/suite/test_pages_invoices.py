"""The list of invoices as a person goes through it: page after page, filtered, with receipts."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.input_device import MouseInput
from steps.pages.invoice_list import is_moved_sideways
from steps.pages.invoice_walk import RepeatedPageError
from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.invoice_rows import HEAD, PROFILE, TABLE, numbers, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.pages.input_device import ElementLike

NEXT = "<button id=next>Next</button>"
PAGED = """(pages) => { let at = 0; const next = document.getElementById('next');
  next.onclick = () => setTimeout(() => {
    const body = document.querySelector('tbody');
    body.innerHTML = body.rows[0].outerHTML + pages[++at]; next.disabled = at === pages.length - 1; }, 50); }"""


@pytest.mark.parametrize("way", ["replaces", "grows"])
@pytest.mark.parametrize(
    "button",
    [
        NEXT,
        NEXT.replace("Next", "Load more"),
        "<a href='#' id=next aria-label='Go to next page'>\u203a</a>",
        "<div id=next style='display:inline-block;cursor:pointer'>Load more</div>",
    ],
)
def test_invoices_are_read_page_after_page(page: Page, way: str, button: str) -> None:
    pages = [rows(9, 8), rows(7, 6), rows(5)]
    shown = ["".join(pages[: at + 1]) for at in range(3)] if way == "grows" else pages
    page.set_content(f"<button>Show more plans</button>{HEAD}{TABLE.format(shown[0])}{button}<h2>Help</h2>{NEXT}")
    page.evaluate(PAGED.replace("next.disabled", "next.hidden"), shown)
    assert numbers(page) == [f"INV-{n}" for n in (9, 8, 7, 6, 5)]


MONTHS = {
    "details": "<details {2}><summary>{0} ({3} payments)</summary>{1}</details>",
    "buttons": """<section><h3><button aria-expanded={4} onclick="const is = this.ariaExpanded !== 'true';
        this.ariaExpanded = is; this.parentElement.nextElementSibling.hidden = !is">{0}</button></h3>
        <div {5}>{1}</div></section>""",
}


@pytest.mark.parametrize("kind", MONTHS)
def test_months_that_are_folded_are_unfolded_and_tell_the_year_of_their_days(page: Page, kind: str) -> None:
    month = "<p>{0} 30 INV-{1} 2,000 credits $20.00 Paid</p><p>{0} 2 INV-{2} 4,000 credits $38.00 Paid</p>"
    parts = [
        MONTHS[kind].format(name, month.format(name[:3], *numbers_), "open" * is_open, 2, str(is_open).lower(), hidden)
        for name, numbers_, is_open, hidden in (
            ("November 2026", (4, 3), True, ""), ("October 2026", (2, 1), False, "hidden")
        )
    ]  # fmt: skip
    page.set_content(f"{HEAD}{''.join(parts)}<h2>Help</h2>")
    listed = Invoices(page, PROFILE).all()
    assert [(one.number, one.day) for one in listed] == [
        ("INV-4", "Nov 30"), ("INV-3", "Nov 2"), ("INV-2", "Oct 30"), ("INV-1", "Oct 2"),
    ]  # fmt: skip
    assert [one.date and one.date.year for one in listed] == [2026] * 4


def test_a_list_that_loads_once_it_is_in_view_is_brought_there(page: Page) -> None:
    page.set_content(f"<h2>Current Plan</h2><p style='height:1500px'>Pro</p>{HEAD}<div id=late>Loading\u2026</div>")
    page.evaluate(
        """(list) => new IntersectionObserver(([seen]) => {
          if (seen.isIntersecting) setTimeout(() => { late.innerHTML = list; }, 50); }).observe(late)""",
        TABLE.format(rows(2, 1)),
    )
    assert numbers(page) == ["INV-2", "INV-1"]


def test_a_list_that_stands_on_a_later_page_is_read_from_its_first(page: Page) -> None:
    parts = [rows(9, 8), rows(7, 6), rows(5)]
    away = "<button onclick=document.body.remove()>Back to settings</button>"
    page.set_content(
        f"{HEAD}{TABLE.format(parts[2])}<p id=part>5-5 of 5</p>{away}<button id=back>Previous page</button>{NEXT}"
    )
    page.evaluate(
        """(parts) => { let at = 2; const turn = (by) => () => { at += by; const body = document.querySelector('tbody');
          body.innerHTML = body.rows[0].outerHTML + parts[at]; part.innerText = ['1-2', '3-4', '5-5'][at] + ' of 5';
          back.disabled = at === 0; next.disabled = at === 2; };
          back.onclick = turn(-1); next.onclick = turn(1); next.disabled = true; }""",
        parts,
    )
    assert numbers(page) == [f"INV-{n}" for n in (9, 8, 7, 6, 5)]


def test_a_page_that_shows_the_one_before_ends_the_list(page: Page) -> None:
    page.set_content(HEAD + TABLE.format(rows(9, 8)) + NEXT)
    page.evaluate(PAGED, [rows(9, 8)] * 3)
    assert numbers(page) == ["INV-9", "INV-8"]


def test_a_row_that_a_page_repeats_is_read_twice(page: Page) -> None:
    page.set_content(HEAD + TABLE.format(rows(9, 8)) + NEXT)
    page.evaluate(PAGED, [rows(9, 8), rows(8, 7)])
    assert numbers(page) == ["INV-9", "INV-8", "INV-8", "INV-7"]


@pytest.mark.parametrize(("told", "lacks"), [("Showing 2 of 3", True), ("Showing 2 of 2", False)])
def test_a_list_that_tells_of_more_than_it_shows_is_not_verified(page: Page, told: str, *, lacks: bool) -> None:
    page.set_content(HEAD + TABLE.format(rows(9, 8)) + f"<p>{told}</p>")
    with pytest.raises(NotVerifiedError, match=told) if lacks else nullcontext():
        assert numbers(page) == ["INV-9", "INV-8"]


@pytest.mark.parametrize("more", ["hidden", "disabled"])
def test_a_list_that_ends_before_its_own_total_is_broken(page: Page, more: str) -> None:
    page.set_content(HEAD + TABLE.format(rows(9, 8)) + NEXT + "<p id=part>Showing 1 to 2 of 5 entries</p>")
    page.evaluate(PAGED.replace("next.disabled", f"next.{more}"), [rows(9, 8), rows(7, 6)])
    page.evaluate("next.addEventListener('click', () => part.innerText = 'Showing 3 to 4 of 5 entries')")
    with pytest.raises(ElementNotFoundError, match="ends at “Showing 3 to 4 of 5 entries”, and 4 were listed"):
        numbers(page)


def test_a_page_that_is_empty_before_its_own_total_is_told(page: Page) -> None:
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}<p>Total 3</p>{NEXT}")
    page.evaluate(PAGED, [rows(9, 8), "<tr><td>No data</td></tr>"])
    with pytest.raises(RepeatedPageError, match="no invoice behind the first 2, and tells of 1 more"):
        Invoices(page, PROFILE).all()


@pytest.mark.parametrize(("width", "is_moved"), [(2_000, True), (300, False)])
def test_a_list_wider_than_its_box_is_moved_sideways(page: Page, width: int, *, is_moved: bool) -> None:
    table = TABLE.format(rows(9, 8)).replace("<table", f"<table style='width:{width}px'")
    page.set_content(f"{HEAD}<div style='width:400px;overflow:auto'>{table}</div>")
    assert is_moved_sideways(page, PROFILE) is is_moved


GROWING = """<div style="height:100px;overflow:auto"><div style="height:60px">Plan</div><df-card></df-card></div>
<script>const root = document.querySelector("df-card").attachShadow({ mode: "open" });
root.innerHTML = "<style>.r{display:flex;gap:9px;height:30px}</style><h2>Invoices</h2><div id=all></div>";
let shown = 3; const draw = () => { const all = root.getElementById("all"); all.innerHTML = "";
  for (let n = 20; n > Math.max(0, 20 - shown); n--) all.insertAdjacentHTML("beforeend", `<div class=r><div>
    <div>6,000 credits</div><div>Nov 2, 2026 · INV-${n} · Paid</div></div>
    <div>$9.00</div><div tabindex=0>PDF</div></div>`);
  if (shown < 20) { const more = all.appendChild(document.createElement("div")); more.tabIndex = 0;
    more.textContent = "Load more"; more.onclick = () => { shown += 3; draw(); }; } }; draw();</script>"""


def test_a_list_that_grows_within_a_scrolled_box_loses_no_row(page: Page) -> None:
    page.set_content(GROWING)
    assert numbers(page) == [f"INV-{n}" for n in range(20, 0, -1)]


TURNING = """<style>@keyframes turn{to{transform:rotate(1turn)}}
.turns{width:24px;height:24px;border:3px solid #999;border-top-color:#000;border-radius:50%;animation:turn 1s infinite}
.r{height:60px}</style><div id=box style="height:120px;overflow:auto"><div id=all></div><div id=end></div></div>
<script>let shown = 0; const more = () => { for (const last = Math.min(shown + 4, 9); shown < last; shown++)
    all.insertAdjacentHTML("beforeend", `<div class=r>Nov 2, 2026 INV-${9 - shown} 6,000 credits $9.00</div>`); };
more(); let asked = false;
box.onscroll = () => { if (asked || shown > 8 || box.scrollTop + 130 < box.scrollHeight) return;
  asked = true; end.innerHTML = "<div class=turns></div>";
  setTimeout(() => { end.innerHTML = ""; more(); asked = false; }, 800); };</script>"""


def test_a_list_is_not_left_while_a_spinner_turns_at_its_end(page: Page) -> None:
    page.set_content(HEAD + TURNING)
    read = Invoices(page, Profile(base_url="http://site.example", limits=Limits(page=9))).all()
    assert [one.number for one in read] == [f"INV-{n}" for n in range(9, 0, -1)]


NUMBERED = """(pages) => { const turn = (at) => { const body = document.querySelector("tbody");
  body.innerHTML = body.rows[0].outerHTML + pages[at];
  document.getElementById("pager").innerHTML = pages.map((_, n) => n === at ? `<b>${n + 1}</b>`
    : `<a href="#" onclick="turn(${n}); return false">${n + 1}</a>`).join(" "); };
  window.turn = turn; turn(0); }"""


@pytest.mark.parametrize("number", ["INV-", "DF/26-27/00105"])
def test_pages_may_have_numbers_alone(page: Page, number: str) -> None:
    page.set_content(HEAD + TABLE.format("") + "<div id=pager></div>")
    page.evaluate(NUMBERED, [rows(*some).replace("INV-", number) for some in ((9, 8), (7, 6), (5,))])
    assert numbers(page) == [f"{number}{n}" for n in (9, 8, 7, 6, 5)]


@pytest.mark.parametrize("told", ["1\u20132 of 5", "Page 1 of 3"])
def test_further_pages_without_a_way_to_them_are_not_verified(page: Page, told: str) -> None:
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}<p>{told}</p><svg width=20 height=20></svg>")
    with pytest.raises(NotVerifiedError, match=r"labels\.next_invoices"):
        Invoices(page, PROFILE).all()


def test_a_page_that_repeats_the_one_before_is_told(page: Page) -> None:
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}<p>1-2 of 4</p>{NEXT}")
    page.evaluate(PAGED, [rows(9, 8), rows(9, 8)])
    page.evaluate("next.addEventListener('click', () => { document.querySelector('p').textContent = '3-4 of 4' })")
    with pytest.raises(RepeatedPageError, match=r"went on from “1-2 of 4” to “3-4 of 4”.*“INV-9 .* as before"):
        Invoices(page, PROFILE).all()


def test_rows_that_come_after_what_the_list_says_of_them_are_read(page: Page) -> None:
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}<p>Page 1 of 2</p>{NEXT}")
    page.evaluate(PAGED.replace("50)", "1200)"), [rows(9, 8), rows(7)])
    page.evaluate("next.addEventListener('click', () => { document.querySelector('p').textContent = 'Page 2 of 2' })")
    assert numbers(page) == ["INV-9", "INV-8", "INV-7"]


def test_a_way_on_that_leads_nowhere_is_told_where_the_list_tells_of_more(page: Page) -> None:
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}<p>1-2 of 5</p>{NEXT}")
    with pytest.raises(RepeatedPageError, match="The way on from “1-2 of 5” shows no other invoices"):
        numbers(page)
    page.set_content(f"{HEAD}{TABLE.format(rows(9, 8))}{NEXT}")
    assert numbers(page) == ["INV-9", "INV-8"]


VIRTUAL = """<div id=box style='height:80px;overflow:auto'><div id=all style='position:relative;height:600px'></div>
</div>
<script>const draw = () => { const from = Math.floor(box.scrollTop / 20);
  all.innerHTML = [...Array(30).keys()].slice(from, from + 6).map((n) =>
    `<div style="position:absolute;top:${n * 20}px;display:flex;gap:9px"><span>INV-${100 - n}</span>`
    + `<span>Nov 2, 2026</span><span>${n + 1},000 credits</span><span>$9.00</span></div>`).join(""); };
box.onscroll = draw; draw();</script>"""


TURN = """const turn = () => { at = 1; JUMPS draw(); part.textContent = "16\u201330 of 30";
document.querySelector("[aria-label]").disabled = true; };</script>"""


def test_a_list_that_draws_what_is_scrolled_to_is_read_whole(page: Page) -> None:
    page.set_content(HEAD + VIRTUAL)
    assert numbers(page) == [f"INV-{100 - n}" for n in range(30)]


@pytest.mark.parametrize("jumps", ["box.scrollTop = 0;", ""])
def test_a_list_that_draws_what_is_scrolled_to_has_all_rows_of_each_page(page: Page, jumps: str) -> None:
    paged = VIRTUAL.replace("[...Array(30).keys()]", "[...Array(30).keys()].slice(15 * at, 15 * at + 15)")
    paged = paged.replace("height:600px", "height:300px").replace("${n * 20}", "${n % 15 * 20}")
    way = "<button aria-label='Go to next page' onclick='turn()'>\u203a</button>"
    more = f"<p id=part>1\u201315 of 30</p>{way}<script>{TURN}"
    page.set_content(HEAD + paged.replace("<script>", "<script>let at = 0; ") + more.replace("JUMPS", jumps))
    assert numbers(page) == [f"INV-{100 - n}" for n in range(30)]


@pytest.mark.parametrize("told", ["", "aria-rowindex=${n + 2}"])
def test_rows_that_say_the_same_are_all_read_from_the_top(page: Page, told: str) -> None:
    same = VIRTUAL.replace("INV-${100 - n}", "").replace("${n + 1},000", "${n < 20 ? 4 : 6},000")
    page.set_content(HEAD + same.replace('<div style="pos', f'<div {told} style="pos'))
    page.evaluate("box.scrollTop = 240")
    read = Invoices(page, PROFILE).all()
    assert [one.credits for one in read] == [4_000] * 20 + [6_000] * 10


class SlowHand(MouseInput):
    """Brings into view what it presses, and a frame later presses it."""

    def press(self, target: ElementLike) -> None:
        """See `InputDevice`."""
        target.scroll_into_view_if_needed()
        target.evaluate("() => new Promise((done) => setTimeout(done, 100))")
        super().press(target)


def test_the_receipt_of_a_row_that_is_drawn_anew_when_it_is_scrolled_to_is_its_own(page: Page) -> None:
    link = "<button onclick='save(${n})'>Receipt</button></div>`"
    page.set_content(
        HEAD + VIRTUAL.replace("from + 6", "from + 12").replace("$9.00</span></div>`", f"$9.00</span>{link}")
    )
    page.evaluate("""() => { window.save = (n) => Object.assign(document.createElement("a"),
      { href: `data:text/plain,${n}`, download: "" }).click(); }""")
    invoices = Invoices(page, PROFILE, SlowHand())
    older = invoices.on_this_page()[-1]
    assert invoices.receipt(older) == b"11"


RENEWAL = "<h2>Current Plan</h2><p>15,000 credits each month for $99.00. Renews on 22 December 2026.</p>"
PAYMENT = "<{0}>22 November 2026 INV-0007 6,000 credits $24.00</{0}>"


@pytest.mark.parametrize("row", ["div", "li", "article"])
@pytest.mark.parametrize(
    "title", ["<h2>Invoices</h2>", "<h3>Invoices (1)</h3>", "<a href='#'>Invoices</a><p><b>Invoices</b></p>"]
)
def test_the_plan_is_no_invoice(page: Page, title: str, row: str) -> None:
    invoices = Invoices(page, PROFILE)
    page.set_content(RENEWAL + title)
    assert invoices.on_this_page() == []
    page.set_content(RENEWAL + title + PAYMENT.format(row))
    assert [(one.number, one.credits) for one in invoices.on_this_page()] == [("INV-0007", 6_000)]


def test_invoices_may_come_later_than_the_rest(page: Page) -> None:
    page.set_content(f"{RENEWAL}{HEAD}<div id=late></div>")
    comes = "row => setTimeout(() => { document.getElementById('late').innerHTML = row }, 200)"
    page.evaluate(comes, PAYMENT.format("li"))
    assert [one.number for one in Invoices(page, PROFILE).on_this_page()] == ["INV-0007"]


def test_a_sentence_about_the_plan_is_no_invoice_where_no_title_is_found(page: Page) -> None:
    page.set_content(RENEWAL)
    assert Invoices(page, PROFILE).on_this_page() == []
    page.set_content(RENEWAL + "<h2>Billing history</h2>" + TABLE.format(rows(9, 8)))
    assert numbers(page) == ["INV-9", "INV-8"]


def test_payments_that_cannot_be_read_are_no_empty_list(page: Page) -> None:
    page.set_content(HEAD + TABLE.format(rows(9, 8)).replace("Nov", "W"))
    with pytest.raises(NotVerifiedError, match="locale"):
        numbers(page)
