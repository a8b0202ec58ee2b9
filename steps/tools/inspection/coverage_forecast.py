"""How much of what the documentation promises can be verified with a profile, from what the scenarios need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.documentation import PROMISES
from steps.reporting.coverage import counted
from steps.targets.capabilities import CAPABILITIES, site_capabilities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.run_document import How
    from steps.targets.profile import Profile
    from steps.tools.lint.feature_reader import Case, Features

_PAYS = re.compile(r"\b(?:buys?|bought|pays|upgrades|opens the payment pages)\b")
"""What stands in a scenario that cannot go on without a payment."""


def forecast(features: Features, profile: Profile) -> Iterator[str]:
    """Yield how many promises can be verified, and each line of the profile that lets more of them be."""
    needs = needs_of(features)
    able = frozenset(CAPABILITIES) if profile.kind == "fake" else site_capabilities(profile)
    yield f"With this profile can be verified: {counted(_how(scenarios, able) for scenarios in needs.values())}."
    for name, capability in CAPABILITIES.items():
        waiting = [tag for tag, scenarios in needs.items() if any(name in one - able for one in scenarios)]
        added = [tag for tag in waiting if _how(needs[tag], able | {name}) == "in full"]
        if waiting and name not in able and capability.line:
            effect = f"adds {len(added)} ({', '.join(added)})" if added else f"verifies more of {', '.join(waiting)}"
            yield f"{capability.line} {effect}."
        elif waiting and name not in able:
            yield f"{capability.lacking} So {', '.join(waiting)} can be verified in part only."


def needs_of(features: Features) -> dict[str, list[frozenset[str]]]:
    """Return the documented promises, each with what every one of its scenarios needs."""
    found: dict[str, list[frozenset[str]]] = {}
    for case in features.cases:
        if not case.values("assumption"):
            for tag in sorted(case.values("doc") & PROMISES.keys()):
                found.setdefault(tag, []).append(_needs(case))
    return {tag: found[tag] for tag in PROMISES if tag in found}


def _needs(case: Case) -> frozenset[str]:
    pays = any(_PAYS.search(step.name) for step in case.steps)
    return frozenset(case.values("needs") | ({"payments"} if pays else set()))


def _how(scenarios: list[frozenset[str]], able: frozenset[str]) -> How:
    verified = [one <= able for one in scenarios]
    return "in full" if all(verified) else "in part" if any(verified) else "not at all"
