"""What is looked up online about a saved document: its DOI and its page."""

from __future__ import annotations

import json

from fairkit.model.evidence import Document, Observation
from fairkit.sources import Answer, Ask, Fetch, _online

TITLES = json.dumps({"titles": [{"title": "Toy jets"}], "creators": []}).encode()


def _drive(doi: str | None, answer: Answer) -> tuple[list[Ask], dict[str, Observation], list[Document]]:
    documents: list[Document] = []
    asked: list[Ask] = []
    plan = _online.registry(doi, documents)
    try:
        asked.append(next(plan))
        plan.send(answer)
    except StopIteration as done:
        return asked, {o.name: o for o in done.value}, documents
    raise AssertionError("one question is enough")


def test_without_a_doi_nothing_is_asked() -> None:
    asked, found, _ = _drive(None, Answer())
    assert asked == []
    assert {o.value for o in found.values()} == {"none"}


def test_the_registry_answers_with_metadata() -> None:
    reply = Answer(200, "https://data.example/x", "application/vnd.datacite.datacite+json", TITLES)
    asked, found, documents = _drive("10.1234/a b", reply)
    assert asked == [Fetch("https://doi.org/10.1234/a%20b", _online.DATACITE)]
    assert found["identifier"].value == "resolves to https://data.example/x"
    assert found["registry"].value == "DataCite"
    assert documents[0].representation == "datacite"


def test_a_doi_that_is_not_registered_does_not_resolve() -> None:
    _, found, documents = _drive("10.1234/x", Answer(404, "https://doi.org/10.1234/x", "text/html"))
    assert str(found["identifier"].value).startswith("status 404")
    assert found["registry"].value == "none"
    assert documents == []


def test_a_page_instead_of_metadata_resolves_but_is_no_registry() -> None:
    _, found, _ = _drive("10.1234/x", Answer(200, "https://page.example", "text/html", b"<html>"))
    assert str(found["identifier"].value).startswith("resolves")
    assert found["registry"].value == "none"


def test_a_resolver_out_of_reach_leaves_everything_unknown() -> None:
    _, found, _ = _drive("10.1234/x", Answer(error="no network"))
    assert {name for name, o in found.items() if o.error} == {"identifier", "registry", "document:datacite"}
