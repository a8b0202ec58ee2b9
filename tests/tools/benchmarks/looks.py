"""Measures what a look at a heavy page costs: `python -m tests.tools.benchmarks.looks`.

Counted is the processor's time, of the page's own thread and of this process, so that a busy machine blurs it little.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import click

from steps.readers.page.capture import capture, changed_since
from tests.tools.worlds.rendering import browser_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import CDPSession, Page

_STYLE = """body { margin: 0; font: 14px sans-serif } nav { position: fixed; left: 0; top: 0; width: 220px }
main { margin-left: 240px } .row { display: flex; gap: 8px; padding: 4px } .cell { flex: 1; overflow: hidden }
.paid { border-radius: 8px; background: #dfd } .pdf { cursor: pointer } .gone { display: none }
.bar { height: 8px; width: 400px; background: #eee } .bar i { display: block; height: 8px; width: 20% }"""
_ICON = "<svg width=16 height=16><path d='M1 1h14v14z'/><path d='M3 3h4v4z'/></svg>"
_PLAN = """<h2>Current Plan</h2><p>Pro</p>
<div class=row><span>Monthly credits</span><b>7,500</b><span>/ 10,000</span></div>
<div class=row><span>Add-on credits</span><b>2,000</b></div>
<div class=bar role=progressbar aria-valuenow=2500><i></i></div>
<button>Add credits</button><button>Upgrade plan</button><p id=asked></p>"""
_POLL = "every => setInterval(() => { asked.textContent = `Asked ${Math.round(performance.now())}` }, every)"


def heavy_page(nodes: int) -> str:
    """Return the HTML of a Billing page with about so many nodes, elements and texts alike."""
    items = "".join(f"<li><a class=row href=/{at}>{_ICON}<span>Item {at}</span></a></li>" for at in range(40))
    gone = "".join(f"<div><span>Menu {at}</span><button>Go</button></div>" for at in range(50))
    rows = "".join(_row(at) for at in range((nodes - 620) // 17))
    return (
        f"<!doctype html><html lang=en><title>Billing</title><style>{_STYLE}</style><nav><ul>{items}</ul></nav>"
        f"<div class=gone>{gone}</div><main><h1>Billing</h1>{_PLAN}<h2>Invoices</h2><div role=table>{rows}</div></main>"
    )


def _row(at: int) -> str:
    cells = (
        f"<span>INV-{10_000 + at}</span>",
        f"<time>Nov {at % 28 + 1}, 2026</time>",
        f"<div><span>{at % 9 + 1},000 credits</span></div>",
        "<span class=paid>Paid</span>",
        f"<a class=pdf href=/receipts/{at}>PDF</a>",
    )
    return f"<div class=row role=row>{''.join(f'<div class=cell role=cell>{one}</div>' for one in cells)}</div>"


class Meter:
    """Counts the processor's time, in milliseconds, that something takes in a page and in this process."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        self._session.send("Performance.enable")

    def cost(self, what: Callable[[], object]) -> float:
        """Return what it costs once."""
        page, own = self._page(), time.process_time()
        what()
        return (self._page() - page + time.process_time() - own) * 1000

    def _page(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def measure(page: Page, nodes: int, rounds: int = 20, seconds: float = 3) -> dict[str, float]:
    """Return what looks at a heavy page cost, in milliseconds of the processor.

    For so many seconds it is looked at as often as `until` does, while a poll of its own changes it.
    """
    page.set_content(heavy_page(nodes))
    meter = Meter(page)
    found = {"the first look": meter.cost(lambda: capture(page))}

    def anew() -> float:
        page.evaluate("at => { document.querySelector('b').textContent = at }", str(time.monotonic()))
        return meter.cost(lambda: capture(page))

    found["a look after a change"] = median([anew() for _ in range(rounds)])
    found["a look at a page that stands still"] = median([meter.cost(lambda: capture(page)) for _ in range(rounds)])
    if seconds:
        page.evaluate(_POLL, 300)
        found["a look while the page changes each 300 ms"] = _polled(page, meter, seconds)
    return found


def _polled(page: Page, meter: Meter, seconds: float) -> float:
    began, costs, stamp = time.monotonic(), list[float](), ""

    def look() -> None:
        nonlocal stamp
        now = changed_since(page, stamp)
        stamp = now.stamp if now else stamp

    while time.monotonic() - began < seconds:
        costs.append(meter.cost(look))
        page.wait_for_timeout(100)
    return sum(costs) / len(costs)


@click.command()
@click.option("--nodes", type=click.IntRange(1000), default=5000, show_default=True)
def main(nodes: int) -> None:
    """Measure, and print."""
    with browser_page() as page:
        for name, cost in measure(page, nodes).items():
            click.echo(f"{cost:7.1f} ms  {name}")
        click.echo(
            f"{page.evaluate(_COUNT)} nodes, {page.evaluate('document.querySelectorAll(`*`).length')} of them elements"
        )


_COUNT = """() => { const all = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
let count = 0; while (all.nextNode()) count++; return count; }"""

if __name__ == "__main__":
    main()
