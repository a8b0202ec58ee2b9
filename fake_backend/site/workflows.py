"""Running a workflow and paying for it in credits."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any

from fake_backend.site import ledger
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from fake_backend.site.model import Member, Workspace
    from fake_backend.site.repository import Core

LONGEST_TEXT = 50_000
CHARACTERS_FOR_A_CREDIT = 1_000


def cost(characters: int) -> int:
    """Return the credits that a text of this length uses.

    Units round to the nearest whole credit, and a run uses at least one (documentation page
    `flows/component-list-and-view-credits`); how many characters make a credit is made up.
    """
    return max(1, math.floor(characters / CHARACTERS_FOR_A_CREDIT + 0.5))


def run(core: Core, workspace: Workspace, member: Member, flow_id: str, text: str) -> dict[str, Any]:
    """Run a workflow; raises `RefusedError` when it is not this workspace's or when the credits do not suffice."""
    flow = core.db.row("SELECT name FROM flows WHERE id = ? AND workspace_id = ?", [flow_id, workspace.id])
    if flow is None:
        raise RefusedError("There is no such workflow.", status=404)
    if len(text) > LONGEST_TEXT:
        raise RefusedError(f"Use a text of at most {LONGEST_TEXT:,} characters.", status=422)
    hooks, there, paid = core.hooks(workspace), ledger.summary(core.db, workspace.id), core.packages(workspace, "paid")
    left = hooks.usable(there["total_usable"], member, paid, there["monthly"]["remaining"])
    used = hooks.run_cost(cost(len(text)), workspace, paid, left)
    if used > left < there["total_usable"]:
        raise RefusedError(f"Run not completed: {left:,} credit left.", status=402)
    order = hooks.use_order(ledger.ORDER, workspace)
    others, note = hooks.charged([], lambda: core.others(workspace)), f"Run of {flow['name']}"
    with core.db.transaction() as tx:
        ledger.use(tx, workspace.id, core.now(workspace), used, note, order=order)
        for other in others:
            with contextlib.suppress(RefusedError):  # it has too few
                ledger.use(tx, other, core.now(workspace), used, note)
    left = ledger.summary(core.db, workspace.id)["total_usable"]
    amount = "1 credit" if used == 1 else f"{used:,} credits"
    text = hooks.run_result(f"Run completed: {amount} used, {left:,} left.", used)
    return {"used": used, "left": left, "text": text}
