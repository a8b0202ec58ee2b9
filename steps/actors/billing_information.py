"""Entering billing information, and putting back what was there before.

What was there is written down before it is changed, so that a run that was killed is made good by the next one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing_information import BillingInformation
from steps.pages.information_form import InformationForm
from steps.targets.state_directory import state_directory, write_privately
from steps.targets.test_identities import BILLING_INFORMATION
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from steps.actors.member import Member


def section_of(member: Member) -> BillingInformation:
    """Return the section with the billing information; a form that stands on a page of its own is left for it."""
    member.billing()
    if InformationForm(member.page, member.target.profile).is_open():
        member.billing_anew()
    else:
        member.billing_at = member.billing_at or member.page.url
    return BillingInformation(member.page, member.target.profile)


def open_form(member: Member) -> InformationForm:
    """Open the form; one that goes in steps is looked through, and opened once more."""
    form = section_of(member).manage()
    if form.look_through():
        member.reload()
        section_of(member).open(form)
    return form


def manage(member: Member) -> tuple[InformationForm, dict[str, str]]:
    """Open the form, and return it with what was in it; that will be put back."""
    form = open_form(member)
    values = form.settled_values()
    file = _noted(member)
    if file is not None and not file.exists():
        write_privately(file, values)
    return form, values


def saved_information(member: Member) -> dict[str, str]:
    """Return the billing information as the form shows it, and leave it."""
    values = open_form(member).settled_values()
    member.reload()
    return values


def fill_in(member: Member) -> None:
    """Enter billing information where there is none."""
    form, _ = manage(member)
    form.enter(BILLING_INFORMATION)
    form.save()
    if form.is_open():
        raise NotVerifiedError(f"The site does not take made-up billing information. {form.describe_page()}")


def put_back(member: Member) -> None:
    """Put back what is written down as having been there, and forget it.

    Where nothing was there, what was entered stays if the site insists on some. Where the browser or the site is gone,
    it is for the next run. Raises NotVerifiedError, once, where the site does not take it; what was there is then left
    in the file that the message names.
    """
    file = _noted(member)
    if file is None or not file.exists():
        return
    wanted: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    try:
        is_put_back = _enter(member, wanted)
        member.page.title()  # the browser is still there: it is the site that does not take it
    except (PlaywrightError, TargetUnavailableError):
        return
    if is_put_back or not any(wanted.values()):
        file.unlink()
        return
    kept = file.rename(file.with_suffix(".not-put-back"))
    raise NotVerifiedError(f"The billing information of {member.account.name} could not be put back: it is in {kept}.")


def has_changed(member: Member) -> bool:
    """Whether what was there is written down, and not put back yet: the scenario entered something else."""
    file = _noted(member)
    return file is not None and file.exists()


def _enter(member: Member, wanted: dict[str, str]) -> bool:
    """Enter what was there, and return whether the site shows it in its form then."""
    with contextlib.suppress(ElementNotFoundError, BrokenPromiseError, NotVerifiedError):
        member.reload()
        form = open_form(member)
        if form.settled_values() != wanted:
            form.enter(wanted)
            form.save()
            member.reload()
        return saved_information(member) == wanted
    return False


def _noted(member: Member) -> Path | None:
    """Return the file in which is written down what was there; None where each scenario has its own workspace."""
    if member.target.sets_up:
        return None
    name = f"{member.target.profile.base} {member.account.key}"
    return state_directory("put-back") / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"
