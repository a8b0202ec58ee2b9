"""The links and e-mail addresses of the page against those that are documented."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from steps.tools.drift.change import Change, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.documentation.model import Page
    from steps.tools.drift.blocks import Link
    from steps.tools.drift.reading import Reading


def check_links(reading: Reading, page: Page) -> Iterator[Change]:
    """Find documented links that are gone or go elsewhere, and new ones that lead away from the documentation."""
    known = {_place(path, page): promise.tag for promise in page.promises for path in promise.links}
    here = {_place(link.to, page) for link in reading.links}
    for place, tag in known.items():
        if place not in here:
            yield Change(f"The page no longer links to {place[1]}, the way to change a subscription.", (tag,))
    last = page.promises[-1].tag
    seen: set[str] = set()
    for link in reading.links:
        if _place(link.to, page) not in known and _leads_away(link, page) and link.to not in seen:
            seen.add(link.to)
            yield Change(
                f'The page now links "{shortened(link.text, 60)}" to {shortened(link.to, 120)}, '
                "which the suite does not check.",
                (last,),
            )


def check_addresses(reading: Reading, page: Page) -> Iterator[Change]:
    """Find addresses that are gone or new. One that is shown and another behind it count as two."""
    known = {address: promise.tag for promise in page.promises for address in promise.addresses}
    here = {address.lower(): address for address in reading.addresses}
    for address, tag in known.items():
        if address not in here:
            yield Change(f"The page no longer names {address} for help.", (tag,))
    for address in here.keys() - known.keys():
        tag = next(iter(known.values()), page.promises[-1].tag)
        yield Change(f"The page now names {shortened(here[address], 80)}, which the suite does not know.", (tag,))


def _place(address: str, page: Page) -> tuple[str, str]:
    """Give host and path of a link, as seen from the documentation's own site."""
    parts = _parts(address)
    own = urlsplit(page.address).netloc
    if parts.scheme not in ("", "http", "https"):
        return parts.scheme, parts.path
    path = parts.path.rstrip("/").removesuffix(".md").removesuffix(".html")
    return (parts.netloc or own).lower(), path


def _leads_away(link: Link, page: Page) -> bool:
    parts = _parts(link.to)
    if parts.scheme == "mailto":
        return False
    return parts.scheme not in ("", "http", "https") or parts.netloc.lower() not in ("", urlsplit(page.address).netloc)


def _parts(address: str) -> SplitResult:
    """Part an address; one that is none leads to a scheme that is none either."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("invalid", "", address, "", "")
