"""Croissant: valid to its own library, records that it reads, and documents of others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fairkit.dialects import croissant
from fairkit.formats import parquet
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.resource import Resource
from fairkit.model.variable import Split, Variable
from tests.judges.environments import ask

from .documents import ANY_JSON, assert_sane, mutants, read_json
from .resources import resources
from .written import BARE, HOSTILE, RICH, whole, written

THEIRS: dict[str, Any] = {
    "@context": {"@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
    "@type": "sc:Dataset",
    "name": "toys",
    "description": "Toys of others",
    "conformsTo": "http://mlcommons.org/croissant/1.0",
    "citeAs": "Toys, 2026",
    "license": "https://spdx.org/licenses/MIT",
    "url": "https://example.org/toys",
    "creator": {"@type": "Person", "name": "Bo"},
    "isBasedOn": "https://doi.org/10.1000/182",
    "distribution": [
        {
            "@type": "cr:FileObject",
            "@id": "repo",
            "name": "repo",
            "contentUrl": "https://example.org/toys.zip",
            "contentSize": "12 KB",
            "encodingFormat": "application/zip",
            "sha256": "AB" * 32,
        },
        {"@type": "cr:FileSet", "@id": "all", "containedIn": {"@id": "repo"}, "includes": "*.csv"},
    ],
    "recordSet": [
        {
            "@type": "cr:RecordSet",
            "@id": "default_splits",
            "dataType": "cr:Split",
            "data": [{"default_splits/name": "train"}, {"default_splits/name": "test"}],
        },
        {
            "@type": "cr:RecordSet",
            "@id": "default",
            "field": [
                {
                    "@type": "cr:Field",
                    "@id": "default/pt",
                    "name": "default/pt",
                    "dataType": ["sc:Float", "cr:Float32"],
                },
                {"@type": "cr:Field", "name": "hits", "dataType": "sc:Integer", "isArray": True, "arrayShape": "-1,3"},
                {"@type": "cr:Field", "name": "tags", "description": "Words", "dataType": "sc:Text", "repeated": True},
                {
                    "@type": "cr:Field",
                    "name": "mass",
                    "description": "Mass [GeV]",
                    "annotation": {"equivalentProperty": "https://schema.org/unitText", "value": "GeV"},
                },
            ],
        },
    ],
}


def said(resource: Resource) -> Any:
    return json.loads(croissant.write(resource))


def test_a_document_of_others_is_read() -> None:
    assert croissant.recognises(THEIRS)
    view = read_json("croissant", THEIRS)
    assert_sane(view)
    resource = view.resource
    assert (resource.title, resource.license, resource.citation) == ("toys", "MIT", "Toys, 2026")
    assert [(file.name, file.byte_size, file.checksums[0].value) for file in resource.distributions] == [
        ("repo", 12_000, "ab" * 32)
    ]
    assert [split.name for split in resource.splits] == ["train", "test"]
    assert resource.variables == (
        Variable(name="default/pt", dtype="float32"),
        Variable(name="hits", dtype="int64", shape=(None, 3)),
        Variable(name="tags", dtype="string", description="Words", shape=(None,)),
        Variable(name="mass", description="Mass", unit="GeV"),
    )
    assert view.told("variables") == "extracted"
    assert [row.type for row in resource.relations] == ["IsDerivedFrom"]


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (THEIRS, True),
        ({"conformsTo": ["http://mlcommons.org/croissant/1.1"]}, True),
        ({"@context": {"cr": "http://mlcommons.org/croissant/"}}, True),
        ({"@context": "https://schema.org/", "@type": "Dataset"}, False),
        ({"conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}}, False),
        ([], False),
        (None, False),
    ],
)
def test_it_is_told_by_what_it_conforms_to(data: Any, is_one: bool) -> None:
    assert croissant.recognises(data) == is_one


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        (BARE, "1.0"),
        (replace(BARE, methodology="Pythia", keywords=("jets",)), "1.0"),
        (replace(BARE, usage_rules=("Weigh.",)), "1.1"),
        (replace(BARE, relations=RICH.relations), "1.1"),
        (replace(BARE, activities=RICH.activities), "1.1"),
    ],
)
def test_the_version_is_as_old_as_it_can_be(resource: Resource, version: str) -> None:
    assert said(resource)["conformsTo"] == f"http://mlcommons.org/croissant/{version}"


def test_files_without_the_digests_that_it_takes_are_left_out() -> None:
    kinds = {"a": ("adler32",), "b": ("md5", "sha1"), "c": ("sha256", "md5"), "d": ()}
    files = tuple(
        Distribution(name=name, checksums=tuple(Checksum(algorithm=kind, value="ab" * 16) for kind in each))
        for name, each in kinds.items()
    )
    rows = said(replace(BARE, distributions=files))["distribution"]
    digest = "ab" * 16
    assert [(row["name"], row.get("md5"), row.get("sha256"), row.get("identifier")) for row in rows] == [
        ("b", digest, None, [f"sha1:{digest}"]),
        ("c", None, digest, [f"md5:{digest}"]),
    ]


def table(folder: Path, name: str, *, rows: int, url: str | None = None) -> Distribution:
    """A Parquet file with a column of each sort, described as it is found."""
    columns = {
        "event": pa.array(range(rows), pa.int64()),
        "jet pt": pa.array([1.5] * rows, pa.float32()),
        "tracks": pa.array([[1.0, 2.0], [], [3.0]][:rows], pa.list_(pa.float64())),
        "image": pa.array([[[1, 2]], [[3], []], []][:rows], pa.list_(pa.list_(pa.int16()))),
        "flag": pa.array([True] * rows),
        "word": pa.array(["x"] * rows),
    }
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    pq.write_table(pa.table(columns), path)
    body = path.read_bytes()
    return Distribution(
        name=name,
        content_url=url,
        byte_size=len(body),
        media_type="application/vnd.apache.parquet",
        checksums=(Checksum(algorithm="sha256", value=hashlib.sha256(body).hexdigest()),),
        tables=parquet.facts(str(path)).tables,
    )


@pytest.mark.judge
def test_its_library_reads_records_of_one_file(tmp_path: Path) -> None:
    resource = replace(RICH, distributions=(table(tmp_path, "jets of mine.parquet", rows=3),), splits=())
    verdict = ask("mlcroissant", croissant.write(resource), str(tmp_path))
    assert (verdict["errors"], verdict["warnings"]) == ([], [])
    [(name, rows)] = verdict["records"].items()
    assert name == "records/jets-of-mine"
    assert rows[1] == {
        f"{name}/event": 1,
        f"{name}/jet-pt": 1.5,
        f"{name}/tracks": [],
        f"{name}/image": [[3], []],
        f"{name}/flag": True,
        f"{name}/word": "x",
    }


@pytest.mark.judge
def test_its_library_reads_like_files_as_one_and_tells_the_split(tmp_path: Path) -> None:
    files = (table(tmp_path, "data/train-[1].parquet", rows=3), table(tmp_path, "data/test-2.parquet", rows=2))
    splits = tuple(
        Split(name=name, entry_count=count, files=(file.name,))
        for name, count, file in zip(("train", "test"), (3, 2), files, strict=True)
    )
    verdict = ask("mlcroissant", croissant.write(replace(RICH, distributions=files, splits=splits)), str(tmp_path))
    assert (verdict["errors"], verdict["warnings"]) == ([], [])
    assert [row["splits/name"] for row in verdict["records"]["splits"]] == ["train", "test"]
    told = [(row["records/all/event"], row["records/all/_split"]) for row in verdict["records"]["records/all"]]
    assert sorted(told) == [(0, "test"), (0, "train"), (1, "test"), (1, "train"), (2, "train")]


def test_hdf5_has_no_records_since_nothing_could_load_them(tmp_path: Path) -> None:
    file = table(tmp_path, "a.parquet", rows=1)
    hdf5 = replace(file, name="a.h5", media_type="application/x-hdf5")
    assert "recordSet" not in said(replace(BARE, distributions=(hdf5,)))
    assert len(said(replace(BARE, distributions=(hdf5, file)))["recordSet"]) == 1


@pytest.mark.judge
@pytest.mark.parametrize("resource", [RICH, *map(whole, HOSTILE[:6])], ids=["rich", *map(str, range(6))])
def test_what_is_written_is_valid(resource: Resource) -> None:
    assert ask("mlcroissant", croissant.write(replace(resource, title=resource.title or "T")))["errors"] == []


@pytest.mark.judge
@settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(every=st.lists(resources(), min_size=15, max_size=15))
def test_any_resource_that_has_what_is_required_is_valid(every: list[Resource]) -> None:
    documents = [said(replace(one, title="T", creators=one.creators or BARE.creators)) for one in every]
    for document, verdict in zip(documents, ask("mlcroissant", json.dumps(documents).encode()), strict=True):
        assert verdict["errors"] == [], document


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(THEIRS)), ANY_JSON))
def test_any_json_in_any_property_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("croissant", THEIRS | changes))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(THEIRS, depth=6):
        try:
            assert_sane(read_json("croissant", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


def test_two_of_one_address_that_say_other_things_are_kept_apart() -> None:
    ada, other = RICH.creators[0], replace(RICH.creators[0], name="Another, Name")
    view = written("croissant", croissant.write(replace(BARE, creators=(ada, other))))
    assert view.resource.creators == (ada, other)
