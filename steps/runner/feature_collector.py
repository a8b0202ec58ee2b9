"""Makes each `.feature` file something that pytest runs: `pytest features/finish_checkout.feature`."""

from __future__ import annotations

import itertools
import os
import re
import types
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature
from pytest_bdd.scenario import collect_example_parametrizations, get_python_name_generator

from steps.documentation.feature_file import ENCODING, FeatureFileError, mistakes_of, parse_feature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pytest_bdd.parser import Feature, ScenarioTemplate

TYPED = pytest.StashKey[str]()
"""What was typed behind `-k`."""
_AMOUNT = re.compile(r"(?<![\w,.])\d{1,3}(?:,\d{3})+(?![\w,])")
_NAME = re.compile(rf"(\w+)\[({_AMOUNT.pattern})\]")
"""An example of an outline by its name: "choosing_package_credits[2,000]"."""


class FeatureFile(pytest.Module):
    """A feature file as a module of scenarios, so that no Python file has to name it.

    Each example of an outline is a function of its own, and none is parametrised: editors take the files of
    parametrised tests apart at ".py". (VS Code does, and then shows no test at all.)
    """

    def _getobj(self) -> types.ModuleType:
        module = types.ModuleType(f"features.{self.path.stem}", doc=str(self.path))
        module.__file__ = str(self.path)
        feature = get_feature(str(self.path.parent), self.path.name, encoding=ENCODING)
        self.templates: dict[str, ScenarioTemplate] = {}
        """The scenarios by the names of the functions that run them."""
        for title, template in feature.scenarios.items():
            outline = _name(module, title)
            for example in collect_example_parametrizations(template) or [pytest.param({}, id="")]:
                name = _free(module, f"{outline}[{example.id}]" if example.values[0] else outline)
                self.templates[name] = template
                setattr(module, name, _bound(feature, title, example.values[0], example.marks))
        return module

    def collect(self) -> Iterator[Any]:
        """Collect the scenarios, each with its amounts as keywords that `-k "44,000"` selects whole.

        Raises CollectError, a sentence for each mistake, where the file cannot be read or a scenario would not run.
        """
        if mistakes := list(self._mistakes()):
            place = os.path.relpath(self.path, self.config.invocation_params.dir)
            raise self.CollectError("\n".join(f"{place}:{line}: {says}" for line, says in mistakes))
        for item in super().collect():
            if isinstance(item, pytest.Item) and example_of(item):
                item.extra_keyword_matches.update(map(_keyword, _AMOUNT.findall(item.name)))
            yield item

    def _mistakes(self) -> Iterator[tuple[int, str]]:
        try:
            yield from mistakes_of(parse_feature(self.path))
        except FeatureFileError as error:
            yield error.line, error.says


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect `.feature` files."""
    if file_path.suffix == ".feature":
        collector: pytest.Collector = FeatureFile.from_parent(parent, path=file_path)
        return collector
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Let `-k` take amounts as the documentation writes them, and names with them as they are listed.

    Its own grammar knows no commas.
    """
    config.stash[TYPED] = config.option.keyword or ""
    words = _NAME.sub(r"(\1 and \2)", config.option.keyword or "")
    config.option.keyword = _AMOUNT.sub(lambda amount: _keyword(amount[0]), words)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    """Turn `@doc:…`, `@assumption:…` and `@needs:…` into markers with an argument."""
    kind, _, value = tag.partition(":")
    if not value:
        return None
    getattr(pytest.mark, kind)(value, tag=value)(function)  # by keyword for `-m`, see tag_selection
    return True


def _keyword(amount: str) -> str:
    """Write an amount so that it matches whole: 2,000 is not a part of 22,000."""
    return f"[{amount.replace(',', '.')}]"


def example_of(item: pytest.Item) -> dict[str, str]:
    """Return the example of an outline that an item is for; empty where it is no outline."""
    example: dict[str, str] = getattr(getattr(item, "function", None), "example", {})
    return example


@pytest.fixture
def _pytest_bdd_example(request: pytest.FixtureRequest) -> dict[str, str]:
    """The example that the scenario is carried out with, in place of pytest-bdd's fixture."""
    return example_of(request.node)


def _bound(feature: Feature, title: str, example: object, marks: Iterable[object]) -> Callable[..., object]:
    @scenario(feature.filename, title, encoding=ENCODING, features_base_dir="")
    def bound() -> None:
        """Run the scenario: its steps are all there is to it."""

    function: Any = bound
    own = (mark for mark in getattr(function, "pytestmark", []) if mark.name != "parametrize")
    function.pytestmark = [*own, *(getattr(mark, "mark", mark) for mark in marks)]
    function.example = example
    return bound


def _name(module: types.ModuleType, title: str) -> str:
    taken = [name.partition("[")[0] for name in vars(module)]
    return next(name for name in get_python_name_generator(title) if name not in taken)


def _free(module: types.ModuleType, name: str) -> str:
    """Return the name, with a number where an earlier row has the same."""
    numbered = (name if count == 1 else f"{name.removesuffix(']')}-{count}]" for count in itertools.count(1))
    return next(one for one in numbered if not hasattr(module, one))
