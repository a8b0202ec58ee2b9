"""The Billing tab: the Current Plan section with its credits, and the ways to get more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from steps.pages.base_page import LOST_CLICK, BasePage, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.packages import PackageChoice
from steps.pages.page_scripts import script
from steps.pages.polling import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

    from steps.pages.input_device import ElementLike
    from steps.targets.profile import Label

_RUNS = 0.15
"""Seconds within which an animated number is seen to change."""
SECTIONS = {"current_plan": "Current Plan", "billing_information": "Billing Information", "invoices": "Invoices"}
"""The documented sections, by the names of their labels in a profile."""
_BARS = "progress, meter, [role=progressbar], [role=meter]"


@dataclass(frozen=True)
class Credits:
    """The credits that Billing shows, in whole credits; None where it shows no number."""

    plan: str
    monthly: tuple[int, ...] | None
    add_on: tuple[int, ...] | None
    used: tuple[int, ...] | None
    bars: tuple[int, ...]
    lines: tuple[str, ...]

    @property
    def add_on_amount(self) -> int:
        """The bought credits: the only number, or the second of "used of total". Sites may hide a zero."""
        return max(self.add_on, default=0) if self.add_on else 0

    def grown_since(self, before: Credits) -> int:
        """Return by how many add-on credits Billing shows more than before.

        Of several numbers with the label (remaining and used, used of total), the one that changed counts.
        """
        was, is_ = before.add_on or (), self.add_on or ()
        if not was or len(was) != len(is_):
            return max(is_, default=0) - max(was, default=0)
        changes = {after - earlier for earlier, after in zip(was, is_, strict=True)} - {0}
        return max(changes, key=abs, default=0)

    @property
    def totals(self) -> tuple[int, ...]:
        """The maxima of the bars that count in credits, not in percent or segments."""
        least = max(self.monthly or (0,)) + self.add_on_amount
        return tuple(whole for whole in self.bars if whole >= least > 0)


class BillingPage(BasePage):
    """The Billing tab of Workspace Settings."""

    def shows(self, limit: float = 0) -> bool:
        """Whether the tab shows within `limit` seconds, judging by the documented sections."""
        return self._shows(*SECTIONS, limit=limit)

    def has_current_plan(self) -> bool:
        """Whether the Current Plan section shows after the time to load."""
        return self._shows("current_plan", limit=self.limits.page)

    def section_of(self, label: Label) -> str | None:
        """Return the section of an element to press: "current_plan" if one is there, else another, or None."""
        titles = [{"name": name, "pattern": pattern_of(self.labels.of(name))} for name in SECTIONS]
        plans = pattern_of(self.labels.of("plan_name"))

        def seen() -> list[str]:
            return [str(self._place(one, titles, plans)) for one in self.matching_elements(label)]

        places = self.until(seen, self.limits.page) or []
        if places and not any(places):  # the page was re-rendering
            places = self.until(lambda: [place for place in seen() if place], LOST_CLICK) or places
        return "current_plan" if "current_plan" in places else next(iter(places), None)

    def describe_section_of(self, place: str | None, name: str) -> str:
        """Describe where an element to press is, if not in Current Plan."""
        if place is None:
            return f'there is no "{name}". {self.describe_page()}'
        return f'"{name}" is in {place.replace("_", " ") or "no section"}'

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name."""
        found = {
            name: self.first(self.labels.of(name)) for name in ("monthly_credits", "add_on_credits", "add_credits")
        }
        return {name.replace("_", " "): one for name, one in found.items() if one is not None}

    def add_credits(self) -> PackageChoice:
        """Open the pop-up with the packages."""
        choice = PackageChoice(self.page, self.profile, self.input)
        with blame_promise("doc:buy-credits.2"):
            opened = self.click_until(self.labels.of("add_credits"), choice.is_open, force_first=True)
        with blame_promise("doc:buy-credits.3"):
            if not opened:
                raise ElementNotFoundError(f'"Add credits" opens no pop-up with packages. {self.describe_page()}')
        return choice

    def credits(self) -> Credits:
        """Return the credits after loading. Raises ElementNotFoundError if the monthly credits never show."""
        seen = self.poll_script("credits", self._wanted | {"loaded": True}, self.limits.page)
        if not seen:
            label = self.labels.of("monthly_credits")
            with blame_promise("doc:billing.3" if self._shows("current_plan") else "doc:buy-credits.2"):
                raise ElementNotFoundError(
                    f'Billing shows no number for "{" or ".join(label.names)}". {self.describe_page()}'
                )
        return self._credits(seen)

    def credits_now(self) -> Credits | None:
        """Return the credits that show at this moment, or None."""
        seen = self.run_script("credits", self._wanted | {"loaded": True})
        return self._credits(seen) if seen else None

    def settled_credits(self) -> Credits:
        """Return the credits once they stop changing: some sites animate numbers."""
        seen = [self.credits()]

        def are_still() -> bool:
            seen.append(self.credits())
            return len(seen) > 2 and seen[-1] == seen[-2]

        until(are_still, self.limits.page / 3, every=_RUNS)
        return seen[-1]

    def bar_shows(self) -> bool:
        """Whether a bar shows the credits."""
        seen = self._seen()
        return bool(seen["bars"] or seen["drawn"])

    def missing_sections(self) -> list[str]:
        """Return the documented sections that do not show after the time to load."""
        until(lambda: not self._missing_sections(), self.limits.page / 3)
        return self._missing_sections()

    def count_bars(self) -> int:
        """Return the number of progress bars in the Current Plan section that have the role of one."""
        titles = [{"name": name, "pattern": pattern_of(self.labels.of(name))} for name in SECTIONS]
        plans = pattern_of(self.labels.of("plan_name"))
        bars = self.page.locator(_BARS).filter(visible=True)
        return sum(self._place(bars.nth(at), titles, plans) == "current_plan" for at in range(bars.count()))

    def bar_shares(self) -> list[float]:
        """Return how much of each bar is filled, from 0 to 1, where a bar declares it."""
        told = [(_number(bar["now"]), _number(bar["max"])) for bar in self._seen()["bars"]]
        return [now / whole for now, whole in told if now is not None and whole]

    def _missing_sections(self) -> list[str]:
        return [name.replace("_", " ") for name in SECTIONS if not self._shows(name)]

    def reload(self) -> None:
        """Reload the page, and return to Billing if its address alone does not lead there."""
        self.page.reload(wait_until="commit", timeout=self.limits.payment * 1000)
        self.wait_until_parsed()

    def _shows(self, *sections: str, limit: float = 0) -> bool:
        """Whether the title of any of the sections shows."""
        labels = [self.labels.of(section) for section in sections]
        words = {"words": "|".join(pattern_of(label) for label in labels if not label.selector)}
        selected = [self.page.locator(label.selector).filter(visible=True) for label in labels if label.selector]
        if not selected:
            return bool(self.poll_script("titled", words, limit))

        def seen() -> bool:
            return any(one.count() for one in selected) or bool(words["words"] and self.run_script("titled", words))

        return bool(self.until(seen, limit))

    def _place(self, found: Locator, titles: list[dict[str, str]], plans: str) -> str:
        once = f"(found, given) => found.length ? ({script('section')})(found[0], given) : null"
        return str(found.evaluate_all(once, {"titles": titles, "plans": plans}))

    def _seen(self) -> Any:
        return self.run_script("credits", self._wanted)

    @property
    def _wanted(self) -> dict[str, Any]:
        keys = {"monthly": "monthly_credits", "add_on": "add_on_credits", "used": "used_credits"}
        labels = {key: pattern_of(self.labels.of(name)) for key, name in keys.items()}
        return {"labels": labels, "bar": self.labels.of("credit_bar").selector}

    def _credits(self, seen: Any) -> Credits:
        read = {key: self._amounts(part["numbers"]) if part else None for key, part in seen["read"].items()}
        section = next(self._current_plan(seen["lines"]), seen["lines"])
        words = tuple(line for line in section if line and not re.search(r"\d|credit", line, re.IGNORECASE))
        return Credits(
            plan=self._plan(seen["lines"]),
            monthly=read["monthly"],
            add_on=read["add_on"],
            used=read["used"],
            bars=self._wholes(seen["bars"]),
            lines=words,
        )

    def _amounts(self, numbers: list[str]) -> tuple[int, ...]:
        return tuple(amount for text in numbers if (amount := self._amount(text)) is not None)

    def _amount(self, text: str) -> int | None:
        scale = {"k": 1_000, "m": 1_000_000}.get(text[-1].lower(), 1)
        plain = text.rstrip("kKmM .,").replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
        plain = plain.replace(self.profile.thousands, "") if self.profile.thousands else plain
        try:
            return round(float(plain.replace(",", ".").replace(" ", "")) * scale)
        except ValueError:
            return None

    def _plan(self, lines: list[str]) -> str:
        """Return the plan's name: a known one in Current Plan, or the first words there, or a known one elsewhere."""
        names = re.compile(rf"\b(?:{pattern_of(self.labels.of('plan_name'))})\b", re.IGNORECASE)
        presses = re.compile(pattern_of(self.labels.of("upgrade_plan")), re.IGNORECASE)
        sections = list(self._current_plan(lines))
        known = [
            [match[0] for line in place if not presses.search(line) and (match := names.search(line))]
            for place in (*sections, lines)
        ]
        inside = next((found[0] for found in known[:-1] if found), "")
        return inside or next(filter(None, map(_first_name, sections)), "") or next(iter(known[-1]), "")

    def _current_plan(self, lines: list[str]) -> Iterator[list[str]]:
        """Yield the lines between the title of Current Plan and that of the next section; a tab may say "Team"."""
        titles = {key: re.compile(rf"\W*(?:{pattern_of(self.labels.of(key))})\W*", re.IGNORECASE) for key in SECTIONS}
        own = titles.pop("current_plan")
        for start, line in enumerate(lines):
            title = own.fullmatch(line) or own.match(line)
            if title and (title.end() == len(line) or ":" in title[0]):
                rest = [line[title.end() :], *lines[start + 1 :]]
                yield list(takewhile(lambda line: not any(title.fullmatch(line) for title in titles.values()), rest))

    def _wholes(self, bars: list[dict[str, str | None]]) -> tuple[int, ...]:
        """Return the maximum of each bar, or, if that is in percent, the largest amount in its text."""
        totals = []
        for bar in bars:
            amount = self._amount(bar["max"]) if bar["max"] else None
            said = self._amounts(re.findall(r"\d[\d.,]*", bar["text"] or ""))
            if amount is not None and amount not in (1, 100):
                totals.append(amount)
            elif any(value > 100 for value in said):
                totals.append(max(said))
        return tuple(totals)


def _first_name(lines: list[str]) -> str:
    """Return the beginning of a section's first line if it may be a plan's name: at most two words."""
    first = next(filter(None, map(str.strip, lines)), "")
    name = re.split(r"\s*(?:[^\w\s-]|\d|\bplan\b)", first, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    looks = re.fullmatch(r"[A-Z][\w-]*(?: [A-Z][\w-]*)?", name)
    return (
        name if looks and not re.search(r"credit|usage|billed|month|renew|upgrade|loading", name, re.IGNORECASE) else ""
    )


def _number(text: str | None) -> float | None:
    """Parse a number in an attribute of a bar, whatever the language of the page."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
