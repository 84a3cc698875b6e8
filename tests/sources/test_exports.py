"""The forms in which metadata are had: kinds in the page, and JSON-LD apart from it."""

from __future__ import annotations

import pytest

from fairkit.model.evidence import Document, Observation
from fairkit.sources import Answer, Ask, Fetch, Wants, _exports

URL = "https://example.org/7"
JSONLD = "application/ld+json"
WANTED = Wants(frozenset({"embedded", "export"}), frozenset())
PAGE = Answer(200, URL, "text/html", b"<html><title>Jets</title></html>")


def page(head: str) -> Answer:
    return PAGE._replace(body=f"<html><head>{head}</head></html>".encode())


def document(url: str) -> Document:
    return Document(representation="schema-org", media_type=JSONLD, url=url, body=b"{}")


def tried(
    answer: Answer, documents: list[Document] | None = None, *, wants: Wants = WANTED, given: Answer = PAGE
) -> tuple[list[Ask], dict[str, Observation]]:
    plan, asked = _exports.tried([] if documents is None else documents, answer, wants), list[Ask]()
    try:
        ask = next(plan)
        while True:
            asked.append(ask)
            ask = plan.send(given)
    except StopIteration as done:
        return asked, {found.name: found for found in done.value}


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("", "none"),
        ('<script type="application/ld+json">{"@type": "Dataset"}</script>', "json-ld"),
        ('<script type="application/ld+json">{"@type": </script>', "none"),
        ('<meta name="DC.title" content="Jets"><meta name="description" content="x">', "dublin-core, description"),
        ('<meta property="og:title" content="Jets">', "open-graph"),
        ('<meta name="citation_title" content="Jets">', "highwire"),
        ('<div itemscope itemtype="https://schema.org/Dataset"></div>', "microdata"),
        ('<div vocab="http://schema.org/" typeof="Dataset"></div>', "rdfa"),
    ],
)
def test_the_kinds_of_metadata_in_a_page(head: str, kinds: str) -> None:
    assert tried(page(head))[1]["embedded"].value == kinds


def test_a_page_that_is_gone_carries_nothing() -> None:
    asked, found = tried(Answer(410, URL, "text/html", b'<meta name="DC.title" content="x">'))
    assert (asked, found["embedded"].value, found["export"].value) == ([], "none", "none")


def test_a_page_out_of_reach_leaves_it_unknown() -> None:
    _, found = tried(Answer(error="no network"))
    assert {name: one.error for name, one in found.items()} == {"embedded": "no network", "export": "no network"}


def test_nothing_is_asked_that_no_checklist_wants() -> None:
    assert tried(PAGE, wants=Wants(frozenset(), frozenset())) == ([], {})


def test_the_page_gives_json_ld_to_those_who_ask() -> None:
    documents = [document(f"{URL}#json-ld-1")]
    asked, found = tried(PAGE, documents, given=Answer(200, URL, JSONLD, b"{}"))
    assert asked == [Fetch(URL, JSONLD)]
    assert (found["export"].value, documents[1:]) == (JSONLD, [document(URL)])


@pytest.mark.parametrize("given", [PAGE, Answer(406, URL, "text/plain")])
def test_a_page_that_gives_itself_has_no_export(given: Answer) -> None:
    documents: list[Document] = []
    assert (tried(PAGE, documents, given=given)[1]["export"].value, documents) == ("none", [])


def test_the_page_is_not_asked_for_what_something_else_has_given() -> None:
    asked, found = tried(PAGE, [document("https://example.org/7/export")])
    assert (asked, found["export"].value) == ([], JSONLD)


def test_what_the_registry_gave_counts_where_the_page_is_out_of_reach() -> None:
    found = tried(Answer(url=URL, error="it redirects in a circle"), [document(URL)])[1]
    assert (found["export"].value, found["embedded"].error) == (JSONLD, "it redirects in a circle")
