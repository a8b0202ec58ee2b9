"""Features as Gherkin's official parser compiles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gherkin.pickles.compiler import Compiler, GherkinDocumentWithURI

from steps.documentation.feature_file import parse_document

if TYPE_CHECKING:
    from pathlib import Path

    from gherkin.pickles.compiler import Pickle


def pickles_of(path: Path) -> list[Pickle]:
    """Return a feature's scenarios, one for each row of an outline."""
    document = parse_document(path)
    return Compiler().compile(GherkinDocumentWithURI(uri=path.name, **document))
