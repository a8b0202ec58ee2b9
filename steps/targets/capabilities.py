"""What scenarios may need of a target, as `@needs:` names it: why it can lack, and the profile line that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.targets.profile import Action, Profile


@dataclass(frozen=True)
class Capability:
    """Why a target lacks it, in a sentence, and the line of a profile that changes that ("" where none does)."""

    lacking: str
    line: str = ""


_TWO = '{ email = "${EMAIL}", password = "${PASSWORD}", workspace = "…" }'
CAPABILITIES: dict[str, Capability] = {
    "clock": Capability(
        "Nobody can move the clock of this site.", 'clock = { url = "https://…", token = "${CLOCK_TOKEN}" }'
    ),
    "mail": Capability(
        "Nobody reads the mail of the account here.",
        'mailbox = { url = "imaps://…", user = "${MAIL_USER}", password = "${MAIL_PASSWORD}" }',
    ),
    "payments": Capability("The profile allows no payments.", 'payments.allow = "test"'),
    "sign-in": Capability(
        "No account of the profile signs in by a password.",
        'accounts = [{ email = "${EMAIL}", password = "${PASSWORD}" }]',
    ),
    "accessibility": Capability("No page documents this, and the profile does not ask for it.", "accessible = true"),
    "workflows": Capability("Running workflows uses the account's credits.", 'may = ["run workflows"]'),
    "plans": Capability("Another plan is a lasting change of the account.", 'may = ["change plan"]'),
    "log-out": Capability("Logging out may end every session of the account.", 'may = ["sign out"]'),
    "colleague": Capability("No second member of a workspace is known.", f"accounts = [{_TWO}, …] of one workspace"),
    "two-workspaces": Capability("No second workspace is known.", f"accounts = [{_TWO}, …] of two workspaces"),
}


def lacking(name: str) -> NotVerifiedError:
    """Return the error for a scenario that needs what a target lacks."""
    wanted = CAPABILITIES[name]
    return NotVerifiedError(wanted.lacking, line=wanted.line)


def site_capabilities(profile: Profile) -> frozenset[str]:
    """Return what can be asked of the site that a profile describes."""
    passwords = any(entry.password for entry in profile.accounts)
    named = [entry.workspace for entry in profile.accounts if entry.workspace]
    able = {
        "sign-in": passwords,
        "clock": profile.clock is not None,
        "mail": profile.mailbox is not None,
        "payments": profile.payments.allow != "none",
        "accessibility": profile.accessible,
        "workflows": profile.permits("run workflows"),
        "plans": profile.permits("change plan"),
        "log-out": passwords and profile.permits("sign out"),
        "colleague": len(set(named)) < len(named),
        "two-workspaces": len(set(named)) > 1,
    }
    return frozenset(name for name, is_able in able.items() if is_able)


def require(profile: Profile, action: Action, why: str) -> None:
    """Raise NotVerifiedError unless the profile permits an action; `why` says what it would be for."""
    if not profile.permits(action):
        raise NotVerifiedError(why, line=f'may = ["{action}"]')
