"""A page that says the same raises nothing, whatever its layout and its markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from steps.cli.drift import command
from tests.suite.support.drift_pages import (
    FOR_PROGRAMS,
    SUBSCRIPTION,
    Page,
    bulleted,
    drift,
    headed,
    html,
    row,
    stepper,
)

PUBLISHED = Path(__file__).parents[3] / "shared" / "source" / "buy-credits.md"
PAGE = Page()
TABLE = "\n".join([row(" "), row("---"), *(row(one) for one in PAGE.packages)])

SAME: dict[str, Page | str] = {
    "as it is": PAGE,
    "spaces": PAGE.markdown().replace(" ", "  ").replace("\n   ", "\n    ").replace("\n\n", "\n\n\n  \n"),
    "lines broken elsewhere": PAGE.saying("extra credits", "extra\ncredits"),
    "line ends of another system": PAGE.markdown().replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + PAGE.markdown(),
    "characters that cannot be seen": PAGE.saying("interruption", "inter\u00adrup\u200btion"),
    "without emphasis": PAGE.markdown().replace("**", ""),
    "emphasis elsewhere": PAGE.saying("immediately", "**immediately**"),
    "another way to emphasise": PAGE.markdown().replace("**", "__"),
    "italics": PAGE.saying("In case of trouble,", "*In case of trouble,*"),
    "no figures": PAGE.markdown().replace("<figure>", "<!-- ").replace("</figure>", " -->"),
    "other figures": PAGE.markdown().replace('src="/files/picture" alt=""', 'src="/files/x" alt="9,000 credits"'),
    "HTML in capitals": PAGE.markdown().replace("figure", "FIGURE").replace("img", "IMG"),
    "packages with dashes": PAGE.markdown().replace("\n* ", "\n- "),
    "packages numbered": PAGE.markdown().replace("\n* ", "\n7) "),
    "packages within the step": PAGE.markdown().replace("\n* ", "\n   * ", 11),
    "packages as a table": PAGE.markdown().replace(PAGE.listed(), TABLE),
    "packages in bold": PAGE.but(packages=tuple(f"**{one}**" for one in PAGE.packages)),
    "packages with other separators": PAGE.but(packages=tuple(one.replace(",", "\u202f") for one in PAGE.packages)),
    "packages without separators": PAGE.but(packages=tuple(one.replace(",", "") for one in PAGE.packages)),
    "other numbers of steps": PAGE.markdown().replace("1. ", "1) ").replace("2. ", "2) "),
    "steps as bullets": bulleted(PAGE),
    "steps as headings": headed(PAGE),
    "steps as a stepper": stepper(PAGE),
    "steps in paragraphs of their own": PAGE.markdown().replace("\\\n   ", "\n\n   "),
    "headings of another level": PAGE.markdown().replace("####", "##"),
    "a box": PAGE.markdown().replace("#### More", '{% hint style="info" %}\n{% endhint %}\n\n#### More'),
    "typographic quotes": PAGE.markdown().replace("'", "\u2019"),
    "a link written in full": PAGE.saying(
        SUBSCRIPTION, f"https://docs.diaflow.io{SUBSCRIPTION.removesuffix('.md')}#plans"
    ),
    "instructions to programs": PAGE.but(more=FOR_PROGRAMS),
    "HTML": html(PAGE.markdown()),
    "HTML alone": html(PAGE.markdown()).partition("<main>")[2].partition("<p>Last")[0].join(["<main>", "</main>"]),
    "HTML in tables and boxes": html(PAGE.markdown().replace(PAGE.listed(), TABLE)).replace("<p>", "<div><p>"),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_raises_nothing(tmp_path: Path, name: str) -> None:
    result = drift(tmp_path, SAME[name])
    assert result.exit_code == 0, result.output
    assert "It says what the features check." in result.output


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published page is not here")
@pytest.mark.parametrize("as_html", [False, True])
def test_the_published_page_is_the_known_one(tmp_path: Path, *, as_html: bool) -> None:
    text = PUBLISHED.read_text(encoding="utf-8")
    file = tmp_path / "page"
    file.write_text(html(text) if as_html else text, encoding="utf-8")
    result = CliRunner().invoke(command, [str(file)])
    assert result.exit_code == 0, result.output
    assert 'Not read: the section "Agent Instructions"' in result.output
