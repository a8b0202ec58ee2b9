"""What the project's own files name exists: paths in pyproject.toml and Makefile, links in the documents."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/**/*.md")])
_MADE_BY_PYTHON = re.compile(r"python -m ((?:tests|steps|fake_backend)[\w.]*)")


def _paths() -> list[str]:
    tool = PYPROJECT["tool"]
    build, mutation = tool["hatch"]["build"]["targets"], tool["mutmut"]
    return [
        PYPROJECT["project"]["readme"],
        *PYPROJECT["project"]["license-files"],
        *build["wheel"]["packages"],
        *build["sdist"]["include"],
        *(pattern for pattern in tool["ruff"]["lint"]["per-file-ignores"]),
        *mutation["source_paths"],
        *mutation["only_mutate"],
        *mutation["also_copy"],
        *mutation["pytest_add_cli_args_test_selection"],
        *tool["mypy"]["packages"],
        *tool["pytest"]["testpaths"],
    ]


@pytest.mark.parametrize("path", _paths())
def test_a_path_in_pyproject_exists(path: str) -> None:
    assert any(ROOT.glob(path))


def _modules() -> list[str]:
    plugins = [one for one in PYPROJECT["tool"]["pytest"]["addopts"] if one.startswith("steps.")]
    scripts = [target.partition(":")[0] for target in PYPROJECT["project"]["scripts"].values()]
    texts = [ROOT / "Makefile", *DOCUMENTS, *ROOT.glob(".github/workflows/*.yml"), ROOT / ".gitlab-ci.yml"]
    run = {name for file in texts for name in _MADE_BY_PYTHON.findall(file.read_text(encoding="utf-8"))}
    return [*plugins, *scripts, *sorted(run)]


@pytest.mark.parametrize("module", _modules())
def test_a_module_that_is_started_by_name_exists(module: str) -> None:
    assert importlib.util.find_spec(module)


def _links() -> list[tuple[str, str]]:
    return [
        (document.relative_to(ROOT).as_posix(), link)
        for document in DOCUMENTS
        for link in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
        if not re.match(r"https?:|mailto:", link)
    ]


@pytest.mark.parametrize(("document", "link"), _links())
def test_a_link_leads_to_a_file(document: str, link: str) -> None:
    assert ((ROOT / document).parent / link).exists()


def _named() -> list[tuple[str, str]]:
    pattern = r"`((?:features|steps|fake_backend|tests|docs)/[\w/.-]+)`"
    return [
        (document.name, path)
        for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md"))
        for path in re.findall(pattern, document.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("document", "path"), sorted(set(_named())))
def test_a_path_that_a_document_names_exists(document: str, path: str) -> None:
    assert (ROOT / path).exists(), document


WALKS = re.compile(
    r"""\bwalk\(document|createTreeWalker|\b(?:document|page)\.querySelectorAll|querySelectorAll\("\*"\)"""
)
LOOK_FOR_FIELDS = {"steps/pages/scripts/shared.js", "steps/pages/scripts/wanted.js"}


def test_no_script_but_the_snapshot_walks_a_page() -> None:
    rooms = [ROOT / "steps/pages", ROOT / "steps/actors", ROOT / "steps/readers"]
    scripts = [one for room in rooms for suffix in ("js", "py") for one in room.rglob(f"*.{suffix}")]
    walking = {one.relative_to(ROOT).as_posix() for one in scripts if WALKS.search(one.read_text("utf-8"))}
    assert {one for one in walking if not one.startswith("steps/readers/page/look/")} == LOOK_FOR_FIELDS
