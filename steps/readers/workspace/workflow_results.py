"""What a page says of a run of a workflow, once it is over."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.packages.package_presses import begins
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout, layout_of
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

COMPLETES = 'labels.run_completed = "…"'
"""The profile line that tells what a page says after a run that went well."""
_WANTING = re.compile(
    r"(?<!cost you )(?<!costs )(?<!cost )(?<!used )\b0 credits?\b(?! (?:used|spent|charged))"
    r"|\bcredit limit (?:is )?reached\b|\b(?:balance|credits?) (?:does|do)(?: not|n['\u2019]t) (?:cover|suffice)"
    r"|(?:not enough|insufficient|too (?:few|little)) (?:credits?|balance)|out of credits?|no credits?\b"
    r"|\b(?:balance|credits?) (?:is|are) (?:too low|not enough|insufficient|exhausted|used up|gone)\b"
    r"|\bneeds? (?:more|\d[\d.,]* more) credits?\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"not complete|fail|could not|error|\b(?:stopped|aborted|interrupted|timed out)\b|\bwent wrong\b"
    r"|\bhit a (?:snag|problem)\b|\bexit(?:ed)? (?:with )?(?:code|status) [1-9]",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"complet|succe(?:ss|eded)|finished|done|\bended well\b|\bis ready\b"
    r"|\b(?:output|result|summary|answer) generated\b",
    re.IGNORECASE,
)
_NO_EVENT = re.compile(
    r"\b(?:when(?:ever)?|once|if|until|as soon as)\b[^.;!\u00b7]*|\b(?:no|without(?: any)?|0) errors?\b", re.IGNORECASE
)
"""What has not come about: "when it's completed", "with no errors"."""
_GOES_ON = re.compile(r"\b(?:retrying|in progress|queued|trying again|attempt \d+ of)\b", re.IGNORECASE)
_OVER = re.compile(
    r"(?:\W|^)(?:run |workflow )?(?:failed|not completed|could not (?:run|be run))\b"
    r"|^\W*(?:the )?(?:run|workflow) (?:was )?(?:stopped|aborted|interrupted)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"not enough|insufficient|out of|no (?:more )?credits? left|limit reached|(?:n.t|not) cover", re.IGNORECASE
)
_APART = "[.,'’\u00a0\u202f]"
_WHOLE = rf"(?<!{_APART})(?<!\d)(?<!\d )(\d{{1,3}}(?:{_APART}\d{{3}})+|\d+)(?!{_APART}?\d)"
"""A whole number; behind another one and a space it may be the end of that."""
_SPENT = r"(?:used|spent|charged|consumed)"
_USED = re.compile(
    rf"{_WHOLE} credits? (?:(?:was|were) )?{_SPENT}\b|\b{_SPENT}:? {_WHOLE}(?: credits?\b|\s*(?:$|[.;·]))",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    rf"\b(?:needs?|requires?|costs?|would (?:use|cost))\b[^\d.;]{{0,20}}?{_WHOLE}"
    rf"|{_WHOLE}(?: credits?)? (?:(?:is|are) )?(?:needed|required)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"\b(?:have|has|balance|left|remaining|available)\b[^\d.;]{{0,12}}?{_WHOLE}"
    rf"|{_WHOLE}(?: credits?)? (?:(?:is|are) )?(?:left|remain(?:s|ing)?|available)\b",
    re.IGNORECASE,
)
_MESSAGE = 160
"""Longest line, in characters, that is taken for a message about a run and not for what the run has written."""


@dataclass(frozen=True)
class WorkflowResult:
    """What the page shows about a run."""

    text: str
    told: bool = False
    """Whether it is what the profile itself calls a run that went well."""
    took_text: bool = True
    """Whether it was run on a text, so that the text decides how much it uses."""

    @property
    def out_of_credits(self) -> bool:
        """Whether the run stopped because there were not enough credits."""
        return self.lacks_credits and not self.completed

    @property
    def completed(self) -> bool:
        """Whether the run completed."""
        return self.told or (bool(_DONE.search(self._event)) and not _NOT.search(self._event))

    @property
    def is_over(self) -> bool:
        """Whether the page says how the run ended."""
        is_ended = self.lacks_credits or any(one.search(self._event) for one in (_DONE, _NOT))
        return self.told or (is_ended and not _GOES_ON.search(self.text))

    @property
    def lacks_credits(self) -> bool:
        """Whether the text says that there are too few credits, in words or by more that are needed than are left."""
        return bool(_WANTING.search(self._event)) or _falls_short(self._event)

    @property
    def _event(self) -> str:
        """What the text says has come about."""
        return _NO_EVENT.sub(" ", self.text)

    @property
    def credits_used(self) -> int | None:
        """How many credits the text says that the run used, where it says one whole number of them."""
        told = _numbers(_USED, self.text)
        return told.pop() if len(told) == 1 else None

    def credits_named(self) -> str:
        """Return the amounts of credits in the text, as written."""
        return ", ".join(re.findall(r"(\d[\d.,]*) credits?\b", self.text))


def read_result(
    before: Snapshot, now: Snapshot, profile: Profile, *, anew: bool = False
) -> Fact[WorkflowResult] | Unclear | Absent:
    """Return how a run ended, by what the page says now and did not say `before` it.

    A message (a live region, a box that floats) says it in any words, another line in few: it may be of the run's text.
    On a page that was loaded `anew` by running it, the same words beside a new time are said of the new run.
    """
    layout = layout_of(now)
    new = [one for one in _new(layout_of(before), layout) if len(one.text) <= _MESSAGE and not layout.is_pressed(one)]
    new += _renewed(layout, new) if anew else []
    if told := [one for one in new if _is_told(layout, one, profile)]:
        return _fact([*told, *_used_beside(layout, told, new)], told=True)
    messages = [one for one in new if layout.is_message(one)]
    if WorkflowResult(_joined(messages)).is_over:
        return _fact(messages)
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, profile.labels.of('run_completed').names))})\b", re.IGNORECASE)
    bad = [one for one in new if _OVER.search(one.text) or _is_wanting(one.text)]
    bad = [one for one in new if one in bad or (bad and _WANTING.search(one.text))]  # why stands on a line of its own
    good = [one for one in new if one not in bad and words.search(one.text)]
    if bad and good:
        return Unclear("What came of running a workflow", tuple(one.text for one in [*good, *bad]), COMPLETES)
    if not (bad or good):
        return Absent("what came of running a workflow")
    return _fact([*bad, *good, *_used_beside(layout, good, new)])


def _numbers(words: re.Pattern[str], text: str) -> set[int]:
    return {int(re.sub(r"\D", "", one[1] or one[2])) for one in words.finditer(text)}


def _falls_short(text: str) -> bool:
    """Whether a text says of one number of credits that it is needed, and of a smaller one that it is left."""
    needed, left = _numbers(_NEEDED, text), _numbers(_LEFT, text)
    return len(needed) == len(left) == 1 and max(needed) > max(left)


def _used_beside(layout: Layout, ended: list[Line], new: list[Line]) -> list[Line]:
    """Return what a run is said to have used beside how it ended: in the smallest box with another line."""
    beside: list[Line] = []
    for line in ended:
        boxes = (layout.within(at) for at in layout.around(line.block))
        beside += next((box for box in boxes if len(box) > 1), [])
    return [one for one in new if one in beside and one not in ended and _USED.search(one.text)]


def refusal(snapshot: Snapshot) -> str:
    """Return what a page says that runs nothing because credits are lacking, or ""."""
    return next((one.text for one in layout_of(snapshot).lines if _is_wanting(one.text)), "")


def _is_wanting(text: str) -> bool:
    if len(text) > _MESSAGE or "credit" not in text.casefold():
        return False
    return bool(_REFUSED.search(text)) or _falls_short(text)


def _is_told(layout: Layout, line: Line, profile: Profile) -> bool:
    label = profile.labels.of("run_completed")
    if label.selector:
        elements = layout.snapshot.elements
        return any("label:run_completed" in elements[at].states for at in layout.around(line.elements[0]))
    own = label != Labels().of("run_completed")
    return own and begins(line.text, tuple(one.casefold() for one in label.names))


def _new(before: Layout, now: Layout) -> list[Line]:
    known = Counter(one.text for one in before.lines)
    found = []
    for line in now.lines:
        known[line.text] -= 1
        if known[line.text] < 0 and now.role_around(line, frozenset({"textbox"})) < 0:
            found.append(line)
    return found


def _renewed(now: Layout, new: list[Line]) -> list[Line]:
    """Return the results that stood there before, in the smallest parts that hold one and a new line with a number.

    How long ago something was says nothing of what is new, and neither does a part with a field to fill in.
    """
    fields = {up for at, one in enumerate(now.snapshot.elements) if one.role == "textbox" for up in now.around(at)}
    fresh = {up for one in new if re.search(r"\d(?!.*\bago\b)", one.text) for up in now.around(one.block)} - fields
    found: dict[int, list[Line]] = {}
    for line in now.lines:
        part = next((at for at in now.around(line.block) if at in fresh), -1)
        if part >= 0 and line not in new and _says_the_end(line):
            found.setdefault(part, []).append(line)
    outer = {up for part in found for up in now.around(part) if up != part}
    return [line for part, lines in found.items() if part not in outer for line in _with_why(now, part, lines, fresh)]


def _with_why(now: Layout, part: int, lines: list[Line], parts: set[int]) -> list[Line]:
    """Return how a run ended, with why, where that stands in a larger part that says nothing of another run."""
    for up in now.around(part):
        around = [line for line in now.within(up) if _says_the_end(line)] if up in parts else []
        if any(line not in lines and not _WANTING.search(line.text) for line in around):
            break
        lines = around or lines
    return lines


def _says_the_end(line: Line) -> bool:
    return len(line.text) <= _MESSAGE and WorkflowResult(line.text).is_over


def _fact(lines: list[Line], *, told: bool = False) -> Fact[WorkflowResult]:
    return Fact(WorkflowResult(_joined(lines), told), tuple(one.text for one in lines))


def _joined(lines: list[Line]) -> str:
    return " ".join(one.text for one in lines)
