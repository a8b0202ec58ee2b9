"""Runs that never took place: documents as large and as mixed as a test wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from steps.reporting.run_document import VERSION, Failure, Promise, Result, Run, Scenario, Selection, Step, Target

if TYPE_CHECKING:
    from steps.reporting.run_document import StepStatus, VerdictName

REASONS = {
    "not verified": "This target cannot be asked: it has no clock.",
    "refused": "The payment page is on pay.example.com, which payments.hosts does not allow.",
    "blocked": "The payment page asked for a human.",
}
_TEXTS = (
    ("Given", "a member who has Billing open"),
    ("When", "the member buys {amount} credits"),
    ("Then", "{amount} add-on credits are added immediately"),
    ("And", "the plan, the monthly credits and the used credits are unchanged"),
    ("And", "the credit bar's total has grown by {amount} credits"),
    ("And", "the same is shown after a reload"),
    ("And", "the same is shown after signing in anew"),
    ("And", "opening the landing address again adds nothing"),
)


def made_up_run(scenarios: int, verdicts: tuple[VerdictName, ...] = ("passed",), *, promises: int = 12) -> Run:
    """Make a run of so many scenarios, whose verdicts take turns, half of them examples of an outline."""
    kept = [_promise(number) for number in range(promises)]
    return Run(
        version=VERSION, id="20260101-120000-1", started="2026-01-01T12:00:00+00:00", seconds=95.5,
        target=Target("staging", "site", "https://staging.example.com"), seed=7, guard="payments: test cards only",
        selection=Selection(scenarios), answers={"prices": "shown"}, promises=kept,
        scenarios=[_scenario(number, kept, verdicts[number % len(verdicts)]) for number in range(scenarios)],
    )  # fmt: skip


def _promise(number: int) -> Promise:
    kind: Literal["promise", "assumption"] = "assumption" if number % 4 == 3 else "promise"
    name = f"assumed-{number}" if kind == "assumption" else f"buy-credits.{number}"
    return Promise(
        id=f"{kind}-{number}", kind=kind, title=f"What is promised as number {number} holds for all", name=name,
        feature=f"features/part_{number}.feature", feature_title=f"Part {number}", line=5,
        page="buy-credits" if kind == "promise" else "", step=str(number) if kind == "promise" else "",
    )  # fmt: skip


def _scenario(number: int, kept: list[Promise], verdict: VerdictName) -> Scenario:
    promise = kept[number % len(kept)]
    outlined = number % 2 == 0
    amount = f"{(number + 1) * 1000:,}"
    return Scenario(
        id=f"{promise.feature}::test_buying[{amount}]", promise=promise.id, title=f"Buying {amount} credits",
        feature=promise.feature, line=12, outline="Buying <package> credits" if outlined else None,
        example={"package": amount} if outlined else {}, tags=["doc:buy-credits"], result=_result(amount, verdict),
    )  # fmt: skip


def _result(amount: str, verdict: VerdictName) -> Result:
    ended: StepStatus = "failed" if verdict == "failed" else "stopped"
    steps = [
        Step(keyword, text.format(amount=amount), 12 + line, "passed", 0.4)
        for line, (keyword, text) in enumerate(_TEXTS)
    ]
    if verdict != "passed":
        steps[2].status = ended
        for step in steps[3:]:
            step.status, step.seconds = "not run", 0.0
    words = f"{amount} more add-on credits within 10 s", f"0 add-on credits 10.0 s after payment, not {amount}"
    failure = Failure("expected more", "broken promise", *words) if verdict == "failed" else None
    measured = {"immediately": 0.2} if verdict == "passed" else {}
    return Result(
        verdict, REASONS.get(verdict, ""), seconds=3.2, steps=steps, failure=failure, measured=measured,
        browser="chromium 140.0",
    )  # fmt: skip
