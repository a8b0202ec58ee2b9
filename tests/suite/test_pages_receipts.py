"""Receipts of invoices: from the row itself, a menu of it, a viewer, a tab or a page of their own."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
GLUED = """<style>.row{display:flex}.row>div{flex:1}</style><div>Invoices</div>
<div class=row><div>INV-2</div><div>Nov 2, 2026</div><div>4,000 credits</div><div>$40.00</div>
<div><a href='data:text/plain,two' download>Download receipt</a></div></div>
<div class=row><div>INV-1</div><div>Nov 1, 2026</div><div>Pro plan</div><div>$49.00</div>
<div><a href='data:text/plain,one' download>Download receipt</a></div></div>"""


@pytest.mark.parametrize("role", ["link", "menuitem"])
def test_the_receipt_of_a_row_is_its_own(page: Page, role: str) -> None:
    page.set_content(GLUED.replace("<a ", f"<a role={role} "))
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert [invoices.receipt(two), invoices.receipt(one)] == [b"two", b"one"]


CHOOSE = """<h2>Invoices</h2><button id=give disabled onclick="giveThem()">Download receipt</button>
<table><tr><th></th><th>Number</th><th>Date</th><th>Item</th><th>Amount</th></tr><tbody id=rows></tbody></table>
<script>const all = [["INV-2", "Nov 2, 2026", "4,000 credits", "$40.00"],
  ["INV-1", "Nov 1, 2026", "Pro plan", "$49.00"]];
const on = new Set();
const choose = (number) => { const was = on.has(number); if (KIND === "radio") on.clear();
  was && KIND === "checkbox" ? on.delete(number) : on.add(number); setTimeout(draw, 50); };
const draw = () => { give.disabled = !on.size; rows.innerHTML = all.map((one) => `<tr><td><input type=${KIND}
  aria-label="Select ${one[0]}" ${on.has(one[0]) ? "checked" : ""} onclick="choose('${one[0]}')">
  ${one.map((cell) => `<td>${cell}`).join("")}`).join(""); };
const giveThem = () => { const link = document.createElement("a"); link.download = "receipts.txt";
  link.href = `data:text/plain,${[...on]}`; link.click(); };
