"""What the evidence offers for fields that fall short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairkit.fix.candidates import Candidate, candidates, told
from fairkit.model.distribution import Distribution
from fairkit.model.harvest import Harvest

from .works import DATACITE, RECORD, folder, record


def offered(read: Harvest, *, files: tuple[Distribution, ...] = ()) -> dict[tuple[str, str], Candidate]:
    return {(c.view.representation, c.field): c for c in candidates(read, read.views[0], files)}


@pytest.mark.parametrize(
    ("dialect", "field", "value"),
    [
        ("cern-open-data", "keywords", ("jets", "tracks")),
        ("cern-open-data", "date_published", "2019-05-31"),
        ("cern-open-data", "byte_size", 15),
        ("cern-open-data", "file_count", 2),
        ("datacite", "formats", None),
        ("datacite", "type", None),
        ("datacite", "landing_page", "https://opendata.cern.ch/record/7"),
    ],
)
def test_each_document_is_offered_what_another_tells(dialect: str, field: str, value: object) -> None:
    found = offered(record()).get((dialect, field))
    assert (found.value if found else None) == value


def test_a_namesake_lends_no_orcid() -> None:
    creators = [{**DATACITE["creators"][0], "name": "Doe, Jill"}]
    assert ("cern-open-data", "creators") not in offered(record(datacite={**DATACITE, "creators": creators}))


def test_what_a_repository_implies_is_not_passed_on() -> None:
    read = record(datacite={key: value for key, value in DATACITE.items() if key != "rightsList"})
    assert read.resource.implied_license == "CC0-1.0"
    assert not [key for key in offered(read) if key[1] in ("license", "implied_license")]


def test_a_list_of_indexes_has_no_sum() -> None:
    index = [{**RECORD["files"][0], "type": "index.json"}]
    assert ("cern-open-data", "byte_size") not in offered(record({"metadata": RECORD | {"files": index}}))


def test_the_files_that_were_looked_at_join_those_that_lie_elsewhere() -> None:
    toml = '[[files]]\npath = "far.root"\nurl = "root://far//far.root"\nbytes = 3\n'
    seen = Distribution(name="a.csv", byte_size=7)
    found = offered(folder(toml, "fairkit.toml", "a.csv"), files=(seen,))
    named = found["fairkit-toml", "distributions"].value
    assert [file.name for file in named] == ["far.root", "a.csv"]
    assert found["fairkit-toml", "byte_size"].value == 10


def test_a_told_value_is_as_if_the_document_had_it() -> None:
    read = record()
    view = read.views[1]
    changed = told(read, [Candidate(view, "version", "1.0", "")])
    assert (changed.resource.version, changed.views[1].told("version")) == ("1.0", "given")
    assert changed.views[0] is read.views[0]
    assert replace(changed.views[1].resource, version=None) == view.resource
