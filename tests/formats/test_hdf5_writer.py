"""HDF5 as we write it, read by h5py: names, units and order kept; lists padded by a rule that stands beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from fairkit.errors import UsageError
from fairkit.formats import hdf5

from .tables import bits, tables

SCHEMA = pa.schema([
    pa.field("pt", pa.list_(pa.float32()), metadata={"unit": "GeV", "description": "Transverse momentum"}),
    pa.field("met", pa.float64()),
    pa.field("label", pa.int32()),
    pa.field("image", pa.list_(pa.list_(pa.uint8(), 2), 3)),
    pa.field("name", pa.string()),
])  # fmt: skip
ROWS = [
    {"pt": [1.5] * n, "met": None if n == 2 else float(n), "label": n, "image": [[n, 1]] * 3, "name": f"é{n}"}
    for n in range(5)
]
BATCH = pa.RecordBatch.from_pylist(ROWS, schema=SCHEMA)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "out.h5")


def write(path: str, *batches: pa.RecordBatch, schema: pa.Schema = SCHEMA, **options: Any) -> None:
    with hdf5.writer(path, schema, **options) as out:
        for batch in batches:
            out.write(batch)


def test_h5py_reads_what_was_written(path: str) -> None:
    write(path, BATCH, BATCH.slice(3))
    with h5py.File(path) as file:
        assert list(file) == ["pt", "met", "label", "image", "name"]  # in their order, not sorted
        assert file["label"][:].tolist() == [0, 1, 2, 3, 4, 3, 4]
        assert file["met"][:3].tolist()[:2] == [0.0, 1.0]
        assert np.isnan(file["met"][2])
        assert file["image"][4].tolist() == [[4, 1]] * 3
        assert file["name"].asstr()[4] == "é4"
        assert [len(part) for part in file["pt"]] == [0, 1, 2, 3, 4, 3, 4]
        assert dict(file["pt"].attrs) == {"unit": "GeV", "description": "Transverse momentum"}
        assert file["met"].compression == "gzip"


def test_a_padded_list_keeps_its_rule(path: str) -> None:
    write(path, BATCH, padding={"pt": 3}, fill=-1)
    with h5py.File(path) as file:
        assert file["pt"].shape == (5, 3)
        assert file["pt"][1].tolist() == [1.5, -1.0, -1.0]
        assert file["n_pt"][:].tolist() == [0, 1, 2, 3, 3]
        told = dict(file["pt"].attrs)
        assert (told["padding"], told["count"], told["cut"]) == ("-1", "n_pt", 1)
    [table] = hdf5.facts(path).tables
    pt = next(column for column in table.columns if column.name == "pt")
    assert (pt.shape, pt.unit, pt.padding, pt.count) == ((3,), "GeV", "-1", "n_pt")


def test_our_reader_gives_back_what_our_writer_took(path: str) -> None:
    write(path, BATCH, table="events")
    [batch] = hdf5.batches(path, "events")
    back = batch.to_pylist()
    assert [row["pt"] for row in back] == [row["pt"] for row in ROWS]
    assert [(row["label"], row["image"], row["name"]) for row in back] == [
        (row["label"], row["image"], row["name"]) for row in ROWS
    ]
    assert batch.schema.field("pt").metadata == SCHEMA.field("pt").metadata


@pytest.mark.parametrize(
    ("compression", "level", "found"), [("gzip", 4, "gzip"), ("lzf", None, "lzf"), (None, None, None)]
)
def test_the_codec_is_chosen(path: str, compression: str | None, level: int | None, found: str | None) -> None:
    write(path, BATCH, compression=compression, level=level)
    with h5py.File(path) as file:
        assert (file["met"].compression, file["met"].compression_opts) == (found, level)


def test_structures_are_columns_of_their_own(path: str) -> None:
    inner = pa.struct([("px", pa.float32()), ("q", pa.int8())])
    schema = pa.schema([("jet", inner), ("tracks", pa.list_(inner))])
    rows = [{"jet": {"px": 1.0, "q": n}, "tracks": [{"px": 2.0, "q": 1}] * n} for n in range(4)]
    write(path, pa.RecordBatch.from_pylist(rows, schema=schema).slice(1), schema=schema)
    with h5py.File(path) as file:
        assert list(file) == ["jet.px", "jet.q", "tracks.px", "tracks.q"]
        assert file["jet.q"][:].tolist() == [1, 2, 3]
        assert [part.tolist() for part in file["tracks.q"]] == [[1], [1, 1], [1, 1, 1]]


@pytest.mark.parametrize("padding", [None, {"t": 2}])
def test_slices_dictionaries_large_lists_and_points_in_time(path: str, padding: dict[str, int] | None) -> None:
    schema = pa.schema([
        ("t", pa.large_list(pa.int16())), ("d", pa.dictionary(pa.int8(), pa.string())), ("when", pa.timestamp("us")),
    ])  # fmt: skip
    rows = [{"t": [n, n], "d": "ab"[n % 2], "when": n} for n in range(4)]
    write(path, pa.RecordBatch.from_pylist(rows, schema=schema).slice(2), schema=schema, padding=padding)
    with h5py.File(path) as file:
        assert [list(part) for part in file["t"]] == [[2, 2], [3, 3]]
        assert file["d"].asstr()[:].tolist() == ["a", "b"]
        assert file["when"][:].tolist() == [2, 3]
        assert file["when"].attrs["unit"] == "us"


def test_names_that_hdf5_cannot_take_are_kept_beside(path: str) -> None:
    names = ["a/b", "a|b", ".", "n_l", "l", "\0"]
    values = [[1], [2], [3], [4], pa.array([[5, 6]]), [7]]
    batch = pa.RecordBatch.from_arrays([pa.array(value) for value in values], names)
    write(path, batch, schema=batch.schema, padding={"l": 1})
    with h5py.File(path) as file:
        assert list(file) == ["a|b", "a|b_", "._", "n_l", "l", "n_l_", "|"]
    [back] = hdf5.batches(path)
    assert back.to_pydict() == {"a/b": [1], "a|b": [2], ".": [3], "n_l": [4], "l": [[5]], "n_l_": [1], "|": [7]}


def test_no_rows_are_columns_without_rows(path: str) -> None:
    write(path)
    with h5py.File(path) as file:
        assert [file[name].shape for name in file] == [(0,), (0,), (0,), (0, 3, 2), (0,)]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.list_(pa.list_(pa.float32())), [[[1.0]], []]),
        (pa.list_(pa.string()), [["a"], []]),
        (pa.int32(), [1, None]),
        (pa.list_(pa.float32()), [[1.0], None]),
        (pa.decimal128(5, 2), [None, None]),
    ],
)
def test_what_has_no_place_is_named(path: str, kind: pa.DataType, values: list[Any]) -> None:
    schema = pa.schema([("x", kind)])
    with pytest.raises(UsageError, match="no place for"):
        write(path, pa.RecordBatch.from_pylist([{"x": value} for value in values], schema=schema), schema=schema)


@pytest.mark.parametrize("options", [{"compression": "zstd"}, {"padding": {"nothing": 3}}])
def test_options_that_make_no_sense_are_refused(path: str, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        write(path, BATCH, **options)


def test_nothing_stands_there_unless_all_does(path: str, tmp_path: Path) -> None:
    Path(path).write_bytes(b"before")
    with pytest.raises(UsageError, match="no place"):
        write(path, BATCH, BATCH.set_column(2, "label", pa.nulls(5, pa.int32())))
    assert [each.name for each in tmp_path.iterdir()] == ["out.h5"]
    assert Path(path).read_bytes() == b"before"
    write(path, BATCH)
    assert [each.name for each in tmp_path.iterdir()] == ["out.h5"]
    with pytest.raises(UsageError, match="cannot write"):
        write(str(tmp_path / "nowhere" / "out.h5"), BATCH)


def test_the_same_rows_are_the_same_bytes(path: str) -> None:
    write(path, BATCH, compression="lzf", schema=SCHEMA)
    first = Path(path).read_bytes()
    write(path, BATCH, compression="lzf", schema=SCHEMA)
    assert Path(path).read_bytes() == first


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(table=tables())
def test_any_table_comes_back_or_is_refused(path: str, table: pa.Table) -> None:
    try:
        write(path, *table.to_batches(), schema=table.schema)
    except UsageError as error:
        assert "no place for" in error.what  # noqa: PT017 - both are right
        return
    back = pa.Table.from_batches(list(hdf5.batches(path)))
    assert back.num_rows == table.num_rows
    for name, column in zip(table.column_names, table.columns, strict=True):
        kept = [list(value) for value in column.to_pylist()] if pa.types.is_binary(column.type) else bits(column)
        assert bits(back.column(name)) == kept
