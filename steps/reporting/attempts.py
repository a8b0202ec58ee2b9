"""A scenario that was carried out more than once, in reruns or in runs that are merged: red never goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from steps.reporting.failure_message import summary_of

if TYPE_CHECKING:
    from steps.reporting.run_document import Result

RUN_AGAIN = "failed, and passed when it was run again"
IN_ANOTHER_RUN = "failed in one run and passed in another"


def combined(before: Result | None, now: Result, both: str) -> Result:
    """Return the result of two attempts; `both` says in words that one failed and the other passed.

    What failed and passed is flaky, what failed and could not be verified has failed. Of others the last one counts;
    that one did not run takes nothing back.
    """
    if before is None or not before.ran:
        return now
    if not now.ran:
        return before
    red = next((one for one in (now, before) if one.verdict in ("failed", "flaky")), None)
    if red is None:
        told = sorted((one for one in (now, before) if one.failure), key=lambda one: not one.is_own_mistake)
        base = next(iter(told), now)  # a mistake of the suite stays, and so does red that is known to be flaky
        verdict, reason = base.verdict, base.reason
    elif {before.verdict, now.verdict} & {"flaky", "passed"}:
        why = red.reason if red.verdict == "flaky" else f"{both}: {summary_of(red)}"
        base, verdict, reason = red, "flaky", why
    else:
        base, verdict, reason = red, "failed", red.reason
    return msgspec.structs.replace(
        base,
        verdict=verdict,
        reason=reason,
        trouble=red is None and base.trouble,
        history=[*_history(before), *_history(now)],
        payments=before.payments + now.payments,
    )


def _history(result: Result) -> list[str]:
    if result.history:
        return result.history
    return ["passed" if result.verdict == "passed" else f"{result.verdict}: {summary_of(result)}"]
