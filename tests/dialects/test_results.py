"""results.json: what was written is read back whole, and what is no result is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import results
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Result
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource

from .documents import assert_sane
from .of_models import MODEL

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(max_size=20)
RESULTS = st.builds(
    Result,
    metric=WORDS,
    value=NUMBERS,
    uncertainty=st.none() | NUMBERS,
    trainings=st.none() | st.integers(0, 100),
    operating_point=st.none() | WORDS,
    direction=st.sampled_from(["higher", "lower", None]),
    dataset=st.none() | st.builds(Identifier, scheme=WORDS, value=WORDS),
    split=st.none() | WORDS,
)


def document(body: bytes) -> Document:
    return Document(representation="results", media_type=results.MEDIA_TYPE, url="results.json", body=body)


@given(st.lists(RESULTS, max_size=4))
def test_what_was_written_is_read_back(told: list[Result]) -> None:
    written = document(results.body(told))
    assert results.results(written) == tuple(told)
    assert_sane(results.read(written))


def test_every_field_of_a_result_is_kept() -> None:
    resource = Resource(kind="model", results=MODEL["results"])
    assert results.read(document(results.write(resource))).resource.results == MODEL["results"]


def test_an_identifier_may_be_a_text() -> None:
    body = json.dumps({"results": [{"metric": "auc", "value": 0.9, "dataset": "10.5281/zenodo.9"}]}).encode()
    [found] = results.results(document(body))
    assert found.dataset == Identifier(scheme="doi", value="10.5281/zenodo.9")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"results": [{"metric": "auc"}]}, "/results/0: it is no result: value"),
        ({"results": [7]}, "/results/0: it is no result"),
        ({"results": [{"metric": "auc", "value": "high"}]}, "value"),
        ({"results": [{"metric": "auc", "value": 1, "made_up": 1}]}, "made_up"),
        ({"results": [{"metric": "auc", "value": 1, "dataset": "no identifier"}]}, "dataset"),
        ({"results": {}}, "/results: no list"),
        ([], "/results: no list"),
    ],
)
def test_what_is_no_result_is_named(data: Any, fault: str) -> None:
    written = document(json.dumps(data).encode())
    assert fault in results.read(written).faults[0]
    with pytest.raises(UnreadableDocument):
        results.results(written)


@pytest.mark.parametrize(
    ("body", "ours"),
    [
        (b'{"results": [{"metric": "auc", "value": 1}]}', True),
        (b'{"results": []}', True),
        (b'{"auc": 0.9}', False),
        (b'{"results": [], "model": "other"}', False),
        (b'{"results": [{"accuracy": 1}]}', False),
        (b'{"results": [1]}', False),
        (b"[]", False),
        (b"{", False),
        (b"[" * 100_000, False),
    ],
)
def test_a_file_of_that_name_is_ours_by_its_form(body: bytes, ours: bool) -> None:
    assert results.claims(body) is ours
    if body[-1:] in b"]}":
        assert results.recognises(json.loads(body)) is ours


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        results.read(document(b"{"))
