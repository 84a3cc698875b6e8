"""A comparison for the terminal: aligned, coloured, and safe to print."""

from __future__ import annotations

import json

import pytest

from fairkit.compare import Comparison, compare
from fairkit.compare.text import render
from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence
from fairkit.report import Style
from tests.report.made import HOSTILE
from tests.test_schemas import GENERATED


def showcase() -> Comparison:
    return compare(harvest(GENERATED["evidence"]()))


def made(title: str, other: str) -> Comparison:
    bodies = [
        {"titles": [{"title": each}], "creators": [{"name": each}], "publicationYear": 1} for each in (title, other)
    ]
    documents = tuple(
        Document(representation="datacite", media_type="", url=title, body=json.dumps(body).encode()) for body in bodies
    )
    return compare(harvest(Evidence(target=title, source="document", documents=documents)))


def lines(comparison: Comparison, **style: bool) -> list[str]:
    return render(comparison, style=Style(**style)).decode().splitlines()


def test_the_columns_stand_below_their_documents() -> None:
    told = lines(showcase())
    head = next(line for line in told if "cern-open-data" in line)
    licence = next(line for line in told if line.startswith("license"))
    assert licence.index("✗") == head.index("schema-org")
    assert licence.rindex("✗") == head.index("datacite")
    assert all(len(line) <= 100 for line in told)


def test_it_says_what_is_lost_and_that_it_is_the_showcase() -> None:
    text = "\n".join(lines(showcase()))
    assert "showcase" in text
    assert "◐ without the ORCID of" in text
    assert "told by none: alternate title" in text


def test_pointers_are_told_on_request_only() -> None:
    assert not any("/metadata/license" in line for line in lines(showcase()))
    assert any("/metadata/license" in line for line in lines(showcase(), verbose=True))


@pytest.mark.parametrize("colour", [True, False])
def test_colour_is_only_where_it_is_wanted(colour: bool) -> None:
    assert (b"\x1b[" in render(showcase(), style=Style(colour=colour))) is colour


@pytest.mark.parametrize(("written", "shown"), HOSTILE)
def test_nothing_of_a_stranger_is_obeyed(written: str, shown: str) -> None:
    told = render(made(written, "other words entirely"), style=Style(verbose=True)).decode()
    assert not [c for c in told if c != "\n" and not c.isprintable() and c != "\u0301"]


def test_huge_values_do_not_fill_the_screen() -> None:
    assert len(lines(made("word " * 100_000, "other " * 100_000))) < 60
