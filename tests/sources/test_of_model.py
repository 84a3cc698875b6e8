"""Documents about a model among the files of its record: read where they are asked for, and only from there."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects import fair4ml
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document, Observation
from fairkit.model.resource import Resource
from fairkit.sources import Answer, Fetch, Wants
from fairkit.sources._of_model import tried

BASE = "https://repository.example"
FILES = f"{BASE}/api/records/1/files"
TOLD = fair4ml.write(Resource(kind="model", title="A tagger", tasks=("jet tagging",)))
BODIES = {
    "fair4ml.jsonld": TOLD,
    "channels.csv": b"input,index,variable\njet,0,pt\n",
    "results.json": b'{"results": [{"metric": "auc", "value": 0.9}]}',
    "verification.json": b'{"verifications": []}',
}
WANTS = Wants(frozenset(), frozenset({"title", "channels"}))


def record(*names: str, kind: Any = "model", at: str = FILES, size: int | None = 10) -> Resource:
    files = (Distribution(name=name, content_url=f"{at}/{name}/content", byte_size=size) for name in names)
    return Resource(kind=kind, distributions=tuple(files))


def ran(
    resource: Resource, wants: Wants = WANTS, **answers: Answer
) -> tuple[list[str], list[Document], list[Observation]]:
    """The addresses that were asked, the documents that joined, and what could not be had."""
    documents: list[Document] = []
    asked: list[str] = []
    plan = tried(resource, documents, wants, base=BASE)
    try:
        ask = next(plan)
        while True:
            assert isinstance(ask, Fetch)
            asked.append(ask.url)
            name = ask.url.split("/")[-2]
            answer = answers.get(name.partition(".")[0], Answer(status=200, url=ask.url, body=BODIES[name]))
            ask = plan.send(answer)
    except StopIteration as end:
        return asked, documents, end.value


def test_every_document_is_read_once() -> None:
    asked, documents, faults = ran(record("model.onnx", *BODIES, "README.md"))
    assert asked == [f"{FILES}/{name}/content" for name in BODIES]
    assert [one.representation for one in documents] == ["fair4ml", "channels-csv", "results", "verification"]
    assert faults == []


@pytest.mark.parametrize(
    ("resource", "wants"),
    [
        (record(*BODIES, kind="dataset"), WANTS),
        (record(*BODIES), Wants(frozenset(), frozenset({"title"}))),
        (record(*BODIES, at="https://elsewhere.example/files"), WANTS),
        (record(*BODIES, at=f"{BASE}.evil.example/files"), WANTS),
        (record(*BODIES, size=10**9), WANTS),
        (record("model.onnx"), WANTS),
    ],
    ids=["no model", "nobody asks", "elsewhere", "alike", "too large", "none there"],
)
def test_nothing_else_is_asked(resource: Resource, wants: Wants) -> None:
    assert ran(resource, wants) == ([], [], [])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=404, url="u"), "status 404"),
        (Answer(error="it took too long"), "it took too long"),
        (Answer(status=200, body=b'{"accuracy": 1}'), "another form"),
    ],
)
def test_what_cannot_be_had_is_told_and_the_others_are_read(answer: Answer, why: str) -> None:
    _, documents, [fault] = ran(record(*BODIES), results=answer)
    assert [one.representation for one in documents] == ["fair4ml", "channels-csv", "verification"]
    assert fault.name == "document:results"
    assert why in str(fault.error)


def test_a_broken_document_is_told() -> None:
    _, documents, [fault] = ran(record("fair4ml.jsonld"), fair4ml=Answer(status=200, body=b"{"))
    assert (documents, fault.name) == ([], "document:fair4ml")
