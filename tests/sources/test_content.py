"""What comes when the files of a work are asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.model.evidence import Document, Observation
from fairkit.sources import Answer, Ask, Fetch, Glance, Wants, _content

WANTED = Wants(frozenset({"content"}), frozenset())
TABLE, ARRAY = "https://example.org/jets.csv", "https://example.org/jets.h5"


def document(*urls: str) -> Document:
    body = {"@context": "https://schema.org", "@type": "Dataset", "distribution": [{"contentUrl": url} for url in urls]}
    return Document(representation="schema-org", media_type="x", url="x", body=json.dumps(body).encode())


def tried(
    answers: dict[Ask, Answer], *documents: Document, wants: Wants = WANTED
) -> tuple[list[Ask], list[Observation]]:
    plan, asked = _content.tried(documents, wants), list[Ask]()
    try:
        ask = next(plan)
        while True:
            asked.append(ask)
            ask = plan.send(answers.get(ask, Answer(404, "x", "text/plain", size=3)))
    except StopIteration as done:
        return asked, done.value


def rows(found: list[Observation]) -> list[dict[str, Any]]:
    return list(json.loads(str(found[0].value)))


def test_nothing_is_asked_that_no_checklist_wants() -> None:
    assert tried({}, document(TABLE), wants=Wants(frozenset(), frozenset())) == ([], [])


def test_a_glance_is_enough_for_what_is_no_text() -> None:
    asked, found = tried({Glance(ARRAY): Answer(200, ARRAY, "application/x-hdf5", size=10**10)}, document(ARRAY))
    assert asked == [Glance(ARRAY)]
    assert rows(found) == [{"url": ARRAY, "status": 200, "type": "application/x-hdf5", "size": 10**10}]


def test_a_short_text_is_read() -> None:
    answers: dict[Ask, Answer] = {
        Glance(TABLE): Answer(200, TABLE, "text/csv", size=11),
        Fetch(TABLE, "*/*"): Answer(200, TABLE, "text/csv", b"fj_pt,label"),
    }
    asked, found = tried(answers, document(TABLE))
    assert asked == [Glance(TABLE), Fetch(TABLE, "*/*")]
    assert rows(found)[0]["text"] == "fj_pt,label"


def test_a_long_text_is_not_read() -> None:
    asked, _ = tried({Glance(TABLE): Answer(200, TABLE, "text/csv", size=2**30)}, document(TABLE))
    assert asked == [Glance(TABLE)]


@pytest.mark.parametrize(("body", "text"), [(b"\x89HDF\0\0", None), (b"a,b", "a,b"), (b"", None)])
def test_a_file_of_a_size_that_nobody_tells_is_weighed(body: bytes, text: str | None) -> None:
    answers: dict[Ask, Answer] = {
        Glance(ARRAY): Answer(200, ARRAY, "application/x-own"),
        Fetch(ARRAY, "*/*"): Answer(200, ARRAY, "application/x-own", body),
    }
    row = rows(tried(answers, document(ARRAY))[1])[0]
    assert (row["size"], row.get("text")) == (len(body), text)


def test_a_server_that_knows_no_glance_is_asked_for_the_file() -> None:
    answers: dict[Ask, Answer] = {
        Glance(ARRAY): Answer(405, ARRAY, "text/plain"),
        Fetch(ARRAY, "*/*"): Answer(200, ARRAY, "application/x-hdf5", b"\x89HDF\0\0"),
    }
    asked, found = tried(answers, document(ARRAY))
    assert asked == [Glance(ARRAY), Fetch(ARRAY, "*/*")]
    assert rows(found) == [{"url": ARRAY, "status": 200, "type": "application/x-hdf5", "size": 6}]


def test_five_files_are_enough_and_each_is_asked_for_once() -> None:
    asked, _ = tried({}, document(TABLE, TABLE, *(f"{ARRAY}{n}" for n in range(9))), document(TABLE))
    assert asked == [Glance(TABLE), *(Glance(f"{ARRAY}{n}") for n in range(4))]


def test_what_is_not_on_the_web_is_not_asked_for() -> None:
    asked, found = tried({}, document("root://eos.example.org//jets.h5"), document())
    assert (asked, rows(found)) == ([], [])


def test_a_document_that_cannot_be_read_names_no_file() -> None:
    broken = Document(representation="schema-org", media_type="x", url="x", body=b"{")
    assert tried({}, broken)[0] == []


def test_files_out_of_reach_leave_it_unknown() -> None:
    _, found = tried({Glance(TABLE): Answer(error="no network")}, document(TABLE))
    assert (found[0].value, found[0].error) == (None, "no network")
