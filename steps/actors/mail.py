"""What a member finds in their mail: one-time codes, and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.polling import until
from steps.readers.checkout.codes import is_receipt, read_code
from steps.readers.page.fact import Fact, Unclear
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from steps.targets.mailbox import Mail
    from steps.targets.target import Account, Target

_NEXT_PASSWORD_S = 31.0
"""Seconds within which an authenticator app shows another one-time password."""


class Inbox:
    """The mail to one address from now on, or all that is not `known`."""

    def __init__(self, target: Target, account: Account, address: str, known: AbstractSet[str] | None = None) -> None:
        self._mailbox = target.mailbox(account)
        self._words = target.profile.mailbox.code if target.profile.mailbox else ""
        self.address = address
        self.limit = self._mailbox.limit
        self._known = self._mailbox.known(address) if known is None else known

    def code(self) -> str | None:
        """Return the newest code, waiting for one, or None. Raises NotVerifiedError where a mail is unclear."""
        until(self._codes, self.limit, every=self._mailbox.every)
        return next(reversed(self._codes()), None)

    def receipts(self) -> list[Mail]:
        """Return the receipts, waiting for one. Raises NotVerifiedError where there are only mails of another kind."""
        found = until(lambda: [one for one in self._new() if is_receipt(one)], self.limit, every=self._mailbox.every)
        if not found and (others := self._new()):
            told = "; ".join(f"“{one.subject}”" for one in others)
            raise NotVerifiedError(f"Mail to {self.address} does not tell whether it is a receipt: {told}.")
        return found or []

    def _new(self) -> list[Mail]:
        return self._mailbox.messages_to(self.address, self._known)

    def _codes(self) -> list[str]:
        read = [read_code(one, self._words) for one in self._new()]
        for one in read:
            if isinstance(one, Unclear):
                raise NotVerifiedError(str(one))
        return [one.value for one in read if isinstance(one, Fact)]


class SignInCodes:
    """The one-time codes for one sign-in: of the account's authenticator app, else from its mail."""

    def __init__(self, target: Target, account: Account) -> None:
        self._target = target
        self._account = account
        self._inbox: Inbox | None = None
        self._trouble: NotVerifiedError | None = None
        if account.totp is None and "mail" in target.capabilities and account.email:
            try:
                self._inbox = Inbox(target, account, account.email)
            except NotVerifiedError as error:  # which matters where a code is asked for
                self._trouble = error

    def code(self) -> str:
        """Return the next code, waiting for it. Raises NotVerifiedError where the target has none to give."""
        if self._account.totp:
            given = until(lambda: self._target.one_time_password(self._account), _NEXT_PASSWORD_S, every=0.2)
        elif self._trouble is not None:
            raise self._trouble
        elif self._inbox is None:
            words = (
                "The sign-in page asks for a one-time code: the mail or the authenticator app of the account is needed."
            )
            raise NotVerifiedError(words, line='mailbox = { … }, or totp = "${TOTP}" beside the account')
        else:
            given = self._inbox.code()
        if not given:
            raise NotVerifiedError(f"No code arrived in the mail of {self._account.name} within the limit.")
        return given
