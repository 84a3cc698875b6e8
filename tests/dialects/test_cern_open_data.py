"""CERN Open Data records: every form, the facts of the real ones, and values of the wrong type anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import cern_open_data
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from tests.servers.envelopes import envelope

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

DATA = "cern-open-data"

RICH: dict[str, Any] = {
    "$schema": "http://opendata.cern.ch/schema/records/record-v1.0.0.json",
    "recid": "5",
    "doi": "10.7483/OPENDATA.CMS.TOY1.JETS",
    "pids": {"oai": {"id": "oai:cernopendata.cern:5"}},
    "title": "/Toy/Jets/AOD",
    "title_additional": "Toy jets",
    "abstract": {
        "description": "<p>Jets with |η| < 2.4 &amp; more</p> supersedes <a href='/record/4'>the first</a>",
        "links": [{"url": "/docs/toy", "title": "About toys"}],
    },
    "keywords": ["toys"],
    "type": {"primary": "Dataset", "secondary": ["Derived"]},
    "language": "English",
    "experiment": ["CMS"],
    "accelerator": "CERN-LHC",
    "categories": {"primary": "Higgs Physics", "secondary": ["Toys"]},
    "collision_information": {"type": "pp", "energy": "13TeV"},
    "date_created": ["2016", "2012"],
    "date_published": "2019",
    "publisher": "CERN Open Data Portal",
    "authors": [
        {
            "name": "Example, Ada",
            "orcid": "0000-0002-1825-0097",
            "inspireid": "INSPIRE-00000001",
            "affiliation": "CERN;Elsewhere",
            "rorid": "01ggx4157",
        }
    ],
    "collaboration": {"name": "CMS Collaboration", "recid": "450"},
    "license": {"attribution": "CC0-1.0"},
    "availability": "online",
    "distribution": {"formats": ["root"], "size": 30, "number_files": 2, "number_events": 7, "availability": "online"},
    "files": [
        {"uri": "root://x//train/a.root", "size": 10, "checksum": "adler32:1", "filename": "a.root"},
        {"uri": "root://x//test/b.root", "size": 20, "checksum": "sha1:00", "type": "data"},
    ],
    "dataset_semantics": [{"variable": "pt", "type": "Float_t", "unit": "GeV", "description": "<b>momentum</b>"}],
    "dataset_semantics_files": {"json": "/eos/toy.json", "url": "/eos/toy.html"},
    "relations": [{"type": "isChildOf", "recid": "12000", "title": "A parent"}],
    "methodology": {
        "description": "produced with this software",
        "links": [{"recid": "12103"}],
        "steps": [
            {
                "type": "SIM",
                "release": "CMSSW_7_1_0",
                "generators": ["pythia8"],
                "global_tag": "GT1",
                "note": "by hand",
                "configuration_files": [{"title": "the card", "recid": "9"}, {"process": "SIM", "url": "/record/8"}],
                "output_dataset": "/Toy/Jets/SIM",
            }
        ],
    },
    "validation": {"description": "looked at", "links": [{"url": "https://example.org/plots"}]},
    "usage": {"description": "read it", "links": [{"recid": "11"}]},
    "use_with": {"links": [{"recid": "12", "description": "a tool"}]},
    "links": [{"url": "“http://dx.doi.org/10.1000/paper"}],
    "note": {"description": "superseded by <a href='/record/6'>the next</a>"},
    "source_code_repository": {"url": "https://github.com/toy/jets"},
    "system_details": {"release": "CMSSW_7_1_0", "global_tag": "GT1", "container_images": [{"name": "cms/vm"}]},
}


def cern(value: str) -> Identifier:
    return Identifier(scheme="cern-open-data", value=value)


def files(shared: Path) -> list[Path]:
    found = [*shared.glob("data/cern-open-data/records/*.json"), *shared.glob("data/cern-open-data/sample/*.json")]
    return sorted(path for path in found if path.name != "INDEX.json")


def record(shared: Path, recid: str) -> dict[str, Any]:
    path = next(path for path in files(shared) if path.stem == recid)
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def test_a_rich_record_fills_every_field_that_the_dialect_holds() -> None:
    view = read_json(DATA, RICH)
    assert_sane(view)
    assert view.faults == ()
    assert cern_open_data.HOLDS - view.pointers.keys() == {"date_modified", "implied_license"}


def test_every_published_record_is_read_whole(shared: Path) -> None:
    every = files(shared)
    assert len(every) == 253
    for path in every:
        view = read(DATA, path.read_bytes())
        assert_sane(view)
        assert view.faults == (), path.name
        assert {"title", "identifiers", "type", "date_published"} <= view.pointers.keys(), path.name


def test_the_facts_of_12102(shared: Path) -> None:
    resource = read_json(DATA, record(shared, "12102")).resource
    assert len(resource.variables) == 178
    assert not any(variable.unit for variable in resource.variables)
    assert [r.type for r in resource.relations] == ["IsDerivedFrom"] * 21 + ["IsCompiledBy"]
    assert resource.relations[-1].identifier == cern("12103")
    assert [split.name for split in resource.splits] == ["test", "train"]
    assert (resource.byte_size, resource.file_count, resource.entry_count) == (244_910_603_204, 182, None)
    assert (resource.license, resource.implied_license) == ("CC0-1.0", None)
    assert resource.creators == (
        Agent(
            name="Duarte, Javier",
            type="person",
            identifiers=(Identifier(scheme="orcid", value="0000-0002-5076-7096"),),
        ),
    )
    assert resource.listing == "index"
    assert len(resource.distributions) == 8


def test_the_envelope_of_12102_lists_its_files(shared: Path) -> None:
    view = read_json(DATA, envelope(record(shared, "12102")))
    assert_sane(view)
    resource = view.resource
    assert resource.listing == "complete"
    assert len(resource.distributions) == resource.file_count == 182
    assert sum(file.byte_size or 0 for file in resource.distributions) == resource.byte_size
    assert {(split.name, split.file_count) for split in resource.splits} == {("train", 164), ("test", 18)}
    assert view.told("splits") == "extracted"
    assert resource.access == "open"
    assert view.pointers["license"] == "/metadata/license/attribution"


@pytest.mark.parametrize(
    ("recid", "licence", "implied"),
    [
        ("328", None, "CC0-1.0"),
        ("330", None, None),
        ("12320", "GPL-3.0-only", None),
        ("12102", "CC0-1.0", None),
    ],
)
def test_a_licence_is_what_the_record_says(shared: Path, recid: str, licence: str | None, implied: str | None) -> None:
    view = read_json(DATA, record(shared, recid))
    assert (view.resource.license, view.resource.implied_license) == (licence, implied)
    assert view.told("implied_license") == (None if implied is None else "guessed")


def test_supersession_is_read_from_prose(shared: Path) -> None:
    assert read_json(DATA, record(shared, "15013")).resource.superseded_by == (cern("80030"),)
    assert read_json(DATA, record(shared, "80030")).resource.supersedes == (cern("15013"),)


def test_supersession_is_read_from_the_words_beside_a_relation(shared: Path) -> None:
    view = read_json(DATA, record(shared, "414"))
    assert view.resource.superseded_by == (cern("415"),)
    assert view.pointers["superseded_by"] == "/relations/0/description"
    assert view.told("superseded_by") == "extracted"


def test_few_published_records_are_superseded_or_supersede(shared: Path) -> None:
    found = {path.stem: read(DATA, path.read_bytes()).resource for path in files(shared)}
    assert {name for name, resource in found.items() if resource.superseded_by} == {"414", "15013"}
    assert {name for name, resource in found.items() if resource.supersedes} == {"80030"}


SUPERSESSIONS = [
    ("superseded by", "superseded_by"),
    ("This was superseeded by the second release.", "superseded_by"),
    ("It is <b>replaced by</b> a new revision of the policy in", "superseded_by"),
    ("This tool is deprecated, please use this one:", "superseded_by"),
    ("Replaces the first release", "supersedes"),
    ("This supersedes", "supersedes"),
    ("Replace the file by this one", None),
    ("The files were replaced by hand. A tutorial is in", None),
    ("The older ones are deprecated", None),
    ("", None),
]


@pytest.mark.parametrize("words", [case[0] for case in SUPERSESSIONS])
@pytest.mark.parametrize("place", ["relations", "links", "usage"])
def test_the_words_beside_any_link_tell_which_work_is_newer(words: str, place: str) -> None:
    expected = dict(SUPERSESSIONS)[words]
    rows = [{"recid": "2", "description": "A tool"}, {"recid": "3", "description": words, "type": "isRelatedTo"}]
    record = {"recid": "1", "type": {}, place: {"links": rows} if place == "usage" else rows}
    resource = read_json(DATA, record).resource
    told = {name: getattr(resource, name) for name in ("superseded_by", "supersedes")}
    assert {name: value for name, value in told.items() if value} == ({expected: (cern("3"),)} if expected else {})


def test_words_that_lead_nowhere_supersede_nothing() -> None:
    rows = [{"description": "replaced by something better"}]
    assert read_json(DATA, {"recid": "1", "type": {}, "relations": rows}).resource.superseded_by == ()


FORMS = [
    pytest.param(RICH, "", id="bare"),
    pytest.param([RICH], "/0", id="list of one"),
    pytest.param({"id": "5", "metadata": RICH, "links": {}}, "/metadata", id="envelope"),
    pytest.param({"hits": {"hits": [{"metadata": RICH}], "total": 1}}, "/hits/hits/0/metadata", id="search answer"),
]


@pytest.mark.parametrize(("data", "base"), FORMS)
def test_every_form_tells_the_same(data: Any, base: str) -> None:
    assert cern_open_data.recognises(data)
    view, bare = read_json(DATA, data), read_json(DATA, RICH)
    assert view.resource == bare.resource
    assert view.pointers == {name: base + pointer for name, pointer in bare.pointers.items()}


@pytest.mark.parametrize("data", [None, 3, "recid", [], {}, {"recid": "1"}, {"hits": {"hits": []}}, {"metadata": []}])
def test_other_json_is_not_recognised(data: Any) -> None:
    assert not cern_open_data.recognises(data)
    assert_sane(read_json(DATA, data))


def test_a_search_answer_without_files_withholds_them() -> None:
    slim = {key: value for key, value in RICH.items() if key != "files"}
    view = read_json(DATA, {"hits": {"hits": [{"metadata": slim}]}})
    assert view.withheld == {"distributions", "listing", "splits"}
    assert not view.known & view.withheld
    assert read_json(DATA, {"metadata": slim}).withheld == frozenset()


@pytest.mark.parametrize(
    ("doi", "schemes"),
    [
        ("", ["cern-open-data", "oai"]),
        ("10.7483/OPENDATA.ATLAS.ZBP2.M5T8", ["doi", "cern-open-data", "oai"]),
        ("https://doi.org/10.7483/OPENDATA.ATLAS.ZBP2.M5T8", ["doi", "cern-open-data", "oai"]),
        ("soon", ["doi", "cern-open-data", "oai"]),
    ],
)
def test_a_doi_that_is_empty_is_none(doi: str, schemes: list[str]) -> None:
    found = read_json(DATA, RICH | {"doi": doi}).resource.identifiers
    assert [identifier.scheme for identifier in found] == schemes
    assert str(found[-1]) == "oai:cernopendata.cern:5"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ({"recid": "12103"}, "cern-open-data:12103"),
        ({"recid": 12103}, "cern-open-data:12103"),
        ({"url": "/record/atlas-160006"}, "cern-open-data:atlas-160006"),
        ({"url": "/docs/toy"}, "url:https://opendata.cern.ch/docs/toy"),
        ({"url": "//example.org/x"}, "url:https://example.org/x"),
        ({"url": "“http://dx.doi.org/10.1000/182"}, "doi:10.1000/182"),
    ],
)
def test_links_become_whole(link: dict[str, Any], target: str) -> None:
    [relation] = read_json(DATA, {"recid": "1", "type": {"primary": "Dataset"}, "links": [link]}).resource.relations
    assert str(relation.identifier) == target


@pytest.mark.parametrize(
    ("spelling", "type_"),
    [
        ("isChildOf", "IsDerivedFrom"),
        ("isParentOf", "IsSourceOf"),
        ("isPartOf", "IsPartOf"),
        ("isRelatedTo", "Relates"),
        ("isSiblingOf", "IsSiblingOf"),
        ("isProducedBy", "IsCompiledBy"),
        ("unheard of", "Relates"),
    ],
)
def test_the_portal_s_relation_types_are_known(spelling: str, type_: str) -> None:
    row = {"type": spelling, "recid": "2", "title": "Two"}
    [relation] = read_json(DATA, {"recid": "1", "type": {}, "relations": [row]}).resource.relations
    assert relation == Relation(type=type_, identifier=cern("2"), title="Two")


def test_thousands_of_authors_are_all_there() -> None:
    authors = [{"name": f"Author, {number}"} for number in range(3308)]
    resource = read_json(DATA, RICH | {"type": {"primary": "Documentation"}, "authors": authors}).resource
    assert (resource.kind, len(resource.creators)) == ("documentation", 3308)
    assert resource.contributors[0].role == "ResearchGroup"


def test_an_author_with_a_wrong_orcid_has_none() -> None:
    [author] = read_json(DATA, RICH | {"authors": [{"name": "A", "orcid": "0000-0002-1825-0098"}]}).resource.creators
    assert author.identifiers == ()


def test_affiliations_have_their_own_ror() -> None:
    homes = read_json(DATA, RICH).resource.creators[0].affiliations
    assert [(home.name, home.identifier("ror")) for home in homes] == [("CERN", "01ggx4157"), ("Elsewhere", None)]


@pytest.mark.parametrize("form", [lambda data: data, envelope], ids=["bare", "envelope"])
def test_a_step_tells_its_software_and_settings(form: Any) -> None:
    [step] = read_json(DATA, form(RICH)).resource.activities
    assert (step.name, step.description) == ("SIM", "by hand")
    assert [(program.name, program.version) for program in step.software] == [
        ("CMSSW", "CMSSW_7_1_0"),
        ("pythia8", None),
    ]
    assert step.parameters == (("global_tag", "GT1"),)
    assert [entity.identifier for entity in step.used] == [cern("9"), cern("8")]


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(RICH):
        try:
            assert_sane(read_json(DATA, data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(RICH)), ANY_JSON))
def test_any_json_in_any_field_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json(DATA, RICH | changes))


@settings(max_examples=100, deadline=None)
@given(ANY_JSON)
def test_any_json_is_read(data: Any) -> None:
    assert_sane(read_json(DATA, data))
