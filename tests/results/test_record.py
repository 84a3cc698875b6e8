"""results.json: numbers join it, replace their former selves, and nothing of others is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.model.ai import Result
from fairkit.results.record import read, record

RESULTS = st.lists(
    st.builds(Result, metric=st.sampled_from("abcd"), value=st.integers(0, 9).map(float)),
    max_size=4,
    unique_by=lambda one: one.metric,
)


def test_a_number_keeps_its_place(tmp_path: Path) -> None:
    record(str(tmp_path), [Result(metric=name, value=1.0) for name in "abc"])
    record(str(tmp_path), [Result(metric="b", value=2.0), Result(metric="d", value=3.0)])
    assert [(one.metric, one.value) for one in read(str(tmp_path))] == [("a", 1), ("b", 2), ("d", 3), ("c", 1)]


@given(RESULTS, RESULTS)
def test_nothing_is_lost_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, first: list[Result], second: list[Result]
) -> None:
    root = tmp_path_factory.mktemp("model")
    record(str(root), first)
    file = record(str(root), second)
    body = Path(file).read_bytes()
    record(str(root), second)
    assert Path(file).read_bytes() == body
    expected = {one.metric: one for one in first} | {one.metric: one for one in second}
    assert {one.metric: one for one in read(str(root))} == expected
    assert len(read(str(root))) == len(expected)


@pytest.mark.parametrize("body", [b"{", b'{"accuracy": 0.9}', b'{"results": [{"metric": "auc"}]}'])
def test_what_somebody_else_wrote_stays(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "results.json").write_bytes(body)
    with pytest.raises(UnreadableDocument):
        record(str(tmp_path), [Result(metric="auc", value=1.0)])
    assert (tmp_path / "results.json").read_bytes() == body


def test_a_model_has_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        record(str(tmp_path / "none"), [])


def test_a_link_a_pipe_and_a_package_are_not_written_to(tmp_path: Path) -> None:
    results = [Result(metric="auc", value=0.5)]
    out, root = tmp_path / "out.json", tmp_path / "model"
    out.write_text('{"results": []}')
    root.mkdir()
    (root / "results.json").symlink_to(out)
    with pytest.raises(UnreadableDocument, match="it is a link"):
        record(str(root), results)
    assert out.read_text() == '{"results": []}'
    (root / "results.json").unlink()
    os.mkfifo(root / "results.json")
    with pytest.raises(UnreadableDocument, match="not a regular file"):
        record(str(root), results)
    (root / "results.json").unlink()
    (root / "manifest-sha256.txt").touch()
    with pytest.raises(UsageError, match="is a finished package"):
        record(str(root), results)
