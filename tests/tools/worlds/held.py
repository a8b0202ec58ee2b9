"""The readers, held against the truth: the one place that knows how they are called and what they give."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from steps.readers.checkout.checkout import read_summary
from steps.readers.checkout.payment_messages import read_messages
from steps.readers.credits.agreement import contradictions
from steps.readers.credits.changes import changes_after_purchase, unchanged
from steps.readers.credits.credits import read_credits
from steps.readers.invoices.invoices import read_invoices
from steps.readers.packages.package_controls import ways_on
from steps.readers.packages.packages import read_packages
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.workspace.users import read_users
from tests.tools.worlds.truth import Balance, Credits, Invoices, Offers, Payment, Users, World
from tests.tools.worlds.verdict import Finding, unclear, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from steps.readers.credits.credits import CreditsReading
    from steps.readers.page.snapshot import Snapshot


def findings(world: World, now: Snapshot, before: Snapshot | None) -> list[Finding]:
    """Return what is not as it should be in what the readers make of a world."""
    found = list(_CHECKS[type(world.truth)](world, now, before))
    return found if world.settled else [one for one in found if one.kind != "unclear"]


def _left_open(about: str, read: Unclear) -> Finding:
    """Something unclear has to name the line of the profile that settles it."""
    if " = " not in read.settle:
        return wrong(f"{about}, unclear", "what would settle it", f"{read.settle!r}")
    return unclear(about, read.settle)


def _fact(world: World, about: str, read: object, truth: object) -> Iterator[Finding]:
    """Hold a fact against the truth; None as truth: the page does not show it."""
    if isinstance(read, Fact):
        if read.value != truth:
            yield wrong(about, truth, read.value)
    elif isinstance(read, Unclear):
        yield _left_open(about, read)
    elif truth is not None:
        yield from _absent(world, about, truth)


def _absent(world: World, about: str, truth: object) -> Iterator[Finding]:
    """Something shows, and the reader says that it does not: wrong, where a person is sure of it."""
    if world.settled:
        yield wrong(f"{about} not seen", truth, "nothing")


def _balance(world: World, about: str, read: object, truth: Balance | None, real: Balance) -> Iterator[Finding]:
    if isinstance(read, Unclear):
        yield _left_open(about, read)
    elif isinstance(read, Absent):
        if truth is not None and truth.numbers:
            yield from _absent(world, about, truth)
    elif isinstance(read, Fact):
        value: Any = read.value
        claimed = ((value.left, real.left), (value.used, real.used), (value.whole, real.whole))
        against = any(said is not None and said != so for said, so in claimed)
        numbers = truth.numbers if truth else frozenset()
        if against or not value.numbers <= numbers | real.numbers or not real.numbers:
            yield wrong(about, truth, value)
        elif value.numbers < numbers:
            yield unclear(about, "not all of its numbers are read")


def _credits(world: World, now: Snapshot, before: Snapshot | None) -> Iterator[Finding]:
    truth = world.truth
    assert isinstance(truth, Credits)
    read = read_credits(now, world.profile)
    monthly, add_on, overall = truth.account
    yield from _fact(world, "plan", read.plan, truth.plan)
    yield from _balance(world, "monthly credits", read.monthly, truth.monthly, monthly)
    yield from _balance(world, "add-on credits", read.add_on, truth.add_on, add_on)
    yield from _balance(world, "all credits", read.overall, _named(truth.overall), overall)
    if not isinstance(read.used, Absent) or truth.overall.used is not None:
        yield from _fact(world, "used credits", read.used, overall.used if truth.plan else None)
    said = [] if world.fault else contradictions(read)
    if said:
        yield wrong("one truth", "no contradiction", "; ".join(said))
    if before is not None:
        yield from _change(world, before, read)


def _named(overall: Balance) -> Balance | None:
    """Return what is said of all credits in words that any reader knows; a bare total has none."""
    named = replace(overall, plain=())
    return named if named.numbers else None


def _change(world: World, before: Snapshot, after: CreditsReading) -> Iterator[Finding]:
    earlier = read_credits(before, world.profile)
    changes = changes_after_purchase(earlier, after, world.bought) if world.bought else unchanged(earlier, after)
    if changes.verdict == "unclear":
        yield from {one.detail: one for one in (_left_open("purchase", it) for it in changes.unclear)}.values()
    elif world.fault and changes.verdict == "sound":
        yield Finding("passed as sound", world.fault, f"{world.fault} after {world.bought:,} credits passed as sound")
    elif not world.fault and changes.verdict == "broken":
        yield wrong("sound purchase", f"{world.bought:,} credits more", f"that it is broken: {changes}")


def _payment(world: World, now: Snapshot, before: Snapshot | None) -> Iterator[Finding]:
    truth = world.truth
    assert isinstance(truth, Payment)
    if world.kind == "summary":
        read = read_summary(now, world.profile)
        yield from _money(world, "amount due", read.amount_due, truth)
        if isinstance(read.credits, Unclear):
            yield _left_open("credits to be bought", read.credits)
        elif read.credits != (truth.credits,):
            yield wrong("credits to be bought", truth.credits, read.credits)
        return
    said = read_messages(now, before)
    if isinstance(said, Fact):
        refuses = said.value.kind not in {"processing", "paid"}
        if refuses != bool(truth.messages) or (refuses and truth.messages[0] not in said.value.text):
            yield wrong("message", truth.messages, said.value)
    elif isinstance(said, Unclear):
        yield _left_open("message", said)
    elif truth.messages:
        yield wrong("message not seen", truth.messages, "nothing")


def _money(world: World, about: str, read: object, truth: Payment) -> Iterator[Finding]:
    if isinstance(read, Fact):
        value: Any = read.value
        if (value.amount, value.currency) != (truth.total, truth.currency) or value.doubt:
            yield wrong(about, f"{truth.total} {truth.currency}", value)
    else:
        yield from _fact(world, about, read, truth.total)


def _offers(world: World, now: Snapshot, before: Snapshot | None) -> Iterator[Finding]:
    truth = world.truth
    assert isinstance(truth, Offers)
    read = read_packages(now, world.profile, before)
    wanted = [(one.credits, (one.price, one.currency)) for one in truth.offers]
    if isinstance(read, Fact):
        shown = [(one.amount, *((price.amount, price.currency) for price in one.prices)) for one in read.value]
        if shown != wanted:
            yield wrong("packages", wanted, shown)
        elif not all(_belongs(now, one.element, one.written, read.value) for one in read.value):
            yield wrong("what to press for a package", wanted, [(one.written, one.element) for one in read.value])
    else:
        yield from _fact(world, "packages", read, wanted or None)
    if (truth.more or truth.folded) and not ways_on(now, world.profile):
        yield wrong("more packages", "that there are more", "nothing")


_WHOLE = r"(?<![\d$\u20ac\u00a3])(?<!\d[.,'\u2019\s])(?<![A-Z$\u20ac\u00a3]\s)"
"""What stands before a number that is not the end of a longer one."""


def _belongs(now: Snapshot, element: int, written: str, offers: Iterable[Any]) -> bool:
    """Whether the smallest part of the page around what is pressed that names a package names this one alone."""
    amounts = {one.written for one in offers}
    while element >= 0:
        inside = {element}
        for at in range(element + 1, len(now.elements)):
            if now.elements[at].parent in inside:
                inside.add(at)
        said, block = "", -1
        for one in now.texts:
            if one.element in inside:
                said, block = f"{said}{' ' if one.block == block else ' | '}{one.text}", one.block
        named = {one for one in amounts if re.search(rf"{_WHOLE}{re.escape(one)}(?![.,]?\d)", said)}
        if named:
            return named == {written}
        element = now.elements[element].parent
    return False


def _invoices(world: World, now: Snapshot, before: Snapshot | None) -> Iterator[Finding]:
    del before
    truth = world.truth
    assert isinstance(truth, Invoices)
    read = read_invoices(now, world.profile)
    rows: Any = read.value if isinstance(read, Fact) else ()
    if len(rows) != len(truth.invoices):
        yield wrong("number of invoices", len(truth.invoices), len(rows))
        return
    for row, so in zip(rows, truth.invoices, strict=True):
        for one in row.unclear:
            yield _left_open("invoice", one)
        money = (row.amount.amount, row.amount.currency) if row.amount else None
        for about, said, wanted in (
            ("invoice number", row.number, so.number), ("invoice date", row.date, so.day),
            ("invoice amount", money, (so.amount, so.currency)), ("invoice credits", row.credits, so.credits),
        ):  # fmt: skip
            if said != wanted and (said or not row.unclear):
                yield wrong(about, wanted, said)
        if row.receipt < 0:
            yield wrong("receipt", "a link", "nothing")


def _users(world: World, now: Snapshot, before: Snapshot | None) -> Iterator[Finding]:
    del before
    truth = world.truth
    assert isinstance(truth, Users)
    read = read_users(now, world.profile)
    if isinstance(read, Unclear):
        yield _left_open("users", read)
        return
    rows: Any = read.value if isinstance(read, Fact) else ()
    if len(rows) != len(truth.users):
        yield wrong("number of users", len(truth.users), [one.text for one in rows])
        return
    for row, so in zip(rows, truth.users, strict=True):
        for name in ("email", "role", "access", "last_login"):
            if getattr(row, name) != getattr(so, name):
                yield wrong(f"user's {name}", getattr(so, name), getattr(row, name))
        if not row.is_of(so.name):
            yield wrong("user's name", so.name, row.text)


_CHECKS: dict[type, Callable[[World, Snapshot, Snapshot | None], Iterator[Finding]]] = {
    Credits: _credits,
    Payment: _payment,
    Offers: _offers,
    Invoices: _invoices,
    Users: _users,
}
