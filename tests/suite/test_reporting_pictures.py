"""Pictures: at each step where they are asked for, of what the browser showed, without what is secret."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from steps.readers.page.snapshot import decode
from tests.suite.support.reported import Project, scenario

if TYPE_CHECKING:
    from pathlib import Path

BROWSING = """

@given(parsers.parse("the page is {colour}"))
def coloured(page, colour):
    page.goto(f"data:text/html,<body style='background:{colour}'><p>Your plan</p><input>")
    page.locator("input").fill("typed")

@then("it stays so")
def stays(page): pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    steps = ["Given something", "And the page is red", "And the page is lime", "Then it stays so", "And it is not so"]
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("Coloured", *steps))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + BROWSING)
    return project


@pytest.mark.nightly
def test_each_step_has_its_picture_and_the_same_one_is_kept_once(project: Project) -> None:
    ended = project.pytest("--pictures")

    assert ended.directory is not None
    pictures = [step.picture for step in ended.result("Coloured").steps]
    assert pictures[0] is None
    assert len(set(pictures[1:])) == 2
    assert pictures[2] == pictures[3] == pictures[4]
    colours = [
        Image.open(io.BytesIO((ended.directory / str(name)).read_bytes())).getpixel((600, 600))
        for name in pictures[1:3]
    ]
    assert [near(colour) for colour in colours] == [(255, 0, 0), (0, 255, 0)]
    assert str(pictures[2]) in (ended.directory / "index.html").read_text()


def near(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return tuple(255 if part > 128 else 0 for part in colour)


def test_a_failure_has_its_picture_without_being_asked(project: Project) -> None:
    ended = project.pytest()

    assert ended.directory is not None
    assert not list(ended.directory.glob("pictures/*"))
    artifacts = ended.result("Coloured").artifacts
    assert [artifact.kind for artifact in artifacts] == ["screenshot", "snapshot"]
    assert (ended.directory / artifacts[0].path).is_file()
    assert f"picture:  reports/{ended.directory.name}/{artifacts[0].path}" in ended.text
    assert f"page:     reports/{ended.directory.name}/{artifacts[1].path}" in ended.text
    saved = (ended.directory / artifacts[1].path).read_text()
    assert [one.text for one in decode(saved).texts] == ["Your plan"]
    assert "typed" not in saved


@pytest.mark.nightly
def test_a_trace_is_named_where_it_was_recorded(project: Project) -> None:
    ended = project.pytest("--tracing", "retain-on-failure", "-n", "1")

    assert ended.directory is not None
    traces = [artifact for artifact in ended.result("Coloured").artifacts if artifact.kind == "trace"]
    assert len(traces) == 1
    assert f"trace:    reports/{ended.directory.name}/{traces[0].path}" in ended.text


@pytest.mark.nightly
@pytest.mark.nightly
def test_a_purchase_shows_the_packages_and_the_payment_page(tmp_path: Path) -> None:
    steps = ["Given a member who has Billing open", "When the member chooses 4,000 credits"]
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("Chosen", *steps))
    (tmp_path / "targets.toml").write_text(
        '[targets.fake]\nkind = "fake"\nroutes = { billing = "/settings/billing" }\n'
    )

    ended = project.pytest("--pictures", target="fake")

    assert ended.code == 0, ended.text
    assert ended.directory is not None
    step = ended.result("Chosen").steps[1]
    assert [sight.what for sight in step.sights] == ["the packages", "the payment page"]
    assert all((ended.directory / sight.picture).is_file() for sight in step.sights)
    page = (ended.directory / "index.html").read_text()
    assert all(sight.picture in page for sight in step.sights)
