"""verification.json: what was written is read back whole, and what is no run is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import verification
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Verification
from fairkit.model.evidence import Document
from fairkit.model.resource import Resource

from .documents import assert_sane
from .of_models import MODEL

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(max_size=20)
RUNS = st.builds(
    Verification,
    model_digest=WORDS,
    inputs_digest=WORDS,
    outputs_digest=WORDS,
    runtime=WORDS,
    rows=st.integers(0, 1 << 40),
    passed=st.booleans(),
    relative_tolerance=NUMBERS,
    absolute_tolerance=NUMBERS,
    largest_difference=st.none() | NUMBERS,
    power=st.sampled_from(["power", "no power", None]),
    faults=st.lists(WORDS, max_size=3).map(tuple),
)
GOOD = {
    "model_digest": "sha256:a", "inputs_digest": "sha256:b", "outputs_digest": "sha256:c", "runtime": "onnxruntime 1",
    "rows": 8, "passed": True, "relative_tolerance": 1e-5, "absolute_tolerance": 1e-6,
}  # fmt: skip


def document(body: bytes) -> Document:
    return Document(representation="verification", media_type=verification.MEDIA_TYPE, url="v.json", body=body)


@given(st.lists(RUNS, max_size=4))
def test_what_was_written_is_read_back(told: list[Verification]) -> None:
    written = document(verification.body(told))
    assert verification.verifications(written) == tuple(told)
    assert_sane(verification.read(written))


def test_every_field_of_a_run_is_kept() -> None:
    resource = Resource(kind="model", verifications=MODEL["verifications"])
    found = verification.read(document(verification.write(resource)))
    assert found.resource.verifications == MODEL["verifications"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"verifications": [{"model_digest": "x"}]}, "/verifications/0: it is no verification: inputs_digest"),
        ({"verifications": [7]}, "/verifications/0: it is no verification"),
        ({"verifications": [{**GOOD, "rows": "many"}]}, "rows"),
        ({"verifications": [{**GOOD, "power": "some"}]}, "power"),
        ({"verifications": [{**GOOD, "made_up": 1}]}, "made_up"),
        ({"verifications": {}}, "/verifications: no list"),
        ([], "/verifications: no list"),
    ],
)
def test_what_is_no_run_is_named(data: Any, fault: str) -> None:
    written = document(json.dumps(data).encode())
    assert fault in verification.read(written).faults[0]
    with pytest.raises(UnreadableDocument):
        verification.verifications(written)


@pytest.mark.parametrize(
    ("body", "ours"),
    [
        (json.dumps({"verifications": [GOOD]}).encode(), True),
        (b'{"verifications": []}', True),
        (b'{"verifications": [1]}', False),
        (b'{"verifications": [], "more": 1}', False),
        (b"[]", False),
        (b"no json", False),
    ],
)
def test_only_our_own_form_is_ours(body: bytes, ours: bool) -> None:
    assert verification.claims(body) is ours
