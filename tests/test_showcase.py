"""The showcase tells the facts of CERN Open Data record 12102, in words of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHOWCASE = Path(__file__).parents[1] / "showcase" / "12102"
DOI = "10.7483/OPENDATA.CMS.JGJX.MS7Q"
ORCID = "0000-0002-5076-7096"
NOTEBOOK = "https://github.com/cernopendata-datascience/HiggsToBBMachineLearning"

LONGEST_SHARED_RUN = 5  # words; names such as "CMS-PAS-JME-13-002" are that long
SHORTEST_PROSE = 8  # words; below that an original is a label, which has few other wordings


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def without_markup(html: str) -> str:
    return re.sub(r"</?[a-z][^>]*>", "", html)


def prose(document: Any) -> Iterator[str]:
    """Every description, at any depth."""
    if isinstance(document, list):
        for item in document:
            yield from prose(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from prose(value)


def without_prose(document: Any) -> Any:
    """The same document, its descriptions blank: what is left are facts."""
    if isinstance(document, list):
        return [without_prose(item) for item in document]
    if isinstance(document, dict):
        return {
            key: "" if key == "description" and isinstance(value, str) else without_prose(value)
            for key, value in document.items()
        }
    return document


def words(text: str) -> list[str]:
    return re.findall(r"\w+", without_markup(text).lower())


def runs(text: str, *, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


@pytest.fixture(scope="module")
def metadata() -> Any:
    return read(SHOWCASE / "native.json")["metadata"]


def test_the_envelope_is_that_of_the_portal() -> None:
    native = read(SHOWCASE / "native.json")
    assert native.keys() == {"id", "links", "metadata"}
    assert (native["id"], native["metadata"]["recid"]) == ("12102", "12102")
    assert native["links"] == {"self": "https://opendata.cern.ch/api/records/12102"}
    assert native["metadata"]["pids"] == {"oai": {"id": "oai:cernopendata.cern:12102"}}


@pytest.mark.parametrize(
    ("what", "count"), [("dataset_semantics", 178), ("relations", 21), ("files", 8), ("authors", 1)]
)
def test_the_record_has_this_many(what: str, count: int, metadata: Any) -> None:
    assert len(metadata[what]) == count


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doi", DOI),
        ("license", {"attribution": "CC0-1.0"}),
        ("authors", [{"name": "Duarte, Javier", "orcid": ORCID}]),
        ("distribution", {"formats": ["root", "h5"], "number_files": 182, "size": 244_910_603_204}),
        ("keywords", ["datascience"]),
        ("type", {"primary": "Dataset", "secondary": ["Derived"]}),
        ("date_published", "2019"),
    ],
)
def test_the_record_states(field: str, value: object, metadata: Any) -> None:
    assert metadata[field] == value


def test_every_file_is_an_index_with_its_size_and_checksum(metadata: Any) -> None:
    assert [(file["type"], file["size"], file["checksum"]) for file in metadata["files"]] == [
        ("index.json", 2_433, "adler32:f71e044f"),
        ("index.txt", 1_350, "adler32:0d8eebc2"),
        ("index.json", 2_487, "adler32:3f3c1de8"),
        ("index.txt", 1_386, "adler32:1a0ffc36"),
        ("index.json", 22_386, "adler32:bbc2aa25"),
        ("index.txt", 12_463, "adler32:24aaafca"),
        ("index.json", 22_878, "adler32:a2eb950d"),
        ("index.txt", 12_791, "adler32:3b6345c1"),
    ]


def test_every_variable_has_a_name_of_its_own_a_type_and_a_description(metadata: Any) -> None:
    rows = metadata["dataset_semantics"]
    assert len({row["variable"] for row in rows}) == len(rows)
    assert all(row.keys() == {"variable", "type", "description"} and row["description"] for row in rows)
    assert {row["type"] for row in rows} == {"Float_t", "Int_t", "UInt_t"}


def test_the_parents_are_the_records_12000_to_12020(metadata: Any) -> None:
    assert [relation["recid"] for relation in metadata["relations"]] == [str(recid) for recid in range(12000, 12021)]
    assert {relation["type"] for relation in metadata["relations"]} == {"isChildOf"}


@pytest.mark.parametrize(
    "fact",
    [
        *("Pythia 8", "13 TeV", "anti-kT", "R=0.8", "AK8", "CHS", "L1+L2+L3+residual"),
        *("pT > 200 GeV", "|η| < 2.4", "pT > 0.95 GeV", "ΔR < 0.8", "Hbb", "QCD"),
    ],
)
def test_the_abstract_keeps_the_physics(fact: str, metadata: Any) -> None:
    assert fact in metadata["abstract"]["description"]


@pytest.mark.parametrize("fact", ["ROOT", "H5", "100", "60 tracks", "5 secondary vertices", "zero-padded", NOTEBOOK])
def test_the_usage_keeps_the_facts(fact: str, metadata: Any) -> None:
    assert fact in metadata["usage"]["description"]


def test_the_exports_tell_the_prose_of_the_native_record(metadata: Any) -> None:
    descriptions = read(SHOWCASE / "datacite.json")["descriptions"]
    assert read(SHOWCASE / "record.jsonld")["description"] == metadata["abstract"]["description"]
    assert {each["descriptionType"]: each["description"] for each in descriptions} == {
        "Abstract": metadata["abstract"]["description"],
        "Methods": metadata["methodology"]["description"],
        "Other": without_markup(metadata["usage"]["description"]),
    }


@pytest.mark.shared
def test_the_native_facts_are_those_of_the_real_record(shared: Path, metadata: Any) -> None:
    real = read(shared / "data" / "cern-open-data" / "records" / "12102.json")
    ours = {key: value for key, value in metadata.items() if key != "pids"}
    assert without_prose(ours) == without_prose(real)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("ours", "real"), [("record.jsonld", "12102.jsonld"), ("datacite.json", "12102.datacite.json")]
)
def test_the_facts_of_an_export_are_those_of_the_real_one(ours: str, real: str, shared: Path) -> None:
    derived = shared / "data" / "cern-open-data" / "derived"
    assert without_prose(read(SHOWCASE / ours)) == without_prose(read(derived / real))


@pytest.mark.shared
@pytest.mark.parametrize("document", ["native.json", "record.jsonld", "datacite.json"])
def test_the_prose_is_our_own(document: str, shared: Path) -> None:
    real = read(shared / "data" / "cern-open-data" / "records" / "12102.json")
    length = LONGEST_SHARED_RUN + 1
    theirs = {run for text in prose(real) if len(words(text)) >= SHORTEST_PROSE for run in runs(text, length=length)}
    ours = {run for text in prose(read(SHOWCASE / document)) for run in runs(text, length=length)}
    assert ours & theirs == set()
    assert theirs
    assert ours
