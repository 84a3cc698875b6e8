"""A resource of which every field is filled, so that nearly every check passes; a made-up dataset of jets."""

from __future__ import annotations

import json
from dataclasses import replace

from fairkit.model.agent import Agent, Funding
from fairkit.model.ai import DataUse
from fairkit.model.evidence import Evidence, Observation
from fairkit.model.harvest import Harvest, merge
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Split
from tests.dialects.of_models import MODEL

from .judge import doi, evidence, file, identifier, relation, variable, view

__all__ = ["DIALECTS", "OBSERVED", "RICH", "gathered", "told_by"]

DIALECTS = ("cern-open-data", "schema-org", "datacite")
HEADERS = [
    {
        "path": "model.onnx",
        "format": "onnx",
        "opset": 18,
        "ir_version": 10,
        "opsets": [["", 18]],
        "parameters": 18162,
        "inputs": [{"name": "tracks", "dtype": "float32", "shape": ["batch", 30, 60]}],
        "outputs": [{"name": "p", "dtype": "float32", "shape": [None, 2]}],
        "metadata": [["license", "MIT"]],
    }
]
PROJECT = {
    "licence_files": ["LICENSE"],
    "citation_files": ["CITATION.cff"],
    "readmes": ["README.md"],
    "tests": ["tests/test_model.py"],
    "pipelines": [".github/workflows/ci.yml"],
    "locks": ["uv.lock"],
    "configurations": ["config.toml"],
}
OBSERVED: tuple[Observation, ...] = (
    Observation(name="landing_page", value="200 OK"),
    Observation(name="identifier", value="resolves (302)"),
    Observation(name="registry", value="DataCite"),
    Observation(name="embedded", value="json-ld, dublin-core"),
    Observation(name="export", value="application/ld+json"),
    Observation(
        name="content",
        value=json.dumps(
            [
                {"url": "https://example.org/train.h5", "status": 200, "type": "application/x-hdf5", "size": 20},
                {"url": "https://example.org/test.h5", "status": 200, "type": "text/csv", "text": "jet1_pt,weight"},
            ]
        ),
    ),
    Observation(name="headers", value=json.dumps(HEADERS)),
    Observation(name="project", value=json.dumps(PROJECT)),
)
CERN = Agent(name="CERN", identifiers=(Identifier(scheme="ror", value="01ggx4157"),))

TESTED = DataUse(
    role="tested", identifier=Identifier(scheme="doi", value="10.5281/zenodo.9"), version="1", split="test"
)

VERIFIED = tuple(replace(one, model_digest="sha256:" + "0" * 64) for one in MODEL["verifications"])
TRAINING = Activity(
    name="training",
    software=(Entity(name="torch", version="2.5"),),
    parameters=(("seed", "1"), ("gpu", "A100"), ("commit", "0123456789abcdef")),
    started="2026-01-01",
    ended="2026-01-02",
)

RICH = Resource(
    identifiers=(doi(1),),
    landing_page="https://doi.org/10.5281/zenodo.1",
    catalogue="An open data portal",
    title="Simulated jets of two kinds",
    alternate_title="jets_v1",
    description="Each of the entries is one jet. " * 6,
    keywords=("jets", "tagging"),
    subjects=(Subject(name="jet", scheme="PhySH", term="https://doi.org/10.29172/jet"),),
    type="Dataset/Simulated",
    language="en",
    creators=(Agent(name="Doe, Jo", identifiers=(identifier("orcid:0000-0002-1825-0097"),)),),
    contributors=(CERN,),
    publisher=CERN,
    funding=(Funding(funder=CERN, award="42"),),
    citation="Doe, Jo (2026). Simulated jets of two kinds.",
    date_created="2025",
    date_published="2026-05-31",
    date_modified="2026-06-01",
    version="1.0.0",
    supersedes=(doi(2),),
    superseded_by=(doi(3),),
    license="ODbL-1.0",
    implied_license="CC0-1.0",
    access="embargoed",
    access_conditions="ask the creator",
    embargo_until="2027-01-01",
    listing="complete",
    distributions=(
        file("train.h5", "sha256", url="https://example.org/train.h5", size=20, media_type="application/x-hdf5"),
        file("test.h5", "sha256", url="https://example.org/test.h5", size=10, media_type="application/x-hdf5"),
    ),
    formats=("h5",),
    byte_size=30,
    file_count=2,
    entry_count=300,
    variables=(
        variable(
            "jet1_pt",
            dtype="float32",
            unit="GeV",
            description="transverse momentum of the first jet",
            role="feature",
            term="https://example.org/pt",
        ),
        variable(
            "weight",
            dtype="float32",
            unit="1",
            description="weight of the event",
            role="weight",
            term="https://example.org/weight",
        ),
    ),
    splits=(Split(name="train", entry_count=200), Split(name="test", entry_count=100)),
    relations=(
        relation("IsDerivedFrom", "doi:10.5281/zenodo.4"),
        relation("IsCompiledBy", "doi:10.5281/zenodo.5"),
        Relation(type="IsDocumentedBy", identifier=doi(6), title="A paper, doi:10.5281/zenodo.6"),
        relation("HasMetadata", "doi:10.5281/zenodo.7"),
        relation("HasPart", "doi:10.5281/zenodo.8"),
    ),
    activities=(
        Activity(name="generation", used=(Entity(name="a card"),), software=(Entity(name="Pythia", version="8.2"),)),
        TRAINING,
    ),
    methodology="Generated, clustered and selected.",
    validation="Compared with an older sample.",
    usage="Read it with h5py, and apply the weights.",
    usage_rules=("apply the weights",),
    code_repository="https://example.org/code",
    requirements=("h5py 3",),
    conforms_to=("http://mlcommons.org/croissant/1.0",),
    **MODEL | {"data_uses": (*MODEL["data_uses"], TESTED), "verifications": VERIFIED},
)


def gathered(resource: Resource) -> Evidence:
    """All that is read and observed about a resource."""
    return evidence(*(view(resource, dialect=dialect) for dialect in DIALECTS), observations=OBSERVED)


def told_by(resource: Resource) -> Harvest:
    """The resource as three documents tell it, all the same."""
    return merge(gathered(resource), [view(resource, dialect=dialect) for dialect in DIALECTS])
