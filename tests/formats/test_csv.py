"""CSV: dialects, types that hold every value, comments, encodings, bombs and broken tables."""

from __future__ import annotations

import bz2
import contextlib
import csv as standard
import gzip
import io
import math
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats import _text, csv, find

from .tables import bits, broken


def columns(path: Path) -> list[tuple[str, str | None]]:
    return [(each.name, each.dtype) for each in csv.facts(str(path)).tables[0].columns]


def rows(path: Path, **how: Any) -> dict[str, list[Any]]:
    found = list(csv.batches(str(path), **how))
    return pa.Table.from_batches(found).to_pydict() if found else {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pt,n,tag\n1.5,2,b\n", {"pt": [1.5], "n": [2], "tag": ["b"]}),
        ("x;y\n1,5;2\n", {"x": [1.5], "y": [2]}),
        ("x;y\n1.5;2,5\n", {"x": [1.5], "y": ["2,5"]}),
        ("x|y\n1|2\n", {"x": [1], "y": [2]}),
        ("x\ty z\n1\t2\n", {"x": [1], "y z": [2]}),
        ("1 2\n3 4\n", {"f0": [1, 3], "f1": [2, 4]}),
        ("# pt eta\n1 2\n3 4\n", {"pt": [1, 3], "eta": [2, 4]}),
        ("# made in May\n\npt,eta\n1,2\n", {"pt": [1], "eta": [2]}),
        ("a,b\n1,2\n# a remark\n3,4\n", {"a": [1, 3], "b": [2, 4]}),
        ("a\n1\n2\n", {"a": [1, 2]}),
        ("a,a\n1,2\n", {"a": [1], "a_2": [2]}),
        ('a,"b, c"\n1,"x, ""y"""\n', {"a": [1], "b, c": ['x, "y"']}),
        ('a,b\n"two\nlines",1\n', {"a": ["two\nlines"], "b": [1]}),
        ("name,city\nAda,Bern\nBo,Rome\n", {"name": ["Ada", "Bo"], "city": ["Bern", "Rome"]}),
        ("CH,2019,2\nDE,2020,3\n", {"f0": ["CH", "DE"], "f1": [2019, 2020], "f2": [2, 3]}),
        ("x,y\n,nan\n1,-inf\nNA,2\n", {"x": [None, 1, None], "y": ["nan", -math.inf, 2.0]}),
        ("x,y\ntrue,\nfalse,x\n", {"x": [True, False], "y": ["", "x"]}),
        ("\ufeffx,y\r\n1,2\r\n", {"x": [1], "y": [2]}),
    ],
)
def test_dialects_are_told_by_the_beginning(tmp_path: Path, text: str, found: dict[str, Any]) -> None:
    (tmp_path / "t.csv").write_text(text, "utf-8", newline="")
    read = rows(tmp_path / "t.csv")
    told = {name: ["nan" if isinstance(v, float) and math.isnan(v) else v for v in read[name]] for name in read}
    assert told == found


@pytest.mark.parametrize(
    ("last", "dtype"),
    [("2", "int64"), ("2.5", "float64"), ("nan", "float64"), ("x", "string"), ("", "int64"), (str(2**70), "float64")],
)
def test_a_column_has_the_type_that_holds_its_last_value_too(tmp_path: Path, last: str, dtype: str) -> None:
    (tmp_path / "t.csv").write_text("a,b\n" + "1,1\n" * 2_000_000 + f"{last},1\n")
    assert columns(tmp_path / "t.csv") == [("a", dtype), ("b", "int64")]


def test_units_behind_names_are_told_and_names_kept(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("pt [GeV],phi (rad),n [all],x\n1,2,3,4\n")
    found = csv.facts(str(tmp_path / "t.csv")).tables[0].columns
    assert [(each.name, each.unit) for each in found] == [
        ("pt [GeV]", "GeV"), ("phi (rad)", "rad"), ("n [all]", None), ("x", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "pack", "codec"), [("t.csv.gz", gzip.compress, "gzip"), ("t.tsv.bz2", bz2.compress, "bzip2")]
)
def test_compressed_tables_are_read(tmp_path: Path, name: str, pack: Any, codec: str) -> None:
    (tmp_path / name).write_bytes(pack(b"a\tb\n1\t2\n"))
    facts = csv.facts(str(tmp_path / name))
    assert (find(tmp_path / name), facts.compression, facts.tables[0].entry_count) == ("csv", (codec,), 1)
    assert rows(tmp_path / name) == {"a": [1], "b": [2]}


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
@pytest.mark.parametrize("before", [0, 100_000])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, before: int) -> None:
    (tmp_path / "t.csv").write_text("a,b\n" + "x,1\n" * before + "é,1\n", encoding)
    assert rows(tmp_path / "t.csv")["a"][-1] == "é"


