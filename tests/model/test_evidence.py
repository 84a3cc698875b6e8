"""Evidence: byte for byte, there and back, and a digest that does not know the time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fairkit.model.base import adapter
from fairkit.model.evidence import Document, Evidence, Observation

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DOCUMENTS = st.builds(
    Document, representation=TEXT, media_type=TEXT, url=TEXT, body=st.binary(max_size=40) | TEXT.map(str.encode)
)
OBSERVATIONS = st.builds(
    Observation,
    name=TEXT,
    value=st.none() | TEXT,
    source=st.none() | TEXT,
    retrieved_at=st.none() | TEXT,
    error=st.none() | TEXT,
)
EVIDENCE = st.builds(
    Evidence,
    target=TEXT,
    source=TEXT,
    basis=st.sampled_from(["live", "saved", "local", "showcase"]),
    documents=st.lists(DOCUMENTS, max_size=3).map(tuple),
    observations=st.lists(OBSERVATIONS, max_size=3).map(tuple),
)


@given(EVIDENCE)
def test_evidence_goes_through_json_whole(evidence: Evidence) -> None:
    again = adapter(Evidence).validate_json(adapter(Evidence).dump_json(evidence))
    assert again == evidence
    assert again.digest == evidence.digest


@given(EVIDENCE, TEXT)
def test_times_and_the_name_of_the_target_stay_out_of_the_digest(evidence: Evidence, when: str) -> None:
    later = tuple(replace(o, retrieved_at=when) for o in evidence.observations)
    assert replace(evidence, observations=later, target=when).digest == evidence.digest


@pytest.mark.parametrize(
    "change",
    [
        {"basis": "saved"},
        {"documents": ()},
        {"observations": ()},
        {"documents": (Document(representation="a", media_type="b", url="c", body=b"e"),)},
        {"observations": (Observation(name="x", error="refused"),)},
    ],
)
def test_what_was_read_and_tried_makes_the_digest(change: dict[str, Any]) -> None:
    document = Document(representation="a", media_type="b", url="c", body=b"d")
    evidence = Evidence(target="t", source="s", documents=(document,), observations=(Observation(name="x", value="1"),))
    assert replace(evidence, **change).digest != evidence.digest
    assert evidence.digest.startswith("sha256:")


@pytest.mark.parametrize(
    ("body", "written"),
    [(b"text", "text"), ("é".encode(), "é"), (b"\xff\x00", {"base64": "/wA="}), (b"", "")],
)
def test_text_is_written_as_text_and_bytes_in_base64(body: bytes, written: object) -> None:
    document = Document(representation="a", media_type="b", url="c", body=body)
    assert json.loads(adapter(Document).dump_json(document))["body"] == written


@pytest.mark.parametrize("body", [{"base64": "%%%"}, {"base64": 3}, {"base64": "é"}, {"other": "x"}, 3, None, []])
def test_a_body_of_another_form_is_refused(body: object) -> None:
    data = {"representation": "a", "media_type": "b", "url": "c", "body": body}
    with pytest.raises(ValidationError):
        adapter(Document).validate_json(json.dumps(data))


def test_an_observation_is_found_by_its_name() -> None:
    first, second = Observation(name="page", value="1"), Observation(name="page", value="2")
    evidence = Evidence(target="t", source="s", observations=(first, second))
    assert evidence.observation("page") is first
    assert evidence.observation("registry") is None
