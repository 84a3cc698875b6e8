"""The journal of a folder: what was written is read back whole, and nothing is lost in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from fairkit.dialects import dialect, provenance
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity
from fairkit.model.resource import Resource

from .documents import assert_sane
from .resources import resources

SHA = Checksum(algorithm="sha256", value="ab" * 32)
ORCID = Identifier(scheme="orcid", value="0000-0002-1825-0097")
STEP = Activity(
    name="run",
    used=(Entity(name="raw.root", checksums=(SHA,)),),
    generated=(Entity(name="train.parquet", checksums=(SHA,)),),
    software=(Entity(name="Python", version="3.11", identifier=Identifier(scheme="url", value="https://python.org")),),
    parameters=(("command", "python make.py"), ("commit", "0" * 40)),
    agent=Agent(name="Example, Ada", type="person", identifiers=(ORCID,)),
    started="2026-11-01T10:00:00Z",
    ended="2026-11-01T10:00:05Z",
    description="Drew the jets",
)  # fmt: skip


def journal(body: bytes) -> Document:
    return Document(representation="provenance", media_type=provenance.MEDIA_TYPE, url="provenance.jsonld", body=body)


def test_steps_are_read_back_in_their_order() -> None:
    other = Activity(name="conversion")
    assert provenance.steps(journal(provenance.write([STEP, other, STEP]))) == (STEP, other, STEP)


@given(resources())
def test_any_steps_are_read_back(resource: Resource) -> None:
    document = journal(provenance.write(resource.activities))
    assert provenance.steps(document) == resource.activities
    assert_sane(dialect("provenance").read(document))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_journal_is_prov() -> None:
    import rdflib

    graph = rdflib.Graph().parse(data=provenance.write([STEP]).decode(), format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    [activity] = graph.subjects(rdflib.RDF.type, prov.Activity)
    assert len(list(graph.objects(activity, prov.used))) == 1
    assert len(list(graph.objects(activity, prov.generated))) == 1
    assert str(graph.value(activity, prov.startedAtTime)) == "2026-11-01T10:00:00Z"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data | {"prov:wasGeneratedBy": [{"prov:used": []}]}, "entry 1 is no step"),
        (lambda data: data | {"prov:wasGeneratedBy": [*data["prov:wasGeneratedBy"], 7]}, "entry 2 is no step"),
        (lambda data: [data], "not an object"),
        (lambda data: "no", "not an object"),
    ],
)
def test_what_is_no_step_is_named_and_never_lost(change: Callable[[Any], Any], why: str) -> None:
    data = json.loads(provenance.write([STEP]))
    body = json.dumps(change(data)).encode()
    with pytest.raises(UnreadableDocument, match=why):
        provenance.steps(journal(body))


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        provenance.steps(journal(b"{"))
