"""The portal's rules: a good record has no fault, and each kind of broken one exactly its own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from fairkit.publish.cern.rules import CODES, LICENCES, faults

AREA = "root://eospublic.cern.ch//eos/opendata/atlas/upload/jets"
Change = Callable[[dict[str, Any]], Any]


def row(name: str, size: int = 5, checksum: str = "adler32:00000001") -> dict[str, Any]:
    return {"uri": f"{AREA}/{name}", "size": size, "checksum": checksum}


def good(number: int = 7) -> dict[str, Any]:
    return {
        "recid": f"atlas-{number}",
        "title": "Jets",
        "publisher": "CERN Open Data Portal",
        "date_published": "2026",
        "date_created": ["2016"],
        "experiment": ["ATLAS"],
        "collaboration": {"name": "ATLAS collaboration"},
        "type": {"primary": "Dataset", "secondary": ["Derived"]},
        "license": {"attribution": "CC0-1.0"},
        "distribution": {"number_files": 2, "size": 10},
        "files": [row(f"{number}-a.h5"), row(f"{number}-b.h5")],
    }


def put(*way: str | int, value: Any) -> Change:
    def change(record: dict[str, Any]) -> None:
        inner: Any = record
        for step in way[:-1]:
            inner = inner[step]
        inner[way[-1]] = value

    return change


def drop(*way: str | int) -> Change:
    def change(record: dict[str, Any]) -> None:
        inner: Any = record
        for step in way[:-1]:
            inner = inner[step]
        del inner[way[-1]]

    return change


def many(record: dict[str, Any]) -> None:
    record["files"] = [row(f"{number}.h5") for number in range(21)]
    record["distribution"] = {"number_files": 21, "size": 105}


def alone(record: dict[str, Any]) -> None:
    record["files"] = [row("file-indexes/a_file_index.json") | {"type": "index.json"}]


BROKEN: list[tuple[str, str, Change]] = [
    ("form", "/0/publisher", drop("publisher")),
    ("form", "/0/colour", put("colour", value="red")),
    ("form", "/0/distribution/size", put("distribution", "size", value="10")),
    ("form", "/0/distribution/availability", put("distribution", "availability", value="tape")),
    ("recid-form", "/0/recid", put("recid", value="12102")),
    ("recid-form", "/0/recid", put("recid", value="cms-7")),
    ("recid-taken", "/0/recid", put("recid", value="atlas-12102")),
    ("experiment-other", "/0/experiment", put("experiment", value=["ATLAS", "CMS"])),
    ("title-empty", "/0/title", put("title", value=" ")),
    ("created-missing", "/0/date_created", drop("date_created")),
    ("maker-missing", "/0/authors", drop("collaboration")),
    ("secondary-missing", "/0/type/secondary", drop("type", "secondary")),
    ("licence-other", "/0/license/attribution", put("license", "attribution", value="CC-BY-4.0")),
    ("doi-prefix", "/0/doi", put("doi", value="10.5281/zenodo.4")),
    ("file-size", "/0/files/0", lambda record: (drop("files", 0, "size")(record), drop("distribution")(record))),
    ("file-checksum", "/0/files/1", put("files", 1, "checksum", value="adler32:1")),
    ("file-checksum", "/0/files/1", drop("files", 1, "checksum")),
    ("file-uri", "/0/files/0", put("files", 0, "uri", value="https://example.org/a.h5")),
    ("file-uri", "/0/files/0", put("files", 0, "uri", value=AREA.replace("atlas", "cms") + "/a.h5")),
    ("uri-twice", "/*/files", put("files", 1, "uri", value=f"{AREA}/7-a.h5")),
    ("uri-taken", "/0", put("files", 1, "uri", value=f"{AREA}/old.h5")),
    ("files-missing", "/0/files", drop("files")),
    ("count-wrong", "/0/distribution/number_files", put("distribution", "number_files", value=3)),
    ("count-wrong", "/0/distribution/size", put("distribution", "size", value=11)),
    ("index-alone", "/0/files", alone),
    ("too-many-files", "/0/files", many),
    ("link-broken", "/0/links/0/url", put("links", value=[{"url": "javascript:alert(1)"}])),
]


def judged(*records: Any, experiment: str = "atlas") -> list[tuple[str, str]]:
    found = faults(records, experiment, taken=("12102",), uris=(f"{AREA}/old.h5",))
    assert all(one.remedy and one.what for one in found)
    return [(one.code, one.place) for one in found]


def test_a_good_record_has_no_fault() -> None:
    assert judged(good()) == []
    assert judged(good(7), good(8)) == []


@pytest.mark.parametrize(("code", "place", "change"), BROKEN)
def test_a_broken_record_has_exactly_its_own_fault(code: str, place: str, change: Change) -> None:
    record = copy.deepcopy(good())
    change(record)
    assert judged(record) == [(code, place)]


def test_two_records_share_neither_number_nor_doi() -> None:
    one, other = good(7), good(8)
    other["recid"] = "atlas-7"
    assert judged(one, other) == [("recid-twice", "/*/recid")]
    one, other = good(7), good(8)
    one["doi"] = other["doi"] = "10.7483/OPENDATA.ATLAS.AAAA.BBBB"
    assert judged(one, other) == [("doi-twice", "/*/doi")]


def test_records_of_cms_say_what_all_of_them_say() -> None:
    record = good() | {"recid": "cms-7", "experiment": ["CMS"], "accelerator": "Tevatron"}
    record["collaboration"] = {"name": "CMS Collaboration"}
    record["files"] = [one | {"uri": one["uri"].replace("atlas", "cms")} for one in record["files"]]
    assert judged(record, experiment="cms") == [("cms-constant", "/0/accelerator")]
    assert judged(record | {"accelerator": "CERN-LHC"}, experiment="cms") == []


def test_every_rule_is_broken_here() -> None:
    own = {"recid-twice", "doi-twice", "cms-constant"}
    assert {code for code, _, _ in BROKEN} | own == set(CODES)
    assert len(LICENCES) == 5


@pytest.mark.parametrize("record", [None, 3, "x", [], {}, {"recid": 7}, {"files": [None]}, {"files": {"a": 1}}])
def test_what_is_no_record_is_told_so(record: Any) -> None:
    assert {code for code, _ in judged(record)} == {"form"}
