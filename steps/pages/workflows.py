"""Workflows, and the result of running one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steps.pages.base_page import LOST_CLICK, BasePage
from steps.pages.polling import until
from steps.verdicts.verdict import NotVerifiedError

_WANTING = re.compile(
    r"\b0 credits?\b|not enough credits?|insufficient credits?|out of credits?|no credits?\b", re.IGNORECASE
)
_NOT = re.compile(r"not complete|fail|could not|error", re.IGNORECASE)
_DONE = re.compile(r"complet|success|finished|done", re.IGNORECASE)
_MESSAGES = "[role=status], [role=alert], [aria-live]:not([aria-live=off])"


@dataclass(frozen=True)
class WorkflowResult:
    """What the page shows about a run."""

    text: str

    @property
    def out_of_credits(self) -> bool:
        """Whether the run stopped because there were not enough credits."""
        return bool(_WANTING.search(self.text)) and not self.completed

    @property
    def completed(self) -> bool:
        """Whether the run completed."""
        return bool(_DONE.search(self.text)) and not _NOT.search(self.text)

    def credits_named(self) -> str:
        """Return the amounts of credits in the text, as written."""
        return ", ".join(re.findall(r"(\d[\d.,]*) credits?\b", self.text))


class WorkflowsPage(BasePage):
    """The page where workflows are run."""

    def shows(self) -> bool:
        """Whether there is a workflow to run."""
        return self.first(self.labels.of("run")) is not None

    def run(self, text: str) -> WorkflowResult:
        """Run the first workflow on a text, and wait for its result. Raises NotVerifiedError without either."""
        if not until(self.shows, self.limits.page):  # no page says how a workflow is run
            raise NotVerifiedError("Nothing here looks like a way to run a workflow.", line='labels.run = "…"')
        field = self.page.get_by_role("textbox").filter(visible=True)
        if field.count():
            field.first.fill(text)
        before = self._messages()
        button = self.first(self.labels.of("run"))
        assert button is not None
        self.input.press(button)
        until(lambda: self._messages() != before or not button.is_enabled(), LOST_CLICK)
        message = until(self._result, self.limits.payment)
        if not message:
            raise NotVerifiedError(f"What came of running a workflow cannot be told. {self.describe_page()}")
        return WorkflowResult(message)

    def _result(self) -> str:
        """Return the message once the run is over: a second run may show the same message as the first."""
        button = self.first(self.labels.of("run"))
        said = " ".join(self._messages())
        over = _DONE.search(said) or _NOT.search(said) or _WANTING.search(said)
        return said if over and button is not None and button.is_enabled() else ""

    def _messages(self) -> list[str]:
        texts = self.page.locator(_MESSAGES).filter(visible=True).all_inner_texts()
        return [" ".join(text.split()) for text in texts if text.strip()]
