"""The outbox of a workspace of the fake, read through its control API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.targets.mailbox import Mail

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from steps.targets.fake_control_client import FakeControlClient


class FakeMailbox:
    """What was mailed from one workspace; a mail is known by its place in the outbox."""

    limit = 2.0
    every = 0.2

    def __init__(self, control: FakeControlClient, workspace: str) -> None:
        self._control = control
        self._workspace = workspace

    def known(self, address: str) -> frozenset[str]:
        """Return the places of all messages to an address."""
        return frozenset(one.id for one in self.messages_to(address, frozenset()))

    def messages_to(self, address: str, since: AbstractSet[str]) -> list[Mail]:
        """Return the messages to an address that are not among those known `since`, the newest last."""
        outbox = self._control.workspace(self._workspace)["mail"]
        return [
            Mail(str(place), one["subject"], one["body"])
            for place, one in enumerate(outbox)
            if one["recipient"] == address and str(place) not in since
        ]
