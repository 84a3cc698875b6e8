"""RO-Crate: valid to its validator, read by its library, and crates of others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fairkit.dialects import ro_crate
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity
from fairkit.model.resource import KINDS, Resource
from tests.judges.environments import ask

from .documents import ANY_JSON, assert_sane, mutants, read_json
from .resources import resources
from .written import BARE, HOSTILE, RICH, again, whole

THEIRS: dict[str, Any] = {
    "@context": "https://w3id.org/ro/crate/1.1/context",
    "@graph": [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {"@id": "data/", "@type": "Dataset", "name": "not the root", "hasPart": [{"@id": "data/a.csv"}, {"@id": "./"}]},
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Toys",
            "description": "A crate of others",
            "datePublished": "2026-05-31",
            "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
            "author": {"@id": "https://orcid.org/0000-0002-1825-0097"},
            "hasPart": [{"@id": "data/"}, {"@id": "b%20c.txt"}, {"@id": "https://example.org/d.zip"}],
            "mentions": [{"@id": "#run"}, {"@id": "https://doi.org/10.1000/182"}],
        },
        {"@id": "data/a.csv", "@type": "File", "contentSize": "12", "encodingFormat": ["text/csv", {"@id": "#csv"}]},
        {"@id": "b%20c.txt", "@type": ["File", "SoftwareSourceCode"], "name": "Notes", "contentSize": 3},
        {"@id": "https://example.org/d.zip", "@type": "File", "name": "d.zip", "sha256": "AB" * 32},
        {"@id": "https://orcid.org/0000-0002-1825-0097", "@type": "Person", "name": "Ada"},
        {"@id": "https://doi.org/10.1000/182", "@type": "ScholarlyArticle", "name": "A paper"},
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": "Ran it",
            "instrument": {"@id": "#tool"},
            "object": [{"@id": "b%20c.txt"}, {"@type": "PropertyValue", "name": "n", "value": 3}],
            "result": {"@id": "data/a.csv"},
            "endTime": "2026-05-01",
        },
        {"@id": "#tool", "@type": "SoftwareApplication", "name": "tool", "softwareVersion": "2"},
    ],
}


def graph(resource: Resource) -> dict[str, dict[str, Any]]:
    """What is written, by `@id`."""
    return {node["@id"]: node for node in json.loads(ro_crate.write(resource))["@graph"]}


def test_a_crate_of_others_is_read() -> None:
    assert ro_crate.recognises(THEIRS)
    view = read_json("ro-crate", THEIRS)
    assert_sane(view)
    resource = view.resource
    assert (resource.title, resource.license, resource.creators[0].name) == ("Toys", "CC-BY-4.0", "Ada")
    assert [(file.name, file.byte_size, file.content_url) for file in resource.distributions] == [
        ("data/a.csv", 12, None),
        ("b c.txt", 3, None),
        ("d.zip", None, "https://example.org/d.zip"),
    ]
    assert resource.distributions[0].media_type == "text/csv"
    assert resource.activities == (
        Activity(
            name="Ran it",
            used=(Entity(name="Notes"),),
            generated=(Entity(name="data/a.csv"),),
            software=(Entity(name="tool", version="2"),),
            parameters=(("n", "3"),),
            ended="2026-05-01",
        ),
    )
    [relation] = resource.relations
    assert (relation.type, relation.title) == ("References", "A paper")
    assert relation.identifier == Identifier(scheme="doi", value="10.1000/182")


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"@graph": 3}, {"@graph": [{"conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}}]}, [THEIRS]],
)
def test_other_json_is_no_crate(data: Any) -> None:
    assert not ro_crate.recognises(data)
    assert_sane(read_json("ro-crate", data))


def test_nodes_stand_side_by_side_and_refer_to_each_other() -> None:
    nodes = graph(RICH)
    assert all(not set(value) - {"@id"} for node in nodes.values() for value in _inner(node))
    named = {value["@id"] for node in nodes.values() for value in _inner(node)}
    assert named - nodes.keys() == {"https://w3id.org/ro/crate/1.2"}
    assert nodes["./"]["author"][0] == {"@id": "https://orcid.org/0000-0002-1825-0097"}
    assert nodes["./"]["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}
    assert nodes["data/train%201.parquet"]["sha256"] == "ab" * 32
    assert nodes["data/train%201.parquet"]["contentSize"] == "1234"


def _inner(node: dict[str, Any]) -> list[dict[str, Any]]:
    values = [one for value in node.values() for one in (value if isinstance(value, list) else [value])]
    return [value for value in values if isinstance(value, dict)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_dataset_and_itself(kind: Any) -> None:
    types = graph(replace(BARE, kind=kind))["./"]["@type"]
    assert "Dataset" in types
    assert again("ro-crate", replace(BARE, kind=kind)).resource.kind == kind


def test_files_of_one_name_and_odd_names_have_ids_of_their_own() -> None:
    names = ("a.csv", "a.csv", "./a.csv", "/b", "..", "ro-crate-metadata.json", "ü ?#.csv", "")
    resource = replace(BARE, listing="complete", distributions=tuple(Distribution(name=name) for name in names))
    nodes = graph(resource)
    assert len(nodes["./"]["hasPart"]) == len(names) == len({part["@id"] for part in nodes["./"]["hasPart"]})
    assert "about" in nodes["ro-crate-metadata.json"]


def faults(shared: Path, document: bytes, *folder: str) -> Any:
    """What the validator says must be otherwise, in one document or in each of several."""
    context = shared / "data" / "judges" / "ro-crate" / "context-1.2.jsonld"
    return ask("roc_validator", document, str(context), *folder)


def complete(resource: Resource) -> Resource:
    """The resource with what RO-Crate requires."""
    return replace(
        resource,
        title=resource.title or "T",
        description=resource.description or "D",
        license=resource.license or "MIT",
        date_published="2026-05-31",
        publisher=BARE.publisher,
    )


@pytest.mark.judge
def test_what_is_written_is_valid(shared: Path) -> None:
    every = [RICH, replace(RICH, kind="model"), BARE, *(complete(whole(text)) for text in HOSTILE[1:5:2])]
    documents = b",".join(map(ro_crate.write, every))
    assert faults(shared, b"[" + documents + b"]") == [[] for _ in every]


@pytest.mark.judge
def test_the_validator_finds_what_is_wrong(shared: Path) -> None:
    [found] = faults(shared, b"[" + ro_crate.write(replace(BARE, license=None)) + b"]")
    assert any("license" in message for message in found)


@pytest.mark.judge
def test_it_is_valid_where_the_files_lie(shared: Path, tmp_path: Path) -> None:
    files = RICH.distributions[0], RICH.distributions[2]
    for file in files:
        (tmp_path / file.name).parent.mkdir(exist_ok=True)
        (tmp_path / file.name).write_bytes(b"x")
    assert faults(shared, ro_crate.write(replace(RICH, distributions=files)), str(tmp_path)) == []


@pytest.mark.judge
@settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(every=st.lists(resources(), min_size=3, max_size=3))
def test_any_resource_that_has_what_is_required_is_valid(shared: Path, every: list[Resource]) -> None:
    documents = b",".join(ro_crate.write(complete(one)) for one in every)
    assert faults(shared, b"[" + documents + b"]") == [[] for _ in every]


@pytest.mark.judge
def test_its_library_finds_what_is_in_it() -> None:
    found = ask("rocrate", ro_crate.write(RICH))
    assert (found["name"], found["root"]) == ("Toy jets", "./")
    assert found["entities"].keys() == graph(RICH).keys()
    assert found["entities"]["https://orcid.org/0000-0002-1825-0097"]["name"] == "Example, Ada"


@settings(max_examples=60)
@given(st.integers(0, len(THEIRS["@graph"]) - 1), st.dictionaries(st.sampled_from(["@id", "@type", "name"]), ANY_JSON))
def test_any_json_in_any_node_is_read(number: int, changes: dict[str, Any]) -> None:
    rows = [node | changes if index == number else node for index, node in enumerate(THEIRS["@graph"])]
    assert_sane(read_json("ro-crate", THEIRS | {"@graph": rows}))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(THEIRS, depth=4):
        try:
            assert_sane(read_json("ro-crate", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


def test_folders_that_hold_each_other_end() -> None:
    rows = [{"@id": f"{n}/", "@type": "Dataset", "hasPart": [{"@id": f"{m}/"} for m in range(200)]} for n in range(200)]
    root = {"@id": "./", "@type": "Dataset", "hasPart": [{"@id": f"{n}/"} for n in range(200)]}
    view = read_json("ro-crate", {"@graph": [THEIRS["@graph"][0], root, *rows]})
    assert view.resource.distributions == ()


def _model(**told: Any) -> dict[str, Any]:
    """A crate with a model of which these properties are told."""
    rows = [{"@type": "PropertyValue", "name": name, "value": value} for name, value in told.items()]
    root = {"@id": "./", "@type": ["Dataset", "https://w3id.org/fair4ml/MLModel"], "additionalProperty": rows}
    return {"@graph": [THEIRS["@graph"][0], root]}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("[{", "is no JSON"),
        (3, "is no text with JSON in it"),
        ('[{"role": "eaten"}]', "at 0/role: Input should be 'trained', 'validated' or 'tested'"),
        ("7", "is none: Input should be a valid tuple"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_a_property_of_a_model_that_is_broken_is_a_fault(value: Any, why: str) -> None:
    view = read_json("ro-crate", _model(**{"fairkit:data_uses": value, "fairkit:tasks": '["tagging"]'}))
    assert view.faults == (f"/@graph/1/additionalProperty/0: fairkit:data_uses {why}",)
    assert (view.resource.tasks, view.resource.data_uses) == (("tagging",), ())
    assert_sane(view)


def test_a_word_of_others_is_no_fault() -> None:
    view = read_json("ro-crate", _model(tasks=7, results="good", other="[{"))
    assert view.faults == ()
    assert not {"tasks", "results"} & set(view.given)
