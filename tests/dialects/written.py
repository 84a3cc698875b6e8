"""What the tests of the dialects that are written share: a resource that says everything, and what hostile ones say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairkit.dialects import dialect
from fairkit.model.agent import Agent, Funding
from fairkit.model.ai import Channel, DataUse, Result, Tensor, Verification
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, Resource, Subject
from fairkit.model.variable import Meaning, Split, Table, Variable

from .of_models import MODEL

__all__ = ["BARE", "HOSTILE", "RICH", "again", "lost", "only", "whole", "written"]

HOSTILE = (
    "</script><script>alert(1)</script>",
    "a\x00b\x1b[31m\x07c",
    "half \ud800 a letter \udfff",
    "\ufffe\uffff \u202e backwards",
    "&lt; <b>bold</b> ]]> <!-- & \"quotes\" 'too'",
    "../../etc/passwd",
    "x" * 1_000_000,
    "{{7*7}} ${7*7} %s %(a)s {0}",
    "",
    " ",
)
CERN = Agent(name="CERN", type="organisation", identifiers=(Identifier(scheme="ror", value="01ggx4157"),))
ADA = Agent(
    name="Example, Ada",
    type="person",
    identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
    affiliations=(CERN,),
)
PT = Variable(
    name="jet_pt",
    dtype="float32",
    unit="GeV",
    description="Transverse momentum of the jet",
    role="feature",
    group="jet",
    shape=(None,),
    padding="0",
    missing="-1",
    range=(20.0, None),
    term="https://example.org/terms/pt",
    count="n_jets",
    meanings=(Meaning(by="kind", value="1", name="pt of the fat jet", unit="GeV"),),
)
LABEL = Variable(name="is_b", dtype="int64", unit="1", description="Which it is", classes=(("0", "no"), ("1", "yes")))


def _file(name: str, **more: Any) -> Distribution:
    sums = (Checksum(algorithm="sha256", value="ab" * 32), Checksum(algorithm="adler32", value="1a2b3c4d"))
    return Distribution(name=name, byte_size=1234, checksums=sums, **more)


RICH = Resource(
    identifiers=(Identifier(scheme="doi", value="10.5281/zenodo.1"), Identifier(scheme="arxiv", value="2601.00001")),
    landing_page="https://zenodo.org/records/1",
    catalogue="Zenodo",
    title="Toy jets",
    alternate_title="/Toy/Jets",
    description="Jets that were made up for this test, with everything that can be said of jets.",
    keywords=("jets", "flavour tagging, b"),
    subjects=(Subject(name="hep-ex", scheme="arXiv", term="https://arxiv.org/archive/hep-ex"),),
    type="Dataset/Simulated",
    language="en",
    creators=(ADA, Agent(name="The Toys", type="organisation"), Agent(name="Somebody")),
    contributors=(replace(ADA, role="DataCurator"), Agent(name="Bo", type="person", role="Editor")),
    publisher=CERN,
    funding=(Funding(funder=CERN, award="TOY-20", title="Toys for teaching", url="https://example.org/toys"),),
    citation="Example, A. (2026): Toy jets",
    date_created="2026-05",
    date_published="2026-05-31",
    date_modified="2026-06-01",
    version="1.0.0",
    supersedes=(Identifier(scheme="doi", value="10.5281/zenodo.2"),),
    superseded_by=(Identifier(scheme="doi", value="10.5281/zenodo.3"),),
    license="CC-BY-4.0",
    access="embargoed",
    access_conditions="Ask the creators.",
    embargo_until="2027-01-01",
    listing="complete",
    distributions=(
        _file("data/train 1.parquet", media_type="application/vnd.apache.parquet"),
        _file("data/test.h5", media_type="application/x-hdf5", content_url="https://example.org/test.h5"),
        _file("files.json", media_type="application/json", role="index"),
    ),
    formats=("parquet", "h5"),
    byte_size=3702,
    file_count=3,
    entry_count=600,
    variables=(PT, LABEL, Variable(name="scalar", shape=())),
    splits=(
        Split(
            name="train", entry_count=480, file_count=1, files=("data/train 1.parquet",), digest="sha256:" + "cd" * 32
        ),
        Split(name="test", entry_count=120, files=("data/test*.h5",), description="kept apart"),
    ),
    relations=(
        Relation(type="IsDerivedFrom", identifier=Identifier(scheme="doi", value="10.1000/182"), kind="dataset"),
        Relation(
            type="IsCompiledBy", identifier=Identifier(scheme="url", value="https://example.org/code"), title="Code"
        ),
        Relation(type="IsDocumentedBy", title="A paper that has no address"),
        Relation(type="IsSupplementTo", identifier=Identifier(scheme="doi", value="10.1000/183")),
        Relation(type="Cites", identifier=Identifier(scheme="arxiv", value="2601.00002"), title="Another"),
        Relation(type="HasPart", identifier=Identifier(scheme="doi", value="10.1000/184"), kind="software"),
    ),
    activities=(
        Activity(
            name="generation",
            used=(Entity(name="a card", checksums=(Checksum(algorithm="md5", value="ef" * 16),)),),
            generated=(Entity(name="events.root", identifier=Identifier(scheme="doi", value="10.1000/185")),),
            software=(
                Entity(name="Pythia", version="8.2"),
                Entity(name="ROOT", version="6.32", identifier=Identifier(scheme="url", value="https://root.cern/")),
            ),
            parameters=(("seed", "1"), ("jets", "600")),
            agent=ADA,
            started="2026-05-01T10:00:00Z",
            ended="2026-05-02",
            description="Made the events",
        ),
    ),
    methodology="Each number follows from the one before.",
    validation="Counted the rows.",
    usage="Read it with any reader of Parquet.",
    usage_rules=("Apply the weights.", "Never train on test."),
    code_repository="https://github.com/toy/jets",
    requirements=("Python >= 3.11",),
    conforms_to=("https://www.rfc-editor.org/rfc/rfc4180",),
    **MODEL,
)
BARE = Resource(
    title="T",
    description="D",
    license="CC0-1.0",
    date_published="2026-05-31",
    creators=(Agent(name="A, B", type="person"),),
    publisher=Agent(name="P", type="organisation"),
)
"""What the formats require, and no more."""


def again(name: str, resource: Resource) -> View:
    """The resource as it is read out of what the dialect wrote of it."""
    return written(name, dialect(name).write(resource))  # type: ignore[attr-defined]


def written(name: str, body: bytes) -> View:
    """The view of a document in a dialect."""
    module = dialect(name)
    return module.read(Document(representation=name, media_type=module.MEDIA_TYPE, url="there", body=body))


def only(fields: set[str]) -> Resource:
    """What is said of these fields, and nothing else."""
    return Resource(**{name: getattr(RICH, name) for name in fields})


def whole(text: str) -> Resource:
    """A resource that says a text wherever there is room for one."""
    one = Identifier(scheme="doi", value=text)
    who = Agent(name=text, type="person", identifiers=(one,), affiliations=(Agent(name=text),), role=text)
    entity = Entity(name=text, version=text, identifier=one, checksums=(Checksum(algorithm=text, value=text),))
    column = Variable(name=text, dtype="float32", unit=text, description=text, term=text, classes=((text, text),))
    kept: dict[str, Any] = {
        "identifiers": (one,),
        "subjects": (Subject(name=text, scheme=text, term=text),),
        "creators": (who,),
        "contributors": (who,),
        "publisher": who,
        "funding": (Funding(funder=who, award=text, title=text, url=text),),
        "supersedes": (one,),
        "superseded_by": (one,),
        "access": "open",
        "listing": "complete",
        "distributions": (
            Distribution(
                name=text,
                content_url=text,
                media_type="application/vnd.apache.parquet",
                checksums=(Checksum(algorithm="sha256", value=text),),
                tables=(Table(name=text, columns=(column,)),),
            ),
        ),
        "byte_size": 1,
        "file_count": 1,
        "entry_count": 1,
        "variables": (column,),
        "splits": (Split(name=text, files=(text,), description=text),),
        "relations": (Relation(type=text, identifier=one, title=text, kind=text), Relation(type="Cites", title=text)),
        "activities": (
            Activity(
                name=text, used=(entity,), software=(entity,), parameters=((text, text),), agent=who, started=text
            ),
        ),
        "keywords": (text,),
        "formats": (text,),
        "usage_rules": (text,),
        "requirements": (text,),
        "conforms_to": (text,),
        "tasks": (text,),
        "inputs": (Tensor(name=text, dtype=text, shape=(None, text, 2), description=text, classes=(text,)),),
        "outputs": (Tensor(name=text, dtype=text, classes=(text,)),),
        "parameter_count": 1,
        "channels": (Channel(input=text, index=0, variable=text, unit=text, description=text, padding=text),),
        "data_uses": (DataUse(role="trained", identifier=one, title=text, split=text, files=(text,), digest=text),),
        "results": (Result(metric=text, value=1.0, operating_point=text, dataset=one, split=text),),
        "verifications": (
            Verification(
                model_digest=text,
                inputs_digest=text,
                outputs_digest=text,
                runtime=text,
                rows=1,
                passed=True,
                relative_tolerance=1e-5,
                absolute_tolerance=1e-6,
                faults=(text,),
            ),
        ),
    }
    return Resource(**(dict.fromkeys(FIELDS, text) | kept))


def lost(name: str, resource: Resource) -> dict[str, tuple[Any, Any]]:
    """The fields that a dialect holds and does not give back as they were, with what they were and what they are."""
    back = again(name, resource).resource
    pairs = {field: (getattr(resource, field), getattr(back, field)) for field in dialect(name).HOLDS}
    return {field: pair for field, pair in pairs.items() if _plain(field, pair[0]) != _plain(field, pair[1])}


def _plain(field: str, value: Any) -> Any:
    """A value without what formats are free to change: the order of relations, which they file by their type."""
    return sorted(map(repr, value)) if field == "relations" else value
