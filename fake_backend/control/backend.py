"""What the control API does to site and processor together."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from fake_backend.control import faults as catalogue
from fake_backend.control.variants import complete
from fake_backend.site import MemberSeed, Seed, UnknownWorkspaceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fake_backend.control.external_processor import ExternalProcessor
    from fake_backend.control.models import Advance, NewWorkspace
    from fake_backend.processor import Processor
    from fake_backend.request_log import RequestLog
    from fake_backend.site import Seeded, Site

_LAST_MOMENTS_S = 60.0  # "month-end" leaves so much of the month


@dataclass(frozen=True)
class ControlConfig:
    """Whom the control API controls. `variant` and `faults` are what new workspaces have unless they say otherwise."""

    site: Site
    processor: Processor | ExternalProcessor
    request_log: RequestLog
    token: str = field(repr=False)
    variant: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[str] = ()


class Backend:
    """Site and processor as one. A workspace's id is the processor's reference for it."""

    def __init__(self, config: ControlConfig) -> None:
        self.site = config.site
        self.processor = config.processor
        self.request_log = config.request_log
        self._variant = complete(config.variant)
        self._faults = list(config.faults)
        catalogue.HOOKS.with_faults(self._faults)
        if config.variant or config.faults:
            self.processor.non_default_settings(_settings(self._variant) | catalogue.processor_settings(self._faults))

    def seed(self, wanted: NewWorkspace) -> tuple[Seeded, dict[str, Any]]:
        """Make a workspace; return it and the storage in which its first member is signed in.

        Raises `SeedError` or `UnknownFaultError`.
        """
        answers: dict[str, str] = wanted.variant.model_dump(exclude_none=True) if wanted.variant else {}
        variant = complete(answers, self._variant)
        faults = self._faults if wanted.faults is None else wanted.faults
        asked = wanted.processor.model_dump(exclude_unset=True)
        settings = {**_settings(variant), **catalogue.processor_settings(faults), **asked}
        non_default_settings = self.processor.non_default_settings(settings)
        information = wanted.billing_information.model_dump() if wanted.billing_information else None
        seeded = self.site.seed(
            Seed(
                name=wanted.name,
                plan=wanted.plan,
                monthly_credits=wanted.monthly_credits,
                used_credits=wanted.used_credits,
                add_on_credits=wanted.add_on_credits,
                members=[MemberSeed(**member.model_dump()) for member in wanted.members],
                invoices=wanted.invoices,
                variant=variant,
                faults=faults,
                information=information,
            )
        )
        if non_default_settings:
            self.processor.change_settings(seeded.id, non_default_settings)
        return seeded, self.site.storage_state(seeded.members[0].id)

    def state(self, workspace_id: str) -> dict[str, Any]:
        """Return all that both know of a workspace. Raises `UnknownWorkspaceError`."""
        return self.site.state(workspace_id) | {
            "processor": self.processor.settings(workspace_id).model_dump(),
            "sessions": self.processor.list_sessions(workspace_id),
            "deliveries": self.processor.list_deliveries(workspace_id),
        }

    def ledger(self, workspace_id: str) -> dict[str, Any]:
        """Return what a workspace was given and has used, and what is still to come; for a late look.

        Raises `UnknownWorkspaceError`.
        """
        state = self.site.state(workspace_id)
        return {name: state[name] for name in ("now", "credits", "purchases", "ledger", "later")}

    def drain(self, workspace_id: str) -> dict[str, int]:
        """Deliver a workspace's pending webhooks now. Raises `UnknownWorkspaceError`."""
        self.site.core.workspace(workspace_id)
        return self.processor.drain_webhooks(workspace_id)

    def advance(self, workspace_id: str, wanted: Advance) -> dict[str, Any]:
        """Move a workspace's clock, at the site and at the processor: what was to come by then has come.

        Raises `ValueError` or `UnknownWorkspaceError`.
        """
        if (wanted.advance_s is None) == (wanted.to is None):
            raise ValueError("Name either advance_s or to.")
        seconds = self._until(workspace_id, wanted.to) if wanted.to else wanted.advance_s or 0.0
        now = self.site.advance_clock(workspace_id, seconds)
        self.processor.advance_clock(workspace_id, seconds)
        return {"now": now, "later": self.site.state(workspace_id)["later"]}

    def _until(self, workspace_id: str, point: str) -> float:
        """Return the seconds to a point of the billing month; none where it is over already."""
        clock = self.site.clock(workspace_id)
        length = clock.cycle_end - clock.cycle_start
        if point == "next-month":
            return clock.cycle_end - clock.now + 1
        goal = clock.cycle_end - _LAST_MOMENTS_S if point == "month-end" else clock.cycle_start + length / 2
        return max(goal - clock.now, 0.0)

    def set_faults(self, workspace_id: str, faults: Sequence[str]) -> dict[str, Any]:
        """Let a workspace have these faults and no others. Raises `UnknownFaultError` or `UnknownWorkspaceError`."""
        before = catalogue.processor_settings(self.site.core.workspace(workspace_id).faults)
        wanted = catalogue.processor_settings(faults)
        self.processor.change_settings(workspace_id, self.processor.defaults(before) | wanted)
        self.site.set_faults(workspace_id, faults)
        return self.chosen(workspace_id)

    def set_processor(self, workspace_id: str, changes: Mapping[str, object]) -> dict[str, Any]:
        """Change how page and webhooks behave. Raises `pydantic.ValidationError` or `UnknownWorkspaceError`."""
        self.site.core.workspace(workspace_id)
        self.processor.change_settings(workspace_id, changes)
        return self.chosen(workspace_id)

    def chosen(self, workspace_id: str) -> dict[str, Any]:
        """Return variant, faults and the processor's settings of a workspace. Raises `UnknownWorkspaceError`."""
        workspace = self.site.core.workspace(workspace_id)
        settings = self.processor.settings(workspace_id).model_dump()
        return {"variant": dict(workspace.variant), "faults": list(workspace.faults), "processor": settings}

    def sign_in(self, workspace_id: str, member_id: str | None) -> dict[str, Any]:
        """Return the storage in which a member is signed in. Raises `LookupError` for a stranger."""
        if member_id is None:
            return self.site.storage_state_of(workspace_id)
        member = self.site.core.member(member_id)
        if member is None or member.workspace_id != workspace_id:
            raise UnknownWorkspaceError(f"There is no member {member_id!r} in workspace {workspace_id!r}.")
        return self.site.storage_state(member_id)


def _settings(variant: Mapping[str, str]) -> dict[str, object]:
    return {"layout": variant["payment_page"], "summary": variant["payment_summary"]}


def show_seeded(seeded: Seeded, storage_state: dict[str, Any]) -> dict[str, Any]:
    """Return a new workspace as the control API tells it."""
    return asdict(seeded) | {"storage_state": storage_state}
