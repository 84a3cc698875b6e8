"""Records of CERN Open Data as fairkit writes them; the portal's schema judges them in tests/judges/."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fairkit.dialects import cern_open_data
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Variable

from .documents import assert_sane, read
from .resources import resources

RECID = Identifier(scheme="cern-open-data", value="12102")
CMS = Agent(name="CMS Collaboration", type="organisation")
ADA = Agent(name="Example, Ada", type="person", affiliations=(Agent(name="CERN", type="organisation"),))


def written(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cern_open_data.write(resource))
    return found


@pytest.mark.parametrize(
    ("resource", "part"),
    [
        (Resource(identifiers=(RECID, Identifier(scheme="doi", value="10.1/x"))), {"recid": "12102", "doi": "10.1/x"}),
        (Resource(title="a < b"), {"title": "a &lt; b"}),
        (Resource(title="Jets", alternate_title="/Jets/MC"), {"title": "/Jets/MC", "title_additional": "Jets"}),
        (
            Resource(date_published="2026-11-01", date_created="2016/2018"),
            {"date_published": "2026", "date_created": ["2016", "2018"]},
        ),
        (Resource(creators=(CMS,)), {"collaboration": {"name": "CMS Collaboration"}}),
        (
            Resource(creators=(ADA, CMS)),
            {"authors": [{"name": "Example, Ada", "affiliation": "CERN"}, {"name": "CMS Collaboration"}]},
        ),
        (Resource(type="Dataset/Derived"), {"type": {"primary": "Dataset", "secondary": ["Derived"]}}),
        (Resource(kind="software", type="Tool"), {"type": {"primary": "Software"}}),
        (
            Resource(subjects=(Subject(name="CMS", scheme="experiment"), Subject(name="pp", scheme="collision type"))),
            {"experiment": ["CMS"], "collision_information": {"type": "pp"}},
        ),
        (
            Resource(
                subjects=(
                    Subject(name="Higgs", scheme="physics categories"),
                    Subject(name="Jets", scheme="physics categories"),
                )
            ),
            {"categories": {"primary": "Higgs", "secondary": ["Jets"]}},
        ),
        (
            Resource(
                distributions=(
                    Distribution(
                        name="a.root",
                        content_url="root://eos//b/a.root",
                        byte_size=3,
                        checksums=(
                            Checksum(algorithm="md5", value="ff"),
                            Checksum(algorithm="adler32", value="00000001"),
                        ),
                    ),
                )
            ),
            {"files": [{"uri": "root://eos//b/a.root", "size": 3, "checksum": "adler32:00000001"}]},
        ),
        (
            Resource(distributions=(Distribution(name="x.json", role="index"),)),
            {"files": [{"filename": "x.json", "type": "index"}]},
        ),
        (
            Resource(entry_count=0, file_count=2, byte_size=9, formats=("root",)),
            {"distribution": {"formats": ["root"], "number_events": 0, "number_files": 2, "size": 9}},
        ),
        (
            Resource(variables=(Variable(name="pt", unit="GeV"),)),
            {"dataset_semantics": [{"variable": "pt", "unit": "GeV"}]},
        ),
        (
            Resource(relations=(Relation(type="IsDerivedFrom", identifier=RECID, title="x"),)),
            {"relations": [{"type": "isChildOf", "recid": "12102", "title": "x"}]},
        ),
        (
            Resource(relations=(Relation(type="Cites", identifier=Identifier(scheme="doi", value="10.1/x")),)),
            {"relations": [{"type": "cites", "doi": "10.1/x"}]},
        ),
        (
            Resource(
                relations=(
                    Relation(type="Cites", identifier=Identifier(scheme="url", value="https://a.b")),
                    Relation(type="Cites", title="y"),
                )
            ),
            {"links": [{"url": "https://a.b"}]},
        ),
        (
            Resource(requirements=("CMSSW_5_3_32", "FT_53_LV5_AN1", "docker.io/cms/x:1", "numpy")),
            {
                "system_details": {
                    "release": "CMSSW_5_3_32",
                    "global_tag": "FT_53_LV5_AN1",
                    "container_images": [{"name": "docker.io/cms/x:1"}],
                    "description": "numpy",
                }
            },
        ),
        (
            Resource(conforms_to=("x", "http://opendata.cern.ch/schema/records/record-v1.0.0.json")),
            {"$schema": "http://opendata.cern.ch/schema/records/record-v1.0.0.json"},
        ),
    ],
    ids=str,
)
def test_a_field_has_its_place(resource: Resource, part: dict[str, Any]) -> None:
    found = written(resource)
    assert found | part == found
    assert "recid" in part or "recid" not in found


def test_a_step_has_its_release_and_its_generators() -> None:
    step = Activity(
        name="SIM",
        software=(Entity(name="CMSSW", version="CMSSW_5_3_32"), Entity(name="Pythia", version="8")),
        parameters=(("global_tag", "X"), ("seed", "1")),
        used=(
            Entity(name="card", identifier=RECID),
            Entity(name="file", identifier=Identifier(scheme="url", value="https://a.b")),
        ),
        generated=(Entity(name="/A/B"),),
        description="a & b",
    )
    assert written(Resource(activities=(step,)))["methodology"]["steps"] == [
        {
            "type": "SIM",
            "release": "CMSSW_5_3_32",
            "global_tag": "X",
            "generators": ["Pythia 8"],
            "configuration_files": [{"title": "card", "recid": "12102"}, {"title": "file", "url": "https://a.b"}],
            "output_dataset": "/A/B",
            "note": {"description": "a & b"},
        }
    ]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    assert_sane(read("cern-open-data", cern_open_data.write(resource)))


def test_a_record_without_a_number_is_read_back() -> None:
    view = read("cern-open-data", cern_open_data.write(Resource(title="Jets", license="CC0-1.0")))
    assert (view.resource.title, view.resource.license, view.resource.identifiers) == ("Jets", "CC0-1.0", ())
    assert cern_open_data.recognises({"title": "x", "type": {"primary": "Dataset"}})
    assert not cern_open_data.recognises({"title": "x", "type": {"primary": "Toy"}})
    assert not cern_open_data.recognises({"title": "x", "type": {"primary": ["Dataset"]}})
