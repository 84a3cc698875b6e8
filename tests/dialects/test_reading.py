"""Reading leniently: values of any type, and where each of them stood."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from fairkit.dialects import dialect, harvest
from fairkit.dialects._reading import Reading, agent
from fairkit.dialects._values import EMPTY, identifier, integer, items, parse_json, tamed, text, texts
from fairkit.errors import UnknownName, UnreadableDocument
from fairkit.model.evidence import Document, Evidence
from fairkit.model.identifier import Identifier
from fairkit.registry import DIALECTS

from .documents import ANY_JSON


def document(body: bytes, representation: str = "datacite") -> Document:
    return Document(representation=representation, media_type="application/json", url="there", body=body)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("  a ", "a"),
        ("", None),
        (" ", None),
        (3, "3"),
        (1.5, "1.5"),
        (True, None),
        (None, None),
        ([], None),
        (["a", "b"], "a"),
        ({"@value": "a"}, "a"),
        ([{"@value": ["a"]}], "a"),
        ({"a": "b"}, None),
        ([[[[["too deep"]]]]], None),
    ],
)
def test_a_text_is_found_in_its_wrappings(value: Any, found: str | None) -> None:
    assert text(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (0, 0), (7, 7), ("7", 7), (" 7 ", 7), (7.0, 7), (2**63 - 1, 2**63 - 1),
        (-1, None), (7.5, None), ("7.5", None), ("٣", None), (True, None), (None, None), (2**63, None),
        ("9" * 19, None), (float("nan"), None), (float("inf"), None), ([7], None),
    ],
)  # fmt: skip
def test_a_whole_number_is_at_least_zero(value: Any, found: int | None) -> None:
    assert integer(value) == found


def test_items_know_where_they_stand() -> None:
    assert list(items(["a", None])) == [("/0", "a"), ("/1", None)]
    assert list(items("a")) == [("", "a")]
    assert [list(items(empty)) for empty in EMPTY] == [[]] * len(EMPTY)
    assert texts(["a", None, 3, " "]) == ("a", "3")


@pytest.mark.parametrize(
    ("written", "scheme", "found"),
    [
        ("https://doi.org/10.1000/182", None, "doi:10.1000/182"),
        ("10.1000/182", "DOI", "doi:10.1000/182"),
        ("https://doi.org/10.1000/182", "URL", "doi:10.1000/182"),
        ("123", None, None),
        ("cms-123", None, None),
        ("recid:123", None, "cern-open-data:123"),
        ("https://opendata.cern.ch/record/123", None, "cern-open-data:123"),
        ("123", "cern-open-data", "cern-open-data:123"),
        ("123", "PMID", "pmid:123"),
        ("123", "our number", None),
        ("soon", "DOI", "doi:soon"),
        ("https://example.org/x", "DOI", "url:https://example.org/x"),
        ("0000-0002-1825-0098", "ORCID", "orcid:0000-0002-1825-0098"),
        (["10.1000/182"], "doi", "doi:10.1000/182"),
        (None, "doi", None),
        ({}, None, None),
    ],
)
def test_a_stated_scheme_decides(written: Any, scheme: str | None, found: str | None) -> None:
    known = identifier(written, scheme)
    assert (known and str(known)) == found


def test_an_agent_has_only_well_formed_identifiers_each_once() -> None:
    good, bad = (Identifier(scheme="orcid", value=f"0000-0002-1825-009{digit}") for digit in "78")
    found = agent(" Ada ", ids=(good, None, bad, good), type="person")
    assert found is not None
    assert (found.name, found.identifiers) == ("Ada", (good,))
    assert agent(None, ids=(good,)) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{'a': 1}", b'"\xe9"', b"[" * 100_000, b"9" * 5000, b"\xff\xfe{", b'"' + b"\xed\xa0\x80" + b'"'],
)
def test_what_is_no_json_cannot_be_read(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="there is not readable JSON") as error:
        parse_json(document(body))
    assert error.value.value == "there"


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b'{"a": [1, null]}', {"a": [1, None]}),
        (b"\xef\xbb\xbf[]", []),
        ('"é"'.encode("utf-16"), "é"),
        (b"[NaN, Infinity, -Infinity]", [None, None, None]),
        (b'{"\\ud800": "\\ude00x\\ud83d\\ude00"}', {"?": "?x😀"}),
    ],
)
def test_json_is_read_into_whole_letters_and_numbers(body: bytes, data: Any) -> None:
    assert parse_json(document(body)) == data


def test_data_that_unfold_too_far_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 10 values"):
        tamed([1] * 10, most=10)
    assert tamed([1] * 9, most=10) == [1] * 9


def test_the_first_value_of_a_field_stays_with_its_pointer() -> None:
    reading = Reading(document(b"{}"), {})
    reading.put("title", "", "/a")
    reading.put("title", "first", "/b", how="guessed")
    reading.put("title", "second", "/c")
    reading.each("keywords", [None, "x"], "/d", text)
    view = reading.view("dataset", holds=frozenset({"title", "keywords", "version"}), withheld=frozenset({"version"}))
    assert (view.resource.title, view.resource.keywords) == ("first", ("x",))
    assert view.pointers == {"title": "/b", "keywords": "/d/1"}
    assert (view.told("title"), view.told("keywords"), view.told("version")) == ("guessed", "given", None)
    assert view.known == {"title", "keywords"}
    assert view.withheld == {"version"}


def test_what_the_model_refuses_is_left_out_and_named() -> None:
    reading = Reading(document(b"{}"), {})
    reading.put("title", 3, "/title", how="guessed")
    reading.put("byte_size", "much", "/size")
    reading.put("version", "1", "/version")
    view = reading.view("dataset", holds=frozenset())
    assert view.pointers == {"version": "/version"}
    assert view.how == {}
    assert [fault.partition(":")[0] for fault in view.faults] == ["/title", "/size"]


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    good = document(b'{"titles": [{"title": "Toy"}], "creators": []}')
    unread = (document(b"{"), document(b"{}", "klingon"), document(b"a = ", "fairkit-toml"))
    found = harvest(Evidence(target="x", source="document", documents=(*unread, good)))
    assert found.resource.title == "Toy"
    assert found.representations == ("datacite",)
    assert [fault.partition(":")[0] for fault in found.faults] == [
        "there is not readable JSON",
        "there is no dialect 'klingon'",
        "there is not readable TOML",
    ]


def test_where_nothing_can_be_read_nothing_is_known() -> None:
    found = harvest(Evidence(target="x", source="document", documents=(document(b"{"),)))
    assert (found.views, found.owners) == ((), {})
    assert "title" in found.withheld
    assert found.faults


@pytest.mark.parametrize("name", DIALECTS.names())
def test_every_dialect_keeps_to_the_protocol(name: str) -> None:
    module = dialect(name)
    assert module.TITLE
    assert "/" in module.MEDIA_TYPE
    assert module.HOLDS
    assert not module.recognises(None)


@pytest.mark.parametrize("name", DIALECTS.names())
@given(data=ANY_JSON)
def test_no_dialect_stumbles_over_what_it_is_asked_about(name: str, data: Any) -> None:
    assert dialect(name).recognises(data) in (True, False)


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(UnknownName, match="klingon"):
        dialect("klingon")
