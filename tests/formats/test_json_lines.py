"""JSON lines: types over all lines, nested values, and lines that are none."""

from __future__ import annotations

import contextlib
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats import find, json_lines

from .tables import bits, broken


def rows(path: Path, **how: Any) -> dict[str, list[Any]]:
    found = list(json_lines.batches(str(path), **how))
    return pa.Table.from_batches(found).to_pydict() if found else {}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ('{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}', {"a": [1, 2], "b": ["x", "y"]}),
        ('{"a": 1}\n\n{"a": 2.5}\n', {"a": [1.0, 2.5]}),
        ('{"a": 1}\n{"b": [1, 2]}\n', {"a": [1, None], "b": [None, [1, 2]]}),
        ('{"a": {"x": 1}}\n{"a": {"y": [true]}}\n', {"a": [{"x": 1, "y": None}, {"x": None, "y": [True]}]}),
        ('{"a": "2026-01-01"}\n{"a": "soon"}\n', {"a": ["2026-01-01", "soon"]}),
        ('{"a": null}\n', {"a": [None]}),
        ('{"a": [[1.5], []]}\n', {"a": [[[1.5], []]]}),
    ],
)
def test_lines_become_rows(tmp_path: Path, lines: str, found: dict[str, Any]) -> None:
    (tmp_path / "t.jsonl").write_text(lines)
    assert rows(tmp_path / "t.jsonl") == found


def test_types_hold_over_all_blocks(tmp_path: Path) -> None:
    lines = ['{"a": 1, "b": []}'] * 300_000 + ['{"a": 2.5, "b": [1], "c": "x"}']
    (tmp_path / "t.ndjson.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    facts = json_lines.facts(str(tmp_path / "t.ndjson.gz"))
    [table] = facts.tables
    assert (find(tmp_path / "t.ndjson.gz"), facts.compression) == ("json-lines", ("gzip",))
    assert [(each.name, each.dtype, each.shape) for each in table.columns] == [
        ("a", "float64", None), ("b", "int64", (None,)), ("c", "string", None),
    ]  # fmt: skip
    found = list(json_lines.batches(str(tmp_path / "t.ndjson.gz"), columns=["c", "a"], most_bytes=100_000))
    assert (found[0].schema.names, sum(batch.num_rows for batch in found)) == (["c", "a"], table.entry_count)
    assert max(batch.nbytes for batch in found) <= 100_000


def test_a_large_file_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "SCANNED", 1_000)
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n' * 1_000)
    facts = json_lines.facts(str(tmp_path / "t.jsonl"))
    assert (facts.tables[0].entry_count, "not counted" in facts.notes[0]) == (None, True)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"[1]\n", "object"),
        (b'{"a": 1}\n{"a": "x"}\n', "number to string"),
        (b"{\n", ""),
        (b'{"a": ' + b"[" * 100_000, "deeper than 64 levels"),
        (b'{"a": ' + b'{"a": ' * 100_000, "deeper than 64 levels"),
        (b"\xff\xfe\n", ""),
        (b'{"a": "' + b"x" * 80_000_000, "longer than"),
        (b"".join(b'{"k%d": 1}\n' % i for i in range(11_000)), "different keys"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, body: bytes, why: str) -> None:
    (tmp_path / "t.jsonl").write_bytes(body)
    with pytest.raises(UnreadableDocument, match=f"cannot be read as JSON lines: .*{why}"):
        json_lines.facts(str(tmp_path / "t.jsonl"))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ('{"a": 1}\n', '{"a": "x"}\n', "'a' is int64 on some lines and string on others"),
        ('{"a": {"b": 1}}\n', '{"a": {"b": [1]}}\n', "'a.b' is int64 on some lines and list"),
    ],
)
def test_lines_that_do_not_go_together_are_told_over_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str, other: str, why: str
) -> None:
    monkeypatch.setattr(json_lines, "_BLOCK", 4)
    (tmp_path / "t.jsonl").write_text(one + other)
    with pytest.raises(UnreadableDocument, match=why):
        json_lines.facts(str(tmp_path / "t.jsonl"))


def test_brackets_in_texts_are_no_depth(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps({"a": '[["' * 100}) + "\n")
    assert rows(tmp_path / "t.jsonl") == {"a": ['[["' * 100]}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(UnreadableDocument, match="no column 'c'"):
        rows(tmp_path / "t.jsonl", columns=["c"])
    with pytest.raises(UnreadableDocument, match="no table 'x'"):
        rows(tmp_path / "t.jsonl", table="x")


_VALUES = st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)


@given(values=st.lists(st.lists(_VALUES, max_size=3), min_size=1, max_size=5))
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, values: list[list[float]]) -> None:
    path = tmp_path_factory.mktemp("back") / "t.jsonl"
    path.write_text("".join(json.dumps({"x": value}) + "\n" for value in values))
    [batch] = json_lines.batches(str(path))
    whole = all(isinstance(each, int) for value in values for each in value)
    assert bits(batch.column("x")) == bits(pa.array([[v if whole else float(v) for v in value] for value in values]))


@settings(max_examples=60)
@given(body=broken(b'{"a": 1.5, "b": ["x", "\\u00e9"], "c": {"d": null}}\n{"a": 2, "b": []}\n' * 2))
def test_broken_files_are_unreadable_and_nothing_worse(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("broken") / "t.jsonl"
    path.write_bytes(body)
    with contextlib.suppress(UnreadableDocument):
        json_lines.facts(str(path))
        list(json_lines.batches(str(path)))
