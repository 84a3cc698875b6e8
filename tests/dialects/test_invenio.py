"""InvenioRDM records: both shapes, what each withholds, drafts, embargoes, versions, and hostile ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import invenio
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Subject

from .documents import ANY_JSON, assert_sane, mutants, read_json

PAGE = "https://repository.example/records/abcde-12345"
API = "https://repository.example/api/records/abcde-12345"


def term(name: str, title: str | None = None) -> dict[str, Any]:
    return {"id": name, "title": {"de": "…", "en": title or name}}


RICH: dict[str, Any] = {
    "id": "abcde-12345",
    "created": "2026-11-01T00:00:00+00:00",
    "updated": "2026-11-02T00:00:00+00:00",
    "links": {"self": API, "self_html": PAGE, "files": f"{API}/files", "latest_html": f"{PAGE}/latest"},
    "parent": {
        "id": "fghjk-67890",
        "access": {"settings": {"accept_conditions_text": "<p>Ask us.</p>"}},
        "pids": {"doi": {"identifier": "10.5072/fghjk-67890"}},
    },
    "versions": {"is_latest": False, "index": 1},
    "is_draft": False,
    "pids": {
        "doi": {"identifier": "10.5072/abcde-12345", "provider": "datacite"},
        "oai": {"identifier": "oai:repository.example:abcde-12345", "provider": "oai"},
    },
    "metadata": {
        "resource_type": term("dataset", "Dataset"),
        "title": "Toy <i>jets</i>",
        "additional_titles": [
            {"title": "Other", "type": term("other")},
            {"title": "Spielzeug", "type": term("translated-title")},
        ],
        "description": "<p>What</p>",
        "additional_descriptions": [
            {"description": "Notes", "type": term("notes")},
            {"description": "How", "type": term("methods")},
        ],
        "subjects": [
            {"subject": "jets"},
            {"id": "https://example.org/fos/1.3", "subject": "Physics", "scheme": "FOS"},
        ],
        "languages": [term("eng", "English")],
        "creators": [
            {
                "person_or_org": {
                    "type": "personal",
                    "name": "Example, Ada",
                    "identifiers": [{"identifier": "0000-0002-1825-0097", "scheme": "orcid"}],
                },
                "affiliations": [{"id": "01ggx4157", "name": "CERN"}, {"name": "Elsewhere"}],
            },
            {"person_or_org": {"type": "organizational", "name": "The Toy Collaboration"}},
            {"person_or_org": {"family_name": "Helper", "given_name": "Bob"}},
        ],
        "contributors": [
            {"person_or_org": {"type": "personal", "name": "Helper, Bob"}, "role": term("datacurator", "Data curator")},
        ],
        "publisher": "The toy repository",
        "publication_date": "2026-11-01",
        "dates": [
            {"date": "2016/2018", "type": term("collected")},
            {"date": "2026-11-03", "type": term("updated")},
            {"date": "2030", "type": term("valid")},
        ],
        "version": "1.0",
        "formats": ["text/csv"],
        "sizes": ["2 files", "1.5 kB"],
        "identifiers": [{"identifier": "https://example.org/ds/1", "scheme": "url"}],
        "related_identifiers": [
            {
                "identifier": "10.1000/182",
                "scheme": "doi",
                "relation_type": term("isderivedfrom"),
                "resource_type": term("publication-article"),
            },
            {"identifier": "10.5072/older", "scheme": "doi", "relation_type": term("isnewversionof")},
            {"identifier": "4711", "scheme": "ours", "relation_type": term("cites")},
        ],
        "references": [{"reference": "Example 2021", "identifier": "10.1000/183", "scheme": "doi"}],
        "rights": [
            {"title": {"en": "Our terms"}},
            {"id": "cc-by-4.0", "title": {"en": "CC BY 4.0"}, "props": {"url": "https://example.org/by"}},
        ],
        "funding": [
            {
                "funder": {"id": "00k4n6c32", "name": "European Commission"},
                "award": {
                    "number": "42",
                    "title": {"en": "Toys"},
                    "identifiers": [{"identifier": "https://cordis.europa.eu/project/id/42", "scheme": "url"}],
                },
            },
            {"award": {"number": "without a funder"}},
        ],
    },
    "custom_fields": {"code:codeRepository": "https://github.com/toy/jets"},
    "access": {
        "record": "public",
        "files": "restricted",
        "status": "embargoed",
        "embargo": {"active": True, "until": "2027-01-01", "reason": "A paper"},
    },
    "files": {
        "enabled": True,
        "count": 2,
        "total_bytes": 1500,
        "entries": {
            "a/b~.parquet": {
                "key": "a/b~.parquet",
                "size": 1000,
                "checksum": "md5:2c5488be733b96609d87bc663b84b8b7",
                "mimetype": "application/octet-stream",
                "links": {"content": f"{API}/files/a%2Fb~.parquet/content"},
            },
            "c.unheard": {"key": "c.unheard", "size": 500, "mimetype": "text/x-unheard"},
        },
    },
}

LEGACY: dict[str, Any] = {
    "created": "2026-11-01T00:00:00+00:00",
    "updated": "2026-11-02T00:00:00+00:00",
    "id": 16,
    "conceptrecid": "15",
    "doi": "10.5281/zenodo.16",
    "conceptdoi": "10.5281/zenodo.15",
    "links": {"self": API, "self_html": PAGE, "latest_html": f"{PAGE}/latest"},
    "submitted": True,
    "metadata": {
        "title": "Toy jets",
        "doi": "10.5281/zenodo.16",
        "publication_date": "2026-11-01",
        "description": "<p>What</p>",
        "method": "How",
        "access_right": "restricted",
        "access_conditions": "<p>Ask us.</p>",
        "embargo_date": "2027-01-01",
        "creators": [
            {"name": "Example, Ada", "affiliation": "CERN", "orcid": "0000-0002-1825-0097"},
            {"name": "The Toy Collaboration", "affiliation": None},
        ],
        "contributors": [{"name": "Helper, Bob", "type": "DataCurator"}],
        "keywords": ["jets", "toys"],
        "subjects": [{"term": "Physics", "identifier": "https://example.org/fos/1.3", "scheme": "url"}],
        "alternate_identifiers": [{"identifier": "2407.20127", "scheme": "arxiv"}],
        "related_identifiers": [
            {"identifier": "10.1000/182", "relation": "isDerivedFrom", "scheme": "doi", "resource_type": "dataset"},
            {"identifier": "10.5281/zenodo.9", "relation": "isNewVersionOf", "scheme": "doi"},
        ],
        "references": ["Example 2021"],
        "dates": [{"type": "Collected", "start": "2016-01-01", "end": "2018-12-31"}],
        "version": "1.0",
        "language": "eng",
        "license": {"id": "cc-by-4.0"},
        "resource_type": {"title": "Journal article", "type": "publication", "subtype": "article"},
        "grants": [
            {
                "code": "42",
                "title": "Toys",
                "url": "https://cordis.europa.eu/project/id/42",
                "funder": {"name": "European Commission", "doi": "10.13039/501100000780"},
            }
        ],
        "relations": {"version": [{"index": 0, "is_last": False}]},
        "custom": {"code:codeRepository": "https://github.com/toy/jets"},
    },
    "files": [
        {
            "key": "jets.csv",
            "size": 5,
            "checksum": "md5:280e6a7020b4049627ad4fc37271a36f",
            "links": {"self": f"{API}/files/jets.csv/content"},
        }
    ],
}


def doi(value: str) -> Identifier:
    return Identifier(scheme="doi", value=value)


def test_a_rich_record_fills_every_field_that_the_dialect_holds() -> None:
    view = read_json("invenio", RICH)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == invenio.HOLDS


def test_the_fields_of_a_rich_record() -> None:
    resource = read_json("invenio", RICH).resource
    assert (resource.kind, resource.type, resource.language) == ("dataset", "Dataset", "eng")
    assert (resource.title, resource.alternate_title) == ("Toy jets", "Spielzeug")
    assert (resource.description, resource.methodology) == ("What", "How")
    assert (resource.landing_page, resource.catalogue) == (PAGE, "repository.example")
    assert [str(one) for one in resource.identifiers] == [
        "doi:10.5072/abcde-12345",
        "oai:repository.example:abcde-12345",
        "url:https://example.org/ds/1",
    ]
    assert resource.keywords == ("jets",)
    assert resource.subjects == (Subject(name="Physics", scheme="FOS", term="https://example.org/fos/1.3"),)
    assert (resource.date_created, resource.date_published, resource.date_modified) == (
        "2016/2018",
        "2026-11-01",
        "2026-11-03",
    )
    assert (resource.license, resource.version, resource.formats) == ("CC-BY-4.0", "1.0", ("text/csv",))
    assert (resource.access, resource.embargo_until, resource.access_conditions) == (
        "embargoed",
        "2027-01-01",
        "A paper",
    )
    assert resource.code_repository == "https://github.com/toy/jets"


def test_people_have_their_identifiers_places_and_roles() -> None:
    resource = read_json("invenio", RICH).resource
    ada, group, bob = resource.creators
    assert (ada.type, ada.identifier("orcid")) == ("person", "0000-0002-1825-0097")
    assert [home.identifier("ror") for home in ada.affiliations] == ["01ggx4157", None]
    assert group == Agent(name="The Toy Collaboration", type="organisation")
    assert bob == Agent(name="Helper, Bob", type="agent")
    assert resource.contributors == (Agent(name="Helper, Bob", type="person", role="DataCurator"),)
    funder = Agent(
        name="European Commission", type="organisation", identifiers=(Identifier(scheme="ror", value="00k4n6c32"),)
    )
    assert resource.funding == (
        Funding(funder=funder, award="42", title="Toys", url="https://cordis.europa.eu/project/id/42"),
    )


def test_relations_are_typed_and_tell_the_versions() -> None:
    resource = read_json("invenio", RICH).resource
    assert resource.relations == (
        Relation(type="IsDerivedFrom", identifier=doi("10.1000/182"), kind="documentation"),
        Relation(type="IsNewVersionOf", identifier=doi("10.5072/older")),
        Relation(type="Cites", title="4711"),
        Relation(type="References", identifier=doi("10.1000/183"), title="Example 2021"),
        Relation(type="IsVersionOf", identifier=doi("10.5072/fghjk-67890")),
    )
    assert resource.supersedes == (doi("10.5072/older"),)
    assert resource.superseded_by == (Identifier(scheme="url", value=f"{PAGE}/latest"),)


def test_files_have_their_checksums_and_addresses() -> None:
    resource = read_json("invenio", RICH).resource
    assert resource.distributions == (
        Distribution(
            name="a/b~.parquet",
            content_url=f"{API}/files/a%2Fb~.parquet/content",
            byte_size=1000,
            media_type="application/vnd.apache.parquet",
            checksums=(Checksum(algorithm="md5", value="2c5488be733b96609d87bc663b84b8b7"),),
        ),
        Distribution(
            name="c.unheard",
            content_url=f"{API}/files/c.unheard/content",
            byte_size=500,
            media_type="text/x-unheard",
        ),
    )
    assert (resource.listing, resource.file_count, resource.byte_size) == ("complete", 2, 1500)


def test_the_older_shape_tells_the_same_less_what_it_has_no_place_for() -> None:
    view = read_json("invenio", LEGACY)
    assert_sane(view)
    assert view.faults == ()
    missing = {"publisher", "alternate_title", "formats", "file_count", "byte_size"}
    assert view.pointers.keys() == invenio.HOLDS - missing
    assert view.withheld == missing


def test_the_fields_of_the_older_shape() -> None:
    resource = read_json("invenio", LEGACY).resource
    assert (resource.kind, resource.type) == ("documentation", "Journal article")
    assert [str(one) for one in resource.identifiers] == ["doi:10.5281/zenodo.16", "arxiv:2407.20127"]
    assert (resource.access, resource.access_conditions, resource.license) == ("restricted", "Ask us.", "CC-BY-4.0")
    assert (resource.date_created, resource.date_modified) == ("2016-01-01/2018-12-31", "2026-11-02T00:00:00+00:00")
    assert [(who.name, who.type, who.identifier("orcid")) for who in resource.creators] == [
        ("Example, Ada", "person", "0000-0002-1825-0097"),
        ("The Toy Collaboration", "agent", None),
    ]
    assert [funding.funder.identifiers for funding in resource.funding] == [(doi("10.13039/501100000780"),)]
    assert [(relation.type, relation.kind) for relation in resource.relations] == [
        ("IsDerivedFrom", "dataset"),
        ("IsNewVersionOf", None),
        ("References", None),
        ("IsVersionOf", None),
    ]
    assert resource.superseded_by == (Identifier(scheme="url", value=f"{PAGE}/latest"),)
    [file] = resource.distributions
    assert (file.content_url, file.media_type) == (f"{API}/files/jets.csv/content", "text/csv")


@pytest.mark.parametrize(
    ("files", "listing", "silent"),
    [
        ({"enabled": True}, "absent", True),  # an embargo: strangers are not shown the entries
        ({"enabled": False, "count": 0, "total_bytes": 0, "entries": {}}, "absent", False),
        ({"enabled": True, "count": 0, "entries": {}}, "absent", False),
        ({"enabled": True, "entries": [{"key": "a.csv"}]}, "complete", False),
        (None, "absent", False),
    ],
)
def test_files_that_are_not_shown_are_withheld_and_not_missing(files: Any, listing: str, silent: bool) -> None:
    view = read_json("invenio", RICH | {"files": files, "metadata": {**RICH["metadata"], "sizes": []}})
    assert_sane(view)
    assert view.resource.listing == listing
    assert ({"distributions", "listing", "file_count", "byte_size"} <= view.withheld) is silent


@pytest.mark.parametrize(("right", "silent"), [("embargoed", True), ("restricted", True), ("open", False)])
def test_the_older_shape_withholds_the_files_of_a_restricted_record(right: str, silent: bool) -> None:
    metadata = {**LEGACY["metadata"], "access_right": right}
    view = read_json("invenio", LEGACY | {"metadata": metadata, "files": []})
    assert_sane(view)
    assert ("distributions" in view.withheld) is silent


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("dataset", "dataset"),
        ("image-figure", "dataset"),
        ("software-computationalnotebook", "software"),
        ("workflow", "software"),
        ("model", "model"),
        ("publication-article", "documentation"),
        ("video", "documentation"),
        (None, "documentation"),
    ],
)
def test_the_kind_is_that_of_the_resource_type(kind: str | None, what: str) -> None:
    metadata = {**RICH["metadata"], "resource_type": {"id": kind}}
    assert read_json("invenio", RICH | {"metadata": metadata}).resource.kind == what


@pytest.mark.parametrize(
    ("rights", "licence"),
    [
        ([{"id": "cc0-1.0"}], "CC0-1.0"),
        ([{"link": "https://opensource.org/licenses/MIT", "title": {"en": "Our terms"}}], "MIT"),
        ([{"title": {"en": "Our terms"}, "link": "https://example.org/terms"}], "Our terms"),
        ([{"title": {"de": "Unsere Regeln"}}], "Unsere Regeln"),
        ([{}], None),
        ([], None),
    ],
)
def test_a_licence_is_known_by_any_of_its_spellings(rights: Any, licence: str | None) -> None:
    metadata = {**RICH["metadata"], "rights": rights}
    assert read_json("invenio", RICH | {"metadata": metadata}).resource.license == licence


def test_a_draft_has_neither_a_page_nor_a_catalogue_and_is_not_outdated() -> None:
    view = read_json("invenio", RICH | {"is_draft": True})
    assert_sane(view)
    assert {"landing_page", "catalogue", "superseded_by"}.isdisjoint(view.pointers)


def test_a_deposit_of_the_older_api_is_a_draft() -> None:
    metadata = {key: value for key, value in LEGACY["metadata"].items() if key != "resource_type"}
    metadata |= {"upload_type": "software", "license": "mit", "imprint": {"publisher": "Toy press"}}
    view = read_json("invenio", LEGACY | {"metadata": metadata, "submitted": False})
    assert_sane(view)
    resource = view.resource
    assert (resource.kind, resource.type, resource.license) == ("software", "software", "MIT")
    assert resource.publisher == Agent(name="Toy press", type="organisation")
    assert (resource.landing_page, resource.catalogue) == (None, None)


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["captures", "captures-zenodo-legacy"])
def test_every_recorded_record_is_read(shared: Path, folder: str) -> None:
    answers = [json.loads(path.read_bytes())["response"] for path in (shared / "inveniordm" / folder).glob("*.json")]
    records = [answer["body"] for answer in answers if invenio.recognises(answer["body"])]
    assert len(records) > 10
    for record in records:
        view = read_json("invenio", record)
        assert_sane(view)
        assert view.faults == ()


@pytest.mark.shared
def test_both_shapes_of_one_real_record_agree(shared: Path) -> None:
    folder = shared / "inveniordm" / "captures-zenodo-legacy"
    old, new = (
        read_json("invenio", json.loads((folder / name).read_bytes())["response"]["body"]).resource
        for name in ("041-record-default-accept.json", "042-record-rdm-accept.json")
    )
    for field in ("title", "description", "keywords", "creators", "license", "access", "distributions", "version",
                  "date_published", "date_created", "date_modified", "methodology", "language", "relations", "kind",
                  "superseded_by", "landing_page", "catalogue"):  # fmt: skip
        assert getattr(old, field) == getattr(new, field), field


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (RICH, True),
        (LEGACY, True),
        ({"metadata": {"access_right": "open"}}, True),
        ({"metadata": {"recid": "7", "type": {}}}, False),
        ({"metadata": []}, False),
        ({"titles": [], "creators": []}, False),
        ([RICH], False),
        (None, False),
    ],
)
def test_a_record_is_known_by_its_shape(data: Any, known: bool) -> None:
    assert invenio.recognises(data) is known
    assert_sane(read_json("invenio", data))


@pytest.mark.parametrize("rich", [RICH, LEGACY])
def test_values_of_the_wrong_type_never_stop_the_reading(rich: dict[str, Any]) -> None:
    for pointer, data in mutants(rich):
        try:
            assert_sane(read_json("invenio", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([RICH, LEGACY]), st.dictionaries(st.sampled_from(sorted(RICH["metadata"])), ANY_JSON))
def test_any_json_in_any_field_is_read(rich: dict[str, Any], changes: dict[str, Any]) -> None:
    assert_sane(read_json("invenio", rich | {"metadata": rich["metadata"] | changes}))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([RICH, LEGACY]), st.dictionaries(st.sampled_from(sorted({*RICH, *LEGACY})), ANY_JSON))
def test_any_json_beside_the_metadata_is_read(rich: dict[str, Any], changes: dict[str, Any]) -> None:
    assert_sane(read_json("invenio", rich | changes))
