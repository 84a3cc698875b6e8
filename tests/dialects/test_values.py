"""Values out of documents: whatever type a stranger gave them, they are texts, numbers and identifiers, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from fairkit.dialects._values import EMPTY, identifier, integer, items, parse_json, tamed, text, texts
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document


def document(body: bytes) -> Document:
    return Document(representation="datacite", media_type="application/json", url="there", body=body)


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


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 5, 31), "2026-05-31"),
        (time(3, 4), "03:04:00"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05+00:00"),
        ({date(2026, 5, 31): 1, 2: [date(2026, 5, 31)]}, {"2026-05-31": 1, "2": ["2026-05-31"]}),
        ("a\ud800é", "a?é"),
        ([True, None, 1.5], [True, None, 1.5]),
    ],
)
def test_data_become_what_json_can_hold(value: Any, written: Any) -> None:
    assert tamed(value) == written


def test_a_number_that_nobody_can_write_out_is_refused() -> None:
    with pytest.raises(ValueError, match="thousands of digits"):
        tamed([1 << 20_000])
    assert tamed(10**4000) == 10**4000


@pytest.mark.parametrize(("errors", "data"), [("replace", "caf\ufffd"), ("ignore", "caf")])
def test_what_becomes_of_bytes_that_are_no_letters_is_for_the_reader_to_say(errors: str, data: str) -> None:
    assert parse_json(document(b'"caf\xe9"'), errors=errors) == data