draw();</script>"""


@pytest.mark.parametrize("kind", ["radio", "checkbox"])
def test_a_receipt_is_given_for_the_row_that_is_chosen(page: Page, kind: str) -> None:
    page.set_content(CHOOSE.replace("KIND", f"'{kind}'"))
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert [invoices.receipt(two), invoices.receipt(one)] == [b"INV-2", b"INV-1"]
    assert invoices.receipt_addresses(two) == ("", "")


def test_a_list_with_boxes_and_nothing_for_chosen_rows_has_no_receipts(page: Page) -> None:
    page.set_content(CHOOSE.replace("KIND", "'checkbox'").replace("Download receipt", "Export"))
    invoices = Invoices(page, PROFILE)
    with pytest.raises(ElementNotFoundError, match="no receipt"):
        invoices.receipt(invoices.on_this_page()[0])
    page.wait_for_function("document.querySelectorAll(':checked').length === 0")


MENUS = """() => {
  for (const link of document.querySelectorAll(".row a")) {
    const button = document.createElement("button");
    button.innerHTML = "<svg width=20 height=20 aria-hidden=true></svg>";
    button.ariaLabel = `More actions for ${link.closest(".row").firstChild.textContent}`;
    button.ariaHasPopup = "menu";
    link.replaceWith(button);
    button.onclick = () => setTimeout(() => {
      document.body.insertAdjacentHTML("beforeend", `<div id=sheet style="position:fixed;inset:0"></div><div role=menu
        style="position:fixed;left:99px;top:99px"><div role=menuitem>Copy number</div></div>`);
      const menu = document.querySelector("[role=menu]"), close = () => { menu.remove(); sheet.remove(); };
      link.role = "menuitem";
      link.onclick = () => { if (CLOSES) setTimeout(close, 100); };
      if (LISTED) menu.append(link);
      document.onkeydown = ({ key }) => { if (key === "Escape") close(); };
    }, 50);
  }
}"""


@pytest.mark.parametrize("closes", ["true", "false"])
def test_a_receipt_behind_a_menu_of_its_row_is_taken_from_there(page: Page, closes: str) -> None:
    page.set_content(GLUED)
    page.evaluate(MENUS.replace("LISTED", "true").replace("CLOSES", closes))
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert invoices.receipt_addresses(two)[1] == "data:text/plain,two"
    assert [invoices.receipt(two), invoices.receipt(one)] == [b"two", b"one"]


def test_a_row_that_is_drawn_anew_by_scrolling_is_found_again(page: Page) -> None:
    page.set_content(f"<div id=box style='height:120px;overflow:auto'>{GLUED}<p style='height:900px'></p></div>")
    page.evaluate("box.firstElementChild.nextElementSibling.style.marginTop = '400px'")
    page.evaluate(MENUS.replace("LISTED", "true").replace("CLOSES", "true"))
    page.evaluate(
        """() => { const menus = MENUS; box.onscroll = () => {
      if (document.querySelector("[role=menu]")) return;
      for (const row of document.querySelectorAll(".row")) {
        const button = row.querySelector("button"), again = button.cloneNode(true);
        again.onclick = button.onclick; button.replaceWith(again); } }; }""".replace("MENUS", "0")
    )
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert [invoices.receipt(one), invoices.receipt(two)] == [b"one", b"two"]


def test_a_menu_without_a_receipt_breaks_the_promise_and_one_that_does_not_open_leaves_it_open(page: Page) -> None:
    page.set_content(GLUED)
    page.evaluate(MENUS.replace("LISTED", "false"))
    invoices = Invoices(page, PROFILE)
    with pytest.raises(ElementNotFoundError, match="no receipt"):
        invoices.receipt(invoices.on_this_page()[0])
    page.set_content(GLUED)
    page.evaluate(MENUS.replace("button.onclick = ", "const unused = "))
    invoices = Invoices(page, PROFILE)
    with pytest.raises(NotVerifiedError, match=r"labels\.receipt"):
        invoices.receipt(invoices.on_this_page()[0])


@pytest.mark.parametrize("disposition", ["inline", "attachment"])
def test_a_receipt_that_opens_in_a_tab_is_taken_from_there(page: Page, disposition: str) -> None:
    headers = {"content-type": "application/pdf", "content-disposition": disposition}
    page.context.route("**/r.pdf", lambda asked: asked.fulfill(body=b"%PDF-1.4", headers=headers))
    page.context.route("**/billing", lambda asked: asked.fulfill(body=GLUED, content_type="text/html"))
    page.goto("http://site.example/billing")
    page.evaluate("""() => { for (const link of document.querySelectorAll("a")) {
      const button = document.createElement("button");
      button.textContent = "Receipt"; button.onclick = () => window.open("/r.pdf", "_blank"); link.replaceWith(button);
    } }""")
    invoices = Invoices(page, PROFILE)
    assert invoices.receipt(invoices.on_this_page()[0]) == b"%PDF-1.4"
    assert len(page.context.pages) == 1


VIEW = "<h2>Receipt INV-2</h2><a download=r.pdf href='data:text/plain,two'>Download</a>"
OPENS = {
    "over the page": """document.body.insertAdjacentHTML("beforeend", `<div id=over role=dialog aria-modal=true
      aria-label="Receipt INV-2" style="position:fixed;inset:9px;background:#fff">VIEW
      <button onclick="over.remove()">Close</button></div>`)""".replace("VIEW", VIEW),
    "in a tab": "window.open('/view', '_blank')",
    "in its place": "location = '/view'",
}


@pytest.mark.parametrize(
    "opens",
    [
        pytest.param(one, id=name, marks=[] if name == "in a tab" else pytest.mark.nightly)
        for name, one in OPENS.items()
    ],
)
def test_a_receipt_is_downloaded_from_what_a_press_on_its_row_opens(page: Page, opens: str) -> None:
    page.context.route("**/view", lambda asked: asked.fulfill(body=VIEW, content_type="text/html"))
    change = """<script>for (const link of document.querySelectorAll("a")) {
      const button = document.createElement("button"); button.textContent = "View receipt";
      button.onclick = () => { OPENS }; link.replaceWith(button); }</script>"""
    body = GLUED + change.replace("OPENS", opens)
    page.context.route("**/billing", lambda asked: asked.fulfill(body=body, content_type="text/html"))
    page.goto("http://site.example/billing")
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert invoices.receipt_addresses(two)[1] == "data:text/plain,two"
    assert [invoices.receipt(two), invoices.receipt(one)] == [b"two"] * 2
    assert len(page.context.pages) == 1


WHOLE_ROWS = """<script>for (const link of document.querySelectorAll("a")) {
  const row = link.closest(".row"), address = link.href;
  row.tabIndex = 0; row.style.cursor = "pointer"; link.parentElement.remove();
  row.onclick = () => { OPENS }; }</script>"""
OF_A_ROW = {
    "over the page": """document.body.insertAdjacentHTML("beforeend", `<div id=over
      style="position:fixed;left:0;right:0;top:99px;bottom:0;background:#fff"><b>Payment</b>
      <div tabindex=0 style="cursor:pointer" onclick="location = '${address}'">Download receipt</div>
      <div tabindex=0 style="cursor:pointer" onclick="over.remove()">Close</div></div>`)""",
    "in its place": "location = address.endsWith('two.pdf') ? '/view/two' : '/view/one'",
}


@pytest.mark.parametrize("opens", OF_A_ROW.values(), ids=OF_A_ROW)
def test_a_receipt_is_downloaded_from_what_a_press_on_the_whole_row_opens(page: Page, opens: str) -> None:
    class Site(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            rows = GLUED.replace("data:text/plain,two", "/two.pdf").replace("data:text/plain,one", "/one.pdf")
            pages = {
                "/billing": rows + WHOLE_ROWS.replace("OPENS", opens),
                "/view/two": "<a href=/two.pdf>Download PDF</a>",
                "/view/one": "<a href=/one.pdf>Download PDF</a>",
            }
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if self.path in pages else "application/pdf")
            self.end_headers()
            self.wfile.write(pages.get(self.path, f"%PDF{self.path}").encode())

    with serving(Site) as address:
        page.goto(f"{address}/billing")
        invoices = Invoices(page, PROFILE)
        two, one = invoices.on_this_page()
        assert [invoices.receipt(two), invoices.receipt(one)] == [b"%PDF/two.pdf", b"%PDF/one.pdf"]
        assert [row.number for row in invoices.on_this_page()] == ["INV-2", "INV-1"]


def test_a_receipt_is_downloaded_from_the_folded_part_of_its_row(page: Page) -> None:
    fold = "<details><summary>INV-{0} Nov {0}, 2026 \u00b7 4,000 credits \u00b7 $40.00</summary>"
    receipt = "<a href='data:text/plain,{0}' download>Receipt</a></details>"
    page.set_content("<h2>Invoices</h2>" + "".join((fold + receipt).format(number) for number in (2, 1)))
    invoices = Invoices(page, PROFILE)
    two, one = invoices.on_this_page()
    assert [invoices.receipt(two), invoices.receipt(one)] == [b"2", b"1"]


UNFOLDED = """<style>.dot{cursor:pointer}.dot::before{content:"\u25b8"}</style><h2>Invoices</h2>
<table><tr><th></th><th>Number</th><th>Date</th><th>Item</th><th>Amount</th></tr>ROWS</table><script>
for (const cell of document.querySelectorAll(".dot")) cell.onclick = () => { const row = cell.parentElement;
  if (row.nextElementSibling?.className === "more") return row.nextElementSibling.remove();
  row.insertAdjacentHTML("afterend", `<tr class=more><td colspan=5><ul><li>Status Paid
    <li>Receipt <a href="data:text/plain,${cell.id}" download>PDF</a></ul>`); };</script>"""
FOLDED_ROW = "<tr><td class=dot id=of-{0}></td><td>INV-{0}</td><td>Nov {0}, 2026</td><td>4,000 credits</td><td>$40.00"


@pytest.mark.nightly
def test_a_receipt_is_downloaded_from_what_a_cell_of_its_row_unfolds(page: Page) -> None:
    page.set_content(UNFOLDED.replace("ROWS", "".join(map(FOLDED_ROW.format, (3, 2, 1)))))
    invoices = Invoices(page, PROFILE)
    listed = invoices.on_this_page()
    assert [invoices.receipt(one) for one in listed] == [b"of-3", b"of-2", b"of-1"]
    assert [one.number for one in invoices.on_this_page()] == ["INV-3", "INV-2", "INV-1"]
    assert page.locator(".more").count() == 0


ACCORDION = """<h2>Invoices</h2><div id=all></div><script>let unfolded = "", menu = "";
const draw = () => { all.innerHTML = ["3", "2", "1"].map((one) => `<div><button aria-expanded=${unfolded === one}
  onclick="unfolded = unfolded === '${one}' ? '' : '${one}'; draw()"><span>INV-${one}</span>
  <span>Nov ${one}, 2026</span>
  <span>4,000 credits</span> <span>$40.00</span></button>${unfolded !== one ? "" : `<div>Paid by card <button
  aria-haspopup=menu aria-label="Actions for INV-${one}" onclick="menu = menu ? '' : '${one}'; draw()">&vellip;</button>
  ${menu !== one ? "" : `<div role=menu><button role=menuitem>Copy number</button><a role=menuitem download
  href="data:text/plain,${one}" onclick="menu = ''; setTimeout(draw)">Download receipt</a></div>`}</div>`}</div>`)
  .join(""); }; draw();</script>"""


@pytest.mark.nightly
def test_a_receipt_is_downloaded_from_the_menu_in_the_folded_part_of_its_row(page: Page) -> None:
    page.set_content(ACCORDION)
    invoices = Invoices(page, PROFILE)
    listed = invoices.on_this_page()
    assert [invoices.receipt(one) for one in (*listed, listed[0])] == [b"3", b"2", b"1", b"3"]
    assert [one.number for one in invoices.on_this_page()] == ["INV-3", "INV-2", "INV-1"]


def test_a_row_without_a_receipt_breaks_the_promise(page: Page) -> None:
    page.set_content("<h2>Invoices</h2>" + GLUED.replace("a href", "b title").replace("</a>", "</b>"))
    invoices = Invoices(page, PROFILE)
    with pytest.raises(ElementNotFoundError, match="no receipt"):
        invoices.receipt(invoices.on_this_page()[0])


def test_the_address_of_a_receipt_is_that_of_the_file_and_not_of_a_page_before_it(page: Page) -> None:
    class Site(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/billing": GLUED.replace("data:text/plain,", "/of/").replace(" download>", ">"),
                "/of/two": "<a href=/two.pdf>Download PDF</a>",
            }
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if self.path in pages else "application/pdf")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "%PDF-1.4").encode())

    with serving(Site) as address:
        page.goto(f"{address}/billing")
        invoices = Invoices(page, PROFILE)
        two, one = invoices.on_this_page()
        assert invoices.receipt_addresses(two) == (f"{address}/of/two", f"{address}/two.pdf")
        assert invoices.receipt_addresses(one) == ("", f"{address}/of/one")


def test_a_receipt_whose_address_refuses_it_is_told_with_its_status(page: Page) -> None:
    class Refusing(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if self.path.endswith(".pdf") else 200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(GLUED.replace("data:text/plain,two' download", "/receipts/2.pdf'").encode())

    with serving(Refusing) as address:
        page.goto(address)
        invoices = Invoices(page, PROFILE)
        with pytest.raises(
            ElementNotFoundError, match="INV-2 could not be downloaded: its address answers with status 404"
        ):
            invoices.receipt(invoices.on_this_page()[0])
