"""The datasheet, read as GitHub reads it: all that is known is in it, and what strangers wrote stays text."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree.ElementTree import Element

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options

from fairkit.errors import UsageError
from fairkit.package.datasheet import MARK, NAME, markdown, write
from fairkit.package.words import Description
from tests.report.payloads import PAYLOADS

from .descriptions import hostile, rich

ELEMENTS = {
    *("html", "head", "body", "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "code"),
    *("ul", "ol", "li", "a", "pre"),
}


def read(found: Description) -> Element:
    page = cmarkgfm.github_flavored_markdown_to_html(markdown(found), options=Options.CMARK_OPT_UNSAFE)
    parsed: Element = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def words(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())


def test_everything_that_is_known_is_told() -> None:
    told = words(read(rich()))
    for text in (
        "jets", "more jets", "https://doi.org/10.5281/zenodo.1234", "https://orcid.org/0000-0002-1825-0097",
        "2026-11-21", "1,200", "123.5 kB in 1 file", "jets equals the label", "import pyarrow.parquet as pq",
        "No row of jets is in test", "700 (58.3%)", "600 (60.0%)", "jets too", "float32[60]", "jets_{0..59}",
        "0 … ∞", "-1 … 250.5", "mean 33.3, std 12", "3 NaN", "2 infinite", "4 not known", "lists of 0 to 60",
        "0 to 60 places used, the rest 0", "What jets_pt means depends on another variable", "jets = jets",
        "https://example.org/",
    ):  # fmt: skip
        assert text in told, text


def test_sections_come_in_the_order_in_which_people_ask() -> None:
    heads = [words(head) for head in read(rich()).iter("h2")]
    assert heads == [
        "What to know before using them", "How to use them", "Files", "Reading them", "Splits", "Classes", "Variables",
        "How they were made", "How to cite them",
    ]  # fmt: skip


def test_what_nobody_knows_is_not_in_it() -> None:
    page = read(Description(target="jets"))
    assert [words(head) for head in page.iter("h1")] == ["jets"]
    assert list(page.iter("h2")) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_strangers_wrote_stays_text(payload: str) -> None:
    page = read(hostile(payload))
    assert {part.tag for part in page.iter() if isinstance(part.tag, str)} <= ELEMENTS
    assert {link.get("href") for link in page.iter("a")} <= {
        "https://doi.org/10.5281/zenodo.1234", "https://orcid.org/0000-0002-1825-0097", "https://example.org/",
    }  # fmt: skip
    assert [len(list(row)) for table in page.iter("table") for row in table.iter("tr")] == [
        len(list(row)) for table in read(rich()).iter("table") for row in table.iter("tr")
    ]


def test_one_by_hand_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("# By hand\n")
    with pytest.raises(UsageError, match="was not made by fairkit"):
        write(str(tmp_path), rich())
    assert (tmp_path / NAME).read_text() == "# By hand\n"
    assert write(str(tmp_path), rich(), force=True).read_text() == markdown(rich())


def test_our_own_is_made_again(tmp_path: Path) -> None:
    write(str(tmp_path), rich("old"))
    write(str(tmp_path), rich())
    text = (tmp_path / NAME).read_text()
    assert text.startswith(MARK)
    assert "old" not in text


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text(MARK)
    os.symlink(other, tmp_path / NAME)
    with pytest.raises(UsageError, match="is a link"):
        write(str(tmp_path), rich(), force=True)
    assert other.read_text() == MARK