def test_comments_and_what_is_unusual_are_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("# toy data\n1;2,5\n3;4,5\n")
    facts = csv.facts(str(tmp_path / "t.csv"))
    assert facts.attributes == (("comment", "toy data"),)
    assert facts.notes == (
        "cells are divided by ;",
        "decimals are written with a comma",
        "there is no header: the names of the columns are made up",
    )


def test_a_large_table_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "SCANNED", 1_000_000)
    (tmp_path / "t.csv").write_text("a\n" + "1\n" * 3_000_000)
    facts = csv.facts(str(tmp_path / "t.csv"))
    assert (facts.tables[0].entry_count, "not counted" in facts.notes[0]) == (None, True)
    assert sum(batch.num_rows for batch in csv.batches(str(tmp_path / "t.csv"))) == 3_000_000


def test_batches_keep_to_their_size_and_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n" + "1,2\n" * 50_000)
    found = list(csv.batches(str(tmp_path / "t.csv"), columns=["b"], most_bytes=10_000))
    assert max(batch.nbytes for batch in found) <= 10_000
    assert (found[0].schema.names, sum(batch.num_rows for batch in found)) == (["b"], 50_000)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no rows"),
        (b"\n\n# nothing\n", "no rows"),
        (b"a,b\n1,2\n3\n", "Expected 2 columns, got 1"),
        (b"\0\1\2", "no text"),
        (b"a\n" + b"1" * 70_000_000, "straddl"),
        (gzip.compress(b"a,b\n1,2\n")[:-6], "end-of-stream"),
        (b"\x1f\x8bxxxx", ""),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, body: bytes, why: str) -> None:
    (tmp_path / "t.csv").write_bytes(body)
    with pytest.raises(UnreadableDocument, match=f"t.csv.*{why}"):
        csv.facts(str(tmp_path / "t.csv"))


def test_a_table_without_rows_has_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n")
    assert columns(tmp_path / "t.csv") == [("a", "string"), ("b", "string")]
    assert rows(tmp_path / "t.csv") == {}


def test_bombs_do_not_go_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_text, "_FREE", 1_000_000)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 5_000_000))
    with pytest.raises(UnreadableDocument, match="expands to more than 200 times its size"):
        csv.facts(str(tmp_path / "t.csv.gz"))


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableDocument, match="no column 'c'"):
        rows(tmp_path / "t.csv", columns=["c"])
    with pytest.raises(UnreadableDocument, match="no table 'x'"):
        rows(tmp_path / "t.csv", table="x")


_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=8).map(lambda s: f"w{s}")
_COLUMNS = st.one_of(
    st.lists(st.integers(-(2**62), 2**62), min_size=3, max_size=3),
    st.lists(st.floats(), min_size=3, max_size=3),
    st.lists(_WORDS, min_size=3, max_size=3),
)


@given(table=st.lists(_COLUMNS, min_size=2, max_size=5), delimiter=st.sampled_from(",\t;|"))
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, table: Any, delimiter: str) -> None:
    path = tmp_path_factory.mktemp("back") / ("t.tsv" if delimiter == "\t" else "t.csv")
    text = io.StringIO()
    writer = standard.writer(text, delimiter=delimiter, quoting=standard.QUOTE_NONNUMERIC)
    names = [f"column {i}" for i in range(len(table))]
    writer.writerows([names, *zip(*table, strict=True)])
    path.write_text(text.getvalue(), "utf-8", newline="")
    [batch] = csv.batches(str(path))
    assert batch.schema.names == names
    for column, written in zip(batch.columns, table, strict=True):
        assert pa.types.is_integer(column.type) == all(isinstance(each, int) for each in written)
        said = [float(repr(v)) if isinstance(v, float) else v for v in written]  # no text holds the bits of a NaN
        assert bits(column) == bits(pa.array(said))


@settings(max_examples=60)
@given(body=broken(b'# toys\npt,n,tag\n1.5,2,b\nnan,3,"c, d"\n2.5,,e\n' * 3) | broken(gzip.compress(b"a,b\n1,2\n" * 9)))
def test_broken_tables_are_unreadable_and_nothing_worse(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("broken") / "t.csv"
    path.write_bytes(body)
    with contextlib.suppress(UnreadableDocument):
        csv.facts(str(path))
        list(csv.batches(str(path)))
