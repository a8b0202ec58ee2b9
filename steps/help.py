"""Steps about whom to ask for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then

from steps.pages.help import Help
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.pages.packages import PackageChoice


@then("what is linked there for help is there")
def what_is_linked_is_there(choice: PackageChoice) -> None:
    dead = Help(choice.page, choice.profile).dead_links()
    check(not dead, expected="hints that lead somewhere", actual=", ".join(dead))


@then(parsers.parse('"{address}" is the address for help'))
def this_is_the_address(choice: PackageChoice, address: str) -> None:
    help_ = Help(choice.page, choice.profile)
    shown = bool(help_.until(lambda: help_.names(address), help_.limits.page / 3))
    elsewhere = help_.other_addresses(address)
    check(not elsewhere, expected=f"help is at {address}", actual=f"at {', '.join(elsewhere)}")
    unread = help_.out_of_use(address)
    check(not unread, expected=f"help is at {address}", actual=f"“{unread}”")
    if not shown:
        raise NotVerifiedError("No address for help is shown where credits are bought.")
