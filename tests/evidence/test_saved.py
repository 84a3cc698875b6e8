"""Evidence on disk: saved whole, read back equal, refused when it is something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.evidence import load, save
from fairkit.model.evidence import Document, Evidence, Observation

TEXT = st.text(max_size=20)
DOCUMENTS = st.builds(Document, representation=TEXT, media_type=TEXT, url=TEXT, body=st.binary(max_size=50))
OBSERVATIONS = st.builds(Observation, name=TEXT, value=st.none() | TEXT, error=st.none() | TEXT)
EVIDENCE = st.builds(
    Evidence,
    target=TEXT,
    source=TEXT,
    basis=st.sampled_from(["live", "saved", "local", "showcase"]),
    documents=st.lists(DOCUMENTS, max_size=3).map(tuple),
    observations=st.lists(OBSERVATIONS, max_size=3).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(EVIDENCE, max_size=3))
def test_saved_evidence_is_read_back_equal(tmp_path_factory: pytest.TempPathFactory, evidence: list[Evidence]) -> None:
    file = tmp_path_factory.mktemp("saved") / "evidence.json"
    save(evidence, file)
    read = load(file)
    assert read == evidence
    assert [one.digest for one in read] == [one.digest for one in evidence]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "other"}',
        '{"format": "fairkit-evidence/1"}',
        '{"format": "fairkit-evidence/1", "evidence": [1]}',
    ],
)
def test_what_is_no_saved_evidence_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "evidence.json"
    file.write_text(text)
    with pytest.raises(UnreadableDocument, match="is not saved evidence"):
        load(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        load(tmp_path / "none.json")


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        save([], tmp_path / "no folder" / "evidence.json")
    assert list(tmp_path.iterdir()) == []
