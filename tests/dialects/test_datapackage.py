"""datapackage.json: what it tells, in versions 1 and 2, and what fairkit writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.dialects import datapackage
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Table, Variable

from .documents import ANY_JSON, assert_sane, mutants, read, read_json
from .resources import resources

JETS: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "toy-jets",
    "id": "https://doi.org/10.5281/zenodo.1",
    "title": "Toy jets",
    "description": "Jets for a bar.",
    "homepage": "https://example.org/jets",
    "version": "1.10",
    "created": "2026-11-01T00:00:00Z",
    "keywords": ["jets", "toys"],
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "contributors": [
        {
            "title": "Ada Example",
            "givenName": "Ada",
            "familyName": "Example",
            "path": "https://orcid.org/0000-0002-1825-0097",
            "organization": "CERN",
            "roles": ["creator"],
        },
        {"title": "Sample, Bo", "roles": ["DataCurator"]},
        {"title": "A publisher", "roles": ["publisher"]},
    ],
    "sources": [{"title": "Older jets", "path": "https://doi.org/10.1000/182"}],
    "resources": [
        {
            "name": "train",
            "path": "train/jets.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "bytes": 12,
            "hash": "sha256:" + "ab" * 32,
            "schema": {
                "fields": [
                    {
                        "name": "pt",
                        "type": "number",
                        "unit": "GeV",
                        "description": "Transverse momentum",
                        "constraints": {"minimum": 20},
                        "missingValues": ["-999"],
                        "rdfType": "http://qudt.org/vocab/quantitykind/Momentum",
                    },
                    {"name": "label", "type": "integer", "categories": [{"value": 0, "label": "quark"}]},
                ]
            },
        },
        {"name": "web", "path": "https://example.org/jets.h5", "hash": "0" * 32},
    ],
}


def test_a_full_file_fills_every_field_that_the_dialect_holds() -> None:
    view = read_json("datapackage", JETS)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == datapackage.HOLDS


def test_the_fields_of_a_full_file() -> None:
    view = read_json("datapackage", JETS)
    resource = view.resource
    assert (resource.kind, resource.license, resource.version) == ("dataset", "CC-BY-4.0", "1.10")
    assert resource.creators[0].name == "Example, Ada"
    assert [one.role for one in resource.contributors] == ["DataCurator"]
    assert resource.publisher == Agent(name="A publisher")
    first, second = resource.distributions
    assert first == Distribution(
        name="train/jets.csv",
        byte_size=12,
        media_type="text/csv",
        checksums=(Checksum(algorithm="sha256", value="ab" * 32),),
    )
    assert (second.name, second.content_url, second.media_type) == (
        "jets.h5",
        "https://example.org/jets.h5",
        "application/x-hdf5",
    )
    assert second.checksums == (Checksum(algorithm="md5", value="0" * 32),)
    pt, label = resource.variables
    assert (pt.unit, pt.range, pt.missing) == ("GeV", (20.0, None), "-999")
    assert label.classes == (("0", "quark"),)
    assert view.pointers["variables"] == "/resources/0/schema/fields/0"


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"licenses": None, "license": "MIT"}, "license", "MIT"),
        ({"licenses": [{"path": "https://opensource.org/licenses/MIT"}]}, "license", "MIT"),
        ({"licenses": [{"name": "our-own"}]}, "license", "our-own"),
        ({"contributors": [{"title": "Ada"}]}, "creators", (Agent(name="Ada"),)),
        ({"contributors": [{"title": "Ada", "role": "author"}]}, "creators", (Agent(name="Ada"),)),
        ({"sources": [{"title": "Dice"}]}, "relations", (Relation(type="IsDerivedFrom", title="Dice"),)),
        ({"resources": [{"name": "x", "path": ["a.csv", "b.csv"], "bytes": 3}]}, "variables", ()),
    ],
)
def test_what_others_write(changes: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(read_json("datapackage", JETS | changes).resource, field) == value


@pytest.mark.parametrize(
    ("data", "known"),
    [
        ({"resources": [{"name": "x", "path": "x.csv"}]}, True),
        ({"resources": [{"name": "x", "data": []}]}, True),
        ({"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}, True),
        ({"resources": []}, False),
        ({"resources": [{"name": "x"}]}, False),
        ([], False),
    ],
)
def test_it_is_known_by_its_resources(data: Any, known: bool) -> None:
    assert datapackage.recognises(data) is known


def test_what_is_written_is_read_back_with_the_format_of_each_file() -> None:
    before = read_json("datapackage", JETS).resource
    after = read("datapackage", datapackage.write(before)).resource
    assert {**vars(after), "formats": ()} == {**vars(before), "formats": ()}
    assert after.formats == ("csv", "h5")


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        (Variable(name="x", dtype="float32"), {"name": "x", "type": "number"}),
        (
            Variable(name="x", dtype="UInt_t", range=(0, 3)),
            {"type": "integer", "constraints": {"minimum": 0, "maximum": 3}},
        ),
        (Variable(name="x", dtype="float32", shape=(None,), range=(0, 1)), {"name": "x", "type": "array"}),
        (Variable(name="x", dtype="timestamp[us]"), {"type": "datetime"}),
        (Variable(name="x"), {"name": "x", "type": "any"}),
        (Variable(name="x", dtype="int8", classes=(("1", "b"),)), {"categories": [{"value": 1, "label": "b"}]}),
        (Variable(name="x", dtype="int8", unit="GeV", classes=(("b", "c"),)), {"unit": "GeV"}),
    ],
)
def test_a_variable_is_a_field(variable: Variable, field: dict[str, Any]) -> None:
    file = Distribution(name="x.parquet", tables=(Table(name="x", columns=(Variable(name="x", dtype="old"),)),))
    written = json.loads(datapackage.write(Resource(distributions=(file,), variables=(variable,))))
    [made] = written["resources"][0]["schema"]["fields"]
    assert made | field == made


@pytest.mark.parametrize(
    ("name", "url", "path"),
    [
        ("a/b.csv", None, "a/b.csv"),
        ("/etc/passwd", None, "etc/passwd"),
        ("../b.csv", None, None),
        ("~/b.csv", None, None),
        ("file:b.csv", None, None),
        ("http://[", None, None),
        ("b.csv", "https://example.org/b.csv", "https://example.org/b.csv"),
        ("b.csv", "root://eos.example.org//b.csv", "b.csv"),
    ],
)
def test_no_path_leads_out_of_the_folder(name: str, url: str | None, path: str | None) -> None:
    written = json.loads(datapackage.write(Resource(distributions=(Distribution(name=name, content_url=url),))))
    assert [row["path"] for row in written["resources"]] == ([path] if path else [])


def test_each_resource_has_a_name_of_its_own() -> None:
    files = tuple(Distribution(name=name) for name in ("a b.csv", "a-b.csv", "A/b.csv", "é"))
    written = json.loads(datapackage.write(Resource(distributions=files)))
    assert [row["name"] for row in written["resources"]] == ["a-b.csv", "a-b.csv-2", "a-b.csv-3", "file"]


def test_the_best_checksum_is_written() -> None:
    sums = (Checksum(algorithm="adler32", value="00"), Checksum(algorithm="sha256", value="ab"))
    other = (Checksum(algorithm="adler32", value="00"), Checksum(algorithm="x y", value="zz"))
    files = (Distribution(name="a", checksums=sums), Distribution(name="b", checksums=other))
    written = json.loads(datapackage.write(Resource(distributions=files)))
    assert [row["hash"] for row in written["resources"]] == ["sha256:ab", "adler32:00"]


def test_an_identifier_that_leads_nowhere_is_named() -> None:
    isbn = Identifier(scheme="toy", value="7")
    assert json.loads(datapackage.write(Resource(identifiers=(isbn,))))["id"] == "toy:7"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    assert_sane(read("datapackage", datapackage.write(resource)))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for _, data in mutants(JETS):
        assert_sane(read_json("datapackage", data))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(JETS)), ANY_JSON))
def test_any_json_in_any_key_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("datapackage", JETS | changes))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read("datapackage", "{")
