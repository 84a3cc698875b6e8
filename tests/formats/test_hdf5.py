"""HDF5 as tables: plain arrays, compound datasets, tables that pandas wrote; broken files are told as such."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats import Facts, hdf5
from fairkit.formats._open import batches_of, every_facts, facts_of

FILES = Path(__file__).parent / "files"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data.h5"


def write(path: Path, fill: Callable[[Any], None]) -> str:
    with h5py.File(path, "w") as file:
        fill(file)
    return str(path)


def tables(found: Facts) -> dict[str, Any]:
    return {
        table.name: (table.entry_count, {column.name: (column.dtype, column.shape) for column in table.columns})
        for table in found.tables
    }


def rows(path: str | Path, table: str | None = None, **options: Any) -> dict[str, list[Any]]:
    """All rows of a table, by column."""
    found: dict[str, list[Any]] = {}
    for batch in hdf5.batches(str(path), table, **options):
        for name, values in batch.to_pydict().items():
            found.setdefault(name, []).extend(values)
    return found


@pytest.mark.parametrize(
    ("values", "dtype", "shape", "read"),
    [
        (np.arange(3, dtype="i8"), "int64", None, [0, 1, 2]),
        (np.arange(3, dtype=">f4"), "float32", None, [0.0, 1.0, 2.0]),
        (np.array([True, False, True]), "bool", None, [True, False, True]),
        (np.arange(3, dtype="f2"), "float16", None, [0.0, 1.0, 2.0]),
        (np.arange(12, dtype="u1").reshape(3, 2, 2), "uint8", (2, 2), np.arange(12).reshape(3, 2, 2).tolist()),
        (np.array([b"a", b"\xc3\xa9", b""]), "string", None, ["a", "é", ""]),
        (np.array([b"\xe9", b"", b""]), "string", None, ["\ufffd", "", ""]),
        (np.array([1 + 2j, 0, 0], "c8"), "float32", (2,), [[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]]),
        (np.array([b"ab", b"cd", b"ef"], "V2"), "bytes", None, [b"ab", b"cd", b"ef"]),
    ],
)  # fmt: skip
def test_an_array_is_a_column(path: Path, values: Any, dtype: str, shape: Any, read: list[Any]) -> None:
    there = write(path, lambda file: file.create_dataset("x", data=values))
    assert tables(hdf5.facts(there)) == {"/": (3, {"x": (dtype, shape)})}
    assert rows(there) == {"x": read}


def test_texts_and_lists_of_any_length(path: Path) -> None:
    def fill(file: Any) -> None:
        file.create_dataset("name", data=["a", "é", "ccc"], dtype=h5py.string_dtype())
        lists = file.create_dataset("pt", (3,), h5py.vlen_dtype("f4"))
        lists[0], lists[2] = [1.0, 2.0], [3.0]

    there = write(path, fill)
    assert tables(hdf5.facts(there)) == {"/": (3, {"name": ("string", None), "pt": ("float32", (None,))})}
    assert rows(there) == {"name": ["a", "é", "ccc"], "pt": [[1.0, 2.0], [], [3.0]]}


def test_arrays_of_one_length_in_one_group_are_a_table(path: Path) -> None:
    def fill(file: Any) -> None:
        file["train/x"], file["train/y"], file["test/x"] = np.zeros((5, 10)), np.zeros(5, int), np.zeros((2, 10))
        file["train/names"] = np.array([b"qcd", b"hbb"])
        file["title"] = "Toy jets"

    found = hdf5.facts(write(path, fill))
    assert {name: (count, list(columns)) for name, (count, columns) in tables(found).items()} == {
        "test": (2, ["x"]), "train": (5, ["x", "y"]), "train/names": (2, ["names"]),
    }  # fmt: skip
    assert found.attributes == (("title", "Toy jets"),)


def test_a_compound_dataset_is_a_table(path: Path) -> None:
    kind = np.dtype([("pt", "f4"), ("hits", "i2", (3,)), ("at", [("x", "f8"), ("y", "f8")])])
    values = np.zeros((4, 2), kind)
    values["at"]["x"][1, 1] = 7.0
    there = write(path, lambda file: file.create_dataset("tracks", data=values))
    assert tables(hdf5.facts(there)) == {
        "tracks": (4, {
            "pt": ("float32", (2,)), "hits": ("int16", (2, 3)), "at.x": ("float64", (2,)), "at.y": ("float64", (2,)),
        })
    }  # fmt: skip
    assert rows(there, columns=["at.x"]) == {"at.x": [[0.0, 0.0], [0.0, 7.0], [0.0, 0.0], [0.0, 0.0]]}


def test_units_titles_and_classes_stand_beside_the_values(path: Path) -> None:
    def fill(file: Any) -> None:
        file["pt"] = np.zeros(3)
        file["pt"].attrs["Units"] = "GeV"
        file["pt"].attrs["long_name"] = np.bytes_(b" Transverse momentum ")
        file.create_dataset("label", data=[0, 1, 1], dtype=h5py.enum_dtype({"hbb": 1, "qcd": 0}, "i1"))
        file.attrs["creator"] = "Ada"

    there = write(path, fill)
    found = hdf5.facts(there)
    label, pt = found.tables[0].columns
    assert (pt.unit, pt.description, pt.dtype) == ("GeV", "Transverse momentum", "float64")
    assert (label.dtype, label.classes) == ("int8", (("0", "qcd"), ("1", "hbb")))
    assert found.attributes == (("creator", "Ada"),)
    [batch] = hdf5.batches(there)
    assert batch.schema.field("pt").metadata == {b"unit": b"GeV", b"description": b"Transverse momentum"}


@pytest.mark.parametrize(
    ("options", "codecs"),
    [
        ({}, ()), ({"compression": "gzip"}, ("gzip",)), ({"compression": "lzf", "shuffle": True}, ("lzf",)),
        ({"scaleoffset": 2}, ("scaleoffset",)), ({"fletcher32": True}, ()),
    ],
)  # fmt: skip
def test_codecs_are_facts(path: Path, options: dict[str, Any], codecs: tuple[str, ...]) -> None:
    there = write(path, lambda file: file.create_dataset("x", data=np.arange(1000.0), chunks=(100,), **options))
    found = hdf5.facts(there)
    assert (found.compression, found.row_groups) == (codecs, 10)
    assert rows(there)["x"] == list(range(1000))


def test_a_codec_that_is_not_there_is_named(path: Path) -> None:
    from tests.hostile.hdf5_files import MADE

    MADE["a_filter_that_is_a_plug_in"][0](path, path)
    found = hdf5.facts(str(path))
    assert found.notes == ("/blosc: it is compressed with blosc, which fairkit does not read",)
    with pytest.raises(UnreadableDocument, match="compressed with blosc"):
        rows(path)


def test_batches_are_as_large_as_is_asked_and_end_with_chunks(path: Path) -> None:
    there = write(path, lambda file: file.create_dataset("x", data=np.arange(1000.0), chunks=(64,)))
    sizes = [batch.num_rows for batch in hdf5.batches(there, most_bytes=8 * 200)]
    assert sizes == [192] * 5 + [40]


@pytest.mark.parametrize("rows_there", [0, 1])
def test_a_table_without_rows_has_a_batch_that_tells_its_columns(path: Path, rows_there: int) -> None:
    there = write(path, lambda file: file.create_dataset("x", (rows_there, 3), "f4"))
    [batch] = hdf5.batches(there)
    assert (batch.num_rows, str(batch.schema.field("x").type)) == (rows_there, "fixed_size_list<item: float>[3]")


def test_a_virtual_dataset_within_the_file_is_read(path: Path) -> None:
    def fill(file: Any) -> None:
        file["one"], file["two"] = np.arange(3), np.arange(3)
        layout = h5py.VirtualLayout((6,), "i8")
        layout[:3], layout[3:] = h5py.VirtualSource(".", "one", (3,)), h5py.VirtualSource(".", "/two", (3,))
        file.create_virtual_dataset("both", layout)

    assert rows(write(path, fill), "both") == {"both": [0, 1, 2, 0, 1, 2]}


@pytest.mark.parametrize("name", ["table", "columns", "fixed"])
def test_tables_of_pandas_have_the_names_of_their_columns(name: str) -> None:
    """Files that pandas 3.1 wrote, in each of its layouts."""
    momenta = [f"{part}_{number}" for number in range(3) for part in ("E", "PX", "PY", "PZ")]
    more = ["ttv", "is_signal_new", *(["name"] if name == "columns" else [])]
    found = facts_of(FILES / f"pandas_{name}.h5")
    [table] = found.tables
    assert (table.name, table.entry_count) == ("table" if name == "table" else "jets", 6)
    assert sorted(column.name for column in table.columns) == sorted(["index", *momenta, *more])
    assert {column.shape for column in table.columns} == {None}
    read = {
        column: values
        for batch in batches_of(FILES / f"pandas_{name}.h5")
        for column, values in batch.to_pydict().items()
    }
    assert read["index"] == [100, 101, 102, 103, 104, 105]
    assert read["is_signal_new"] == [1, 0, 1, 0, 1, 0]
    expected = np.random.default_rng(5).normal(size=(12, 6)).astype("f4")
    assert all(np.array_equal(read[column], expected[place]) for place, column in enumerate(momenta))
    assert name != "columns" or read["name"] == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    ("table", "columns", "why"),
    [
        (None, None, "several tables"), ("c", None, "no table 'c'"), ("a", ["x", "q"], "no column 'q'"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(path: Path, table: str, columns: list[str], why: str) -> None:
    def fill(file: Any) -> None:
        file["a/x"], file["b/x"] = np.zeros(3), np.zeros(3)

    with pytest.raises(UnreadableDocument, match=why):
        rows(write(path, fill), table, columns=columns)


def test_a_file_without_a_table_says_so(path: Path) -> None:
    there = write(path, lambda file: file.create_group("g"))
    assert hdf5.facts(there).tables == ()
    with pytest.raises(UnreadableDocument, match="has no table"):
        rows(there)


@pytest.mark.parametrize("at", [0, 512, 1024, 2048])
def test_it_is_known_by_its_signature(at: int) -> None:
    assert hdf5.claims(bytes(at) + b"\x89HDF\r\n\x1a\n")
    assert not hdf5.claims(bytes(at + 1) + b"\x89HDF\r\n\x1a\n")


def _whole(tmp_path: Path) -> bytes:
    def fill(file: Any) -> None:
        file.create_dataset("g/x", data=np.arange(300.0), chunks=(50,), compression="gzip")
        file.create_dataset("g/y", data=[f"é{n}" for n in range(300)], dtype=h5py.string_dtype())
        file["g/x"].attrs["units"] = "GeV"
        file.create_dataset("t", data=np.zeros(4, [("a", "i4"), ("b", "f8", (2,))]))
        lists = file.create_dataset("l", (2,), h5py.vlen_dtype("i4"))
        lists[0] = [1, 2, 3]

    return Path(write(tmp_path / "whole.h5", fill)).read_bytes()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seeds=st.lists(st.integers(0, 2**32), min_size=40, max_size=40))
def test_files_in_which_bytes_have_changed_are_read_or_refused(tmp_path: Path, seeds: list[int]) -> None:
    """Forty files share a child: one that kills it costs a new one, and never more than an error."""
    body = _whole(tmp_path)
    paths = []
    for number, seed in enumerate(seeds):
        changed = bytearray(body)
        random = np.random.default_rng(seed)
        for at in random.integers(0, len(body), random.integers(1, 8)):
            changed[at] = random.integers(256)
        paths.append(tmp_path / f"{number}.h5")
        paths[-1].write_bytes(changed[: random.integers(len(body) // 2, len(body) + 200)])
    for path, found in zip(paths, every_facts(paths, format="hdf5"), strict=True):
        assert isinstance(found, Facts | UnreadableDocument)
        for table in found.tables[:1] if isinstance(found, Facts) and paths.index(path) < 4 else ():
            try:
                list(batches_of(path, table.name))
            except UnreadableDocument as error:
                assert str(path) in error.what  # noqa: PT017 - both are right
